"""Where all generators of random numbers stand, as tensors: torch's, Python's and numpy's.

The loop itself draws from torch alone; a person's own Python code may draw from the others.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor

PYTHON, NUMPY, CPU, CUDA = "random.python", "random.numpy", "random.cpu", "random.cuda"
APART = 1_000_003
"""Between the seeds of two processes, so that each drops out others."""


def seed_all(seed: int) -> None:
    """Begin every generator of this process anew."""
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)  # that of every CUDA device too


@contextmanager
def undisturbed(device: torch.device) -> Iterator[None]:
    """Meanwhile torch's random numbers may be drawn that nobody misses afterwards."""
    devices = [device] if device.type == "cuda" else []
    with torch.random.fork_rng(devices=devices):
        yield


def random_state(uses_cuda: bool) -> dict[str, Tensor]:
    """Where every generator stands; those of CUDA devices only where they are used."""
    state = {PYTHON: _python_state(), NUMPY: _numpy_state(), CPU: torch.get_rng_state()}
    if uses_cuda:
        states = enumerate(torch.cuda.get_rng_state_all())
        state |= {f"{CUDA}.{index}": value for index, value in states}
    return state


def restore_random(state: Mapping[str, Tensor]) -> None:
    """Let every generator go on from there; a device that is no longer there has none."""
    torch.set_rng_state(state[CPU])
    _set_python(state[PYTHON])
    _set_numpy(state[NUMPY])
    for index in range(torch.cuda.device_count() if torch.cuda.is_available() else 0):
        if f"{CUDA}.{index}" in state:
            torch.cuda.set_rng_state(state[f"{CUDA}.{index}"], index)


def state_of_process(state: Mapping[str, Tensor], process: int) -> dict[str, Tensor]:
    """Where one process's generators stood, as a checkpoint says; empty where it had no part."""
    prefix = f"process.{process}." if process else ""
    names = (name for name in state if name.startswith(f"{prefix}random."))
    return {name.removeprefix(prefix): state[name] for name in names}


class Draws:
    """The random numbers of several processes, drawn in this one: by each its own.

    The first begins where this process stands, the others as they do: with seeds of their own.
    """

    def __init__(self, processes: int, seed: int, uses_cuda: bool) -> None:
        self._uses_cuda = uses_cuda
        self._states = [random_state(uses_cuda)]
        for process in range(1, processes):
            seed_all(seed + process * APART)
            self._states.append(random_state(uses_cuda))
        restore_random(self._states[0])

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Go on where the processes stood at a checkpoint."""
        for process, now in enumerate(self._states):
            self._states[process] = state_of_process(state, process) or now

    @contextmanager
    def of(self, process: int) -> Iterator[None]:
        """Meanwhile that process draws."""
        restore_random(self._states[process])
        yield
        self._states[process] = random_state(self._uses_cuda)

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """What is drawn meanwhile will be drawn again."""
        kept = list(self._states)
        yield
        self._states = kept


def _python_state() -> Tensor:
    """Python's words and a normal draw that waits (NaN: none), float64 [626]: all are exact."""
    _, words, waiting = random.getstate()
    return torch.tensor([*words, float("nan") if waiting is None else waiting], dtype=torch.float64)


def _set_python(state: Tensor) -> None:
    *words, waiting = state.tolist()
    random.setstate((3, tuple(map(int, words)), None if waiting != waiting else waiting))


def _numpy_state() -> Tensor:
    """Words, place, whether a normal draw waits, and that draw, float64 [627]: all are exact."""
    _, words, place, has_waiting, waiting = np.random.get_state(legacy=True)
    return torch.tensor(
        [*np.asarray(words).tolist(), place, has_waiting, waiting], dtype=torch.float64
    )


def _set_numpy(state: Tensor) -> None:
    *words, place, has_waiting, waiting = state.tolist()
    keys = np.array(words, dtype=np.uint32)
    np.random.set_state(("MT19937", keys, int(place), int(has_waiting), waiting))
