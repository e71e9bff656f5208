"""Doors to the merging of own pictures into one, and to the decision that makes one the law's."""

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from journal.edits import save_edit
from journal.steps import NotAllowed, Refused, Step
from lib.addresses import numbers_in
from situation import rules
from situation.actions import NOT_DRAFT, merging
from situation.forms.carrying import chosen_sources
from situation.forms.merging import ChooseForm, DifferenceForm, LegalDecisionForm, SectionForm, TakeForm
from situation.forms.steps import StepForm
from situation.models import Difference, LegalDecision, Picture, Problem
from situation.side_by_side import BESIDE, Side, SideBySide, side_by_side
from situation.views.common import asked_picture, posted

Section = Difference.Section
NOT_CHOSEN = "De egna lägesbilderna är inte längre valda. Välj dem igen. Det du skrev är inte sparat."


def merge(request: UserRequest, pk: int) -> HttpResponse:
    """The own pictures side by side, one section at a time; first which ones they are."""
    joint = _joint(request, pk)
    if not joint.own_pictures.exists():
        return choose(request, pk)
    return _page(request, joint, _section(request.GET.get("avsnitt", "")))


def choose(request: UserRequest, pk: int) -> HttpResponse:
    """Which own pictures the joint one is made of."""
    joint = _joint(request, pk)
    form = ChooseForm(posted(request), instance=joint)
    if request.method == "POST" and form.is_valid() and merging.choose(form, joint, by=request.user):
        messages.success(request, "Källor och iakttagelser är hämtade. Gå igenom avsnitt för avsnitt.")
        return redirect("situation:merge", pk)
    return render(request, "situation/merge_choose.html", {"form": form, "picture": joint})


@require_POST
def section(request: UserRequest, pk: int, section: str) -> HttpResponse:
    """Save the joint text of one section."""
    joint, asked = _joint(request, pk), _section(section, strict=True)
    if asked == Section.PROBLEMS:
        raise Http404
    form = SectionForm(request.POST, instance=joint, section=asked)
    if form.is_valid() and merging.write_section(form, joint, asked, chosen_sources(form), by=request.user):
        noted = form.cleaned_data["difference"]
        messages.success(request, "Texten och skillnaden är sparade." if noted else f"{asked.label} är sparad.")
        return redirect(_place(pk, asked if noted else _after(asked), _beside(request)))
    form.stored = getattr(_joint(request, pk), asked)  # what somebody else may have written meanwhile
    return _page(request, joint, asked, {"text_form": form})


@require_POST
def difference(request: UserRequest, pk: int) -> HttpResponse:
    """Note where the pictures' problems differ; a difference between texts is saved with the joint text."""
    joint = _joint(request, pk)
    form = DifferenceForm(request.POST, auto_id="skillnad_%s")
    if form.is_valid() and merging.note_difference(form, joint, Section.PROBLEMS, by=request.user):
        messages.success(request, "Skillnaden är noterad. Utred den, eller behåll den som fråga.")
        return redirect(_place(pk, Section.PROBLEMS, _beside(request)))
    return _page(request, joint, Section.PROBLEMS, {"difference_form": form})


@require_POST
def remove_difference(request: UserRequest, pk: int) -> HttpResponse:
    """Take away a difference that was noted by mistake."""
    found = get_object_or_404(Difference.objects.visible_to(request.user).select_related("picture"), pk=pk)
    joint = _joint(request, found.picture_id)
    merging.remove_difference(found, by=request.user)
    messages.success(request, "Skillnaden är borttagen. Vad som stod finns kvar i historiken.")
    return redirect(_place(joint.pk, found.section))


def settle(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Take a stand on a difference: a page with the reason, then the button."""
    found = get_object_or_404(Difference.objects.visible_to(request.user).select_related("picture"), pk=pk)
    joint = _joint(request, found.picture_id)
    if request.method == "GET" and found.status not in step.old:
        raise NotAllowed(step, found)
    form = StepForm(posted(request), step=step)
    if request.method == "POST" and form.is_valid():
        merging.settle(step, found, by=request.user, reason=form.cleaned_data.get("reason", ""))
        return redirect(_place(joint.pk, found.section))
    context = {"heading": step.label, "lede": found.text, "warning": step.warning, "form": form, "submit": step.label}
    back = _place(joint.pk, found.section)
    return render(request, "components/confirm.html", {**context, "cancel": back, "cancel_text": "Gå tillbaka"})


@require_POST
def take_problem(request: UserRequest, pk: int, problem_pk: int) -> HttpResponse:
    """Take one of the own pictures' problems into the joint one."""
    joint, problem = _joint_and_own(request, pk, problem_pk)
    form = TakeForm(request.POST, problem=problem, among=joint.problems.all())
    if form.is_valid():
        taken = merging.take_problem(problem, joint, by=request.user, into=form.chosen)
        said = "Problemet är med" if form.chosen in (None, taken) else "Problemet var redan med"
        messages.success(request, f"{said} i den gemensamma lägesbilden, som {taken}.")
    else:
        messages.error(request, "Det problemet finns inte längre i den gemensamma lägesbilden. Välj igen.")
    return redirect(_place(pk, Section.PROBLEMS, _beside(request)))


@require_POST
def undo_take(request: UserRequest, pk: int, problem_pk: int) -> HttpResponse:
    """Take it back out."""
    joint, problem = _joint_and_own(request, pk, problem_pk)
    left = merging.undo_take(problem, joint, by=request.user)
    stays = f" {left} står kvar i den gemensamma lägesbilden." if left else ""
    messages.success(request, f"{problem} är inte längre med.{stays}")
    return redirect(_place(pk, Section.PROBLEMS, _beside(request)))


def adopt(request: UserRequest, pk: int) -> HttpResponse:
    """Note that a municipality has decided that the picture is the lägesbild that the law demands."""
    picture = asked_picture(request, pk)
    if not rules.municipalities_to_adopt(request.user, picture):
        raise PermissionDenied
    form = LegalDecisionForm(posted(request), picture=picture, user=request.user)
    if request.method == "POST" and form.is_valid() and merging.decide_by_law(form, picture, by=request.user):
        messages.success(request, "Beslutet är noterat.")
        return redirect(picture)
    return render(request, "situation/legal_decision.html", {"form": form, "picture": picture})


def adopt_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct what was noted of the decision."""
    found = get_object_or_404(LegalDecision.objects.visible_to(request.user).select_related("picture"), pk=pk)
    if found.municipality_id not in rules.municipalities_to_adopt(request.user, found.picture):
        raise PermissionDenied
    form = LegalDecisionForm(posted(request), instance=found, picture=found.picture, user=request.user)
    if request.method == "POST" and form.is_valid() and save_edit(form, by=request.user):
        return redirect(found.picture)
    return render(request, "situation/legal_decision.html", {"form": form, "picture": found.picture})


def _joint(request: UserRequest, pk: int) -> Picture:
    """The joint draft that the person may write in."""
    found = asked_picture(request, pk)
    if not found.is_joint:
        raise Http404
    if not rules.may_edit(request.user, found):
        raise PermissionDenied
    if not found.is_draft:
        raise Refused(rules.BACK_TO_DRAFT, found, NOT_DRAFT)
    return found


def _section(asked: str, *, strict: bool = False) -> Difference.Section:
    if asked in Section.values:
        return Section(asked)
    if strict:
        raise Http404
    return Section.SUMMARY


def _joint_and_own(request: UserRequest, pk: int, problem_pk: int) -> tuple[Picture, Problem]:
    """The joint draft, and a problem of one of the own pictures behind it."""
    joint = _joint(request, pk)
    own = joint.own_pictures.values("pk")
    return joint, get_object_or_404(Problem.objects.visible_to(request.user), pk=problem_pk, picture__in=own)


def _place(pk: int, section: str, beside: Collection[int] = ()) -> str:
    chosen = "".join(f"&bredvid={one}" for one in beside)
    return f"{reverse('situation:merge', args=[pk])}?avsnitt={section}{chosen}"


def _beside(request: UserRequest) -> list[int]:
    """The pictures that the person has chosen to see beside the joint one (?bredvid=7&bredvid=9)."""
    return numbers_in(request, "bredvid")


def _after(section: Difference.Section) -> str:
    order = list(Section)
    return order[min(order.index(section) + 1, len(order) - 1)]


def _page(
    request: UserRequest, joint: Picture, asked: Difference.Section, tried: dict[str, Any] | None = None
) -> HttpResponse:
    own = list(joint.own_pictures.police_first().defer("frozen"))
    if not own:
        # Somebody has taken the choice back while the page was open: what was typed stands in the refusal.
        raise Refused(rules.TAKE_PROBLEM, joint, NOT_CHOSEN)
    found = side_by_side(joint, own)
    shown = next(row for row in found if row.section == asked)
    chosen = _beside(request)
    context = {"picture": joint, "rows": found, "shown": shown, "is_problems": asked == Section.PROBLEMS}
    context |= {"steps": rules.DIFFERENCE_STEPS, "sides": shown.beside(chosen), "may_choose": len(own) > BESIDE}
    context["beside"] = "".join(f"&bredvid={pk}" for pk in chosen)
    if asked == Section.PROBLEMS:
        context["difference_form"] = DifferenceForm(auto_id="skillnad_%s")
        context["own"] = [(side, _to_take(side, joint, shown)) for side in shown.beside(chosen)]
    else:
        context["text_form"] = SectionForm(instance=joint, section=asked, suggestion=shown.suggestion)
    return render(request, "situation/merge.html", {**context, **(tried or {})}, status=422 if tried else 200)


def _to_take(side: Side, joint: Picture, shown: SideBySide) -> list[tuple[Problem, Problem | None, TakeForm | None]]:
    """The side's problems, each with the joint picture's problem that it was taken into, or the form to take it."""
    found: list[tuple[Problem, Problem | None, TakeForm | None]] = []
    for problem in side.problems:
        into = next((one for one in problem.taken_into.all() if one.picture_id == joint.pk), None)
        # Each form lists all the joint problems: of hundreds that are taken already it would be made for nothing.
        found.append((problem, into, None if into else TakeForm(problem=problem, among=shown.joint_problems)))
    return found
