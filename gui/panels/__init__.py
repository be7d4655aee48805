"""The docked panels. Each is one QWidget that looks at the shared objects it is given."""
