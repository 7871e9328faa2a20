"""Which paragraphs of a section does an excerpt replace on a day, and what is then the text?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from samsyn.kernel.citations import Citation
from samsyn.law.statutes import reasons
from samsyn.law.statutes.answers import Certainty
from samsyn.law.statutes.choice import Chosen, Setting
from samsyn.law.statutes.notation import sfs_order
from samsyn.law.statutes.wordings import Paragraph, Wording


def overlay(
    citation: Citation, chosen: Chosen, readings: list[Wording], day: date, act: Setting
) -> Chosen:
    """Put paragraphs from excerpts into the chosen wording.

    The paragraph asked for is taken from the excerpt as it stands. A whole section is put together
    where the chosen wording is divided into paragraphs, and otherwise marked as uncertain.
    """
    parts = [w for w in readings if w.only and _applies(w, chosen.wording, day, act)]
    for part in parts:
        if citation.paragraph in part.only:
            return _from_part(part, day, act)
    for part in parts:
        chosen = _with_part(chosen, part)
    return chosen


def _applies(part: Wording, base: Wording, day: date, act: Setting) -> bool:
    begins = act.begins(part)
    begun = begins <= day if begins is not None else part.file.as_of <= day
    return begun and (part.note is None or sfs_order(part.note) > sfs_order(base.note))


def _from_part(part: Wording, day: date, act: Setting) -> Chosen:
    begins = act.begins(part)
    stated = begins is not None and day <= part.file.as_of
    certainty = Certainty.STATED if stated else Certainty.AS_OF_SNAPSHOT
    remark = (reasons.stated if stated else reasons.from_snapshot)(part.file)
    numbered = dict(zip(part.only, part.paragraphs, strict=False))
    paragraphs = [numbered.get(n, Paragraph(())) for n in range(1, max(part.only) + 1)]
    return Chosen(replace(part, paragraphs=tuple(paragraphs)), certainty, begins, None, (remark,))


def _with_part(chosen: Chosen, part: Wording) -> Chosen:
    base = chosen.wording
    if not base.file.dialect.keeps_paragraphs:
        remark = reasons.partly_newer(part.file, part.only)
        return replace(chosen, certainty=Certainty.UNCERTAIN, notes=(*chosen.notes, remark))
    paragraphs = list(base.paragraphs)
    for number, paragraph in zip(part.only, part.paragraphs, strict=False):
        if number <= len(paragraphs):
            paragraphs[number - 1] = paragraph
    remark = reasons.merged(part.file, part.only)
    wording = replace(base, paragraphs=tuple(paragraphs))
    return replace(chosen, wording=wording, notes=(*chosen.notes, remark))
