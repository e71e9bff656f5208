"""Doors to promises: written in a draft, then accounted for before everyone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from citizen_promises import actions, queries, rules
from citizen_promises import self_check as checks
from citizen_promises.forms import FeedbackForm, OutcomeForm, PromiseForm, SelfCheckForm, SettleForm
from citizen_promises.models import Outcome, Promise, PromiseDocument
from citizen_promises.views.common import asked_document, asked_promise
from lib.addresses import number_in
from lib.dates import today

TOLD = "Sparat. Invånarna ser det nu."
FASTER = (
    "Någon annan svarade samtidigt som du. Inget har skrivits över. Dina svar står kvar; spara igen om de ska gälla."
)


def promise_create(request: UserRequest, pk: int) -> HttpResponse:
    """Add a promise to a draft, begun from a measure where the address names one."""
    document = asked_document(request, pk, rules.WRITE)
    measure = queries.measures_to_promise(document).filter(pk=number_in(request, "atgard")).first()
    begun = queries.promise_from(measure) if measure else None
    form = PromiseForm(request.POST or None, initial=begun, document=document, user=request.user)
    if request.method == "POST" and form.is_valid() and actions.save_promise(form, document, by=request.user):
        messages.success(request, "Löftet är tillagt.")
        return redirect(document)
    return render(request, "citizen_promises/promise_create.html", {"form": form, "document": document})


def promise_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a promise of a draft."""
    promise = asked_promise(request, pk, rules.WRITE)
    document = promise.document
    form = PromiseForm(request.POST or None, instance=promise, document=document, user=request.user)
    if request.method == "POST" and form.is_valid() and actions.save_promise(form, document, by=request.user):
        messages.success(request, "Löftet är sparat.")
        return redirect(document)
    context = {"form": form, "document": document, "promise": promise}
    return render(request, "citizen_promises/promise_edit.html", context)


@require_POST
def promise_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a promise out of a draft."""
    promise = asked_promise(request, pk, rules.WRITE)
    actions.remove_promise(promise, by=request.user)
    messages.success(request, "Löftet är borttaget ur utkastet. Texten finns kvar i historiken.")
    return redirect(promise.document)


def self_check(request: UserRequest, pk: int) -> HttpResponse:
    """The twelve questions about a promise of a draft, with what the system sees by itself."""
    promise = asked_promise(request, pk, rules.WRITE)
    document = promise.document
    checked = {one.promise.pk: one for one in checks.of(document, checks.with_grounds(document))}[promise.pk]
    seen = checks.seen_of(promise.answers.all())
    form = SelfCheckForm(request.POST or None, lines=checked.lines, seen=seen)
    if request.method == "POST" and form.is_valid():
        if actions.save_self_check(promise, form.answers, by=request.user, seen=form.cleaned_data["seen"]):
            messages.success(request, "Egenkontrollen är sparad.")
            return redirect(promise)
        form.add_error(None, FASTER)
        form.show_stored(seen)
    context = {"form": form, "document": document, "promise": promise, "checked": checked}
    return render(request, "citizen_promises/self_check.html", context)


def quick(request: UserRequest, pk: int) -> HttpResponse:
    """From the phone: the promises that the person carries, each one tap from telling what happened."""
    document = asked_document(request, pk, rules.ACCOUNT)
    live = document.promises.with_progress().prefetch_related("parties")
    carried = [promise for promise in live if rules.may_tell(request.user, _of(promise, document))]
    return render(request, "citizen_promises/quick.html", {"document": document, "promises": carried})


def _of(promise: Promise, document: PromiseDocument) -> Promise:
    promise.document = document  # with its partnership, asked for once
    return promise


def _told_by(request: UserRequest, pk: int) -> Promise:
    """The promise, if the person is among those who carry it."""
    promise = asked_promise(request, pk, rules.ACCOUNT)
    if not rules.may_tell(request.user, promise):
        raise PermissionDenied
    return promise


def outcome(request: UserRequest, pk: int) -> HttpResponse:
    """Tell what has happened with a published promise."""
    promise = _told_by(request, pk)
    form = OutcomeForm(request.POST or None, promise=promise)
    if request.method == "POST" and form.is_valid():
        actions.add_outcome(promise, by=request.user, **form.told)
        messages.success(request, TOLD)
        return redirect(promise)
    return render(request, "citizen_promises/outcome_create.html", {"form": form, "promise": promise})


def outcome_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a line that residents have read; the history keeps both."""
    visible = Promise.objects.visible_to(request.user)
    line = get_object_or_404(Outcome.objects.filter(promise__in=visible), pk=pk)
    promise = _told_by(request, line.promise_id)
    form = OutcomeForm(request.POST or None, instance=line, promise=promise)
    if request.method == "POST" and form.is_valid() and actions.save_outcome(form, by=request.user):
        messages.success(request, TOLD)
        return redirect(promise)
    return render(request, "citizen_promises/outcome_edit.html", {"form": form, "promise": promise})


def settle(request: UserRequest, pk: int) -> HttpResponse:
    """Say publicly how a promise went."""
    promise = asked_promise(request, pk, rules.ACCOUNT)
    form = SettleForm(request.POST or None, steps=rules.next_promise_steps(promise))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"].strip()
        actions.settle(promise, by=request.user, status=form.step.new, reason=reason, day=today())
        messages.success(request, TOLD)
        return redirect(promise)
    return render(request, "citizen_promises/promise_settle.html", {"form": form, "promise": promise})


def feedback(request: UserRequest, pk: int) -> HttpResponse:
    """Tell residents how it went."""
    promise = asked_promise(request, pk, rules.ACCOUNT)
    form = FeedbackForm(request.POST or None, instance=promise)
    if request.method == "POST" and form.is_valid() and actions.save_feedback(form, by=request.user):
        messages.success(request, "Återkopplingen är publicerad.")
        return redirect(promise)
    return render(request, "citizen_promises/promise_feedback.html", {"form": form, "promise": promise})
