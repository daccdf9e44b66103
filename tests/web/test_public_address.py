"""An address on a site board is this installation's, whatever a code or a setting holds."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import HOSTILE_TEXTS
from web.public_address import build_project_url, clean_base_url, find_public_base


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("https://duan.haiphong.example", "https://duan.haiphong.example"),
        (" HTTPS://Duan.HaiPhong.example:8443/ ", "https://duan.haiphong.example:8443"),
        ("http://127.0.0.1:8501", "http://127.0.0.1:8501"),
        ("http://[::1]:8501/", "http://[::1]:8501"),
    ],
)
def test_a_host_is_taken(setting: str, expected: str) -> None:
    assert find_public_base("", {"HPMAP_PUBLIC_URL": setting}) == expected


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "haiphong.example",
        "ftp://haiphong.example",
        "javascript:alert(1)",
        "https://",
        "https://user:secret@haiphong.example",
        "https://haiphong.example/path",
        "https://haiphong.example?x=1",
        "https://haiphong.example#x",
        "https://haiphong.example:99999",
        "https://haiphong.example:0",
        "https://haiphong.example:x",
        "https://hai phong.example",
        "https://haiphong.example\n.evil.invalid",
        "http://[::1",
        *HOSTILE_TEXTS,
    ],
)
def test_what_is_no_plain_host_is_left_out(setting: str) -> None:
    assert clean_base_url(setting) == ""


def test_the_setting_comes_before_the_request() -> None:
    seen = "http://10.0.0.5:8501/ban-do?open=item~KP-19"
    assert find_public_base(seen, {}) == "http://10.0.0.5:8501"
    assert find_public_base(seen, {"HPMAP_PUBLIC_URL": "https://a.example"}) == "https://a.example"
    assert find_public_base(seen, {"HPMAP_PUBLIC_URL": "nonsense"}) == "http://10.0.0.5:8501"


@given(st.text(min_size=1, max_size=60))
def test_a_code_comes_back_from_its_address_as_it_was(code: str) -> None:
    address = build_project_url("https://a.example", code.encode("utf-8", "ignore").decode())
    parts = urlsplit(address)
    assert parts.netloc == "a.example"
    assert parts.path == "/du-an"
    assert parts.fragment == ""
    found = parse_qs(parts.query, keep_blank_values=True)
    assert found == {"item": [code.encode("utf-8", "ignore").decode()]}
