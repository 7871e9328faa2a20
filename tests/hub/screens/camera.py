"""How is a picture of a screen taken, and made small enough to be kept?"""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.hub.screens.catalogue import DARK, ENGLISH, NOBODY, Screen, Who
from tests.hub.screens.walking import ScreenFault, Walker

SIZES = {1440: 900, 390: 844}
MOST_BYTES = 120_000
COLOURS = (128, 64, 32, 16)
SWITCHER = "/account/demo/"


class Camera:
    """Takes the pictures, as whom it is told.

    Attributes:
        taken: name of each picture file → where it was taken.
    """

    def __init__(self, browser: Browser, origin: str, folder: Path) -> None:
        self.taken: dict[str, str] = {}
        self._browser = browser
        self._origin = origin
        self._folder = folder
        self._windows: dict[Any, tuple[Page, Walker]] = {}

    def take(self, screen: Screen) -> None:
        """All pictures of a screen.

        Raises:
            ScreenFault: naming the screen, if it cannot be found or answers with an error.
        """
        page, walker = self._window(screen.who)
        path = walker.address_of(screen)
        for width, scheme, language in variants(screen):
            page.context.add_cookies([self._cookie(settings.LANGUAGE_COOKIE_NAME, language)])
            page.set_viewport_size({"width": width, "height": SIZES[width]})
            page.emulate_media(
                color_scheme="dark" if scheme == DARK else "light", reduced_motion="reduce"
            )
            answer = page.goto(path, wait_until="networkidle")
            status = answer.status if answer is not None else 0
            if status != screen.status:
                raise ScreenFault(
                    f"{screen.name}: {path} answered {status} to {_called(screen.who)} and not "
                    f"{screen.status}"
                )
            picture = page.screenshot(animations="disabled", caret="hide")
            name = file_name(screen, width, scheme, language)
            (self._folder / name).write_bytes(compressed(picture))
            self.taken[name] = path

    def _window(self, who: Who) -> tuple[Page, Walker]:
        """A window in which somebody is signed in, and stays."""
        if who not in self._windows:
            context = self._browser.new_context(
                base_url=self._origin, locale="sv-SE", timezone_id="Europe/Stockholm"
            )
            page = context.new_page()
            self._sign_in(page, who)
            self._windows[who] = page, Walker(lambda path: _answer(page, path))
        return self._windows[who]

    def _sign_in(self, page: Page, who: Who) -> None:
        if who == NOBODY:
            return
        page.goto(SWITCHER)
        page.locator(f'button[name=person][value="{getattr(who, "account", "")}"]').click()
        page.wait_for_url("**/")

    def _cookie(self, name: str, value: str) -> Any:
        return {"name": name, "value": value, "url": self._origin}


def variants(screen: Screen) -> Iterator[tuple[int, str, str]]:
    """Width, scheme and language of each picture."""
    for width in SIZES:
        yield width, "", "sv"
    if DARK in screen.besides:
        yield 1440, DARK, "sv"
    if ENGLISH in screen.besides:
        yield 1440, "", "en"


def file_name(screen: Screen, width: int, scheme: str, language: str) -> str:
    """What a picture is called."""
    marks = [str(width), *filter(None, [scheme]), *(["en"] if language == "en" else [])]
    return f"{screen.name}-{'-'.join(marks)}.png"


def compressed(picture: bytes) -> bytes:
    """The same picture with as many colours as the bytes allow."""
    plain = Image.open(io.BytesIO(picture)).convert("RGB")
    smaller = b""
    for colours in COLOURS:
        few = plain.quantize(
            colors=colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        output = io.BytesIO()
        few.save(output, "PNG", optimize=True)
        smaller = output.getvalue()
        if len(smaller) <= MOST_BYTES:
            return smaller
    return smaller


def _answer(page: Page, path: str) -> tuple[int, str]:
    answer = page.context.request.get(path)
    return answer.status, answer.text() if answer.ok else ""


def _called(who: Who) -> str:
    return str(getattr(who, "name", who))
