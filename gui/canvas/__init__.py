"""The canvas: a drawing seen and changed by mouse and keyboard."""
