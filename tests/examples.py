"""How many examples a property is tried on: as the profile says, fewer where each takes long."""

from hypothesis import settings


def at_most(count: int) -> int:
    """Return the profile's number of examples, or ``count`` where that is more."""
    return min(settings.default.max_examples if settings.default else count, count)
