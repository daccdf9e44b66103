"""What documents state of an open case otherwise is shown at the case and taken over on request."""

from __future__ import annotations

import pytest

from store.clearance.register import open_stated_cases
from store.clearance.suggested_cases import list_suggested_cases, map_case_updates
from store.editing.open_record import read_case
from store.facts.facts import load_facts
from tests.pages.reconnected import press
from tests.pages.test_edit_page import own_store, run  # noqa: F401
from tests.pages.test_every_form import bare  # noqa: F401
from tests.pages.test_pages import html_of
from tests.people import ADMIN
from tests.store.clearance.test_stated_ground import bring


@pytest.mark.usefixtures("bare")
def test_a_case_takes_the_figures_of_a_later_document_once_somebody_asks_for_it() -> None:
    bring()
    (case,) = open_stated_cases(
        [one.source for one in list_suggested_cases(load_facts())], actor=ADMIN
    )
    app = run("register_page", case=case)
    assert "Lấy theo văn bản" not in {one.label for one in app.button}
    bring("2031-H1", "2031-07-05", land_handed_over=30.0, households_remaining=2.0)
    assert "Văn bản nêu số liệu khác với 1 hồ sơ" in html_of(run("register_page"))
    app = run("register_page", case=case)
    assert "Văn bản nêu khác hồ sơ" in html_of(app)
    assert read_case(case).case["handed_ha"] == 20.1
    press(app, "Lấy theo văn bản")
    assert not app.exception
    assert not app.error
    now = read_case(case).case
    assert (now["handed_ha"], now["households_left"], now["area_ha"]) == (30.0, 2, 35.2)
    assert map_case_updates(load_facts()) == {}
    assert "Văn bản nêu khác hồ sơ" not in html_of(app)
