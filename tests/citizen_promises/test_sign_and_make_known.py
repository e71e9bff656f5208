import pytest

from citizen_promises import actions
from citizen_promises.models import Channel, Signature
from journal.models import Event
from journal.steps import NotAllowed, Refused
from tests import promising
from tests.citizen_promises.conftest import errors, told


@pytest.fixture
def approved(draft, promise, bo):
    promising.approve(draft, bo)
    return draft


def sign(client, document, **fields):
    address = f"/medborgarloften/arbete/{document.pk}/underskrift/"
    form = client.get(address).context["form"]
    posted = {
        "party": form["party"].field.queryset.first().pk,
        "function": "Kommunpolis",
        "name": "Bo Berg",
        "signed_on": "2026-06-14",
        "checksum": form["checksum"].value(),
    }
    return client.post(address, posted | fields, follow=True)


def test_a_party_signs_by_function_and_day(client, bo, approved):
    client.force_login(bo)
    response = sign(client, approved, acting="on")

    signature = approved.signatures.get()
    assert told(response) == ["Underskriften är registrerad."]
    assert (signature.checksum, signature.registered_by) == (approved.checksum, bo)
    assert "t.f. Kommunpolis, Bo Berg, 14 juni 2026" in response.content.decode()
    assert Event.objects.about(approved).first().verb == "signed_by_party"


def test_a_draft_is_not_signed(client, bo, draft, promise):
    client.force_login(bo)
    response = client.get(f"/medborgarloften/arbete/{draft.pk}/underskrift/", follow=True)

    assert told(response) == ["Registrera underskrift: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."]


def test_a_signature_in_the_future_is_refused(client, bo, approved):
    client.force_login(bo)

    assert list(errors(sign(client, approved, signed_on="2026-06-16"))) == ["signed_on"]


def test_nobody_signs_for_another_party(client, bo, approved, municipality_party):
    client.force_login(bo)

    assert list(errors(sign(client, approved, party=municipality_party.pk))) == ["party"]


def test_a_party_signs_once_and_the_very_text(approved, police, bo):
    posted = {"by": bo, "party": police, "function": "Chef", "name": "Bo Berg", "signed_on": "2026-06-14"}
    with pytest.raises(Refused, match="Texten har ändrats"):
        actions.sign(approved, checksum="annan", **posted)
    actions.sign(approved, checksum=approved.checksum, **posted)

    with pytest.raises(Refused, match="har redan undertecknat"):
        actions.sign(approved, checksum=approved.checksum, **posted)


def test_a_signed_text_is_opened_only_when_the_signature_is_taken_back(client, bo, approved):
    client.force_login(bo)
    sign(client, approved)
    with pytest.raises(Refused, match="En part har redan undertecknat"):
        actions.back_to_draft(approved, by=bo)
    signature = Signature.objects.get()
    client.post(f"/medborgarloften/arbete/underskrift/{signature.pk}/aterta/", {"reason": "Fel dag."})

    assert not Signature.objects.exists()
    assert "Fel dag." in Event.objects.about(approved).first().note
    actions.back_to_draft(approved, by=bo)


def test_the_other_party_does_not_take_a_signature_back(client, anna, bo, approved):
    client.force_login(bo)
    sign(client, approved)
    client.force_login(anna)

    address = f"/medborgarloften/arbete/underskrift/{Signature.objects.get().pk}/aterta/"
    assert client.post(address, {"reason": "Nej."}).status_code == 403


def test_a_signature_under_published_promises_stays(client, bo, approved):
    client.force_login(bo)
    sign(client, approved)
    actions.publish(approved, by=bo)

    with pytest.raises(NotAllowed):
        actions.revoke_signature(Signature.objects.get(), by=bo, reason="Sent.")


# --- Made known


def announce(client, document, **fields):
    posted = {"kind": "press", "text": "Lycksele-Tidningen", "url": "", "day": "2026-06-14", "revision": 0}
    return client.post(f"/medborgarloften/arbete/{document.pk}/kanal/", posted | fields, follow=True)


def test_a_channel_is_registered_when_the_promises_are_published(client, bo, published):
    client.force_login(bo)
    response = announce(client, published, url="https://tidningen.example.se/loften")

    assert told(response) == ["Kanalen är registrerad."]
    assert "Tidning, radio eller tv: Lycksele-Tidningen" in response.content.decode()
    assert Event.objects.about(published).first().verb == "announce"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://example.se"}, "url"),
        ({"day": "2026-06-16"}, "day"),
        ({"kind": "other", "text": ""}, "text"),
        ({"kind": "brevduva"}, "kind"),
        ({"text": "Ring 19900101-0017"}, "text"),
    ],
    ids=str,
)
def test_an_odd_channel_is_answered_in_words(client, bo, published, fields, field):
    client.force_login(bo)

    assert field in errors(announce(client, published, **fields))
    assert not Channel.objects.exists()


def test_no_channel_for_what_is_not_published(client, bo, approved):
    client.force_login(bo)
    announce(client, approved)

    assert not Channel.objects.exists()


def test_a_channel_registered_by_mistake_is_taken_back_and_remembered(client, bo, published):
    client.force_login(bo)
    announce(client, published)
    client.post(f"/medborgarloften/arbete/kanal/{Channel.objects.get().pk}/ta-bort/")

    assert not Channel.objects.exists()
    assert "Lycksele-Tidningen" in Event.objects.about(published).first().note
