"""Guards around the residents' form: how many replies one connection sends, and which page a reply is sent from."""

from django.conf import settings
from django.http import HttpRequest

from lib.visitor_forms import HOUR, comes_from_here, is_within, visitor


def is_too_many(request: HttpRequest, dialogue: int) -> bool:
    """Whether more replies have come from the connection within an hour than a school class or a library sends."""
    return not is_within(settings.REPLIES_PER_HOUR, HOUR, f"dialogues.reply.{dialogue}", visitor(request))


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent from another site's page."""
    return not comes_from_here(request)
