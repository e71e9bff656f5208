"""Doors for outside actors to their measures, and for coordinators to who takes part from outside."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from accounts.models import Role
from agreements import actions, rules
from agreements.forms import ActorLogForm, AddActorForm, EndActorForm
from agreements.models import Participant, actor_in
from agreements.views.common import asked_measure, posted
from lib.dates import today


def actors(request: UserRequest, pk: int) -> HttpResponse:
    """Who takes part in a measure from outside, and another one."""
    measure = asked_measure(request, pk)
    if not rules.may_measure(request.user, measure):
        raise PermissionDenied
    form = AddActorForm(posted(request), measure=measure)
    sent = request.method == "POST" and measure.is_live and form.is_valid()
    if sent and actions.add_actor(form, measure, by=request.user):
        messages.success(request, f"{form.instance.organisation} medverkar i åtgärden.")
        return redirect("agreements:actors", measure.pk)
    context = {"measure": measure, "form": form if measure.is_live else None, "rows": rules.outside(measure, today())}
    return render(request, "agreements/actors.html", context)


def actor_end(request: UserRequest, pk: int) -> HttpResponse:
    """Asks for the last day and says what it means."""
    found = Participant.objects.visible_to(request.user).filter(organisation__isnull=False)
    taking_part = get_object_or_404(found.select_related("measure__partnership", "organisation"), pk=pk)
    if not rules.may_measure(request.user, taking_part.measure):
        raise PermissionDenied
    form = EndActorForm(posted(request), instance=taking_part)
    if request.method == "POST" and form.is_valid() and actions.end_actor(form, by=request.user):
        messages.success(request, "Medverkan är avslutad.")
        return redirect("agreements:actors", taking_part.measure_id)
    return render(request, "agreements/actor_end.html", {"taking_part": taking_part, "form": form})


def own(request: UserRequest) -> HttpResponse:
    """An actor's start page: the measures that its organisation takes part in, and nothing else."""
    if Role.ACTOR not in request.user.roles:
        raise PermissionDenied
    found = actor_in(request.user).select_related("measure", "organisation").order_by("measure__ends", "pk")
    return render(request, "agreements/own_list.html", {"rows": found})


def own_measure(request: UserRequest, pk: int) -> HttpResponse:
    """What an actor needs to do its part, what its organisation has written, and a line to add."""
    taking_part = _asked(request, pk)
    measure = taking_part.measure
    goes_on = measure.status in rules.LOGGED_IN
    form = ActorLogForm(posted(request), request.FILES or None, measure=measure, by=request.user)
    sent = request.method == "POST" and form.is_valid()
    if sent and actions.save_log(form, measure, by=request.user, participant=taking_part):
        messages.success(request, "Loggraden är sparad.")
        return redirect("agreements:own_measure", pk)
    lines = measure.log.filter(participant__organisation=taking_part.organisation_id).select_related("created_by")
    context = {
        "taking_part": taking_part,
        "measure": measure,
        "form": form if goes_on else None,
        "lines": lines.prefetch_related("files__attachment"),
        "done": lines.aggregate(sum=Sum("count"))["sum"] or 0,
        "parts": measure.parts.all(),
    }
    return render(request, "agreements/own_measure.html", context)


@require_POST
def own_tick(request: UserRequest, pk: int, part: int) -> HttpResponse:
    """A part of the measure is done, or it was not."""
    taking_part = _asked(request, pk)
    found = get_object_or_404(taking_part.measure.parts.select_related("measure"), pk=part)
    if not actions.tick(found, by=request.user, done=request.POST.get("gjort") == "1"):
        messages.error(request, "Momentet kunde inte ändras. Så här ser det ut nu.")
    return redirect("agreements:own_measure", pk)


def _asked(request: UserRequest, pk: int) -> Participant:
    """The organisation's part in a measure: by its own number, so that no address names a measure."""
    found = actor_in(request.user).select_related("measure__responsible__organisation", "organisation")
    return get_object_or_404(found, pk=pk)
