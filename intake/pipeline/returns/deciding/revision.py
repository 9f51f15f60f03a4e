"""Whether a form takes its place as the next revision of its patient's record. Pure.

It does when it is the newer of all that came since a person last decided about the record,
and replaces most of what is there. Else a person is asked.
"""

from __future__ import annotations

from intake.checks.patient.likeness import is_mostly_emptied
from intake.checks.patient.order import Order, order_among, order_of
from intake.model.file.dates import FormDates
from intake.model.finding import Finding
from intake.model.finding_codes import FindingCode, finding_of
from intake.model.record import KnownForm, KnownRecord
from intake.pipeline.returns.deciding.arrived import Arrived
from intake.pipeline.returns.deciding.versions import is_of_older_version


def revision_finding(form: Arrived, record: KnownRecord) -> Finding:
    """Return what is said of a form that belongs to a record: REVISION when nothing is asked."""
    code = _doubt(form, record)
    if code is None:
        return finding_of(FindingCode.REVISION, {"revision": str(record.revision + 1)})
    return finding_of(code, {"subject": record.subject})


def is_older(form: Arrived, record: KnownRecord) -> bool:
    """Say whether a form is older than one that counts, or repeats a superseded revision.

    Of answers that came several times, in files that wait beside, one older date is enough.
    """
    same_now = form.content == record.current.content
    repeats = not same_now and any(known.content == form.content for known in record.forms)
    own = (form.dates, *form.also) if same_now else form.also
    theirs = [each for known in _others(form, record) for each in known.dates]
    is_before = any(order_of(mine, each) is Order.OLDER for mine in own for each in theirs)
    return repeats or is_before or Order.OLDER in _orders(form, record)


def comes_back(dates: FormDates, receipt: str, record: KnownRecord) -> bool:
    """Say whether bytes that are known came again out of turn.

    Sent anew after the form that replaced them, or at first before one that they replaced:
    then it is not known which of the two the centre means.
    """
    place = [known.receipt for known in record.forms].index(receipt)
    own = record.forms[place]
    if dates in own.dates:
        return False
    later = [known for known in record.forms[place + 1 :] if known.content != own.content]
    others = later or [known for known in record.unsettled if known.content != own.content]
    orders = {order_of(dates, each) for known in others for each in known.dates}
    return bool(orders - {Order.OLDER}) if later else Order.OLDER in orders


def _doubt(form: Arrived, record: KnownRecord) -> FindingCode | None:
    if is_older(form, record):
        return FindingCode.REVISION_OLDER
    if Order.UNKNOWN in _orders(form, record):
        return FindingCode.REVISION_UNDATED
    if is_of_older_version(form.definition, record.current.submission):
        return FindingCode.REVISION_VERSION
    if any(
        is_mostly_emptied(form.definition, known.submission, form.submission)
        for known in record.unsettled
    ):
        return FindingCode.REVISION_PARTIAL
    return None


def _orders(form: Arrived, record: KnownRecord) -> set[Order]:
    """Return what a form is beside those that count; equal answers are not compared."""
    return {order_among(form.dates, each.dates) for each in _others(form, record)}


def _others(form: Arrived, record: KnownRecord) -> list[KnownForm]:
    return [each for each in record.unsettled if each.content != form.content]
