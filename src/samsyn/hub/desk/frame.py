"""What does the frame around every screen show: where one can go, as whom, until when?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from samsyn.hub.guard.language import reading
from samsyn.kernel.text import Text

if TYPE_CHECKING:
    from django.http import HttpRequest

SCHEME_COOKIE = "samsyn_scheme"
SIZE_COOKIE = "samsyn_size"
SCHEMES = ("auto", "light", "dark")
SIZES = ("sm", "md", "lg")

# Those who look after rights and afterwards; everyone else works in cases.
_OVERSIGHT = frozenset({"auditor", "administrator", "secrecy_lawyer"})
_PEOPLE = frozenset({"administrator", "auditor"})


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the main navigation.

    Attributes:
        view: the name of its view, as Django reverses it.
        name: what it is called.
        key: the letter after ``g`` that goes there.
        roles: the roles that see it; empty for all.
        beyond: roles that do not see it.
    """

    view: str
    name: Text
    key: str
    icon: str
    roles: frozenset[str] = frozenset()
    beyond: frozenset[str] = frozenset()


PLACES = (
    Place("desk:my-day", Text("Min dag", "My day"), "d", "day"),
    Place("cases:list", Text("Ärenden", "Cases"), "a", "case", beyond=frozenset({"auditor"})),
    Place(
        "disclosures:list",
        Text("Frågor & utlämnanden", "Questions & disclosures"),
        "f",
        "exchange",
        beyond=frozenset({"auditor"}),
    ),
    Place("desk:search", Text("Sök", "Search"), "s", "search", beyond=frozenset({"auditor"})),
    Place(
        "insight:overview",
        Text("Insyn & gallring", "Oversight & disposal"),
        "i",
        "eye",
        roles=_OVERSIGHT,
    ),
    Place("registry:people", Text("Personer & roller", "People & roles"), "p", "people", _PEOPLE),
    Place("desk:settings", Text("Inställningar", "Settings"), "n", "settings"),
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
        links: the main navigation of this person.
        search_url: where the search box sends its question; empty where one cannot search.
        scheme: light, dark, or auto for what the person's machine prefers.
        size: how large everything is.
        until: when the session ends if nothing more is done; None when signed out.
        demo: whether the data is invented, which every page then says.
    """

    language: str
    links: tuple[Link, ...]
    search_url: str
    scheme: str
    size: str
    until: datetime | None
    demo: bool


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: the frame of this request."""
    actor = getattr(request, "actor", None)
    links = _links(request.path, actor)
    return {
        "frame": Frame(
            language=reading(),
            links=links,
            search_url=next((link.url for link in links if link.icon == "search"), ""),
            scheme=_chosen(request, SCHEME_COOKIE, SCHEMES),
            size=_chosen(request, SIZE_COOKIE, SIZES),
            until=_until(request) if actor else None,
            demo=bool(getattr(settings, "SAMSYN_DEMO", False)),
        )
    }


def _links(path: str, actor: Any) -> tuple[Link, ...]:
    if actor is None:
        return ()
    roles = {str(role) for role in actor.roles}
    open_to = [(place, _url(place.view)) for place in PLACES if _may(place, roles)]
    # The longest address that this page lies under is where one is.
    here = max(
        (
            url
            for _, url in open_to
            if url and (path == url or (url != "/" and path.startswith(url)))
        ),
        key=len,
        default="",
    )
    return tuple(
        Link(place.name, url, place.key, place.icon, url == here) for place, url in open_to if url
    )


def _may(place: Place, roles: set[str]) -> bool:
    if place.roles and not place.roles & roles:
        return False
    # Who also has a role that works with cases sees what that role sees.
    return not roles or not roles <= place.beyond


def _url(view: str) -> str:
    """The address of a view; a part of the hub that is not installed has none."""
    try:
        return reverse(view)
    except NoReverseMatch:
        return ""


def _chosen(request: HttpRequest, cookie: str, allowed: tuple[str, ...]) -> str:
    value = request.COOKIES.get(cookie, "")
    return value if value in allowed else allowed[0]


def _until(request: HttpRequest) -> datetime | None:
    session = getattr(request, "session", None)
    if session is None:
        return None
    return timezone.now() + timedelta(seconds=session.get_expiry_age())
