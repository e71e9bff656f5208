"""Doors to attached files: what they belong to is asked each time, and they leave as downloads."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import UserRequest
from agreements import actions, rules
from agreements.forms import AnnexForm, OriginalForm
from agreements.models import Agreement, AgreementFile, LogFile
from agreements.views.common import asked_agreement, posted
from attachments import serving

ANNEX = {
    "heading": "Lägg till en bilaga",
    "note": "Bilagan låses tillsammans med texten när överenskommelsen skickas för underskrift.",
    "submit": "Lägg till bilagan",
}
ORIGINAL = {
    "heading": "Bifoga undertecknat original",
    "note": "Pappret med underskrifter, inskannat. Det kan inte tas bort sedan, så kontrollera att det är rätt fil.",
    "submit": "Bifoga originalet",
}


@require_safe
def annex(request: UserRequest, pk: int) -> FileResponse:
    """An annex or a signed original, for those inside the partnership."""
    file = get_object_or_404(AgreementFile.objects.visible_to(request.user).select_related("attachment"), pk=pk)
    return serving.response(file.attachment)


@require_safe
def log_file(request: UserRequest, pk: int) -> FileResponse:
    """A photo or file of a log, for the parties and the actor that sent it."""
    file = get_object_or_404(LogFile.objects.visible_to(request.user).select_related("attachment"), pk=pk)
    return serving.response(file.attachment)


def annex_add(request: UserRequest, pk: int) -> HttpResponse:
    agreement = asked_agreement(request, pk)
    if not rules.may_annex(request.user, agreement):
        raise PermissionDenied
    form = AnnexForm(posted(request), request.FILES or None, by=request.user)
    return _add(request, agreement, form, AgreementFile.Kind.ANNEX, ANNEX)


def original_add(request: UserRequest, pk: int) -> HttpResponse:
    agreement = asked_agreement(request, pk)
    if not rules.may_attach_original(request.user, agreement):
        raise PermissionDenied
    form = OriginalForm(posted(request), request.FILES or None, by=request.user)
    return _add(request, agreement, form, AgreementFile.Kind.SIGNED, ORIGINAL)


def _add(request: UserRequest, agreement: Agreement, form: AnnexForm, kind: str, words: dict[str, str]) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and actions.add_file(form, agreement, kind, by=request.user):
        messages.success(request, "Filen är sparad.")
        return redirect(agreement)
    context = {"agreement": agreement, "form": form, "cancel": agreement.get_absolute_url(), **words}
    return render(request, "agreements/file_add.html", context)


@require_POST
def annex_remove(request: UserRequest, pk: int) -> HttpResponse:
    found = AgreementFile.objects.visible_to(request.user).select_related("attachment", "agreement__partnership")
    file = get_object_or_404(found, pk=pk)
    if not rules.may_edit(request.user, file.agreement):
        raise PermissionDenied
    if actions.remove_annex(file, by=request.user):
        messages.success(request, f"{file.title} är borttagen.")
    else:
        messages.error(request, "Texten är låst, så bilagan kan inte tas bort.")
    return redirect(file.agreement)


def log_file_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Asked before: the bytes are let go of, and cannot be had back."""
    found = LogFile.objects.visible_to(request.user).select_related("attachment", "line__measure__partnership")
    file = get_object_or_404(found, pk=pk)
    if not rules.may_remove(request.user, file):
        raise PermissionDenied
    back = rules.page_of_line(request.user, file.line)
    if request.method == "POST":
        actions.remove_from_line(file, by=request.user)
        messages.success(request, "Filen är borttagen.")
        return redirect(back)
    consequences = ["Filen raderas och kan inte återställas.", "Att den har tagits bort står i historiken."]
    context = {"heading": "Ta bort filen", "lede": file.attachment.name, "consequences": consequences}
    context |= {"submit": "Ta bort filen", "tone": "danger", "cancel": back}
    return render(request, "components/confirm.html", context)
