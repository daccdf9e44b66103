"""What was read of a part of the file, each thing with links to the cells that say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.i18n import format_number
from pages.imports.project_table import format_value
from pages.shell.html import Html, join_markup
from pages.statements.slivers import describe_slivers
from pages.widgets.file_links import name_place, name_reading
from store.facts.labels import format_when, translate_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markupsafe import Markup

    from layers.file_view.parts import FileLayout
    from layers.file_view.readings import Reading
    from pages.shell.context import PageContext
    from reports.model.document import SourcePlace
    from reports.model.extraction import ExtractedValue

_LONGEST_TITLE: Final = 180
_AS_IN_TABLE: Final = frozenset({"investment_mvnd", "forecast", "physical_done"})
_WORDS: Final = {"status": "status", "obstacle": "obstacle"}
"""Values that are words of the program's own, with the part of the catalogue that has them."""


def render_readings(
    ctx: PageContext, readings: Iterable[tuple[int, Reading]], layout: FileLayout
) -> Markup:
    """Return a list of what was read, in the order of the file."""
    parts = [_render_reading(ctx, number, reading, layout) for number, reading in readings]
    label = ctx.t("imports.file.read")
    if not parts:
        parts = [Html('<p class="hp-mind">{}</p>').format(ctx.t("imports.file.nothing_read"))]
    return Html(
        '<div class="hp-read-list" tabindex="0" role="region" aria-label="{}">{}</div>'
    ).format(label, join_markup(parts))


def _render_reading(ctx: PageContext, number: int, reading: Reading, layout: FileLayout) -> Markup:
    kind = ctx.t(f"imports.read.{reading.kind}")
    title = Html('<a href="#{}">{}</a> <span class="hp-mark">{}</span>').format(
        _aim(reading.place, layout), _shorten(reading.title), kind
    )
    lines = join_markup(
        Html("<li>{}</li>").format(line) for line in _iterate_lines(ctx, reading, layout)
    )
    return Html('<div id="{}" class="hp-read"><div>{}</div><ul>{}</ul></div>').format(
        name_reading(number), title, lines
    )


def _iterate_lines(ctx: PageContext, reading: Reading, layout: FileLayout) -> Iterator[Markup]:
    names = ctx.facts.commune_names
    if reading.communes:
        communes = ", ".join(names.get(place.code, place.code) for place in reading.communes)
        aim = _aim(reading.communes[0].place, layout)
        yield _link(aim, f"{ctx.t('imports.column.communes')}: {communes}")
        slivers = describe_slivers(ctx, (code for c in reading.communes for code in c.left_out))
        if slivers:
            yield Html("{}").format(slivers)
    for value in reading.values:
        yield _link(_aim(value.place, layout), _describe_value(ctx, value))
    if reading.count is not None:
        count = reading.count
        whole = count.total
        of = f"/{_write_number(ctx, whole)}" if whole is not None else ""
        number = _write_number(ctx, count.value)
        subject = translate_word("subject", count.subject, ctx.language)
        measure = translate_word("measure", count.measure, ctx.language)
        yield Html("{}: {} {}{}").format(subject, measure, number, of)
    if reading.problem is not None:
        yield Html("{}").format(translate_word("obstacle", reading.problem.category, ctx.language))
    for question in reading.questions:
        reason = ctx.t(f"imports.reason.{question.reason}")
        raw = f": {question.raw[:200]}" if question.raw != reading.title else ""
        yield Html('<span class="hp-mark hp-mark-differs hp-wrap">? {}{}</span> {}').format(
            _link(_aim(question.place, layout), reason), raw, question.detail
        )


def _describe_value(ctx: PageContext, value: ExtractedValue) -> str:
    """Return a value with what it is called."""
    name = translate_word("field", value.field, ctx.language)
    part = f"{value.component}: " if value.component else ""
    if value.field.startswith("milestone"):
        written = format_when(value.value, ctx.language)
    elif value.field.endswith("_pct"):
        written = f"{part}{value.value.replace('.', ',')} %"
    elif value.field in _AS_IN_TABLE:
        written = format_value(ctx, value)
    else:
        section = _WORDS.get(value.field, "")
        written = translate_word(section, value.value, ctx.language) if section else value.value
    return f"{name}: {written}"


def _aim(place: SourcePlace, layout: FileLayout) -> str:
    """Return the element that a place is shown by: its cell, or the line that it begins in."""
    if (place.table, place.row, place.column) in layout.cells:
        return name_place(place)
    found = layout.find_line(place.line_from)
    if found is None:
        return name_place(place)
    part, line = found
    return f"hp-line-{layout.parts[part].lines[line].place.line_from}"


def _write_number(ctx: PageContext, number: float) -> str:
    return format_number(number, 0 if float(number).is_integer() else 2, ctx.language)


def _shorten(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[:_LONGEST_TITLE]}…"


def _link(aim: str, text: str) -> Markup:
    return Html('<a href="#{}">{}</a>').format(aim, text)
