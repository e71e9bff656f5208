"""Groups, functions and their holders."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from journal.edits import save_edit, save_new
from journal.models import Event
from lib.dates import today
from partnerships import actions, queries, rules
from partnerships.forms.seat import GroupForm, HoldingForm, LastDayForm, SeatForm
from partnerships.models import Group, Holding, Partnership, Seat
from partnerships.views.parts import Crumbs, crumbs, form_page, is_done, must_edit, organisation_url, typed


def group_create(request: UserRequest, pk: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    must_edit(request, partnership)
    form = GroupForm(typed(request), partnership=partnership)
    if form.is_valid():
        save_new(form, by=request.user, partnership=partnership, label="Grupp skapad")
        return redirect(organisation_url(partnership))
    return form_page(request, form, "Ny grupp", "Skapa gruppen", _above(partnership))


def group_edit(request: UserRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(Group.objects.visible_to(request.user).select_related("partnership"), pk=pk)
    must_edit(request, group.partnership)
    title = f"Ändra {group}"
    form = GroupForm(typed(request), instance=group, partnership=group.partnership)
    if form.is_valid() and save_edit(form, by=request.user, label="Grupp ändrad"):
        return redirect(group)
    return form_page(request, form, title, "Spara", _above(group.partnership))


def seat(request: UserRequest, pk: int) -> HttpResponse:
    """One function: who has it, who had it, and what can be done now. Names are for the parties only."""
    seat = get_object_or_404(Seat.objects.of(request.user).select_related(*SEAT_KEYS), pk=pk)
    holdings = list(seat.holdings.select_related("user", "seat__organisation"))
    may_edit = rules.may_edit(request.user, seat.partnership)
    context = {
        "seat": seat,
        "view": queries.seat_on(seat, today()),
        "holdings": holdings,
        "groups": seat.groups.existing(today()),
        "may_edit": may_edit,
        "corrects": [h.pk for h in holdings if may_edit and rules.may_correct(request.user, h)],
        "crumbs": [*_above(seat.partnership), (str(seat), "")],
        "events": Event.objects.about(seat, *holdings),
    }
    return render(request, "partnerships/seat_detail.html", context)


def handover(request: UserRequest, pk: int) -> HttpResponse:
    """What the next holder needs to know, as far as this room knows it."""
    seat = get_object_or_404(Seat.objects.of(request.user).select_related(*SEAT_KEYS), pk=pk)
    day = today()
    everybody = queries.seats_with_holders(seat.partnership, day, seat.municipality)
    context = {
        "seat": seat,
        "day": day,
        "view": queries.seat_on(seat, day),
        "holdings": seat.holdings.all(),
        "groups": seat.groups.existing(day),
        "others": [view for view in everybody if view.seat != seat],
        "parties": seat.partnership.parties.current(day).select_related("organisation"),
        "cycles": seat.partnership.cycles.open().latest_first(),
        "events": Event.objects.about(seat.partnership)[:10],
        "crumbs": [*_above(seat.partnership), (str(seat), seat.get_absolute_url()), ("Överlämning", "")],
    }
    return render(request, "partnerships/seat_handover.html", context)


def seat_create(request: UserRequest, pk: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    must_edit(request, partnership)
    form = SeatForm(typed(request), partnership=partnership)
    if form.is_valid():
        seat = save_new(form, by=request.user, partnership=partnership, label="Funktion skapad")
        return redirect(seat)
    lede = "Funktionen finns kvar när innehavaren slutar, så att det syns att den är vakant."
    return form_page(request, form, "Ny funktion", "Skapa funktionen", _above(partnership), lede=lede)


def seat_edit(request: UserRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(_seats(request), pk=pk)
    must_edit(request, seat.partnership)
    title, where = f"Ändra funktionen {seat}", _above(seat)
    form = SeatForm(typed(request), instance=seat, partnership=seat.partnership)
    if form.is_valid() and save_edit(form, by=request.user, label="Funktion ändrad"):
        return redirect(seat)
    return form_page(request, form, title, "Spara", where)


def seat_end(request: UserRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(_seats(request), pk=pk)
    must_edit(request, seat.partnership)
    form = LastDayForm(typed(request))
    if is_done(form, lambda said: actions.end_seat(seat, by=request.user, **said)):
        messages.success(request, f"{seat} upphör. Den står kvar i historiken.")
        return redirect(seat)
    lede = "Använd det här när funktionen inte ska finnas längre. Den som har den slutar samma dag."
    title = f"{seat} upphör"
    return form_page(request, form, title, "Låt funktionen upphöra", _above(seat), lede=lede, tone="danger")


def fill(request: UserRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(_seats(request), pk=pk)
    must_edit(request, seat.partnership)
    form = HoldingForm(typed(request), instance=Holding(seat=seat), by=request.user)
    if is_done(form, lambda said: actions.fill(seat, by=request.user, **said)):
        messages.success(request, f"{form.cleaned_data['name']} är införd som {seat}.")
        return redirect(seat)
    lede = "Du kan också föra in den som hade funktionen tidigare: fyll då i både första och sista dagen."
    return form_page(request, form, f"Tillsätt: {seat}", "Tillsätt", _above(seat), lede=lede)


def replace(request: UserRequest, pk: int) -> HttpResponse:
    holding = get_object_or_404(_holdings(request), pk=pk)
    seat = holding.seat
    must_edit(request, seat.partnership)
    form = HoldingForm(typed(request), instance=Holding(seat=seat), by=request.user)
    if is_done(form, lambda said: actions.replace(holding, by=request.user, **said)):
        messages.success(request, f"{form.cleaned_data['name']} tar över efter {holding}.")
        return redirect(seat)
    lede = f"{holding} slutar dagen före den nyas första dag. Funktionen blir inte vakant."
    return form_page(request, form, f"Ny innehavare: {seat}", "Byt innehavare", _above(seat), lede=lede)


def vacate(request: UserRequest, pk: int) -> HttpResponse:
    holding = get_object_or_404(_holdings(request), pk=pk)
    seat = holding.seat
    must_edit(request, seat.partnership)
    form = LastDayForm(typed(request))
    if is_done(form, lambda said: actions.vacate(holding, by=request.user, **said)):
        return redirect(seat)
    lede = "Funktionen är vakant från dagen efter, tills någon tillsätts."
    return form_page(request, form, f"{holding} slutar", "Registrera sista dagen", _above(seat), lede=lede)


def holding_edit(request: UserRequest, pk: int) -> HttpResponse:
    holding = get_object_or_404(_holdings(request), pk=pk)
    must_edit(request, holding.seat.partnership)
    if not rules.may_correct(request.user, holding):
        raise PermissionDenied
    title, where = f"Rätta uppgifter om {holding}", _above(holding.seat)
    form = HoldingForm(typed(request), instance=holding, by=request.user)
    if is_done(form, lambda said: actions.correct(form, by=request.user)):
        return redirect(holding.seat)
    return form_page(request, form, title, "Spara", where)


SEAT_KEYS = ("partnership", "organisation", "municipality")


def _seats(request: UserRequest) -> QuerySet[Seat]:
    return Seat.objects.visible_to(request.user).select_related(*SEAT_KEYS)


def _holdings(request: UserRequest) -> QuerySet[Holding]:
    keys = [f"seat__{key}" for key in SEAT_KEYS]
    return Holding.objects.visible_to(request.user).select_related("seat", *keys)


def _above(obj: Partnership | Seat) -> Crumbs:
    """The crumbs down to a partnership's organisation, or to one of its functions."""
    if isinstance(obj, Seat):
        return [*_above(obj.partnership), (str(obj), obj.get_absolute_url())]
    return crumbs(obj, ("Organisation", organisation_url(obj)))
