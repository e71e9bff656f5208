"""Doors to a document's way: approved by both sides, signed, published now or at a set time, closed, taken down."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from citizen_promises import actions, approving, content, rules
from citizen_promises import self_check as checks
from citizen_promises.forms import ChannelForm, ReadForm, ReasonForm, ScheduleForm, SignatureForm, WithdrawForm
from citizen_promises.models import Channel, PromiseDocument, Signature
from citizen_promises.views.common import as_shown, asked_document, enter
from lib import canonical
from lib.dates import today
from lib.swedish import moment

READ = "Jag har läst texten så som den visas och godkänner den för vår del."
FOR_ALL = "Jag har läst texten så som den visas och vill publicera den för alla."


def approve(request: UserRequest, pk: int) -> HttpResponse:
    """Exactly what everyone will read, what the self-check says, and the person's own yes to it."""
    document = asked_document(request, pk, rules.APPROVE)
    checksum = canonical.checksum(content.of(document))
    form = ReadForm(request.POST or None, checksum=checksum, label=READ)
    if request.method == "POST" and form.is_valid():
        actions.approve(document, by=request.user, checksum=form.cleaned_data["checksum"])
        return _told(request, document, "Texten är godkänd för er sida.")
    checked = checks.of(document, checks.with_grounds(document))
    context = {
        "form": form,
        "document": document,
        "shown": as_shown(document),
        "checked": checked,
        "advice": checks.advice(checked),
        "lacking": approving.lacking(document, checksum),
        "mine": rules.approvable(request.user, document, checksum),
    }
    return render(request, "citizen_promises/document_approve.html", context)


@require_POST
def back_to_draft(request: UserRequest, pk: int) -> HttpResponse:
    """Open the approved text for writing again."""
    document = asked_document(request, pk, rules.BACK_TO_DRAFT)
    actions.back_to_draft(document, by=request.user)
    return _told(request, document, "Texten går att ändra igen. Båda sidor behöver godkänna den på nytt.")


def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Ask once more, showing exactly what everyone will read; then publish, now or at a set time."""
    document = asked_document(request, pk, rules.PUBLISH)
    form = ReadForm(request.POST or None, checksum=document.checksum, label=FOR_ALL)
    if request.method == "POST" and form.is_valid():
        actions.publish(document, by=request.user, checksum=form.cleaned_data["checksum"])
        return _told(request, document, "Löftena är publicerade. Nu kan alla läsa dem.")
    return render(request, "citizen_promises/document_publish.html", _asked_to_publish(document) | {"form": form})


def _asked_to_publish(document: PromiseDocument) -> dict[str, Any]:
    live = checks.with_grounds(document)
    advice = [*rules.advice(document, live, today()), *checks.advice(checks.of(document, live))]
    return {"document": document, "shown": as_shown(document, live), "advice": advice}


def schedule(request: UserRequest, pk: int) -> HttpResponse:
    """Set the day and the time when everyone can read the approved text."""
    document = asked_document(request, pk, rules.SCHEDULE)
    form = ScheduleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.schedule(document, by=request.user, at=form.at)
        return _told(request, document, f"Löftena publiceras {moment(form.at)}.")
    context = {"form": form, "document": document, "advice": _asked_to_publish(document)["advice"]}
    return render(request, "citizen_promises/document_schedule.html", context)


@require_POST
def unschedule(request: UserRequest, pk: int) -> HttpResponse:
    """Take the set time back while it has not come."""
    document = asked_document(request, pk, rules.UNSCHEDULE)
    actions.unschedule(document, by=request.user)
    return _told(request, document, "Tiden är borttagen. Löftena publiceras inte av sig själva.")


def sign(request: UserRequest, pk: int) -> HttpResponse:
    """Who has signed the text for the party, by function and day."""
    document = asked_document(request, pk, rules.SIGN)
    parties = rules.signing_parties(request.user, document)
    form = SignatureForm(request.POST or None, checksum=document.checksum, parties=parties)
    if request.method == "POST" and form.is_valid():
        actions.sign(document, by=request.user, **form.signature)
        return _told(request, document, "Underskriften är registrerad.")
    context = {"form": form, "document": document, "shown": as_shown(document), "parties": parties}
    return render(request, "citizen_promises/document_sign.html", context)


def revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Take back the own party's signature before the text is published."""
    visible = PromiseDocument.objects.visible_to(request.user)
    related = ("document__partnership", "document__municipality", "party__organisation")
    signature = get_object_or_404(Signature.objects.filter(document__in=visible).select_related(*related), pk=pk)
    document = signature.document
    if signature.party not in rules.acting_parties(request.user, document):
        raise PermissionDenied
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.revoke_signature(signature, by=request.user, reason=form.cleaned_data["reason"])
        return _told(request, document, "Underskriften är återtagen.")
    says = ["Underskriften tas bort. Historiken visar att den fanns, och varför den togs tillbaka."]
    return _confirm(request, document, form, "Återta underskriften", says)


def announce(request: UserRequest, pk: int) -> HttpResponse:
    """Where and when the promises were made known, outside and inside."""
    document = asked_document(request, pk, rules.ANNOUNCE)
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.announce(form, document, by=request.user)
        return _told(request, document, "Kanalen är registrerad.")
    return render(request, "citizen_promises/document_announce.html", {"form": form, "document": document})


@require_POST
def channel_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take away a channel that was registered by mistake."""
    visible = PromiseDocument.objects.visible_to(request.user)
    related = ("document__partnership", "document__municipality")
    channel = get_object_or_404(Channel.objects.filter(document__in=visible).select_related(*related), pk=pk)
    enter(request, rules.ANNOUNCE, channel.document)
    actions.take_back_channel(channel, by=request.user)
    return _told(request, channel.document, "Kanalen är borttagen. Den finns kvar i historiken.")


def close(request: UserRequest, pk: int) -> HttpResponse:
    """Close the document when residents have been told how every promise went."""
    document = asked_document(request, pk, rules.CLOSE)
    lacking = rules.lacking_to_close(list(document.promises.all()))
    if request.method == "POST":
        actions.close(document, by=request.user)
        return _told(request, document, "Löftena är avslutade.")
    return render(request, "citizen_promises/document_close.html", {"document": document, "lacking": lacking})


def reopen(request: UserRequest, pk: int) -> HttpResponse:
    """Open a closed document, to correct what was told."""
    document = asked_document(request, pk, rules.REOPEN)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen(document, by=request.user, reason=form.cleaned_data["reason"])
        return _told(request, document, "Löftena är öppna igen.")
    says = ["Ni kan rätta utfall, bedömningar och återkoppling. Invånarna läser sidan hela tiden."]
    return _confirm(request, document, form, "Öppna igen", says)


def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for the reason that residents will read; then take the document down."""
    document = asked_document(request, pk, rules.WITHDRAW)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(document, by=request.user, reason=form.cleaned_data["reason"])
        return _told(request, document, "Löftena är avpublicerade.")
    return render(request, "citizen_promises/document_withdraw.html", {"form": form, "document": document})


@require_POST
def renew(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the next promises from these; the draft that is already begun, if there is one."""
    document = asked_document(request, pk, rules.RENEW)
    new = actions.renew(document, by=request.user)
    messages.success(request, "Här är utkastet till nästa löften. De nuvarande gäller tills de nya börjar gälla.")
    return redirect(new)


def _told(request: UserRequest, document: PromiseDocument, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(document)


def _confirm(request: UserRequest, document: PromiseDocument, form: Any, submit: str, says: list[str]) -> HttpResponse:
    context = {
        "heading": submit,
        "lede": str(document),
        "consequences": says,
        "form": form,
        "submit": submit,
        "cancel": document.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)
