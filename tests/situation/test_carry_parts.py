"""Each part of a picture says which sources it rests on, and is marked where that is too little."""

import pytest
from django.db import DatabaseError, transaction

from journal.models import Event
from reports import picture_content
from reports.models import Report
from situation import actions, content
from situation.models import PartSource, Picture, Source
from tests import factories
from tests.approving import establish
from tests.situation.conftest import DAY


@pytest.fixture
def sources(joint):
    """Two: statistics, and what people say in the square."""
    ntu = joint.sources.get()
    Source.objects.filter(pk=ntu.pk).update(period="2025", coverage="312 svar", uncertainty="Få svarar.")
    return ntu, factories.SourceFactory(picture=joint, kind="citizen_dialogue", name="Samtal på torget", period="2025")


def carried(picture):
    return {(one.section, one.source.name) for one in picture.part_sources.select_related("source")}


def edit(go, who, picture, form, **changes):
    return go(who, f"/lagesbilder/{picture.pk}/andra/", form(picture, **changes))


def test_the_boxes_of_a_part_are_kept_with_its_text(go, bo, joint, sources, form):
    edit(go, bo, joint, form, crime="Fler stölder.", carried_crime=[one.pk for one in sources])

    joint.refresh_from_db()
    assert joint.crime == "Fler stölder."
    assert carried(joint) == {("crime", "NTU 2025"), ("crime", "Samtal på torget")}
    last = Event.objects.about(joint).first()
    assert last.changes["sources_crime"]["to"] == "NTU 2025 och Samtal på torget"


def test_the_page_says_what_each_part_rests_on(go, bo, joint, sources, form):
    edit(go, bo, joint, form, crime="Fler stölder.", carried_crime=[sources[0].pk])

    page = go(bo, f"/lagesbilder/{joint.pk}/").content.decode()

    assert "Källa 1, NTU 2025. Period: 2025. Täckning: 312 svar. Kan inte säga: Få svarar." in page


@pytest.mark.parametrize(
    ("which", "mark"), [((), "utan källa"), ((1,), "en enda svag källa"), ((0,), ""), ((0, 1), "")]
)
def test_a_part_is_marked_by_the_rule_of_the_findings_on_page_and_paper(go, bo, joint, sources, form, which, mark):
    edit(go, bo, joint, form, crime="Fler stölder.", carried_crime=[sources[one].pk for one in which])
    joint.refresh_from_db()

    page = go(bo, f"/lagesbilder/{joint.pk}/").context["sections"]
    paper = picture_content.build(joint, audience=Report.Audience.PARTIES, day=DAY, number=1)["sections"]

    marks = [text["mark"] for shown in (page, paper) for one in shown for text in one["texts"]]
    assert [text["mark"] for one in page for text in one["texts"] if text["name"] == "crime"] == [mark]
    assert [text["mark"] for one in paper for text in one["texts"] if text["label"] == "Brottsutveckling"] == [mark]
    assert set(marks) <= {"", "utan källa", "en enda svag källa"}


def test_what_nobody_knows_needs_no_source(joint, sources):
    Picture.objects.filter(pk=joint.pk).update(knowledge_gaps="Vi vet inte varför.")
    joint.refresh_from_db()

    texts = {text["name"]: text for section in content.of(joint)["sections"] for text in section["texts"]}
    assert texts["knowledge_gaps"]["mark"] == ""
    assert texts["summary"]["mark"] == "utan källa"


def test_of_two_who_choose_sources_nobody_is_overwritten(go, anna, bo, joint, sources, form):
    opened = form(joint, carried_crime=[sources[0].pk])
    edit(go, anna, joint, form, carried_crime=[sources[1].pk])

    page = go(bo, f"/lagesbilder/{joint.pk}/andra/", opened)

    assert "Inget har skrivits över" in page.content.decode()
    assert carried(joint) == {("crime", "Samtal på torget")}
    again = {**opened, "revision": page.context["form"]["revision"].value()}
    go(bo, f"/lagesbilder/{joint.pk}/andra/", again)
    assert carried(joint) == {("crime", "NTU 2025")}


def test_another_pictures_source_carries_nothing_here(go, bo, joint, sources, own_police, form):
    page = edit(go, bo, joint, form, carried_crime=[own_police.sources.get().pk])

    assert "carried_crime" in page.context["form"].errors
    assert not PartSource.objects.exists()


def test_a_new_version_rests_on_its_own_copies(joint, sources, bo):
    PartSource.objects.create(picture=joint, section="summary", source=sources[0])
    Picture.objects.filter(pk=joint.pk).update(status="ready")
    joint.refresh_from_db()
    establish(joint, bo)
    joint.refresh_from_db()

    newer = actions.new_version(joint, by=bo)

    assert carried(newer) == {("summary", "NTU 2025")}
    assert newer.part_sources.get().source.picture == newer


def test_what_an_established_part_rests_on_never_changes(joint, sources, bo):
    link = PartSource.objects.create(picture=joint, section="summary", source=sources[0])
    Picture.objects.filter(pk=joint.pk).update(status="ready")
    joint.refresh_from_db()
    establish(joint, bo)

    for change in (link.delete, lambda: PartSource.objects.create(picture=joint, section="crime", source=sources[1])):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    joint.refresh_from_db()
    assert joint.frozen["sections"][0]["texts"][0]["sources"] == [1]


def test_a_source_says_all_that_is_asked_of_it(go, bo, joint):
    given = {
        "kind": "safety_survey",
        "name": "Trygghetsmätning",
        "period": "2025",
        "area": "Centrum",
        "response_rate": "46 procent",
        "openness": "limited",
        "link": "KS 2026/114",
        "informant": "Trygghetssamordnaren",
    }
    go(bo, f"/lagesbilder/{joint.pk}/kallor/ny/", given)

    page = go(bo, f"/lagesbilder/{joint.pk}/").content.decode()
    paper = str(picture_content.build(joint, audience=Report.Audience.PARTIES, day=DAY, number=1))
    for words in ("Centrum", "46 procent", "Begränsad spridning", "KS 2026/114", "Trygghetssamordnaren"):
        assert words in page
        assert words in paper


def test_a_few_people_are_pointed_out_in_a_source(go, bo, joint):
    page = go(bo, f"/lagesbilder/{joint.pk}/kallor/ny/", {"kind": "school", "name": "En elev i 8B"})

    assert "en liten grupp (En elev)" in page.content.decode()
    assert joint.sources.count() == 1
