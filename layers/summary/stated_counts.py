"""What reports count for the whole city: projects that miss their goal, money disbursed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.labels.statement_labels import format_stated_count
from layers.summary.comparison import SummarySentence
from layers.summary.key_figures import FORECAST_PART
from store.facts.commune_shares import VND_PER_MVND
from store.facts.labels import format_count as whole
from store.facts.labels import format_vnd, get_as_of_date
from store.facts.sources import find_sources

if TYPE_CHECKING:
    from layers.summary.comparison import PeriodComparison


def describe_forecast(both: PeriodComparison) -> SummarySentence | None:
    """Tell how many miss the quarter's goal: item by item, else as the report counts them."""
    forecast = both.items[both.items["forecast"] != ""]
    now = both.stated("key_projects", "misses_goal", "project")
    if both.key_projects and now is not None:
        earlier = both.stated("key_projects", "misses_goal", "project", both.base) or now
        other = "" if earlier.period == now.period else "_before"
        text = both.t(
            f"misses_stated{other}",
            count=format_stated_count(now, "", both.language),
            before=format_stated_count(earlier, "", both.language),
            period=both.label(earlier.period),
        )
        worse = float(now.value) >= float(earlier.value)
        direction = ("worse" if worse else "better") if other else "worse"
        sources = (*now.sources, *(earlier.sources if other else ()))
        return SummarySentence("forecast", text, direction, sources)
    if not len(forecast):
        return None
    if len(forecast) <= FORECAST_PART * int((both.items["kind"] == "key_project").sum()):
        text = both.t("few_forecasts", count=whole(len(forecast), both.language))
        sources = find_sources(both.facts, forecast["forecast_obs"])
        return SummarySentence("forecast", text, "", sources, tuple(forecast["item"]))
    missing = forecast[forecast["forecast"] == "misses"]
    text = both.t(
        "misses",
        misses=whole(len(missing), both.language),
        forecast=whole(len(forecast), both.language),
        amount=format_vnd(int(missing["investment_mvnd"].sum()) * VND_PER_MVND, both.language),
    )
    return SummarySentence(
        "forecast",
        text,
        "worse" if len(missing) else "better",
        find_sources(both.facts, missing["forecast_obs"]),
        tuple(missing["item"]),
    )


def describe_spending(both: PeriodComparison) -> SummarySentence | None:
    """Tell what the report says is disbursed of the city's public investment."""
    if not both.everything:
        return None
    now = both.stated("public_investment", "disbursed", "million_vnd")
    if now is None:
        return None
    earlier = both.stated("public_investment", "disbursed", "million_vnd", both.base) or now
    years = {get_as_of_date(both.facts, count.period)[:4] for count in (earlier, now)}
    known = earlier.period != now.period and len(years) == 1
    earlier = earlier if known else now
    text = both.t(
        "spent_before" if known else "spent",
        amount=format_stated_count(now, "million_vnd", both.language),
        before=format_stated_count(earlier, "million_vnd", both.language),
        period=both.label(earlier.period),
    )
    return SummarySentence(
        "spending", text, "", (*now.sources, *(earlier.sources if known else ()))
    )
