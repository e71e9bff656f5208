"""Doors to cause analyses: one page to work on together, and the causes one by one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from journal.edits import save_edit
from journal.models import Event
from journal.steps import NotAllowed, Step, take
from situation import analysing, causes, rules
from situation.forms import AnalysisForm, CauseForm, StepForm
from situation.models import Cause, CauseAnalysis, Problem
from situation.views.common import posted


@require_POST
def begin(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the problem's analysis, or open the one that is there."""
    problem = get_object_or_404(
        Problem.objects.visible_to(request.user).select_related("partnership", "picture"), pk=pk
    )
    if not rules.may_analyse(request.user, problem):
        raise PermissionDenied
    return redirect(analysing.begin(problem, by=request.user))


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The questions, the causes as a tree and by category, and what is still lacking."""
    analysis = _analysis(request, pk)
    return _show(request, analysis, CauseForm(analysis=analysis))


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Write the answers to the questions, and who was there."""
    analysis = _analysis(request, pk, writing=True)
    form = AnalysisForm(posted(request), instance=analysis)
    if request.method == "POST" and form.is_valid() and save_edit(form, by=request.user):
        messages.success(request, "Analysen är sparad.")
        return redirect(analysis)
    return render(request, "situation/analysis_edit.html", {"form": form, "analysis": analysis})


def cause_create(request: UserRequest, pk: int) -> HttpResponse:
    """Add a cause; what does not fit is told on the same page."""
    analysis = _analysis(request, pk, writing=True)
    form = CauseForm(posted(request), analysis=analysis)
    if request.method == "POST" and form.is_valid() and analysing.save_cause(form, analysis, by=request.user):
        return redirect(form.instance)
    return _show(request, analysis, form)


def cause_edit(request: UserRequest, pk: int) -> HttpResponse:
    cause = _cause(request, pk)
    form = CauseForm(posted(request), instance=cause, analysis=cause.analysis)
    if request.method == "POST" and form.is_valid() and analysing.save_cause(form, cause.analysis, by=request.user):
        return redirect(cause)
    return render(request, "situation/cause_edit.html", {"form": form, "cause": cause})


@require_POST
def cause_remove(request: UserRequest, pk: int) -> HttpResponse:
    cause = _cause(request, pk)
    analysing.remove_cause(cause, by=request.user)
    messages.success(request, "Orsaken är borttagen. Vad som stod finns kvar i historiken.")
    return redirect(cause.analysis)


@require_POST
def conclude(request: UserRequest, pk: int) -> HttpResponse:
    analysis = _analysis(request, pk, writing=True)
    analysing.conclude(analysis, by=request.user)
    messages.success(request, "Orsaksanalysen är klar.")
    return redirect(analysis)


def step(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Open a concluded analysis again, with the reason."""
    analysis = _analysis(request, pk, writing=True)
    if request.method == "GET" and analysis.status not in step.old:
        raise NotAllowed(step, analysis)
    form = StepForm(posted(request), step=step)
    if request.method == "POST" and form.is_valid():
        take(step, analysis, by=request.user, note=form.cleaned_data["reason"])
        return redirect(analysis)
    shown = {"heading": step.label, "lede": str(analysis), "form": form, "submit": step.label}
    return render(request, "components/confirm.html", shown | {"cancel": analysis.get_absolute_url()})


def _show(request: UserRequest, analysis: CauseAnalysis, form: CauseForm) -> HttpResponse:
    found = list(analysis.causes.select_related("analysis"))
    missing = causes.missing_for_done(analysis, found) if analysis.is_ongoing else []
    writes = analysis.is_ongoing and rules.may_analyse(request.user, analysis.problem)
    context = {
        "analysis": analysis,
        "questions": analysis.answers(),
        "tree": causes.tree(found),
        "bones": causes.bones(found),
        "missing": missing,
        "form": form if writes or form.is_bound else None,
        "is_quiet": not writes or bool(missing),
        "writes": writes,
        "steps": rules.next_analysis_steps(request.user, analysis),
        "events": Event.objects.about(analysis, *found),
    }
    return render(request, "situation/analysis_detail.html", context)


def _analysis(request: UserRequest, pk: int, *, writing: bool = False) -> CauseAnalysis:
    visible = CauseAnalysis.objects.visible_to(request.user)
    found = get_object_or_404(visible.select_related("partnership", "problem__picture", "problem__municipality"), pk=pk)
    if writing and not rules.may_analyse(request.user, found.problem):
        raise PermissionDenied
    return found


def _cause(request: UserRequest, pk: int) -> Cause:
    visible = Cause.objects.visible_to(request.user)
    cause = get_object_or_404(visible.select_related("analysis__partnership", "analysis__problem__picture"), pk=pk)
    if not rules.may_analyse(request.user, cause.analysis.problem):
        raise PermissionDenied
    return cause
