"""Many phones in an evening: visits with a photo each, sent as the field page sends them."""

from __future__ import annotations

import hashlib
import io
import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx2
from PIL import Image

from benchmarks.load.crowd import Phase
from benchmarks.load.reader import Run
from benchmarks.load.sites import name_person
from benchmarks.processes import read_cpu_seconds, read_memory_mb
from benchmarks.scale.use import ITEM

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.load.reader import Door

AT_ONCE = 8
"""Phones that send at the same moment."""

PHOTO_SIZE = (1600, 1200)


@dataclass
class PhoneCosts:
    """What visits and photos cost: waited and processor for each, memory, bytes of a photo."""

    visits: Phase
    photos: Phase
    photo_bytes: int
    memory_mb: float


def measure_phones(door: Door, pid: int, count: int) -> PhoneCosts:
    """Send so many visits, then a photo of each, several phones at once.

    Raises ``RuntimeError`` for what the server does not keep.
    """
    photo = make_photo()
    photos = [photo + number.to_bytes(4, "big") for number in range(count)]
    visits = [json.dumps(make_visit(number, hash_bytes(one))).encode() for number, one in
              enumerate(photos)]  # fmt: skip
    headers = {"Cookie": door.cookies, "Origin": door.address, "X-Hpmap-Phone": "1"}
    headers["Sec-Fetch-Site"] = "same-origin"
    with httpx2.Client(base_url=door.address, headers=headers, timeout=120) as client:

        def send_visit(number: int) -> Run:
            return _post(client, "visits", visits[number], {"Content-Type": "application/json"})

        def send_photo(number: int) -> Run:
            held = f"{json.loads(visits[number])['visit']}.{hash_bytes(visits[number])[:12]}"
            told = {"Content-Type": "image/jpeg", "X-Hpmap-Sha256": hash_bytes(photos[number])}
            return _post(client, f"visits/{held}/photos", photos[number], told)

        sent = _measure_phase(send_visit, count, pid)
        with_photos = _measure_phase(send_photo, count, pid)
    return PhoneCosts(sent, with_photos, len(photo), read_memory_mb([pid]))


def make_visit(number: int, photo: str) -> dict[str, object]:
    """Return a visit as the page sends it, with the hash of its photo."""
    second = f"2026-11-20T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.000Z"
    return {
        "visit": str(uuid.UUID(int=number + 1, version=4)),
        "by": name_person(0),
        "item": ITEM,
        "at": second,
        "position": {"lon": 106.33, "lat": 20.92, "accuracy_m": 8, "at": second},
        "claimed": {"construction_pct": None, "clearance_pct": None},
        "observed": {"construction_pct": 61.5, "clearance_pct": None, "handed_ha": None},
        "works": f"Đang đổ sàn tầng {number % 30}",
        "note": "",
        "problem": None,
        "photos": [photo],
    }


def make_photo() -> bytes:
    """Return a photo with as much in it as a phone's: some 700 kB."""
    out = io.BytesIO()
    noise = Image.effect_noise(PHOTO_SIZE, 24).convert("RGB")
    noise.save(out, "JPEG", quality=88)
    return out.getvalue()


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 by which the server knows what was sent."""
    return hashlib.sha256(content).hexdigest()


def _post(client: httpx2.Client, path: str, body: bytes, headers: dict[str, str]) -> Run:
    started = time.perf_counter()
    answer = client.post(f"/hpmap/phone/{path}", content=body, headers=headers)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:200]}")
    return Run(time.perf_counter() - started, len(answer.content))


def _measure_phase(send: Callable[[int], Run], count: int, pid: int) -> Phase:
    spent, started = read_cpu_seconds([pid]), time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as phones:
        runs = list(phones.map(send, range(count)))
    return Phase(runs, read_cpu_seconds([pid]) - spent, time.perf_counter() - started)
