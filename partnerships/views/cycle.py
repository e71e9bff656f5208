"""Cycles: opened, closed, and kept as they ended."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from journal.edits import save_edit
from journal.steps import NotAllowed, Step, take
from partnerships import actions, rules
from partnerships.forms.cycle import CloseForm, CycleForm, EarlierCycleForm
from partnerships.models import Cycle, Partnership
from partnerships.views.parts import Crumbs, crumbs, cycles_url, form_page, is_done, must_edit, typed


def index(request: UserRequest, pk: int) -> HttpResponse:
    """All cycles of a partnership, latest first."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    cycles = list(partnership.cycles.latest_first())
    for cycle in cycles:
        cycle.partnership = partnership
    context = {
        "partnership": partnership,
        "rows": [(cycle, rules.TONE[cycle.status], rules.next_steps(request.user, cycle)) for cycle in cycles],
        "may_edit": rules.may_edit(request.user, partnership),
        "inside": rules.is_member(request.user, partnership),
        "main_is_open": any(c.status == Cycle.Status.OPEN and not c.municipality_id for c in cycles),
        "crumbs": crumbs(partnership, ("Omgångar", "")),
    }
    return render(request, "partnerships/cycle_list.html", context)


def create(request: UserRequest, pk: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    must_edit(request, partnership)
    form = CycleForm(typed(request), partnership=partnership, user=request.user)
    if is_done(form, lambda said: actions.open_cycle(partnership, by=request.user, **said)):
        messages.success(request, f"{form.cleaned_data['name']} är öppen.")
        return redirect(cycles_url(partnership))
    lede = (
        "En gemensam omgång är öppen åt gången. En kommun kan ha en egen bredvid den gemensamma. "
        "Tidigare omgångar rörs inte."
    )
    return form_page(request, form, "Öppna en omgång", "Öppna omgången", _above(partnership), lede=lede)


def keep(request: UserRequest, pk: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    must_edit(request, partnership)
    form = EarlierCycleForm(typed(request), partnership=partnership, user=request.user)
    if is_done(form, lambda said: actions.keep_earlier_cycle(partnership, by=request.user, **said)):
        return redirect(cycles_url(partnership))
    lede = "En omgång som var slut innan ni började använda Samverkan. Den läggs in som avslutad."
    return form_page(request, form, "Lägg in en tidigare omgång", "Lägg in", _above(partnership), lede=lede)


def edit(request: UserRequest, pk: int) -> HttpResponse:
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("partnership"), pk=pk)
    if not rules.may_edit_cycle(request.user, cycle):
        raise PermissionDenied
    title = f"Ändra {cycle}"
    form = CycleForm(typed(request), instance=cycle, partnership=cycle.partnership, user=request.user)
    if form.is_valid() and save_edit(form, by=request.user, label="Omgång ändrad"):
        return redirect(cycles_url(cycle.partnership))
    return form_page(request, form, title, "Spara", _above(cycle.partnership))


def step(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Close or cancel, with the day and the reason."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("partnership"), pk=pk)
    if not rules.may(request.user, step, cycle):
        raise PermissionDenied
    if cycle.status not in step.old:
        raise NotAllowed(step, cycle)
    form = CloseForm(typed(request), cycle=cycle)
    if form.is_valid():
        day, reason = form.cleaned_data["closed_on"], form.cleaned_data["reason"]
        take(step, cycle, by=request.user, note=reason, closed_on=day, closed_reason=reason)
        messages.success(request, f"{cycle}: {cycle.get_status_display().lower()}.")
        return redirect(cycles_url(cycle.partnership))
    title = f"{step.label}: {cycle}"
    return form_page(request, form, title, step.label, _above(cycle.partnership), warning=step.warning)


def _above(partnership: Partnership) -> Crumbs:
    return crumbs(partnership, ("Omgångar", cycles_url(partnership)))
