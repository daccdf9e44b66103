"""Figures edited by hand keep their document's words and are found after another's change."""

from __future__ import annotations

import pytest

from store.db.errors import EditConflictError, EditError
from store.editing.figures import add_figure, edit_figure, remove_figure
from store.editing.recent_changes import undo_change
from store.facts.facts import load_facts
from tests.people import PLANNER
from tests.store.editing.editors import BRIDGE, LAN, MINH, WHY, figure, is_whole, opened


def test_a_figure_keeps_its_documents_words_and_says_that_it_was_corrected(filled: str) -> None:
    obs = figure("actual_construction_pct")
    row = opened().figures[obs]
    edit_figure(obs, {"value": 45}, seen=opened().figure_tokens[obs], actor=PLANNER, why=WHY)
    now = opened().figures[figure("actual_construction_pct")]
    assert now["value"] == "45"
    assert all(now[name] == row[name] for name in ("raw", "doc", "line_from", "cell", "period"))
    assert "“40”" in now["note"]
    assert now["origin"] == "person"
    assert is_whole(filled)


def test_a_figure_changed_by_another_is_found_under_its_new_id(filled: str) -> None:
    obs = figure("actual_construction_pct")
    seen = opened().figure_tokens[obs]
    first = edit_figure(obs, {"value": "45"}, seen=seen, actor=LAN, why=WHY)
    second = edit_figure(
        figure("actual_construction_pct"),
        {"value": "46"},
        seen=opened().figure_tokens[figure("actual_construction_pct")],
        actor=LAN,
        why=WHY,
    )
    with pytest.raises(EditConflictError) as fault:
        edit_figure(obs, {"value": "50"}, seen=seen, actor=MINH, why=WHY)
    assert [other.after["value"] for other in fault.value.others] == ["45", "46"]
    assert fault.value.key == figure("actual_construction_pct")
    undo_change(second, actor=LAN, why=WHY)
    undo_change(first, actor=LAN, why=WHY)
    assert edit_figure(obs, {"value": "50"}, seen=seen, actor=MINH, why=WHY)
    assert is_whole(filled)


@pytest.mark.usefixtures("filled")
def test_a_figure_taken_out_by_another_is_said_to_be_gone() -> None:
    obs = figure("forecast")
    seen = opened().figure_tokens[obs]
    remove_figure(obs, seen=seen, actor=LAN, why=WHY)
    with pytest.raises(EditConflictError) as fault:
        edit_figure(obs, {"value": "misses"}, seen=seen, actor=MINH, why=WHY)
    assert (fault.value.key, fault.value.token) == ("", "")
    assert "bỏ" in str(fault.value)


def test_a_figure_is_added_from_a_document_only(filled: str) -> None:
    doc = str(load_facts().documents["doc"].iloc[0])
    values = {
        "item": BRIDGE, "period": "2031-Q1", "doc": doc, "line_from": 14, "line_to": 15,
        "field": "area_ha", "value": "12.5", "raw": "diện tích 12,5 ha",
    }  # fmt: skip
    for missing in ("doc", "line_from", "value", "item"):
        with pytest.raises(EditError):
            add_figure(values | {missing: None}, actor=PLANNER, why=WHY)
    with pytest.raises(EditError, match="dòng cuối đứng trước dòng đầu"):
        add_figure(values | {"line_to": 13}, actor=PLANNER, why=WHY)
    obs = add_figure(values, actor=PLANNER, why=WHY)
    assert opened().figures[obs]["unit"] == "ha"
    with pytest.raises(EditError, match="giống hệt"):
        add_figure(values, actor=PLANNER, why=WHY)
    for column in ("item", "period", "doc"):
        with pytest.raises(EditError, match="không có trong danh mục"):
            add_figure(values | {column: "khong-co"}, actor=PLANNER, why=WHY)
    assert is_whole(filled)
