"""The closing date as an event for a calendar (``.ics``), with an alarm a week before."""

from __future__ import annotations

import datetime as dt

_ALARM = dt.timedelta(days=-7)


def closing_event(closes: dt.date, summary: str, about: str, uid: str) -> bytes:
    """Return the event of a whole day; the same event is the same bytes."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - 100 ms, for packs alone

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", dt.datetime.combine(closes, dt.time(), dt.UTC))
    event.add("dtstart", closes)
    event.add("dtend", closes + dt.timedelta(days=1))
    event.add("summary", summary)
    event.add("description", about)
    event.add("transp", "TRANSPARENT")  # nobody is busy that day because of it
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", _ALARM)
    event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//crf-intake//EN")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
