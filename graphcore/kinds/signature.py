"""What torch says of one of its classes, as plain values: the rows of the generated tables."""

from __future__ import annotations

from typing import NamedTuple


class Signature(NamedTuple):
    """`inputs` are the tensors that `forward` takes, with `?` where one may be left out.

    `params` are the constructor's and `calls` those of `forward`: (name, type) where it must be
    given, else (name, type, default). Types are words: `int`, `float`, `bool`, `str`, `ints`,
    `tensor`, `function`; `size2` is one whole number or one for each of 2 axes (`size0`: as many
    as the class has axes); `floats2` likewise; `size2|str` also takes words; `a|b` is one of these
    words; `?` at the end allows None.
    """

    inputs: tuple[str, ...]
    params: tuple[tuple[object, ...], ...] = ()
    calls: tuple[tuple[object, ...], ...] = ()
