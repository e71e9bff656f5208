"""Doors: the residents' pages first, then the parties' work with promises."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from citizen_promises import actions, public, queries, rules
from citizen_promises.forms import (
    DocumentForm,
    FeedbackForm,
    OutcomeForm,
    PlaceForm,
    PromiseForm,
    PublishForm,
    SettleForm,
    WithdrawForm,
)
from citizen_promises.models import Outcome, Promise, PromiseDocument
from journal.edits import save_edit, save_new
from journal.models import Event
from journal.steps import NotAllowed, Step
from lib import canonical
from lib.addresses import number_in
from lib.dates import today
from municipalities.models import Municipality
from partnerships.models import Partnership

TOLD = "Sparat. Invånarna ser det nu."


@login_not_required
@require_safe
def public_index(request: HttpRequest) -> HttpResponse:
    """Where in the country something is promised, searched by place and county."""
    form = PlaceForm(request.GET)
    form.is_valid()
    text, county = form.cleaned_data.get("sok", ""), form.cleaned_data.get("lan")
    places = queries.public_places(today(), text=text, county=county)
    searched = bool(text or county)
    return render(request, "citizen_promises/public_index.html", {"form": form, "places": places, "searched": searched})


@login_not_required
@require_safe
def public_municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """A municipality's promises to its residents; 410 where all that was published has been withdrawn."""
    municipality = get_object_or_404(Municipality.objects.select_related("county"), slug=slug)
    page = queries.public_page(municipality, today())
    shown = page.current or page.coming or page.earlier[:1]
    context = {
        "page": page,
        "municipality": municipality,
        "shown": shown,
        "names": public.names(shown),
        "subject": public.subject(shown),
        "coming": [document for document in page.coming if document not in shown],
        "earlier": [document for document in page.earlier if document not in shown],
    }
    gone = page.withdrawn and not page.documents
    return render(request, "citizen_promises/public_municipality.html", context, status=410 if gone else 200)


@login_not_required
@require_safe
def public_document(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One document under its own address, also when its time is over; 410 when it has been withdrawn."""
    published = PromiseDocument.objects.ever_public()
    document = get_object_or_404(published.select_related("municipality"), pk=pk, municipality__slug=slug)
    if document.status == PromiseDocument.Status.WITHDRAWN:
        return render(request, "citizen_promises/public_withdrawn.html", {"document": document}, status=410)
    shown = queries.read(PromiseDocument.objects.public().filter(pk=pk), today())
    return render(request, "citizen_promises/public_document.html", _page(shown))


def _page(shown: list[public.PublicDocument]) -> dict[str, Any]:
    return {
        "shown": shown,
        "municipality": shown[0].municipality,
        "names": public.names(shown),
        "subject": public.subject(shown),
    }


def documents(request: UserRequest) -> HttpResponse:
    """A partnership's promise documents: those one may see."""
    if "samverkan" not in request.GET:
        return _choose_partnership(request)
    mine = Partnership.objects.visible_to(request.user)
    partnership = get_object_or_404(mine, pk=number_in(request, "samverkan"))
    found = PromiseDocument.objects.visible_to(request.user).filter(partnership=partnership)
    page = Paginator(found.summarised().order_by("-starts", "-pk"), 25).get_page(request.GET.get("sida"))
    context = {
        "partnership": partnership,
        "page": page,
        "lines": queries.document_lines(page.object_list, today()),
        "may_create": rules.may_create(request.user, partnership),
        "create_url": _within("create", partnership),
    }
    return render(request, "citizen_promises/document_list.html", context)


def _choose_partnership(request: UserRequest) -> HttpResponse:
    mine = list(Partnership.objects.of(request.user))
    if len(mine) == 1:
        return redirect(f"{request.path}?samverkan={mine[0].pk}")
    return render(request, "citizen_promises/document_choose.html", {"mine": mine})


def create(request: UserRequest) -> HttpResponse:
    """Begin a draft for one of the municipalities that one speaks for."""
    partnership = get_object_or_404(Partnership.objects.of(request.user), pk=number_in(request, "samverkan"))
    if not rules.may_create(request.user, partnership):
        raise PermissionDenied
    form = DocumentForm(request.POST or None, partnership=partnership, user=request.user)
    form.instance.partnership = partnership
    if request.method == "POST" and form.is_valid():
        document = save_new(form, by=request.user, label="Utkast påbörjat", partnership=partnership)
        return redirect(document)
    context = {"form": form, "partnership": partnership, "list_url": _within("documents", partnership)}
    return render(request, "citizen_promises/document_create.html", context)


def _within(name: str, partnership: Partnership) -> str:
    return f"{reverse(f'citizen_promises:{name}')}?samverkan={partnership.pk}"


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The document with its promises: the parties' workbench; for those who oversee only what residents see."""
    document = _document(request, pk)
    live = list(document.promises.select_related("measure").prefetch_related("outcomes"))
    frozen = document.frozen or actions.frozen_text(document)
    inside, user = rules.is_inside(request.user, document), request.user
    writes = rules.stands(rules.WRITE, document) and rules.may(user, rules.WRITE, document)
    told_about = [document, *live, *(outcome for promise in live for outcome in promise.outcomes.all())]
    context = {
        "document": document,
        "shown": public.PublicDocument(document, frozen, live, today()),
        "tone": rules.TONE[document.status],
        "inside": inside,
        "may_write": writes,
        "may_account": rules.stands(rules.ACCOUNT, document) and rules.may(user, rules.ACCOUNT, document),
        "next_steps": rules.next_steps(user, document),
        "measures": queries.measures_to_promise(document) if writes else [],
        "events": Event.objects.about(*told_about) if inside else [],
    }
    return render(request, "citizen_promises/document_detail.html", context)


def _document(request: UserRequest, pk: int, step: Step | None = None) -> PromiseDocument:
    """The document, if the person may see it and, with a step, may take it."""
    related = ("partnership", "municipality", "cycle", "agreement")
    found = PromiseDocument.objects.visible_to(request.user).select_related(*related)
    document = get_object_or_404(found, pk=pk)
    if step:
        _enter(request, step, document)
    return document


def _promise(request: UserRequest, pk: int, step: Step) -> Promise:
    related = ("document__partnership", "document__municipality")
    promise = get_object_or_404(Promise.objects.visible_to(request.user).select_related(*related), pk=pk)
    _enter(request, step, promise.document)
    return promise


def _enter(request: UserRequest, step: Step, document: PromiseDocument) -> None:
    """403 for the wrong role. An old page in the wrong status is told so; what was posted meets the action's lock."""
    if not rules.may(request.user, step, document):
        raise PermissionDenied
    if request.method == "GET" and not rules.stands(step, document):
        raise NotAllowed(step, document)


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a draft's own text."""
    document = _document(request, pk, rules.WRITE)
    form = DocumentForm(request.POST or None, instance=document, partnership=document.partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and save_edit(form, by=request.user):
        messages.success(request, "Utkastet är sparat.")
        return redirect(document)
    return render(request, "citizen_promises/document_edit.html", {"form": form, "document": document})


def preview(request: UserRequest, pk: int) -> HttpResponse:
    """The draft as residents would read it."""
    document = _document(request, pk)
    if not rules.is_inside(request.user, document):
        raise PermissionDenied
    live = list(document.promises.prefetch_related("outcomes"))
    frozen = document.frozen or actions.frozen_text(document)
    shown = [public.PublicDocument(document, frozen, live, today())]
    context = _page(shown) | {"preview": document}
    return render(request, "citizen_promises/public_document.html", context)


def publish(request: UserRequest, pk: int) -> HttpResponse:
    """Ask once more, showing exactly what everyone will read; then publish."""
    document = _document(request, pk, rules.PUBLISH)
    frozen = actions.frozen_text(document)
    form = PublishForm(request.POST or None, checksum=canonical.checksum(frozen))
    if request.method == "POST" and form.is_valid():
        actions.publish(document, by=request.user, checksum=form.cleaned_data["checksum"])
        messages.success(request, "Löftena är publicerade. Nu kan alla läsa dem.")
        return redirect(document)
    live = list(document.promises.all())
    context = {
        "form": form,
        "document": document,
        "shown": public.PublicDocument(document, frozen, live, today()),
        "advice": rules.advice(document, live, today()),
    }
    return render(request, "citizen_promises/document_publish.html", context)


def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Ask for the reason that residents will read; then take the document down."""
    document = _document(request, pk, rules.WITHDRAW)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(document, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Löftena är avpublicerade.")
        return redirect(document)
    return render(request, "citizen_promises/document_withdraw.html", {"form": form, "document": document})


def promise_create(request: UserRequest, pk: int) -> HttpResponse:
    """Add a promise to a draft, begun from a measure where the address names one."""
    document = _document(request, pk, rules.WRITE)
    measure = queries.measures_to_promise(document).filter(pk=number_in(request, "atgard")).first()
    form = PromiseForm(
        request.POST or None, initial=queries.promise_from(measure) if measure else None, document=document
    )
    if request.method == "POST" and form.is_valid() and actions.save_promise(form, document, by=request.user):
        messages.success(request, "Löftet är tillagt.")
        return redirect(document)
    return render(request, "citizen_promises/promise_create.html", {"form": form, "document": document})


def promise_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a promise of a draft."""
    promise = _promise(request, pk, rules.WRITE)
    document = promise.document
    form = PromiseForm(request.POST or None, instance=promise, document=document)
    if request.method == "POST" and form.is_valid() and actions.save_promise(form, document, by=request.user):
        messages.success(request, "Löftet är sparat.")
        return redirect(document)
    context = {"form": form, "document": document, "promise": promise}
    return render(request, "citizen_promises/promise_edit.html", context)


@require_POST
def promise_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take a promise out of a draft."""
    promise = _promise(request, pk, rules.WRITE)
    actions.remove_promise(promise, by=request.user)
    messages.success(request, "Löftet är borttaget ur utkastet. Texten finns kvar i historiken.")
    return redirect(promise.document)


def outcome(request: UserRequest, pk: int) -> HttpResponse:
    """Tell what has happened with a published promise."""
    promise = _promise(request, pk, rules.ACCOUNT)
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
    promise = _promise(request, line.promise_id, rules.ACCOUNT)
    form = OutcomeForm(request.POST or None, instance=line, promise=promise)
    if request.method == "POST" and form.is_valid() and actions.save_outcome(form, by=request.user):
        messages.success(request, TOLD)
        return redirect(promise)
    return render(request, "citizen_promises/outcome_edit.html", {"form": form, "promise": promise})


def settle(request: UserRequest, pk: int) -> HttpResponse:
    """Say publicly how a promise went."""
    promise = _promise(request, pk, rules.ACCOUNT)
    form = SettleForm(request.POST or None, steps=rules.next_promise_steps(promise))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"].strip()
        actions.settle(promise, by=request.user, status=form.step.new, reason=reason, day=today())
        messages.success(request, TOLD)
        return redirect(promise)
    return render(request, "citizen_promises/promise_settle.html", {"form": form, "promise": promise})


def feedback(request: UserRequest, pk: int) -> HttpResponse:
    """Tell residents how it went."""
    promise = _promise(request, pk, rules.ACCOUNT)
    form = FeedbackForm(request.POST or None, instance=promise)
    if request.method == "POST" and form.is_valid() and actions.save_feedback(form, by=request.user):
        messages.success(request, "Återkopplingen är publicerad.")
        return redirect(promise)
    return render(request, "citizen_promises/promise_feedback.html", {"form": form, "promise": promise})
