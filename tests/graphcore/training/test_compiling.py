"""Steps are compiled where they can be, the run says how that went, and never ends by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
import toys
from torch import Tensor, nn
from torch._dynamo.utils import counters

from graphcore.project.plan import Plan
from graphcore.training import stepping
from graphcore.training.capturing import why_not
from graphcore.training.checkpoint import weights_of
from graphcore.training.compiling import compile_objective
from graphcore.training.events import Compiled, Event, Finished, Warned, from_line, to_line
from graphcore.training.minimizers import make_minimizers


def told(found: list[Event]) -> Compiled:
    (event,) = (event for event in found if isinstance(event, Compiled))
    assert from_line(to_line(event)) == event
    return event


@pytest.fixture
def eager_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dynamo traces and breaks graphs as ever; only the C++ of inductor is left out."""
    make = torch.compile
    monkeypatch.setattr(torch, "compile",
                        lambda module, mode: make(module, backend="aot_eager"))  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("eager_backend")
def test_a_compiled_run_computes_the_same_and_was_traced() -> None:
    compiled = toys.objective()
    before = counters["stats"]["unique_graphs"]
    found = toys.events(model=compiled, how=toys.plan(compile="default"))
    event = told(found)
    assert event.mode == "default"
    assert event.graphs == counters["stats"]["unique_graphs"] - before >= 1
    assert event.seconds > 0
    assert not event.breaks
    assert not event.reason
    plain = toys.objective()
    by_hand = toys.events(model=plain, how=toys.plan())
    assert toys.series(found, "loss") == pytest.approx(toys.series(by_hand, "loss"), rel=1e-5)
    now, then = weights_of(compiled), weights_of(plain)
    assert now.keys() == then.keys()
    assert all(torch.allclose(now[name], then[name], atol=1e-5) for name in now)


class Breaking(toys.Objective):
    def forward(self, point: Tensor, label: Tensor) -> dict[str, Tensor]:
        torch._dynamo.graph_break("here")
        return super().forward(point, label)


@pytest.mark.usefixtures("eager_backend")
def test_graph_breaks_are_told() -> None:
    torch.manual_seed(0)
    event = told(toys.events(model=Breaking(toys.Model()), how=toys.plan(compile="default")))
    assert event.breaks
    assert "graph_break" in event.breaks[0] or "here" in event.breaks[0]


def test_what_can_t_be_compiled_runs_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(module: nn.Module, mode: str) -> object:
        def forward(**batch: Tensor) -> dict[str, Tensor]:
            torch.rand(3)
            raise RuntimeError("No C++ compiler was found.\nAnd more.")

        return forward

    monkeypatch.setattr(torch, "compile", refuse)
    found = toys.events(how=toys.plan(compile="max-autotune"))
    event = told(found)
    assert (event.mode, event.reason) == ("", "No C++ compiler was found.")
    assert Warned("The run goes on uncompiled: No C++ compiler was found.") in found
    assert isinstance(found[-1], Finished)
    assert toys.series(found, "loss") == toys.series(toys.events(how=toys.plan()), "loss")


def test_the_trial_leaves_no_trace() -> None:
    class Normed(toys.Objective):
        def __init__(self) -> None:
            torch.manual_seed(0)
            super().__init__(nn.Sequential(nn.Linear(2, 8), nn.BatchNorm1d(8), nn.Dropout(0.5),
                                           nn.Linear(8, 2)))  # fmt: skip

    objective, batch = Normed(), toys.points(32)
    before, state = torch.get_rng_state(), {k: v.clone() for k, v in objective.state_dict().items()}

    def gradients(forward: object, batch: dict[str, Tensor]) -> None:
        objective(**batch)["loss"].backward()
        raise RuntimeError("enough")

    forward, event = compile_objective(objective, "default", batch, gradients)
    assert forward is objective
    assert event.reason == "enough"
    assert torch.equal(before, torch.get_rng_state())
    assert all(torch.equal(state[name], value) for name, value in objective.state_dict().items())
    assert all(param.grad is None for param in objective.parameters())


@pytest.mark.slow
def test_inductor_compiles_on_this_cpu() -> None:
    torch.manual_seed(0)
    found = toys.events(model=toys.objective(), how=toys.plan(compile="default", epochs=1))
    event = told(found)
    assert (event.mode, event.graphs, event.reason) == ("default", 1, "")
    plain = toys.events(how=toys.plan(epochs=1))
    # Dropout draws other numbers where it is fused into a kernel.
    assert toys.series(found, "loss")[0] == pytest.approx(toys.series(plain, "loss")[0], rel=0.2)


def test_there_are_no_cuda_graphs_here_and_the_run_says_why() -> None:
    found = toys.events(how=toys.plan(cuda_graphs=True))
    assert "need a GPU of NVIDIA" in told(found).reason
    assert isinstance(found[-1], Finished)
    assert toys.series(found, "loss") == toys.series(toys.events(how=toys.plan()), "loss")


def test_what_no_cuda_graph_can_hold_is_a_sentence() -> None:
    gpu, plan = torch.device("cuda"), Plan()
    minimizers = make_minimizers(toys.objective(), plan, {})
    assert not why_not(plan, gpu, minimizers)
    for change, sentence in (
        ({"precision": "float16"}, "scale of float16"), ({"accumulate": 2}, "Accumulation"),
        ({"compile": "reduce-overhead"}, "by itself"),
    ):  # fmt: skip
        assert sentence in why_not(replace(plan, **change), gpu, minimizers)
    assert "one step of one objective" in why_not(plan, gpu, (*minimizers, *minimizers))


def test_a_captured_step_is_replayed_where_the_batch_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a stand-in for the graph of a GPU, that computes anew: the step around it is real."""

    class Graph:
        replays = 0

        def __init__(self, compute, params, batch) -> None:  # type: ignore[no-untyped-def]
            self.compute, self.size = compute, len(batch["label"])

        def fits(self, batch: dict[str, Tensor]) -> bool:
            return len(batch["label"]) == self.size

        def replay(self, batch: dict[str, Tensor]) -> object:
            Graph.replays += 1
            results, losses = self.compute(batch)
            return {k: v.detach() for k, v in results.items()}, [loss.detach() for loss in losses]

    monkeypatch.setattr(stepping, "Captured", Graph)
    monkeypatch.setattr(stepping, "why_not", lambda *_: "")
    found = toys.events(how=toys.plan(cuda_graphs=True))
    assert told(found).mode == "cuda graph"
    assert Graph.replays == 3 * 4  # the fifth batch of an epoch is smaller
    assert toys.series(found, "loss") == toys.series(toys.events(how=toys.plan()), "loss")
