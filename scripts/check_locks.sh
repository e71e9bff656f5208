#!/usr/bin/env bash
# The locks are whole: every direct dependency stands in them, every package has a hash, no address is written down.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

.venv/bin/python - <<'PY'
import json
import re
import sys
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text())
wanted = {"requirements.txt": project["project"]["dependencies"]}
wanted |= {f"requirements-{name}.txt": names for name, names in project["dependency-groups"].items()}
wanted["requirements-dev.txt"] = wanted["requirements-dev.txt"] + wanted["requirements.txt"]


def name_of(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


faults = []
for lock, requirements in wanted.items():
    text = Path(lock).read_text()
    pins = re.findall(r"^([\w.\[\],-]+)==.*((?:\n    --hash=\S+.*)*)", text, re.MULTILINE)
    locked = {name_of(name) for name, _ in pins}
    faults += [f"{lock}: {name_of(r)} is missing, run `make lock`" for r in requirements if name_of(r) not in locked]
    faults += [f"{lock}: {name} has no hash" for name, hashes in pins if "--hash=sha256:" not in hashes]
    faults += [f"{lock}: an address stands in it" for _ in re.findall(r"://|--(?:extra-)?index|--find-links", text)[:1]]

packages = json.loads(Path("package-lock.json").read_text())["packages"]
direct = json.loads(Path("package.json").read_text())["dependencies"]
faults += [f"package-lock.json: {name} {version} is missing, run `make lock`"
           for name, version in direct.items() if packages.get(f"node_modules/{name}", {}).get("version") != version]
for name, package in packages.items():
    if name and ("resolved" in package or "integrity" not in package):
        faults.append(f"package-lock.json: {name} carries an address or no hash")
sys.exit("\n".join(faults) or None)
PY
