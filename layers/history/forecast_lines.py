"""The outlook in words: an estimate of the program with its reasons, and always called one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geo.i18n import DEFAULT_LANGUAGE, format_date, format_number, format_percent, t
from layers.labels.statement_labels import format_field_label, format_item_name
from store.analysis.milestones.milestone_forecast import forecast_item
from store.facts.labels import format_quantity, format_when, translate_word

if TYPE_CHECKING:
    from store.analysis.milestones.milestone_forecast import MilestoneForecast
    from store.analysis.milestones.milestone_forecast_rule import ForecastReason
    from store.facts.facts import Facts
    from store.facts.sources import Source


@dataclass(frozen=True)
class ForecastReasonLine:
    """One reason in a sentence, what it adds to the estimate (``+2``, ``0``), and its sources."""

    sentence: str
    points: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class ForecastLine:
    """One project's outlook: ``outlook`` is ``likely``, ``at_risk``, ``unlikely`` or ``unknown``.

    ``sentence`` says milestone, time and class; ``disclaimer`` that this is the program's estimate,
    to be shown wherever the class is.
    """

    item: str
    title: str
    outlook: str
    label: str
    sentence: str
    reasons: tuple[ForecastReasonLine, ...]
    sources: tuple[Source, ...]
    disclaimer: str
    investment_mvnd: int | None


def find_forecast_line(
    facts: Facts, period: str, item: str, *, language: str = DEFAULT_LANGUAGE
) -> ForecastLine | None:
    """Return the outlook of one project; ``None`` where there is none."""
    forecast = forecast_item(facts, period, item)
    return None if forecast is None else describe_forecast(forecast, language)


def describe_forecast(
    forecast: MilestoneForecast, language: str = DEFAULT_LANGUAGE
) -> ForecastLine:
    """Return one project's outlook in words."""
    label = t(f"changes.outlook.{forecast.outlook}", language)
    reasons = tuple(
        ForecastReasonLine(
            format_reason(reason, language),
            f"{reason.points:+d}" if reason.points else "0",
            reason.sources,
        )
        for reason in forecast.reasons
    )
    return ForecastLine(
        item=forecast.item,
        title=format_item_name(forecast.name, forecast.investment_mvnd, language),
        outlook=forecast.outlook,
        label=label,
        sentence=_format_sentence(forecast, label, language),
        reasons=reasons,
        sources=forecast.sources,
        disclaimer=t("changes.outlook.disclaimer", language),
        investment_mvnd=forecast.investment_mvnd,
    )


def _format_sentence(forecast: MilestoneForecast, label: str, language: str) -> str:
    if not forecast.milestone:
        return t("changes.outlook.no_milestone", language, label=label)
    return t(
        "changes.outlook.sentence",
        language,
        milestone=format_field_label(forecast.milestone, forecast.component, language),
        due=format_when(forecast.due, language),
        day=format_date(date.fromisoformat(forecast.due_day), language),
        label=label,
        known=forecast.known,
    )


def format_reason(reason: ForecastReason, language: str = DEFAULT_LANGUAGE) -> str:
    """Return one reason in a sentence."""
    return t(
        f"changes.reason.{reason.code}",
        language,
        value=_format_value(reason, language),
        other=_format_other_value(reason, language),
    )


def _format_value(reason: ForecastReason, language: str) -> str:
    if isinstance(reason.value, str):
        section = {"obstacle": "obstacle", "forecast": "forecast"}.get(reason.about, "status")
        return translate_word(section, reason.value, language)
    if reason.value is None:
        return ""
    if reason.about in {"work", "plan", "land"}:
        return format_percent(reason.value, language)
    return format_number(reason.value, 0, language)


def _format_other_value(reason: ForecastReason, language: str) -> str:
    if reason.other is None:
        return ""
    if reason.about == "work":
        return format_quantity(reason.other, language)
    return format_percent(reason.other, language)
