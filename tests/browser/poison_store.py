"""Put hostile texts into everything that people record: run on a store of its own.

``python -m tests.browser.poison_store`` works on the store that the environment names.
"""

from __future__ import annotations

import io
from itertools import cycle
from unicodedata import normalize

from PIL import Image

from reports.model.visit import Visit
from store.accounts.saved_views import save_view
from store.audit.edit_tokens import EditTarget, make_point_target, read_edit_token
from store.bootstrap import ensure_store
from store.clearance.register import open_case
from store.db.database import reading
from store.editing.items import set_point
from store.facts.facts import load_facts
from store.users.users import make_operator
from store.visits.photos import store_photo
from store.visits.record import record_visit
from tests.hostile import HOSTILE_TEXTS, PUBLIC_LIST

WHO = make_operator("<img src=x onerror=alert(1)>{{ 1/0 }}")
TEXTS = cycle(
    [
        normalize("NFC", text).strip()
        for text in (*HOSTILE_TEXTS, *PUBLIC_LIST)
        if text.isprintable()
    ]
)


def poison() -> None:
    """Record cases, visits with photos, points and views whose every text tries something."""
    ensure_store()
    items = list(load_facts().items["item"])
    for number, item in enumerate(items[:30]):
        case = {name: next(TEXTS)[:150] for name in ("statement", "note")}
        case["body"] = f"UBND {next(TEXTS)[:140]}"
        open_case(case | {"item": item, "category": "land_price"}, actor=WHO, why=next(TEXTS))
        record_visit(
            Visit(
                visit=f"00000000-0000-4000-8000-{number:012d}",
                item=item,
                inspector=WHO.name,
                at="2026-06-01T02:00:00+00:00",
                works=next(TEXTS),
                note=next(TEXTS),
                problem_category="compensation",
                problem=next(TEXTS)[:150],
                sent_hash="0" * 64,
            ),
            actor=WHO,
        )
        store_photo(f"00000000-0000-4000-8000-{number:012d}", picture(number), actor=WHO)
        set_point(
            item,
            {"lon": 106.6, "lat": 20.9, "how": "map", "note": next(TEXTS)},
            seen=token(make_point_target(item)),
            actor=WHO,
            why=next(TEXTS),
        )
        save_view("danh-muc", next(TEXTS)[:60], {"text": next(TEXTS)[:60]}, WHO, shared=True)


def picture(number: int) -> bytes:
    """Return a photo whose description tries something too."""
    file = io.BytesIO()
    image = Image.new("RGB", (40, 30), (number, 90, 90))
    exif = image.getexif()
    exif[0x010E] = next(TEXTS)
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def token(thing: EditTarget) -> str:
    """Return what tells how a thing is now."""
    with reading() as connection:
        return read_edit_token(connection, thing)


if __name__ == "__main__":
    poison()
