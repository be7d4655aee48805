"""Losses of float16 are scaled up, so that small gradients don't vanish on their way."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor


class Scaler:
    """torch's GradScaler with a state that a checkpoint can hold."""

    def __init__(self, device: torch.device) -> None:
        self.torch = torch.amp.GradScaler(device.type)

    def state(self) -> dict[str, Tensor]:
        """The scale, and how many steps went well with it."""
        found = self.torch.state_dict()
        return {
            "scaler.scale": torch.tensor(found["scale"], dtype=torch.float64),
            "scaler.good_steps": torch.tensor(found["_growth_tracker"]),
        }

    def load(self, state: Mapping[str, Tensor]) -> None:
        """Go on from a checkpoint's scale."""
        self.torch.load_state_dict(
            self.torch.state_dict()
            | {
                "scale": state["scaler.scale"].item(),
                "_growth_tracker": int(state["scaler.good_steps"].item()),
            }
        )
