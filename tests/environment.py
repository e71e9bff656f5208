"""Loaded by pytest before Django: the few variables that tests need and no environment should have to give."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="samverkan-tests-"))
os.environ.setdefault("STATIC_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
os.environ.setdefault("PASSWORD_HASHER", "django.contrib.auth.hashers.MD5PasswordHasher")
os.environ.setdefault("CACHE_URL", "locmemcache://")
# Two test processes on one Redis would count each other's sign-ins: scripts/with_servers.sh gives the second its own.
own_cache = os.environ.get(f"CACHE_URL_{os.environ.get('PYTEST_XDIST_WORKER', '').upper()}")
if own_cache:
    os.environ["CACHE_URL"] = own_cache
os.environ["DEMO"] = "0"
# What a test has changed it reads at once; tests/residents has pages kept.
os.environ["KEEP_PAGES_SECONDS"] = "0"
os.makedirs(os.path.join(os.environ["VAR_DIR"], "static"), exist_ok=True)
