"""Doors to the merging of two pictures into one, and to the decision that makes one the law's."""

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
from situation import rules, side_by_side
from situation.actions import NOT_DRAFT, merging
from situation.forms.merging import ChooseForm, DifferenceForm, LegalDecisionForm, SectionForm, TakeForm
from situation.forms.steps import StepForm
from situation.models import Difference, LegalDecision, Picture, Problem
from situation.views.common import asked_picture, posted

Section = Difference.Section
NOT_CHOSEN = "De egna lägesbilderna är inte längre valda. Välj dem igen. Det du skrev är inte sparat."


def merge(request: UserRequest, pk: int) -> HttpResponse:
    """Both own pictures side by side, one section at a time; first which ones they are."""
    joint = _joint(request, pk)
    if not (joint.police_picture and joint.municipality_picture):
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
    if form.is_valid() and merging.write_section(form, joint, asked, by=request.user):
        noted = form.cleaned_data["difference"]
        messages.success(request, "Texten och skillnaden är sparade." if noted else f"{asked.label} är sparad.")
        return redirect(_place(pk, asked if noted else _after(asked)))
    return _page(request, joint, asked, {"text_form": form})


@require_POST
def difference(request: UserRequest, pk: int, section: str) -> HttpResponse:
    """Note where the pictures differ."""
    joint, asked = _joint(request, pk), _section(section, strict=True)
    form = DifferenceForm(request.POST, auto_id="skillnad_%s")
    if form.is_valid() and merging.note_difference(form, joint, asked, by=request.user):
        messages.success(request, "Skillnaden är noterad. Utred den, eller behåll den som fråga.")
        return redirect(_place(pk, asked))
    return _page(request, joint, asked, {"difference_form": form})


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
    joint = _joint(request, pk)
    own = (joint.police_picture_id, joint.municipality_picture_id)
    problem = get_object_or_404(Problem.objects.visible_to(request.user), pk=problem_pk, picture__in=own)
    form = TakeForm(request.POST, joint=joint)
    if form.is_valid():
        into = form.cleaned_data["into"]
        taken = merging.take_problem(problem, joint, by=request.user, into=into)
        said = "Problemet är med" if into in (None, taken) else "Problemet var redan med"
        messages.success(request, f"{said} i den gemensamma lägesbilden, som {taken}.")
    else:
        messages.error(request, "Det problemet finns inte längre i den gemensamma lägesbilden. Välj igen.")
    return redirect(_place(pk, Section.PROBLEMS))


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


def _place(pk: int, section: str) -> str:
    return f"{reverse('situation:merge', args=[pk])}?avsnitt={section}"


def _after(section: Difference.Section) -> str:
    order = list(Section)
    return order[min(order.index(section) + 1, len(order) - 1)]


def _page(
    request: UserRequest, joint: Picture, asked: Difference.Section, tried: dict[str, Any] | None = None
) -> HttpResponse:
    if not (joint.police_picture and joint.municipality_picture):
        # Somebody has taken the choice back while the page was open: what was typed stands in the refusal.
        raise Refused(rules.TAKE_PROBLEM, joint, NOT_CHOSEN)
    rows = side_by_side.side_by_side(joint, joint.police_picture, joint.municipality_picture)
    shown = next(row for row in rows if row.section == asked)
    context = {"picture": joint, "rows": rows, "shown": shown, "is_problems": asked == Section.PROBLEMS}
    context["steps"] = rules.DIFFERENCE_STEPS
    if asked == Section.PROBLEMS:
        context["difference_form"] = DifferenceForm(auto_id="skillnad_%s")
        context["own"] = [(side, _to_take(side, joint)) for side in shown.sides]
    else:
        context["text_form"] = SectionForm(instance=joint, section=asked, suggestion=shown.suggestion)
    return render(request, "situation/merge.html", {**context, **(tried or {})}, status=422 if tried else 200)


def _to_take(side: side_by_side.Side, joint: Picture) -> list[tuple[Problem, Problem | None]]:
    """The side's problems, each with the joint picture's problem that it was taken into."""
    return [
        (problem, next((one for one in problem.taken_into.all() if one.picture_id == joint.pk), None))
        for problem in side.problems
    ]
