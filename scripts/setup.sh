#!/usr/bin/env bash
# Makes this folder ready to run: Python, system libraries, the locked packages, the front-end files.
# Usage: scripts/setup.sh app | dev | tools     Run again it compares stamps and is done in a blink.
#   app    what the site needs
#   dev    app and what the tests and checks need, the browser included
#   tools  programs that are only run, in an environment of their own (.tools)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source scripts/environment.sh

say() { printf '%s\n' "· $*"; }
die() { printf '%s\n' "$*" >&2; exit 1; }

# --- System packages -------------------------------------------------------------------------------------------

as_root=()
may_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] && return 0
    command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root=(sudo -n env DEBIAN_FRONTEND=noninteractive)
}

# apt_install PACKAGE…: quietly, with one refreshed list when the first try finds nothing. Fails without a word.
apt_install() {
    may_install || return 1
    export DEBIAN_FRONTEND=noninteractive
    local install=("${as_root[@]}" apt-get install -y -q --no-install-recommends "$@")
    say "Installerar $* …"
    "${install[@]}" >/dev/null 2>&1 </dev/null && return 0
    "${as_root[@]}" apt-get update -q >/dev/null 2>&1 </dev/null || true
    "${install[@]}" >/dev/null 2>&1 </dev/null
}

# --- Python ----------------------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local candidate
    # The one that an earlier set-up took comes first: it is known to work.
    for candidate in .venv/bin/python ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null && is_new_enough "$candidate"; then
            python=$candidate
            return 0
        fi
    done
    return 1
}

need_python() {
    find_python && return 0
    apt_install python3 python3-venv && find_python && return 0
    apt_install python3.11 python3.11-venv && find_python && return 0
    die "Python 3.11 eller nyare saknas: installera det (Debian 12 och Ubuntu 24.04: sudo apt-get install python3 python3-venv) och kör samma kommando igen."
}

# --- What Python and WeasyPrint need of the system ----------------------------------------------------------------

has_venv() { "$python" -c 'import ensurepip, venv' 2>/dev/null; }
has_libraries() { "$python" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' "$@" 2>/dev/null; }
has_pango() {
    case $(uname -s) in
    Linux) has_libraries libpango-1.0.so.0 libpangoft2-1.0.so.0 ;;
    *) "$python" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("pango-1.0"))' ;;
    esac
}

# What is missing, as Debian's names of it.
missing_packages() {
    has_venv || "$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
    has_pango || echo libpango-1.0-0 libpangoft2-1.0-0
}

# venv keeps the packages, Pango sets the text of the PDFs. HarfBuzz' subsetter only makes the PDFs faster: it comes
# along where it can and nobody is asked for it.
need_system_packages() {
    local missing=()
    read -r -d '' -a missing < <(missing_packages) || true
    if [ ${#missing[@]} -gt 0 ]; then
        apt_install "${missing[@]}" libharfbuzz-subset0 || apt_install "${missing[@]}" || true
        read -r -d '' -a missing < <(missing_packages) || true
        [ ${#missing[@]} = 0 ] ||
            die "Det som sätter PDF-rapporternas text (Pango) eller Pythons venv saknas: kör  sudo apt-get install --no-install-recommends ${missing[*]}  (på macOS: brew install pango) och sedan samma kommando igen."
    fi
}

# The tests' browser and PDF readers. What cannot be had skips its tests, which say so.
want_test_programs() {
    local missing=()
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
        missing+=(chromium)
    command -v pdfinfo >/dev/null || missing+=(poppler-utils)
    command -v qpdf >/dev/null || missing+=(qpdf)
    [ ${#missing[@]} = 0 ] || apt_install "${missing[@]}" ||
        say "Saknas och kan inte installeras härifrån: ${missing[*]}. De prov som behöver dem hoppas över; sudo apt-get install ${missing[*]}"
}

# --- Packages --------------------------------------------------------------------------------------------------

# The stamp names the folder too: a virtual environment that was moved no longer works.
stamp_of() { { pwd; cat "$@"; } | sha256sum | cut -d' ' -f1; }

stands_here() {
    [ "$(cat "$1/.home" 2>/dev/null)" = "$PWD" ] && "$1/bin/python" -c 'import pip' 2>/dev/null
}

# sync_packages FOLDER LOCK: a virtual environment that holds exactly what the lock says.
sync_packages() {
    local folder=$1 lock=$2 stamp
    stamp=$(stamp_of "$lock" requirements-uv.txt)
    [ -x "$folder/bin/python" ] && [ "$(cat "$folder/.stamp" 2>/dev/null)" = "$stamp" ] && return 0
    say "Hämtar Pythonpaketen i $lock …"
    rm -f "$folder/.stamp"
    stands_here "$folder" || make_environment "$folder"
    printf '%s' "$PWD" >"$folder/.home"
    install_with_uv "$folder" "$lock" || install_with_pip "$folder" "$lock" ||
        die "Pythonpaketen kunde inte hämtas (se ovan): kontrollera nätet och eventuell proxy (HTTPS_PROXY, PIP_INDEX_URL) och kör samma kommando igen."
    printf '%s' "$stamp" >"$folder/.stamp"
}

# Not from the Python inside .venv, which may be the very environment that is made anew.
make_environment() {
    local base
    base=$("$python" -c 'import os, sys; print(os.path.realpath(getattr(sys, "_base_executable", sys.executable)))')
    "$base" -m venv --clear "$1"
}

install_with_uv() {
    local python_in="$1/bin/python" lock=$2
    "$python_in" -m pip install -q --disable-pip-version-check --require-hashes -r requirements-uv.txt >/dev/null 2>&1 &&
        "$python_in" -m uv pip sync -q --python "$python_in" --require-hashes "$lock" requirements-uv.txt 2>/dev/null
}

install_with_pip() {
    say "Tar pip i stället för uv (långsammare) …"
    "$1/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r "$2"
}

# node_modules by the machine's npm, else by a Node from the Python packages that is thrown away afterwards.
sync_front_end() {
    local stamp
    stamp=$(cat package.json package-lock.json .npmrc | sha256sum | cut -d' ' -f1)
    [ "$(cat node_modules/.stamp 2>/dev/null)" = "$stamp" ] && return 0
    say "Hämtar gränssnittets filer (Bootstrap, ikoner, typsnitt) …"
    { command -v npm >/dev/null && npm ci --loglevel error >/dev/null 2>&1; } || npm_from_wheel ||
        die "Gränssnittets filer kunde inte hämtas (se ovan): kontrollera nätet, eller installera npm (sudo apt-get install npm), och kör samma kommando igen."
    printf '%s' "$stamp" >node_modules/.stamp
}

npm_from_wheel() {
    local node="var/node" status=0
    say "Lånar Node ur ett Pythonpaket (npm saknas på datorn eller lyckades inte) …"
    make_environment "$node" && install_with_uv_or_pip "$node" requirements-node.txt &&
        PATH="$PWD/$node/bin:$PATH" npm ci --loglevel error >/dev/null || status=1
    rm -rf "$node"
    return $status
}

install_with_uv_or_pip() { install_with_uv "$@" || install_with_pip "$@"; }

# --- What was asked for ----------------------------------------------------------------------------------------

need_python
need_system_packages
case ${1:-app} in
app | dev)
    # Once the tests' packages are in, they stay: `make demo` after `make test` takes nothing away.
    lock=requirements.txt
    if [ "${1:-app}" = dev ] || [ -e .venv/.dev ]; then lock=requirements-dev.txt; fi
    sync_packages .venv "$lock"
    [ "$lock" = requirements.txt ] || touch .venv/.dev
    sync_front_end
    [ "${1:-app}" = app ] || want_test_programs
    ;;
tools) sync_packages .tools requirements-tools.txt ;;
*) die "Usage: scripts/setup.sh app | dev | tools" ;;
esac
