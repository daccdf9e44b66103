"""What the organisation's provider must say of somebody before they come in."""

import pytest

from web.oidc import FRESH_SECONDS, VerifiedEmail, verify_email

NOW = 1_800_000_000.0
GOOD = {"iat": NOW - 5, "email": "an@haiphong.gov.vn", "email_verified": True}


def test_a_verified_address_just_told_counts() -> None:
    assert verify_email(GOOD, NOW) == VerifiedEmail("an@haiphong.gov.vn")


@pytest.mark.parametrize("verified", [False, None, "true", 1, "false", {}])
def test_an_address_that_is_not_verified_counts_only_where_the_operator_says(
    verified: object,
) -> None:
    claims = GOOD | {"email_verified": verified}
    assert verify_email(claims, NOW).fault == "unverified"
    assert verify_email(claims, NOW, trust_email=True) == VerifiedEmail("an@haiphong.gov.vn")
    del claims["email_verified"]
    assert verify_email(claims, NOW).fault == "unverified"


@pytest.mark.parametrize(
    "issued", [None, "x", True, NOW - FRESH_SECONDS - 1, NOW + 3600, float("nan")]
)
def test_what_was_told_long_ago_is_asked_again(issued: object) -> None:
    assert verify_email(GOOD | {"iat": issued}, NOW) == VerifiedEmail("", "stale")


@pytest.mark.parametrize("email", [None, "", "an", 7, ["an@x.vn"]])
def test_without_an_address_nobody_comes_in(email: object) -> None:
    assert verify_email(GOOD | {"email": email}, NOW, trust_email=True).fault == "no_email"
