"""What has this person exercised since signing in?

It stands in the session alone: it ends with it, nobody else reads it and nothing of it is logged.
"""

from __future__ import annotations

from django.http import HttpRequest

from samsyn.hub.guidance.entries import Exercise
from samsyn.hub.guidance.exercising import Given

KEY = "guidance"


def given_to(request: HttpRequest, exercise: Exercise) -> Given | None:
    """What was answered to an exercise; None before it, and after the exercise has changed."""
    kept = _kept(request).get(exercise.code)
    if kept is None or kept["ground"] not in exercise.grounds:
        return None
    return Given(str(kept["outcome"]), str(kept["ground"]), tuple(kept["leave_out"]))


def keep(request: HttpRequest, exercise: Exercise, given: Given) -> None:
    """Keep an answer until the person signs out."""
    answer = {
        "outcome": given.outcome,
        "ground": given.ground,
        "leave_out": list(given.leave_out),
    }
    request.session[KEY] = {**_kept(request), exercise.code: answer}


def forget(request: HttpRequest, exercise: Exercise | None = None) -> None:
    """Forget an answer, or all of them."""
    kept = _kept(request)
    request.session[KEY] = (
        {code: answer for code, answer in kept.items() if code != exercise.code} if exercise else {}
    )


def _kept(request: HttpRequest) -> dict[str, dict[str, list[str] | str]]:
    found = request.session.get(KEY, {})
    return dict(found) if isinstance(found, dict) else {}
