"""What the benchmark sends for a phone is what the field page's door takes."""

from __future__ import annotations

from benchmarks.scale.phones import hash_bytes, make_photo, make_visit
from web.phone.visit_payload import read_visit


def test_its_visits_are_read_whole_and_no_two_are_one() -> None:
    photo = make_photo()
    visits = [read_visit(make_visit(n, hash_bytes(photo)), "nguoi-000", "0" * 64) for n in range(3)]
    assert len({visit.visit for visit in visits}) == 3
    assert visits[0].observed_construction_pct == 61.5
    assert 300_000 < len(photo) < 3_000_000
