"""Sending: a message leaves once, and one of unknown fate is named and never sent again."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from intake.model.errors import MailFault, MailRefused, MailUnsure
from intake.pipeline.mail.sending import Fate, Parcel, send_each
from intake.words.catalogue import LANGUAGES, Words

UNSENDABLE = (Fate.NO_ADDRESS, Fate.NO_DRAFT)
PARCELS = [Parcel(key, f"{key}@hopital.test", b"x") for key in "abc"]


class Killed(BaseException):
    """The computer was switched off."""


@dataclass
class Account:
    """The account of messages in memory."""

    states: dict[str, str] = field(default_factory=lambda: dict.fromkeys("abc", "drafted"))

    def claim(self, key: str) -> Fate | None:
        if self.states[key] == "decided":
            return Fate.OUTDATED
        if self.states[key] != "drafted":
            return Fate.TAKEN
        self.states[key] = "sending"
        return None

    def went(self, key: str) -> None:
        self.states[key] = "sent"

    def stayed(self, key: str) -> None:
        self.states[key] = "drafted"


@dataclass
class Postman:
    """Take messages; fail as told, by address, before or after the message is taken."""

    faults: dict[str, BaseException] = field(default_factory=dict)
    after: dict[str, BaseException] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)

    def deliver(self, sender: str, to: str, content: bytes) -> None:
        assert (sender, content) == ("moi@hopital.test", b"x")
        if to in self.faults:
            raise self.faults[to]
        self.taken.append(to)
        if to in self.after:
            raise self.after[to]


def sent(postman: Postman, account: Account, parcels: list[Parcel] = PARCELS) -> list[Fate]:
    pauses: list[int] = []
    handed = send_each(parcels, "moi@hopital.test", postman, account, lambda: pauses.append(1))
    fates = [one.fate for one in handed]
    tried = [fate for fate in fates if fate not in UNSENDABLE]
    assert len(pauses) == sum(fate is not Fate.TAKEN for fate in tried[:-1])
    return fates


def test_each_message_is_handed_over_once_with_a_pause_between() -> None:
    postman, account = Postman(), Account()
    assert sent(postman, account) == [Fate.SENT] * 3
    assert sent(postman, account) == [Fate.TAKEN] * 3
    assert postman.taken == ["a@hopital.test", "b@hopital.test", "c@hopital.test"]


def test_a_refused_address_stops_neither_the_others_nor_its_own_next_try() -> None:
    wrong = {"a@hopital.test": MailRefused(MailFault.RECIPIENT, server="s", code="550")}
    postman, account = Postman(faults=wrong), Account()
    assert sent(postman, account) == [Fate.REFUSED, Fate.SENT, Fate.SENT]
    assert account.states["a"] == "drafted"
    postman.faults.clear()
    assert sent(postman, account)[0] is Fate.SENT


def test_a_fault_of_the_server_stops_the_run() -> None:
    wrong = {"b@hopital.test": MailRefused(MailFault.TOO_MANY, server="s", code="421")}
    account = Account()
    assert sent(Postman(faults=wrong), account) == [Fate.SENT, Fate.REFUSED]
    assert account.states == {"a": "sent", "b": "drafted", "c": "drafted"}


def test_a_lost_connection_leaves_a_message_of_unknown_fate_that_is_not_sent_again() -> None:
    postman, account = Postman(after={"b@hopital.test": MailUnsure()}), Account()
    assert sent(postman, account) == [Fate.SENT, Fate.UNSURE]
    assert account.states["b"] == "sending"
    assert sent(postman, account) == [Fate.TAKEN, Fate.TAKEN, Fate.SENT]
    assert sorted(postman.taken) == ["a@hopital.test", "b@hopital.test", "c@hopital.test"]


@pytest.mark.parametrize("when", ["faults", "after"])
@pytest.mark.parametrize("at", "abc")
def test_killed_at_any_message_nothing_leaves_twice(when: str, at: str) -> None:
    postman, account = Postman(), Account()
    getattr(postman, when)[f"{at}@hopital.test"] = Killed()
    with pytest.raises(Killed):
        sent(postman, account)
    getattr(postman, when).clear()
    sent(postman, account)
    assert len(postman.taken) == len(set(postman.taken))
    assert account.states == {key: "sending" if key == at else "sent" for key in "abc"}


def test_what_has_no_address_or_no_draft_stays_and_is_told() -> None:
    account = Account()
    parcels = [Parcel("a", "", b"x"), Parcel("b", "", b""), PARCELS[2]]
    fates = sent(Postman(), account, parcels)
    assert fates == [Fate.NO_ADDRESS, Fate.NO_DRAFT, Fate.SENT]
    assert account.states == {"a": "drafted", "b": "drafted", "c": "sent"}


def test_what_is_decided_while_the_run_waits_keeps_its_message_back() -> None:
    postman, account, pauses = Postman(), Account(), []

    def wait() -> None:
        pauses.append(1)
        account.states["b"] = "decided"

    handed = send_each(PARCELS, "moi@hopital.test", postman, account, wait)
    assert [one.fate for one in handed] == [Fate.SENT, Fate.OUTDATED, Fate.SENT]
    assert postman.taken == ["a@hopital.test", "c@hopital.test"]
    assert len(pauses) == 1  # nothing was said to the server since the last wait


@pytest.mark.parametrize("fate", [fate for fate in Fate if fate is not Fate.REFUSED])
def test_every_fate_is_said_in_every_language(fate: Fate) -> None:
    for language in LANGUAGES:
        assert Words(language).text(f"cli.mail.fate.{fate.value}", message="x")
