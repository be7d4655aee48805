"""Tensors as the model sees them, and the same values by numpy, and back."""

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from graphcore.data.facts import measured, value_field
from graphcore.data.loaders import batches, from_model, tensors, to_model
from graphcore.data.samples import Samples
from graphcore.data.sources import examine
from graphcore.errors import UserError
from graphcore.project.data import DataChoice

pictures = arrays.arrays(np.uint8, st.tuples(*[st.integers(1, 4)] * 4))
vectors = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 6), st.integers(1, 5)),
    elements=st.floats(-1000, 1000, width=16),
)


def choice_of(values: np.ndarray, way: str) -> tuple[DataChoice, Samples]:
    samples = Samples({"x": values})
    field = measured(value_field("x", values), samples, np.arange(len(values)))
    return DataChoice("npz", {}, (field,), len(values), {"x": way}), samples


@given(st.one_of(pictures, vectors), st.sampled_from(["none", "unit", "standard", "odd"]))
def test_tensors_and_numpy_agree_and_come_back(values: np.ndarray, way: str) -> None:
    choice, samples = choice_of(values, way)
    seen = tensors(choice, samples)["x"]
    assert seen.dtype == torch.float32
    assert seen.shape == values.shape
    assert torch.isfinite(seen).all()
    one_by_one = np.stack([to_model("x", value, choice) for value in values])
    np.testing.assert_array_equal(seen.numpy(), one_by_one)
    back = from_model("x", seen.numpy(), choice)
    np.testing.assert_allclose(back, values.astype(np.float32), rtol=1e-3, atol=1e-2)


def test_unit_and_standard_are_what_they_say() -> None:
    values = np.array([[1.0, 10], [3, 10], [5, 10]], dtype=np.float32)
    unit, samples = choice_of(values, "unit")
    np.testing.assert_allclose(tensors(unit, samples)["x"].numpy(), (values - 1) / 9, rtol=1e-6)
    standard, samples = choice_of(values, "standard")
    seen = tensors(standard, samples)["x"].numpy()
    np.testing.assert_allclose(seen[:, 0], (values[:, 0] - 3) / values[:, 0].std(), rtol=1e-6)
    np.testing.assert_array_equal(seen[:, 1], 0)  # a constant column is divided by one


def test_pictures_without_scaling_become_floats() -> None:
    values = np.full((2, 1, 2, 2), 7, dtype=np.uint8)
    choice, samples = choice_of(values, "none")
    assert tensors(choice, samples)["x"].tolist() == values.astype(float).tolist()
    assert samples.arrays["x"].dtype == np.uint8


def test_digits_come_as_pictures_in_0_to_1_and_whole_labels() -> None:
    choice, samples = examine("sample", {"name": "digits"}, None)
    seen = tensors(choice, samples)
    assert seen["image"].shape == (1797, 1, 8, 8)
    assert (seen["image"].min(), seen["image"].max()) == (0, 1)
    assert seen["label"].dtype == torch.int64


def test_standard_columns_of_the_training_part_have_mean_0_and_spread_1() -> None:
    from graphcore.data.splits import split

    choice, samples = examine("sample", {"name": "iris"}, None)
    train = tensors(choice, samples)["features"][torch.from_numpy(split(choice, samples).train)]
    torch.testing.assert_close(train.mean(0), torch.zeros(4), atol=1e-5, rtol=0)
    torch.testing.assert_close(train.std(0, correction=0), torch.ones(4), atol=1e-5, rtol=0)


def test_batches_hold_every_index_in_order() -> None:
    fields = {"x": torch.arange(10) * 2, "y": torch.arange(10)}
    found = list(batches(fields, torch.tensor([9, 1, 5, 3, 7]), 2))
    assert [batch["y"].tolist() for batch in found] == [[9, 1], [5, 3], [7]]
    assert [batch["x"].tolist() for batch in found] == [[18, 2], [10, 6], [14]]


def test_samples_of_another_shape_are_refused(tmp_path: Path) -> None:
    choice, _ = choice_of(np.zeros((3, 4), np.float32), "none")
    with pytest.raises(UserError, match=r"“x”.*shape"):
        tensors(choice, Samples({"x": np.zeros((3, 5), np.float32)}))
    with pytest.raises(UserError, match="“x” is missing"):
        tensors(choice, Samples({"z": np.zeros((3, 5), np.float32)}))
