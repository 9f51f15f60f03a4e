"""``study.toml`` as one frozen object.

What the settings are and what they may hold is here; how the file is read and how its
faults are told is in ``settings``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StrictStr,
    model_validator,
)

from intake.model.reply_to import ReplyTo

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


def is_email(text: str) -> bool:
    """Say whether a text can be one e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def _day(value: object) -> object:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    problem = "is not a date; write year-month-day, such as 2027-03-31, without quotes"
    if isinstance(value, dt.datetime):
        problem = "holds a time of day; write the day alone, such as 2027-03-31"
    elif isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            problem = f"is {value}, a day that does not exist"
    raise ValueError(problem)


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; write a text between the quotes")
    if any(ord(character) < 32 for character in value):
        raise ValueError("holds a line break or a control character; write it on one line")
    return value.strip()


def _email(value: str) -> str:
    if not is_email(value):
        raise ValueError(
            f'is "{value}", not an e-mail address; write one such as study@example.org'
        )
    return value


def _form(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", value):
        raise ValueError(
            f'is "{value}"; write the name of a folder of schemas/: small letters, digits, hyphens'
        )
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise ValueError(f'is "{value}"; write a language as two small letters, such as "fr"')
    return value


Day = Annotated[dt.date, BeforeValidator(_day)]
Line = Annotated[StrictStr, AfterValidator(_filled)]
Language = Annotated[StrictStr, AfterValidator(_language)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Identification(_Table):
    """``[study]``: which form is collected, under which title, in which languages, how long."""

    form: Annotated[StrictStr, AfterValidator(_form)]
    title: Mapping[Language, Line]
    sponsor: Line
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("fr",)
    """The default language first."""
    minutes: Annotated[StrictInt, Field(ge=1, le=600)] | None = None
    """How long filling a form takes, printed on its first page."""

    @model_validator(mode="after")
    def _titles(self) -> Self:
        absent = [language for language in self.languages if language not in self.title]
        if absent:
            raise ValueError(
                f'has no title in "{absent[0]}"; write title = {{ {absent[0]} = "..." }}'
                f' or take "{absent[0]}" out of languages'
            )
        if len(set(self.languages)) < len(self.languages):
            raise ValueError("names a language twice in languages; name each once")
        return self


class Contact(_Table):
    """``[contact]``: the service to ask, never a person."""

    service: Line
    email: Annotated[StrictStr, AfterValidator(_email)]
    phones: tuple[Line, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """Return what a form prints: service, e-mail, telephone lines."""
        return (self.service, self.email, *self.phones)


class Calendar(_Table):
    """``[calendar]``: first and last day of the collection, day of the one reminder."""

    opens: Day
    closes: Day
    reminder: Day | None = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError(f"closes on {self.closes}, which is not after opens ({self.opens})")
        if self.reminder is not None and not self.opens < self.reminder < self.closes:
            raise ValueError(
                f"has its reminder on {self.reminder}; choose a day between opens ({self.opens})"
                f" and closes ({self.closes}), or leave reminder out: it is then half-way"
            )
        return self

    @property
    def reminder_date(self) -> dt.date:
        """Return the day of the reminder: the one written, else half-way."""
        if self.reminder is not None:
            return self.reminder
        days = (self.closes - self.opens).days + 1  # both ends are days of collection
        return self.opens + dt.timedelta(days=days // 2)

    def is_late(self, day: dt.date) -> bool:
        """Say whether a form received that day comes after the closing date."""
        return day > self.closes

    def days_left(self, today: dt.date) -> int:
        """Return the days until the closing date; negative once it is past."""
        return (self.closes - today).days


class Privacy(_Table):
    """``[privacy]``: the key of the pseudonyms, kept apart from the data."""

    key: Line = "keys/pseudonym.key"


class StoreSettings(_Table):
    """``[store]``: a file of the workspace, or the URL of a database."""

    url: Line = "archive/store.sqlite"


class Folders(_Table):
    """``[folders]``: other places for the folders, inside the workspace or absolute."""

    inbox: Line = "inbox"
    outbox: Line = "outbox"
    archive: Line = "archive"
    schemas: Line = "schemas"
    form_templates: Line = "form_templates"

    @model_validator(mode="after")
    def _apart(self) -> Self:
        seen: dict[PurePath, str] = {}
        for name in type(self).model_fields:
            place = PurePath(getattr(self, name))
            if place in seen:
                raise ValueError(f"gives {seen[place]} and {name} the same folder, {place}")
            seen[place] = name
        return self


class Limits(_Table):
    """``[limits]``: what one returned file may cost before its reading is stopped.

    ``container_seconds`` is for an email or an archive with all that it holds.
    """

    file_megabytes: Annotated[StrictInt, Field(ge=1, le=500)] = 25
    seconds: Annotated[StrictInt, Field(ge=1, le=3600)] = 60
    container_seconds: Annotated[StrictInt, Field(ge=1, le=36000)] = 300
    memory_megabytes: Annotated[StrictInt, Field(ge=128, le=65536)] = 1024


class Expected(_Table):
    """``[expected]``: how many patients are waited for, in all and of each centre, by its id."""

    patients: Annotated[StrictInt, Field(ge=1)] | None = None
    centres: Mapping[str, Annotated[StrictInt, Field(ge=0)]] = {}


class Mailbox(_Table):
    """``[mail]``: the servers by which messages are sent and fetched; drafts need none.

    The password is never here: it is in the environment or the computer's own keyring.
    """

    address: Annotated[StrictStr, AfterValidator(_email)] | None = None
    """From which messages are sent; the address of ``[contact]`` where none is given."""
    user: Line | None = None
    """Who logs in; the address where none is given."""
    smtp: Line | None = None
    """``host:port`` to send: 465 is encrypted at once, 587 after it was asked for."""
    imap: Line | None = None
    """``host:port`` to fetch: 993 is encrypted at once."""
    folder: Line = "INBOX"
    done: Line = "crf-intake"
    """The folder to which a message is moved once it is here."""
    per_minute: Annotated[StrictInt, Field(ge=1, le=600)] = 20
    token_command: tuple[Line, ...] = ()
    """A program and its arguments that print a token, where passwords are not taken."""


class Study(_Table):
    """All that ``study.toml`` says."""

    study: Identification
    contact: Contact
    calendar: Calendar
    privacy: Privacy = Privacy()
    store: StoreSettings = StoreSettings()
    folders: Folders = Folders()
    limits: Limits = Limits()
    mail: Mailbox = Mailbox()
    expected: Expected = Expected()

    @model_validator(mode="after")
    def _key_apart(self) -> Self:
        key = PurePath(self.privacy.key)
        for name in ("inbox", "outbox", "archive"):
            if key.is_relative_to(PurePath(getattr(self.folders, name))):
                raise ValueError(
                    f"keeps the key of the pseudonyms inside {name}, beside what it protects;"
                    ' in [privacy] write key = "keys/pseudonym.key"'
                )
        return self

    @property
    def form(self) -> str:
        """Return the id of the form collected."""
        return self.study.form

    @property
    def language(self) -> str:
        """Return the default language."""
        return self.study.languages[0]

    def title(self, language: str) -> str:
        """Return the title in a language, else in the default language."""
        return self.study.title.get(language, self.study.title[self.language])

    @property
    def reply_to(self) -> ReplyTo:
        """Return whom a centre answers, and by when."""
        return ReplyTo(
            service=self.contact.service,
            email=self.contact.email,
            phones=self.contact.phones,
            closes=self.calendar.closes,
        )

    @property
    def printed_texts(self) -> tuple[tuple[str, str], ...]:
        """Return what forms and letters print of the study, by key; one key for each phone."""
        phones = (("contact.phones", text) for text in self.contact.phones)
        return (
            ("study.sponsor", self.study.sponsor),
            ("contact.service", self.contact.service),
            ("contact.email", self.contact.email),
            *phones,
        )
