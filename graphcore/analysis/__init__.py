"""What can be said of a drawing before it runs."""
