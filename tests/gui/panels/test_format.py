"""Numbers and shapes as a person reads them."""

import pytest

from graphcore.kinds.formula import Formula
from graphcore.types import B, ListOf, Record, Tensor
from gui import format

THIN = format.THIN


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (128, "128"), (999, "999"), (1000, "1 K"), (73_856, "73.9 K"),
     (999_700, "1 M"), (1_234_567, "1.23 M"), (18_900_000, "18.9 M"), (3_000_000_000, "3 G")],
)  # fmt: skip
def test_counts_have_three_digits(number: int, text: str) -> None:
    assert format.count(number) == text.replace(" ", THIN)


@pytest.mark.parametrize(
    ("name", "text"),
    [("out_features", "Out features"), ("cuda_graphs", "CUDA graphs"), ("CUDA graphs",) * 2,
     ("ema", "EMA"), ("lr_decay", "LR decay"), ("add_bias_kv", "Add bias KV"), ("T_mult", "T mult"),
     ("", "")],
)  # fmt: skip
def test_names_of_the_code_become_titles(name: str, text: str) -> None:
    assert format.title(name) == text


def test_exact_groups_digits() -> None:
    assert format.exact(73_856) == f"73{THIN}856"


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0 B"), (512, "512 B"), (1200, "1.17 KB"), (3_500_000, "3.34 MB"), (2**34, "16 GB")],
)
def test_bytes(number: int, text: str) -> None:
    assert format.byte_count(number) == text.replace(" ", THIN)


def test_shapes_leave_the_batch_out() -> None:
    assert format.shape(Tensor((B, 16, 8, 8))) == "16 × 8 × 8"
    assert format.shape(Tensor((B,))) == format.shape(Tensor(())) == "scalar"
    assert format.shape(ListOf(Tensor((B, 4)))) == "list of 4"
    assert format.shape(Record((("boxes", Tensor((4,))),))) == "boxes"
    assert format.shape(None) == "—"
    assert format.type_text(Tensor((B, 10), "int64")) == "10 · int64"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "True"), (64, "64"), (1e-5, "1e-5"), (0.1, "0.1"), (2.0, "2"),
     ((3, 5), "3, 5"), (((1, 2), (3, 4)), "[[1, 2], [3, 4]]"), ("same", "same"),
     (Formula("label.classes"), "=label.classes")],
)  # fmt: skip
def test_values_can_be_typed_again(value: object, text: str) -> None:
    assert format.value(value) == text


@pytest.mark.parametrize(
    ("part", "text"),
    [(0, "0 %"), (1, "100 %"), (0.123, "12 %"), (0.003, "0.3 %"), (1e-6, "< 0.1 %")],
)
def test_shares(part: float, text: str) -> None:
    assert format.share(part) == text.replace(" ", THIN)


@pytest.mark.parametrize(
    ("seconds", "text"), [(47.6, "48 s"), (200, "3 min 20 s"), (7500, "2 h 05 min")]
)
def test_durations(seconds: float, text: str) -> None:
    assert format.duration(seconds).replace(THIN, " ") == text
