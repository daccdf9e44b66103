"""What the open statements of a report may be about, before it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from layers.statement_view.subject_ranking import rank_items
from reports.model.document import Paragraph
from store.imports.questions.early_answers import is_acceptable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.model.document import Document
    from reports.model.statement import Statement
    from store.imports.plan.plan import ImportPlan

MOST_CHOICES: Final = 400
"""Items from which only those that the report itself speaks of can be chosen."""
_MOST_PROPOSED: Final = 60
"""Statements at most for which a subject is looked for."""
_AROUND: Final = 2
"""Paragraphs before and behind a sentence in which the thing may be named."""
_LIKELY: Final = 0.72
_OF_MANY: Final = frozenset({
    "allocated", "count", "disbursed", "disbursed_pct", "disbursement_target", "money", "pct",
    "planned_disbursement", "remaining_money",
})  # fmt: skip
"""What a city or a body has as well as a thing that is named near it: nothing is proposed."""


def list_subject_choices(plan: ImportPlan, known: Mapping[str, str]) -> dict[str, str]:
    """Return the items that can be chosen, their names by id: known ones and those to be added."""
    new = {
        str(change.after["item"]): str(change.after["name"])
        for change in plan.changes
        if change.table == "items" and change.after
    }
    if len(known) <= MOST_CHOICES:
        return {**known, **new}
    met = {match.item for _, match in plan.matches if match.item}
    return {**{item: known[item] for item in met if item in known}, **new}


def propose_subjects(
    document: Document, questions: Sequence[tuple[str, Statement]], names: Mapping[str, str]
) -> dict[str, str]:
    """Return the likeliest item of each statement that tells none, by the statement's key."""
    texts = [block for block in document.blocks if isinstance(block, Paragraph)]
    proposed: dict[str, str] = {}
    without = [(key, one) for key, one in questions if not is_acceptable(one)]
    for key, statement in without[:_MOST_PROPOSED]:
        if statement.field in _OF_MANY:
            continue
        around = _collect_around(texts, statement)
        ranked = rank_items(statement.subject, around, names, most=2)
        alone = len(ranked) == 1 or (len(ranked) > 1 and ranked[0].score > ranked[1].score)
        if alone and ranked[0].score >= _LIKELY:
            proposed[key] = ranked[0].item
    return proposed


def _collect_around(texts: Sequence[Paragraph], statement: Statement) -> str:
    """Return the words of a statement's paragraph and of those beside it."""
    line = statement.place.line_from
    own = next((at for at, one in enumerate(texts) if one.place.line_to >= line), len(texts))
    near = texts[max(own - _AROUND, 0) : own + _AROUND + 1]
    return "\n".join(one.text for one in near)
