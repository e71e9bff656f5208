"""Who reads what of agreements, and lists that cost the same however long they are."""

import datetime as dt

import pytest

from agreements.models import Agreement, Measure
from agreements.queries import agreements_of, measures_of, that_counts
from tests import factories

EVERYBODY = ["anna", "bo", "cecilia", "david", "eva", "fia", "greta", "hans", "lisa", "ove"]
MEMBERS = {"anna", "bo", "cecilia", "david", "hans"}
OVERSEERS = {"fia", "greta", "ove"}


def readers(cast, agreement):
    return {who for who in EVERYBODY if Agreement.objects.visible_to(cast[who]).filter(pk=agreement.pk).exists()}


def test_drafts_and_texts_for_signing_stay_inside(cast, proposed):
    assert readers(cast, proposed) == MEMBERS


def test_what_is_signed_is_read_by_county_board_and_bra(cast, signed):
    assert readers(cast, signed) == MEMBERS | OVERSEERS


def test_measures_stay_inside(cast, measure):
    readers = {who for who in EVERYBODY if Measure.objects.visible_to(cast[who]).exists()}

    assert readers == MEMBERS


@pytest.mark.parametrize("who", ["fia", "greta"])
def test_an_overseer_reads_the_frozen_text_without_names_or_work(go, cast, signed, measure, who):
    Measure.objects.filter(pk=measure.pk).update(agreement=signed)

    page = go(cast[who], f"/overenskommelser/{signed.pk}/").content.decode()

    assert "Minska otryggheten." in page
    assert "Chef för lokalpolisområdet" in page
    for hidden in ("Person Påhittad", "Fotpatruller", "Historik", "Bo Berg", "/problem/"):
        assert hidden not in page


def test_a_member_reads_names_measures_and_history(go, hans, signed, measure):
    Measure.objects.filter(pk=measure.pk).update(agreement=signed)

    page = go(hans, f"/overenskommelser/{signed.pk}/").content.decode()

    for shown in ("Person Påhittad", "Fotpatruller", "Historik"):
        assert shown in page
    assert "/underteckna/" not in page


@pytest.mark.parametrize("path", ["", "andra/", "skicka/", "underteckna/", "sag-upp/"])
@pytest.mark.parametrize("who", ["eva", "lisa", "fia", "greta"])
def test_a_strangers_draft_is_not_found(go, cast, draft, path, who):
    assert go(cast[who], f"/overenskommelser/{draft.pk}/{path}").status_code == 404


def test_the_list_says_how_each_stands(go, fia, signed, partnership, bo):
    factories.AgreementFactory(partnership=partnership, title="Ännu ett utkast", created_by=bo)

    page = go(fia, f"/overenskommelser/?samverkan={partnership.pk}").content.decode()

    assert signed.title in page
    assert '<span class="tag ok">Gäller</span>' in page
    assert "Ännu ett utkast" not in page
    assert "Ny överenskommelse" not in page


def local(partnership, municipality, bo, **fields):
    return factories.AgreementFactory(
        partnership=partnership,
        municipality=municipality,
        status="signed",
        signed_on="2026-01-02",
        frozen={"parties": []},
        checksum="0" * 64,
        created_by=bo,
        **fields,
    )


def test_a_municipalitys_own_agreement_comes_before_the_common_one(signed, lycksele, organisations, bo):
    own = local(signed.partnership, lycksele, bo)
    day = signed.starts
    neighbour = organisations["landskrona"].municipality

    assert that_counts(agreements_of(signed.partnership, lycksele), day) == own
    assert that_counts(agreements_of(signed.partnership).filter(municipality=None), day) == signed
    assert that_counts(agreements_of(signed.partnership, neighbour), day) is None


def test_a_replaced_agreement_until_further_notice_does_not_outrank_its_successor(signed, lycksele, bo):
    old = local(signed.partnership, lycksele, bo, starts="2024-01-01", ends=None)
    new = local(signed.partnership, lycksele, bo, starts="2026-01-01", ends="2026-12-31", replaces=old)

    assert that_counts(agreements_of(signed.partnership, lycksele), dt.date(2026, 11, 1)) == new
    assert that_counts(agreements_of(signed.partnership, lycksele), dt.date(2027, 2, 1)) == signed


def test_the_agreements_of_a_municipality_are_its_own_and_those_it_is_party_to(signed, lycksele, bo, organisations):
    own = local(signed.partnership, lycksele, bo, starts="2027-01-01")

    assert list(agreements_of(signed.partnership, lycksele)) == [own, signed]
    assert not agreements_of(signed.partnership, organisations["landskrona"].municipality)


def test_measures_of_a_cycle_come_with_their_progress_in_one_query(measure, bo, django_assert_num_queries):
    for count in (7, 9):
        factories.MeasureLogFactory(measure=measure, count=count, created_by=bo)
    cycle, responsible = measure.cycle, str(measure.responsible)

    with django_assert_num_queries(1):
        (found,) = measures_of(cycle)
        assert (found.done_count, found.progress, str(found.responsible)) == (16, 64, responsible)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_agreements_costs_the_same(go, client, bo, partnership, django_assert_num_queries, rows):
    for _ in range(rows):
        local(partnership, None, bo)
    go(bo, f"/overenskommelser/?samverkan={partnership.pk}")

    with django_assert_num_queries(LIST):
        client.get(f"/overenskommelser/?samverkan={partnership.pk}")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_measures_costs_the_same(go, client, bo, problem, police, django_assert_num_queries, rows):
    for _ in range(rows):
        measure = factories.MeasureFactory(problem=problem, responsible=police, created_by=bo)
        factories.MeasureLogFactory(measure=measure, created_by=bo)
    go(bo, f"/overenskommelser/atgarder/?samverkan={problem.partnership_id}")

    with django_assert_num_queries(MEASURES):
        client.get(f"/overenskommelser/atgarder/?samverkan={problem.partnership_id}")


@pytest.mark.parametrize("rows", [1, 3])
def test_an_agreements_page_costs_the_same(go, client, bo, signed, problem, police, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.MeasureFactory(problem=problem, responsible=police, agreement=signed, created_by=bo)
    go(bo, signed.get_absolute_url())

    with django_assert_num_queries(PAGE):
        client.get(signed.get_absolute_url())


# Queries of a page, session and the reader's rights included.
LIST, MEASURES, PAGE = 8, 10, 27
