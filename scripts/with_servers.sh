#!/usr/bin/env bash
# Runs a command against real PostgreSQL and Redis: scripts/with_servers.sh COMMAND…
# Takes what DATABASE_URL and REDIS_URL name, else what answers on the standard local ports, else starts throwaway
# servers and ends them afterwards. The command finds DATABASE_URL, CACHE_URL and CELERY_BROKER_URL.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/environment.sh

folder=$(mktemp -d)
started=()
database=samverkan_ci_$$
end_servers() {
    local part
    [ -z "${redis_taken:-}" ] || empty_databases
    [ -z "${server:-}" ] || drop_databases || true
    for part in "${started[@]}"; do
        case $part in
        postgres) as_postgres "$postgres_bin/pg_ctl" -s -m fast -D "$folder/data" stop || true ;;
        *) { kill "$part" && wait "$part"; } 2>/dev/null || true ;;
        esac
    done
    rm -rf "$folder"
}
trap end_servers EXIT

install_when_root() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null 2>&1 ||
        { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"; } >/dev/null 2>&1
}

free_port() {
    .venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# initdb refuses to run as root.
as_postgres() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

# --- PostgreSQL --------------------------------------------------------------------------------------------------

on_server() {
    .venv/bin/python - "$server/postgres" "$1" 2>/dev/null <<'PY'
import sys

import psycopg

with psycopg.connect(sys.argv[1], connect_timeout=3, autocommit=True) as connection:
    connection.execute(sys.argv[2])
PY
}

# Ours, and the migrated one that the tests copied (tests/migrated.py).
drop_databases() {
    .venv/bin/python - "$server/postgres" "$database" 2>/dev/null <<'PY'
import sys

import psycopg

with psycopg.connect(sys.argv[1], connect_timeout=3, autocommit=True) as connection:
    ours = "SELECT datname FROM pg_database WHERE datname = %s OR starts_with(datname, %s)"
    for (name,) in connection.execute(ours, [sys.argv[2], f"{sys.argv[2]}_"]).fetchall():
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
PY
}

# A database of our own on the server: the tests make theirs from its name, a rehearsal uses it as it is.
take_server() {
    server=$1
    if on_server "CREATE DATABASE $database"; then
        export DATABASE_URL=$server/$database
        return 0
    fi
    server=
    return 1
}

find_postgres() {
    local user
    for user in postgres "$(id -un)"; do
        if take_server "postgres://$user@127.0.0.1:5432"; then
            echo "PostgreSQL: the server on 127.0.0.1:5432, as $user"
            return 0
        fi
    done
    return 1
}

find_initdb() {
    postgres_bin=$(find /usr/lib/postgresql -name initdb 2>/dev/null | sort -V | tail -1 || true)
    postgres_bin=$(dirname "${postgres_bin:-$(command -v initdb || echo /)}")
    [ -x "$postgres_bin/initdb" ]
}

start_postgres() {
    find_initdb || { install_when_root postgresql && find_initdb; } ||
        { echo "PostgreSQL is neither running on 127.0.0.1:5432 nor installed: apt-get install postgresql" >&2; exit 1; }
    local port
    port=$(free_port)
    [ "$(id -u)" != 0 ] || chown -R postgres: "$folder"
    as_postgres "$postgres_bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    as_postgres "$postgres_bin/pg_ctl" -s -w -D "$folder/data" -l "$folder/log" start \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    started+=(postgres)
    take_server "postgres://postgres@127.0.0.1:$port"
    echo "PostgreSQL: a throwaway one ($("$postgres_bin/postgres" --version))"
}

# --- Redis -------------------------------------------------------------------------------------------------------

# The tests empty their cache: of a running Redis only databases that hold nothing are taken.
free_databases() {
    .venv/bin/python - "$1" 2>/dev/null <<'PY'
import sys

import redis

free = [n for n in range(15, 0, -1) if not redis.from_url(f"{sys.argv[1]}/{n}", socket_connect_timeout=2).dbsize()]
print(*free[:3]) if len(free) >= 3 else sys.exit(1)
PY
}

use_redis() {
    local numbers broker first second
    numbers=$(free_databases "$1") || return 1
    read -r broker first second <<<"$numbers"
    # Two test processes empty their caches at any time: each has its own.
    export CELERY_BROKER_URL=$1/$broker CACHE_URL=$1/$first CACHE_URL_GW1=$1/$second
    redis_taken=yes
}

# They held nothing when we took them.
empty_databases() {
    .venv/bin/python -c 'import sys, redis; [redis.from_url(url).flushdb() for url in sys.argv[1:]]' \
        "$CELERY_BROKER_URL" "$CACHE_URL" "$CACHE_URL_GW1" 2>/dev/null || true
}

start_redis() {
    command -v redis-server >/dev/null || install_when_root redis-server ||
        { echo "Redis is neither running on 127.0.0.1:6379 nor installed: apt-get install redis-server" >&2; exit 1; }
    local port
    port=$(free_port)
    redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$folder" >/dev/null &
    started+=($!)
    for _ in $(seq 50); do
        if use_redis "redis://127.0.0.1:$port"; then
            echo "Redis: a throwaway one ($(redis-server --version | cut -d' ' -f1-3))"
            return 0
        fi
        sleep 0.1
    done
    echo "The throwaway Redis did not answer." >&2
    exit 1
}

# --- Run ---------------------------------------------------------------------------------------------------------

if [ -n "${DATABASE_URL:-}" ]; then
    echo "PostgreSQL: what DATABASE_URL names"
else
    find_postgres || start_postgres
fi
if [ -n "${REDIS_URL:-}" ]; then
    use_redis "${REDIS_URL%/}" || { echo "REDIS_URL does not answer or has no three empty databases." >&2; exit 1; }
    echo "Redis: what REDIS_URL names"
elif use_redis redis://127.0.0.1:6379; then
    echo "Redis: the server on 127.0.0.1:6379, its databases ${CELERY_BROKER_URL##*/}, ${CACHE_URL##*/} and ${CACHE_URL_GW1##*/}"
else
    start_redis
fi
"$@"
