"""Every setting of the program stands in the README, and the README names no other."""

import re
import tomllib

from geo.paths import ROOT

ROOMS = ("app.py", "geo", "reports", "store", "layers", "web", "pages")
NAME = re.compile(r"\bHPMAP_[A-Z0-9_]*[A-Z0-9]\b")
OF_TESTS = {
    "HPMAP_NEED_BROWSER",
    "HPMAP_NEED_TOOLS",
    "HPMAP_REFERENCE_DIR",
    "HPMAP_TEST_DATABASE_URL",
}
"""What only the test run asks for."""


def named_in(*paths: str) -> set[str]:
    found: set[str] = set()
    for path in paths:
        files = [ROOT / path] if (ROOT / path).is_file() else (ROOT / path).rglob("*.py")
        for file in files:
            found |= set(NAME.findall(file.read_text("utf-8")))
    return found


def test_every_setting_of_the_code_is_in_the_readme() -> None:
    settings = named_in(*ROOMS)
    assert len(settings) > 10
    table = {
        name
        for line in (ROOT / "README.md").read_text("utf-8").splitlines()
        if line.startswith("| `HPMAP_")
        for name in NAME.findall(line.split("|")[1])
    }
    assert sorted(settings - table) == []
    assert sorted(table - settings) == []


def test_the_documents_name_no_setting_that_there_is_not() -> None:
    known = named_in(*ROOMS) | OF_TESTS
    for file in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), ROOT / ".ci" / "run"):
        assert set(NAME.findall(file.read_text("utf-8"))) <= known, file.name


def test_the_servers_own_settings_are_the_safe_ones() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    server = config["server"]
    assert server["address"] == "127.0.0.1"
    assert server["enableXsrfProtection"]
    assert server["enableCORS"]
    assert server["maxUploadSize"] <= 20
    assert server["maxMessageSize"] <= 50
    assert not server.get("enableStaticServing", False)
    assert config["client"]["showErrorDetails"] == "none"
    assert not config["client"]["showErrorLinks"]
    assert not config["browser"]["gatherUsageStats"]
