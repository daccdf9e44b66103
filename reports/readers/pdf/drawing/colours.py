"""Colours of a page as red, green and blue from 0 to 1, whatever space they are given in."""

from __future__ import annotations

from typing import Any, Final

Colour = tuple[float, float, float]

_GREY: Final = 1
_RGB: Final = 3
_CMYK: Final = 4
_VIVID: Final = 0.35
_LIGHT: Final = 0.6
_PLAIN_SPACES: Final = ("Device", "Cal", "ICCBased")


def read_colour(value: Any, space: Any) -> Colour | None:
    """Return a colour; ``None`` for one of which only the file's own tables tell what it is."""
    numbers = value if isinstance(value, (tuple, list)) else (value,)
    if not all(isinstance(number, (int, float)) for number in numbers):
        return None
    parts = [min(1.0, max(0.0, float(number))) for number in numbers]
    name = str(getattr(space, "name", ""))
    if name == "Separation" and len(parts) == _GREY:
        return (1 - parts[0],) * 3
    if not name.startswith(_PLAIN_SPACES):
        return None
    if len(parts) == _CMYK:
        parts = [1 - min(1.0, ink + parts[3]) for ink in parts[:3]]
    if len(parts) == _GREY:
        parts *= 3
    return (parts[0], parts[1], parts[2]) if len(parts) == _RGB else None


def is_vivid(colour: Colour | None) -> bool:
    """Return True for a red, blue or other colour that is far from grey."""
    return colour is not None and max(colour) - min(colour) >= _VIVID


def is_light(colour: Colour | None) -> bool:
    """Return True for a colour nearer to white than to black, as that of watermarks."""
    return colour is not None and measure_luminance(colour) >= _LIGHT


def measure_luminance(colour: Colour) -> float:
    """Return how light a colour is, from 0 (black) to 1 (white)."""
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]
