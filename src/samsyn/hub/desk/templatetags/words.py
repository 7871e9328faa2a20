"""How do templates say things in the reader's language?

``{% load words %}`` gives the tag ``say`` and filters for texts, days, citations and agencies::

    {% say "Ärende" "Case" %}
    {% say "Hej {name}" "Hi {name}" name=person.name %}
    {{ fact.provision|cited }}   {{ case.opened|day }}   {{ actor.agency|agency }}
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from samsyn.hub.guard import lawwords
from samsyn.hub.guard.language import reading
from samsyn.hub.guard.language import said as in_reading
from samsyn.hub.guard.references import reference
from samsyn.kernel.text import Text

register = template.Library()

_PLACE = re.compile(r"\{(\w+)\}")
_MONTHS_SV = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
_MONTHS_EN = (
    "January February March April May June July August September October November December".split()
)


@register.simple_tag
def say(sv: str, en: str, **values: Any) -> str:
    """One of two sentences, with the values put where ``{name}`` stands, escaped."""
    sentence = en if reading() == "en" else sv
    if not values:
        return sentence
    safe = conditional_escape(sentence)
    # A word in braces that no value is given for is a mistake of the template: KeyError shows it.
    filled = _PLACE.sub(lambda found: conditional_escape(values[found[1]]), safe)
    # Safe: the sentence and every value are escaped above.
    return mark_safe(filled)


@register.filter
def said(text: Text | str | None) -> str:
    """A text of both languages in the reader's; a plain string as it is."""
    if text is None:
        return ""
    return in_reading(text) if isinstance(text, Text) else str(text)


@register.filter
def log_entry(number: int | None) -> str:
    """What people call a log entry; a dash for none."""
    return "–" if number is None else reference(number)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day for tables, the same in both languages: 2026-11-24."""
    local = _local(value)
    return local.strftime("%Y-%m-%d") if local else ""


@register.filter
def day_in_words(value: date | datetime | None) -> str:
    """A day for running text: 24 november 2026, 24 November 2026."""
    local = _local(value)
    if not local:
        return ""
    months = _MONTHS_EN if reading() == "en" else _MONTHS_SV
    return f"{local.day} {months[local.month - 1]} {local.year}"


@register.filter
def moment(value: datetime | None) -> str:
    """A day and a time of day: 2026-11-24 13:42."""
    local = _local(value)
    return local.strftime("%Y-%m-%d %H:%M") if isinstance(local, datetime) else day(value)


@register.filter
def time_of_day(value: datetime | None) -> str:
    """A time of day: 13:42."""
    local = _local(value)
    return local.strftime("%H:%M") if isinstance(local, datetime) else ""


@register.filter
def machine_time(value: date | datetime | None) -> str:
    """For the datetime attribute of ``<time>``."""
    local = _local(value)
    return local.isoformat(timespec="minutes") if isinstance(local, datetime) else day(value)


@register.filter
def cited(code: Any) -> str:
    """A citation as a lawyer writes it: OSL 10 kap. 27 §, OSL ch. 10 s. 27."""
    # A no-break space keeps the number with its chapter and section sign.
    return lawwords.cited(code, reading()).replace(" ", "\u00a0") if code else ""


@register.filter
def act_title(code: Any) -> str:
    """The whole name of the act that a citation points into, for titles and explanations."""
    return lawwords.act_title(str(code).split("/")[0], reading()) if code else ""


@register.filter
def agency(code: Any) -> str:
    """An agency's whole name in the reader's language."""
    return lawwords.agency_name(str(code), reading()) if code else ""


@register.filter
def purpose(code: Any) -> str:
    """What something is needed for, in the reader's language."""
    return lawwords.purpose_name(str(code), reading()) if code else ""


@register.filter
def role(code: Any) -> str:
    """What somebody is at an agency, in the reader's language."""
    return in_reading(lawwords.role_name(str(code))) if code else ""


@register.filter
def may(actor: Any, act: str) -> bool:
    """Whether somebody's roles permit an act: what they may not do is not offered to them."""
    return actor is not None and bool(actor.permits(act))


@register.filter
def whole_number(value: int | None) -> SafeString | str:
    """A count with its thousands apart, in the reader's way: 12 340, 12,340."""
    if value is None:
        return ""
    grouped = f"{value:,}"
    return grouped if reading() == "en" else grouped.replace(",", "\u00a0")


@register.simple_tag
def workdays(left: int) -> str:
    """What a clock says: 3 arbetsdagar kvar, i dag, 2 arbetsdagar sen."""
    days = abs(left)
    if reading() == "en":
        unit = "working day" if days == 1 else "working days"
        return "today" if left == 0 else f"{days} {unit} {'left' if left > 0 else 'late'}"
    unit = "arbetsdag" if days == 1 else "arbetsdagar"
    return "i dag" if left == 0 else f"{days} {unit} {'kvar' if left > 0 else 'sen'}"


def _local(value: date | datetime | None) -> date | datetime | None:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
