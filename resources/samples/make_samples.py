"""Writes digits.npz and iris.npz beside this file from the copies that scikit-learn ships.

Run once, by hand, where scikit-learn is installed; the program itself only reads the results.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_iris

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Small files: whole numbers as uint8, measurements as float32, compressed, no pickles."""
    digits = load_digits()
    np.savez_compressed(
        HERE / "digits.npz",
        image=digits.images.astype(np.uint8)[:, None],
        label=digits.target.astype(np.uint8),
        label_names=np.array([str(name) for name in digits.target_names]),
    )
    iris = load_iris()
    np.savez_compressed(
        HERE / "iris.npz",
        features=iris.data.astype(np.float32),
        features_names=np.array([name.removesuffix(" (cm)") for name in iris.feature_names]),
        label=iris.target.astype(np.uint8),
        label_names=np.array([str(name) for name in iris.target_names]),
    )


if __name__ == "__main__":
    main()
