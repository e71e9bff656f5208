"""Doors to what happens beside a signed text: decisions, prolongation, who joins and leaves."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from agreements import actions, rules
from agreements.forms import AdherenceForm, ConsentForm, DecisionForm, ProlongationForm, PublicationForm, StepForm
from agreements.models import Agreement, Prolongation
from agreements.queries import bound_parties
from agreements.views.common import asked_agreement, posted
from agreements.wording import CONSEQUENCES, SEEN_BY
from journal.steps import NotAllowed, Refused
from lib.dates import today
from partnerships.models import Party

NOT_NOW = "Det går inte i det läge som överenskommelsen har nu."
NONE_LEFT = "Din part kan inte göra det nu: det är redan gjort, eller så berörs den inte."


def decide(request: UserRequest, pk: int) -> HttpResponse:
    """Register that a party's board or chief has decided on the frozen text."""
    agreement = asked_agreement(request, pk)
    if not rules.acting_parties(request.user, agreement):
        raise PermissionDenied
    parties = rules.deciding_parties(request.user, agreement)
    if not parties:
        raise Refused(rules.SIGN, agreement, NONE_LEFT)
    form = DecisionForm(posted(request), agreement=agreement, parties=parties)
    if (
        request.method == "POST"
        and form.is_valid()
        and actions.decide(form, agreement, checksum=form.cleaned_data["checksum"], by=request.user)
    ):
        messages.success(request, "Beslutet är registrerat.")
        return redirect(agreement)
    return _ask(request, agreement, "register_decision", "Registrera partens beslut", form, "Registrera beslutet")


def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Register that the signed agreement has been made public."""
    agreement = asked_agreement(request, pk)
    if not rules.may_edit(request.user, agreement):
        raise PermissionDenied
    if not rules.may_publish(request.user, agreement):
        raise Refused(rules.SIGN, agreement, NOT_NOW)
    form = PublicationForm(posted(request), agreement=agreement)
    if (
        request.method == "POST"
        and form.is_valid()
        and actions.publish(form, agreement, checksum=form.cleaned_data["checksum"], by=request.user)
    ):
        messages.success(request, "Publiceringen är registrerad.")
        return redirect(agreement)
    return _ask(request, agreement, "register_publication", "Registrera publicering", form, "Registrera publiceringen")


def prolong(request: UserRequest, pk: int) -> HttpResponse:
    """Propose a later last day, which every main party then has to consent to."""
    agreement = asked_agreement(request, pk)
    if not rules.bound_acting(request.user, agreement, today()):
        raise PermissionDenied
    if request.method == "GET" and not rules.may_prolong(request.user, agreement, today()):
        raise Refused(rules.AGREE, agreement, NOT_NOW)
    form = ProlongationForm(posted(request))
    if request.method == "POST" and form.is_valid() and actions.prolong(form, agreement, day=today(), by=request.user):
        messages.success(request, "Förlängningen är föreslagen. Varje huvudpart registrerar sitt samtycke.")
        return redirect(agreement)
    return _ask(request, agreement, "prolong", "Föreslå förlängning", form, "Föreslå förlängningen")


def consent(request: UserRequest, pk: int) -> HttpResponse:
    """A party's yes to a proposed prolongation."""
    prolongation, agreement = _prolongation(request, pk)
    own = rules.own_parties(request.user, agreement)
    if not own:
        raise PermissionDenied
    waited = actions.still_to_consent(prolongation, today())
    parties = [party for party in own if party in waited]
    if request.method == "GET" and (not parties or prolongation.status != Prolongation.Status.PROPOSED):
        raise Refused(rules.AGREE, agreement, NONE_LEFT)
    form = ConsentForm(posted(request), agreement=agreement, parties=parties)
    if request.method == "POST" and form.is_valid():
        actions.consent(prolongation, by=request.user, day=today(), **form.cleaned_data)
        messages.success(request, "Samtycket är registrerat.")
        return redirect(agreement)
    return _ask(request, agreement, "consent", rules.AGREE.label, form, "Registrera samtycket", lede=str(prolongation))


def drop(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a proposed prolongation."""
    prolongation, agreement = _prolongation(request, pk)
    if not rules.bound_acting(request.user, agreement, today()):
        raise PermissionDenied
    if request.method == "GET" and prolongation.status not in rules.DROP_PROLONGATION.old:
        raise NotAllowed(rules.DROP_PROLONGATION, agreement)
    form = StepForm(posted(request), step=rules.DROP_PROLONGATION)
    if request.method == "POST" and form.is_valid():
        actions.drop_prolongation(prolongation, by=request.user, **form.cleaned_data)
        return redirect(agreement)
    return _ask(
        request,
        agreement,
        "drop_prolongation",
        rules.DROP_PROLONGATION.label,
        form,
        rules.DROP_PROLONGATION.label,
        lede=str(prolongation),
    )


def _prolongation(request: UserRequest, pk: int) -> tuple[Prolongation, Agreement]:
    visible = Agreement.objects.visible_to(request.user)
    found = Prolongation.objects.filter(agreement__in=visible).select_related("agreement__partnership")
    prolongation = get_object_or_404(found, pk=pk)
    return prolongation, prolongation.agreement


def adhere(request: UserRequest, pk: int, verb: str) -> HttpResponse:
    """A party joins the signed common agreement, or leaves it while the others go on."""
    agreement = asked_agreement(request, pk)
    if not rules.own_parties(request.user, agreement):
        raise PermissionDenied
    if agreement.municipality_id is not None:  # a local part is its own municipality's
        raise Refused(rules.SIGN, agreement, NOT_NOW)
    parties = _adhering(request, agreement, verb)
    if request.method == "GET" and (not parties or not rules.holds(agreement, today())):
        raise Refused(rules.SIGN, agreement, NONE_LEFT)
    form = AdherenceForm(posted(request), agreement=agreement, parties=parties, leaves=verb == "leave")
    if (
        request.method == "POST"
        and form.is_valid()
        and getattr(actions, verb)(form, agreement, checksum=form.cleaned_data["checksum"], by=request.user)
    ):
        messages.success(request, "Anslutningen är registrerad." if verb == "join" else "Utträdet är registrerat.")
        return redirect(agreement)
    heading = "Anslut er till överenskommelsen" if verb == "join" else "Lämna överenskommelsen"
    return _ask(request, agreement, verb, heading, form, heading)


def _adhering(request: UserRequest, agreement: Agreement, verb: str) -> list[Party]:
    bound = bound_parties([agreement], today())[agreement.pk]
    own = rules.own_parties(request.user, agreement)
    return [party for party in own if (party.pk in bound) == (verb == "leave")]


def _ask(
    request: UserRequest, agreement: Agreement, verb: str, heading: str, form: Any, submit: str, lede: str = ""
) -> HttpResponse:
    """The page before the act: what will happen, who will see it, and the form."""
    context = {
        "heading": heading,
        "lede": f"{lede}, {agreement}" if lede else str(agreement),
        "consequences": CONSEQUENCES.get(verb),
        "seen_by": SEEN_BY.get(verb),
        "form": form,
        "submit": submit,
        "cancel": agreement.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)
