"""What gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
application = get_wsgi_application()

# What is loaded now stays until the process ends: the collector need not walk it again at every request.
gc.collect()
gc.freeze()
