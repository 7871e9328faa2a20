"""What do the components of the desk need that templates cannot do by themselves?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.safestring import SafeString

from samsyn.hub.desk.icons import icon as drawn

register = template.Library()
register.simple_tag(drawn, name="icon")

_LEVELS = {
    "secret": ("secret", "lock"),
    "protected": ("protected", "shield"),
    "open": ("success", "unlock"),
    "unassessed": ("warning", "question"),
}
_STATES = {
    "new": ("accent", "dot"),
    "open": ("accent", "dot"),
    "waiting": ("warning", "wait"),
    "paused": ("neutral", "pause"),
    "late": ("danger", "late"),
    "done": ("success", "done"),
    "refused": ("danger", "no"),
    "draft": ("neutral", "draft"),
    "closed": ("neutral", "lock"),
}


@register.filter
def level_color(level: str) -> str:
    """The colour scale of a level of secrecy."""
    return _LEVELS[level][0]


@register.filter
def level_icon(level: str) -> SafeString:
    """The picture of a level of secrecy."""
    return drawn(_LEVELS[level][1])


@register.filter
def state_color(state: str) -> str:
    """The colour scale of a state of work."""
    return _STATES.get(state, _STATES["draft"])[0]


@register.filter
def state_icon(state: str) -> SafeString:
    """The picture of a state of work."""
    return drawn(_STATES.get(state, ("", "dot"))[1])


@register.filter
def as_list(value: Any) -> list[Any]:
    """One thing or many as a list, nothing as an empty one."""
    if not value:
        return []
    return [value] if isinstance(value, str) else list(value)


@register.filter
def as_input(field: BoundField) -> SafeString:
    """The input of a field, tied to its help and its error."""
    attributes = {"class": "ds-input", **_tied(field)}
    width = field.field.widget.attrs.get("data-width")
    return field.as_widget(attrs={**attributes, **({"data-width": width} if width else {})})


@register.filter
def is_choices(field: BoundField) -> bool:
    """Whether a field is a group of buttons to choose among."""
    return isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple)


@register.filter
def is_check(field: BoundField) -> bool:
    """Whether a field is one box to tick."""
    return isinstance(field.field.widget, CheckboxInput)


@register.simple_tag
def choices_of(field: BoundField) -> list[dict[str, str]]:
    """The buttons of a group, each with its id, label and input."""
    shown = []
    for choice in field.subwidgets:
        choice.data["attrs"] = {**choice.data["attrs"], "class": "ds-input"}
        shown.append(
            {"id": choice.id_for_label, "label": choice.choice_label, "input": choice.tag()}
        )
    return shown


@register.filter
def described_by(field: BoundField) -> str:
    """Ids of a field's help and error."""
    return str(_tied(field).get("aria-describedby", ""))


@register.simple_tag(takes_context=True)
def page_address(context: template.Context, **changes: Any) -> str:
    """This page's address with some of its query changed; None takes a part away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return "?" + urlencode(sorted(query.lists()), doseq=True)


def _tied(field: BoundField) -> dict[str, Any]:
    ids = []
    if field.help_text:
        ids.append(f"{field.auto_id}_help")
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    tied: dict[str, Any] = {}
    if ids:
        tied["aria-describedby"] = " ".join(ids)
    if field.errors:
        tied["aria-invalid"] = "true"
    return tied
