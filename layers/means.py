"""Progress of a set of items, as ``store.means`` reckons it, for the layers."""

from store.means import MEASURE_COLUMN, NO_PROGRESS, WAITING, Progress, progress_by, progress_of

__all__ = ["MEASURE_COLUMN", "NO_PROGRESS", "WAITING", "Progress", "progress_by", "progress_of"]
