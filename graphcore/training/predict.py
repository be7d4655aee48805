"""What a trained project says about values that a person brings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from graphcore.analysis.analyse import analyse
from graphcore.analysis.parts import field_of_input
from graphcore.analysis.result import Term
from graphcore.code.build import Built, build
from graphcore.code.code import Code
from graphcore.code.write import write_code
from graphcore.data.loaders import to_model
from graphcore.errors import UserError
from graphcore.project.data import Field
from graphcore.project.project import Project
from graphcore.training.checkpoint import load_weights
from graphcore.training.initial import load_sources
from graphcore.training.prepare import inputs_by_name
from graphcore.training.runs import Run

Arrays = Mapping[str, NDArray[Any]]


class Predictor:
    """The model of a project with a run's weights (without a run: the initial ones), on the CPU.

    Built once. May be used from one thread at a time, also while another one trains: building
    draws no random number. Raises UserError where the drawing is not complete or the weights
    don't fit it.
    """

    def __init__(
        self, project: Project, run: Run | None, weights: str = "best", folder: Path | None = None
    ) -> None:
        self.analysis = analyse(project)
        blocking = self.analysis.blocking("build")
        if blocking:
            raise UserError(blocking[0].message, "Mend it first; see Problems.")
        self._project = project
        code = write_code(project, self.analysis)
        if run is None:
            self._built = _initial(code, project.plan.seed)
            load_sources(self._built.model, project, folder)
        else:
            self._built = _with_weights(code, run.weights_path(weights))
        self._built.model.eval()
        self.inputs = code.inputs
        self.outputs = code.outputs

    @property
    def fields(self) -> tuple[str, ...]:
        """The Dataset fields that `predict` takes in place of the inputs which they feed."""
        found = (field_of_input(self._project, self.analysis.parts, name) for name in self.inputs)
        return tuple(name for name in found if name is not None)

    @property
    def class_names(self) -> dict[str, tuple[str, ...]]:
        """The names of the classes that each output scores, where they are known."""
        found: dict[str, tuple[str, ...]] = {}
        for output, term in self._scored().items():
            field = _target_field(self._project, term)
            if field is not None and field.classes:
                names = field.class_names or tuple(map(str, range(field.classes)))
                found[output] = names
        return found

    def predict(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        """The outputs [B, ...] by name; `inputs` are raw values [B, ...] by input or by field.

        Raises UserError where an input is missing or has another shape than the model takes.
        """
        values = inputs_by_name(self._project, self.analysis, self._built, self._known(inputs))
        try:
            with torch.inference_mode():
                results = self._built.model(**values)
        except (RuntimeError, ValueError, IndexError) as error:
            shapes = ", ".join(f"“{name}” {list(value.shape)}" for name, value in values.items())
            raise UserError(
                f"The model can't take {shapes}: {str(error).splitlines()[0]}",
                "The first size counts the samples; the others must be those of the input.",
            ) from error
        if isinstance(results, Tensor):
            results = (results,)
        return {name: value.numpy() for name, value in zip(self.outputs, results, strict=True)}

    def probabilities(self, inputs: Arrays) -> dict[str, NDArray[Any]]:
        """For every output that a classification loss reads, the probability of each class."""
        found, terms = self.predict(inputs), self._scored()
        return {name: probability(found[name], term.kind) for name, term in terms.items()}

    def _scored(self) -> dict[str, Term]:
        """The classification loss that reads each output."""
        terms = {t.prediction: t for t in reversed(self.analysis.parts.terms)}
        outputs = self.analysis.parts.outputs.items()
        return {name: terms[value] for name, value in outputs
                if value in terms and terms[value].kind in _SCORES}  # fmt: skip

    def _known(self, inputs: Arrays) -> dict[str, Tensor]:
        """What was given, by the fields' names and as the model sees it."""
        found: dict[str, Tensor] = {}
        for name, values in inputs.items():
            source = name
            if name in self.analysis.parts.inputs:
                source = field_of_input(self._project, self.analysis.parts, name) or name
            field = self._project.data.field(source)
            scaled = to_model(field, np.asarray(values), self._project.data) if field else values
            found[source] = torch.from_numpy(np.ascontiguousarray(scaled))
        return found


_SCORES = ("loss.CrossEntropyLoss", "loss.NLLLoss", "loss.BCEWithLogitsLoss", "loss.BCELoss")


def probability(scores: NDArray[Any], loss: str) -> NDArray[Any]:
    """Scores [B, C, …] (or yes-or-no ones) as probabilities, by the loss that reads them."""
    values = torch.from_numpy(scores)
    match loss:
        case "loss.CrossEntropyLoss" | "loss.MultiMarginLoss":
            values = values.softmax(1)
        case "loss.NLLLoss":
            values = values.exp()
        case "loss.BCEWithLogitsLoss" | "loss.SoftMarginLoss" | "loss.MultiLabelSoftMarginLoss":
            values = values.sigmoid()
    return values.numpy()


def _target_field(project: Project, term: Term) -> Field | None:
    if term.target is None:
        return None
    node = project.graph.nodes[term.target.node]
    is_dataset = project.kind(node.kind).role == "dataset"
    return project.data.field(term.target.port) if is_dataset else None


def _initial(code: Code, seed: int) -> Built:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return build(code)


def _with_weights(code: Code, path: Path) -> Built:
    """The modules with weights from a file, drawing no random number where that can be helped.

    A run in another thread draws from the same source and must not notice.
    """
    with torch.device("meta"):
        built = build(code)
    if _has_all_in_state(built):
        for module in (built.model, built.objective, built.preprocessing):
            if module is not None:
                module.to_empty(device="cpu")
    else:
        built = _initial(code, 0)
    load_weights(built.model, path)
    return built


def _has_all_in_state(built: Built) -> bool:
    """Whether every tensor of the modules is in the weights' file."""
    others = [module for module in (built.objective, built.preprocessing) if module is not None]
    if any(list(module.buffers()) for module in others):
        return False
    return _names(built.model) <= built.model.state_dict().keys()


def _names(model: nn.Module) -> set[str]:
    found = {name for name, _ in model.named_buffers()}
    for name, module in model.named_modules():
        found |= {f"{name}.{k}" for k, v in vars(module).items() if isinstance(v, Tensor)}
    return found
