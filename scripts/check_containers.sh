#!/usr/bin/env bash
# The container files, checked without a container engine: as the linters and Compose itself read them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ ! -x .tools/bin/hadolint ]; then
    echo "Container files are not checked: run \`make tools\` first." >&2
    exit 1
fi
.tools/bin/hadolint Dockerfile
# The example is what an operator starts from, so it is what must be complete.
.tools/bin/docker-compose --env-file .env.example config --quiet
findings=$(.tools/bin/compose-lint check --fail-on medium docker-compose.yml) || { echo "$findings"; exit 1; }
