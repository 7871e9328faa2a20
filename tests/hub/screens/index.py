"""How are the pictures shown? On one page, each with what one sees in it, in both languages."""

from __future__ import annotations

from pathlib import Path

from tests.hub.screens.camera import file_name, variants
from tests.hub.screens.catalogue import CHAPTERS, DARK, Screen, Who

HEAD = """# Skärmarna · The screens

Gjorda av `make screens` i demons övningsdata, där alla personer och bolag är påhittade.
Made by `make screens` in the demo's training data, where all people and firms are invented.
"""
WIDE, NARROW = 560, 152
"""Width on the page of a picture of a desk and of a telephone."""


def write_index(folder: Path) -> None:
    """Write the page that shows the pictures in the folder."""
    parts = [HEAD]
    for title, screens in CHAPTERS:
        shown = [part for screen in screens if (part := _shown(screen, folder))]
        if shown:
            parts += [f"## {title.sv} · {title.en}\n", *shown]
    (folder / "README.md").write_text("\n".join(parts), encoding="utf-8")


def _shown(screen: Screen, folder: Path) -> str:
    pictures = []
    for width, scheme, language in variants(screen):
        name = file_name(screen, width, scheme, language)
        if (folder / name).is_file():
            said = f"{screen.en}, {width} px{', dark' if scheme == DARK else ''}"
            shown = WIDE if width > 1000 else NARROW
            pictures.append(f'<a href="{name}"><img src="{name}" width="{shown}" alt="{said}"></a>')
    if not pictures:
        return ""
    caption = f"**{screen.sv}** · {screen.en}{_as_whom(screen.who)}"
    return "\n".join([caption, "", *pictures, ""])


def _as_whom(who: Who) -> str:
    name = getattr(who, "name", "")
    return f" ({name}, {getattr(who, 'agency', '')})" if name else ""
