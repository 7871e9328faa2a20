"""How does a test look at a page as a person does: sizes, light and dark, keyboard, axe?

A test asks for the fixture `chromium` (tests/conftest.py) and serves its pages with `served`.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZES = {390: 844, 768: 1024, 1440: 900}
SCHEMES = ("light", "dark")
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@contextmanager
def chromium_running() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    # Playwright keeps an event loop in this thread, which makes Django refuse its database here.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def served(application: Callable[..., Any], port: int = 0) -> Iterator[str]:
    """The address at which a WSGI application answers while the block runs."""
    with make_server(
        "127.0.0.1", port, application, server_class=_Server, handler_class=_Quiet
    ) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@dataclass(slots=True)
class Watch:
    """What went wrong while a page was used.

    Attributes:
        faults: console errors, scripts that broke, answers of 400 and above.
        strangers: addresses of other hosts that the page asked for.
        weights: bytes of each answer, as they would be sent compressed.
    """

    origin: str
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def clean(self) -> None:
        """Fail with everything that went wrong."""
        assert not self.faults, "\n".join(self.faults)
        assert not self.strangers, "\n".join(self.strangers)


def watch(page: Page, origin: str) -> Watch:
    """Note from now on what goes wrong on a page that is served at the origin."""
    seen = Watch(origin)

    def console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            seen.faults.append(f"console: {message.text}")

    def asked(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and not request.url.startswith(origin):
            seen.strangers.append(request.url)

    page.on("console", console)
    page.on("pageerror", lambda error: seen.faults.append(f"script: {error}"))
    page.on("request", asked)
    return seen


def axe(page: Page, *more_tags: str) -> None:
    """Fail if axe finds anything against WCAG 2.2 AA, naming each rule and place."""
    found = (
        Axe()
        .run(page, options={"runOnly": {"type": "tag", "values": [*WCAG, *more_tags]}})
        .response["violations"]
    )
    told = [
        f"{rule['id']} ({rule['help']}): {node['target']} {node['html'][:200]}\n"
        f"    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
    assert not told, f"{page.url} {page.viewport_size}\n" + "\n".join(told)


def at_all_sizes(page: Page, url: str, *more_tags: str) -> None:
    """Open a page in every size, light and dark: axe is content and nothing runs out to the side.

    With SHOTS=folder in the environment a picture of each is left there.
    """
    for width, height in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(url)
            picture(page, f"{width}-{scheme}")
            axe(page, *more_tags)
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over <= 0, f"{url} runs {over} px out to the side at {width} px"


def picture(page: Page, name: str) -> None:
    """Leave a picture of the whole page in the folder SHOTS, where that is given."""
    folder = os.environ.get("SHOTS")
    if folder:
        place = re.sub(r"\W+", "-", urlsplit(page.url).path).strip("-") or "start"
        page.screenshot(path=Path(folder) / f"{place}-{name}.png", full_page=True)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Say nothing: a test tells what matters."""
