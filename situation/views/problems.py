"""Doors to problems: seen in a picture or known without one, written, weighed and decided about."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from journal.steps import NotAllowed, Refused, Step
from lib.addresses import number_in
from lib.swedish import in_words
from partnerships.queries import open_cycle
from partnerships.rules import is_member
from situation import actions, rules
from situation.forms.pictures import ProblemForm
from situation.forms.steps import StepForm
from situation.models import CauseAnalysis, Problem
from situation.queries import prioritised_problems
from situation.views.common import (
    PER_PAGE,
    asked_partnership,
    asked_picture,
    confirm,
    history,
    list_of,
    posted,
)

NO_CYCLE = "Det finns ingen öppen samverkansomgång. Öppna en omgång först, så hamnar problemet i rätt omgång."


def index(request: UserRequest) -> HttpResponse:
    """All problems of a partnership that the person may see, filtered by status."""
    partnership, status = asked_partnership(request), request.GET.get("lage", "")
    if not is_member(request.user, partnership):
        raise PermissionDenied
    found = Problem.objects.visible_to(request.user).live().filter(partnership=partnership)
    if status in Problem.Status.values:
        found = found.filter(status=status)
    ordered = found.select_related("municipality", "picture").in_order()
    context = {
        "partnership": partnership,
        "page": Paginator(ordered, PER_PAGE).get_page(request.GET.get("sida")),
        "status": status,
        "statuses": Problem.Status.choices,
        "may_create": rules.may_create_problem(request.user, partnership, None),
    }
    return render(request, "situation/problem_list.html", context)


def create(request: UserRequest) -> HttpResponse:
    """A problem seen in a picture (?lagesbild=7), or known in the partnership without one (?samverkan=7)."""
    picture = asked_picture(request, number_in(request, "lagesbild")) if "lagesbild" in request.GET else None
    partnership = picture.partnership if picture else asked_partnership(request)
    if not rules.may_create_problem(request.user, partnership, picture):
        raise PermissionDenied
    cycle = picture.cycle if picture else None
    cycle = cycle or open_cycle(partnership, picture.municipality if picture else None)
    if cycle is None:
        messages.error(request, NO_CYCLE)
        return redirect(picture or partnership)
    form = ProblemForm(posted(request), partnership=partnership, user=request.user, picture=picture)
    where = {"partnership": partnership, "cycle": cycle}
    if request.method == "POST" and form.is_valid() and actions.save_problem(form, picture, by=request.user, **where):
        return redirect(picture or form.instance)
    cancel = picture.get_absolute_url() if picture else list_of(partnership, "situation:problems")
    context = {"form": form, "picture": picture, "partnership": partnership, "cancel": cancel}
    return render(request, "situation/problem_form.html", context)


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """One problem: what is known, where it stands, what may be decided about it now."""
    problem = _problem(request, pk)
    context = {
        "problem": problem,
        "steps": rules.next_problem_steps(request.user, problem),
        "writes": rules.may_edit_problem(request.user, problem),
        "analysis": CauseAnalysis.objects.visible_to(request.user)
        .select_related("problem")
        .filter(problem=problem)
        .first(),
        "sources": problem.sources.all(),
        "may_analyse": problem.rank is not None and rules.may_analyse(request.user, problem),
        "events": history(request, problem.picture, problem),
    }
    return render(request, "situation/problem_detail.html", context)


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a problem's text while its picture is a draft."""
    problem = _problem(request, pk)
    if not rules.may_write(request.user, problem):
        raise PermissionDenied
    if request.method == "GET" and not rules.may_edit_problem(request.user, problem):
        raise Refused(rules.BACK_TO_DRAFT, problem, actions.NOT_DRAFT)
    form = ProblemForm(
        posted(request),
        instance=problem,
        partnership=problem.partnership,
        user=request.user,
        picture=problem.picture,
    )
    if request.method == "POST" and form.is_valid() and actions.save_problem(form, problem.picture, by=request.user):
        messages.success(request, "Problemet är sparat.")
        return redirect(problem)
    context = {
        "form": form,
        "problem": problem,
        "partnership": problem.partnership,
        "picture": problem.picture,
        "cancel": problem.get_absolute_url(),
    }
    return render(request, "situation/problem_form.html", context)


def step(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """A decision about a problem, with its reason."""
    problem = _problem(request, pk)
    if not rules.may_decide(request.user, step, problem):
        raise PermissionDenied
    if request.method == "GET" and not rules.is_open_problem(step, problem):
        raise NotAllowed(step, problem)
    form = StepForm(posted(request), step=step, with_reason=True)
    if request.method == "POST" and form.is_valid():
        actions.decide(step, problem, by=request.user, **form.cleaned_data)
        _warn_of_many(request, problem)
        return redirect(problem)
    return confirm(request, step, form, problem)


@require_POST
def up(request: UserRequest, pk: int) -> HttpResponse:
    """Let a prioritised problem change places with the one before it."""
    problem = _problem(request, pk)
    if not rules.may_decide(request.user, rules.PRIORITISE, problem):
        raise PermissionDenied
    actions.move_up(problem, by=request.user)
    return redirect(list_of(problem.partnership))


def _problem(request: UserRequest, pk: int) -> Problem:
    visible = Problem.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("partnership", "municipality", "cycle", "picture__owner"), pk=pk)


def _warn_of_many(request: UserRequest, problem: Problem) -> None:
    """More priorities than the parties can carry are told of, never refused (the handbook: limit the cooperation)."""
    count = prioritised_problems(problem.cycle, problem.municipality).count()
    if problem.status == Problem.Status.PRIORITISED and count > rules.MANY_PROBLEMS:
        messages.warning(
            request,
            f"Nu är {in_words(count)} problem prioriterade. Fler än {in_words(rules.MANY_PROBLEMS)} är svåra att orka "
            "med; fundera på om något hellre ska bevakas.",
        )
