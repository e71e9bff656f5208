"""Doors to action plans: the list, the plan in the handbook's columns, the decision on it, and its workbook."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from agreements import actions, plan_content, plan_workbook, rules
from agreements.forms import TITLES, AdoptionForm, PlanForm
from agreements.models import ActionPlan, Measure
from agreements.views.common import PER_PAGE, asked_partnership, asked_plan, list_of, posted
from journal.edits import save_edit
from journal.models import Event
from journal.steps import NotAllowed, Refused
from lib import canonical
from lib.dates import today
from partnerships.models import Partnership
from partnerships.queries import open_cycle
from partnerships.rules import is_member
from situation.models import Picture

Kind = ActionPlan.Kind


def index(request: UserRequest) -> HttpResponse:
    """A partnership's plans, the latest first."""
    partnership = asked_partnership(request)
    if not is_member(request.user, partnership):
        raise PermissionDenied
    found = ActionPlan.objects.visible_to(request.user).without_content().filter(partnership=partnership)
    found = found.select_related("municipality", "cycle", "group").order_by("-starts", "-pk")
    context = {
        "partnership": partnership,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("sida")),
        "kinds": [kind for kind in Kind if rules.may_create_plan(request.user, partnership, kind)],
    }
    return render(request, "agreements/plan_list.html", context)


def create(request: UserRequest) -> HttpResponse:
    """A new draft, with the measures that concern it."""
    partnership = asked_partnership(request)
    kind = Kind.STATUTORY if request.GET.get("slag") == Kind.STATUTORY else Kind.JOINT
    if not rules.may_create_plan(request.user, partnership, kind):
        raise PermissionDenied
    form = PlanForm(
        posted(request), initial=_start(partnership, kind), partnership=partnership, user=request.user, kind=kind
    )
    if request.method == "POST" and form.is_valid():
        cycle = open_cycle(partnership, form.cleaned_data["municipality"])
        if cycle:
            plan = actions.begin_plan(form, cycle, by=request.user, kind=kind)
            messages.success(request, "Utkastet är sparat, med de åtgärder som rör planen.")
            return redirect(plan)
        form.add_error(None, "Ingen samverkansomgång är öppen. Öppna en, så kan planen höra till den.")
    context = {"form": form, "partnership": partnership, "kind": kind, "cancel": list_of(partnership, PLANS)}
    return render(request, "agreements/plan_form.html", context)


PLANS = "agreements:plans"


def _start(partnership: Partnership, kind: str) -> dict[str, Any]:
    """What a new plan is called and how long it applies, as most do: the rest of the open cycle."""
    cycle = open_cycle(partnership)
    day = today()
    ends = cycle.ends if cycle and cycle.ends and cycle.ends > day else None
    return {"title": f"{TITLES[kind]} {day.year}", "starts": day, "ends": ends}


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """The plan; once adopted as it was adopted, and beside it how its measures stand today."""
    plan = asked_plan(request, pk)
    content = plan_content.shown(plan)
    writes = plan.is_draft and rules.may_plan(request.user, plan)
    live = Measure.objects.visible_to(request.user).with_count()
    context = {
        "plan": plan,
        "content": content,
        "groups": content["groups"] if plan.is_draft else plan_content.with_today(content, live),
        "intact": plan_content.is_intact(plan),
        "writes": writes,
        "lacks": rules.lacks(content) if writes else [],
        "missing": rules.missing_for_adopt(plan, content) if writes else [],
        "may_renew": plan.status == plan.Status.ADOPTED and rules.may_plan(request.user, plan),
        "newer": ActionPlan.objects.visible_to(request.user).without_content().filter(replaces=plan),
        "reads_picture": Picture.objects.visible_to(request.user).filter(pk=plan.picture_id or 0).exists(),
        "events": Event.objects.about(plan),
    }
    return render(request, "agreements/plan_detail.html", context)


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Choose the measures and write the texts, while the plan is a draft."""
    plan = asked_plan(request, pk)
    if not rules.may_plan(request.user, plan):
        raise PermissionDenied
    if request.method == "GET" and not plan.is_draft:
        raise NotAllowed(rules.ADOPT_PLAN, plan)
    whose: dict[str, Any] = {"partnership": plan.partnership, "user": request.user, "kind": plan.kind}
    form = PlanForm(posted(request), instance=plan, **whose)
    if request.method == "POST" and form.is_valid() and save_edit(form, by=request.user):
        messages.success(request, "Planen är sparad.")
        return redirect(plan)
    context = {"form": form, "plan": plan, "partnership": plan.partnership, "cancel": plan.get_absolute_url()}
    return render(request, "agreements/plan_form.html", context | {"kind": plan.kind})


def adopt(request: UserRequest, pk: int) -> HttpResponse:
    """Write down that the steering group has adopted the plan, or the municipality decided on its own."""
    plan = asked_plan(request, pk)
    if not rules.may_plan(request.user, plan):
        raise PermissionDenied
    if request.method == "GET" and not plan.is_draft:
        raise NotAllowed(rules.ADOPT_PLAN, plan)
    content = plan_content.shown(plan)
    form = AdoptionForm(posted(request), plan=plan, read=canonical.checksum(content))
    if request.method == "POST" and form.is_valid() and _adopted(request, plan, form):
        return redirect(plan)
    context = {
        "plan": plan,
        "form": form,
        "warning": rules.ADOPT_PLAN.warning,
        "lacks": rules.lacks(content),
        "missing": rules.missing_for_adopt(plan, content),
        "no_group": form.lacks_group,
    }
    return render(request, "agreements/plan_adopt.html", context)


def _adopted(request: UserRequest, plan: ActionPlan, form: AdoptionForm) -> bool:
    """Adopt and say so; False, with the reason in the form, if something is lacking or was changed meanwhile."""
    try:
        actions.adopt_plan(plan, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, "Beslutet är infört. Planen är låst och dess föreslagna åtgärder är beslutade.")
    return True


@require_POST
def renew(request: UserRequest, pk: int) -> HttpResponse:
    """A new version of an adopted plan, to change and adopt."""
    plan = asked_plan(request, pk)
    if not rules.may_plan(request.user, plan):
        raise PermissionDenied
    made, is_new = actions.new_plan_version(plan, by=request.user)
    messages.success(
        request, "Den nya versionen är ett utkast." if is_new else "Här är den version som redan är påbörjad."
    )
    return redirect(made)


def workbook(request: UserRequest, pk: int) -> FileResponse:
    """The plan as an Excel workbook, a row for each measure under each cause."""
    plan = asked_plan(request, pk)
    file = plan_workbook.written(plan)
    return FileResponse(file, as_attachment=True, filename=f"atgardsplan-{plan.pk}.xlsx")
