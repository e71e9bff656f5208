"""Doors to cause analyses: one page to work on together, and the causes one by one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from journal.models import Event
from journal.steps import NotAllowed, Step
from lib.addresses import number_in
from partnerships.models import Cycle
from situation import causes, fishbone, rules
from situation.actions import analysing
from situation.forms.causes import AnalysisForm, CauseForm
from situation.forms.steps import StepForm
from situation.models import Cause, CauseAnalysis, Problem
from situation.views.common import posted

TREE, FISHBONE = "trad", "fiskben"
SHAPES = {TREE: "Träd", FISHBONE: "Fiskben", "lista": "Lista"}


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
    """The causes as a tree, a fishbone or a list (?visa=fiskben), the questions, and what is still lacking."""
    return _show(request, _analysis(request, pk), focus=number_in(request, "orsak"))


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Write the answers to the questions, and who was there."""
    analysis = _analysis(request, pk, writing=True)
    form = AnalysisForm(posted(request), instance=analysis)
    if request.method == "POST" and form.is_valid() and analysing.save_answers(form, analysis, by=request.user):
        messages.success(request, "Analysen är sparad.")
        return redirect(analysis)
    return render(request, "situation/analysis_edit.html", {"form": form, "analysis": analysis})


def cause_create(request: UserRequest, pk: int) -> HttpResponse:
    """Add a cause; what does not fit is told on the same page."""
    analysis = _analysis(request, pk, writing=True)
    form = CauseForm(posted(request), analysis=analysis)
    if request.method == "POST" and form.is_valid() and analysing.save_cause(form, analysis, by=request.user):
        return _show(request, analysis) if request.htmx else redirect(_address(request, analysis, form.instance))
    return _show(request, analysis, form)


def cause_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a cause or move it behind another: in its place in the list, or on a page of its own."""
    cause = _cause(request, pk)
    if cause is None:
        return _removed(request)
    form = CauseForm(posted(request), instance=cause, analysis=cause.analysis, auto_id="edit_%s")
    if request.method == "POST" and form.is_valid() and analysing.save_cause(form, cause.analysis, by=request.user):
        if request.htmx:
            return _show(request, cause.analysis, focus=cause.number)
        return redirect(_address(request, cause.analysis, cause))
    if form.has_error(NON_FIELD_ERRORS, analysing.GONE):
        return _removed(request, cause.analysis)
    if request.htmx:
        form.fields["text"].widget.attrs["autofocus"] = True
        return _show(request, cause.analysis, editing=form)
    context = {"form": form, "cause": cause, "back": _address(request, cause.analysis, cause)}
    return render(request, "situation/cause_edit.html", context)


@require_POST
def cause_remove(request: UserRequest, pk: int) -> HttpResponse:
    cause = _cause(request, pk)
    analysis = cause.analysis if cause else _asked_analysis(request)
    if cause:
        analysing.remove_cause(cause, by=request.user)
    if request.htmx:
        return _show(request, analysis)
    messages.success(request, "Orsaken är borttagen. Vad som stod finns kvar i historiken.")
    return redirect(_address(request, analysis))


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
        analysing.move(step, analysis, by=request.user, reason=form.cleaned_data["reason"])
        return redirect(analysis)
    shown = {"heading": step.label, "lede": str(analysis), "form": form, "submit": step.label}
    return render(request, "components/confirm.html", shown | {"cancel": analysis.get_absolute_url()})


def _show(
    request: UserRequest,
    analysis: CauseAnalysis,
    form: CauseForm | None = None,
    *,
    editing: CauseForm | None = None,
    focus: int = 0,
) -> HttpResponse:
    """The whole page, or for htmx the causes with what follows from them. `focus`: the cause to go on from."""
    found = list(analysis.causes.select_related("analysis", "picture_source"))
    context = {
        "editing": editing,
        "focus": focus,
        **_state(request, analysis, found, form or CauseForm(analysis=analysis, initial=_last_said(request))),
        **_drawn(request, analysis, found),
    }
    if request.htmx:
        return render(request, "situation/_causes_answer.html", context)
    # That a cause was added, the list tells better.
    events = Event.objects.about(analysis, *found).exclude(verb="created", label="Orsak tillagd")
    whole = {"questions": analysis.answers(), "prompts": causes.PROMPTS, "events": events}
    return render(request, "situation/analysis_detail.html", context | whole)


def _state(request: UserRequest, analysis: CauseAnalysis, found: list[Cause], form: CauseForm) -> dict[str, Any]:
    missing = causes.missing_for_done(analysis, found) if analysis.is_ongoing and not analysis.is_out_of_date else []
    is_open = analysis.problem.cycle.status == Cycle.Status.OPEN
    writes = is_open and analysis.is_ongoing and rules.may_analyse(request.user, analysis.problem)
    return {
        "analysis": analysis,
        "basis": causes.sources_told(analysis),
        "conclusion": causes.chosen_in_order(found),
        "missing": missing,
        "form": form if writes or form.is_bound else None,
        "is_quiet": not writes or bool(missing),
        "writes": writes,
        "steps": rules.next_analysis_steps(request.user, analysis) if is_open else [],
    }


def _drawn(request: UserRequest, analysis: CauseAnalysis, found: list[Cause]) -> dict[str, Any]:
    """The drawing that the address asks for, and the choice between them; a list alone draws nothing."""
    asked, tree, drawing = _asked_shape(request) or TREE, causes.tree(found), None
    if found and asked == TREE:
        drawing = fishbone.tree_drawing(str(analysis.problem), tree)
    elif asked == FISHBONE:
        drawing = fishbone.fishbone_drawing(str(analysis.problem), causes.bones(found))
    return {"tree": tree, "drawing": drawing, "shape": asked, "shapes": SHAPES.items()}


def _asked_shape(request: UserRequest) -> str:
    shape = request.GET.get("visa", "")
    return shape if shape in SHAPES else ""


def _last_said(request: UserRequest) -> dict[str, str]:
    """Where the next cause probably belongs: where the one before it was put."""
    return {name: request.POST[name] for name in ("parent", "category") if name in request.POST}


def _address(request: UserRequest, analysis: CauseAnalysis, cause: Cause | None = None) -> str:
    """The analysis in the same shape, at the cause."""
    shape = _asked_shape(request)
    query, anchor = f"?visa={shape}" if shape else "", f"#orsak-{cause.number}" if cause else ""
    return f"{analysis.get_absolute_url()}{query}{anchor}"


def _analysis(request: UserRequest, pk: int, *, writing: bool = False) -> CauseAnalysis:
    visible = CauseAnalysis.objects.visible_to(request.user)
    related = ("partnership", "problem__picture", "problem__municipality", "problem__cycle")
    found = get_object_or_404(visible.select_related(*related).prefetch_related("sources"), pk=pk)
    if writing and not rules.may_analyse(request.user, found.problem):
        raise PermissionDenied
    return found


def _cause(request: UserRequest, pk: int) -> Cause | None:
    """The cause; None if it is gone from an analysis that the address names (?analys=7), else 404."""
    related = ("analysis__partnership", "analysis__problem__picture", "analysis__problem__cycle")
    cause = Cause.objects.visible_to(request.user).select_related(*related).filter(pk=pk).first()
    if cause is None:
        _asked_analysis(request)
    elif not rules.may_analyse(request.user, cause.analysis.problem):
        raise PermissionDenied
    return cause


def _asked_analysis(request: UserRequest) -> CauseAnalysis:
    return _analysis(request, number_in(request, "analys"), writing=True)


def _removed(request: UserRequest, analysis: CauseAnalysis | None = None) -> HttpResponse:
    """Somebody took the cause away: what was typed is offered as a new one, on the page of the analysis."""
    analysis = analysis or _asked_analysis(request)
    if request.method == "GET":
        messages.warning(request, "Orsaken är borttagen.")
        return _show(request, analysis) if request.htmx else redirect(_address(request, analysis))
    form = CauseForm(posted(request), analysis=analysis)
    form.add_error(None, analysing.REMOVED)
    return _show(request, analysis, form)
