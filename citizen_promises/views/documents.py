"""Doors to a partnership's promise documents: the list, the workbench, and the draft's own text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from citizen_promises import approving, content, public, queries, rules
from citizen_promises.forms import DocumentForm
from citizen_promises.models import Promise, PromiseDocument
from citizen_promises.views.common import as_shown, asked_document, within
from journal.edits import save_edit, save_new
from journal.models import Event
from lib.addresses import number_in
from lib.dates import today
from partnerships.models import Partnership


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
        "create_url": within("create", partnership),
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
    context = {"form": form, "partnership": partnership, "list_url": within("documents", partnership)}
    return render(request, "citizen_promises/document_create.html", context)


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The document with its promises: the parties' workbench; for those who oversee only what residents see."""
    document = asked_document(request, pk)
    live = list(document.promises.prefetch_related("outcomes", "measures", "answers"))
    inside, user = rules.is_inside(request.user, document), request.user
    may_account = rules.stands(rules.ACCOUNT, document) and rules.may(user, rules.ACCOUNT, document)
    told_about = [document, *live, *(outcome for promise in live for outcome in promise.outcomes.all())]
    context = {
        "document": document,
        "shown": as_shown(document, live),
        "word": queries.standing_word(document),
        "tone": rules.TONE[rules.standing(document)],
        "standing": rules.standing(document),
        "inside": inside,
        "may_write": rules.stands(rules.WRITE, document) and rules.may(user, rules.WRITE, document),
        "may_account": may_account,
        "tells": {one.pk for one in live if may_account and rules.may_tell(user, one)},
        "events": Event.objects.about(*told_about) if inside else [],
    }
    return render(request, "citizen_promises/document_detail.html", context | _beside(request, document, live, inside))


def _beside(request: UserRequest, document: PromiseDocument, live: list[Promise], inside: bool) -> dict[str, Any]:
    """What stands beside the text for those inside: steps, approvals, signatures, channels, languages, measures."""
    if not inside:
        return {"steps": {}}
    writes = rules.may(request.user, rules.WRITE, document) and document.status == document.Status.DRAFT
    checksum = document.checksum or content.checksum_of(document)
    is_draft = document.status == document.Status.DRAFT
    return {
        "steps": {step.verb: step for step in rules.next_steps(request.user, document)},
        "approvals": approving.given(document, checksum),
        "earlier_approvals": is_draft and document.approvals.exclude(checksum=checksum).exists(),
        "unapproved": approving.lacking(document, checksum) if is_draft else [],
        "approvable": rules.approvable(request.user, document, checksum) if is_draft and live else [],
        "signatures": document.signatures.select_related("party__organisation"),
        "channels": document.channels.all(),
        "languages": queries.language_lines(document, live),
        "measures": queries.measures_to_promise(document) if writes else [],
        "older": document.replaces,
        "newer": queries.successor(document),
    }


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a draft's own text."""
    document = asked_document(request, pk, rules.WRITE)
    form = DocumentForm(request.POST or None, instance=document, partnership=document.partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and save_edit(form, by=request.user):
        messages.success(request, "Utkastet är sparat.")
        return redirect(document)
    return render(request, "citizen_promises/document_edit.html", {"form": form, "document": document})


def preview(request: UserRequest, pk: int) -> HttpResponse:
    """The draft as residents would read it."""
    document = asked_document(request, pk)
    if not rules.is_inside(request.user, document):
        raise PermissionDenied
    shown = [as_shown(document)]
    speakers = {"names": public.names(shown), "subject": public.subject(shown)}
    context = {"shown": shown, "municipality": document.municipality, "preview": document, **speakers}
    return render(request, "residents/document.html", context)
