"""What a person made, as plain values. Importing this never imports torch."""
