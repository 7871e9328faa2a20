"""The pages of the guidance: overview, guided paths, exercises, handbook."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import reading, said
from samsyn.hub.guard.refusals import Missing
from samsyn.hub.guidance.entries import THEMES, Exercise
from samsyn.hub.guidance.exercising import judge
from samsyn.hub.guidance.forms import AnswerForm, DayForm
from samsyn.hub.guidance.handbook import TITLE, handbook, handbook_pdf
from samsyn.hub.guidance.loading import Guidance, current_guidance
from samsyn.hub.guidance.paths import STEPS, path_of
from samsyn.hub.guidance.progress import forget, given_to, keep
from samsyn.kernel.faults import FieldError


def actor_in(request: HttpRequest) -> Actor:
    """Who asks; these pages are for everyone who has signed in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Everything there is: the steps of the work, situations, exercises, the handbook."""
    guidance, day = current_guidance(), actor_in(request).day
    steps = [(step, step.lines_on(day)) for step in guidance.steps.values()]
    situations = guidance.situations.entries
    context = {
        "steps": steps,
        "situations": situations,
        "exercises": guidance.exercises,
        "day": day,
    }
    return render(request, "guidance/overview.html", context)


@require_GET
def situation(request: HttpRequest, code: str) -> HttpResponse:
    """An everyday situation, one step at a time, on a day that one chooses."""
    guidance = current_guidance()
    found = next((one for one in guidance.situations.entries if one.code == code), None)
    if found is None:
        raise Missing
    day, form = _day(request, guidance)
    number = _step(request.GET.get("steg", "1"))
    context = {
        "path": path_of(guidance, found, day),
        "days": guidance.situations.days,
        "form": form,
        **_places(number),
    }
    return render(request, "guidance/situation.html", context, status=_status(form))


@require_GET
def exercises(request: HttpRequest) -> HttpResponse:
    """The exercises by what they train, with what one has done since signing in."""
    guidance = current_guidance()
    rows = [
        (one, given and judge(guidance, one, given).right, given is not None)
        for one in guidance.exercises.values()
        for given in [given_to(request, one)]
    ]
    themes = [
        (name, [row for row in rows if row[0].theme == code]) for code, name in THEMES.items()
    ]
    done = {"done": sum(row[2] for row in rows), "right": sum(bool(row[1]) for row in rows)}
    return render(request, "guidance/exercises.html", {"themes": themes, "all": len(rows), **done})


@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: HttpRequest, code: str) -> HttpResponse:
    """One exercise: the matter and the questions, or the answer beside the law's."""
    found = _exercise(code)
    if request.method == "POST":
        form = AnswerForm(request.POST, exercise=found)
        if form.is_valid():
            keep(request, found, form.given)
            return redirect("guidance:exercise", code)
        context = {**_matter(found), "form": form}
        return render(request, "guidance/exercise.html", context, status=422)
    given = given_to(request, found)
    context = {**_matter(found), "form": AnswerForm(exercise=found)}
    if given:
        context["judged"] = judge(current_guidance(), found, given)
    return render(request, "guidance/exercise.html", context)


@require_POST
def again(request: HttpRequest, code: str) -> HttpResponse:
    """Forget one's answer to an exercise, to try anew."""
    forget(request, _exercise(code))
    return redirect("guidance:exercise", code)


@require_POST
def from_start(request: HttpRequest) -> HttpResponse:
    """Forget all one's answers."""
    forget(request)
    return redirect("guidance:exercises")


@require_GET
def whole(request: HttpRequest) -> HttpResponse:
    """The handbook as one page, made for paper."""
    guidance = current_guidance()
    day, form = _day(request, guidance)
    context = {"book": handbook(guidance, day), "form": form, "title": TITLE}
    return render(request, "guidance/handbook.html", context, status=_status(form))


@require_GET
def whole_pdf(request: HttpRequest) -> HttpResponse:
    """The handbook as a PDF."""
    guidance = current_guidance()
    day, _ = _day(request, guidance)
    response = HttpResponse(handbook_pdf(guidance, day, reading()), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="metodstod-{day}.pdf"'
    return response


def _exercise(code: str) -> Exercise:
    found = current_guidance().exercises.get(code)
    if found is None:
        raise Missing
    return found


def _matter(exercise: Exercise) -> dict[str, Any]:
    """An exercise and the one after it."""
    every = list(current_guidance().exercises.values())
    place = every.index(exercise)
    following = every[place + 1] if place + 1 < len(every) else None
    return {
        "exercise": exercise,
        "theme": THEMES[exercise.theme],
        "day": date.fromisoformat(str(exercise.question["on"])),
        "number": place + 1,
        "all": len(every),
        "following": following,
    }


def _day(request: HttpRequest, guidance: Guidance) -> tuple[date, DayForm]:
    """The day that is asked for, else today; a day that cannot be is told in the form."""
    today = actor_in(request).day
    form = DayForm(request.GET if "dag" in request.GET else None, initial={"dag": today})
    if not (form.is_bound and form.is_valid()):
        return today, form
    day: date = form.cleaned_data["dag"]
    try:
        guidance.rulebook.epoch(day)
    except FieldError as error:
        form.add_error("dag", said(error.said))
        return today, form
    return day, form


def _status(form: DayForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _step(written: str) -> int:
    return min(max(int(written[:3]), 1), len(STEPS)) if written.isdecimal() else 1


def _places(number: int) -> dict[str, Any]:
    """Where in a path one is, and where one can go."""
    names = [(place, code, name) for place, (code, name) in enumerate(STEPS, start=1)]
    _, step, heading = names[number - 1]
    return {
        "names": names,
        "number": number,
        "step": step,
        "heading": heading,
        "before": number - 1,
        "after": number + 1 if number < len(names) else 0,
    }
