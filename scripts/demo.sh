#!/usr/bin/env bash
# `make demo`: set up, keep or make the demo's data in var, serve until Ctrl-C.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/environment.sh

# The demo is embedded whatever the shell happens to hold: it must never be written into somebody's real database.
unset DATABASE_URL CACHE_URL CELERY_BROKER_URL EMAIL_URL VAR_DIR MEDIA_ROOT STATIC_ROOT STATIC_STORAGE NODE_MODULES
unset DEBUG ALLOWED_HOSTS SECURE_PROXY
scripts/setup.sh app
.venv/bin/python scripts/serve.py --check
if [ ! -s var/env ]; then
    mkdir -p var
    (
        umask 077
        printf 'SECRET_KEY=%s\nDEMO=1\n' "$(.venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))')" >var/env
    )
fi
set -a
# shellcheck source=/dev/null
source var/env
set +a
export SITE_URL=http://127.0.0.1:${PORT:-8000}
.venv/bin/python scripts/prepare.py
exec .venv/bin/python scripts/serve.py
