"""What can be put on the canvas. Importing this never imports torch."""
