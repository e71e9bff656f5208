"""Doors to agreements: lists, the text, and the steps that move it."""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest
from agreements import actions, content, rules
from agreements.forms import AgreementForm, StepForm, TerminationForm
from agreements.models import Agreement, AgreementFile, AgreementQuerySet, Measure
from agreements.queries import with_common
from agreements.views import showing
from agreements.views.common import PER_PAGE, asked_agreement, asked_partnership, confirm, list_of, posted
from agreements.wording import following, revising
from journal.models import Event
from journal.steps import NotAllowed, Step
from lib.dates import today
from partnerships.queries import open_cycle
from partnerships.rules import is_member

SAID = {
    "propose": "Texten är låst. Nu kan varje part registrera sin underskrift.",
    "withdraw": "Överenskommelsen är ett utkast igen.",
    "end_referral": "Remissen är avslutad. Besvara synpunkterna och skriv vidare.",
}


def index(request: UserRequest) -> HttpResponse:
    """The agreements that the person may see, of one partnership or of all."""
    found = Agreement.objects.visible_to(request.user).without_texts().with_successor()
    context: dict[str, Any] = {}
    if "samverkan" in request.GET:
        partnership = asked_partnership(request)
        found = found.filter(partnership=partnership)
        context["partnership"] = partnership
        context["may_create"] = rules.may_create(request.user, partnership)
        context["is_member"] = is_member(request.user, partnership)
    # A local part stands under its common agreement, so that the two are counted as one.
    whole = found.exclude(kind=Agreement.Kind.LOCAL, parent__in=found.values("pk"))
    ordered = whole.select_related("partnership", "municipality").order_by("partnership__name", "-starts", "-pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("sida"))
    context |= {"page": page, "rows": _rows(page, found)}
    return render(request, "agreements/agreement_list.html", context)


def _rows(
    page: Page[Agreement], found: AgreementQuerySet
) -> list[tuple[Agreement, str, str, dt.date | None, dt.date | None, list[Any]]]:
    """The page's agreements with their state, the day to confer by when it has come, their end, and local parts."""
    day = today()
    under: dict[int | None, list[Any]] = defaultdict(list)
    local = found.filter(kind=Agreement.Kind.LOCAL, parent__in=[agreement.pk for agreement in page])
    parts = list(local.select_related("municipality").order_by("municipality__sort_order", "-starts"))
    shown = with_common([*page, *parts])
    for part in parts:
        under[part.parent_id].append((part, *part.state(day), part.shown_end(day)))
    return [
        (one, *one.state(day), rules.confer_by(one, day), one.shown_end(day), under[one.pk])
        for one in shown[: len(page)]
    ]


def create(request: UserRequest) -> HttpResponse:
    """A new draft; the period that most agreements follow is filled in."""
    partnership = asked_partnership(request)
    if not rules.may_create(request.user, partnership):
        raise PermissionDenied
    parties = partnership.parties.current(today())
    start = {"title": f"Samverkansöverenskommelse, {partnership}", "parties": parties, **rules.usual_period(today())}
    form = AgreementForm(posted(request), initial=start, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        cycle = open_cycle(partnership, form.cleaned_data["municipality"])
        if actions.save_draft(form, by=request.user, partnership=partnership, cycle=cycle):
            messages.success(request, "Utkastet är sparat.")
            return redirect(form.instance)
    context = {"form": form, "partnership": partnership, "cancel": list_of(partnership)}
    return render(request, "agreements/agreement_form.html", context)


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The text (frozen once it has been sent for signing), who has signed, how long it applies."""
    agreement = asked_agreement(request, pk)
    member = is_member(request.user, agreement.partnership)
    day = today()
    signatures = list(agreement.signatures.select_related("party__organisation"))
    writes = agreement.status == rules.DRAFT and rules.may_edit(request.user, agreement)
    context = {
        "agreement": agreement,
        "content": (shown := content.shown(agreement)),
        "following": following(shown),
        "revising": revising(shown),
        "intact": content.is_intact(agreement),
        "state": agreement.state(day),
        "is_member": member,
        "signatures": signatures,
        "signing": _signing(agreement, signatures),
        "revocable": [one.pk for one in signatures if rules.may_revoke(request.user, one)],
        "missing_pair": rules.missing_pair(signatures) if member and signatures else [],
        **_next(request, agreement, writes, member),
    }
    context |= _beside(request, agreement, context)
    return render(request, "agreements/agreement_detail.html", context)


def _beside(request: UserRequest, agreement: Agreement, shown: dict[str, Any]) -> dict[str, Any]:
    """The draft's contents, the common text above a local part, local parts below, and what is done with it."""
    user, day = request.user, today()
    prefetch_related_objects([agreement], "decisions__party__organisation")
    found = {
        **showing.drafting(user, agreement),
        **showing.common(user, agreement),
        **showing.divided(user, agreement, day),
        **showing.kept(user, agreement, day),
        "may_annex": rules.may_annex(user, agreement),
        "may_attach_original": rules.may_attach_original(user, agreement),
        "originals": AgreementFile.objects.visible_to(user)
        .filter(agreement=agreement, kind="signed")
        .select_related("attachment"),
    }
    return {**found, "doings": showing.doings(user, agreement, day, shown | found)}


def _next(request: UserRequest, agreement: Agreement, writes: bool, member: bool) -> dict[str, Any]:
    """What the person may do now, and what lies beside the text. Outsiders get the text and the dates only."""
    measures = Measure.objects.visible_to(request.user).filter(agreement=agreement).with_count()
    return {
        "writes": writes,
        "may_sign": rules.may_sign(request.user, agreement),
        "steps": rules.next_steps(request.user, agreement),
        "missing": (missing := rules.missing_for_propose(agreement) if writes else []),
        "quiet": bool(missing) or rules.may_sign(request.user, agreement) or agreement.is_signed,
        "measures": measures.select_related("problem", "responsible__organisation"),
        "newer": Agreement.objects.visible_to(request.user).without_texts().filter(replaces=agreement),
        "events": Event.objects.about(agreement) if member else Event.objects.none(),
    }


def _signing(agreement: Agreement, signatures: list[Any]) -> list[tuple[dict[str, Any], Any]]:
    """Each party of the frozen text with its signature, or None."""
    given = {signature.party_id: signature for signature in signatures}
    return [(party, given.get(party["id"])) for party in rules.parties_asked(agreement)]


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """The long form, section by section, while the agreement is a draft."""
    agreement = asked_agreement(request, pk)
    if not rules.may_edit(request.user, agreement):
        raise PermissionDenied
    if request.method == "GET" and agreement.status != rules.DRAFT:
        raise NotAllowed(rules.WITHDRAW, agreement)
    form = AgreementForm(posted(request), instance=agreement, partnership=agreement.partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and actions.save_draft(form, by=request.user):
        messages.success(request, "Överenskommelsen är sparad.")
        return redirect(agreement)
    context = {"form": form, "agreement": agreement, "cancel": agreement.get_absolute_url()}
    return render(request, "agreements/agreement_form.html", context | {"partnership": agreement.partnership})


def step(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Send for signing, or take back: a page that says what will happen, then the button."""
    agreement = asked_agreement(request, pk)
    if not rules.may(request.user, step, agreement):
        raise PermissionDenied
    if request.method == "GET" and not rules.is_open(step, agreement):
        raise NotAllowed(step, agreement)
    if request.method == "POST":
        getattr(actions, step.verb)(agreement, by=request.user)
        messages.success(request, SAID[step.verb])
        return redirect(agreement)
    advice = []
    if step == rules.PROPOSE:
        actions.refuse_incomplete(agreement)
        advice = rules.advice_for_propose(agreement, today())
    return confirm(request, step, StepForm(step=step), agreement, warning=" ".join([step.warning, *advice]))


def terminate(request: UserRequest, pk: int) -> HttpResponse:
    """End a signed agreement on a day, with the reason."""
    agreement = asked_agreement(request, pk)
    if not rules.may(request.user, rules.TERMINATE, agreement):
        raise PermissionDenied
    if request.method == "GET" and not rules.is_open(rules.TERMINATE, agreement):
        raise NotAllowed(rules.TERMINATE, agreement)
    form = TerminationForm(posted(request), agreement=agreement)
    if request.method == "POST" and form.is_valid():
        actions.terminate(agreement, by=request.user, **form.cleaned_data)
        messages.success(request, "Överenskommelsen är uppsagd.")
        return redirect(agreement)
    return confirm(request, rules.TERMINATE, form, agreement, tone="danger")
