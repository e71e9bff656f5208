# Sourced by the scripts: a home that can be written to, and package clients that trust what the machine trusts.
# shellcheck shell=bash

# An empty or missing home (a service account, a container) must stop nothing: caches then land in var/home.
if [ -z "${HOME:-}" ] || ! mkdir -p "$HOME" 2>/dev/null || [ ! -w "$HOME" ]; then
    export HOME=$PWD/var/home
    mkdir -p "$HOME"
fi

# Municipal networks often inspect traffic with a certificate authority of their own, known to the system only.
export UV_SYSTEM_CERTS=${UV_SYSTEM_CERTS:-1}
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
    export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
fi
# uv reads no pip settings; the one that matters on a closed network is passed on.
if [ -n "${PIP_INDEX_URL:-}" ]; then export UV_DEFAULT_INDEX=${UV_DEFAULT_INDEX:-$PIP_INDEX_URL}; fi
