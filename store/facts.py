"""The facts as everything above reads them: frozen frames with a content version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Facts:
    """All facts tables and the gazetteer tables they point at. Frames are not to be changed.

    ``version`` is a hash of the content: the same facts have the same version in every process.
    """

    version: str
    documents: pd.DataFrame
    periods: pd.DataFrame
    items: pd.DataFrame
    places: pd.DataFrame
    observations: pd.DataFrame
    clearance: pd.DataFrame
    indicators: pd.DataFrame
    corrections: pd.DataFrame
    conflicts: pd.DataFrame
    communes: pd.DataFrame
    former_units: pd.DataFrame
    zones: pd.DataFrame


def load_facts() -> Facts:
    """Return the facts that come with the program, read once per process."""
    raise NotImplementedError
