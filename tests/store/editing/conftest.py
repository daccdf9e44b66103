"""A store with one report, for the tests of editing."""

from __future__ import annotations

import pytest

from store.imports.apply import apply_import
from store.imports.plan.planning import plan_import
from tests import templates
from tests.people import APPROVER
from tests.store.small_reports import QUARTER


@pytest.fixture
def filled(bare_store: str) -> str:
    templates.fill_bare(
        bare_store, "quarter-of-approver", lambda: apply_import(plan_import(QUARTER), APPROVER)
    )
    return bare_store
