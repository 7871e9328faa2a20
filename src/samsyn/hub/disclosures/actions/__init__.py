"""Ask, assess, decide, deliver, refuse, recall: one function a verb."""

from samsyn.hub.disclosures.actions.answering import NewFact, answer_question
from samsyn.hub.disclosures.actions.asking import (
    Asked,
    draft_question,
    draft_round,
    edit_question,
    send_question,
)
from samsyn.hub.disclosures.actions.deciding import decide_and_deliver, refuse_disclosure
from samsyn.hub.disclosures.actions.ending import end_purpose, lock_received, report_back
from samsyn.hub.disclosures.actions.keeping import keep_draft
from samsyn.hub.disclosures.actions.preparing import (
    nominate,
    prepare_disclosure,
    state_facts,
    withdraw_draft,
)
from samsyn.hub.disclosures.actions.questions import (
    place_question,
    refuse_question,
    withdraw_question,
)
from samsyn.hub.disclosures.actions.recalling import recall

__all__ = [
    "Asked",
    "NewFact",
    "answer_question",
    "decide_and_deliver",
    "draft_question",
    "draft_round",
    "edit_question",
    "end_purpose",
    "keep_draft",
    "lock_received",
    "nominate",
    "place_question",
    "prepare_disclosure",
    "recall",
    "refuse_disclosure",
    "refuse_question",
    "report_back",
    "send_question",
    "state_facts",
    "withdraw_draft",
    "withdraw_question",
]
