#!/usr/bin/env bash
# Builds the real Dockerfile with no container engine and runs its parts as Compose would: as its own user, on
# PostgreSQL and Redis. As root, with: apt-get install --no-install-recommends debootstrap buildah
# What stands in for the published base image is a fresh Debian 12 with its own Python 3.11.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ "$(id -u)" != 0 ] || ! command -v buildah >/dev/null || ! command -v debootstrap >/dev/null; then
    echo "The rehearsal needs root and:  apt-get install --no-install-recommends debootstrap buildah" >&2
    exit 1
fi
if [ -z "${DATABASE_URL:-}" ]; then exec scripts/with_servers.sh scripts/rehearse.sh; fi

work=${REHEARSAL_DIR:-/var/tmp/samverkan-rehearsal} # several gigabytes while it runs
storage=$work/storage
mkdir -p "$storage"
printf '[storage]\ndriver="vfs"\ngraphroot="%s/graph"\nrunroot="%s/run"\n' "$storage" "$storage" >"$work/storage.conf"
export CONTAINERS_STORAGE_CONF=$work/storage.conf BUILDAH_ISOLATION=chroot
trap 'rm -rf "$storage" "$work/data"' EXIT
step() { printf '\n=== %s (after %s s)\n' "$1" "$SECONDS"; }

step "Lint"
scripts/check_containers.sh

step "A base image"
if [ ! -s "$work/root.tar" ]; then
    debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv bookworm "$work/root" >/dev/null
    tar -C "$work/root" -cf "$work/root.tar" .
    rm -rf "$work/root"
fi
base=$(buildah from scratch)
buildah add -q "$base" "$work/root.tar" / >/dev/null
buildah commit -q "$base" localhost/base:rehearsal >/dev/null
buildah rm "$base" >/dev/null

step "The Dockerfile"
trusted=(-v /etc/ssl/certs/ca-certificates.crt:/etc/ssl/certs/ca-certificates.crt:ro)
buildah bud --format docker --network host "${trusted[@]}" --build-arg BASE=localhost/base:rehearsal -t localhost/samverkan:rehearsal .

step "Its parts, as uid 10001 on $DATABASE_URL"
container=$(buildah from localhost/samverkan:rehearsal)
install -d -o 10001 -g 10001 "$work/data"
run() {
    buildah run --network host --user 10001:10001 -v "$work/data:/data" \
        -e SECRET_KEY=rehearsal-only-0123456789-abcdefghijklmnopqrstuvwxyz -e ALLOWED_HOSTS=samverkan.example.se \
        -e SITE_URL=https://samverkan.example.se -e SECURE_PROXY=1 -e EMAIL_URL=consolemail:// -e LOG_LEVEL=INFO \
        -e DATABASE_URL="$DATABASE_URL" -e CACHE_URL="$CACHE_URL" -e CELERY_BROKER_URL="$CELERY_BROKER_URL" \
        -e PORT="${PORT:-8099}" "$container" -- "$@"
}
run id
run python manage.py check --deploy
run python -c 'from weasyprint import HTML; print("a PDF of", len(HTML(string="<p lang=sv>Åäö").write_pdf()), "bytes")'
run sh -s <scripts/rehearse_parts.sh

step "Save and restore"
pg_dump --format=custom --file="$work/copy.dump" "$DATABASE_URL"
psql -q "$DATABASE_URL" -c 'DROP SCHEMA public CASCADE' -c 'CREATE SCHEMA public' 2>/dev/null
pg_restore --clean --if-exists --dbname="$DATABASE_URL" "$work/copy.dump"
rm "$work/copy.dump"
run python manage.py migrate --check
run python manage.py load_registers # finds everything in place
step "Done"
