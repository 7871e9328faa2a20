"""How does a view show a form, show it again with its faults, or do its act and lead on?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from samsyn.hub.cases.once import done_before, remember
from samsyn.hub.guard.actor import Actor
from samsyn.hub.guard.language import said
from samsyn.hub.guard.refusals import Conflict, Invalid, Missing
from samsyn.kernel.text import Text


def actor_in(request: HttpRequest) -> Actor:
    """Who asks, in the case entered.

    Raises:
        Missing: if nobody is signed in.
    """
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise Missing
    return actor


class ActForm(forms.Form):
    """A form that does one act, once, however often it is sent.

    Fields that are not named here or in the form are never read: what decides access (agency,
    owner, state, matter) cannot be written by sending it.
    """

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    heading: Text
    button: Text
    act = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid4

    def values(self) -> dict[str, Any]:
        """What was filled in, without the token."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}


def answer(
    request: HttpRequest,
    form: ActForm,
    do: Callable[[dict[str, Any]], Any],
    *,
    then: Callable[[Any], str],
    template: str = "cases/form.html",
    context: Mapping[str, Any] | None = None,
    notice: Text | None = None,
) -> HttpResponse:
    """The form; or its act done and the page it leads to.

    Args:
        request: the request; its actor acts.
        form: bound when it was sent.
        do: the act, with what was filled in; what it gives goes to ``then``.
        then: the address to lead to.
        template, context: the page that shows the form.
        notice: what the next page says was done.
    """
    actor = actor_in(request)
    if form.is_bound and form.is_valid():
        token = form.cleaned_data.get("once")
        if before := done_before(actor, token):
            return redirect(before)
        try:
            with transaction.atomic():
                address = then(do(form.values()))
                remember(actor, token, form.act, address)
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, said(error.said))
        except Conflict as error:
            form.add_error(None, said(error.said))
            if error.next_step:
                form.add_error(None, said(error.next_step))
        else:
            if notice:
                messages.success(request, said(notice))
            return redirect(address)
    return render(request, template, {"form": form, **(context or {})})


def sent(request: HttpRequest) -> Any:
    """What a form was sent with; None when it is only shown."""
    return request.POST if request.method == "POST" else None
