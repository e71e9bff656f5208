"""Doors to goals: what shall change, how much, from what, until when."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.http import UserRequest
from agreements import actions, goal_pages, rules
from agreements.forms import GoalForm, OutcomeForm, problems_to_act_on, step_form
from agreements.models import Goal, Measure
from agreements.views.common import asked_partnership, confirm, list_of, posted
from agreements.wording import CONSEQUENCES
from journal.models import Event
from journal.steps import NotAllowed, Step, take
from lib.addresses import number_in
from partnerships.models import Partnership
from partnerships.rules import is_member, municipalities_to_write

FETCH = "fetch_baseline"


def index(request: UserRequest) -> HttpResponse:
    """A partnership's goals under their problems."""
    partnership = asked_partnership(request)
    if not is_member(request.user, partnership):
        raise PermissionDenied
    goals = Goal.objects.visible_to(request.user).filter(partnership=partnership)
    dropped = bool(request.GET.get("strukna"))
    context = {
        "partnership": partnership,
        "groups": goal_pages.by_problem(goals if dropped else goals.live()),
        "dropped": dropped,
        "may_create": rules.may_create_goal(request.user, partnership),
    }
    return render(request, "agreements/goal_list.html", context)


def create(request: UserRequest) -> HttpResponse:
    """A new goal under a problem that all parties may read."""
    partnership = asked_partnership(request)
    if not rules.may_create_goal(request.user, partnership):
        raise PermissionDenied
    form = _form(
        request, partnership, Goal(partnership=partnership), initial={"problem": number_in(request, "problem")}
    )
    if _is_saved(request, form, partnership):
        messages.success(request, "Målet är sparat som förslag.")
        return redirect(form.instance)
    problems = problems_to_act_on(partnership, municipalities_to_write(request.user, partnership))
    return _written(request, form, partnership, problems.exists(), list_of(partnership, "agreements:goals"))


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a goal; one that is adopted only with a reason."""
    goal = _goal(request, pk)
    if not rules.may_goal(request.user, goal):
        raise PermissionDenied
    if request.method == "GET" and goal.status not in goal.EDITABLE_STATUSES:
        raise NotAllowed(rules.REVIVE, goal)
    form = _form(request, goal.partnership, goal)
    if _is_saved(request, form, goal.partnership):
        messages.success(request, "Målet är sparat.")
        return redirect(goal)
    return _written(request, form, goal.partnership, True, goal.get_absolute_url(), goal=goal)


def _form(request: UserRequest, partnership: Partnership, goal: Goal, **more: Any) -> GoalForm:
    """The form as it is sent. Asked for the system's figure, it comes back with that filled in and nothing lost."""
    belongs: dict[str, Any] = {"instance": goal, "partnership": partnership, "user": request.user, **more}
    form = GoalForm(posted(request), **belongs)
    if FETCH not in request.POST:
        return form
    return GoalForm(None, **belongs | {"initial": form.filled_in()})


def _is_saved(request: UserRequest, form: GoalForm, partnership: Partnership) -> bool:
    return form.is_bound and form.is_valid() and actions.save_goal(form, partnership, by=request.user)


def _written(
    request: UserRequest, form: GoalForm, partnership: Partnership, problems: bool, cancel: str, **more: Any
) -> HttpResponse:
    context = {"form": form, "partnership": partnership, "problems": problems, "cancel": cancel}
    context["problem_list"] = list_of(partnership, "situation:problems")
    return render(request, "agreements/goal_form.html", context | more)


def advice(request: UserRequest) -> HttpResponse:
    """Help while typing: the same advice as on the saved page, for what is written this far. Nothing is stored."""
    partnership = asked_partnership(request)
    if not rules.may_create_goal(request.user, partnership):
        raise PermissionDenied
    form = GoalForm(request.GET, instance=Goal(partnership=partnership), partnership=partnership, user=request.user)
    return render(request, "agreements/_goal_advice.html", {"advice": form.advice})


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The goal, how it stands the test of SMART, and the measures that shall reach it."""
    goal = _goal(request, pk)
    measures = Measure.objects.visible_to(request.user).filter(goals=goal).with_count()
    context = {
        "goal": goal,
        "checks": goal_pages.checks(goal),
        "facts": goal_pages.facts(goal),
        "outcomes": goal.outcomes.select_related("created_by"),
        "may_judge": rules.may_judge(request.user, goal),
        "children": goal.children.live(),
        "measures": measures.select_related("problem", "responsible__organisation").order_by("starts", "pk"),
        "writes": goal.status in goal.EDITABLE_STATUSES and rules.may_goal(request.user, goal),
        "steps": rules.next_goal_steps(request.user, goal),
        "events": Event.objects.about(goal),
    }
    return render(request, "agreements/goal_detail.html", context)


def step(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Adopt, drop or take up again."""
    goal = _goal(request, pk)
    if not rules.may_goal(request.user, goal):
        raise PermissionDenied
    if request.method == "GET" and goal.status not in step.old:
        raise NotAllowed(step, goal)
    form = step_form(step, None, posted(request))
    if request.method == "POST" and form.is_valid():
        take(step, goal, by=request.user, note=form.cleaned_data.get("reason", ""))
        return redirect(goal)
    return confirm(request, step, form, goal)


def judge(request: UserRequest, pk: int) -> HttpResponse:
    """Say where the goal stands: reached, on its way, or why it cannot be told."""
    goal = _goal(request, pk)
    if not rules.may_goal(request.user, goal):
        raise PermissionDenied
    if request.method == "GET" and not rules.may_judge(request.user, goal):
        raise NotAllowed(rules.ADOPT, goal)
    form = OutcomeForm(posted(request))
    if request.method == "POST" and form.is_valid() and actions.judge_goal(form, goal, by=request.user):
        messages.success(request, "Bedömningen är sparad.")
        return redirect(goal)
    context = {"heading": "Bedöm målets utfall", "lede": str(goal), "form": form, "submit": "Spara bedömningen"}
    context |= {"consequences": CONSEQUENCES["goal_judge"], "cancel": goal.get_absolute_url()}
    return render(request, "components/confirm.html", context)


def _goal(request: UserRequest, pk: int) -> Goal:
    owned = ("partnership", "municipality", "problem", "agreement", "indicator", "parent", "responsible__organisation")
    return get_object_or_404(Goal.objects.visible_to(request.user).select_related(*owned), pk=pk)
