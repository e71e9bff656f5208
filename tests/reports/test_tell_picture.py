"""What the document of a lägesbild says: the version's own words, what the parties have done with it, its limits."""

import datetime as dt

import pytest

from indicators import actions as actions_of_indicators
from indicators.example_workbook import build
from lib import pdf
from lib.dates import now, told_as_of
from reports import actions, documents, figures, picture_conclusions, picture_report
from reports.models import Report
from situation import actions as actions_of_pictures
from situation import rules
from situation.actions import prioritising
from situation.models import LegalDecision, Prioritisation
from tests import factories
from tests import figures as figures_apart
from tests.indicators.workbooks import sent
from tests.reports.pictures import DAY, establish, release
from tests.reports.sample_picture import pasted, sample


@pytest.fixture
def joint(partnership, cycle, lycksele):
    return factories.PictureFactory(partnership=partnership, cycle=cycle, municipality=lycksele, title="Vår bild")


@pytest.fixture
def tell(joint, bo):
    """The frozen content of a document ordered of the joint picture on the day."""
    return lambda audience=Report.Audience.PARTIES: (
        actions.order_picture(joint, by=bo, day=DAY, audience=audience)[0].content
    )


@pytest.fixture
def shown(joint, bo):
    """The document as it would be printed."""
    return lambda: documents.html(actions.order_picture(joint, by=bo, day=DAY, audience=Report.Audience.PARTIES)[0])


def test_a_draft_is_marked_on_the_cover_and_on_every_page(shown):
    html = shown()

    assert '<p class="cover-mark"><strong>Utkast</strong>' in html
    assert 'data-mark="UTKAST"' in html
    assert "Version 1 · utkast" in html


def test_an_established_version_says_when_and_its_checksum(shown, joint, bo):
    establish(joint, bo)
    html = shown()

    assert "cover-mark" not in html
    assert joint.checksum in html
    assert "Version 1 · fastställd" in html


def test_every_page_carries_owner_and_information_class(partnership, cycle, police, bo):
    own = factories.PictureFactory(
        partnership=partnership, cycle=cycle, kind="own_police", owner=police, information_class="partly_secret"
    )

    html = documents.html(actions.order_picture(own, by=bo, day=DAY, audience=Report.Audience.OWNER)[0])

    assert 'data-class="Delvis sekretess"' in html
    assert f'data-title="{picture_report._shortened(f"Lägesbild · {partnership} · {police}")}"' in html


def test_what_was_established_stands_whatever_is_written_later(tell, joint, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, picture=joint, title="Buskörning vid torget")
    establish(joint, bo)
    type(problem).objects.update(picture=None)  # as when it goes on to the next version
    type(problem).objects.update(title="Något annat")

    content = tell()

    assert [one["title"] for one in content["problems"]] == ["Buskörning vid torget"]


def test_the_prioritised_in_order_and_those_put_aside_with_reasons(tell, joint, bo, cycle):
    first, second, third, _ = (
        factories.ProblemFactory(cycle=cycle, picture=joint, title=title) for title in ("Ett", "Två", "Tre", "Fyra")
    )
    for problem in (second, first):
        actions_of_pictures.decide(rules.PRIORITISE, problem, by=bo, reason="Styrgruppen den 12 mars.")
    actions_of_pictures.decide(rules.DISMISS, third, by=bo, reason="Går inte att påverka.")

    told = tell()["prioritisation"]

    assert [(one["title"], one["reason"]) for one in told["chosen"]] == [
        ("Två", "Styrgruppen den 12 mars."),
        ("Ett", "Styrgruppen den 12 mars."),
    ]
    assert [(one["title"], one["reason"]) for one in told["put_aside"]] == [("Tre", "Går inte att påverka.")]
    assert told["waiting"] == 1
    assert all(one["day"] for one in told["chosen"] + told["put_aside"])


def test_the_steering_group_s_own_record_is_told(tell, joint, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, picture=joint)
    frozen = {"body": "Styrgruppen", "decided_on": "2026-03-12", "picture": {"title": "Vår bild, version 1"}}
    weighed = Prioritisation.objects.create(
        partnership=cycle.partnership,
        cycle=cycle,
        created_by=bo,
        decided_on=dt.date(2026, 3, 12),
        body_name="Styrgruppen",
    )
    weighed.choices.create(problem=problem, outcome="chosen", place=1)
    decided = {"status": "decided", "decided_at": now(), "decided_by": bo, "frozen": frozen}
    Prioritisation.objects.filter(pk=weighed.pk).update(**decided)

    assert [(one["label"], one["text"]) for one in tell()["prioritisation"]["decisions"][0]["record"]] == [
        ("Beslutad av", "Styrgruppen"),
        ("Beslutad", "12 mars 2026"),
        ("Underlag", "Vår bild, version 1"),
    ]


def decided(problem, cycle, by, day, *, weights=None, harm="unknown"):
    with told_as_of(day):
        weighed = factories.PrioritisationFactory(cycle=cycle, weights=weights or {})
        prioritising.weigh(weighed, {(problem.pk, "harm"): prioritising.Answer("unknown", harm)}, by=by)
        verdict = prioritising.Verdict(problem, "chosen", 1, "Viktigast.")
        prioritising.decide(weighed, [verdict], by=by, decided_on=day, body_name=f"Rådet {day.year}")


def test_problems_that_were_decided_about_at_different_times_keep_their_own_decisions(tell, joint, bo, cycle):
    first = factories.ProblemFactory(cycle=cycle, picture=joint, title="Ett")
    decided(first, cycle, bo, dt.date(2026, 3, 12))
    second = factories.ProblemFactory(cycle=cycle, picture=joint, title="Två")
    decided(second, cycle, bo, dt.date(2026, 9, 24))

    told = tell()["prioritisation"]["decisions"]

    assert [(one["problems"], one["record"][1]["text"]) for one in told] == [
        (["Två"], "24 september 2026"),
        (["Ett"], "12 mars 2026"),
    ]


def test_the_matrix_is_told_with_the_weights_of_its_grounds(tell, shown, joint, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, picture=joint, title="Ett")
    decided(problem, cycle, bo, dt.date(2026, 3, 12), weights={"harm": 3}, harm="yes")

    (matrix,) = tell()["prioritisation"]["decisions"][0]["matrices"]
    (harm,) = [row for row in matrix["rows"] if row["weight"] != 1]

    assert (harm["ground"], harm["weight"], harm["answers"][0]["word"]) == ("Skada och konsekvenser", 3, "Ja")
    assert (matrix["problems"], matrix["sums"]) == (["Ett"], ["6 av 26"])
    assert "Skada och konsekvenser</th>" in shown()


def test_what_county_board_and_bra_may_open_holds_no_matrix(tell, joint, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, picture=joint, title="Ett")
    decided(problem, cycle, bo, dt.date(2026, 3, 12))
    establish(joint, bo)
    release(joint, bo)

    assert tell(Report.Audience.RELEASED)["prioritisation"]["decisions"] == []


@pytest.fixture
def analysed(joint, cycle):
    """A prioritised problem with a direct cause and one behind it."""
    problem = factories.ProblemFactory(cycle=cycle, picture=joint, status="prioritised", rank=1, title="Otrygghet")
    analysis = factories.CauseAnalysisFactory(problem=problem)
    direct = factories.CauseFactory(analysis=analysis, number=1, text="Ingen vuxen", chosen=True)
    factories.CauseFactory(analysis=analysis, number=2, text="Pengarna tog slut", parent=direct)
    return problem


def test_causes_stand_as_a_tree_under_their_problem(tell, analysed):
    (analysis,) = tell()["analyses"]
    (direct,) = analysis["causes"]

    assert (analysis["problem"], direct["text"], direct["chosen"]) == ("Otrygghet", "1. Ingen vuxen", True)
    assert "Kan påverkas av: båda" in direct["facts"]
    assert [one["text"] for one in direct["behind"]] == ["2. Pengarna tog slut"]


def test_the_chain_of_events_stands_link_by_link(shown, tell, analysed):
    analysed.analysis.chain = "Sista bussen går\n\nGruppen blir kvar\nRutor krossas"
    analysed.analysis.save()

    assert tell()["analyses"][0]["chain"] == ["Sista bussen går", "Gruppen blir kvar", "Rutor krossas"]
    chain = shown().split("Händelsekedja</h4>")[1].split("</ol>")[0]
    assert chain.count("<li>") == 3


def test_the_chosen_causes_stand_in_the_order_that_the_group_gave_them(tell, analysed):
    analysis = analysed.analysis
    analysis.causes.filter(number=1).update(priority=2)
    factories.CauseFactory(analysis=analysis, number=3, text="Mörkt", chosen=True, priority=1)

    (told,) = tell()["analyses"]

    assert told["conclusion"] == ["Mörkt (orsak 3)", "Ingen vuxen (orsak 1)"]
    assert [one["text"] for one in told["causes"]] == ["3. Mörkt", "1. Ingen vuxen"]
    assert "Prioritet 1" in told["causes"][0]["facts"]


def test_an_analysis_and_its_causes_name_the_pictures_sources(tell, joint, analysed):
    source = factories.SourceFactory(picture=joint, name="Felanmälan 2025")
    analysed.analysis.sources.add(source)
    analysed.analysis.causes.update(support="data", picture_source=source)

    (told,) = tell()["analyses"]

    assert "Styrkt i data: Felanmälan 2025" in told["causes"][0]["facts"]
    assert {"label": "Underlag", "text": "Felanmälan 2025"} in told["meeting"]


def test_a_problem_is_told_with_its_groups_extent_and_sources(tell, shown, joint, cycle):
    said = {"crime_types": "Klotter", "groups": "Resenärer", "insecurity": "Färre väntar inne.", "extent": "43 fall"}
    problem = factories.ProblemFactory(cycle=cycle, picture=joint, **said)
    factories.SourceFactory(picture=joint)
    problem.sources.add(factories.SourceFactory(picture=joint))

    (told,) = tell()["problems"]
    assert {name: told[name] for name in said} == said
    assert told["sources"] == [2]
    assert all(words in shown() for words in said.values())


def test_a_tree_deeper_than_the_page_loses_no_cause(tell, analysed):
    causes = list(analysed.analysis.causes.all())
    for number in range(3, 12):
        causes.append(
            factories.CauseFactory(analysis=analysed.analysis, number=number, text=f"Djup {number}", parent=causes[-1])
        )

    told = str(tell()["analyses"])

    assert [number for number in range(3, 12) if f"{number}. Djup {number}" not in told] == []
    assert "Ligger bakom orsak 10" in told


def test_a_prioritised_problem_without_analysis_says_so(tell, joint, cycle):
    factories.ProblemFactory(cycle=cycle, picture=joint, status="prioritised", rank=1, title="Buskörning")
    content = tell()

    assert [one["state_word"] for one in content["analyses"]] == ["Analys saknas"]
    assert "Orsaker saknas till: Buskörning." in content["conclusions"]


def test_what_county_board_and_bra_may_open_holds_no_causes_and_no_later_decision(tell, joint, bo, cycle, analysed):
    later = factories.ProblemFactory(cycle=cycle, picture=joint, title="Buskörning")
    establish(joint, bo)
    release(joint, bo)
    actions_of_pictures.decide(rules.WATCH, later, by=bo, reason="Bara för parterna.")

    inside, outside = str(tell(Report.Audience.PARTIES)), str(tell(Report.Audience.RELEASED))

    assert ("Ingen vuxen" in inside, "Bara för parterna." in inside) == (True, True)
    assert ("Ingen vuxen" in outside, "Bara för parterna." in outside) == (False, False)


@pytest.mark.parametrize(
    ("merged", "sentence"),
    [
        (("police", "municipality"), "sammanförd ur polisens och kommunens egna lägesbilder."),
        (("municipality",), "sammanförd ur kommunens egen lägesbild."),
        ((), ""),
    ],
)
def test_outside_the_parties_the_own_pictures_behind_are_named_by_kind_alone(
    tell, joint, bo, police, municipality_party, merged, sentence
):
    owners = {"police": police, "municipality": municipality_party}
    for kind in merged:
        own = factories.PictureFactory(
            partnership=joint.partnership, kind=f"own_{kind}", owner=owners[kind], title=f"Tillslag av {kind}"
        )
        joint.own_pictures.add(own)
    establish(joint, bo)
    release(joint, bo)

    inside, outside = tell(Report.Audience.PARTIES), tell(Report.Audience.RELEASED)

    assert [f"Tillslag av {kind}" in str(inside) for kind in merged] == [True for _ in merged]
    assert "Tillslag" not in str(outside)
    assert "Den är godkänd för kommunen" in str(outside)
    assert ("sammanförd ur" in str(outside), sentence in str(outside)) == (bool(merged), True)


def test_of_several_municipalities_the_own_pictures_are_named_together(tell, joint, bo, police, municipality_party):
    kinds = (("own_police", police), ("own_municipality", municipality_party), ("own_municipality", municipality_party))
    where = {"partnership": joint.partnership}
    joint.own_pictures.set([factories.PictureFactory(kind=kind, owner=owner, **where) for kind, owner in kinds])
    establish(joint, bo)
    release(joint, bo)

    assert "sammanförd ur polisens och kommunernas egna lägesbilder." in str(tell(Report.Audience.RELEASED))


def test_a_statement_is_told_with_what_its_source_cannot_tell(tell, joint, bo):
    finding = factories.FindingFactory(picture=joint, created_by=bo)
    source = factories.SourceFactory(
        picture=joint, name="Mätningen", period="2025", coverage="300 svar", uncertainty=""
    )
    finding.sources.set([source])

    (told,) = tell()["findings"][0]["sources"]
    assert told.endswith("Mätningen. Period: 2025. Täckning: 300 svar. Kan inte säga: uppgift saknas")


def test_the_day_is_that_of_the_latest_decision_also_of_one_that_moved_nothing(tell, joint, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, picture=joint)
    told = []
    for day in (dt.date(2026, 3, 12), dt.date(2026, 9, 24)):
        verdict = prioritising.Verdict(problem, "chosen", 1, f"Styrgruppen den {day}.")
        with told_as_of(day):
            weighed = factories.PrioritisationFactory(cycle=cycle)
            prioritising.decide(weighed, [verdict], by=bo, decided_on=day, body_name="Styrgruppen")
        told += [(one["reason"], one["day"]) for one in tell()["prioritisation"]["chosen"]]

    assert told == [
        ("Styrgruppen den 2026-03-12.", "2026-03-12"),
        ("Styrgruppen den 2026-09-24.", "2026-09-24"),
    ]


@pytest.mark.parametrize(
    ("kinds", "mark"),
    [([], "utan källa"), (["citizen_dialogue"], "en enda svag källa"), (["ntu"], ""), (["est", "business"], "")],
)
def test_findings_are_marked_as_on_the_page(tell, joint, kinds, mark):
    finding = factories.FindingFactory(picture=joint)
    finding.sources.set(factories.SourceFactory(picture=joint, kind=kind, period="2025") for kind in kinds)

    assert [one["mark"] for one in tell()["findings"]] == [mark]


def test_differences_and_gaps_have_parts_of_their_own(shown, joint):
    type(joint).objects.update(differences="Bara polisen ser bilarna.", knowledge_gaps="Vi vet inte varför.")
    html = shown()

    for heading, text in (
        ("Skillnader-mellan", "Bara polisen ser bilarna."),
        ("Kunskapsluckor", "Vi vet inte varför."),
    ):
        assert text in html.split(f'<h2 id="{heading}')[1].split("<h2")[0]


def test_the_law_s_parts_are_met_or_not_and_the_clock_runs_24_months(tell, joint, bo):
    type(joint).objects.update(crime="Stölder", consequences="Kostnader", analysis="Därför.")
    joint.refresh_from_db()
    establish(joint, bo)
    content = tell()

    established = dt.date.fromisoformat(content["law"]["established_on"])
    assert [part["met"] for part in content["law"]["parts"]] == [True, False, True]
    assert content["law"]["renewed_by"] == established.replace(year=established.year + 2).isoformat()
    assert content["conclusions"][0] == (
        "Som kommunens lägesbild enligt lagen saknar den: annan information av betydelse."
    )


def _by_law(picture, municipality, by):
    type(picture).objects.filter(pk=picture.pk).update(
        crime="Stölder", consequences="Kostnader", other_information="Ombyggnaden", analysis="Därför."
    )
    picture.refresh_from_db()
    establish(picture, by)
    return LegalDecision.objects.create(
        picture=picture,
        municipality=municipality,
        decided_on=dt.date(2026, 3, 3),
        body="Kommunstyrelsen",
        reference="KS 2026/114",
        created_by=by,
    )


def test_the_cover_says_that_it_is_the_law_s_and_when_the_next_is_due(tell, shown, joint, lycksele, bo):
    _by_law(joint, lycksele, bo)
    content, html = tell(), shown()
    cover = html.split('<header class="cover">')[1].split("</header>")[0]
    facts = {one["label"]: one["text"] for one in content["cover"]}

    assert "enligt lag (2023:196) för Lycksele" in content["kind"]
    assert facts["Beslutad, Lycksele"] == "Kommunstyrelsen 3 mars 2026, KS 2026/114"
    assert facts["Nästa senast"].startswith("3 mars 2028")
    assert all(part["met"] for part in content["law"]["parts"])
    for words in (content["kind"], facts["Beslutad, Lycksele"], "3 mars 2028"):
        assert words in cover


def test_a_municipality_s_own_is_called_the_law_s_only_once_it_is_decided(
    partnership, cycle, municipality_party, lycksele, anna
):
    where = {"partnership": partnership, "cycle": cycle, "municipality": lycksele}
    own = factories.PictureFactory(kind="own_municipality", owner=municipality_party, **where)

    def kind():
        return actions.order_picture(own, by=anna, day=DAY, audience=Report.Audience.OWNER)[0].content["kind"]

    before = kind()
    _by_law(own, lycksele, anna)

    assert (before, kind()) == ("Egen lägesbild, kommunen", "Kommunens lägesbild enligt lag (2023:196)")


def test_what_is_only_expected_is_not_the_law_s_second_part(tell, joint):
    type(joint).objects.update(outlook="Fler evenemang väntas.")
    joint.refresh_from_db()

    assert [part["met"] for part in tell()["law"]["parts"]] == [False, False, False]


def test_who_made_it_and_who_read_it_stand_on_the_cover_with_their_days(partnership, cycle, police, bo):
    made = {"prepared_by": "Kommunpolis", "prepared_on": dt.date(2026, 2, 10)}
    own = factories.PictureFactory(partnership=partnership, cycle=cycle, kind="own_police", owner=police, **made)
    type(own).objects.update(status="ready")
    actions_of_pictures.leadership_read(own, by=bo, day=dt.date(2026, 2, 27), function="LPO-chefen")
    own.refresh_from_db()

    report, _ = actions.order_picture(own, by=bo, day=DAY, audience=Report.Audience.OWNER)
    facts = {one["label"]: one["text"] for one in report.content["cover"]}

    assert (facts["Framtagen av"], facts["Ledningen tog del"]) == (
        "Kommunpolis, 10 februari 2026",
        "LPO-chefen, 27 februari 2026",
    )


def test_the_police_s_own_picture_is_not_measured_by_the_law(partnership, cycle, police, bo):
    own = factories.PictureFactory(partnership=partnership, cycle=cycle, kind="own_police", owner=police)

    report, _ = actions.order_picture(own, by=bo, day=DAY, audience=Report.Audience.OWNER)

    assert report.content["law"] is None
    assert "Lagens tre delar" not in documents.html(report)


@pytest.fixture
def read_in(lycksele, bo):
    """Brå's workbook for Lycksele, read in by Bo of the police."""
    actions_of_indicators.load_catalogue()
    batch = actions_of_indicators.preview(sent(build(lycksele)), by=bo)
    actions_of_indicators.confirm(batch, by=bo)
    batch.refresh_from_db()
    return batch


def test_every_figure_names_its_file_and_the_organisation_never_the_person(tell, read_in, bo):
    content = tell()

    files = [file for origin in content["origins"] for file in origin["files"]]
    assert len(content["indicators"]) == len(content["origins"]) == 20
    assert {(file["name"], file["checksum"]) for file in files} == {(read_in.original_name, read_in.sha256[:12])}
    assert {file["organisation"] for file in files} == {"Polisen, lokalpolisområde Södra Lappland"}
    assert bo.name not in str(content)


def test_of_several_files_each_says_which_figures_are_its(tell, lycksele, bo):
    files = {name: figures_apart.batch(bo, name) for name in ("gammal.xlsx", "ny.csv", "antal.csv")}
    rate = figures_apart.indicator("skadegorelse-per-100000")
    count = figures_apart.indicator("skadegorelse-antal")
    figures_apart.put(rate, "2481", (900, 950), files["gammal.xlsx"], last=2023)
    figures_apart.put(rate, "2481", (990,), files["ny.csv"], last=2025)
    figures_apart.put(rate, "00", (800, 810, 820), files["ny.csv"], last=2025)
    figures_apart.put(count, "2481", (120, 130), files["antal.csv"], last=2025)

    origin = next(one for one in tell()["origins"] if one["unit"] != "antal")

    assert {file["name"]: file["covers"] for file in origin["files"]} == {
        "antal.csv": ["Antal fall bakom kommunens siffror 2024–2025"],
        "ny.csv": ["Lycksele 2025", "Riket 2023–2025"],
        "gammal.xlsx": ["Lycksele 2022–2023"],
    }


def test_charts_carry_sentence_table_source_and_intervals(shown, read_in):
    html = shown()
    figure = html.split("Otrygga vid utevistelse sent på kvällen</h3>")[1].split("</table>")[0]

    assert html.count('<div class="measured') == 20
    assert "<svg" in figure
    assert "(" in figure.split("<tbody>")[1]
    assert "Källa: Brå" in html.split("Otrygga vid utevistelse sent på kvällen</h3>")[1]


def test_the_conclusions_are_sentences_that_the_charts_carry(tell, read_in, lycksele):
    content = tell()
    still = [
        one.facts["sentence"] for one in figures.of([lycksele], 20) if not figures.movement(one.made_of.chart_series())
    ]

    told = [line for line in content["conclusions"] if line in {one["sentence"] for one in content["indicators"]}]
    assert len(told) == 3
    assert not set(told) & set(still)


def test_knowledge_gaps_are_told_in_their_first_line():
    told = picture_conclusions.conclusions(sample(knowledge_gaps="\n• Vi vet inte varför.\nMer"), [], DAY)

    assert "Kunskapslucka: Vi vet inte varför." in told


def test_pasted_text_becomes_paragraphs_and_lists():
    blocks = picture_report.paragraphs("Inledning\r\n\r\n•\tett\r\n\uf0b7 två\r\n- tre\r\nSlut – på texten")

    assert [(block.is_list, list(block.lines)) for block in blocks] == [
        (False, ["Inledning"]),
        (True, ["ett", "två", "tre"]),
        (False, ["Slut – på texten"]),
    ]


def test_two_hundred_problems_and_sixty_thousand_letters_make_a_file():
    html = pdf.render_html("pdf/picture_report.html", picture_report.context(pasted()))

    made = pdf.render_pdf(html, created=dt.datetime(2026, 11, 22, tzinfo=dt.UTC))

    assert "Problem 199 på en plats" in html
    assert pdf.page_count(made) > 30
