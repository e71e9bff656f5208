"""allauth's adapters: nobody signs up, links lead home, and the secrets of second factors are sealed."""

import base64
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# Stands first in what is sealed; what was stored before that began is read as it stands.
SEALED = "sealed:"


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-up is closed; see accounts.views.accept for the one way in."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Kontot är avstängt. Hör av dig till den lokala administratören i din organisation.",
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte. Försök igen.",
        "incorrect_code": "Koden stämmer inte. Vänta på nästa kod i appen och försök igen.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "enter_current_password": "Det nuvarande lösenordet stämmer inte.",
        "too_many_login_attempts": (
            "För många misslyckade försök. Vänta fem minuter och försök igen, eller välj ett nytt lösenord."
        ),
        "rate_limited": "Det blev för många försök på kort tid. Vänta några minuter.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links in mail lead to SITE_URL: allauth builds them from the Host that whoever asked has written."""
        led_home = {name: _at_home(value) for name, value in context.items() if name.endswith("_url") and value}
        super().send_mail(template_prefix, email, context | led_home)


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Who reads a copy of the database makes no codes of it: the keys stand in the environment (MFA_KEYS)."""

    def encrypt(self, text: str) -> str:
        return SEALED + _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(SEALED):
            return encrypted_text
        return _seal().decrypt(encrypted_text.removeprefix(SEALED)).decode()


def _at_home(url: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{urlsplit(url)._replace(scheme='', netloc='').geturl()}"


def _seal() -> MultiFernet:
    """The first key seals, and all of them open, so that a key can be changed without anybody noticing."""
    keys = (salted_hmac("accounts.second_factor", "", secret, algorithm="sha256") for secret in settings.MFA_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key.digest())) for key in keys])
