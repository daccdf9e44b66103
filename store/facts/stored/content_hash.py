"""What names the content of tables: the same for the same rows in the same order, everywhere."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from geo.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray


def hash_rows(frame: pd.DataFrame) -> NDArray[np.uint64]:
    """Return a number for each row, made of its cells alone."""
    if not len(frame):
        return np.array([], dtype=np.uint64)
    rows: NDArray[np.uint64] = pd.util.hash_pandas_object(frame, index=False).to_numpy()
    return rows


def hash_table(columns: Iterable[str], rows: NDArray[np.uint64]) -> str:
    """Return the hash (64 hex digits) of a table with these columns and ``hash_rows``."""
    digest = hashlib.sha256("\x1f".join(columns).encode())
    digest.update(rows.astype("<u8").tobytes())
    return digest.hexdigest()


def hash_frame(frame: pd.DataFrame) -> str:
    """Return the hash (64 hex digits) of a whole table."""
    return hash_table(frame.columns, hash_rows(frame))


@cache
def hash_gazetteer() -> Mapping[str, str]:
    """Return the hashes of the gazetteer's tables as the facts hold them: it never changes."""
    gazetteer = load_gazetteer()
    return {
        "communes": hash_frame(gazetteer.communes.sort_values("code", ignore_index=True)),
        "former_units": hash_frame(gazetteer.former_units),
        "zones": hash_frame(gazetteer.zones),
    }


def hash_words(*words: str) -> str:
    """Return 16 hex digits that stand for these words in this order."""
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]
