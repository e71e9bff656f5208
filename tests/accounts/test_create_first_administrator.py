import pytest
from django.core.management import CommandError, call_command

from accounts.models import Role, User
from tests.accounts.conftest import PASSWORD


@pytest.fixture
def typed(monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: PASSWORD)


def test_the_first_administrator_can_sign_in(client, db, typed):
    call_command("first_administrator", "ove@example.se", name="Ove Ås")

    client.post("/konto/login/", {"login": "ove@example.se", "password": PASSWORD})

    assert User.objects.get(pk=client.session["_auth_user_id"]).roles == {Role.ADMINISTRATOR}


def test_the_second_is_invited_instead(ove, typed):
    with pytest.raises(CommandError, match="Bjud in fler"):
        call_command("first_administrator", "annan@example.se")


def test_a_weak_password_makes_nobody(db, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: "kort")

    with pytest.raises(CommandError, match="12 tecken"):
        call_command("first_administrator", "ove@example.se")

    assert not User.objects.exists()
