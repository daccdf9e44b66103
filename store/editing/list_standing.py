"""Taking a project that the newest list no longer names out of the sums, and counting it again.

It is kept as the answer to the import's question is: a status of the list's period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.i18n import t
from store.analysis.list_standing import find_list_standing
from store.audit.edit_tokens import make_figure_target, read_edit_token
from store.db.database import reading
from store.db.errors import EditError
from store.editing.figures import add_figure, remove_figure
from store.facts.facts import load_facts
from store.facts.item_snapshot import REMOVED
from store.users.permissions import guard_action

if TYPE_CHECKING:
    from store.users.users import User


@guard_action("edit.observation")
def count_unlisted_item(item: str, period: str, *, counted: bool, actor: User, why: str) -> None:
    """Count a project that the period's newest list does not name, or count it no longer.

    Raises as ``store.editing.figures.edit_figure``, and ``EditError`` where the project is none
    of these by now or a document says itself that it is off the list.
    """
    standing = find_list_standing(load_facts(), period)
    answers = {off.item: off.obs for off in standing.out if off.by_person}
    if counted and item in answers:
        with reading() as connection:
            seen = read_edit_token(connection, make_figure_target(answers[item]))
        remove_figure(answers[item], seen=seen, actor=actor, why=why)
    elif not counted and item in standing.kept:
        values = {
            "item": item,
            "period": standing.period,
            "doc": standing.doc,
            "line_from": standing.line,
            "field": "status",
            "value": REMOVED,
            "note": t("store.listing.answered"),
        }
        add_figure(values, actor=actor, why=why)
    else:
        raise EditError(t("store.listing.changed"))
