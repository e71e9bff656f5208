import datetime as dt
import threading

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection

from accounts import actions
from accounts.models import Invitation, Membership, Role, User
from journal.models import Event
from lib.dates import now

PASSWORD = "gul-cykel-regn-9"
FORM = {"name": "Nils Nyberg", "password": PASSWORD, "password_again": PASSWORD}


def accept(client, secret, form=FORM):
    return client.post(f"/inbjudan/{secret}/", form)


def test_the_invited_person_gets_an_account_a_role_and_is_inside(client, invited, lycksele_kommun):
    _, secret = invited

    answer = accept(client, secret)

    nils = User.objects.get(email="nils@example.se")
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(nils.pk)
    assert nils.name == "Nils Nyberg"
    assert nils.check_password(PASSWORD)
    assert nils.organisation_ids(Role.COORDINATOR) == [lycksele_kommun.pk]
    assert EmailAddress.objects.get(user=nils).verified
    assert Event.objects.about(lycksele_kommun).first().label == "Inbjudan antagen"


def test_the_page_is_open_says_who_invites_and_is_never_stored(client, invited):
    _, secret = invited

    page = client.get(f"/inbjudan/{secret}/")

    assert "Lycksele kommun" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_the_link_works_once(client, invited, django_user_model):
    _, secret = invited
    accept(client, secret)
    client.logout()

    answer = accept(client, secret, FORM | {"name": "Någon Annan"})

    assert answer.status_code == 404
    assert not User.objects.filter(name="Någon Annan").exists()


def test_used_expired_withdrawn_and_invented_links_get_the_same_answer(client, sent, lycksele_kommun, lisa):
    secrets = []
    for email in ("a@example.se", "b@example.se", "c@example.se"):
        _, secret = sent(actions.invite, lycksele_kommun, email=email, name="X", role=Role.READER, by=lisa)
        secrets.append(secret)
    used, expired, withdrawn = (Invitation.objects.by_token(secret) for secret in secrets)
    actions.accept_as_new(used.get(), name="X", password=PASSWORD)
    expired.update(expires_at=now() - dt.timedelta(seconds=1))
    actions.withdraw(withdrawn.get(), by=lisa)

    answers = [client.get(f"/inbjudan/{secret}/") for secret in [*secrets, "pahittad"]]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "skicka den igen" in answers[0].content.decode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"password_again": "något-annat-99"}, "inte lika"),
        ({"password": "kort", "password_again": "kort"}, "minst 12 tecken"),
        ({"password": "nils@example.se", "password_again": "nils@example.se"}, "för lik"),
        ({"name": ""}, "måste fyllas i"),
    ],
)
def test_a_refused_form_says_why_and_makes_nobody(client, invited, change, said):
    _, secret = invited

    answer = accept(client, secret, FORM | change)

    assert said in answer.content.decode()
    assert not User.objects.filter(email="nils@example.se").exists()


def test_somebody_with_an_account_signs_in_first_and_then_gets_the_role(client, sent, lycksele_kommun, lisa, bo):
    _, secret = sent(actions.invite, lycksele_kommun, email=bo.email, name="Bo", role=Role.READER, by=lisa)

    before = client.get(f"/inbjudan/{secret}/").content.decode()
    outside = accept(client, secret)
    client.force_login(bo)
    accept(client, secret, {})

    assert f"/konto/login/?next=/inbjudan/{secret}/" in before
    assert outside.status_code == 200
    assert bo.memberships.filter(organisation=lycksele_kommun, role=Role.READER, ends=None).exists()
    assert User.objects.filter(email=bo.email).count() == 1


def test_somebody_elses_invitation_gives_nothing(client, invited, eva):
    _, secret = invited
    client.force_login(eva)

    page = accept(client, secret)

    assert "en annan adress" in page.content.decode()
    assert not Membership.objects.filter(user=eva, organisation__name="Lycksele kommun").exists()
    with pytest.raises(actions.NotUsable):
        actions.accept_as_known(invited[0], by=eva)


def test_the_slower_of_two_tabs_is_told(invited):
    invitation, _ = invited
    actions.accept_as_new(invitation, name="Ett", password=PASSWORD)

    with pytest.raises(actions.NotUsable):
        actions.accept_as_new(invitation, name="Två", password=PASSWORD)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one transaction write at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_at_once_one_gets_in(invited):
    invitation, _ = invited
    results, start = [], threading.Barrier(2)

    def tab(name):
        start.wait()
        try:
            results.append(actions.accept_as_new(invitation, name=name, password=PASSWORD))
        except actions.NotUsable:
            results.append(None)
        finally:
            connection.close()

    tabs = [threading.Thread(target=tab, args=[name]) for name in ("Ett", "Två")]
    for thread in tabs:
        thread.start()
    for thread in tabs:
        thread.join()

    assert sorted(result is None for result in results) == [False, True]
    assert User.objects.filter(email="nils@example.se").count() == 1
    assert Membership.objects.filter(user__email="nils@example.se").count() == 1


@pytest.mark.parametrize("role", [Role.SIGNATORY, Role.LOCAL_ADMIN])
def test_nobody_becomes_signatory_or_local_administrator_in_silence(client, sent, lycksele_kommun, lisa, anna, role):
    invitation, secret = sent(actions.invite, lycksele_kommun, email="n@example.se", name="N", role=role, by=lisa)
    mail.outbox.clear()

    sent(accept, client, secret)

    assert {address for letter in mail.outbox for address in letter.to} == {anna.email, lisa.email}
    assert invitation.get_role_display() in mail.outbox[0].body
    assert "Nils Nyberg (n@example.se)" in mail.outbox[0].body


def test_a_new_reader_is_no_news(client, sent, lycksele_kommun, lisa):
    _, secret = sent(actions.invite, lycksele_kommun, email="n@example.se", name="N", role=Role.READER, by=lisa)
    mail.outbox.clear()

    sent(accept, client, secret)

    assert mail.outbox == []
