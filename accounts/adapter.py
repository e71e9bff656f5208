"""allauth's adapter: nobody signs up; people come in through an invitation."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


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
