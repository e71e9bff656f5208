"""Doors to a draft's other languages and its easy Swedish, written beside the Swedish text."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from citizen_promises import actions, content, rules
from citizen_promises.forms import LanguageForm, LanguageTextForm
from citizen_promises.models import LanguageVersion, PromiseDocument
from citizen_promises.views.common import asked_document, enter

FASTER = (
    "Någon annan ändrade texterna samtidigt som du skrev. Inget har skrivits över. Det du skrev står kvar här; spara "
    "igen om din text ska gälla."
)


def language_create(request: UserRequest, pk: int) -> HttpResponse:
    """Choose which language the document is also to be read in."""
    document = asked_document(request, pk, rules.WRITE)
    taken = list(document.language_versions.values_list("language", flat=True))
    form = LanguageForm(request.POST or None, taken=taken)
    if request.method == "POST" and form.is_valid():
        version = actions.add_language(document, by=request.user, language=form.cleaned_data["language"])
        return redirect("citizen_promises:language", version.pk)
    return render(request, "citizen_promises/language_create.html", {"form": form, "document": document})


def language(request: UserRequest, pk: int) -> HttpResponse:
    """Each text of the document beside the same in the language; what is lacking is told."""
    version = _version(request, pk)
    document = version.document
    parts = content.parts(document, list(document.promises.all()))
    form = LanguageTextForm(request.POST or None, version=version, parts=parts)
    if request.method == "POST" and form.is_valid():
        if actions.save_language(version, form.texts, by=request.user, revision=form.cleaned_data["revision"]):
            messages.success(request, f"{version} är sparad.")
            return redirect(document)
        form.add_error(None, FASTER)
        form.show_stored(version.revision)
    missing = content.missing_parts(version, parts)
    context = {"form": form, "document": document, "version": version, "missing": missing}
    return render(request, "citizen_promises/language.html", context)


@require_POST
def language_remove(request: UserRequest, pk: int) -> HttpResponse:
    """Take the language out of the draft."""
    version = _version(request, pk)
    actions.remove_language(version, by=request.user)
    messages.success(request, f"{version} är borttagen ur utkastet. Texterna finns kvar i historiken.")
    return redirect(version.document)


def _version(request: UserRequest, pk: int) -> LanguageVersion:
    """The language version, if the person may write the draft that it belongs to."""
    visible = PromiseDocument.objects.visible_to(request.user)
    related = ("document__partnership", "document__municipality")
    version = get_object_or_404(LanguageVersion.objects.filter(document__in=visible).select_related(*related), pk=pk)
    enter(request, rules.WRITE, version.document)
    return version
