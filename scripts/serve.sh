#!/usr/bin/env bash
# `make serve`: serve without set-up. With a .env file what it describes, else what `make demo` left in var.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/environment.sh

settings=var/env
[ -f .env ] && settings=.env
if [ ! -x .venv/bin/python ] || [ ! -s "$settings" ]; then
    echo "Här är inget att starta ännu: kör make demo, eller make setup och skriv en .env (se .env.example)." >&2
    exit 1
fi
.venv/bin/python scripts/serve.py --check
set -a
# shellcheck disable=SC1090
source "$settings"
set +a
exec .venv/bin/python scripts/serve.py
