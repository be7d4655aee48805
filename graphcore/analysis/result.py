"""What analysis found: plain values, torch-free, safe to hand between threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from graphcore.project.edits import Edit
from graphcore.project.graph import NodeId
from graphcore.types import Type

Severity = Literal["info", "warning", "error"]
Blocks = Literal["", "build", "train", "export"]


@dataclass(frozen=True, slots=True)
class Repair:
    """A way out of a problem: an edit that was tried and found to help."""

    text: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the drawing that a person should know.

    `path` names the node (empty: the whole project), `port` its port. `blocks` is what can't be
    done until it is mended; what blocks building blocks training and export too.
    """

    rule: str
    severity: Severity
    blocks: Blocks
    path: str
    port: str
    message: str
    repairs: tuple[Repair, ...] = ()
    details: str = ""

    @property
    def can_be_silenced(self) -> bool:
        """Whether a person may let it be: errors and what is wrong with the whole stay said."""
        return self.severity != "error" and bool(self.path)


@dataclass(frozen=True, slots=True)
class NodeFacts:
    """What is known of one node.

    `params` are resolved values (formulas evaluated, inferred ones filled in); `inferred` names
    those that were read off the input. `weights` are the shapes of its own parameters; `parameters`
    counts those that are not somebody else's. `flops` are 2 x multiply-adds of the forward pass of
    one sample; `memory` is bytes of its outputs for one sample.
    """

    path: str
    node: NodeId
    params: Mapping[str, object] = field(default_factory=dict)
    inferred: frozenset[str] = frozenset()
    inputs: Mapping[str, Type] = field(default_factory=dict)
    outputs: Mapping[str, Type] = field(default_factory=dict)
    parameters: int = 0
    flops: int = 0
    memory: int = 0
    weights: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """An output port of a node: something that a wire can carry."""

    node: NodeId
    port: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an objective: the loss node, and what it compares."""

    node: NodeId
    name: str
    kind: str
    prediction: Value
    target: Value | None
    weight: float
    objective: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Which node belongs where.

    `inputs` and `outputs` map the names of `Model.forward`'s arguments and results to values;
    an input's value is the Dataset field or Input node that it comes from. `fields` are the
    Dataset fields that an Objective takes beside the inputs. `hidden` are values inside the
    model that the objective reads and that are no outputs.
    """

    preprocessing: tuple[NodeId, ...] = ()
    model: tuple[NodeId, ...] = ()
    objective: tuple[NodeId, ...] = ()
    inputs: Mapping[str, Value] = field(default_factory=dict)
    outputs: Mapping[str, Value] = field(default_factory=dict)
    fields: tuple[str, ...] = ()
    hidden: tuple[Value, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that is known of a project without running it.

    `nodes` is by path (`conv`, later `layer2.0.conv1`). `memory_bytes` is the estimated peak of
    one training step at the plan's batch size.
    """

    nodes: Mapping[str, NodeFacts] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    parts: Parts = Parts()
    parameters: int = 0
    flops: int = 0
    memory_bytes: int = 0
    by_node: Mapping[NodeId, NodeFacts] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "by_node", {f.node: f for f in self.nodes.values() if "." not in f.path}
        )

    def of(self, node: NodeId) -> NodeFacts | None:
        """The facts of a node of the main drawing."""
        return self.by_node.get(node)

    def problems_at(self, path: str) -> tuple[Problem, ...]:
        """The problems of one node."""
        return tuple(problem for problem in self.problems if problem.path == path)

    def blocking(self, verb: Literal["build", "train", "export"]) -> tuple[Problem, ...]:
        """The problems that stand in the way of building, training or exporting."""
        return tuple(p for p in self.problems if p.blocks in ("build", verb))
