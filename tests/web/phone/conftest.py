"""A server with accounts and a store of its own, asked as a browser asks it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from store.accounts.accounts import Account, add_account
from store.accounts.sessions import clear_session_cache, sign_in
from store.bootstrap import StoreStart
from store.users.users import make_operator
from tests import templates
from web.request_user import COOKIE
from web.server import build_middleware, build_routes

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSWORD = "một mật khẩu khá dài"  # noqa: S105 - of no account outside these tests
THACH_KHOI, HAI_AN = "11002", "11413"
HERE = {"X-Hpmap-Phone": "1", "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Starlette]:
    with pytest.MonkeyPatch.context() as patch:
        templates.use_copy(templates.curated_store(), tmp_path_factory.mktemp("phone"), patch)
        clear_session_cache()
        chief = make_operator("quantri")
        for name, role, scopes in (
            ("hientruong", "inspector", ()),
            ("noikhac", "inspector", (("commune", HAI_AN),)),
            ("tonghop", "planner", ()),
            ("xem", "viewer", ()),
        ):
            account = Account(name, role, shown=f"Chị {name}", scopes=scopes)
            add_account(account, PASSWORD, chief, must_change=False)
        yield Starlette(routes=build_routes(), middleware=list(build_middleware(StoreStart())))
    clear_session_cache()


def signed_in(app: Starlette, name: str = "") -> TestClient:
    """Return a browser in which somebody has signed in; nobody without a name."""
    cookies = {COOKIE: sign_in(name, PASSWORD).token} if name else {}
    return TestClient(
        app, base_url="http://127.0.0.1", cookies=cookies, client=("127.0.0.1", 50000)
    )


@pytest.fixture(scope="module")
def inspector(app: Starlette) -> TestClient:
    return signed_in(app, "hientruong")


@pytest.fixture(scope="module")
def stranger(app: Starlette) -> TestClient:
    return signed_in(app)
