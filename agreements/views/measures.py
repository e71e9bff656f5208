"""Doors to measures and their running log."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements import actions, rules
from agreements.forms import LogForm, MeasureForm, problems_to_act_on, step_form
from agreements.models import Measure, MeasureLog
from agreements.views.common import PER_PAGE, asked_measure, asked_partnership, confirm, list_of, posted
from journal.edits import save_edit, save_new
from journal.models import Event
from journal.steps import NotAllowed, Step
from lib.addresses import number_in
from lib.dates import today
from partnerships.rules import is_member, municipalities_to_write
from situation.models import Problem


def index(request: UserRequest) -> HttpResponse:
    """A partnership's measures, filtered by problem and status."""
    partnership = asked_partnership(request)
    if not is_member(request.user, partnership):
        raise PermissionDenied
    found = Measure.objects.visible_to(request.user).filter(partnership=partnership)
    status = request.GET.get("lage", "")
    problem = Problem.objects.visible_to(request.user).filter(pk=number_in(request, "problem")).first()
    chosen = {"problem": problem, "status": status if status in Measure.Status.values else ""}
    found = found.filter(**{name: value for name, value in chosen.items() if value})
    found = found.with_count().select_related("problem", "responsible__organisation", "municipality")
    page = Paginator(found.order_by("-starts", "-pk"), PER_PAGE).get_page(request.GET.get("sida"))
    day = today()
    context = {
        "partnership": partnership,
        "problem": problem,
        "page": page,
        "rows": [(measure, measure.is_overdue(day)) for measure in page],
        "status": status,
        "statuses": Measure.Status.choices,
        "may_create": rules.may_create_measure(request.user, partnership, problem),
    }
    return render(request, "agreements/measure_list.html", context)


def create(request: UserRequest) -> HttpResponse:
    """A new measure under a problem that all parties may read."""
    partnership = asked_partnership(request)
    if not rules.may_create_measure(request.user, partnership):
        raise PermissionDenied
    start = {"problem": number_in(request, "problem")}
    form = MeasureForm(posted(request), initial=start, partnership=partnership, user=request.user)
    if request.method == "POST" and form.is_valid():
        cycle = form.cleaned_data["problem"].cycle
        measure = save_new(form, by=request.user, partnership=partnership, cycle=cycle)
        messages.success(request, "Åtgärden är sparad som förslag.")
        return redirect(measure)
    context = {
        "form": form,
        "partnership": partnership,
        "cancel": list_of(partnership, "agreements:measures"),
        "problem_list": list_of(partnership, "situation:problems"),
        "problems": problems_to_act_on(partnership, municipalities_to_write(request.user, partnership)).exists(),
    }
    return render(request, "agreements/measure_form.html", context)


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The measure, how far it has come, its log, and a line to add in a minute."""
    measure = asked_measure(request, pk)
    return _page(request, measure, LogForm(measure=measure, by=request.user))


def _page(request: UserRequest, measure: Measure, form: LogForm) -> HttpResponse:
    context = {
        "measure": measure,
        "form": form if form.is_bound or rules.may_log(request.user, measure) else None,
        "overdue": measure.is_overdue(today()),
        "log": measure.log.select_related("created_by", "participant__organisation").prefetch_related(
            "files__attachment"
        ),
        "may_correct": rules.may_log(request.user, measure),
        "writes": measure.is_live and rules.may_measure(request.user, measure),
        "steps": rules.next_measure_steps(request.user, measure),
        "events": Event.objects.about(measure),
    }
    return render(request, "agreements/measure_detail.html", context)


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a measure that has not ended."""
    measure = asked_measure(request, pk)
    if not rules.may_measure(request.user, measure):
        raise PermissionDenied
    if request.method == "GET" and not measure.is_live:
        raise NotAllowed(rules.RESUME, measure)
    form = MeasureForm(posted(request), instance=measure, partnership=measure.partnership, user=request.user)
    if request.method == "POST" and form.is_valid() and save_edit(form, by=request.user):
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
    if not rules.may_measure(request.user, measure):
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
