"""Doors to a measure's parts and to those who take part in it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements import actions, rules
from agreements.forms import PartForm, ParticipantForm
from agreements.models import Measure, Part, Participant
from agreements.views.common import asked_measure, posted
from journal.edits import RecordForm
from journal.steps import NotAllowed


def part_add(request: UserRequest, pk: int) -> HttpResponse:
    """One more part or occasion."""
    measure = _kept(request, pk)
    return _save(request, measure, PartForm(posted(request), measure=measure), "Moment", "Nytt moment")


def part_edit(request: UserRequest, pk: int) -> HttpResponse:
    part = _part(request, pk)
    measure = _kept(request, part.measure_id)
    return _save(
        request, measure, PartForm(posted(request), instance=part, measure=measure), "Moment", "Ändra momentet"
    )


@require_POST
def part_tick(request: UserRequest, pk: int, done: bool) -> HttpResponse:
    """One press says that it is done, one more that it is not."""
    part = _part(request, pk)
    measure = asked_measure(request, part.measure_id)
    if not rules.writes_log(request.user, measure):
        raise PermissionDenied
    if not rules.may_tick(request.user, measure):
        raise NotAllowed(rules.RESUME, measure)
    actions.tick(part, by=request.user, done=done)
    return redirect(f"{measure.get_absolute_url()}#moment")


@require_POST
def part_remove(request: UserRequest, pk: int) -> HttpResponse:
    part = _part(request, pk)
    measure = _kept(request, part.measure_id)
    actions.remove_part(part, by=request.user)
    messages.success(request, "Momentet är borttaget.")
    return redirect(f"{measure.get_absolute_url()}#moment")


def participant_add(request: UserRequest, pk: int) -> HttpResponse:
    """One more function that takes part."""
    measure = _kept(request, pk)
    form = ParticipantForm(posted(request), measure=measure)
    return _save(request, measure, form, "Medverkande", "Ny medverkande")


def participant_edit(request: UserRequest, pk: int) -> HttpResponse:
    participant = _participant(request, pk)
    measure = _kept(request, participant.measure_id)
    form = ParticipantForm(posted(request), instance=participant, measure=measure)
    return _save(request, measure, form, "Medverkande", "Ändra medverkan")


@require_POST
def participant_end(request: UserRequest, pk: int) -> HttpResponse:
    participant = _participant(request, pk)
    measure = _kept(request, participant.measure_id)
    actions.end_participant(participant, by=request.user)
    messages.success(request, "Medverkan är avslutad. I dag är sista dagen.")
    return redirect(f"{measure.get_absolute_url()}#medverkande")


def _kept(request: UserRequest, pk: int) -> Measure:
    """The measure, if the person keeps it and it has not ended."""
    measure = asked_measure(request, pk)
    if not rules.may_measure(request.user, measure):
        raise PermissionDenied
    if request.method == "GET" and not measure.is_live:
        raise NotAllowed(rules.RESUME, measure)
    return measure


def _part(request: UserRequest, pk: int) -> Part:
    visible = Measure.objects.visible_to(request.user)
    return get_object_or_404(Part.objects.filter(measure__in=visible).select_related("measure"), pk=pk)


def _participant(request: UserRequest, pk: int) -> Participant:
    found = Participant.objects.visible_to(request.user).filter(seat__isnull=False)
    return get_object_or_404(found.select_related("measure", "seat"), pk=pk)


def _save(request: UserRequest, measure: Measure, form: RecordForm, what: str, heading: str) -> HttpResponse:
    if (
        request.method == "POST"
        and form.is_valid()
        and actions.save_of_measure(form, measure, by=request.user, what=what)
    ):
        messages.success(request, "Sparat.")
        return redirect(measure)
    return render(request, "agreements/measure_part.html", {"form": form, "measure": measure, "heading": heading})
