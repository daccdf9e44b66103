"""What the commands of all rooms share: exit codes, and wrong calls and refusals in Vietnamese."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from geo.errors import ProjectMapError
from geo.i18n import t

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED: Final = 130


def run_command(command: click.Command, name: str, arguments: Sequence[str] | None = None) -> int:
    """Run a command under the name it is called by; return its exit code.

    0, or what the command returns; 1 when it was refused or failed, 2 for a wrong call, both said
    on standard error; 130 when the keyboard stopped it. ``arguments``: the process's own if None.
    """
    try:
        code: int | None = command.main(arguments, name, standalone_mode=False)
    except click.UsageError as error:
        click.echo(_format_usage_error(error, name), err=True)
        return 2
    except click.Abort:
        return INTERRUPTED
    except (ProjectMapError, OSError) as error:
        reason = str(error)
        if isinstance(error, OSError) and error.filename is not None:
            reason = t("geo.command.no_file", file=error.filename, reason=error.strerror)
        click.echo(reason, err=True)
        return 1
    return code or 0


def write_json(value: Any) -> None:
    """Write a value to standard output as the JSON of the commands, its letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _format_usage_error(error: click.UsageError, name: str) -> str:
    context = error.ctx
    command = context.command_path if context else name
    return t("geo.command.usage_error", reason=_explain_usage_error(error), command=command)


def _explain_usage_error(error: click.UsageError) -> str:
    """Return what is wrong, in Vietnamese for what people get wrong most."""
    context = error.ctx
    if isinstance(error, click.NoSuchOption):
        return t("geo.command.no_option", name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        param = error.param.get_error_hint(context).strip("'")
        if isinstance(error, click.MissingParameter):
            return t("geo.command.missing", name=param)
        return t("geo.command.bad_value", name=param, reason=error.message)
    if context is not None and isinstance(context.command, click.Group):
        commands = " | ".join(context.command.list_commands(context))
        return t("geo.command.no_command", commands=commands)
    return error.format_message()
