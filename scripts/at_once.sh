#!/usr/bin/env bash
# Runs commands at the same time: scripts/at_once.sh 'make lint' 'make test-unit'
# The last one's output is seen as it comes, that of the others when they have ended. Fails when one of them fails.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=$(mktemp -d)
running=()
end_all() {
    local group
    for group in ${running[@]+"${running[@]}"}; do kill -INT -- "-$group" 2>/dev/null || true; done
    wait
    rm -rf "$folder"
}
trap end_all EXIT
trap 'exit 130' INT TERM HUP

# Each command is a process group of its own, so that Ctrl-C reaches all that it started, once, through us.
set -m
commands=("$@")
last=$(($# - 1))
for number in "${!commands[@]}"; do
    if [ "$number" = "$last" ]; then
        bash -c "${commands[number]}" </dev/null &
    else
        bash -c "${commands[number]}" </dev/null >"$folder/$number" 2>&1 &
    fi
    running+=($!)
done

failed=()
for ((number = last; number >= 0; number--)); do
    wait "${running[number]}" || failed+=("${commands[number]}")
    [ "$number" = "$last" ] || { printf '\n--- %s\n' "${commands[number]}"; cat "$folder/$number"; }
done
running=()
[ ${#failed[@]} = 0 ] || { printf 'Failed: %s\n' "${failed[@]}" >&2; exit 1; }
