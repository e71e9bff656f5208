"""What a report says of each part is what the rooms hold: counted once, only what is common, only what is published."""

import datetime as dt

import pytest

from five_steps.actions import confirm
from indicators import actions as actions_of_indicators
from indicators.example_workbook import build
from lib.series import Series
from reports import actions, figures
from reports.content import MOST_FIGURES
from tests import factories
from tests.indicators.workbooks import sent
from tests.promising import publish
from tests.reports.conftest import DAY


@pytest.fixture
def tell(partnership, lycksele, bo):
    """The frozen content of a report ordered for Lycksele on the day."""
    return lambda: actions.order(partnership, municipality=lycksele, by=bo, day=DAY).content


def test_each_measure_is_counted_once_however_long_its_log(tell, cycle, police):
    problem = factories.ProblemFactory(cycle=cycle, status="prioritised")
    for _ in range(2):
        measure = factories.MeasureFactory(problem=problem, responsible=police, status="ongoing")
        for count in (2, 3, 5):
            factories.MeasureLogFactory(measure=measure, count=count)

    content = tell()

    assert [row["measures"] for row in content["problems"]] == [2]
    assert [row["progress"] for row in content["measures"]] == [40, 40]


def test_a_neighbours_own_are_left_out(tell, cycle, police):
    elsewhere = factories.MunicipalityFactory(name="Storuman")
    theirs = factories.ProblemFactory(cycle=cycle, status="prioritised", municipality=elsewhere, title="Deras problem")
    factories.MeasureFactory(problem=theirs, responsible=police, municipality=elsewhere, title="Deras åtgärd")

    assert "Deras" not in str(tell())


def test_only_published_promises_with_what_is_done_of_what_was_promised(tell, cycle, lycksele, bo):
    draft = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    factories.PromiseFactory(document=draft, text="Ännu inget löfte")
    out = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    promise = factories.PromiseFactory(document=out, text="Synlig polis")
    often = factories.PromiseFactory(
        document=out, text="Polisen i skolan", planned_count=2, unit="besök", per="per termin"
    )
    publish(out, by=bo)
    for count in (7, 9):
        factories.OutcomeFactory(promise=promise, count=count)
        factories.OutcomeFactory(promise=often, count=1)

    assert [(row["text"], row["count"]) for row in tell()["promises"]] == [
        ("Synlig polis", "16 av 25 fotpatruller"),
        ("Polisen i skolan", "2 besök per termin, 2 hittills"),
    ]


def test_only_finished_follow_ups(tell, cycle, police):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    factories.FollowUpFactory(measure=measure, outcome="Utkast")
    factories.FollowUpFactory(measure=measure, outcome="16 av 25", status="finished", decision_why="Det går bra.")

    assert [row["outcome"] for row in tell()["follow_ups"]] == ["16 av 25"]


def test_the_agreement_in_force_goes_before_a_draft_and_before_an_older(tell, partnership):
    period = {"partnership": partnership, "status": "signed", "checksum": "e" * 64, "frozen": {}}
    period |= {"parties": partnership.parties.all()}
    for title, starts, ends in (
        ("Den förra", dt.date(2020, 1, 1), dt.date(2024, 12, 31)),
        ("Den som gäller", dt.date(2025, 1, 1), dt.date(2029, 12, 31)),
    ):
        factories.AgreementFactory(title=title, starts=starts, ends=ends, signed_on=starts, **period)
    draft = factories.AgreementFactory(partnership=partnership, title="Utkastet")
    draft.parties.set(partnership.parties.all())

    told = tell()["agreement"]

    assert (told["title"], told["state_word"]) == ("Den som gäller", "Gäller")


def test_a_vacant_seat_says_for_how_long(tell, partnership, lycksele):
    organisation = partnership.parties.get(organisation__municipality=lycksele).organisation
    seat = factories.SeatFactory(partnership=partnership, organisation=organisation)
    factories.HoldingFactory(seat=seat, ends=DAY - dt.timedelta(days=34))

    assert [(row["holder"], row["vacant_days"]) for row in tell()["seats"]] == [(None, 33)]


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (["ongoing"], "Den enda åtgärden: pågår."),
        (["done", "ongoing", "ongoing"], "Av 3 åtgärder är en genomförd och två pågår."),
        (["done", "done", "decided"], "Av 3 åtgärder är två genomförda och ingen pågår."),
    ],
)
def test_measures_are_summed_up_in_a_sentence(tell, cycle, police, statuses, sentence):
    for status in statuses:
        factories.MeasureFactory(problem__cycle=cycle, responsible=police, status=status)

    assert sentence in tell()["conclusions"]


SIGNED = {"status": "signed", "checksum": "e" * 64, "frozen": {}}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"status": "proposed", "checksum": "e" * 64, "frozen": {}},
            "Överenskommelsen är inte undertecknad. Underskrift",
        ),
        (SIGNED | {"ends": dt.date(2026, 12, 31)}, "Överenskommelsen löper ut 31 december 2026, om 41 dagar."),
        (
            SIGNED | {"ends": dt.date(2026, 10, 31)},
            "Överenskommelsen gällde till 31 oktober 2026, och ingen ny gäller.",
        ),
        (
            SIGNED | {"status": "terminated", "terminated_on": dt.date(2026, 6, 30)},
            "Överenskommelsen gällde till 30 juni 2026, och ingen ny gäller.",
        ),
        (SIGNED | {"starts": dt.date(2027, 1, 1)}, "Överenskommelsen börjar gälla 1 januari 2027."),
    ],
)
def test_what_a_chief_must_know_of_the_agreement(tell, partnership, fields, sentence):
    signed = {} if fields["status"] == "proposed" else {"signed_on": dt.date(2026, 1, 1)}
    factories.AgreementFactory(partnership=partnership, parties=partnership.parties.all(), **fields, **signed)

    assert [line for line in tell()["conclusions"] if line.startswith("Överenskommelsen")][0].startswith(sentence)


def test_a_seat_that_begins_later_is_not_vacant_yet(tell, partnership, lycksele):
    organisation = partnership.parties.get(organisation__municipality=lycksele).organisation
    factories.SeatFactory(partnership=partnership, organisation=organisation, starts=DAY + dt.timedelta(days=30))

    assert tell()["seats"] == []


def test_what_a_person_wrote_as_proof_stands_as_what_shows_the_line(tell, cycle, bo):
    confirm(cycle, "S1.1", by=bo, note="Protokoll 14 januari.")

    assert tell()["step_lines"][0]["lines"][0]["evidence"] == "Protokoll 14 januari."


def test_figures_are_chosen_in_turn_from_each_subject(tell, lycksele):
    actions_of_indicators.load_catalogue()
    reader = factories.UserFactory()
    batch = actions_of_indicators.preview(sent(build(lycksele)), by=reader)
    actions_of_indicators.confirm(batch, by=reader)
    content = tell()

    titles = [row["title"] for row in content["indicators"]]
    assert len(titles) == MOST_FIGURES
    assert {"Anmälda brott totalt", "Utsatta för misshandel", "Otrygga vid utevistelse sent på kvällen"} <= set(titles)
    assert {row["unit"] for row in content["indicators"]} == {"per 100\N{NO-BREAK SPACE}000 invånare", "procent"}
    assert [row["source"] for row in content["indicators"] if "Källa" in row["source"]] == []
    assert {line["name"] for row in content["indicators"] for line in row["series"]} == {"Lycksele", "Länet", "Riket"}


@pytest.mark.parametrize(("half", "told"), [(1, True), (30, False)])
def test_a_change_within_the_uncertainty_is_no_conclusion(half, told):
    points = [("2019", 10.0), ("2025", 20.0)]
    line = Series("Lycksele", points, emphasis=True, intervals=[(value - half, value + half) for _, value in points])

    assert bool(figures.movement([line])) is told
