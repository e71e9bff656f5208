"""Doors to pictures."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from accounts.http import UserRequest
from journal.steps import NotAllowed, Refused, Step
from partnerships.rules import is_member
from situation import actions, approving, content, demands, queries, rules
from situation.forms.carrying import chosen_sources
from situation.forms.pictures import PictureCreateForm, PictureForm
from situation.forms.secrecy import ShareForm
from situation.forms.steps import ApproveForm, LeadershipForm, StepForm
from situation.models import Picture, Problem, WithheldNote
from situation.views.common import PER_PAGE, asked_partnership, asked_picture, confirm, history, list_of, posted

SAID = {
    "mark_ready": "Lägesbilden är klar.",
    "back_to_draft": "Lägesbilden är ett utkast igen.",
    "establish": "Lägesbilden är fastställd. Innehållet är fryst.",
    "approve": "Lägesbilden är godkänd för er sida.",
    "share": "Lägesbilden är delad med övriga parter.",
    "release": "Lägesbilden visas nu för länsstyrelsen och Brå.",
    "leadership_read": "Datumet är sparat.",
    "new_version": "Här är utkastet till nästa version.",
}


def index(request: UserRequest) -> HttpResponse:
    """The pictures that the person may see, of one partnership or of all, and what may be begun."""
    found = Picture.objects.visible_to(request.user).without_content()
    found = found.select_related("partnership", "municipality", "owner__organisation")
    context: dict[str, Any] = {}
    if "samverkan" in request.GET:
        partnership = asked_partnership(request)
        problems = Problem.objects.visible_to(request.user).filter(partnership=partnership)
        found = found.filter(partnership=partnership)
        context["partnership"] = partnership
        context["kinds"] = kinds = rules.kinds_to_create(request.user, partnership)
        context["light_kinds"] = [kind for kind in kinds if kind != Picture.Kind.JOINT]
        context["prioritised"] = problems.prioritised().select_related("municipality")
        context["may_rank"] = rules.may_create_problem(request.user, partnership, None)
        context["is_member"] = is_member(request.user, partnership)
    ordered = found.order_by("partnership__name", "partnership", "kind", "-period_to", "-version", "-pk")
    context["page"] = Paginator(ordered, PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "situation/picture_list.html", context)


def create(request: UserRequest) -> HttpResponse:
    """Begin an own or a joint picture."""
    partnership, kind = asked_partnership(request), request.GET.get("slag", "")
    if kind not in Picture.Kind.values:
        raise Http404
    if kind not in rules.kinds_to_create(request.user, partnership):
        raise PermissionDenied
    owners = [] if kind == Picture.Kind.JOINT else rules.owners(request.user, partnership, kind)
    form = PictureCreateForm(posted(request), partnership=partnership, user=request.user, kind=kind, owners=owners)
    if request.method == "POST" and form.is_valid():
        made = actions.create(form, by=request.user, partnership=partnership, **form.given())
        messages.success(request, "Utkastet är skapat. Fyll på med det ni vet.")
        return redirect(made)
    context = {"form": form, "kind": Picture.Kind(kind), "partnership": partnership, "cancel": list_of(partnership)}
    return render(request, "situation/picture_create.html", context)


def picture(request: UserRequest, pk: int) -> HttpResponse:
    """What the picture says: live while it is written, the frozen content once it is established."""
    found = asked_picture(request, pk)
    return render(request, "situation/picture_detail.html", _shown(request, found) | _beside(request, found))


def _shown(request: UserRequest, found: Picture) -> dict[str, Any]:
    prefetch_related_objects([found], "differing", "legal_decisions__municipality")
    writes = found.is_draft and rules.may_edit(request.user, found)
    shown = content.shown(found)
    return {
        "picture": found,
        "content": shown,
        "sections": content.sections(shown),
        "statements": content.statements(shown),
        "intact": content.is_intact(found),
        "writes": writes,
        "missing": demands.missing_for_ready(found) if writes else [],
        "law_parts": [] if found.kind == Picture.Kind.OWN_POLICE else rules.law_parts(found),
        "decisions": found.legal_decisions.all(),
        "approvals": (approvals := approving.given(found) if rules.is_open(rules.APPROVE, found) else []),
        "unapproved": approving.lacking(found, approvals) if rules.is_open(rules.APPROVE, found) else [],
        "adopts": (adopts := rules.municipalities_to_adopt(request.user, found)),
        "adopts_still": set(adopts) - {one.municipality_id for one in found.legal_decisions.all()},
    }


def _beside(request: UserRequest, found: Picture) -> dict[str, Any]:
    versions = Picture.objects.visible_to(request.user).without_content()
    is_owners = rules.may_read_note(request.user, found)
    note = WithheldNote.objects.visible_to(request.user).filter(picture=found).first() if is_owners else None
    return {
        "is_owners": is_owners,
        "note": note,
        "may_note": is_owners and rules.may_edit(request.user, found),
        "secrecy": queries.secrecy_at_sharing(found),
        "steps": rules.next_steps(request.user, found),
        "is_member": is_member(request.user, found.partnership),
        "newer": versions.filter(replaces=found).first(),
        "older": versions.filter(pk=found.replaces_id).first() if found.replaces_id else None,
        "events": history(request, found, found, *content.parts_of(found), *([note] if note else [])),
    }


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """The long form, section by section."""
    found = asked_picture(request, pk)
    if not rules.may_edit(request.user, found):
        raise PermissionDenied
    if request.method == "GET" and not found.is_draft:
        raise Refused(rules.BACK_TO_DRAFT, found, actions.NOT_DRAFT)
    form = PictureForm(posted(request), instance=found)
    if request.method == "POST" and form.is_valid() and _written(request, form, found):
        messages.success(request, "Lägesbilden är sparad.")
        return redirect(found)
    return render(request, "situation/picture_edit.html", {"form": form, "picture": found})


def _written(request: UserRequest, form: PictureForm, found: Picture) -> bool:
    return actions.write(form, found, chosen_sources(form), by=request.user)


def step(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """A step or an act: a page that says what will happen, then the button."""
    found = asked_picture(request, pk)
    if not rules.may(request.user, step, found):
        raise PermissionDenied
    if request.method == "GET" and not rules.is_open(step, found):
        raise NotAllowed(step, found)
    form = _step_form(request, step, found)
    if request.method == "POST" and form.is_valid():
        made = actions.PICTURE_ACTIONS[step.verb](found, by=request.user, **form.cleaned_data)
        messages.success(request, SAID["establish" if found.established_at else step.verb])
        return redirect(made or found)
    return confirm(request, step, form, found)


def _step_form(request: UserRequest, step: Step, found: Picture) -> Form:
    """What the page before the step asks for."""
    if step == rules.APPROVE:
        return ApproveForm(posted(request), step=step, initial={"checksum": content.checksum_of(found)})
    if step == rules.SHARE:
        return ShareForm(posted(request), step=step, picture=found)
    if step == rules.LEADERSHIP_READ:
        noted = {"function": found.leadership_read_by, "day": found.leadership_read_on}
        return LeadershipForm(posted(request), step=step, initial=noted)
    return StepForm(posted(request), step=step)
