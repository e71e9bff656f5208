"""Partnerships and their parties."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest
from journal.edits import save_edit
from journal.models import Event
from lib.dates import today
from partnerships import actions, queries, rules
from partnerships.forms.partnership import LeaveForm, PartnershipForm, PartyAddForm, PartyForm, StartForm
from partnerships.models import Partnership, Party
from partnerships.views.parts import Crumbs, crumbs, form_page, is_done, must_edit, organisation_url, typed

PER_PAGE = 25
HISTORY_ROWS = 20


def index(request: UserRequest) -> HttpResponse:
    """The partnerships that the person sees, with what is open and vacant in each."""
    words = request.GET.get("sok", "").strip()
    found = Partnership.objects.visible_to(request.user).search(words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    rows = queries.partnership_rows(page.object_list, today())
    context = {"page": page, "rows": rows, "words": words, "may_start": rules.may_start(request.user)}
    return render(request, "partnerships/partnership_list.html", context)


def create(request: UserRequest) -> HttpResponse:
    if not rules.may_start(request.user):
        raise PermissionDenied
    form, day = StartForm(typed(request), user=request.user, day=today()), today()
    made: list[Partnership] = []
    if is_done(form, lambda said: made.append(actions.start(by=request.user, day=day, **said))):
        return redirect(organisation_url(made[0]))
    lede = (
        "Parterna, deras vanliga funktioner, en styrgrupp och den första omgången skapas på en gång. "
        "Allt kan ändras efteråt. Alla parter ser genast samverkan och vem som lade till dem."
    )
    where = [("Samverkan", reverse("partnerships:index"))]
    return form_page(request, form, "Starta en samverkan", "Starta samverkan", where, lede=lede)


def edit(request: UserRequest, pk: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    must_edit(request, partnership)
    where = _above(partnership)  # asked before the form: afterwards the name is what was typed
    form = PartnershipForm(typed(request), instance=partnership)
    if form.is_valid() and save_edit(form, by=request.user, label="Samverkan ändrad"):
        return redirect(organisation_url(partnership))
    return form_page(request, form, "Ändra namn och område", "Spara", where)


def organisation(request: UserRequest, pk: int) -> HttpResponse:
    """Who cooperates, in which groups, and which functions stand empty."""
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    day, inside = today(), rules.is_member(request.user, partnership)
    seats = queries.seats_with_holders(partnership, day, names=inside)
    parties = list(partnership.parties.select_related("organisation"))
    for party in parties:
        party.partnership = partnership
    remaining = [party for party in parties if party.left is None or party.left >= day]
    groups = queries.groups_with_seats(partnership, day, seats)
    context = {
        "partnership": partnership,
        "crumbs": crumbs(partnership, ("Organisation", "")),
        "inside": inside,
        "may_edit": rules.may_edit(request.user, partnership),
        "may_leave": rules.may_end_for(request.user, remaining, day),
        "seats": seats,
        "vacant": [view for view in seats if view.is_vacant],
        "groups": groups,
        "parties": remaining,
        "cycles": partnership.cycles.open().latest_first(),
        "summary": queries.summary(remaining, groups, seats),
    }
    past = _past(partnership, parties, day) if inside else {}
    return render(request, "partnerships/partnership_organisation.html", context | past)


def _past(partnership: Partnership, parties: list[Party], day: dt.date) -> dict[str, Any]:
    """What only the parties themselves look back on."""
    return {
        "past_groups": partnership.groups.filter(ends__lt=day),
        "past_parties": [party for party in parties if party.left and party.left < day],
        "events": Event.objects.about(partnership, *parties)[:HISTORY_ROWS],
    }


def party_add(request: UserRequest, pk: int) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), pk=pk)
    must_edit(request, partnership)
    form = PartyAddForm(typed(request), partnership=partnership)
    if is_done(form, lambda said: actions.add_party(partnership, by=request.user, **said)):
        messages.success(request, f"{form.cleaned_data['organisation']} är tillagd som part.")
        return redirect(organisation_url(partnership))
    lede = (
        "Organisationens samordnare, undertecknare och läsare ser allt som är delat i samverkan "
        "från den dag du anger. Deras vanliga funktioner läggs till."
    )
    where = _above(partnership)
    return form_page(request, form, "Lägg till part", "Lägg till parten", where, lede=lede)


def party_edit(request: UserRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(_parties(request), pk=pk)
    if not rules.may_edit_party(request.user, party, today()):
        raise PermissionDenied
    form = PartyForm(typed(request), instance=party)
    if form.is_valid() and save_edit(form, by=request.user, label=f"Part ändrad: {party}"[:200]):
        rules.forget(request.user)
        return redirect(organisation_url(party.partnership))
    return form_page(request, form, f"Ändra {party}", "Spara", _above(party.partnership))


def party_leave(request: UserRequest, pk: int) -> HttpResponse:
    party = get_object_or_404(_parties(request), pk=pk)
    must_edit(request, party.partnership)
    if party.left is None and party.pk not in rules.may_end_for(request.user, [party], today()):
        raise PermissionDenied
    form = LeaveForm(typed(request))
    if is_done(form, lambda said: actions.let_leave(party, by=request.user, **said)):
        messages.success(request, f"Sista dagen är registrerad för {party}.")
        return redirect("partnerships:index")
    lede = (
        "Parten tas inte bort: allt den har gjort och undertecknat står kvar. "
        "Dess funktioner i samverkan upphör samma dag."
    )
    more = {"lede": lede, "tone": "danger"}
    return form_page(request, form, f"{party} lämnar", "Registrera sista dagen", _above(party.partnership), **more)


def _parties(request: UserRequest) -> QuerySet[Party]:
    return Party.objects.visible_to(request.user).select_related("partnership", "organisation")


def _above(partnership: Partnership) -> Crumbs:
    return crumbs(partnership, ("Organisation", organisation_url(partnership)))
