"""The engine of Netwright: projects, analysis, code, training and export, without a window."""
