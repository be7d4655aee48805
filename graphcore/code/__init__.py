"""The Python text that a drawing becomes, and the modules built from it."""
