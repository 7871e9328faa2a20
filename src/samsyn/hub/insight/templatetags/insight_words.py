"""What do the oversight templates call kinds, steps, counts and outcomes?"""

from __future__ import annotations

from django import template

from samsyn.hub.cases.fact_kinds import kind_name
from samsyn.hub.cases.phrases import SUBJECTS, short_cite
from samsyn.hub.guard.act_names import act_name
from samsyn.hub.guard.language import reading, said
from samsyn.hub.guard.policy import VisibilityStep
from samsyn.hub.insight import phrases
from samsyn.hub.insight.reads_release import Source
from samsyn.hub.insight.remarks import remark_said
from samsyn.kernel.text import Text

register = template.Library()


def _named(code: str) -> Text:
    return Text(sv=code, en=code)


@register.filter
def object_kind(code: str) -> str:
    """What an object of the log is."""
    return said(phrases.KINDS.get(code, _named(code)))


@register.filter
def objects_counted(code: str, number: int) -> str:
    """How many objects of a kind, with the kind in the number it takes."""
    names = phrases.KINDS if number == 1 else phrases.MANY
    return f"{number} {said(names.get(code, _named(code)))}"


@register.filter
def remark(detail: str) -> str:
    """The remark of a log entry in words."""
    return said(remark_said(detail))


@register.filter
def act_in_words(code: str) -> str:
    """What an act is called."""
    return said(act_name(code))


@register.filter
def confirmed_word(code: str) -> str:
    """What came of an examination."""
    return said(phrases.CONFIRMED.get(code, _named(code)))


@register.filter
def access_title(kind: str) -> str:
    """What a kind of line in the access review is called."""
    return said(phrases.ACCESS[kind][0])


@register.filter
def access_why(kind: str) -> str:
    """Why a kind of line stands in the access review."""
    return said(phrases.ACCESS[kind][1])


@register.filter
def counted_kind(code: str) -> str:
    """What is counted in a disposal."""
    return said(phrases.COUNTS.get(code, _named(code)))


@register.filter
def release_state(release: object) -> str:
    """How a request for a document stands."""
    code = getattr(release, "outcome", "") or getattr(release, "state", "")
    return said(phrases.RELEASED.get(code, _named(code)))


@register.filter
def receiver_word(code: str) -> str:
    """Who asks for a document."""
    return said(phrases.RECEIVER_NAMES.get(code, _named(code)))


@register.filter
def step_words(step: VisibilityStep) -> str:
    """A step of the policy as a sentence."""
    return said(phrases.step_said(step))


@register.filter
def law_word(outcome: str) -> str:
    """What the law answers about a piece."""
    return said(phrases.law_said(outcome))


@register.filter
def piece_title(source: Source) -> str:
    """What a piece of a release is called."""
    if source.kind in phrases.PIECES:
        return f"{said(phrases.PIECES[source.kind])} {source.title}".strip()
    if source.kind == "fact":
        name = kind_name(source.title, reading())
        return name[:1].upper() + name[1:]
    if source.kind == "subject":
        return said(SUBJECTS.get(source.title, _named(source.title))).capitalize()
    return source.title


@register.filter
def piece_public_title(source: Source) -> str:
    """What a piece is called in the copy that leaves: nothing that may be secret itself."""
    if source.kind == "file":
        return said(Text(sv="Handling", en="Document"))
    return piece_title(source)


@register.filter
def cited_all(codes: str) -> str:
    """Several citations, as they stand in one mask, as a lawyer writes them."""
    return ", ".join(short_cite(one.strip()) for one in codes.split(","))


@register.filter
def short_cited(code: str) -> str:
    """A citation as it is written in a field: OSL 27:1."""
    return short_cite(code)
