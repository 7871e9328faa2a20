"""The tables of the case room."""

from samsyn.hub.cases.models.cases import Case, CaseMember, CaseSubject, Event
from samsyn.hub.cases.models.facts import Fact, SealedFile
from samsyn.hub.cases.models.register import RegisterCounter, RegisterEntry
from samsyn.hub.cases.models.work import Clock, ClockPause, Task

__all__ = [
    "Case",
    "CaseMember",
    "CaseSubject",
    "Clock",
    "ClockPause",
    "Event",
    "Fact",
    "RegisterCounter",
    "RegisterEntry",
    "SealedFile",
    "Task",
]
