"""Django admin as the operator uses it."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core import mail
from django.test import Client

from accounts import actions
from accounts.models import Invitation, Membership, Organisation, Role, User
from journal.models import Event
from lib.dates import today
from tests import factories


@pytest.fixture
def desk(client, ove):
    client.force_login(ove)
    return client


def user_form(user, **changed):
    return {"name": user.name, "email": user.email, "is_active": "on"} | changed


@pytest.mark.parametrize("who", ["anna", "lisa", "fia", "greta"])
def test_only_administrators_come_in(client, cast, who):
    client.force_login(cast[who])

    assert client.get("/admin/").status_code == 302
    assert client.get("/admin/login/").status_code == 403


def test_the_administration_has_no_door_of_its_own(client, db):
    answer = client.get("/admin/login/?next=/admin/")

    assert answer["Location"].startswith("/konto/login/")


@pytest.mark.parametrize("model", ["organisation", "user", "membership", "invitation"])
def test_every_list_can_be_searched(desk, invited, model):
    answer = desk.get(f"/admin/accounts/{model}/?q=lycksele")

    assert answer.status_code == 200
    assert "Lycksele" in answer.content.decode()


def test_groups_addresses_and_secrets_of_second_factors_are_not_shown():
    shown = {model._meta.label for model in admin.site._registry}

    assert not shown & {"auth.Group", "account.EmailAddress", "mfa.Authenticator"}


def test_nobody_is_added_but_by_invitation(desk):
    assert desk.get("/admin/accounts/user/add/").status_code == 403
    assert desk.get("/admin/accounts/invitation/add/").status_code == 403


def test_a_change_stands_in_the_journal_with_from_and_to(desk, anna, ove):
    desk.post(f"/admin/accounts/user/{anna.pk}/change/", user_form(anna, name="Anna Ahlgren"))

    event = Event.objects.about(anna).get()
    assert event.changes["name"] == {"label": "Namn", "from": "Anna Andersson", "to": "Anna Ahlgren"}
    assert event.by == ove


def test_a_new_address_is_vouched_for_and_can_sign_in(desk, anna):
    EmailAddress.objects.create(user=anna, email=anna.email, verified=True, primary=True)

    desk.post(f"/admin/accounts/user/{anna.pk}/change/", user_form(anna, email="Anna.Ny@example.se"))

    assert User.objects.get(pk=anna.pk).email == "anna.ny@example.se"
    assert list(EmailAddress.objects.filter(user=anna).values_list("email", "verified")) == [
        ("anna.ny@example.se", True)
    ]


def test_the_old_address_is_told_of_a_new_one_and_open_sessions_end(desk, anna, django_capture_on_commit_callbacks):
    annas = Client()
    annas.force_login(anna)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(f"/admin/accounts/user/{anna.pk}/change/", user_form(anna, email="ny@example.se"))

    assert mail.outbox[0].to == ["anna@example.se"]
    assert "bytt e-postadressen" in mail.outbox[0].body
    assert annas.get("/konto/").status_code == 302
    assert desk.get("/konto/").status_code == 200


def test_two_people_do_not_share_an_address(desk, anna, bo):
    answer = desk.post(f"/admin/accounts/user/{anna.pk}/change/", user_form(anna, email=bo.email.upper()))

    assert "En annan användare har den adressen." in answer.content.decode()


def test_a_persons_roles_over_time_are_shown(desk, anna):
    page = desk.get(f"/admin/accounts/user/{anna.pk}/change/").content.decode()

    assert "Samordnare eller kommunpolis, Lycksele kommun, från och med 1 januari 2020" in page


def test_the_password_is_neither_shown_nor_changed(desk, anna):
    page = desk.get(f"/admin/accounts/user/{anna.pk}/change/").content.decode()

    assert 'name="password"' not in page


def test_somebody_is_made_inactive_but_not_the_last_administrator(desk, anna, ove):
    for person in (anna, ove):
        form = user_form(person)
        del form["is_active"]
        answer = desk.post(f"/admin/accounts/user/{person.pk}/change/", form)

    assert not User.objects.get(pk=anna.pk).is_active
    assert "Minst en administratör" in answer.content.decode()
    assert User.objects.get(pk=ove.pk).is_active


def test_a_link_for_a_new_password_is_sent(desk, anna):
    EmailAddress.objects.create(user=anna, email=anna.email, verified=True, primary=True)

    desk.post("/admin/accounts/user/", {"action": "send_reset_link", "_selected_action": anna.pk})

    assert mail.outbox[0].to == [anna.email]
    assert Event.objects.about(anna).get().verb == "reset_link"


def test_a_lost_telephone_is_forgotten_and_its_owner_told(desk, anna, django_capture_on_commit_callbacks):
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={})

    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/admin/accounts/user/", {"action": "take_away_second_factor", "_selected_action": anna.pk})

    assert (mail.outbox[0].to, len(mail.outbox)) == ([anna.email], 1)
    assert "tagit bort tvåstegsverifieringen" in mail.outbox[0].body
    assert not Authenticator.objects.exists()
    assert Event.objects.about(anna).get().verb == "second_factor_gone"


def membership_form(user, organisation, role):
    return {"user": user.pk, "organisation": organisation.pk, "role": role, "starts": today().isoformat()}


def test_a_role_is_given_where_it_exists(desk, anna, organisations):
    county_board = organisations["county_board"]

    wrong = desk.post("/admin/accounts/membership/add/", membership_form(anna, county_board, Role.SIGNATORY))
    desk.post("/admin/accounts/membership/add/", membership_form(anna, county_board, Role.COUNTY_READER))

    assert "Rollen finns inte i en organisation av slaget Länsstyrelse." in wrong.content.decode()
    given = Membership.objects.get(user=anna, organisation=county_board)
    assert Event.objects.about(given).get().verb == "admin_added"


def test_the_organisation_is_told_of_a_role_given_here_too(
    desk, anna, lisa, hans, lycksele_kommun, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/admin/accounts/membership/add/", membership_form(hans, lycksele_kommun, Role.SIGNATORY))

    assert {letter.to[0] for letter in mail.outbox} == {anna.email, lisa.email}


def organisation_form(organisation, kind):
    return {"name": "Nytt namn", "kind": kind, "municipality": "", "county": "", "local_police_area": ""}


def test_what_kind_an_organisation_is_is_settled_when_somebody_acts_for_it(desk, organisations):
    police = organisations["police"]

    desk.post(f"/admin/accounts/organisation/{police.pk}/change/", organisation_form(police, "operator"))

    police.refresh_from_db()
    assert (police.name, police.kind) == ("Nytt namn", Organisation.Kind.POLICE)


def test_so_it_is_when_it_is_a_party_and_until_then_a_mistake_is_mended(desk, db):
    party = factories.PartyFactory(organisation=factories.OrganisationFactory(name="Part", kind="police")).organisation
    alone = factories.OrganisationFactory(name="Ensam", kind="police")

    for organisation in (party, alone):
        form = organisation_form(organisation, "other") | {"name": organisation.name}
        desk.post(f"/admin/accounts/organisation/{organisation.pk}/change/", form)
        organisation.refresh_from_db()

    assert (party.kind, alone.kind) == (Organisation.Kind.POLICE, Organisation.Kind.OTHER)


def test_a_role_is_ended_not_turned_into_another(desk, anna):
    mine = anna.memberships.get()

    desk.post(
        f"/admin/accounts/membership/{mine.pk}/change/",
        {"role": Role.LOCAL_ADMIN, "starts": mine.starts.isoformat(), "ends": today().isoformat()},
    )

    mine.refresh_from_db()
    assert (mine.role, mine.ends) == (Role.COORDINATOR, today())


def test_the_last_administrators_role_is_not_ended(desk, ove):
    mine = ove.memberships.get()

    answer = desk.post(
        f"/admin/accounts/membership/{mine.pk}/change/",
        {"starts": mine.starts.isoformat(), "ends": today().isoformat()},
    )

    assert "Minst en administratör" in answer.content.decode()


def test_invitations_are_withdrawn_but_not_edited(desk, invited):
    invitation, _ = invited

    page = desk.get(f"/admin/accounts/invitation/{invitation.pk}/change/").content.decode()
    desk.post("/admin/accounts/invitation/", {"action": "withdraw", "_selected_action": invitation.pk})

    assert 'name="email"' not in page
    assert not Invitation.objects.open().exists()


def test_the_journal_is_read_not_written(desk, lycksele_kommun, lisa, sent):
    sent(actions.invite, lycksele_kommun, email="n@example.se", name="N", role=Role.READER, by=lisa)
    event = Event.objects.get()

    listed = desk.get("/admin/journal/event/?q=Inbjudan").content.decode()
    page = desk.get(f"/admin/journal/event/{event.pk}/change/").content.decode()

    assert "Inbjudan skickad" in listed
    assert "n@example.se" in page
    assert "_save" not in page
    assert desk.get("/admin/journal/event/add/").status_code == 403
    assert desk.post(f"/admin/journal/event/{event.pk}/delete/", {"post": "yes"}).status_code == 403


def test_lists_ask_a_constant_number_of_questions(desk, lycksele_kommun, django_assert_max_num_queries):
    for _ in range(30):
        factories.MembershipFactory(organisation=lycksele_kommun)

    with django_assert_max_num_queries(8):
        desk.get("/admin/accounts/membership/")
