"""Which small pictures stand beside words? Never alone: each has its word beside it."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# Lines on a field of 24 by 24, drawn for Samsyn.
_LINES = {
    "day": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M8 14h3",
    "case": "M3 7h6l2 2h10v10H3zM3 13h18",
    "exchange": "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
    "search": "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4.5 4.5",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"
    "M12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z",
    "people": "M9 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM2.5 20c.3-3.8 2.8-6 6.5-6s6.2 2.2 6.5 6"
    "M15.5 5a3.3 3.3 0 0 1 0 6.3M17.5 14.4c2.4.7 3.8 2.6 4 5.6",
    "book": "M5 17V6a2 2 0 0 1 2-2h12v16H7a2 2 0 0 1-2-2 2 2 0 0 1 2-2h12M9 8h6",
    "settings": "M4 7h9M17 7h3M4 12h3M11 12h9M4 17h11M19 17h1M15 5v4M9 10v4M17 15v4",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "lock": "M5.5 11h13v9h-13zM8 11V8a4 4 0 0 1 8 0v3",
    "unlock": "M5.5 11h13v9h-13zM8 11V8a4 4 0 0 1 7.5-2",
    "shield": "M12 3l7.5 2.7v5.6c0 4.6-3 7.8-7.5 9.7-4.5-1.9-7.5-5.1-7.5-9.7V5.7z",
    "question": "M9 9a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2.1M12 17.5v.1",
    "clock": "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4.3l2.8 1.7",
    "pause": "M9 6v12M15 6v12",
    "done": "M5 12.5l4.5 4.5L19 7.5",
    "wait": "M7 4h10M7 20h10M8 4c0 4 8 5 8 8s-8 4-8 8M16 4c0 4-8 5-8 8s8 4 8 8",
    "late": "M12 4.5L21 20H3zM12 10.5v4M12 17.2v.1",
    "no": "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM6.5 6.5l11 11",
    "draft": "M5 19l1-4L16 5l3 3L9 18zM13.5 7.5l3 3",
    "dot": "M12 7a5 5 0 1 1 0 10 5 5 0 0 1 0-10z",
    "next": "M9 5l7 7-7 7",
}


def icon(name: str) -> SafeString:
    """The picture of that name, hidden from those who listen: the word beside it says it all.

    Raises:
        KeyError: if there is none of that name.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        '<path d="{}"/></svg>',
        # Safe: the lines above, nobody's input.
        mark_safe(_LINES[name]),
    )
