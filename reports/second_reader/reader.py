"""Asking the second reader about what our own reading left open: proposals for the queue.

The texts of private documents go to the one host that the operator named, and only the sentences
that are open, with their paragraphs, go at all. Whatever the endpoint does, the import goes on.
"""

from __future__ import annotations

import json
import logging
import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from geo.geocoder import get_default_geocoder
from geo.i18n import t
from reports.model.errors import SecondReaderError
from reports.model.schema import STATUSES
from reports.second_reader.check import WHY, TextAround, check_proposals
from reports.second_reader.prompt import build_request
from reports.second_reader.sentences import OpenSentence, list_open_sentences
from reports.second_reader.settings import ReaderSettings, load_reader_settings
from reports.second_reader.transport import send_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reports.model.extraction import Extraction
    from reports.model.statement import Statement
    from reports.second_reader.transport import Transport

_LOG: Final = logging.getLogger("hpmap.events.second_reader")


@dataclass(frozen=True)
class SecondReading:
    """What the second reader proposed, and how it went.

    ``asked`` sentences were answered about, ``left`` were not asked about, for the limits or for
    a ``fault``, which ends the asking.
    """

    statements: tuple[Statement, ...] = ()
    asked: int = 0
    left: int = 0
    fault: SecondReaderError | None = None


def ask_second_reader(
    extraction: Extraction,
    settings: ReaderSettings,
    transport: Transport = send_request,
    clock: Callable[[], float] = time.monotonic,
) -> SecondReading:
    """Return what the endpoint proposes about the open sentences, within all limits."""
    sentences = list_open_sentences(extraction, settings)
    around = TextAround(extraction.document, get_default_geocoder())
    known = {_identify(one) for one in extraction.reading.statements}
    found: dict[tuple[object, ...], Statement] = {}
    asked = 0
    fault: SecondReaderError | None = None
    deadline = clock() + settings.total_seconds
    for batch, body in _list_calls(sentences[: settings.max_sentences], settings):
        seconds = deadline - clock()
        if seconds <= 0:
            fault = SecondReaderError("timeout")
            break
        try:
            answer = _ask(settings, batch, body, transport=transport, seconds=seconds)
        except SecondReaderError as error:
            fault = error
            break
        asked += len(batch)
        for one in check_proposals(answer, batch, around):
            if _identify(one) not in known:
                found.setdefault(_identify(one), one)
    return SecondReading(tuple(found.values()), asked, len(sentences) - asked, fault)


def add_second_reading(
    extraction: Extraction,
    environment: Mapping[str, str] | None = None,
    transport: Transport = send_request,
) -> Extraction:
    """Return an extraction with what the operator's second reader proposes, and a message of it.

    Without the setting nothing is called and nothing changes.
    """
    try:
        settings = load_reader_settings(environment)
    except SecondReaderError as fault:
        return _add_message(extraction, t("reports.second_reader.unavailable", fault=fault))
    if settings is None:
        return extraction
    reading = ask_second_reader(extraction, settings, transport)
    return _add_message(
        add_proposals(extraction, reading.statements), *_describe(reading, settings)
    )


def add_proposals(extraction: Extraction, proposals: Sequence[Statement]) -> Extraction:
    """Return an extraction with further statements to be asked about."""
    statements = (*extraction.reading.statements, *proposals)
    return replace(extraction, reading=replace(extraction.reading, statements=statements))


def carry_second_reading(before: Extraction, after: Extraction) -> Extraction:
    """Return a later extraction of the same document with what was proposed for the earlier one."""
    known = {_identify(one) for one in after.reading.statements}
    proposed = [one for one in before.reading.statements if one.why == WHY]
    name = t("reports.second_reader.name")
    told = [text for text in before.document.messages if name in text.lower()]
    carried = add_proposals(after, [one for one in proposed if _identify(one) not in known])
    return _add_message(carried, *told)


def _list_calls(
    sentences: Sequence[OpenSentence], settings: ReaderSettings
) -> Iterator[tuple[Sequence[OpenSentence], bytes]]:
    """Yield the sentences of each call with its body; halved until it is no larger than allowed."""
    size = settings.max_sentences_per_call
    waiting = [sentences[at : at + size] for at in range(0, len(sentences), size)]
    while waiting:
        batch = waiting.pop(0)
        body = build_request(batch, settings, STATUSES)
        if len(body) <= settings.max_request_bytes:
            yield batch, body
        elif len(batch) > 1:
            half = len(batch) // 2
            waiting[:0] = [batch[:half], batch[half:]]


def _ask(
    settings: ReaderSettings,
    batch: Sequence[OpenSentence],
    body: bytes,
    *,
    transport: Transport,
    seconds: float,
) -> list[dict[str, Any]]:
    """Return what one call proposes; one line of the log says how it went and never what of."""
    began = time.monotonic()
    received = 0
    proposals: list[dict[str, Any]] = []
    outcome = "ok"
    try:
        answer = transport(settings, body, seconds)
        received = len(answer)
        proposals = _parse_answer(answer)
    except SecondReaderError as fault:
        outcome = fault.reason
        raise
    finally:
        _LOG.info(
            "event=second_reader host=%s outcome=%s sentences=%d sent=%d received=%d proposed=%d"
            " seconds=%.2f",
            settings.host, outcome, len(batch), len(body), received, len(proposals),
            time.monotonic() - began,
        )  # fmt: skip
    return proposals


def _identify(statement: Statement) -> tuple[object, ...]:
    """Return what makes two statements one: where, of which field, which value."""
    place = statement.place
    return place.line_from, statement.sentence, statement.field, statement.value, statement.unit


def _describe(reading: SecondReading, settings: ReaderSettings) -> Iterator[str]:
    """Yield what a person should know of a second reading."""
    if reading.asked:
        yield t(
            "reports.second_reader.asked",
            host=settings.host,
            asked=reading.asked,
            count=len(reading.statements),
        )
    if reading.fault is not None:
        yield t("reports.second_reader.unavailable", fault=reading.fault)
    elif reading.left:
        yield t("reports.second_reader.left", left=reading.left)


def _add_message(extraction: Extraction, *messages: str) -> Extraction:
    document = extraction.document
    return replace(extraction, document=replace(document, messages=(*document.messages, *messages)))


MOST_PROPOSALS: Final = 200
"""Proposals of one answer that are looked at."""

_FENCE: Final = re.compile(r"\A\s*```[a-z]*\s*(.*?)\s*```\s*\Z", re.DOTALL)


def _parse_answer(data: bytes) -> list[dict[str, Any]]:
    """Return the proposals of an answer as they came, those that are objects.

    Raises ``SecondReaderError`` where it is not what such an endpoint answers.
    """
    answer = _load_json(data.decode("utf-8", errors="replace"))
    try:
        content = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        raise SecondReaderError("rubbish") from None
    if not isinstance(content, str):
        raise SecondReaderError("rubbish")
    fenced = _FENCE.match(content)
    found = _load_json(fenced[1] if fenced else content)
    proposals = found.get("statements") if isinstance(found, dict) else found
    if not isinstance(proposals, list):
        raise SecondReaderError("rubbish")
    return [one for one in proposals[:MOST_PROPOSALS] if isinstance(one, dict)]


def _load_json(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise SecondReaderError("rubbish") from None


def _refuse_constant(name: str) -> float:
    raise ValueError(name)
