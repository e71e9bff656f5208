#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    if sys.argv[1:2] == ["makemigrations"]:
        # It compares models with migrations and signs nothing; everything else refuses to start without a real key.
        os.environ.setdefault("SECRET_KEY", "compares-models-with-migrations")
    execute_from_command_line(sys.argv)
