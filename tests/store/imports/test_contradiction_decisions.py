"""A contradiction is settled with who and why, and can be opened again."""

import pytest

from store.db.errors import ChoiceError
from store.imports.contradiction_decisions import reopen, settle, settlements
from tests.people import THU


def test_a_side_is_noted_replaced_and_taken_back(store: str) -> None:
    assert settlements(store) == {}
    settle("C-001", "a", THU, "theo văn bản gốc")
    assert settlements(store)["C-001"].choice == "a"
    settle("C-001", "b", THU)
    assert settlements(store)["C-001"].choice == "b"
    reopen("C-001", THU)
    assert settlements(store) == {}


def test_a_choice_that_there_is_not_is_refused(store: str) -> None:
    with pytest.raises(ChoiceError):
        settle("C-001", "both", THU)
    assert settlements(store) == {}
