"""Photos are made anew: position and time are read, nothing but the picture stays."""

import hashlib
import io
import re
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PIL import Image

from geo.paths import ROOT
from store.db.errors import PhotoError
from store.visits.photo_processing import (
    MAX_SIDE_PX,
    MAX_THUMB_PX,
    detect_image_type,
    process_photo,
)
from store.visits.quality_flags import FieldLimits, load_field_limits
from tests.store.pictures import SECRET, as_file, exif, phone_photo, picture, png_bomb

HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


def test_position_and_time_are_read_and_every_metadata_is_gone() -> None:
    sent = phone_photo()
    assert SECRET in sent
    kept = process_photo(sent)
    assert (kept.lon, kept.lat) == (pytest.approx(106.6881, abs=1e-6), pytest.approx(20.8449))
    assert kept.taken == "2026-11-20T09:30:15+07:00"
    assert kept.original == hashlib.sha256(sent).hexdigest()
    assert kept.photo == hashlib.sha256(kept.content).hexdigest()
    for content in (kept.content, kept.thumb):
        assert SECRET not in content
        assert not any(mark in content for mark in (b"Exif", b"http://ns.adobe", b"ICC_PROFILE"))
        with Image.open(io.BytesIO(content)) as again:
            again.load()
            assert dict(again.getexif()) == {}
            assert set(again.info) <= {
                "jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"
            }  # fmt: skip


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_stands_upright_whatever_way_the_phone_was_held(orientation: int) -> None:
    upright = picture((400, 300))
    back = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[orientation]
    turned = upright if back is None else upright.transpose(back)
    kept = process_photo(as_file(turned, exif=exif(orientation=orientation), quality=95))
    with Image.open(io.BytesIO(kept.content)) as again:
        assert again.size == (kept.width, kept.height) == (400, 300)
        left, right = again.getpixel((50, 150)), again.getpixel((350, 150))
    assert left[0] > 90 > left[2]
    assert right[2] > 180 > right[0]


@pytest.mark.parametrize(
    ("image", "kind"),
    [
        (picture(), "JPEG"),
        (picture(mode="L"), "JPEG"),
        (picture(mode="CMYK"), "JPEG"),
        (picture(), "PNG"),
        (picture(mode="RGBA"), "PNG"),
        (picture(mode="P"), "PNG"),
        (picture(mode="LA"), "PNG"),
        (picture(mode="1"), "PNG"),
        (Image.new("I;16", (90, 60), 40_000), "PNG"),
        (picture(), "WEBP"),
        (picture(mode="RGBA"), "WEBP"),
    ],
)
def test_every_kind_and_mode_becomes_a_plain_jpeg(image: Image.Image, kind: str) -> None:
    kept = process_photo(as_file(image, kind))
    with Image.open(io.BytesIO(kept.content)) as again:
        assert (again.format, again.mode) == ("JPEG", "RGB")


def test_large_photos_are_made_smaller_and_small_ones_never_larger() -> None:
    kept = process_photo(as_file(picture((4000, 3000))))
    assert (kept.width, kept.height) == (MAX_SIDE_PX, 1200)
    with Image.open(io.BytesIO(kept.thumb)) as thumb:
        assert thumb.size == (MAX_THUMB_PX, 240)
    kept = process_photo(as_file(picture((50, 20))))
    assert (kept.width, kept.height) == (50, 20)


def test_the_same_file_is_the_same_photo() -> None:
    sent = phone_photo()
    assert process_photo(sent).photo == process_photo(sent).photo


@pytest.mark.parametrize(
    ("said", "taken", "place"),
    [
        ({"at": None}, True, False),
        ({"taken": "0000:00:00 00:00:00"}, False, True),
        ({"taken": "2026:13:45 99:99:99"}, False, True),
        ({"taken": "<img src=x onerror=alert(1)>"}, False, True),
        ({"at": (0.0, 0.0)}, True, False),
        ({"offset": ""}, True, True),
    ],
)
def test_what_the_file_does_not_say_stays_unknown(said: dict, taken: bool, place: bool) -> None:
    kept = process_photo(phone_photo(**said))
    assert bool(kept.taken) is taken
    assert (kept.lon is not None) is (kept.lat is not None) is place


def test_south_and_west_are_negative() -> None:
    kept = process_photo(phone_photo(at=(-70.5, -33.25)))
    assert (kept.lon, kept.lat) == (pytest.approx(-70.5), pytest.approx(-33.25))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "không phải ảnh"),
        (b"<svg onload=alert(1)>", "không phải ảnh"),
        (b"%PDF-1.7 " + bytes(900), "không phải ảnh"),
        (b"GIF89a" + bytes(900), "không phải ảnh"),
        (HEIC, "HEIC"),
        (HEIC.replace(b"heic", b"avif"), "HEIC"),
        (b"\xff\xd8\xff" + bytes(900), "hỏng"),
        (b"\x89PNG\r\n\x1a\n" + bytes(900), "hỏng"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(900), "hỏng"),
        (png_bomb(), "triệu điểm ảnh"),
        (png_bomb(9000), "triệu điểm ảnh"),
        (png_bomb(11_000), "triệu điểm ảnh"),
        (png_bomb(4000), "hỏng"),
    ],
)
def test_what_is_no_photo_or_made_to_harm_is_refused_with_the_reason(
    sent: bytes, words: str
) -> None:
    with pytest.raises(PhotoError, match=words):
        process_photo(sent)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_did_not_arrive_whole_is_refused(kind: str, part: float) -> None:
    noise = Image.effect_noise((600, 400), 90).convert("RGB")
    sent = as_file(noise, kind)
    with pytest.raises(PhotoError):
        process_photo(sent[: int(len(sent) * part)])


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    sent = phone_photo()
    with pytest.raises(PhotoError, match=r"0\.001 MB"):
        process_photo(sent, FieldLimits(max_photo_mb=0.001))


@given(
    kind=some.sampled_from(["JPEG", "PNG", "WEBP"]),
    hits=some.lists(
        some.tuples(some.floats(0, 1, exclude_max=True), some.integers(0, 255)), max_size=12
    ),
)
def test_a_damaged_file_is_a_photo_or_a_refusal_and_nothing_else(
    kind: str, hits: list[tuple[float, int]]
) -> None:
    sent = bytearray(as_file(picture((64, 48)), kind, exif=exif()))
    for place, value in hits:
        sent[int(place * len(sent))] = value
    try:
        kept = process_photo(bytes(sent))
    except PhotoError:
        return
    with Image.open(io.BytesIO(kept.content)) as again:
        assert dict(again.getexif()) == {}


def test_a_name_says_nothing_the_first_bytes_do() -> None:
    assert detect_image_type(as_file(picture(), "PNG")) == "PNG"
    assert detect_image_type(HEIC) == "HEIC"
    assert detect_image_type(b"photo.jpg") == ""


def test_every_limit_that_can_be_set_is_told_in_the_readme() -> None:
    told = (ROOT / "README.md").read_text("utf-8")
    source = (ROOT / "store" / "visits" / "quality_flags.py").read_text("utf-8")
    names = set(re.findall(r"HPMAP_[A-Z_]+", source))
    assert len(names) == len(fields(FieldLimits))
    assert [name for name in sorted(names) if f"`{name}`" not in told] == []


def test_limits_are_settings_and_nonsense_leaves_the_default() -> None:
    assert load_field_limits({}) == FieldLimits()
    assert load_field_limits({"HPMAP_MAX_ACCURACY_M": "20"}).max_accuracy_m == 20
    given = {"HPMAP_MAX_PHOTO_MB": "much", "HPMAP_MAX_PHOTOS_PER_VISIT": "-3"}
    assert load_field_limits(given | {"HPMAP_MAX_ACCURACY_M": "nan"}) == FieldLimits()
