"""Doors to a draft on its way: one section at a time, what is said of it, what a party takes on, and its versions."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements import actions, content, rules
from agreements.forms import AnswerForm, CommentForm, ReferralForm, SectionForm, UndertakingForm, VersionForm
from agreements.models import Agreement, Comment, Undertaking, Version
from agreements.views.common import asked_agreement, confirm, posted
from agreements.wording import SECTIONS, section_address
from journal.steps import NotAllowed, Step
from partnerships.models import Party
from partnerships.rules import is_member, parties_of

WHOLE = "helheten"


def section(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """One section: its text to write in, and what is said of it."""
    agreement, asked = _drafted(request, pk, name)
    stored = getattr(agreement, asked) if asked else ""
    writes = bool(asked) and rules.may_edit(request.user, agreement)
    form = SectionForm(posted(request), section=asked, stored=stored) if writes else None
    if request.method == "POST" and not form:
        raise PermissionDenied
    if request.method == "POST" and form and form.is_valid():
        said = form.cleaned_data
        fault = actions.write_section(agreement, asked, said["text"], was=said["was"], by=request.user)
        if not fault:
            messages.success(request, f"{content.label_of(asked)} är sparat.")
            return redirect(f"{agreement.get_absolute_url()}#{asked}")
        agreement.refresh_from_db()
        form.tell(fault, getattr(agreement, asked))
    return _section_page(request, agreement, asked, {"form": form})


@require_POST
def comment(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Say something of a section, or of the whole."""
    agreement, asked = _drafted(request, pk, name)
    form = CommentForm(request.POST, section=asked, prefix="synpunkt")
    party = parties_of(request.user, agreement.partnership)[0]
    if form.is_valid() and actions.comment(form, agreement, section=asked, party=party, by=request.user):
        messages.success(request, "Synpunkten är lämnad. Samordnarna besvarar den.")
        return redirect(section_address(pk, asked))
    return _section_page(request, agreement, asked, {"comment_form": form})


def _drafted(request: UserRequest, pk: int, name: str) -> tuple[Agreement, str]:
    """The draft, or the one that is referred, and the column that the address' last word means."""
    agreement = asked_agreement(request, pk)
    if name not in SECTIONS:
        raise Http404
    if not is_member(request.user, agreement.partnership):
        raise PermissionDenied
    return agreement, SECTIONS[name]


def _section_page(request: UserRequest, agreement: Agreement, asked: str, forms: dict[str, Any]) -> HttpResponse:
    """The section with its comments; the form to write in only while it is a draft."""
    writes = rules.is_written_in(agreement) and bool(asked) and rules.may_edit(request.user, agreement)
    stored = getattr(agreement, asked) if asked else ""
    said = agreement.comments.filter(section=asked).select_related("party__organisation", "created_by")
    bound = [form for form in forms.values() if form]
    context = {
        "agreement": agreement,
        "asked": asked,
        "label": content.label_of(asked) if asked else "Hela överenskommelsen",
        "stored": stored,
        "writes": writes or any(form.is_bound for form in bound),
        "may_comment": rules.may_comment(request.user, agreement),
        "answers": rules.may_edit(request.user, agreement),
        "comments": said,
        "comment_address": reverse("agreements:comment", args=[agreement.pk, _word(asked)]),
        "form": SectionForm(section=asked, stored=stored) if writes else None,
        "comment_form": CommentForm(section=asked, prefix="synpunkt", initial={"suggestion": ""}),
    }
    return render(request, "agreements/agreement_section.html", context | {k: v for k, v in forms.items() if v})


def _word(asked: str) -> str:
    return next(word for word, name in SECTIONS.items() if name == asked)


def answer(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Take a comment in, or say why it is not."""
    found = get_object_or_404(Comment.objects.visible_to(request.user).select_related("agreement__partnership"), pk=pk)
    if not rules.may_answer(request.user, found):
        raise PermissionDenied
    place = section_address(found.agreement_id, found.section)
    if request.method == "GET" and found.status not in step.old:
        raise NotAllowed(step, found.agreement)
    form = AnswerForm(posted(request), needed=step == rules.DECLINE)
    if request.method == "POST" and form.is_valid():
        getattr(actions, step.verb)(found, by=request.user, answer=form.cleaned_data["answer"])
        messages.success(request, step.told + ".")
        return redirect(place)
    context = {"heading": step.label, "lede": found.text, "form": form, "submit": step.label, "cancel": place}
    if step == rules.ACCEPT and found.suggestion:
        context["consequences"] = ["Avsnittet får den föreslagna lydelsen:", found.suggestion]
    return render(request, "components/confirm.html", context)


def undertaking(request: UserRequest, pk: int, party: int) -> HttpResponse:
    """What a party takes on and sets aside, while the text is a draft."""
    agreement, who = _party(request, pk, party)
    written = agreement.undertakings.filter(party=who).first()
    form = UndertakingForm(posted(request), instance=written)
    if request.method == "GET" and not rules.is_written_in(agreement):
        raise NotAllowed(rules.PROPOSE, agreement)
    if request.method == "POST" and form.is_valid() and actions.save_undertaking(form, agreement, who, by=request.user):
        messages.success(request, f"Åtagandena för {who} är sparade.")
        return redirect(agreement.get_absolute_url() + "#ataganden")
    context = {"form": form, "agreement": agreement, "party": who, "written": written}
    return render(request, "agreements/undertaking_form.html", context)


@require_POST
def undertaking_remove(request: UserRequest, pk: int, party: int) -> HttpResponse:
    agreement, who = _party(request, pk, party)
    written = get_object_or_404(Undertaking, agreement=agreement, party=who)
    actions.remove_undertaking(written, by=request.user)
    messages.success(request, f"Åtagandena för {who} är borttagna.")
    return redirect(agreement.get_absolute_url() + "#ataganden")


def _party(request: UserRequest, pk: int, party: int) -> tuple[Agreement, Party]:
    agreement = asked_agreement(request, pk)
    if not rules.may_edit(request.user, agreement):
        raise PermissionDenied
    return agreement, get_object_or_404(agreement.parties.select_related("organisation"), pk=party)


def versions(request: UserRequest, pk: int) -> HttpResponse:
    """The texts that are kept, two of them to compare, and a way to keep one more."""
    agreement = asked_agreement(request, pk)
    if not is_member(request.user, agreement.partnership):
        raise PermissionDenied
    writes = rules.may_edit(request.user, agreement) and rules.is_written_in(agreement)
    form = VersionForm(posted(request))
    if request.method == "POST" and not rules.may_edit(request.user, agreement):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        kept = actions.keep_version(agreement, label=form.cleaned_data["label"], by=request.user)
        messages.success(request, f"{kept} är sparad.")
        return redirect("agreements:versions", pk)
    found = Version.objects.visible_to(request.user).filter(agreement=agreement).defer("content")
    context = {
        "agreement": agreement,
        "versions": found.select_related("kept_by").order_by("-number"),
        "form": form if writes or form.is_bound else None,
    }
    return render(request, "agreements/agreement_versions.html", context)


def refer(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Send the draft to the parties for comments until a day."""
    agreement = asked_agreement(request, pk)
    if not rules.may(request.user, step, agreement):
        raise PermissionDenied
    if request.method == "GET" and not rules.is_open(step, agreement):
        raise NotAllowed(step, agreement)
    form = ReferralForm(posted(request))
    if request.method == "POST" and form.is_valid():
        actions.refer(agreement, by=request.user, until=form.cleaned_data["until"])
        messages.success(request, "Överenskommelsen är på remiss. Alla parter kan lämna synpunkter.")
        return redirect(agreement)
    return confirm(request, step, form, agreement)
