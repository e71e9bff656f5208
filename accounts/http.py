"""The request of a signed-in person, for annotations: LoginRequiredMiddleware has closed the door to others."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import User


class UserRequest(HttpRequest):
    """A request whose user is known."""

    user: User
    htmx: HtmxDetails
