"""That a signed agreement has been made public is an act beside its text; and how it was signed and annexed is told."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from agreements import content
from journal.models import Event


def address(agreement):
    return f"/overenskommelser/{agreement.pk}/publicering/"


def told(agreement, **changes):
    public = {"published_on": "2026-02-20", "channels": "Kommunens webbplats", "urls": "https://lycksele.se/trygghet"}
    return public | {"checksum": agreement.checksum} | changes


def test_it_is_told_on_the_page_with_its_addresses_and_in_the_book(go, anna, fia, signed):
    urls = "https://lycksele.se/trygghet\r\nhttps://polisen.se/lycksele"

    go(anna, address(signed), told(signed, urls=urls))

    made = signed.publications.get()
    assert (made.published_on, made.checksum) == (dt.date(2026, 2, 20), signed.checksum)
    for who in (anna, fia):
        page = go(who, signed.get_absolute_url()).content.decode()
        assert "20 februari 2026: Kommunens webbplats" in page
        assert page.count('href="https://polisen.se/lycksele"') == 1
    assert "Kommunens webbplats" in Event.objects.about(signed).get(verb="published").note
    assert content.is_intact(signed)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"published_on": "2026-01-01"}, "Den undertecknades 16 februari 2026."),
        ({"published_on": "2099-01-01"}, "Datumet ligger i framtiden."),
        ({"channels": ""}, 'id="error_1_id_channels"'),
        ({"urls": "javascript:alert(1)"}, "är ingen webbadress"),
        ({"checksum": "0" * 64}, "Texten är inte längre den du läste"),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_typed_is_lost(go, anna, signed, changes, sentence):
    page = go(anna, address(signed), told(signed, **{"channels": "Anslagstavlan"} | changes)).content.decode()

    assert sentence in page
    assert ("Anslagstavlan" in page) == ("channels" not in changes)
    assert not signed.publications.exists()


def test_only_what_is_signed_is_published_and_only_by_who_keeps_it(go, anna, cecilia, hans, eva, fia, proposed):
    answer = go(anna, address(proposed))
    assert answer.url == proposed.get_absolute_url()

    assert [go(who, address(proposed)).status_code for who in (cecilia, hans, eva, fia)] == [403, 403, 404, 404]


def test_what_is_registered_stays(go, anna, signed):
    go(anna, address(signed), told(signed))
    made = signed.publications.get()

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        type(made).objects.filter(pk=made.pk).update(channels="Annat")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        made.delete()


def test_how_a_party_signed_is_asked_and_shown(go, cecilia, proposed, municipality_party, signature):
    where = f"/overenskommelser/{proposed.pk}/underteckna/"
    page = go(cecilia, where, signature(proposed, municipality_party, way="")).content.decode()
    assert 'id="error_1_id_way"' in page

    go(cecilia, where, signature(proposed, municipality_party, way="electronic"))

    assert proposed.signatures.get().way == "electronic"
    assert "Elektroniskt, utanför systemet" in go(cecilia, proposed.get_absolute_url()).content.decode()
