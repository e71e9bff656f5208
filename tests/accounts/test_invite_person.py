import datetime as dt

import pytest
from django.core import mail
from django.core.exceptions import ValidationError

from accounts import actions
from accounts.models import Invitation, Membership, Role
from journal.models import Event
from lib.dates import now

NILS = {"email": "Nils@Example.se", "name": "Nils Ny", "role": "coordinator"}


def test_a_local_administrator_invites_from_the_organisations_page(
    client, lisa, lycksele_kommun, django_capture_on_commit_callbacks
):
    client.force_login(lisa)

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS, follow=True)

    assert "Nils Ny är inbjuden." in answer.content.decode()
    assert mail.outbox[0].to == ["nils@example.se"]
    assert "/inbjudan/" in mail.outbox[0].body
    assert Invitation.objects.get().sent_at


def test_the_secret_is_only_in_the_mail(invited):
    invitation, secret = invited

    assert secret not in str(Invitation.objects.values())
    assert secret not in str(Event.objects.values())
    assert Invitation.objects.by_token(secret).get() == invitation


def test_the_invitation_stands_in_the_organisations_journal(invited, lycksele_kommun, lisa):
    event = Event.objects.about(lycksele_kommun).get()

    assert (event.label, event.by) == ("Inbjudan skickad", lisa)
    assert "nils@example.se" in event.changes["invitation"]["label"]


@pytest.mark.parametrize("who", ["anna", "cecilia", "hans"])
def test_colleagues_see_the_people_but_may_not_invite(client, cast, who, lycksele_kommun):
    client.force_login(cast[who])

    page = client.get(f"/organisation/{lycksele_kommun.pk}/")
    answer = client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS)

    assert page.status_code == 200
    assert "Bjud in en person" not in page.content.decode()
    assert "anna@example.se" not in page.content.decode()
    assert answer.status_code == 403


@pytest.mark.parametrize("who", ["bo", "eva", "fia", "greta"])
def test_strangers_find_no_page(client, cast, who, lycksele_kommun):
    client.force_login(cast[who])

    assert client.get(f"/organisation/{lycksele_kommun.pk}/").status_code == 404
    assert client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS).status_code == 404


def test_an_administrator_invites_anywhere(client, ove, organisations):
    client.force_login(ove)

    client.post(f"/organisation/{organisations['bra'].pk}/bjud-in/", NILS | {"role": "bra_analyst"})

    assert Invitation.objects.get().role == Role.BRA_ANALYST


def test_only_roles_of_the_organisations_kind_are_given(client, lisa, lycksele_kommun):
    client.force_login(lisa)

    answer = client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS | {"role": "administrator"})

    assert answer.status_code == 200
    assert not Invitation.objects.exists()


def test_the_action_refuses_a_role_of_another_kind_too(lycksele_kommun, lisa):
    with pytest.raises(ValidationError, match="finns inte"):
        actions.invite(lycksele_kommun, email="n@example.se", name="N", role=Role.ADMINISTRATOR, by=lisa)


def test_nobody_is_invited_twice_to_the_same_role(client, invited, lisa, lycksele_kommun):
    client.force_login(lisa)

    answer = client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS)

    assert "Skicka den igen i stället" in answer.content.decode()
    assert "Nils Ny" in answer.content.decode()
    assert Invitation.objects.count() == 1


def test_who_has_the_role_is_not_invited_to_it(lycksele_kommun, lisa, anna):
    with pytest.raises(ValidationError, match="redan den rollen"):
        actions.invite(lycksele_kommun, email=anna.email, name="Anna", role=Role.COORDINATOR, by=lisa)


def test_sending_again_makes_the_first_link_useless(client, sent, invited, lisa):
    invitation, first = invited
    Invitation.objects.update(expires_at=now() - dt.timedelta(days=1), sent_at=now() - dt.timedelta(days=15))

    _, second = sent(actions.resend, invitation, by=lisa)

    assert client.get(f"/inbjudan/{first}/").status_code == 404
    assert client.get(f"/inbjudan/{second}/").status_code == 200
    assert Event.objects.filter(verb="resent", by=lisa).exists()


def test_a_withdrawn_invitation_opens_nothing(client, invited, lisa):
    invitation, secret = invited
    client.force_login(lisa)

    client.post(f"/inbjudningar/{invitation.pk}/aterta/")
    client.logout()

    assert client.get(f"/inbjudan/{secret}/").status_code == 404
    assert Event.objects.filter(verb="withdrawn", by=lisa).exists()


@pytest.mark.parametrize("door", ["aterta", "skicka-igen"])
@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("bo", 404), ("eva", 404)])
def test_others_change_no_invitation(client, cast, invited, door, who, status):
    invitation, secret = invited
    client.force_login(cast[who])

    assert client.post(f"/inbjudningar/{invitation.pk}/{door}/").status_code == status
    assert Invitation.objects.by_token(secret).usable(now()).exists()


def test_an_answered_invitation_is_neither_sent_again_nor_withdrawn(client, invited, lisa):
    invitation, _ = invited
    actions.accept_as_new(invitation, name="Nils Ny", password="gul-cykel-regn-9")
    client.force_login(lisa)

    for door in ("aterta", "skicka-igen"):
        answer = client.post(f"/inbjudningar/{invitation.pk}/{door}/", follow=True)
        assert "redan använd eller återtagen" in answer.content.decode()


def test_a_mail_that_cannot_be_sent_is_told_on_the_page_and_names_nobody_in_the_log(
    client, lisa, lycksele_kommun, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError("nils@example.se")

    monkeypatch.setattr(actions, "send_mail", refuse)
    client.force_login(lisa)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS)

    assert "E-brevet kom inte iväg" in client.get(f"/organisation/{lycksele_kommun.pk}/").content.decode()
    assert "could not be sent" in caplog.text
    assert "nils" not in caplog.text.lower()


def test_the_page_of_an_organisation_asks_a_constant_number_of_questions(
    client, lisa, lycksele_kommun, sent, django_assert_num_queries
):
    client.force_login(lisa)
    for number in range(3):
        sent(actions.invite, lycksele_kommun, email=f"n{number}@x.se", name="N", role=Role.READER, by=lisa)

    # Session, user, own roles, organisation, people, invitations, former people, journal.
    with django_assert_num_queries(8):
        client.get(f"/organisation/{lycksele_kommun.pk}/")


def test_nobody_is_pestered_with_mail(client, invited, lisa, lycksele_kommun):
    invitation, secret = invited
    client.force_login(lisa)

    again = client.post(f"/inbjudningar/{invitation.pk}/skicka-igen/", follow=True).content.decode()
    client.post(f"/inbjudningar/{invitation.pk}/aterta/")
    anew = client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS).content.decode()

    assert "Vänta fem minuter" in again
    assert "Vänta fem minuter" in anew
    assert len(mail.outbox) == 1


def test_nobody_invites_himself(client, lisa, lycksele_kommun):
    client.force_login(lisa)
    form = {"email": "Lisa@example.se", "name": "L. Lund", "role": "signatory"}

    answer = client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", form)

    assert "Du kan inte ge dig själv en roll." in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ["Nils\r\nÖppna http://ond.example", "Nils\u2028Ny"])
def test_a_name_is_what_it_looks_like(client, lisa, lycksele_kommun, name):
    client.force_login(lisa)

    answer = client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS | {"name": name})

    assert "osynliga tecken" in answer.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ["Nils\u202eNy", "Nils\x07Ny"])
def test_what_cannot_be_seen_in_a_name_is_left_out(client, lisa, lycksele_kommun, name):
    client.force_login(lisa)

    client.post(f"/organisation/{lycksele_kommun.pk}/bjud-in/", NILS | {"name": name})

    assert Invitation.objects.get().name == "NilsNy"


def test_only_administrators_make_administrators(client, lisa, ove, organisations):
    operator = organisations["operator"]
    Membership.objects.create(user=lisa, organisation=operator, role=Role.LOCAL_ADMIN)
    form = {"email": "ny@example.se", "name": "Ny", "role": "administrator"}

    client.force_login(lisa)
    offered = client.get(f"/organisation/{operator.pk}/").content.decode()
    client.post(f"/organisation/{operator.pk}/bjud-in/", form)
    with pytest.raises(ValidationError, match="bara en administratör"):
        actions.invite(operator, email="ny@example.se", name="Ny", role=Role.ADMINISTRATOR, by=lisa)
    assert 'value="administrator"' not in offered
    assert not Invitation.objects.exists()

    client.force_login(ove)
    client.post(f"/organisation/{operator.pk}/bjud-in/", form)
    assert Invitation.objects.get().role == Role.ADMINISTRATOR
