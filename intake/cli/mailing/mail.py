"""``mail``: messages to centres, from what is due to what came back."""

from __future__ import annotations

import click

from intake.cli.frame import say
from intake.cli.mailing import drafts, transport


@click.group(help=say("mail.help"), epilog=say("mail.examples"))
def mail() -> None:
    """Start one of the commands."""


for _command in (
    drafts.packs,
    drafts.replies,
    drafts.reminders,
    drafts.list_messages,
    drafts.sent,
    drafts.drop,
    transport.send_messages,
    transport.fetch_messages,
):
    mail.add_command(_command)
