"""In which ways may a question turn out that leaves something out, and which is stricter?

Where an item is held, as what it is received and whom it is about are tried over all the words the
tables know and one that they do not; the harm test over both its ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Final

from . import provisions as p
from .space_tables import ASKERS, GIVERS

RESTRICTION: Final = (
    "must_not",
    "may_after_balancing",
    "may",
    "may_after_balancing, else may",
    "must",
    "public",
)
OUTSIDE: Final = "outside the tables"
_ANY_AGENCY: Final = ("supervision", "statistics", "technical_hosting")
"""Activities that any agency may have."""


def restriction(outcome: str, floor: str | None) -> int:
    """Place in the order of restriction, lowest for the most restrictive.

    After a weighing with the floor ``may`` the item may be told however the weighing ends.
    """
    weighed = outcome == "may_after_balancing" and floor == "may"
    return RESTRICTION.index(f"{outcome}, else may" if weighed else outcome)


def ways(question: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The question with everything that it leaves out filled in, in every way."""
    kind = question["subject"].get("kind")
    harm = question["facts"].get("harm")
    for activity, function, subject, end in product(
        [question["activity"]] if question.get("activity") else _activities(question["giver"]),
        [question["receiver_function"]]
        if question.get("receiver_function")
        else _functions(question["receiver"]),
        [kind] if kind else ["person", "company"],
        [harm] if harm else ["met", "not_met"],
    ):
        yield {
            **question,
            "activity": activity,
            "receiver_function": function,
            "subject": {**question["subject"], "kind": subject},
            "facts": {**question["facts"], "harm": end},
        }


def _activities(agency: str) -> list[str]:
    own = [giver.activity for giver in GIVERS if giver.agency == agency]
    return list(dict.fromkeys([*own, *_ANY_AGENCY, OUTSIDE]))


def _functions(agency: str) -> list[str]:
    own = [asker.function for asker in ASKERS if asker.code == agency]
    named = [name for _, functions in p.BRANCHES.get(agency, ()) for name in functions]
    return list(dict.fromkeys([*own, *named, OUTSIDE]))
