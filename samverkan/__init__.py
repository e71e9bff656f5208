"""The roof: wiring only. The Celery app is loaded with Django so that shared tasks bind to it."""

from samverkan.celery import app as celery_app

__all__ = ["celery_app"]
