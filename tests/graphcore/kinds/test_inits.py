"""torch.nn.init's list: the table against the torch that is installed, and what fits what."""

from __future__ import annotations

import inspect

import pytest
import torch
from torch import nn

from graphcore.errors import UserError
from graphcore.kinds.inits import (
    BIAS_INITS,
    DEFAULT,
    INITS,
    bias_of,
    check_init,
    chosen,
    init_call,
    misfit,
)
from graphcore.kinds.kind import REQUIRED
from graphcore.kinds.params import Choice

OURS = sorted(INITS.keys() - {DEFAULT})


def test_the_list_is_that_of_torch() -> None:
    functions = {name for name in dir(nn.init) if name.endswith("_") and name[0] != "_"}
    assert set(OURS) == functions


@pytest.mark.parametrize("name", OURS)
def test_params_and_defaults_are_those_of_torch(name: str) -> None:
    rows = inspect.signature(getattr(nn.init, name)).parameters
    expected = {row: found.default for row, found in rows.items() if row != "generator"}
    del expected["tensor"]
    found = {p.name: p.default for p in INITS[name].params}
    assert list(found) == list(expected)
    for param, default in expected.items():
        is_needed = default is inspect.Parameter.empty
        assert found[param] is REQUIRED if is_needed else found[param] == default


def test_every_nonlinearity_has_a_gain() -> None:
    param = INITS["kaiming_normal_"].param("nonlinearity")
    assert param is not None
    assert isinstance(param.type, Choice)
    for word in param.type.options:
        assert nn.init.calculate_gain(word) > 0


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("dims", range(1, 7))
def test_what_fits_is_what_torch_takes(name: str, dims: int) -> None:
    weights, choice = torch.zeros((4, 3, 2, 2, 2, 2)[:dims]), chosen(name)
    code = init_call(check_init(choice), "weights")
    try:
        eval(code, {"nn": nn, "weights": weights})
        refusal = ""
    except (ValueError, RuntimeError) as error:
        refusal = str(error)
    assert bool(misfit(choice, tuple(weights.shape))) == bool(refusal), refusal


def test_what_suits_a_bias_fits_one_dim() -> None:
    for name in BIAS_INITS:
        assert not misfit(chosen(name), (8,))
    assert "orthogonal_" not in BIAS_INITS


def test_misfits_say_the_numbers() -> None:
    assert misfit(chosen("dirac_"), (8, 4)) == "needs weights of 3 to 5 dims"
    assert misfit(chosen("eye_"), (8,)) == "needs weights of 2 dims"
    groups = {"name": "dirac_", "params": {"groups": 3}}
    assert "divide the 8 filters" in misfit(groups, (8, 4, 3))
    upside = {"name": "uniform_", "params": {"a": 5.0}}
    assert misfit(upside, (8,)) == "needs a below b, but they are 5 and 1"


def test_biases_begin_at_zero_where_weights_are_chosen() -> None:
    assert bias_of({"name": "ones_"}) == {"name": "zeros_"}
    assert bias_of({"name": DEFAULT}) == {"name": DEFAULT}
    assert bias_of({"name": "ones_", "bias": {"name": DEFAULT}}) == {"name": DEFAULT}


def test_only_what_differs_is_written() -> None:
    choice = check_init({"name": "kaiming_normal_", "params": {"mode": "fan_in", "a": 0}})
    assert init_call(choice, "w") == "nn.init.kaiming_normal_(w)"
    choice = check_init({"name": "constant_"})
    assert init_call(choice, "w") == "nn.init.constant_(w, 0.0)"
    assert init_call({"name": DEFAULT}, "w") == ""


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (3, "no way to begin"),
        ({"name": "load"}, "'load' is no way"),
        ({"name": "normal_", "params": {"val": 1}}, "no way to begin"),
        ({"name": "normal_", "params": {"std": -1}}, "normal_, std: -1"),
        ({"name": "kaiming_normal_", "params": {"mode": '"); import os'}}, "mode"),
        ({"name": "ones_", "bias": {"name": "eye_"}}, "'eye_' is no way"),
        ({"name": ["ones_"]}, "is no way"),
        ({"name": "ones_", "x": 1}, "no way to begin"),
    ],
)
def test_what_is_not_in_the_list_is_refused(bad: object, said: str) -> None:
    with pytest.raises(UserError, match=said):
        check_init(bad)
