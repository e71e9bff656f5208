"""Doors to the follow-ups: inside a partnership only."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.http import UserRequest
from agreements.models import Measure
from citizen_promises.models import Promise, PromiseDocument
from followup import actions, queries, rules
from followup.forms import FollowUpForm, SteeringGroupForm
from followup.models import FollowUp
from journal.edits import save_edit
from journal.models import Event
from journal.steps import NotAllowed
from lib.addresses import number_in
from lib.dates import today
from partnerships.models import Partnership

PER_PAGE = 25


def index(request: UserRequest) -> HttpResponse:
    """A partnership's follow-ups, latest first, and what still waits for one."""
    mine = Partnership.objects.of(request.user)
    if "samverkan" not in request.GET:
        return _choose_partnership(request, list(mine))
    partnership = get_object_or_404(mine, pk=number_in(request, "samverkan"))
    kind = request.GET.get("slag", "")
    found = (
        FollowUp.objects.visible_to(request.user)
        .filter(partnership=partnership)
        .with_subject()
        .order_by("-period_to", "-pk")
    )
    asked = {"kind": kind if kind in rules.FIELDS else "", "measure": number_in(request, "atgard")}
    found = found.filter(**{name: value for name, value in asked.items() if value})
    cycle = partnership.cycles.open().filter(municipality=None).first()
    context = {
        "partnership": partnership,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("sida")),
        "kind": kind,
        "kinds": FollowUp.Kind.choices,
        "waiting": queries.unfollowed(cycle) if cycle else None,
        "may_write": rules.may_write_some(request.user, partnership),
    }
    return render(request, "followup/follow_up_list.html", context)


def _choose_partnership(request: UserRequest, mine: list[Partnership]) -> HttpResponse:
    if len(mine) == 1:
        return redirect(f"{reverse('followup:index')}?samverkan={mine[0].pk}")
    return render(request, "followup/partnership_choose.html", {"mine": mine})


def create(request: UserRequest) -> HttpResponse:
    """Begin a follow-up of the measure or promise in the address; without a kind, ask for the kind first."""
    subject = _subject(request)
    home = actions.belonging(subject)
    partnership = home["partnership"]
    if not rules.may_write(request.user, partnership, home["municipality"]):
        raise PermissionDenied
    kind = request.GET.get("slag", "")
    if kind not in rules.FIELDS:
        kinds = [(each, *rules.worded(each), rules.EXPLAINED[each]) for each in FollowUp.Kind]
        context = {"subject": subject, "partnership": partnership, "kinds": kinds}
        return render(request, "followup/kind_choose.html", context)
    form = FollowUpForm(request.POST or None, kind=kind, initial=queries.beginning(subject, kind, today()))
    if request.method == "POST" and form.is_valid():
        return redirect(actions.begin(form, subject, by=request.user, kind=kind))
    context = {"form": form, "subject": subject, "partnership": partnership}
    return render(request, "followup/follow_up_create.html", context)


def _subject(request: UserRequest) -> Measure | Promise:
    """The measure, or the promise that residents have read, inside one's own partnerships."""
    mine = Partnership.objects.of(request.user)
    if "lofte" in request.GET:
        told = Promise.objects.visible_to(request.user).filter(document__in=PromiseDocument.objects.ever_public())
        related = ("document__partnership", "document__cycle", "document__municipality")
        promises = told.filter(document__partnership__in=mine).select_related(*related)
        return get_object_or_404(promises, pk=number_in(request, "lofte"))
    measures = Measure.objects.visible_to(request.user).filter(partnership__in=mine)
    return get_object_or_404(
        measures.select_related("partnership", "cycle", "municipality"), pk=number_in(request, "atgard")
    )


def _follow_up(request: UserRequest, pk: int, *, writing: bool = True) -> FollowUp:
    visible = FollowUp.objects.visible_to(request.user).with_subject()
    follow_up = get_object_or_404(visible, pk=pk)
    if writing and not rules.may_change(request.user, follow_up):
        raise PermissionDenied
    return follow_up


def detail(request: UserRequest, pk: int) -> HttpResponse:
    """What was found and decided."""
    follow_up = _follow_up(request, pk, writing=False)
    may_write = rules.may_change(request.user, follow_up)
    context = {
        "follow_up": follow_up,
        "tone": follow_up.tone,
        "facts": _facts(follow_up),
        "is_draft": follow_up.status in follow_up.EDITABLE_STATUSES,
        "may_write": may_write,
        "next_steps": rules.next_steps(request.user, follow_up),
        "may_tell": may_write and rules.waits_for_steering_group(follow_up),
        "earlier": queries.earlier(follow_up),
        "events": Event.objects.about(follow_up),
    }
    return render(request, "followup/follow_up_detail.html", context)


def _facts(follow_up: FollowUp) -> list[tuple[str, object]]:
    """The answers to what its kind asks, those that were given, as (question, answer)."""
    answers = []
    for name in rules.FIELDS[follow_up.kind]:
        display = getattr(follow_up, f"get_{name}_display", None)
        value = display() if display else getattr(follow_up, name)
        if value not in ("", None):
            answers.append((str(FollowUp._meta.get_field(name).verbose_name).capitalize(), value))  # type: ignore[union-attr]
    return answers


def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    follow_up = _follow_up(request, pk)
    if request.method == "GET" and follow_up.status not in follow_up.EDITABLE_STATUSES:
        raise NotAllowed(rules.FINISH, follow_up)
    form = FollowUpForm(request.POST or None, instance=follow_up, kind=follow_up.kind)
    if request.method == "POST" and form.is_valid() and save_edit(form, by=request.user):
        messages.success(request, "Uppföljningen är sparad.")
        return redirect(follow_up)
    return render(request, "followup/follow_up_edit.html", {"form": form, "follow_up": follow_up})


def finish(request: UserRequest, pk: int) -> HttpResponse:
    """Ask once more, then close the follow-up for good."""
    follow_up = _follow_up(request, pk)
    if request.method == "POST":
        actions.finish(follow_up, by=request.user)
        messages.success(request, "Uppföljningen är avslutad.")
        return redirect(follow_up)
    if not rules.next_steps(request.user, follow_up):
        raise NotAllowed(rules.FINISH, follow_up)
    return render(request, "followup/follow_up_finish.html", {"follow_up": follow_up})


def steering_group(request: UserRequest, pk: int) -> HttpResponse:
    """Note when the steering group got a finished follow-up."""
    follow_up = _follow_up(request, pk)
    form = SteeringGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.tell_steering_group(follow_up, by=request.user, day=form.cleaned_data["day"])
        messages.success(request, "Sparat.")
        return redirect(follow_up)
    return render(request, "followup/steering_group.html", {"form": form, "follow_up": follow_up})
