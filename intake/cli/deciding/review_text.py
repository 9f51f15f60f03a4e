"""Files in review as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intake.cli.frame import WORDS, say


def list_lines(waiting: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield one line a file: number, day, centre, what is to be decided."""
    if not waiting:
        yield say("review.nothing")
        return
    for receipt in waiting:
        yield _head(receipt)
    yield say("review.next", receipt=waiting[0]["receipt"])


def show_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """Yield a file's findings, its values and the decisions taken."""
    yield _head(document)
    yield say("review.original", path=document["original"])
    if document["page"]:
        yield say("review.page", path=document["page"])
    for finding in document["findings"]:
        where = finding["location"] or {}
        yield f"  {where.get('code') or '-'}  {finding['message'][WORDS.language]}"
    for side in document["beside"]:
        yield from _beside_lines(side)
    for choice in document["choices"]:
        yield from _choice_lines(choice)
    for value in document["values"]:
        yield value_line(value)
    if any(value["hidden"] for value in document["values"]):
        yield say("review.hidden")
    for decision in document["decisions"]:
        about = decision["code"] or decision["subject"] or ""
        parts = (decision["at"][:10], decision["action"], about, decision["reason"])
        yield "  " + "  ".join(part for part in parts if part)


def _beside_lines(side: Mapping[str, Any]) -> Iterator[str]:
    """Yield where a known record and the form differ."""
    title = WORDS.text("review.beside.title", subject=side["record"], revision=side["revision"])
    yield f"{title}  ({side['receipt']})"
    yield "  " + say("review.original", path=side["original"])
    for one in side["differences"]:
        told = ("***", "***") if one["hidden"] else (one["known"] or "-", one["new"] or "-")
        yield f"    {one['code']:6} {told[0]}  |  {told[1]}"
    if not side["differences"]:
        yield "    " + WORDS.text("review.beside.same")


def _choice_lines(choice: Mapping[str, Any]) -> Iterator[str]:
    """Yield one thing to do and what follows from it."""
    language = WORDS.language
    yield f"- {choice['text'][language]} {choice['command'][language]}".rstrip()
    if choice["consequence"][language]:
        yield f"    {choice['consequence'][language]}"


def _head(receipt: Mapping[str, Any]) -> str:
    titles = " ; ".join(
        " ".join(part for part in (f["title"][WORDS.language], f["subject"]) if part)
        for f in receipt["decide"]
    )
    day = WORDS.date(receipt["received"][:10])
    return f"{receipt['receipt']}  {day}  {receipt['centre'] or '-':6} {titles}".rstrip()


def value_line(value: Mapping[str, Any]) -> str:
    """Return one answer: what was understood, how and where it was found, what asks."""
    mark = "!" if value["findings"] else " "
    if value["hidden"]:
        said = "***"
    else:
        read = value["value"] if value["value"] is not None else value["missing"]
        said = f"{read}  « {value['raw']} »" if value["raw"] != read else f"{read}"
    page = value["location"].get("page")
    where = f"p. {page}" if page else value["location"].get("cell", "")
    codes = ", ".join(value["findings"])
    line = f" {mark} {value['code']:6} {said}  ({value['reading']}, {where})  {codes}"
    return line.rstrip()
