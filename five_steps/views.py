"""Doors to a line of the five steps: its page and its moves."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.http import UserRequest
from accounts.models import User
from five_steps import actions, rules
from five_steps.evidence import collect
from five_steps.facts import gather
from five_steps.forms import NoteForm
from five_steps.handbook import LINES, STEPS, Line
from five_steps.models import StepLine
from five_steps.places import place_of
from five_steps.proof import seen_by
from five_steps.status import ShownLine
from journal.models import Event
from journal.steps import Step
from lib.dates import today
from lib.swedish import date as sv_date
from partnerships.models import Cycle
from partnerships.rules import is_member

SAID = {
    rules.BEGIN.verb: "Raden är påbörjad.",
    rules.CONFIRM.verb: "Raden är bekräftad som klar.",
    rules.DISMISS.verb: "Raden är markerad som ej aktuell.",
    rules.REOPEN.verb: "Raden är öppen igen.",
}


@dataclass(frozen=True)
class Door:
    """A move that the person may make now, with the form to make it with (none if nothing is asked)."""

    step: Step
    form: NoteForm | None
    address: str

    @property
    def is_main(self) -> bool:
        """The one that stands open with a filled button."""
        return self.step == rules.CONFIRM


def line(request: UserRequest, cycle_pk: int, code: str) -> HttpResponse:
    """What the line is for, what proves it, who settled it, and the buttons."""
    cycle, line = _asked(request.user, cycle_pk, code)
    return _page(request, cycle, line)


@require_POST
def move(request: UserRequest, cycle_pk: int, code: str, step: Step) -> HttpResponse:
    """One of the moves of the table."""
    cycle, line = _asked(request.user, cycle_pk, code)
    if not rules.may(request.user, step, cycle, line):
        raise PermissionDenied
    if step == rules.BEGIN:
        actions.begin(cycle, line.code, by=request.user)
    else:
        form = NoteForm(request.POST, step=step, evidence=actions.evidence_of(cycle, line.code))
        if not form.is_valid():
            return _page(request, cycle, line, tried=(step, form))
        getattr(actions, step.verb)(cycle, line.code, by=request.user, note=form.cleaned_data["note"])
    messages.success(request, SAID[step.verb])
    return redirect("five_steps:line", cycle.pk, line.code)


def _asked(user: User, cycle_pk: int, code: str) -> tuple[Cycle, Line]:
    cycles = Cycle.objects.visible_to(user).select_related("partnership", "municipality")
    cycle = get_object_or_404(cycles, pk=cycle_pk)
    if code not in LINES:
        raise Http404
    return cycle, LINES[code]


def _page(request: UserRequest, cycle: Cycle, line: Line, tried: tuple[Step, NoteForm] | None = None) -> HttpResponse:
    member = is_member(request.user, cycle.partnership)
    facts = gather([cycle], today())[cycle.pk]
    found = collect(facts, seen_by(request.user, facts, member=member))
    row = StepLine.objects.filter(cycle=cycle, code=line.code).select_related("confirmed_by").first()
    shown = ShownLine(line, found, row, cycle.status == Cycle.Status.OPEN)
    doors = _doors(request.user, cycle, shown, tried)
    context: dict[str, Any] = {
        "cycle": cycle,
        "shown": shown,
        "told": shown.told(member=member),
        "step": STEPS[line.step - 1],
        "member": member,
        "doors": [door for door in doors if door.form],
        "begin": next((door for door in doors if not door.form), None),
        "is_open": shown.is_open,
        "history": Event.objects.about(row) if row and member else [],
        "place": place_of(line, cycle.partnership_id) if member else "",
        "neighbours": _neighbours(line),
        "crumbs": _crumbs(cycle, line),
        "facts": _facts(shown, member=member),
    }
    return render(request, "five_steps/line_detail.html", context, status=422 if tried else 200)


def _doors(user: User, cycle: Cycle, shown: ShownLine, tried: tuple[Step, NoteForm] | None) -> list[Door]:
    doors = []
    # What already shows as under way needs no beginning, though nobody has said so.
    begun = shown.status != StepLine.Status.NOT_STARTED
    for step in rules.next_steps(user, cycle, shown.line, shown.stored):
        if step == rules.BEGIN and begun:
            continue
        form = None if step == rules.BEGIN else NoteForm(step=step, evidence=shown.evidence)
        if tried and tried[0] == step:
            form = tried[1]
        address = reverse(f"five_steps:{step.verb}", args=[cycle.pk, shown.line.code])
        doors.append(Door(step, form, address))
    return doors


def _crumbs(cycle: Cycle, line: Line) -> list[tuple[str, str]]:
    place = cycle.municipality or cycle.partnership
    home = reverse("overview:cycle", args=[cycle.pk])
    return [(str(place), home), (f"Steg {line.step}", f"{home}?steg={line.step}"), (line.short, "")]


def _facts(shown: ShownLine, *, member: bool) -> list[tuple[str, str]]:
    """What is known of the line's settling; who did it is for the partnership's own people."""
    who = "Bekräftas av" if shown.is_open else "Skulle bekräftas av"
    facts = [("Rad", shown.line.code), (who, shown.line.who), ("Läge", shown.word)]
    if shown.settled_on:
        facts.append(("Bekräftad" if shown.is_done else "Markerad", sv_date(shown.settled_on)))
    if shown.row and shown.row.confirmed_by and member:
        facts.append(("Av", str(shown.row.confirmed_by)))
    return facts


def _neighbours(line: Line) -> dict[str, Line | None]:
    lines = list(LINES.values())
    place = lines.index(line)
    return {
        "before": lines[place - 1] if place else None,
        "after": lines[place + 1] if place + 1 < len(lines) else None,
    }
