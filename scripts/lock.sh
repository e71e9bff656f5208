#!/usr/bin/env bash
# Writes requirements*.txt and package-lock.json from pyproject.toml and package.json: versions and hashes, no addresses.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/environment.sh

compile() {
    local lock=$1
    shift
    .venv/bin/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --custom-compile-command 'make lock' ${UPGRADE:+--upgrade} -o "$lock" "$@"
}

compile requirements.txt pyproject.toml
compile requirements-dev.txt -c requirements.txt pyproject.toml --group dev
compile requirements-tools.txt --group tools
compile requirements-node.txt --group node
compile requirements-uv.txt --group uv
npm install --package-lock-only --loglevel error
scripts/check_locks.sh
