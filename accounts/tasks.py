"""The alarm clock: what has gone out of date is thrown away."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="accounts.clear_sessions")
def clear_sessions() -> None:
    """Once a day: ended sessions, and what was typed in them and never fetched."""
    call_command("clearsessions")
