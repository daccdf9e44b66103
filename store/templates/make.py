"""Making a filled template for somebody: what they may see, written down in the audit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from geo.i18n import t
from store.db.database import writing
from store.db.errors import ExportError
from store.event_log import log_event
from store.exports.audit_notes import record_files
from store.exports.file_options import CSV_STYLES
from store.facts.narrowing import narrow_facts_to_user
from store.facts.selection import find_default_period
from store.templates.files import to_template_csv, to_template_xlsx
from store.templates.kinds import KINDS
from store.templates.rows import fill_template
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from store.exports.file_options import CsvStyle
    from store.facts.facts import Facts
    from store.users.users import User

TEMPLATE_FORMATS: Final = ("xlsx", "csv")


@dataclass(frozen=True)
class TemplateFile:
    """A filled template as a file: ``rows`` is the number of rows that it was filled with."""

    name: str
    content: bytes
    rows: int


@guard_action("export.make")
def make_template_file(
    facts: Facts,
    kind: str,
    period: str,
    format_name: str,
    actor: User,
    *,
    csv: CsvStyle = "vietnamese",
) -> TemplateFile:
    """Return a template (a key of ``KINDS``) filled with what ``actor`` may see of a period.

    ``period`` '' is the one that the map opens with; ``csv`` is the form of CSV. Raises
    ``NotAllowedError``, and ``ExportError`` for a period or kind that there is not.
    """
    facts = narrow_facts_to_user(facts, actor)
    period = period or find_default_period(facts)
    if kind not in KINDS:
        offered = ", ".join(KINDS)
        raise ExportError(t("templates.cli.bad_kind", given=kind[:40], offered=offered))
    if period not in facts.period_ranks:
        offered = ", ".join(facts.period_ranks) or "–"
        raise ExportError(t("exports.fault.unknown_period", given=period[:40], offered=offered))
    template = fill_template(facts, KINDS[kind], period, actor)
    if format_name == "csv":
        separator, mark = CSV_STYLES[csv]
        content = to_template_csv(template, separator=separator, mark=mark)
    else:
        content = to_template_xlsx(template)
    name = make_template_name(kind, period, format_name)
    with writing() as connection:
        about = {"csv": csv} if format_name == "csv" else {}
        record_files(connection, {name: content}, actor, template=kind, period=period, **about)
    log_event("export", user=actor.name, format=f"template-{format_name}", items=len(template.rows))
    return TemplateFile(name, content, len(template.rows))


def make_template_name(kind: str, period: str, format_name: str) -> str:
    """Return the name of a template's file."""
    return t(f"templates.file.name_{format_name}", kind=kind.replace("_", "-"), period=period)
