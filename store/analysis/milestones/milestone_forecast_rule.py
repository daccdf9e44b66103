"""The rule by which the program estimates whether a milestone holds: points, each with its reason.

Every input that is known gives points; an unknown one gives none and is said to be unknown. The
numbers are set by judgement and stand below, to be read and argued with; they are not learnt.

- Time: over, and a later report still gives a status from before it, -6; over without such a
  report, -4. For a start that is not reported yet and for an end of which no progress is known: 31
  days or less -2, 92 or less -1.
- Work, for an opening or an end with known progress: all done +2 (once its time is over, no more).
  With two figures of the same whole, what is missing over what is done per day since: in nine
  tenths of the time left +2, within it 0, up to half more -2, beyond -4. With one figure, what has
  to be done per month: up to 4 points of percent +1, up to 8: 0, up to 15: -1, more -3.
- Plan: progress as planned or better +1; behind by up to 10 points -1, by more -2.
- Land: all cleared +1, less than 90 % -1, less than 50 % -2; less than planned, -1 more.
- Obstacles: no ground to build on -3, else another matter of land -2; anything else -1.
- The report's forecast of the quarter's goal: exceeds +3, meets +2, may meet +1, strives 0,
  misses -2. Progress "undetermined" -3, paused -4.
- Past: the milestone moved later by up to 31 days -1, by more -2; said again unchanged +1.

One point or more: ``likely``. -5 or less: ``unlikely``. Between: ``at_risk``. With fewer than two
inputs besides time and stage (a time that is over counts, one that a report confirms as twice):
``unknown``. More progress, more cleared land and more time never lower the points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reports.model.schema import CLEARANCE_CATEGORIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.facts.sources import Source

LIKELY: Final = 1
UNLIKELY: Final = -5
ENOUGH: Final = 2
MONTH: Final = 31
QUARTER: Final = 92
DAYS_PER_MONTH: Final = 30.4
ALL: Final = 100.0
FORECASTS: Final = {"exceeds": 3, "meets": 2, "may_meet": 1, "strives": 0, "misses": -2}
PACE: Final = ((0.9, "pace_fits", 2), (1.0, "pace_tight", 0), (1.5, "pace_short", -2))
PER_MONTH: Final = ((4.0, "work_little", 1), (8.0, "work_steady", 0), (15.0, "work_much", -1))
LAND: Final = ((ALL, "cleared_all", 1), (90.0, "cleared_most", 0), (50.0, "cleared_part", -1))
FAR_BEHIND: Final = 10.0
ENDS: Final = frozenset({"milestone_inauguration", "milestone_finish"})


@dataclass(frozen=True)
class ForecastInputs:
    """What is known of one milestone; ``None`` and '' are unknown.

    ``days_left`` are from the period's day to the milestone's last day; ``confirmed`` says that a
    report of a day after it shows it not reached. ``done`` is construction in percent,
    ``days_to_build`` the days from that figure to the milestone, ``done_before`` an earlier figure
    of the same whole, ``days_since`` older. ``slip_days`` is by how much the milestone has moved
    later in all: 0 where two documents agree, ``None`` where only one speaks of it.
    """

    field: str
    days_left: int
    confirmed: bool = False
    stage: str = ""
    done: float | None = None
    days_to_build: int = 0
    done_before: float | None = None
    days_since: int = 0
    planned: float | None = None
    cleared: float | None = None
    cleared_planned: float | None = None
    obstacles: tuple[str, ...] = ()
    forecast: str = ""
    slip_days: int | None = None


@dataclass(frozen=True)
class ForecastReason:
    """One reason: its code, what it is about, its points, its numbers and where they are from.

    ``about``: ``time``, ``work``, ``plan``, ``land``, ``obstacle``, ``forecast``, ``stage`` or
    ``past``. ``value`` is a number (days, percent, points per month) or a word of the schema;
    ``other`` the number it is compared with. ``weight`` is how many known inputs it counts as.
    """

    code: str
    about: str
    points: int
    value: float | str | None = None
    other: float | None = None
    weight: int = 1
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True)
class ForecastAssessment:
    """An estimate: ``likely``, ``at_risk``, ``unlikely`` or ``unknown``, and why."""

    outlook: str
    score: int
    known: int
    reasons: tuple[ForecastReason, ...]


def assess_milestone(inputs: ForecastInputs) -> ForecastAssessment:
    """Return the estimate for one milestone, by the rule above."""
    reasons = (
        *_assess_time(inputs),
        *_assess_work(inputs),
        *_assess_plan(inputs),
        *_assess_land(inputs),
        *_assess_obstacles(inputs),
        *_assess_forecast(inputs),
        *_assess_past_delays(inputs),
    )
    score = sum(reason.points for reason in reasons)
    known = sum(reason.weight for reason in reasons)
    if known < ENOUGH:
        outlook = "unknown"
    elif score >= LIKELY:
        # An obstacle speaks against a date: knowing it is no ground to think the date likely.
        backing = sum(reason.weight for reason in reasons if reason.about != "obstacle")
        outlook = "likely" if backing >= ENOUGH else "unknown"
    else:
        outlook = "unlikely" if score <= UNLIKELY else "at_risk"
    return ForecastAssessment(outlook, score, known, reasons)


def _assess_time(inputs: ForecastInputs) -> Iterator[ForecastReason]:
    left = inputs.days_left
    if left < 0:
        code, points, weight = ("not_reached", -6, 2) if inputs.confirmed else ("over", -4, 1)
        yield ForecastReason(code, "time", points, -left, weight=weight)
        return
    points = 0
    if inputs.field == "milestone_start" or (inputs.field in ENDS and inputs.done is None):
        points = -2 if left <= MONTH else -1 if left <= QUARTER else 0
    yield ForecastReason("left", "time", points, left, weight=0)


def _assess_work(inputs: ForecastInputs) -> Iterator[ForecastReason]:
    if inputs.field not in ENDS:
        return
    if inputs.done is None:
        yield ForecastReason("work_unknown", "work", 0, weight=0)
        return
    missing, left = ALL - inputs.done, inputs.days_to_build
    if inputs.days_left < 0:
        # The time that is over has its points; what was done by then adds none.
        yield ForecastReason("work_done", "work", 0, inputs.done)
    elif missing <= 0:
        yield ForecastReason("work_all", "work", 2, inputs.done)
    elif inputs.done_before is not None and inputs.days_since > 0:
        pace = (inputs.done - inputs.done_before) / inputs.days_since
        need = missing / (pace * left) if pace > 0 and left > 0 else float("inf")
        code, points = _find_band(need, PACE, ("pace_far", -4))
        yield ForecastReason(code, "work", points, inputs.done, round(pace * DAYS_PER_MONTH, 1))
    else:
        need = missing * DAYS_PER_MONTH / left if left > 0 else float("inf")
        code, points = _find_band(need, PER_MONTH, ("work_far", -3))
        yield ForecastReason(
            code, "work", points, inputs.done, None if left <= 0 else round(need, 1)
        )


def _find_band(
    need: float, bands: tuple[tuple[float, str, int], ...], beyond: tuple[str, int]
) -> tuple[str, int]:
    matches = ((code, points) for most, code, points in bands if need <= most)
    return next(matches, beyond)


def _assess_plan(inputs: ForecastInputs) -> Iterator[ForecastReason]:
    if inputs.done is None or inputs.planned is None:
        return
    behind = inputs.planned - inputs.done
    if behind <= 0:
        yield ForecastReason("plan_met", "plan", 1, inputs.done, inputs.planned)
    elif behind <= FAR_BEHIND:
        yield ForecastReason("plan_behind", "plan", -1, inputs.done, inputs.planned)
    else:
        yield ForecastReason("plan_far_behind", "plan", -2, inputs.done, inputs.planned)


def _assess_land(inputs: ForecastInputs) -> Iterator[ForecastReason]:
    if inputs.cleared is None:
        if inputs.cleared_planned is not None:
            yield ForecastReason("cleared_unknown", "land", 0, inputs.cleared_planned, weight=0)
        return
    matches = ((code, points) for least, code, points in LAND if inputs.cleared >= least)
    code, points = next(matches, ("cleared_little", -2))
    yield ForecastReason(code, "land", points, inputs.cleared)
    if inputs.cleared_planned is not None and inputs.cleared < inputs.cleared_planned:
        yield ForecastReason(
            "cleared_behind", "land", -1, inputs.cleared, inputs.cleared_planned, 0
        )


def _assess_obstacles(inputs: ForecastInputs) -> Iterator[ForecastReason]:
    land = [category for category in inputs.obstacles if category in CLEARANCE_CATEGORIES]
    rest = [category for category in inputs.obstacles if category not in CLEARANCE_CATEGORIES]
    if "ground_not_ready" in land:
        yield ForecastReason("obstacle", "obstacle", -3, "ground_not_ready")
    elif land:
        yield ForecastReason("obstacle", "obstacle", -2, land[0], weight=1)
    if rest:
        yield ForecastReason("obstacle", "obstacle", -1, rest[0], weight=0 if land else 1)


def _assess_forecast(inputs: ForecastInputs) -> Iterator[ForecastReason]:
    if inputs.stage == "paused":
        yield ForecastReason("stage", "stage", -4, inputs.stage)
    elif "undetermined" in (inputs.stage, inputs.forecast):
        yield ForecastReason("stage", "stage", -3, "undetermined")
    if inputs.forecast in FORECASTS:
        yield ForecastReason("forecast", "forecast", FORECASTS[inputs.forecast], inputs.forecast)


def _assess_past_delays(inputs: ForecastInputs) -> Iterator[ForecastReason]:
    if inputs.slip_days is None:
        return
    if inputs.slip_days > 0:
        yield ForecastReason(
            "slipped", "past", -1 if inputs.slip_days <= MONTH else -2, inputs.slip_days
        )
    elif inputs.slip_days < 0:
        yield ForecastReason("forward", "past", 0, -inputs.slip_days)
    else:
        yield ForecastReason("steady", "past", 1)
