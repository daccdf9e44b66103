"""The facts as they would be once a planned import is accepted; nothing is written."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pandas as pd

from reports.curated import CuratedFacts
from store.facts import Facts, make_facts

if TYPE_CHECKING:
    from store.plan import ImportPlan


def planned_facts(plan: ImportPlan, facts: Facts) -> Facts:
    """Return ``facts`` with the rows that the plan would add."""
    frames = {field.name: getattr(facts, field.name) for field in fields(CuratedFacts)}
    for table in {one.table for one in plan.changes if one.after}:
        frames[table] = pd.concat([frames[table], plan.rows(table)], ignore_index=True)
    return make_facts(
        CuratedFacts(**frames),
        communes=facts.communes,
        former_units=facts.former_units,
        zones=facts.zones,
    )
