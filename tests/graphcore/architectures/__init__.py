"""Known networks in small, each drawn through edits and written by hand beside it.

Layers by hand stand in the order in which the drawing constructs its own, so that weights can be
handed over one after the other.
"""
