"""Taking identifying answers out of what is saved, and putting them back.

A submission or a receipt becomes JSON without them, and one small JSON value per place for
the table of its own. Joining both gives the same object back. Pure.
"""

from __future__ import annotations

from intake.model.receipt import Receipt
from intake.model.record import PatientKey
from intake.model.submission import Submission
from intake.storage.database.codec import Json, decode, encode

Place = tuple[str, int]
"""An item and its printed row, 0 outside groups; other names begin with ``_``."""

Identifying = dict[Place, Json]

_RECORD: Place = ("_record", 0)
KEY: Place = ("_key", 0)
FILE: Place = ("_file", 0)
_ANSWER = ("value", "bound", "raw", "replaced")
_OF_THE_SOURCE = ("name", "token", "sender")


def split_submission(submission: Submission, names: frozenset[str]) -> tuple[Json, Identifying]:
    """Return the payload without the named items' answers, and these answers by place."""
    taken: Identifying = {}
    payload = encode(submission)
    for value in payload["values"]:
        if value["item"] in names:
            if _place(value) in taken:
                raise ValueError("two values for one place of a submission")
            taken[_place(value)] = {key: value.pop(key) for key in _ANSWER if key in value}
    private = _divide(payload["record"], names)
    if private:
        taken[_RECORD] = private
    return payload, taken


def join_submission(payload: Json, taken: Identifying) -> Submission:
    """Return the submission that was split."""
    for value in payload["values"]:
        value.update(taken.get(_place(value), {}))
    _merge(payload["record"], taken.get(_RECORD, {}))
    return decode(Submission, payload)


def split_receipt(receipt: Receipt) -> tuple[Json, Identifying]:
    """Return a receipt without names of files, sender and hint, and these."""
    body = encode(receipt)
    held = {name: body["source"].pop(name) for name in _OF_THE_SOURCE}
    held["hint"] = body.pop("hint")
    members = [member.pop("file") for member in body["members"]]
    return body, {FILE: held | ({"members": members} if members else {})}


def join_receipt(body: Json, taken: Identifying) -> Receipt:
    """Return the receipt that was split; names that were forgotten are empty."""
    held = taken.get(FILE, {})
    body["source"] |= {name: held.get(name, "") for name in _OF_THE_SOURCE}
    members = body.get("members", [])
    for member, name in zip(members, held.get("members", [""] * len(members)), strict=True):
        member["file"] = name
    return decode(Receipt, body | {"hint": held.get("hint", "")})


def keep_key(key: PatientKey) -> Identifying:
    """Return a patient's key as it is kept among identifying answers."""
    return {KEY: encode(key)}


def kept_key(taken: Identifying) -> PatientKey:
    """Return the patient's key kept by ``keep_key``."""
    return decode(PatientKey, taken[KEY])


def _place(value: Json) -> Place:
    return value["item"], value.get("row") or 0


def _divide(holder: dict[str, Json], names: frozenset[str]) -> dict[str, Json]:
    """Move what the names hold out of a record, its rows and its ``_missing`` and ``_bound``."""
    private: dict[str, Json] = {}
    for key, content in list(holder.items()):
        if key in names:
            private[key] = holder.pop(key)
        elif isinstance(content, dict):
            private[key] = _divide(content, names)
        elif isinstance(content, list):
            private[key] = [_divide(e, names) if isinstance(e, dict) else {} for e in content]
            if not any(private[key]):
                del private[key]
    return {key: held for key, held in private.items() if held != {}}


def _merge(holder: dict[str, Json], private: dict[str, Json]) -> None:
    """Put back what ``_divide`` moved out."""
    for key, held in private.items():
        if key not in holder:
            holder[key] = held
        elif isinstance(held, dict):
            _merge(holder[key], held)
        else:
            for row, other in zip(holder[key], held, strict=True):
                _merge(row, other)
