"""Which rules of an epoch can matter to a case, whatever its open facts turn out to be?

Worked out once for each pair of agencies, purpose and initiative: of the rules between two agencies
most are about something else, and a case asks for them several times.
"""

from __future__ import annotations

from samsyn.law import schema
from samsyn.law.case import Case
from samsyn.law.epochs import Epoch, Rule
from samsyn.law.fitting import of_purpose


def rules_for(epoch: Epoch, case: Case) -> tuple[Rule, ...]:
    """Rules in force that may reach from giver to receiver, lowest hurdle first.

    Without those for other purposes or another initiative, which never fit.
    """
    key = case.giver, case.receiver, case.purpose, case.initiative
    found = epoch.narrowed_rules.get(key)
    if found is None:
        found = epoch.narrowed_rules[key] = tuple(
            rule
            for rule in epoch.rules_between(case.giver, case.receiver, foreign=case.foreign)
            if of_purpose(rule, case)
        )
    return found


def exceptions_for(epoch: Epoch, case: Case) -> list[schema.SecrecyException]:
    """Provisions that take this kind of item out of secrecy at this giver.

    Raises:
        OpenFact: when that hangs on its activity, and nobody knows it.
    """
    if not case.categories:
        return []
    among = epoch.narrowed_exceptions.get(case.giver)
    if among is None:
        among = epoch.narrowed_exceptions[case.giver] = tuple(
            exception
            for exception in epoch.exceptions
            if epoch.party_places(exception.givers, case.giver, "giver")
        )
    return [
        exception
        for exception in among
        if case.categories.intersection(exception.items.categories)
        and epoch.is_giver(exception.givers, case)
    ]


def usual_secrecy(epoch: Epoch, case: Case) -> tuple[schema.SecrecyRule, ...]:
    """Provisions that usually make items secret in the giver's activity.

    Raises:
        OpenFact: when they hang on an activity that nobody knows.
    """
    key = case.giver, case.activity
    found = epoch.narrowed_secrecy.get(key)
    if found is None:
        found = tuple(
            rule for rule in epoch.secrecy if rule.usual and epoch.is_giver(rule.givers, case)
        )
        epoch.narrowed_secrecy[key] = found
    return found
