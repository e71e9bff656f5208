"""Doors to what grows out of a signed agreement: its next version, local parts, and their adaptations."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements import actions, content, rules
from agreements.forms import AdaptationForm, LocalPartsForm, StepForm
from agreements.models import Adaptation, Agreement
from agreements.queries import local_parts as parts_of
from agreements.queries import municipalities_of
from agreements.views.common import asked_agreement, posted
from agreements.wording import CONSEQUENCES, SECTIONS
from journal.steps import NotAllowed, Refused
from lib.dates import today
from lib.swedish import plural
from municipalities.models import Municipality

ALL_THERE = "Alla kommuner som överenskommelsen gäller har en lokal del."


def revise(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the next version of a signed agreement, with the reason."""
    agreement = asked_agreement(request, pk)
    if not rules.may_edit(request.user, agreement):
        raise PermissionDenied
    if request.method == "GET" and not rules.may_revise(request.user, agreement, today()):
        raise NotAllowed(rules.SIGN, agreement)
    form = StepForm(posted(request))
    form.fields["reason"].label = "Varför behöver den revideras?"
    if request.method == "POST" and form.is_valid():
        new = actions.revise(agreement, by=request.user, reason=form.cleaned_data["reason"], day=today())
        messages.success(
            request, f"Version {new.version} är påbörjad som utkast. Den undertecknade gäller tills vidare."
        )
        return redirect(new)
    context = {
        "heading": "Revidera överenskommelsen",
        "lede": str(agreement),
        "consequences": CONSEQUENCES["revise"],
        "form": form,
        "submit": "Påbörja ny version",
        "cancel": agreement.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)


def local_parts(request: UserRequest, pk: int) -> HttpResponse:
    """Make local parts under a common agreement: for one municipality, for some, or for all at once."""
    agreement = asked_agreement(request, pk)
    if not rules.may_divide(request.user, agreement):
        raise PermissionDenied
    lacking = lacking_parts(agreement)
    if request.method == "GET" and not lacking:
        raise Refused(rules.PROPOSE, agreement, ALL_THERE)
    form = LocalPartsForm(posted(request), lacking=lacking)
    if request.method == "POST" and form.is_valid():
        made = actions.add_local_parts(agreement, form.cleaned_data["municipalities"], by=request.user)
        messages.success(
            request, f"{plural(len(made), 'lokal del är upplagd', 'lokala delar är upplagda')} som utkast."
        )
        return redirect(agreement.get_absolute_url() + "#lokala-delar")
    context = {
        "heading": "Lägg upp lokala delar",
        "lede": str(agreement),
        "consequences": CONSEQUENCES["local_parts"],
        "form": form,
        "submit": "Lägg upp lokala delar",
        "cancel": agreement.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)


def lacking_parts(common: Agreement) -> list[Municipality]:
    """The municipalities that it concerns today and that have no local part."""
    there = {part.municipality_id for part in parts_of(common)}
    concerned = municipalities_of([common], today())[common.pk] - there
    return list(Municipality.objects.filter(pk__in=concerned).order_by("sort_order"))


def adapt(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Take a section of the common text in another way, with the reason, beside the common words."""
    agreement, section = _local(request, pk, name)
    written = agreement.adaptations.filter(section=section).first()
    if request.method == "GET" and not rules.is_written_in(agreement):
        raise NotAllowed(rules.PROPOSE, agreement)
    form = AdaptationForm(posted(request), instance=written)
    if (
        request.method == "POST"
        and form.is_valid()
        and actions.save_adaptation(form, agreement, section, by=request.user)
    ):
        messages.success(request, "Anpassningen är sparad. Den visas bredvid den gemensamma texten.")
        return redirect(f"{agreement.get_absolute_url()}#gemensamt-{section}")
    context = {
        "form": form,
        "agreement": agreement,
        "written": written,
        "name": name,
        "label": content.label_of(section),
        "common": content.section_of(agreement.parent, section) if agreement.parent else "",
    }
    return render(request, "agreements/adaptation_form.html", context)


@require_POST
def adaptation_remove(request: UserRequest, pk: int, name: str) -> HttpResponse:
    agreement, section = _local(request, pk, name)
    actions.remove_adaptation(get_object_or_404(Adaptation, agreement=agreement, section=section), by=request.user)
    messages.success(request, "Anpassningen är borttagen. Den gemensamma texten gäller.")
    return redirect(f"{agreement.get_absolute_url()}#gemensamt-{section}")


def _local(request: UserRequest, pk: int, name: str) -> tuple[Agreement, str]:
    """A local part that the person may write in, and the column that the address' last word means."""
    agreement = asked_agreement(request, pk)
    if not SECTIONS.get(name) or not agreement.is_local_part:
        raise Http404
    if not rules.may_edit(request.user, agreement):
        raise PermissionDenied
    return agreement, SECTIONS[name]
