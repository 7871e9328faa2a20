"""What does the remark of a log entry say in the reader's language?

The log keeps short English codes, the same for everybody and for ever. What is not known here is
shown as it stands in the log: it is the log's word that counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from samsyn.kernel.text import Text


def _t(sv: str, en: str) -> Text:
    return Text(sv=sv, en=en)


WHOLE: Final = {
    "access review": _t("behörighetsgenomgång", "access review"),
    "anomalies": _t("avvikelser", "anomalies"),
    "approved": _t("godkänt", "approved"),
    "asked": _t("begärt", "asked for"),
    "checks": _t("kontroller av loggen", "checks of the log"),
    "closed": _t("stängt", "closed"),
    "consequence": _t("vad som följde", "what followed"),
    "corrected": _t("rättad", "corrected"),
    "demo": _t("övning", "demo"),
    "disposal": _t("gallring", "disposal"),
    "disposal queue": _t("gallringskön", "disposal queue"),
    "earlier weighings": _t("tidigare avvägningar", "earlier weighings"),
    "entry": _t("en post", "an entry"),
    "installation": _t("vid installationen", "at the installation"),
    "locked": _t("låst", "locked"),
    "log": _t("loggen", "the log"),
    "my day": _t("min dag", "my day"),
    "overview": _t("översikt", "overview"),
    "part": _t("med maskning", "with masks"),
    "passed": _t("utan anmärkning", "without a remark"),
    "password": _t("fel lösenord", "wrong password"),
    "paused": _t("vilande", "paused"),
    "placed": _t("placerad i ärende", "placed in a case"),
    "public register extract": _t("offentligt diarieutdrag", "public register extract"),
    "purpose ended": _t("ändamålet är slut", "the purpose has ended"),
    "queue": _t("kön", "the queue"),
    "refused": _t("avslag", "refused"),
    "register": _t("diariet", "the register"),
    "registered": _t("tillagd", "registered"),
    "release": _t("begäran om allmän handling", "request for a public document"),
    "release begun": _t("begäran om allmän handling", "request for a public document"),
    "release masked": _t("maskning ändrad", "masks changed"),
    "releases": _t("begäranden om allmän handling", "requests for public documents"),
    "remarked": _t("med anmärkning", "with a remark"),
    "returned": _t("lämnat tillbaka", "returned"),
    "stopped": _t("stoppad", "stopped"),
    "suggest": _t("förslag", "suggestions"),
    "taken up": _t("upptaget", "taken up"),
    "whole": _t("helt", "whole"),
    "why": _t("varför syns det?", "why is it seen?"),
    "why not": _t("varför syns det inte?", "why is it not seen?"),
    "withdrawn": _t("återtagen", "withdrawn"),
    "written": _t("skriven", "written"),
}
"""Remarks that always read the same."""

Words = Callable[[re.Match[str]], Text]
_SHAPES: Final[tuple[tuple[str, Words], ...]] = (
    (r"draft to (\S+)", lambda m: _t(f"utkast till {m[1]}", f"draft to {m[1]}")),
    (r"sent to (\S+)", lambda m: _t(f"sänd till {m[1]}", f"sent to {m[1]}")),
    (r"to (\S+)", lambda m: _t(f"till {m[1]}", f"to {m[1]}")),
    (r"from (\S+)", lambda m: _t(f"från {m[1]}", f"from {m[1]}")),
    (r"list (\S+)", lambda m: _t(f"listan den {m[1]}", f"list on {m[1]}")),
    (r"kept (\d+) years", lambda m: _t(f"bevaras {m[1]} år", f"kept {m[1]} years")),
    (
        r"(\d+) facts, (\d+) files",
        lambda m: _t(f"{m[1]} uppgifter, {m[2]} filer", f"{m[1]} facts, {m[2]} files"),
    ),
)


def remark_said(detail: str) -> Text:
    """The remark in words; as it stands where it is not known."""
    known = WHOLE.get(detail)
    if known is not None:
        return known
    for shape, words in _SHAPES:
        if found := re.fullmatch(shape, detail):
            return words(found)
    return Text(sv=detail, en=detail)
