"""Is every page of the hub pictured in docs/screens, or is it written down why not?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image

from tests.hub.screens.camera import MOST_BYTES, compressed, file_name, variants
from tests.hub.screens.catalogue import EXCEPTIONS, SCREENS, Screen
from tests.hub.screens.walking import ScreenFault, Walker

IN_DEMO_ALONE = {"demo_switch", "demo_again"}


def pages(patterns: list[Any] | None = None, before: str = "") -> Iterator[tuple[str, bool]]:
    """Name of each view, and whether it answers GET."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{before}{pattern.namespace}:" if pattern.namespace else before
            if space == "api:v1:":
                continue  # calls of programs, pictured by the page that describes them
            yield from pages(pattern.url_patterns, space)
        elif isinstance(pattern, URLPattern):
            allowed = methods(pattern.callback)
            yield f"{before}{pattern.name}", allowed is None or "GET" in allowed


def methods(view: Callable[..., Any] | None) -> list[str] | None:
    """The methods that a view was decorated to answer; None if it answers all."""
    while view is not None:
        cells = zip(
            getattr(getattr(view, "__code__", None), "co_freevars", ()),
            getattr(view, "__closure__", None) or (),
            strict=False,
        )
        for name, cell in cells:
            if name == "request_method_list":
                return list(cell.cell_contents)
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_page_is_pictured_or_has_a_written_reason() -> None:
    known = {screen.view for screen in SCREENS} | EXCEPTIONS.keys()
    lacking = sorted({name for name, shown in pages() if shown} - known)
    assert not lacking, (
        "Add a screen, or a reason why there is no picture, to tests/hub/screens/catalogue.py: "
        + ", ".join(lacking)
    )


def test_what_is_listed_is_a_page() -> None:
    there = {name for name, shown in pages() if shown} | IN_DEMO_ALONE | {""}
    listed = {view for screen in SCREENS for view in (screen.view, *screen.way)}
    assert listed | EXCEPTIONS.keys() <= there, sorted((listed | EXCEPTIONS.keys()) - there)


def test_nothing_is_both_pictured_and_excepted() -> None:
    assert not {screen.view for screen in SCREENS} & EXCEPTIONS.keys()
    assert all(EXCEPTIONS.values())


def test_no_two_pictures_have_one_name() -> None:
    names = Counter(
        file_name(screen, *variant) for screen in SCREENS for variant in variants(screen)
    )
    assert not [name for name, count in names.items() if count > 1]


def test_pages_that_answer_only_posts_need_no_picture() -> None:
    answers = dict(pages())
    assert answers["cases:take-up"] is False
    assert answers["cases:room"] is True
    assert answers["account_login"] is True


CASE = "/arenden/00000000-0000-4000-8000-00000000000{}/"
SCREEN = Screen("fact", "cases:facts", None, "", "", "/arenden/", ("cases:room",))


def test_a_way_that_ends_is_left_for_the_next() -> None:
    site = {
        "/arenden/": f'<a class="x" href="{CASE.format(1)}">1</a><a href="{CASE.format(2)}">2</a>',
        CASE.format(1): '<a href="/sok/">a link elsewhere</a>',
        CASE.format(2): '<a href="uppgifter/?fack=vart&amp;sida=2#rows">facts</a>',
    }
    assert (
        Walker(lambda path: (200, site.get(path, ""))).address_of(SCREEN)
        == f"{CASE.format(2)}uppgifter/?fack=vart&sida=2"
    )


def test_a_page_that_answers_otherwise_is_passed_over() -> None:
    first, second = f"{CASE.format(1)}uppgifter/", f"{CASE.format(2)}uppgifter/"
    rooms = f'<a href="{CASE.format(1)}">1</a><a href="{CASE.format(2)}">2</a>'
    facts = '<a href="uppgifter/">facts</a>'
    site = {"/arenden/": rooms, CASE.format(1): facts, CASE.format(2): facts}
    walker = Walker(lambda path: (403 if path == first else 200, site.get(path, "")))
    assert walker.address_of(SCREEN) == second


def test_a_screen_that_no_link_leads_to_is_named() -> None:
    with pytest.raises(ScreenFault, match=r"^fact: no way leads there from /arenden/"):
        Walker(lambda path: (200, "")).address_of(SCREEN)


def test_a_picture_is_small_and_keeps_its_size() -> None:
    noise = Image.effect_noise((700, 700), 90).convert("RGB")
    output = BytesIO()
    noise.save(output, "PNG")
    small = compressed(output.getvalue())
    assert len(output.getvalue()) > 3 * MOST_BYTES
    assert len(small) < len(output.getvalue()) / 2
    assert Image.open(BytesIO(small)).size == (700, 700)
