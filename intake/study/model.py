"""``study.toml`` as one frozen object.

What the settings are and what they may hold is here; how the file is read and how its
faults are told is in ``settings``.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
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
    StrictBool,
    StrictInt,
    StrictStr,
    model_validator,
)

from intake.model.local_text import LocalText
from intake.model.mail.reply_to import ReplyTo
from intake.words.told import told

_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)

_CLUSTER = re.compile(r"(?:tcp|tls)://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):[0-9]{1,5}")


class WrongSetting(ValueError):
    """A setting that cannot be what it is; the text goes on from its place in the file."""

    def __init__(self, text: LocalText, about: str = "") -> None:
        """Keep the text in every language; ``about`` is the line to mend, in a whole section."""
        super().__init__(text["en"])
        self.text = text
        self.about = about


def is_email(text: str) -> bool:
    """Say whether a text can be one e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def _wrong(key: str, about: str = "", **context: str) -> WrongSetting:
    return WrongSetting(told(f"setup.study.wrong.{key}", **context), about)


def _day(value: object) -> object:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.datetime):
        raise _wrong("time_of_day")
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise _wrong("no_date")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise _wrong("no_day", day=value) from None


def _filled(value: str) -> str:
    if not value.strip():
        raise _wrong("empty")
    if any(ord(character) < 32 for character in value):
        raise _wrong("one_line")
    return value.strip()


def _email(value: str) -> str:
    if not is_email(value):
        raise _wrong("email", text=value)
    return value


def _form(value: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", value):
        raise _wrong("form", text=value)
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value):
        raise _wrong("language", text=value)
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
            raise _wrong("no_title", f"title.{absent[0]}", language=absent[0])
        if len(set(self.languages)) < len(self.languages):
            raise _wrong("language_twice", "languages")
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
            raise _wrong("closes", "closes", closes=str(self.closes), opens=str(self.opens))
        if self.reminder is not None and not self.opens < self.reminder < self.closes:
            days = {"reminder": self.reminder, "opens": self.opens, "closes": self.closes}
            raise _wrong("reminder", "reminder", **{name: str(day) for name, day in days.items()})
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
                raise _wrong("same_folder", one=seen[place], other=name, folder=str(place))
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


class DatasetSettings(_Table):
    """``[dataset]``: what the analysis profile tells of centre and calendar, while classes last."""

    centre: StrictBool = False
    """A class for each centre, by an id that says nothing of it."""
    period_years: Annotated[StrictInt, Field(ge=1, le=50)] | None = None
    """A class for so many years of day zero."""
    fewest: Annotated[StrictInt, Field(ge=5, le=1000)] = 5
    """Patients that every class must hold."""


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


class Execution(_Table):
    """``[execution]``: the scheduler of the machines that read files; else this one reads.

    Off this machine all is encrypted, and both sides show a certificate.
    """

    cluster: Line | None = None
    """``tls://host:port``, or ``tcp://127.0.0.1:port`` for this machine's own."""
    authority: Line | None = None
    """The file of the certificate that signs the others', named from the study's folder."""
    certificate: Line | None = None
    key: Line | None = None

    @model_validator(mode="after")
    def _closed(self) -> Self:
        named = (self.authority, self.certificate, self.key)
        if self.cluster is None:
            return self
        if not _CLUSTER.fullmatch(self.cluster):
            raise _wrong("cluster", text=self.cluster)
        if not is_private(self.cluster):
            raise _wrong("cluster_open", text=self.cluster)
        if self.is_encrypted and None in named:
            raise _wrong("cluster_files")
        return self

    @property
    def is_encrypted(self) -> bool:
        """Say whether the cluster is reached by certificates."""
        return self.cluster is not None and self.cluster.startswith("tls")


def is_private(address: str) -> bool:
    """Say whether nobody else on the network can follow what is sent to a ``tcp://`` address."""
    kind, _, place = address.partition("://")
    host = place.rpartition(":")[0].strip("[]")
    if kind == "tls" or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name, which may be anybody's
        return False


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
    execution: Execution = Execution()
    expected: Expected = Expected()
    dataset: DatasetSettings = DatasetSettings()

    @model_validator(mode="after")
    def _key_apart(self) -> Self:
        key = PurePath(self.privacy.key)
        for name in ("inbox", "outbox", "archive"):
            if key.is_relative_to(PurePath(getattr(self.folders, name))):
                raise _wrong("key_inside", folder=name)
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
