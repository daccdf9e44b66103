"""The S-curve as a chart, in words, and as a table for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import altair as alt
import pandas as pd
import streamlit as st

from geo.i18n import format_percent, t
from layers.history.s_curve import MEASURES, SIDES
from pages.shell.html import Html, show_markup
from pages.widgets.source_list import render_source_list
from pages.widgets.tables import render_table
from store.facts.labels import format_iso_day
from store.facts_cache import cache_on_reports

if TYPE_CHECKING:
    from layers.history.s_curve import CurvePoint, CurveRow, SCurve
    from pages.shell.context import PageContext
    from store.facts.facts import Facts

COLOURS: Final = {"construction": "#175cd3", "clearance": "#b54708"}
HEIGHT: Final = 185


def show_s_curve_chart(ctx: PageContext, curve: SCurve, *, key: str) -> None:
    """Show the curve: chart, what is behind it, table, forecasts apart."""
    if not curve.points:
        show_markup(Html('<p class="hp-under">{}</p>').format(ctx.t("leader.curve.none")))
        return
    chart = _build_chart(ctx.facts, curve, ctx.language)
    st.vega_lite_chart(chart, key=key, width="stretch")
    show_markup(_render_summary(ctx, curve))


@cache_on_reports(most=64)
def _build_chart(facts: Facts, curve: SCurve, language: str) -> dict[str, Any]:
    """Return the chart as Vega-Lite has it."""
    points = pd.DataFrame(
        [_build_row(point, language) | {"above": _is_above(curve, point)} for point in curve.points]
    )
    days = sorted({str(day) for day in facts.periods["as_of"]})
    axis: Any = alt.Axis(title=None, format="%d/%m/%Y", values=days, labelAngle=0, grid=False)
    domain = [_shift_day(days[0], -20), _shift_day(days[-1], 38)]
    x = alt.X("day:T", axis=axis, scale=alt.Scale(domain=domain))
    y = alt.Y(
        "value:Q",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(title=None, values=[0, 25, 50, 75, 100], labelExpr="datum.value + ' %'"),
    )
    names: dict[str, str] = {key: t(f"leader.curve.{key}", language) for key in (*MEASURES, *SIDES)}
    colour = alt.Color(
        "measure:N",
        scale=alt.Scale(
            domain=[names[key] for key in MEASURES], range=[COLOURS[key] for key in MEASURES]
        ),
        legend=alt.Legend(title=None, orient="top", labelFontSize=12, symbolSize=70),
    )
    shape = alt.Shape(
        "side:N",
        scale=alt.Scale(domain=[names[key] for key in SIDES], range=["diamond", "circle"]),
        legend=alt.Legend(title=None, orient="top", labelFontSize=12, symbolSize=70),
    )
    tooltip = [
        alt.Tooltip(f"{name}:N", title=t(f"leader.curve.tip_{name}", language))
        for name in ("period", "measure", "side", "text", "items")
    ]
    dots = alt.Chart(points).mark_point(size=110, filled=True, opacity=0.95)
    parts: list[Any] = [dots.encode(x=x, y=y, color=colour, shape=shape, tooltip=tooltip)]
    for above, away in ((True, -8), (False, 9)):  # of two close values one stands over the other
        labels = alt.Chart(points[points["above"] == above])
        labels = labels.mark_text(align="left", dx=9, dy=away, fontSize=12, fontWeight=600)
        parts.append(labels.encode(x=x, y=y, text="text:N", color=colour))
    if curve.segments:
        parts.insert(0, _build_lines(curve, x, y, colour, language))
    chart = alt.layer(*parts).properties(
        height=HEIGHT, usermeta={"embedOptions": {"actions": False}}
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _build_lines(curve: SCurve, x: alt.X, y: alt.Y, colour: alt.Color, language: str) -> Any:
    frame = pd.DataFrame(
        [
            {
                **_build_row(segment.start, language),
                "end": segment.end.day,
                "value_end": segment.end.value,
                "dash": "dashed" if segment.dashed else "whole",
            }
            for segment in curve.segments
        ]
    )
    dash = alt.StrokeDash(
        "dash:N", scale=alt.Scale(domain=["whole", "dashed"], range=[[1, 0], [3, 4]]), legend=None
    )
    lines = alt.Chart(frame).mark_rule(strokeWidth=2)
    return lines.encode(x=x, x2="end:T", y=y, y2="value_end:Q", color=colour, strokeDash=dash)


def _build_row(point: CurvePoint, language: str) -> dict[str, Any]:
    return {
        "day": point.day,
        "value": point.value,
        "measure": t(f"leader.curve.{point.measure}", language),
        "side": t(f"leader.curve.{point.side}", language),
        "text": format_percent(point.value, language),
        "period": point.label,
        "items": len(point.items),
    }


def _is_above(curve: SCurve, point: CurvePoint) -> bool:
    """Return whether a point is the higher one of plan and actual; the plan if they are equal."""
    others = [
        other.value
        for other in curve.points
        if (other.period, other.measure) == (point.period, point.measure)
        and other.side != point.side
    ]
    return all((point.value, point.side) > (other, "actual") for other in others)


def _shift_day(day: str, days: int) -> str:
    return str((pd.Timestamp(day) + pd.Timedelta(days=days)).date())


def _render_summary(ctx: PageContext, curve: SCurve) -> Html:
    """Return what is behind the chart: a sentence, the table, the forecasts."""
    notes = []
    if len({row.period for row in curve.rows}) == 1:
        notes.append(ctx.t("leader.curve.one_period", period=curve.rows[0].label))
    if any(segment.dashed for segment in curve.segments):
        notes.append(ctx.t("leader.curve.dashed"))
    notes.append(ctx.t("leader.curve.weights"))
    return Html(
        '<p class="hp-under">{}</p><details class="hp-notes"><summary>{}</summary>{}{}</details>'
    ).format(
        " ".join(notes),
        ctx.t("leader.curve.table"),
        _render_table(ctx, curve),
        _render_forecasts(ctx, curve),
    )


def _render_table(ctx: PageContext, curve: SCurve) -> Html:
    names = (
        "period", "measure", "planned", "actual", "both", "planned_only", "actual_only",
        "no_weight", "neither", "source",
    )  # fmt: skip
    rows = [
        (
            Html("{}<div class='hp-under'>{}</div>").format(
                row.label, format_iso_day(row.day, ctx.language)
            ),
            ctx.t(f"leader.curve.{row.measure}"),
            _format_value(ctx, row, row.planned),
            _format_value(ctx, row, row.actual),
            row.both,
            row.planned_only,
            row.actual_only,
            row.no_weight,
            row.neither,
            render_source_list(ctx, row.sources),
        )
        for row in curve.rows
    ]
    return Html(render_table([ctx.t(f"leader.curve.head_{name}") for name in names], rows))


def _format_value(ctx: PageContext, row: CurveRow, value: float | None) -> str:
    if value is None:
        return ctx.t("layers.value.unknown")
    text = format_percent(value, ctx.language)
    return ctx.t("leader.curve.alone", value=text) if row.alone else text


def _render_forecasts(ctx: PageContext, curve: SCurve) -> Html:
    if not curve.forecasts:
        return Html("")
    names = ("period", "good", "misses", "undetermined", "silent")
    rows = [
        (row.label, row.good, row.misses, row.undetermined, row.silent) for row in curve.forecasts
    ]
    return Html("<p>{}</p>{}").format(
        ctx.t("leader.curve.forecasts"),
        render_table([ctx.t(f"leader.curve.head_{name}") for name in names], rows),
    )
