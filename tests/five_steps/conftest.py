"""What the lines are proven from."""

import datetime as dt

import pytest

from five_steps.evidence import collect
from five_steps.facts import gather
from lib.dates import now
from tests import factories
from tests.promising import publish

DAY = dt.date(2026, 6, 1)


@pytest.fixture
def evidence(cycle):
    """The evidence of a line of the cycle, by code."""
    return lambda code, of=cycle: collect(gather([of], DAY)[of.pk])[code]


@pytest.fixture
def own_picture(cycle):
    """Make an own picture of a party."""

    def make(party, **fields):
        kind = "own_police" if party.is_police else "own_municipality"
        return factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, owner=party, kind=kind, **fields)

    return make


@pytest.fixture
def dialogue():
    """Make a dialogue a source of a picture, and a finding that rests on it unless said otherwise."""

    def make(picture, kind="citizen_dialogue", carries=True):
        source = factories.SourceFactory(picture=picture, kind=kind, name="Samtal på torget")
        if carries:
            factories.FindingFactory(picture=picture).sources.add(source)
        return source

    return make


@pytest.fixture
def decided(bo):
    """The steering group decides about problems of one cycle, judged in the matrix: {problem: outcome}."""

    def make(outcomes, day=dt.date(2026, 3, 20), judged="yes", **body):
        cycle = next(iter(outcomes)).cycle
        weighing = factories.PrioritisationFactory(cycle=cycle)
        for place, (problem, outcome) in enumerate(outcomes.items(), start=1):
            said = {"place": place} if outcome == "chosen" else {"reason": "Få drabbas."}
            weighing.choices.create(problem=problem, outcome=outcome, **said)
            weighing.cells.create(problem=problem, ground="many", value=judged, changed_by=bo)
        body = body or {"body": factories.GroupFactory(partnership=cycle.partnership)}
        settled = {"decided_on": day, "decided_at": now(), "decided_by": bo, "frozen": {}, **body}
        type(weighing).objects.filter(pk=weighing.pk).update(status="decided", **settled)
        return weighing

    return make


@pytest.fixture
def seat(partnership, police):
    """Make a seat, held since long unless said otherwise."""

    def make(function, held=True):
        made = factories.SeatFactory(partnership=partnership, organisation=police.organisation, function=function)
        if held:
            factories.HoldingFactory(seat=made, name="Person Påhittad")
        return made

    return make


@pytest.fixture
def measure(cycle, police):
    """Make a measure under a prioritised problem of the cycle."""

    def make(**fields):
        problem = fields.pop("problem", None) or factories.ProblemFactory(cycle=cycle, status="prioritised")
        return factories.MeasureFactory(problem=problem, responsible=police, **fields)

    return make


@pytest.fixture
def promise(cycle, lycksele, bo):
    """Make a promise in a published document of the cycle."""

    def make(published=True, **fields):
        document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
        made = factories.PromiseFactory(document=document, **fields)
        if published:
            publish(document, by=bo)
        return made

    return make


@pytest.fixture
def finished(measure):
    """Make a finished follow-up."""

    def make(kind, **fields):
        fields.setdefault("measure", None if "promise" in fields else measure(status="ongoing"))
        subject = fields["measure"] or fields["promise"].document
        needed = {
            "effect": {"change": "unchanged", "contribution": "no", "other_explanations": "Vädret."},
            "process": {"lessons": "Börja tidigare."},
        }
        return factories.FollowUpFactory(
            partnership=subject.partnership,
            cycle=subject.cycle,
            kind=kind,
            status="finished",
            carried_out_why="Som planerat.",
            decision_why="Det fungerar.",
            **needed.get(kind, {}),
            **fields,
        )

    return make
