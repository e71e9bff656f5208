"""A picture is read: every statement with what carries it, and a long one as cheaply as a short one."""

import pytest

from situation import content
from situation.models import Picture
from tests import factories


@pytest.fixture
def statement(joint, bo):
    """A finding that a source with limits carries, and one that says nothing of itself."""
    told = factories.SourceFactory(
        picture=joint, name="Trygghetsmätningen", period="2025", coverage="300 svar", uncertainty="Få unga svarade."
    )
    silent = factories.SourceFactory(picture=joint, name="Samtal", period="", coverage="", uncertainty="")
    finding = factories.FindingFactory(picture=joint, text="Fler undviker torget.", created_by=bo)
    finding.sources.set([told, silent])
    return finding


def test_a_statement_carries_source_period_coverage_and_blind_spot(go, bo, joint, statement):
    page = go(bo, f"/lagesbilder/{joint.pk}/").content.decode()

    assert "Trygghetsmätningen. Period: 2025. Täckning: 300 svar. Kan inte säga: Få unga svarade." in page
    assert "Samtal. Period: uppgift saknas. Täckning: uppgift saknas. Kan inte säga: uppgift saknas" in page


def test_a_frozen_statement_carries_what_its_source_said_then(joint, statement):
    frozen = content.of(joint)
    joint.sources.update(period="En annan")

    carried = content.statements(frozen)[0]["carried_by"]
    assert [one["period"] for one in carried] == ["2025", ""]


@pytest.mark.parametrize("count", [1, 200])
def test_a_picture_of_200_problems_costs_as_many_queries_as_one_of_one(
    go, bo, joint, count, django_assert_max_num_queries
):
    factories.ProblemFactory.create_batch(count, picture=joint, cycle=joint.cycle, partnership=joint.partnership)
    factories.FindingFactory.create_batch(count, picture=joint)
    go(bo, f"/lagesbilder/{joint.pk}/")

    with django_assert_max_num_queries(35):
        assert go(bo, f"/lagesbilder/{joint.pk}/").status_code == 200


def test_what_word_leaves_in_a_text_is_gone_and_its_lines_are_kept(go, bo, joint, form):
    pasted = "•\tTorget\vsena kvällar\r\n•\tSkol\N{SOFT HYPHEN}gården\N{ZERO WIDTH SPACE}\x00"
    go(bo, f"/lagesbilder/{joint.pk}/andra/", form(joint, places=pasted))

    stored = Picture.objects.get(pk=joint.pk).places
    assert stored.splitlines() == ["•\tTorget", "sena kvällar", "•\tSkolgården"]


def test_a_problem_tells_its_crimes_groups_and_what_it_does_to_safety(go, bo, joint):
    said = {"crime_types": "Skadegörelse", "groups": "Unga kvinnor", "insecurity": "Fler undviker torget."}
    go(bo, f"/lagesbilder/problem/ny/?lagesbild={joint.pk}", {"title": "Torget", "trend": "unknown", **said})

    problem = joint.problems.get(title="Torget")
    page = go(bo, f"/lagesbilder/problem/{problem.pk}/").content.decode()
    assert all(words in page for words in said.values())


def test_a_pictures_problems_are_listed_with_all_that_they_say(go, bo, joint):
    said = {"crime_types": "Skadegörelse", "groups": "Unga kvinnor", "insecurity": "Fler går omvägar.", "extent": "43"}
    source = joint.sources.get()
    data = {"title": "Torget", "trend": "unknown", "sources": [source.pk], **said}
    go(bo, f"/lagesbilder/problem/ny/?lagesbild={joint.pk}", data)

    page = go(bo, joint.get_absolute_url()).text.split('id="problem"')[1].split("</table>")[0]
    assert all(words in page for words in said.values())
    assert "Källa 1" in page
    problem = joint.problems.get(title="Torget")
    assert str(source) in go(bo, f"/lagesbilder/problem/{problem.pk}/").text


def test_another_pictures_source_shows_no_problem(go, bo, joint, own_police):
    data = {"title": "Torget", "trend": "unknown", "sources": [own_police.sources.get().pk]}
    answer = go(bo, f"/lagesbilder/problem/ny/?lagesbild={joint.pk}", data)

    assert "sources" in answer.context["form"].errors


def test_a_small_group_is_asked_about(go, bo, joint):
    data = {"title": "Torget", "trend": "unknown", "groups": "tre ungdomar"}
    answer = go(bo, f"/lagesbilder/problem/ny/?lagesbild={joint.pk}", data)

    assert "en liten grupp (tre ungdomar)" in answer.content.decode()


def test_a_chain_of_events_is_told_link_by_link(go, bo, problem):
    analysis = factories.CauseAnalysisFactory(problem=problem, created_by=bo)
    chain = "Moppen köps\r\n\r\nMoppen trimmas\r\nMoppen körs i centrum"
    data = {"chain": chain, "method": "chain", "revision": 0}
    go(bo, f"/lagesbilder/orsaksanalys/{analysis.pk}/andra/", data)

    page = go(bo, f"/lagesbilder/orsaksanalys/{analysis.pk}/").content.decode()
    assert "<ol><li>Moppen köps</li><li>Moppen trimmas</li><li>Moppen körs i centrum</li></ol>" in page
