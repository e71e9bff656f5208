"""People who can really sign in, and invitations with the secret that stood in the mail."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts import actions
from accounts.models import Role

PASSWORD = "gul-cykel-regn-9"


@pytest.fixture
def lycksele_kommun(organisations):
    return organisations["lycksele"]


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Run an action with its mails, and give the secret of the last one."""

    def run(action, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            made = action(*args, **kwargs)
        found = re.search(r"/inbjudan/([^/\s]+)/", mail.outbox[-1].body) if mail.outbox else None
        return made, found and found[1]

    return run


@pytest.fixture
def invited(sent, lycksele_kommun, lisa):
    """Nils is invited to Lycksele as coordinator: the invitation and its secret."""
    return sent(
        actions.invite, lycksele_kommun, email="nils@example.se", name="Nils Ny", role=Role.COORDINATOR, by=lisa
    )


@pytest.fixture
def can_sign_in(db):
    """Give somebody of the cast a password and an address that is known to be theirs."""

    def give(user):
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
        return user

    return give


@pytest.fixture
def sign_in(client, can_sign_in):
    """Through the page, as a person does."""

    def do(user, password=PASSWORD, browser=client):
        can_sign_in(user)
        return browser.post("/konto/login/", {"login": user.email, "password": password})

    return do
