"""Colours are told apart by colour-blind readers and in black and white."""

from itertools import combinations, pairwise

import pytest

from store.analysis.palettes import NOTHING_COLOUR, RUNS, _to_oklab, pick_colours

SIZES = range(2, 8)

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
BLINDNESS = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def seen_as(colour: str, kind: str) -> str:
    """Return the colour as a reader of that kind sees it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    mixed = [sum(w * p for w, p in zip(row, linear, strict=True)) for row in BLINDNESS[kind]]
    clipped = [min(max(part, 0.0), 1.0) for part in mixed]
    gamma = [p * 12.92 if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in clipped]
    return "#" + "".join(f"{round(255 * part):02x}" for part in gamma)


def apart(one: str, other: str) -> float:
    """Return the distance of two colours in OKLab (0.02 is about what an eye just notices)."""
    pairs = zip(_to_oklab(one), _to_oklab(other), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("size", SIZES)
def test_a_run_goes_from_light_to_dark_in_even_steps(run: str, size: int) -> None:
    light = [_to_oklab(colour)[0] for colour in pick_colours(run, size)]
    steps = [before - after for before, after in pairwise(light)]
    assert min(steps) > 0
    assert max(steps) - min(steps) < 0.02


@pytest.mark.parametrize("kind", BLINDNESS)
@pytest.mark.parametrize("run", RUNS)
def test_colour_blind_readers_tell_all_classes_apart(run: str, kind: str) -> None:
    colours = [seen_as(colour, kind) for colour in pick_colours(run, 6)]
    assert min(apart(one, other) for one, other in combinations(colours, 2)) > 0.05


def measure_contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG counts it, from 1 to 21."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("run", RUNS)
@pytest.mark.parametrize("size", [1, *SIZES])
def test_every_colour_stands_out_from_the_pale_ground(run: str, size: int) -> None:
    assert min(measure_contrast(one, NOTHING_COLOUR) for one in pick_colours(run, size)) >= 3


@pytest.mark.parametrize("run", RUNS)
def test_nothing_is_lighter_than_every_class(run: str) -> None:
    assert _to_oklab(NOTHING_COLOUR)[0] > max(
        _to_oklab(colour)[0] for colour in pick_colours(run, 5)
    )


def test_one_class_takes_the_middle_colour() -> None:
    assert pick_colours("progress", 1) == (pick_colours("progress", 3)[1],)
