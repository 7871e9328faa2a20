"""Questions that several tests start from."""

from __future__ import annotations

from typing import Any

from samsyn.law import Answer, Rulebook

PAYROLL: dict[str, Any] = {
    "on": "2025-06-02",
    "giver": "SKV",
    "activity": "taxation",
    "item_kind": "payroll_and_vat_figures",
    "subject": {"kind": "company", "victim": False, "child": False, "protected": False},
    "secrecy": ["2009:400/27:1"],
    "receiver": "AV",
    "receiver_function": "supervision",
    "purpose": "joint_inspection_plan",
    "initiative": "request",
    "facts": {"harm": "met", "joint_inspection": True},
}
"""The tax agency is asked for payroll figures for a joint inspection."""


def ask(rulebook: Rulebook, **changes: Any) -> Answer:
    """The answer to the payroll question with some fields changed; None takes a field away."""
    raw = {**PAYROLL, **changes}
    return rulebook.ask(
        rulebook.read({name: value for name, value in raw.items() if value is not None})
    )
