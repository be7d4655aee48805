"""Random walks through all that a person can do, and what must hold at every step."""
