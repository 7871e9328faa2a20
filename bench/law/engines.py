"""How do Cedar and casbin say the same rules, each in the form it answers fastest?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from itertools import product

import casbin
import cedarpy

from bench.law.rule_set import GIVERS, RECEIVERS, SECRECY, Row
from samsyn.law import Question

CASBIN_MODEL = """
[request_definition]
r = giver, receiver, purpose, secrecy, initiative, day
[policy_definition]
p = giver, receiver, purpose, secrecy, initiative, first, after
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = {parties} && p.first <= r.day && r.day < p.after \\
 && (p.initiative == "both" || p.initiative == r.initiative)
"""
SPELLED_OUT = "r.giver == p.giver"
"""The index has compared the other three words already, and this one too."""
AS_WRITTEN = (
    "r.giver in p.giver && r.receiver in p.receiver && r.purpose in p.purpose "
    "&& r.secrecy in p.secrecy"
)
CASBIN_KEYS = (0, 1, 2, 3)
"""Places in a request that casbin's index is made of: giver, receiver, purpose, secrecy."""
Decide = Callable[[], bool]


class Cedar:
    """The rules as Cedar policies.

    Receivers are principals, purposes actions, items (one for each giver and provision) resources.
    Who belongs to which rule is said by groups in the entity store, which Cedar looks up; policy
    set and entities are parsed once. The slower form is kept beside it: sets in conditions.
    """

    def __init__(self, rows: list[Row], *, groups: bool = True) -> None:
        self._groups = groups
        write = _policy_with_groups if groups else _policy_with_sets
        text = "\n".join(write(number, row) for number, row in enumerate(rows))
        self.policies = cedarpy.PolicySet.from_str(text)
        self.entities = cedarpy.Entities.from_json_str(json.dumps(list(_entities(rows))))

    def prepare(self, question: Question) -> Decide:
        """A question as Cedar takes it, ready to be asked."""
        request = self.request(question)
        policies, entities = self.policies, self.entities

        def decide() -> bool:
            return bool(cedarpy.is_authorized(request, policies, entities).allowed)

        return decide

    def request(self, question: Question) -> dict[str, object]:
        """A question as Cedar takes it."""
        assert question.secrecy
        return {
            "principal": {"type": "Agency", "id": question.receiver},
            "action": {"type": "Action", "id": question.purpose},
            "resource": {"type": "Item", "id": f"{question.giver} {question.secrecy[0]}"},
            "context": self._context(question),
        }

    def _context(self, question: Question) -> dict[str, object]:
        context: dict[str, object] = {
            "day": question.on.toordinal(),
            "initiative": question.initiative,
        }
        if not self._groups:
            context["giver"] = question.giver
            context["receiver"] = question.receiver
            context["secrecy"] = (question.secrecy or ("",))[0]
        return context

    def decide_all(self, requests: list[dict[str, object]]) -> list[bool]:
        """Answers to many questions in one call."""
        results = cedarpy.is_authorized_batch(requests, self.policies, self.entities)
        return [bool(result.allowed) for result in results]


def _policy_with_groups(number: int, row: Row) -> str:
    return (
        f'permit (principal in Receivers::"{number}", action in [{_actions(row)}], '
        f'resource in Items::"{number}") when {{ {_days_and_initiative(row)} }};'
    )


def _policy_with_sets(number: int, row: Row) -> str:
    return (
        f"permit (principal, action in [{_actions(row)}], resource) "
        f"when {{ {_days_and_initiative(row)} && {_set(row.givers)}.contains(context.giver) "
        f"&& {_set(row.receivers)}.contains(context.receiver) "
        f"&& {_set(row.secrecy)}.contains(context.secrecy) }};"
    )


def _actions(row: Row) -> str:
    return ", ".join(f'Action::"{purpose}"' for purpose in sorted(row.purposes))


def _set(words: Iterable[str]) -> str:
    return json.dumps(sorted(words), ensure_ascii=False)


def _days_and_initiative(row: Row) -> str:
    text = f"context.day >= {row.first.toordinal()} && context.day < {row.after.toordinal()}"
    if row.initiative != "both":
        text += f' && context.initiative == "{row.initiative}"'
    return text


def _entities(rows: list[Row]) -> Iterable[dict[str, object]]:
    for receiver in RECEIVERS:
        groups = [number for number, row in enumerate(rows) if receiver in row.receivers]
        yield _entity("Agency", receiver, "Receivers", groups)
    for giver in GIVERS:
        for text in SECRECY:
            groups = [
                number
                for number, row in enumerate(rows)
                if giver in row.givers and text in row.secrecy
            ]
            yield _entity("Item", f"{giver} {text}", "Items", groups)


def _entity(kind: str, name: str, group: str, groups: list[int]) -> dict[str, object]:
    return {
        "uid": {"type": kind, "id": name},
        "attrs": {},
        "parents": [{"type": group, "id": str(number)} for number in groups],
    }


class Casbin:
    """The rules as casbin policies.

    Spelled out: one line for each giver, receiver, purpose and provision, so that casbin's fast
    enforcer finds the few lines that can fit by its index and evaluates the matcher on them alone.
    As written: one line for each rule, with lists.
    """

    def __init__(self, rows: list[Row], *, spelled_out: bool = True) -> None:
        if spelled_out:
            model = casbin.FastModel(CASBIN_KEYS)
            model.load_model_from_text(CASBIN_MODEL.format(parties=SPELLED_OUT))
            self.enforcer = casbin.FastEnforcer(model, cache_key_order=CASBIN_KEYS)
        else:
            model = casbin.Model()
            model.load_model_from_text(CASBIN_MODEL.format(parties=AS_WRITTEN))
            self.enforcer = casbin.Enforcer(model)
        self._wrap = "{}" if spelled_out else "|{}|"
        write = _lines if spelled_out else _listed
        for line in dict.fromkeys(line for row in rows for line in write(row)):
            model.add_policy("p", "p", list(line))

    def prepare(self, question: Question) -> Decide:
        """A question as casbin takes it, ready to be asked."""
        assert question.secrecy
        enforce = self.enforcer.enforce
        words = (question.giver, question.receiver, question.purpose, question.secrecy[0])
        values = (
            *(self._wrap.format(word) for word in words),
            question.initiative,
            question.on.isoformat(),
        )

        def decide() -> bool:
            return bool(enforce(*values))

        return decide


def _lines(row: Row) -> Iterable[tuple[str, ...]]:
    days = row.first.isoformat(), row.after.isoformat()
    for words in product(row.givers, row.receivers, row.purposes, row.secrecy):
        yield *words, row.initiative, *days


def _listed(row: Row) -> Iterable[tuple[str, ...]]:
    lists = (row.givers, row.receivers, row.purposes, row.secrecy)
    texts = ("|" + "|".join(sorted(words)) + "|" for words in lists)
    yield *texts, row.initiative, row.first.isoformat(), row.after.isoformat()
