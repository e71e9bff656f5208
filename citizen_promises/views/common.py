"""What the doors share: the document or promise that is asked for, if the person may see it and take the step."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from accounts.http import UserRequest
from citizen_promises import content, rules
from citizen_promises.models import Promise, PromiseDocument
from citizen_promises.public import PublicDocument
from journal.steps import NotAllowed, Step
from lib.dates import today
from partnerships.models import Partnership


def asked_document(request: UserRequest, pk: int, step: Step | None = None) -> PromiseDocument:
    """The document, if the person may see it and, with a step, may take it."""
    related = ("partnership", "municipality", "cycle", "agreement")
    found = PromiseDocument.objects.visible_to(request.user).select_related(*related)
    document = get_object_or_404(found, pk=pk)
    if step:
        enter(request, step, document)
    return document


def asked_promise(request: UserRequest, pk: int, step: Step) -> Promise:
    """The promise, if the person may see it and may take the step with its document."""
    related = ("document__partnership", "document__municipality")
    promise = get_object_or_404(Promise.objects.visible_to(request.user).select_related(*related), pk=pk)
    enter(request, step, promise.document)
    return promise


def enter(request: UserRequest, step: Step, document: PromiseDocument) -> None:
    """403 for the wrong role. An old page in the wrong status is told so; what was posted meets the action's lock."""
    if not rules.may(request.user, step, document):
        raise PermissionDenied
    if request.method == "GET" and not rules.stands(step, document):
        raise NotAllowed(step, document)


def as_shown(document: PromiseDocument, live: list[Promise] | None = None) -> PublicDocument:
    """The document as residents read it: the frozen text, or what would be frozen of a draft."""
    promises = list(document.promises.prefetch_related("outcomes")) if live is None else live
    return PublicDocument(document, document.frozen or content.of(document), promises, today())


def within(name: str, partnership: Partnership) -> str:
    return f"{reverse(f'citizen_promises:{name}')}?samverkan={partnership.pk}"
