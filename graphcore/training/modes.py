"""Switches of torch that a run turns for as long as it lasts, and what a device can't give."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import torch

from graphcore.project.plan import Plan

CUBLAS = "CUBLAS_WORKSPACE_CONFIG"


@contextmanager
def using_modes(plan: Plan, device: torch.device) -> Iterator[None]:
    """The plan's tf32 and determinism; everything is put back at the end."""
    with ExitStack() as stack:
        if plan.precision == "tf32" and device.type == "cuda":
            stack.enter_context(_tf32())
        if plan.deterministic:
            stack.enter_context(_deterministic())
        yield


def unmet(plan: Plan, device: torch.device) -> Iterator[str]:
    """A sentence for each wish of the plan that this device doesn't grant."""
    if plan.precision == "tf32" and device.type != "cuda":
        yield f"There is no tf32 on {device}: this run computes in float32."
    if plan.compile and device.type == "mps":
        yield "torch.compile is an experiment on mps: look closely at what comes out."
    if plan.precision == "float16" and device.type == "cpu":
        yield (
            "float16 is slower than float32 on a CPU, and no more precise than bfloat16: "
            "it is good for trying out what a GPU will do."
        )


@contextmanager
def _tf32() -> Iterator[None]:
    products, convolutions = torch.get_float32_matmul_precision(), torch.backends.cudnn.allow_tf32
    torch.set_float32_matmul_precision("high")
    torch.backends.cudnn.allow_tf32 = True
    try:
        yield
    finally:
        torch.set_float32_matmul_precision(products)
        torch.backends.cudnn.allow_tf32 = convolutions


@contextmanager
def _deterministic() -> Iterator[None]:
    was_on = torch.are_deterministic_algorithms_enabled()
    warns = torch.is_deterministic_algorithms_warn_only_enabled()
    searches, workspace = torch.backends.cudnn.benchmark, os.environ.get(CUBLAS)
    # cuBLAS reads it once, when its handle is made: a process that computed before keeps its own.
    os.environ.setdefault(CUBLAS, ":4096:8")
    torch.use_deterministic_algorithms(True)
    torch.backends.cudnn.benchmark = False
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(was_on, warn_only=warns)
        torch.backends.cudnn.benchmark = searches
        if workspace is None:
            del os.environ[CUBLAS]
