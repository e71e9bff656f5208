"""Alarm clocks: they wake `actions`, which look at the rows."""

from celery import shared_task

from citizen_promises import actions


@shared_task(name="citizen_promises.publish_due")
def publish_due() -> None:
    """Enter in the book what the clock has published; the pages show it already."""
    actions.publish_due()
