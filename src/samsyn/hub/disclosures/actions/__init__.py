"""Ask, assess, decide, deliver, refuse, recall: one function a verb."""

from samsyn.hub.disclosures.actions.deciding import decide_and_deliver, refuse_disclosure
from samsyn.hub.disclosures.actions.keeping import keep_draft
from samsyn.hub.disclosures.actions.preparing import (
    nominate,
    prepare_disclosure,
    state_facts,
    withdraw_draft,
)
from samsyn.hub.disclosures.actions.questions import (
    draft_question,
    edit_question,
    place_question,
    refuse_question,
    send_question,
    withdraw_question,
)
from samsyn.hub.disclosures.actions.recalling import recall

__all__ = [
    "decide_and_deliver",
    "draft_question",
    "edit_question",
    "keep_draft",
    "nominate",
    "place_question",
    "prepare_disclosure",
    "recall",
    "refuse_disclosure",
    "refuse_question",
    "send_question",
    "state_facts",
    "withdraw_draft",
    "withdraw_question",
]
