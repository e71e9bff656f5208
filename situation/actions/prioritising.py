"""What happens in a prioritisation: begun, filled in together cell by cell, and settled by the steering group.

Its row is held while anything in it changes, so that nothing slips in after the decision has been frozen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from journal.edits import RecordForm
from journal.models import Event
from journal.steps import NotAllowed, Refused, lock, record, take
from lib import canonical
from lib.dates import now
from lib.swedish import date
from municipalities.models import Municipality
from partnerships.models import Cycle
from situation import rules
from situation.actions.problems import move_along
from situation.models import Cell, Choice, Ground, Prioritisation, Problem
from situation.priorities import Spot, behind, content, matrix, problems_of, stamp

DECIDED = "Prioriteringen är beslutad och kan inte ändras. Det du valde är inte sparat."
CLOSED = "Samverkansomgången är inte öppen, så prioriteringen kan inte ändras. Det du valde är inte sparat."
GONE = "Problemet är inte längre med i matrisen. Det du valde är inte sparat."
CHANGED = (
    "Matrisen eller problemen har ändrats sedan sidan öppnades ({who}). Inget är sparat än. Det du skrev står kvar "
    "här; läs igenom och spara igen."
)
STEPS = {
    Choice.Outcome.CHOSEN: rules.PRIORITISE,
    Choice.Outcome.WATCHED: rules.WATCH,
    Choice.Outcome.DISMISSED: rules.DISMISS,
}
DECISION = ("decided_on", "body", "body_name", "picture", "remark")


@dataclass(frozen=True)
class Answer:
    """What somebody set a cell to, and what it said on the page where they did."""

    was: str
    value: str


@dataclass(frozen=True)
class Verdict:
    """What the steering group decided about one problem; a place in the order if it was chosen."""

    problem: Problem
    outcome: str
    place: int | None
    reason: str


@transaction.atomic
def begin(cycle: Cycle, municipality: Municipality | None, *, by: User) -> Prioritisation:
    """The cycle's ongoing weighing, of the whole or of one municipality; asked twice, the same one is given back."""
    held = lock(cycle)
    ongoing = Prioritisation.objects.ongoing().filter(cycle=held, municipality=municipality).first()
    if ongoing:
        return ongoing
    if held.status != Cycle.Status.OPEN:
        raise Refused(rules.SETTLE_PRIORITIES, held, CLOSED)
    made = Prioritisation.objects.create(
        partnership=held.partnership, cycle=held, municipality=municipality, created_by=by
    )
    record(made, "created", "Prioritering påbörjad", by=by)
    return made


@transaction.atomic
def weigh(prioritisation: Prioritisation, answers: Mapping[Spot, Answer], *, by: User) -> dict[Spot, str]:
    """Set cells, each compared with what was shown. What could not be set is told, by cell; nothing is overwritten.

    A person's own quick second answer is no conflict with the first.
    """
    cycle, held = lock(prioritisation.cycle), lock(prioritisation)
    given = {spot: answer for spot, answer in answers.items() if answer.was != answer.value}
    if not given or held.is_decided:
        return dict.fromkeys(given, DECIDED)
    if cycle.status != Cycle.Status.OPEN:
        return dict.fromkeys(given, CLOSED)
    problems = {problem.pk: problem for problem in problems_of(held).filter(pk__in={spot[0] for spot in given})}
    told, changes = {}, {}
    cells = held.cells.filter(problem__in=problems).select_related("changed_by")
    stored = {(cell.problem_id, cell.ground): cell for cell in cells}
    for spot, answer in given.items():
        if spot[0] not in problems:
            told[spot] = GONE
            continue
        cell = stored.get(spot) or Cell(prioritisation=held, problem_id=spot[0], ground=spot[1])
        if cell.value not in (answer.was, answer.value) and cell.changed_by_id != by.pk:
            told[spot] = _who_was_faster(cell, answer)
        elif cell.value != answer.value:
            label = f"{problems[spot[0]]}: {cell.get_ground_display()}"
            changes[f"{spot[0]}-{spot[1]}"] = _set(cell, answer, label, by)
    if changes:
        _changed(held, "weighed", "Matrisen ifylld", by, changes)
    return told


def _set(cell: Cell, answer: Answer, label: str, by: User) -> dict[str, str]:
    before = cell.get_value_display()
    cell.value, cell.changed_by, cell.changed_at = answer.value, by, now()
    cell.save()
    return {"label": label, "from": before, "to": cell.get_value_display()}


def _who_was_faster(cell: Cell, answer: Answer) -> str:
    mine = Cell.Value(answer.value).label
    at = f"{timezone.localtime(cell.changed_at):%H.%M}"
    return f"{cell.changed_by} valde {cell.get_value_display()} kl. {at}. Du valde {mine}: välj igen om ditt ska gälla."


def _changed(prioritisation: Prioritisation, verb: str, label: str, by: User, changes: dict[str, Any]) -> None:
    """The revision grows with every change, so that a decision is never noted on a matrix that nobody saw."""
    Prioritisation.objects.filter(pk=prioritisation.pk).update(revision=F("revision") + 1)
    record(prioritisation, verb, label, by=by, changes=changes)


@transaction.atomic
def set_weights(prioritisation: Prioritisation, was: dict[str, int], weights: dict[str, int], *, by: User) -> bool:
    """Let grounds count more or less; False if somebody has set them to something else meanwhile, or it is decided.

    Refused when the cycle is not open.
    """
    cycle, held = lock(prioritisation.cycle), lock(prioritisation)
    if cycle.status != Cycle.Status.OPEN:
        raise Refused(rules.SETTLE_PRIORITIES, held, CLOSED)
    before = {ground.value: held.weights.get(ground.value, 1) for ground in Ground}
    if held.is_decided or before not in (was, weights):
        return False
    changes = {
        ground: {"label": f"Vikt för {Ground(ground).label.lower()}", "from": str(before[ground]), "to": str(weight)}
        for ground, weight in weights.items()
        if weight != before[ground]
    }
    if changes:
        Prioritisation.objects.filter(pk=held.pk).update(weights=weights)
        _changed(held, "weighted", "Vikterna ändrade", by, changes)
    return True


def settle(form: RecordForm, prioritisation: Prioritisation, verdicts: list[Verdict], *, by: User) -> bool:
    """Note the steering group's decision from its form.

    False, with a sentence in the form, if the matrix or its problems changed since the page was opened; NotAllowed if
    it is decided already or its cycle is not open.
    """
    with transaction.atomic():
        _, held = _hold(prioritisation)
        problems = list(problems_of(held).select_for_update(of=("self",)))
        is_seen = form.cleaned_data["revision"] == held.revision and form.cleaned_data["seen"] == stamp(problems)
        asked = [verdict.problem for verdict in verdicts]
        if not is_seen or set(problems) != set(asked):
            _tell_what_changed(form, held, problems, asked)
            return False
        decide(prioritisation, verdicts, by=by, **{name: form.cleaned_data[name] for name in DECISION})
    return True


@transaction.atomic
def decide(prioritisation: Prioritisation, verdicts: list[Verdict], *, by: User, **decision: Any) -> None:
    """Move every problem and freeze the matrix, all or nothing. `decision` is the columns of DECISION."""
    cycle, held = _hold(prioritisation)
    problems = {problem.pk: problem for problem in problems_of(held).select_for_update(of=("self",))}
    for name, value in decision.items():
        setattr(held, name, value)
    picture = behind(held.picture)  # before the problems move: they are a part of it
    said = f"{held.body or held.body_name} den {date(held.decided_on)}."
    for verdict in verdicts:
        _move(problems[verdict.problem.pk], verdict, cycle, said, by)
    _order(cycle, [verdict.problem.pk for verdict in verdicts if verdict.place])
    frozen = content(held, matrix(held, problems.values()), _keep(held, verdicts), picture)
    sealed = {"frozen": frozen, "checksum": canonical.checksum(frozen), "decided_at": now(), "decided_by": by}
    take(rules.SETTLE_PRIORITIES, prioritisation, by=by, note=held.remark, **decision, **sealed)


def _hold(prioritisation: Prioritisation) -> tuple[Cycle, Prioritisation]:
    """The cycle and the prioritisation, held, if a decision may be noted."""
    cycle, held = lock(prioritisation.cycle), lock(prioritisation)
    if held.is_decided:
        raise NotAllowed(rules.SETTLE_PRIORITIES, held)
    if cycle.status != Cycle.Status.OPEN:
        raise Refused(rules.SETTLE_PRIORITIES, held, CLOSED)
    return cycle, held


def _keep(prioritisation: Prioritisation, verdicts: list[Verdict]) -> list[Choice]:
    return Choice.objects.bulk_create(
        Choice(
            prioritisation=prioritisation,
            problem=verdict.problem,
            outcome=verdict.outcome,
            place=verdict.place,
            reason=verdict.reason,
        )
        for verdict in verdicts
    )


def _move(problem: Problem, verdict: Verdict, cycle: Cycle, said: str, by: User) -> None:
    """Take the problem where the decision says; one that stands there already gets the new reason."""
    reason = verdict.reason or said
    step = STEPS[Choice.Outcome(verdict.outcome)]
    if problem.status != step.new:
        move_along(step, problem, cycle, by=by, reason=reason)
    elif problem.reason != reason:
        change = {"label": "Motivering", "from": problem.reason, "to": reason}
        Problem.objects.filter(pk=problem.pk).update(reason=reason, revision=F("revision") + 1)
        record(problem, "weighed_again", f"{step.in_the_book} på nytt", by=by, reason=change)


def _order(cycle: Cycle, chosen: list[int]) -> None:
    """The chosen stand in their order after those of the cycle that this decision was not about."""
    others = Problem.objects.filter(cycle=cycle).prioritised().exclude(pk__in=chosen).values_list("pk", flat=True)
    for rank, pk in enumerate([*others, *chosen], start=1):
        Problem.objects.filter(pk=pk).exclude(rank=rank).update(rank=rank)


def _tell_what_changed(
    form: RecordForm, now_stored: Prioritisation, problems: list[Problem], asked: list[Problem]
) -> None:
    """Say who, keep what was typed, and let the next save be a deliberate one."""
    last = Event.objects.about(now_stored, *problems, *asked).first()
    who = f"{last.by or 'Systemet'}, kl. {timezone.localtime(last.at):%H.%M}" if last else "någon annan"
    form.add_error(None, CHANGED.format(who=who))
    data: Any = form.data
    form.data = data = data.copy()
    data[form.add_prefix("revision")] = str(now_stored.revision)
    data[form.add_prefix("seen")] = str(stamp(problems))
