"""Doors to measures and their running log."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements import actions, rules
from agreements import measure_lists as lists
from agreements.forms import LogForm, MeasureForm, problems_to_act_on, step_form
from agreements.measure_pages import shown
from agreements.models import Measure, MeasureLog
from agreements.views.common import PER_PAGE, asked_measure, asked_partnership, confirm, list_of, posted
from journal.models import Event
from journal.steps import NotAllowed, Step
from lib.addresses import number_in
from lib.dates import today
from partnerships.models import Partnership
from partnerships.rules import is_member, municipalities_to_write
from situation.models import Problem


def index(request: UserRequest) -> HttpResponse:
    """A partnership's measures, filtered by problem, status, who is responsible and what waits."""
    partnership = asked_partnership(request)
    if not is_member(request.user, partnership):
        raise PermissionDenied
    mine = Measure.objects.visible_to(request.user).filter(partnership=partnership)
    problem = Problem.objects.visible_to(request.user).filter(pk=number_in(request, "problem")).first()
    status, waiting = request.GET.get("lage", ""), request.GET.get("visa", "")
    chosen: dict[str, Any] = {
        "status": status if status in Measure.Status.values else "",
        "problem": problem.pk if problem else 0,
        "responsible": number_in(request, "ansvarig"),
        "waiting": waiting if waiting in lists.WAITING else "",
    }
    found = lists.for_list(lists.filtered(mine, **chosen))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    balances = lists.balances(mine)
    context = {
        "partnership": partnership,
        "problem": problem,
        "page": page,
        "rows": [(measure, measure.is_overdue(today())) for measure in page],
        "chosen": chosen,
    }
    return render(request, "agreements/measure_list.html", context | _around(request, partnership, problem, balances))


def _around(
    request: UserRequest, partnership: Partnership, problem: Problem | None, balances: list[lists.Balance]
) -> dict[str, Any]:
    """What stands around the list: what may be chosen, and how the measures are balanced."""
    return {
        "statuses": Measure.Status.choices,
        "parties": partnership.parties.current(today()).select_related("organisation"),
        "waiting": lists.WAITING.items(),
        "balances": balances,
        "origins": lists.origins(balances),
        "may_create": rules.may_create_measure(request.user, partnership, problem),
    }


def create(request: UserRequest) -> HttpResponse:
    """A new measure under a problem that all parties may read; the problem is chosen first."""
    partnership = asked_partnership(request)
    if not rules.may_create_measure(request.user, partnership):
        raise PermissionDenied
    start = {"problem": number_in(request, "problem")}
    new = Measure(partnership=partnership)
    form = MeasureForm(posted(request), instance=new, initial=start, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        measure = actions.propose_measure(form, partnership, by=request.user)
        messages.success(request, "Åtgärden är sparad som förslag.")
        return redirect(measure)
    problems = problems_to_act_on(partnership, municipalities_to_write(request.user, partnership))
    context = {
        "form": form,
        "partnership": partnership,
        "cancel": list_of(partnership, "agreements:measures"),
        "problem_list": list_of(partnership, "situation:problems"),
        "problems": problems,
    }
    chosen = form.chosen_problem or form.is_bound or not problems
    return render(request, f"agreements/measure_{'form' if chosen else 'problem'}.html", context)


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The measure, how far it has come, its log, and a line to add in a minute."""
    measure = asked_measure(request, pk)
    return _page(request, measure, LogForm(measure=measure, by=request.user))


def _page(request: UserRequest, measure: Measure, form: LogForm) -> HttpResponse:
    logs, keeps = rules.may_log(request.user, measure), rules.may_measure(request.user, measure)
    log = measure.log.select_related("created_by", "participant__organisation").prefetch_related("files__attachment")
    context = {
        "measure": measure,
        "form": form if form.is_bound or logs else None,
        "overdue": measure.is_overdue(today()),
        "log": log,
        "may_correct": logs and keeps,
        "own_lines": [line.pk for line in log if logs and line.created_by_id == request.user.pk],
        "writes": measure.is_live and keeps,
        "ticks": rules.may_tick(request.user, measure),
        "steps": rules.next_measure_steps(request.user, measure),
        "events": Event.objects.about(measure),
    }
    return render(request, "agreements/measure_detail.html", context | shown(measure))


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a measure that has not ended; what was decided on is changed with a reason."""
    measure = asked_measure(request, pk)
    if not rules.may_measure(request.user, measure):
        raise PermissionDenied
    if request.method == "GET" and not measure.is_live:
        raise NotAllowed(rules.RESUME, measure)
    form = MeasureForm(posted(request), instance=measure, partnership=measure.partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and actions.change_measure(form, by=request.user):
        messages.success(request, "Åtgärden är sparad.")
        return redirect(measure)
    context = {"form": form, "measure": measure, "partnership": measure.partnership, "problems": True}
    return render(request, "agreements/measure_form.html", context | {"cancel": measure.get_absolute_url()})


def step(request: UserRequest, pk: int, step: Step) -> HttpResponse:
    """Decide, start, finish, cancel or open again."""
    measure = asked_measure(request, pk)
    if not rules.may_measure(request.user, measure):
        raise PermissionDenied
    if request.method == "GET" and measure.status not in step.old:
        raise NotAllowed(step, measure)
    form = step_form(step, measure, posted(request))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        actions.move(step, measure, by=request.user, note=told.pop("reason", ""), **told)
        return redirect(measure)
    return confirm(request, step, form, measure)


@require_POST
def log(request: UserRequest, pk: int) -> HttpResponse:
    """One more line in the log."""
    measure = asked_measure(request, pk)
    if not rules.writes_log(request.user, measure):
        raise PermissionDenied
    form = LogForm(request.POST, request.FILES, measure=measure, by=request.user)
    if form.is_valid() and actions.save_log(form, measure, by=request.user):
        messages.success(request, "Loggraden är sparad.")
        return redirect(measure)
    return _page(request, measure, form)


def log_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a line of the log while the measure goes on."""
    line = get_object_or_404(MeasureLog.objects.visible_to(request.user).select_related("measure"), pk=pk)
    measure = asked_measure(request, line.measure_id)
    if not rules.may_measure(request.user, measure):
        raise PermissionDenied
    form = LogForm(posted(request), request.FILES or None, instance=line, measure=measure, by=request.user)
    if request.method == "POST" and form.is_valid() and actions.save_log(form, measure, by=request.user):
        messages.success(request, "Loggraden är rättad.")
        return redirect(measure)
    return render(request, "agreements/log_edit.html", {"form": form, "measure": measure, "line": line})


def log_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a line that was written by mistake; what it said stands in the book."""
    line = get_object_or_404(MeasureLog.objects.visible_to(request.user).select_related("measure"), pk=pk)
    measure = asked_measure(request, line.measure_id)
    if not rules.may_measure(request.user, measure):
        raise PermissionDenied
    if request.method == "POST":
        actions.undo_log(line, measure, by=request.user)
        messages.success(request, "Loggraden är borttagen. Vad den sa står i historiken.")
        return redirect(measure)
    context = {
        "heading": "Ta bort loggraden",
        "lede": str(line),
        "consequences": ["Raden tas bort ur loggen och räknas inte längre.", "Vad den sa står kvar i historiken."],
        "submit": "Ta bort loggraden",
        "cancel": measure.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)
