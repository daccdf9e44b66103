"""A wrong call is answered in Vietnamese, with what is wrong and how to see the right one."""

import click
import pytest

from geo.command_line import INTERRUPTED, run_command
from geo.errors import ProjectMapError


@click.group(no_args_is_help=False)
def tool() -> None:
    """Group the commands."""


@tool.command()
@click.argument("number", type=int)
@click.option("--form", type=click.Choice(["xlsx", "csv"]))
def read(number: int, form: str | None) -> int:
    """Return the number, or fail as it says."""
    if form == "csv":
        message = "không đọc được"
        raise ProjectMapError(message)
    if number < 0:
        raise click.Abort
    return number


@pytest.mark.parametrize(
    ("arguments", "reason", "command"),
    [
        ([], "hãy chọn một trong các lệnh read", "tool"),
        (["write"], "hãy chọn một trong các lệnh read", "tool"),
        (["read"], "thiếu NUMBER", "tool read"),
        (["read", "x"], "NUMBER không nhận giá trị này", "tool read"),
        (["read", "1", "--form", "pdf"], "--form không nhận giá trị này", "tool read"),
        (["read", "1", "--frm", "csv"], "không có tùy chọn --frm", "tool read"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    arguments: list[str], reason: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(tool, "tool", arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Lệnh không đúng: {reason}" in err
    assert f"Gõ {command} --help" in err


def test_the_code_is_the_command_s_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(tool, "tool", ["read", "0"]) == 0
    assert run_command(tool, "tool", ["read", "1"]) == 1
    assert run_command(tool, "tool", ["read", "1", "--form", "csv"]) == 1
    assert "không đọc được" in capsys.readouterr().err
    assert run_command(tool, "tool", ["read", "--", "-1"]) == INTERRUPTED
