"""What can be done in a case: one function a verb, one transaction a function."""

from samsyn.hub.cases.actions.cases import (
    assign,
    edit_case,
    open_case,
    restrict_case,
    take_up,
    unassign,
)
from samsyn.hub.cases.actions.facts import confirm_secrecy, correct_fact, write_fact
from samsyn.hub.cases.actions.files import add_file, mark_file
from samsyn.hub.cases.actions.lifting import ask_lift_fact, ask_lift_file, ask_lift_line
from samsyn.hub.cases.actions.opening import ask_open, ask_open_file
from samsyn.hub.cases.actions.register import register_document
from samsyn.hub.cases.actions.states import (
    archive_case,
    close_case,
    pause_case,
    reopen_case,
    resume_case,
)
from samsyn.hub.cases.actions.subjects import add_subject
from samsyn.hub.cases.actions.work import (
    add_task,
    finish_task,
    pause_clock,
    resume_clock,
    start_clock,
    stop_clock,
)

__all__ = [
    "add_file",
    "add_subject",
    "add_task",
    "archive_case",
    "ask_lift_fact",
    "ask_lift_file",
    "ask_lift_line",
    "ask_open",
    "ask_open_file",
    "assign",
    "close_case",
    "confirm_secrecy",
    "correct_fact",
    "edit_case",
    "finish_task",
    "mark_file",
    "open_case",
    "pause_case",
    "pause_clock",
    "register_document",
    "reopen_case",
    "restrict_case",
    "resume_case",
    "resume_clock",
    "start_clock",
    "stop_clock",
    "take_up",
    "unassign",
    "write_fact",
]
