"""Doors to the weighing of problems: the matrix that is filled in together, and the steering group's decision."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from journal.models import Event
from journal.steps import NotAllowed, Refused
from lib.addresses import number_in
from lib.swedish import in_words, plural
from municipalities.models import Municipality
from partnerships.models import Cycle
from partnerships.queries import open_cycle
from partnerships.rules import is_member
from situation import priorities, rules
from situation.actions import prioritising
from situation.forms.priorities import DecisionForm, WeightsForm, answers_in
from situation.models import Cell, Choice, Prioritisation, Problem
from situation.priorities import Spot
from situation.views.common import PER_PAGE, asked_partnership, list_of, posted

NOTHING_SENT = "Inget är sparat: det som skickades innehöll inga svar. Välj i rutorna och spara igen."
NO_CYCLE = "Det finns ingen öppen samverkansomgång. Öppna en omgång först."
NOT_SAVED = "Några rutor sparades inte, för att någon annan hade ändrat dem. De är utmärkta här nedanför."
WEIGHTS_CHANGED = (
    "Vikterna är inte sparade: någon annan ändrade dem samtidigt, eller så är prioriteringen beslutad. "
    "Här står de som de är nu."
)


def index(request: UserRequest) -> HttpResponse:
    """The partnership's weighings, and what the person may begin to weigh."""
    partnership = asked_partnership(request)
    if not is_member(request.user, partnership):
        raise PermissionDenied
    found = Prioritisation.objects.visible_to(request.user).filter(partnership=partnership)
    found = found.select_related("cycle", "municipality", "body").defer("frozen")
    context = {
        "partnership": partnership,
        "page": Paginator(found.order_by("-status", "-decided_on", "-pk"), PER_PAGE).get_page(request.GET.get("sida")),
        "scopes": priorities.scopes(request.user, partnership),
    }
    return render(request, "situation/priority_list.html", context)


@require_POST
def begin(request: UserRequest) -> HttpResponse:
    """Begin to weigh, or open what is being weighed: all problems, or one municipality's own (kommun=12)."""
    partnership, code = asked_partnership(request), request.POST.get("kommun", "")
    place = None
    if code:
        place = get_object_or_404(Municipality.objects.filter(pk__in=partnership.municipalities()), slug=code)
    if not rules.may_weigh(request.user, partnership, place.pk if place else None):
        raise PermissionDenied
    cycle = open_cycle(partnership, place)
    if cycle is None:
        messages.error(request, NO_CYCLE)
        return redirect(list_of(partnership, "situation:priorities"))
    return redirect(prioritising.begin(cycle, place, by=request.user))


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The matrix while it is filled in; once it is decided, what was frozen."""
    prioritisation = _prioritisation(request, pk)
    if prioritisation.is_decided:
        frozen = prioritisation.frozen or {}
        context = {"frozen": frozen, "columns": [priorities.Column(**column) for column in frozen["columns"]]}
        about = {"prioritisation": prioritisation, "events": _events(prioritisation)}
        return render(request, "situation/priority_decided.html", context | about)
    return _show(request, prioritisation)


@require_POST
def cells(request: UserRequest, pk: int) -> HttpResponse:
    """Set cells: one as it is chosen, or all that stand on the page."""
    prioritisation, answers = _prioritisation(request, pk), answers_in(request.POST.dict())
    if not rules.may_weigh(request.user, prioritisation.partnership, prioritisation.municipality_id):
        raise PermissionDenied
    if not answers:
        return _nothing_saved(request, prioritisation)
    asked = {problem for problem, _ in answers}
    problems = Problem.objects.visible_to(request.user).filter(partnership=prioritisation.partnership_id, pk__in=asked)
    mine = _writable(request, prioritisation, problems)
    if asked - mine:
        raise PermissionDenied
    told = prioritising.weigh(prioritisation, answers, by=request.user)
    if request.htmx:
        return _saved(request, prioritisation, list(problems), told, list(answers))
    if told:
        messages.error(request, NOT_SAVED if len(told) > 1 else next(iter(told.values())))
        alone = "problem" in request.GET and prioritising.GONE not in told.values()
        return (_one if alone else _show)(request, prioritisation, told)
    messages.success(request, "Sparat.")
    return redirect(_after(request, prioritisation))


@require_POST
def weights(request: UserRequest, pk: int) -> HttpResponse:
    """Let some grounds count more than others."""
    prioritisation = _prioritisation(request, pk)
    if not rules.may_weigh(request.user, prioritisation.partnership, prioritisation.municipality_id):
        raise PermissionDenied
    form = WeightsForm(request.POST, prioritisation=prioritisation)
    if not form.is_valid():
        return _show(request, prioritisation, weights_form=form)
    if prioritising.set_weights(prioritisation, form.was(), form.weights(), by=request.user):
        messages.success(request, "Vikterna är sparade.")
    else:
        messages.error(request, WEIGHTS_CHANGED)
    return redirect(prioritisation)


def one(request: UserRequest, pk: int) -> HttpResponse:
    """One problem at a time (?problem=12): for the phone, and for a group that takes them in turn."""
    prioritisation = _prioritisation(request, pk)
    return redirect(prioritisation) if prioritisation.is_decided else _one(request, prioritisation)


def settle(request: UserRequest, pk: int) -> HttpResponse:
    """Note what the steering group decided about every problem in the matrix."""
    prioritisation = _prioritisation(request, pk)
    if prioritisation.is_decided:
        raise NotAllowed(rules.SETTLE_PRIORITIES, prioritisation)
    if request.method == "GET" and not _is_open(prioritisation):
        raise Refused(rules.SETTLE_PRIORITIES, prioritisation, prioritising.CLOSED)
    problems = list(priorities.problems_of(prioritisation))
    if not _may_settle(request, prioritisation, problems):
        raise PermissionDenied
    pictures = priorities.pictures_for(prioritisation)
    form = DecisionForm(posted(request), instance=prioritisation, problems=problems, pictures=pictures)
    valid = request.method == "POST" and form.is_valid()
    if valid and prioritising.settle(form, prioritisation, form.verdicts(), by=request.user):
        _tell_of_decision(request, prioritisation)
        return redirect(prioritisation)
    rows = {row.problem: row for row in priorities.matrix(prioritisation, problems)}
    pairs = [(fields, rows[fields.problem.pk]) for fields in form.verdict_fields()]
    context = {"form": form, "prioritisation": prioritisation, "pairs": pairs, "many": in_words(rules.MANY_PROBLEMS)}
    return render(request, "situation/priority_settle.html", context)


def _prioritisation(request: UserRequest, pk: int) -> Prioritisation:
    visible = Prioritisation.objects.visible_to(request.user)
    related = ("partnership", "cycle", "municipality", "body", "picture")
    return get_object_or_404(visible.select_related(*related).defer("picture__frozen"), pk=pk)


def _is_open(prioritisation: Prioritisation) -> bool:
    return prioritisation.cycle.status == Cycle.Status.OPEN


def _nothing_saved(request: UserRequest, prioritisation: Prioritisation) -> HttpResponse:
    """Nothing that was sent is a cell: say so on the matrix, or alone to htmx."""
    if request.htmx:
        return HttpResponse(NOTHING_SENT, status=422, content_type="text/plain; charset=utf-8")
    messages.error(request, NOTHING_SENT)
    response = _show(request, prioritisation)
    response.status_code = 422
    return response


def _writable(request: UserRequest, prioritisation: Prioritisation, problems: Iterable[Problem]) -> set[int]:
    """Ids of the problems whose cells the person may set: a neighbour's own are only read."""
    if prioritisation.is_decided:
        return {problem.pk for problem in problems}  # the action tells that it is too late
    where = {problem.pk: priorities.place_of(prioritisation, problem) for problem in problems}
    return {pk for pk, place in where.items() if rules.may_weigh(request.user, prioritisation.partnership, place)}


def _may_settle(request: UserRequest, prioritisation: Prioritisation, problems: list[Problem]) -> bool:
    places = {priorities.place_of(prioritisation, problem) for problem in problems}
    return rules.may_settle(request.user, prioritisation, places or {prioritisation.municipality_id})


def _events(prioritisation: Prioritisation) -> QuerySet[Event]:
    """What has happened, without every cell that was set: the cells show that themselves."""
    return Event.objects.about(prioritisation).exclude(verb="weighed")


def _show(
    request: UserRequest,
    prioritisation: Prioritisation,
    told: dict[Spot, str] | None = None,
    weights_form: WeightsForm | None = None,
) -> HttpResponse:
    problems = list(priorities.problems_of(prioritisation))
    page: Page[Problem] = Paginator(problems, PER_PAGE).get_page(request.GET.get("sida"))
    mine = _writable(request, prioritisation, problems)
    writes = mine if _is_open(prioritisation) else set()
    rows = priorities.matrix(prioritisation, page, writes=writes, told=told)
    context = {
        "prioritisation": prioritisation,
        "page": page,
        "rows": rows,
        "columns": priorities.columns(prioritisation),
        "values": Cell.Value.choices,
        "writes": writes,
        "is_closed": not _is_open(prioritisation),
        "is_only_read": len(problems) > len(mine),
        "weights_form": weights_form or WeightsForm(prioritisation=prioritisation),
        "may_settle": _is_open(prioritisation) and bool(problems) and _may_settle(request, prioritisation, problems),
        "events": _events(prioritisation),
    }
    return render(request, "situation/priority_matrix.html", context)


def _one(request: UserRequest, prioritisation: Prioritisation, told: dict[Spot, str] | None = None) -> HttpResponse:
    problems = list(priorities.problems_of(prioritisation))
    place = _place(request, problems)
    problem = problems[place]
    is_open = _is_open(prioritisation)
    writes = _writable(request, prioritisation, [problem]) if is_open else set()
    (row,) = priorities.matrix(prioritisation, [problem], writes=writes, told=told)
    context = {
        "prioritisation": prioritisation,
        "problem": problem,
        "row": row,
        "is_closed": not is_open,
        "values": Cell.Value.choices,
        "number": place + 1,
        "count": len(problems),
        "before": problems[place - 1] if place else None,
        "after": problems[place + 1] if place + 1 < len(problems) else None,
    }
    return render(request, "situation/priority_one.html", context)


def _place(request: UserRequest, problems: list[Problem]) -> int:
    """Where in the list the asked problem stands; the first if none is asked for, 404 if it is not there."""
    numbers, asked = [problem.pk for problem in problems], number_in(request, "problem")
    if not numbers or ("problem" in request.GET and asked not in numbers):
        raise Http404
    return numbers.index(asked) if asked else 0


def _after(request: UserRequest, prioritisation: Prioritisation) -> str:
    """Where one goes on when cells are saved: to the next problem, or back to the same page of the matrix."""
    address = prioritisation.get_absolute_url()
    if "problem" not in request.GET:
        return f"{address}?sida={number_in(request, 'sida') or 1}"
    numbers = list(priorities.problems_of(prioritisation).values_list("pk", flat=True))
    asked = number_in(request, "problem")
    following = numbers[numbers.index(asked) + 1 :] if asked in numbers else []
    one_page = reverse("situation:priority_one", args=[prioritisation.pk])
    return f"{one_page}?problem={following[0]}" if following else address


def _saved(
    request: UserRequest,
    prioritisation: Prioritisation,
    problems: list[Problem],
    told: dict[Spot, str],
    spots: list[Spot],
) -> HttpResponse:
    """The cells that were set, as they are now, and their rows' sums."""
    still = set(priorities.problems_of(prioritisation).values_list("pk", flat=True))
    writes = still if _is_open(prioritisation) and not prioritisation.is_decided else set()
    rows = priorities.matrix(prioritisation, problems, writes=writes, told=told)
    asked = [(row, square) for row in rows for square in row.squares if (square.problem, square.ground) in spots]
    context = {"prioritisation": prioritisation, "asked": asked, "rows": rows, "values": Cell.Value.choices}
    return render(request, "situation/_priority_saved.html", context | {"told": told})


def _tell_of_decision(request: UserRequest, prioritisation: Prioritisation) -> None:
    """More priorities than the parties can carry are told of, never refused (the handbook: limit the cooperation)."""
    count = prioritisation.choices.filter(outcome=Choice.Outcome.CHOSEN).count()
    said = plural(count, "problem är prioriterat", "problem är prioriterade")
    messages.success(request, f"Beslutet är infört: {said}. Matrisen är fryst.")
    if count > rules.MANY_PROBLEMS:
        messages.warning(
            request,
            f"Fler än {in_words(rules.MANY_PROBLEMS)} prioriterade problem är svåra att orka med; "
            "fundera på om något hellre ska bevakas.",
        )
