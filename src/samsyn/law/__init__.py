"""May this be told, to whom, for what, on which day, and why (not)?

A pure engine over a rulebook of dated data. Public names::

    from samsyn.law import Rulebook, Question, Answer
"""

from samsyn.law.answer import Answer
from samsyn.law.question import Question, Subject
from samsyn.law.rulebook import Rulebook

__all__ = ["Answer", "Question", "Rulebook", "Subject"]
