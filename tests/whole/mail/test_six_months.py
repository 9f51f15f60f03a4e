"""Six months of a study with thirty centres, whole: drafts of each date, sent for real, closed."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from click.testing import CliRunner

from intake.cli.main import main
from intake.demo.fill_pdf import fill_by_hand
from intake.wiring import app
from intake.wiring.conduct import drafts, freezing, ledger, transport
from tests.kit.office.office import Office, demo_answers
from tests.rooms.pipeline.mail.six_months import CENTRES
from tests.whole.mail.servers import PASSWORD, Received, smtp_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning"),
]
GOLDEN = Path(__file__).parent / "golden_six_months.txt"
CLOCKED = (app, drafts, freezing, ledger, transport)
FORMATS = ("pdf", "word", "excel")


@dataclass
class Coordinator:
    """Who runs the commands on a day, counting each as one act."""

    office: Office
    received: Received
    monkeypatch: pytest.MonkeyPatch
    acts: int = 0

    def on(self, year: int, month: int, day: int) -> None:
        moment = dt.datetime(year, month, day, 9, tzinfo=dt.UTC)
        for module in CLOCKED:
            self.monkeypatch.setattr(module, "now", lambda: moment)

    def run(self, *arguments: str) -> dict:
        self.acts += 1
        command = [*arguments, "--json", "--workspace", str(self.office.folder)]
        done = CliRunner().invoke(main, command)
        assert done.exit_code in (0, 1), done.output
        return json.loads(done.stdout)

    def round(self, *arguments: str) -> list[str]:
        """Draft a round twice, send it, and tell each message in one line."""
        drafted = [one for one in self.run("mail", *arguments)["messages"] if one["due"]]
        again = [one for one in self.run("mail", *arguments)["messages"] if one["due"]]
        assert again == []
        self.run("mail", "send", "--yes")
        taken = dict(self.received.messages[-len(drafted) :])
        return [_line(one, taken[one["to"]]) for one in drafted]


def _line(due: dict, content: bytes) -> str:
    mail = message_from_bytes(content, policy=policy.default)
    files = " ".join(part.get_filename() for part in mail.iter_attachments())
    return f"{due['message']} | {due['why']} | {mail['Subject']} | {files}".rstrip(" |")


def _list_centres(folder: Path) -> None:
    lines = ["id;letters;hospital;email;format"]
    for number, centre in enumerate(CENTRES):
        email = f"recueil.{centre.letters.lower()}@hopital.test"
        lines.append(
            f"{centre.id};{centre.letters};{centre.hospital};{email};{FORMATS[number % 3]}"
        )
    (folder / "centres.csv").write_text("\n".join(lines) + "\n", "utf-8")


def _form_of(received: Received, to: str) -> bytes:
    """Return the blank form that a centre found in its pack."""
    (content,) = [message for whom, message in received.messages if whom == to][:1]
    parts = message_from_bytes(content, policy=policy.default).iter_attachments()
    (form,) = [
        part.get_payload(decode=True)
        for part in parts
        if part.get_filename().startswith("dm-sam-") and part.get_filename().endswith(".pdf")
    ]
    return form


def test_six_months_are_conducted_by_drafts_alone_and_nothing_is_written_twice(
    tmp_path, monkeypatch
) -> None:
    received = Received()
    office = Office(tmp_path / "étude")
    office.fill_in()
    _list_centres(office.folder)
    monkeypatch.setenv("CRF_INTAKE_MAIL_PASSWORD", PASSWORD)
    with smtp_server(received) as port:
        study = office.folder / "study.toml"
        servers = f'\n[mail]\nsmtp = "127.0.0.1:{port}"\nper_minute = 600\n'
        user = 'user = "recueil@hopital.test"\n'
        study.write_text(study.read_text("utf-8") + servers + user, "utf-8")
        monkeypatch.setattr(transport.time, "sleep", lambda _seconds: None)
        who = Coordinator(office, received, monkeypatch)
        told = _conducted(who, office, received)

    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text("\n".join(told) + "\n", encoding="utf-8")
    assert told == GOLDEN.read_text(encoding="utf-8").splitlines()
    ids = [message_from_bytes(content)["Message-ID"] for _, content in received.messages]
    assert len(ids) == len(set(ids)) == 30 + 3 + 30 + 30 + 30
    record_ids = {record.record_id.encode() for record in office.app.store.records()}
    for _, content in received.messages:
        assert not any(one in content for one in record_ids)
    office.app.store.verify()
    print(f"{len(ids)} messages, {who.acts} commands")  # noqa: T201


def _conducted(who: Coordinator, office: Office, received: Received) -> list[str]:
    who.on(2026, 10, 1)
    told = ["2026-10-01", *who.round("packs")]
    for number, letters in enumerate(("ZAA", "ZAO", "ZBB"), 1):
        form = _form_of(received, f"recueil.{letters.lower()}@hopital.test")
        office.drop(f"{number}.pdf", fill_by_hand(form, demo_answers(f"0{number}")))
    who.on(2026, 11, 12)
    office.run()
    told += ["2026-11-12", *who.round("replies")]
    who.on(2026, 12, 31)
    told += ["2026-12-31", *who.round("reminders")]
    who.on(2027, 3, 25)
    told += ["2027-03-25", *who.round("reminders", "--kind", "last-week")]
    who.on(2027, 4, 2)
    told += ["2027-04-02", *who.round("reminders", "--kind", "closing")]
    closed = who.run("close", "--anyway")
    counts = Counter({key: closed[key] for key in ("patients", "frozen", "analysed")})
    return [*told, f"closed: {dict(sorted(counts.items()))}"]
