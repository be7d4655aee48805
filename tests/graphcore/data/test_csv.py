"""CSV files as people have them: other delimiters, gaps, slips, and none of them a crash."""

import random
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphcore.data.samples import Samples
from graphcore.data.sources import examine
from graphcore.errors import UserError
from graphcore.project.data import DataChoice
from graphcore.types import Tensor


@pytest.fixture
def table(tmp_path: Path):
    def write(text: str | bytes, **options: object) -> tuple[DataChoice, Samples]:
        raw = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "t.csv").write_bytes(raw)
        return examine("csv", {"path": "t.csv", **options}, tmp_path)

    return write


def test_numbers_are_features_and_text_is_a_class(table) -> None:
    choice, samples = table("a,b,kind\n1,2,x\n3,4,y\n5,6,x\n")
    features, label = choice.fields
    assert features.type == Tensor((2,))
    assert choice.normalize["features"] == "standard"
    assert label.class_names == ("x", "y")
    assert samples.arrays["features"].tolist() == [[1, 2], [3, 4], [5, 6]]
    assert samples.arrays["label"].tolist() == [0, 1, 0]
    assert samples.columns == ("a", "b", "kind")
    assert samples.target == ("kind",)


def test_few_whole_numbers_are_classes_in_their_order(table) -> None:
    choice, samples = table("a,y\n" + "".join(f"{i},{(10, 2)[i % 2]}\n" for i in range(8)))
    assert choice.fields[1].class_names == ("2", "10")
    assert samples.arrays["label"].tolist() == [1, 0] * 4


def test_other_numbers_are_a_float_target(table) -> None:
    choice, samples = table("a,price\n1,10.5\n2,11.25\n3,12\n")
    assert choice.fields[1].name == "target"
    assert choice.fields[1].type == Tensor((1,))
    assert choice.normalize["target"] == "none"
    assert samples.arrays["target"].tolist() == [[10.5], [11.25], [12]]


def test_the_target_can_be_any_column_or_several(table) -> None:
    text = "kind,a,b,c\nx,1,5,0.5\ny,2,6,1.5\nx,3,7,2.5\n"
    choice, samples = table(text, target="kind")
    assert samples.column_names["features"] == ("a", "b", "c")
    assert choice.fields[1].class_names == ("x", "y")
    choice, samples = table(text, target=["kind", "b", "c"])
    assert [field.name for field in choice.fields] == ["features", "label", "target"]
    assert samples.arrays["target"].shape == (3, 2)


def test_semicolons_decimal_commas_quotes_and_a_mark_at_the_start(table) -> None:
    choice, samples = table('\ufeff"größe; cm";art\r\n1,5;"a ""b"""\r\n2,5;c\r\n\r\n')
    assert samples.column_names["features"] == ("größe; cm",)
    assert samples.arrays["features"].tolist() == [[1.5], [2.5]]
    assert choice.fields[1].class_names == ('a "b"', "c")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(table, delimiter: str) -> None:
    text = "a,b,k\n1,2,x\n3,4,y\n".replace(",", delimiter)
    assert table(text)[1].columns == ("a", "b", "k")


def test_a_file_without_header_is_seen_as_such(table) -> None:
    _, samples = table("5.1,3.5,setosa\n4.9,3.0,other\n")
    assert len(samples) == 2
    assert samples.columns == ("column_1", "column_2", "column_3")


def test_rows_with_gaps_are_left_out_and_counted(table) -> None:
    _, samples = table("a,b,k\n1,2,x\n,2,x\n3,NA,y\n4,5,\n6,7,y\n8,9,x\n")
    assert samples.arrays["features"].tolist() == [[1, 2], [6, 7], [8, 9]]
    assert "3 rows were left out" in samples.warnings[0]
    assert "line 3" in samples.warnings[0]


def test_columns_of_text_or_gaps_are_left_out_and_named(table) -> None:
    _, samples = table("a,city,empty,k\n1,rome,,x\n2,oslo,,y\n3,rome,5,x\n")
    assert samples.column_names["features"] == ("a",)
    assert any("“city”" in text for text in samples.warnings)
    assert any("“empty”" in text for text in samples.warnings)


GOOD = "".join(f"{i},{i % 2}\n" for i in range(40))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n3\n", "Line 3 .* has 1 cell, where the first has 2"),
        ("a,b\n1,2\n3,4,5\n", "Line 3 .* has 3 cells"),
        ("a,b\n" + GOOD + "1O,1\n", "Line 42 .*“1O” in the column “a”"),
        ('a,b\n1,"2\n3,4\n', "Line .* can't be read"),
        ("", "is empty"),
        ("a,b\n", "no rows"),
        ("k\nx\ny\n", "no column of numbers"),
        (b"a,b\n\x00\x01,2\n", "not a text file"),
        ("a,k\n,x\n,y\n1,\n", "lacks a value|no column"),
        ('"' + "x" * 200_000 + '",b\n1,2\n', "Line .* can't be read"),
    ],
)
def test_what_is_wrong_gets_a_sentence(table, text: str | bytes, told: str) -> None:
    with pytest.raises(UserError, match=told) as error:
        table(text)
    assert error.value.hint


def test_an_unknown_target_names_the_columns_there_are(table) -> None:
    with pytest.raises(UserError, match=r"no column “z”.*“a”, “b”"):
        table("a,b\n1,2\n", target="z")


def test_windows_text_is_read_with_a_warning(table) -> None:
    choice, samples = table("a,k\n1,caf\xe9\n2,t\n".encode("cp1252"))
    assert choice.fields[1].class_names == ("café", "t")
    assert "Windows-1252" in samples.warnings[0]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=200), st.text('a1,;."\n- ', max_size=200).map(str.encode)))
def test_any_file_is_read_or_refused_with_a_sentence(table, raw: bytes) -> None:
    try:
        choice, samples = table(raw)
    except UserError:
        return
    assert len(samples) == choice.samples > 0
    assert np.isfinite(samples.arrays["features"]).all()


def test_a_hundred_thousand_rows_take_seconds(table) -> None:
    draw = random.Random(0)
    rows = [",".join(f"{draw.random():.4f}" for _ in range(20)) for _ in range(1000)]
    header = ",".join(f"c{i}" for i in range(20))
    text = "\n".join([header + ",k"] + [f"{row},{i % 3}" for i, row in enumerate(rows * 100)])
    start = time.process_time()
    choice, _ = table(text)
    assert choice.samples == 100_000
    assert time.process_time() - start < 6


def test_numbers_beyond_float32_are_gaps(table) -> None:
    _, samples = table("a,y\n1,0\n1e300,1\n2,0\n3,1\n4,0\n5,1\n")
    assert samples.arrays["features"].ravel().tolist() == [1, 2, 3, 4, 5]
