"""The Celery application: `celery -A samverkan worker`."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["filesystem"] = "samverkan.folder_broker:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
app = Celery("samverkan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
