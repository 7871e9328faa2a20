"""What does the frame around every screen show: where one can go, as whom, until when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import reading
from samsyn.hub.guard.lawwords import role_name
from samsyn.kernel.text import Language, Text

if TYPE_CHECKING:
    from django.http import HttpRequest

USED = "used_at"
"""Key of a session that tells when it was last written anew, in seconds."""
SCHEME_COOKIE = "samsyn_scheme"
SIZE_COOKIE = "samsyn_size"
SCHEMES = ("auto", "light", "dark")
SIZES = ("sm", "md", "lg")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the main navigation.

    Attributes:
        view: the name of its view, as Django reverses it.
        name: what it is called.
        key: the letter after ``g`` that goes there.
        icon: the picture beside the name.
        acts: it is shown to those who may do one of these; to everyone when empty.
    """

    view: str
    name: Text
    key: str
    icon: str
    acts: tuple[str, ...] = ()


PLACES = (
    Place("desk:my-day", Text(sv="Min dag", en="My day"), "d", "day"),
    Place("cases:list", Text(sv="Ärenden", en="Cases"), "a", "case", ("case.read",)),
    Place(
        "disclosures:list",
        Text(sv="Frågor & utlämnanden", en="Questions & disclosures"),
        "f",
        "exchange",
        ("disclosure.read", "question.ask"),
    ),
    Place(
        "disclosures:reviews",
        Text(sv="Granskning", en="Review"),
        "g",
        "eye",
        ("disclosure.countersign",),
    ),
    Place(
        "obstacles:register",
        Text(sv="Hinder", en="Obstacles"),
        "h",
        "question",
        ("obstacle.read",),
    ),
    Place(
        "obstacles:national",
        Text(sv="Hinder i landet", en="National obstacles"),
        "l",
        "question",
        ("figures.national",),
    ),
    Place("desk:search", Text(sv="Sök", en="Search"), "s", "search", ("search.run",)),
    Place(
        "insight:overview",
        Text(sv="Insyn & gallring", en="Oversight & disposal"),
        "i",
        "eye",
        (
            "oversight.read",
            "access.confirm",
            "disposal.propose",
            "disposal.decide",
            "register.release",
        ),
    ),
    Place(
        "guard:people",
        Text(sv="Personer & roller", en="People & roles"),
        "p",
        "people",
        ("account.read",),
    ),
    Place(
        "guard:two-persons",
        Text(sv="Två personer", en="Two persons"),
        "t",
        "people",
        ("account.second", "secrecy.second", "tipster.second", "disposal.decide"),
    ),
    Place("guidance:overview", Text(sv="Metodstöd", en="Method support"), "m", "book"),
    Place("desk:settings", Text(sv="Inställningar", en="Settings"), "n", "settings"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A place that this person may go to, ready to be shown."""

    name: Text
    url: str
    key: str
    icon: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What the base template needs to know about this request.

    Attributes:
        language: the reader's language.
        links: the main navigation of this person.
        roles: what the person is at the agency, in words.
        matter: what the case acted in is called; empty outside one.
        search_url: where the search box sends its question; empty where one cannot search.
        language_url: where the choice of language is sent.
        sign_out_url: where signing out is sent.
        account_url: one's own account.
        scheme: light, dark, or auto for what the person's machine prefers.
        size: how large everything is.
        until: when the session ends if nothing more is done; None when signed out.
        demo: whether all data is invented, which every page then says.
        switcher: template of what changes the person in the demo; empty outside it.
    """

    language: Language
    links: tuple[Link, ...]
    roles: tuple[Text, ...]
    matter: str
    search_url: str
    language_url: str
    sign_out_url: str
    account_url: str
    scheme: str
    size: str
    until: datetime | None
    demo: bool
    switcher: str


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: the frame of this request."""
    actor: Actor | None = getattr(request, "actor", None)
    links = _links(request.path, actor) if actor else ()
    return {
        "frame": Frame(
            language=reading(),
            links=links,
            roles=tuple(role_name(role) for role in actor.roles) if actor else (),
            matter=str(getattr(request, "matter_name", "")),
            search_url=next((link.url for link in links if link.icon == "search"), ""),
            language_url=_url("set_language"),
            sign_out_url=_url("account_logout"),
            account_url=_url("guard:me"),
            scheme=chosen(request, SCHEME_COOKIE, SCHEMES),
            size=chosen(request, SIZE_COOKIE, SIZES),
            until=_until(request) if actor else None,
            demo=_in_demo(),
            switcher=str(getattr(settings, "SAMSYN_SWITCHER", "")) if _in_demo() else "",
        )
    }


def _in_demo() -> bool:
    return bool(getattr(getattr(settings, "SAMSYN", None), "demo", False))


def _links(path: str, actor: Actor) -> tuple[Link, ...]:
    shown = [
        (place, url)
        for place in PLACES
        if (not place.acts or any(actor.permits(act) for act in place.acts))
        and (url := _url(place.view))
    ]
    # The longest address that this page lies under is where one is.
    here = max((url for _, url in shown if _lies_under(path, url)), key=len, default="")
    return tuple(Link(place.name, url, place.key, place.icon, url == here) for place, url in shown)


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def _url(view: str) -> str:
    """The address of a view; a part of the hub that is not installed has none."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def chosen(request: HttpRequest, cookie: str, allowed: tuple[str, ...]) -> str:
    """What this browser was told to keep, if it is allowed; else the first of what is."""
    value = request.COOKIES.get(cookie, "")
    return value if value in allowed else allowed[0]


def _until(request: HttpRequest) -> datetime | None:
    session = getattr(request, "session", None)
    if session is None:
        return None
    # The middleware that keeps a session in use writes here when it last did so; between two such
    # writes the session does not move, and the bar must not promise more than there is.
    now = timezone.now()
    used = datetime.fromtimestamp(int(session.get(USED, now.timestamp())), tz=UTC)
    return max(now, used + timedelta(seconds=session.get_expiry_age()))
