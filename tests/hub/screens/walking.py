"""Where does a screen lie? Found as a person finds it: along the links of pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve, reverse

from tests.hub.screens.catalogue import Screen

LINK = re.compile(r"""<a\s[^>]*?href=["']([^"'#]+)""")
MOST_PAGES = 150
"""Pages that are looked at for one screen before the search is given up."""

Fetch = Callable[[str], tuple[int, str]]
"""A path → the status and the text of the answer."""


class ScreenFault(Exception):
    """A screen that could not be pictured; the message names it and says why."""


class Walker:
    """Finds screens for one person, and remembers the pages seen on the way."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._links: dict[str, list[str]] = {}
        self._answers: dict[str, int] = {}
        self._left = 0

    def address_of(self, screen: Screen) -> str:
        """The path of a screen.

        Raises:
            ScreenFault: if no link leads there.
        """
        if not screen.view:
            return screen.start
        if not screen.start:
            return reverse(screen.view) + screen.query
        self._left = MOST_PAGES
        way = (*screen.way, screen.view)
        found = self._along(screen.start, way, screen.status)
        if found is None:
            raise ScreenFault(
                f"{screen.name}: no way leads there from {screen.start} along {', '.join(way)}, "
                f"or none that answers {screen.status}; correct its way in "
                "tests/hub/screens/catalogue.py"
            )
        return found + screen.query

    def _along(self, page: str, way: tuple[str, ...], status: int) -> str | None:
        """The end of the first way along links that answers as it should; None if none does."""
        for link in self._leading_to(page, way[0]):
            if self._left <= 0:
                return None
            if len(way) == 1:
                found = link if self._look(link) == status else None
            else:
                found = self._along(link, way[1:], status)
            if found is not None:
                return found
        return None

    def _leading_to(self, page: str, view: str) -> Iterator[str]:
        self._look(page)
        yield from (link for link in self._links[page] if view_of(link) == view)

    def _look(self, page: str) -> int:
        """The status of a page, its links kept in mind."""
        if page not in self._links:
            self._left -= 1
            status, text = self._fetch(page)
            absolute = (urljoin(page, html.unescape(href)) for href in LINK.findall(text))
            self._links[page] = list(dict.fromkeys(absolute))
            self._answers[page] = status
        return self._answers[page]


def view_of(address: str) -> str:
    """The name of the view that answers an address; empty if none of ours does."""
    parts = urlsplit(address)
    if parts.netloc:
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return ""
