"""How many bytes does a browser receive for a page, when it was never here before?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

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


def weigh(
    origin: str, pages: Sequence[tuple[str, str, str]]
) -> Iterator[tuple[str, int, int, int]]:
    """Page, bytes in all, bytes of the document, requests; nothing where there is no browser.

    Args:
        origin: where the pages are, without a path.
        pages: name, path and cookie (``name=value``) of each.
    """
    if not Path(CHROMIUM).is_file():
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            for page, path, cookie in pages:
                yield (page, *_one(browser, origin, path, cookie))
        finally:
            browser.close()


def _one(browser: Browser, origin: str, path: str, cookie: str) -> tuple[int, int, int]:
    name, _, value = cookie.partition("=")
    kinds: dict[str, str] = {}
    sizes: dict[str, int] = {}

    def asked(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event.get("type", "")

    def received(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] = int(event["encodedDataLength"])

    host = urlsplit(origin).hostname
    with browser.new_context(locale="sv-SE", viewport={"width": 1440, "height": 900}) as context:
        context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.on("Network.requestWillBeSent", asked)
        devtools.on("Network.loadingFinished", received)
        devtools.send("Network.enable")
        answer = page.goto(origin + path, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise RuntimeError(f"a browser did not get {path}: {answer and answer.status}")
    document = sum(size for key, size in sizes.items() if kinds.get(key) == "Document")
    return sum(sizes.values()), document, len(sizes)
