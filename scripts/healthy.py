"""Says by its exit code whether a part of the running system is well: `healthy.py web | worker | beat`.

Made for container health checks; the standard library only, except that the worker is asked through Celery.
"""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

# Beat writes down where it is at least every third minute.
BEAT_SECONDS = 600


def web() -> bool:
    """The site answers /halsa/ with 200, asked by a name that it accepts, as its proxy would ask."""
    host = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0].strip().lstrip(".*") or "127.0.0.1"
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}/halsa/"
    request = urllib.request.Request(address, headers={"Host": host})
    with urllib.request.urlopen(request, timeout=8) as answer:
        return bool(answer.status == 200)


def worker() -> bool:
    """This container's worker answers a ping through the broker."""
    name = f"celery@{os.uname().nodename}"
    ping = [sys.executable, "-m", "celery", "-A", "samverkan", "inspect", "ping", "-d", name, "-t", "8"]
    return subprocess.run(ping, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def beat() -> bool:
    """The clock has lately written down where it is."""
    files = Path(os.environ.get("VAR_DIR", "var")).glob("beat-schedule*")
    return any(time.time() - file.stat().st_mtime < BEAT_SECONDS for file in files)


if __name__ == "__main__":
    part = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]
    try:
        sys.exit(0 if part() else 1)
    except OSError as trouble:
        sys.exit(f"{sys.argv[1]}: {trouble}")
