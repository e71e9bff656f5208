"""What must be done before the demo is served, in one process since Django's start costs more than each step.

Every step may be run again: what was typed stays. The table of logins is kept in var for the runner to print.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")


def main() -> None:
    """Migrate, load the registers, make what is missing of the demo, collect the static files."""
    import django  # noqa: PLC0415  app ready

    django.setup()
    from django.conf import settings  # noqa: PLC0415  app ready
    from django.core.management import call_command  # noqa: PLC0415  app ready

    call_command("migrate", verbosity=0, interactive=False)
    print("· Läser in register och demoinnehåll (första gången en halv minut) …", flush=True)
    for command in ("load_registers", "load_indicators", "load_measure_types", "demo"):
        call_command(command, verbosity=0, stdout=io.StringIO())
    collect_when_changed(Path(settings.STATIC_ROOT))
    logins = io.StringIO()
    call_command("demo_logins", stdout=logins)
    Path(settings.VAR_DIR, "demo-logins.txt").write_text(logins.getvalue(), encoding="utf-8")


def collect_when_changed(target: Path) -> None:
    """Collect the static files when one has changed since the last time: it takes as long as all the rest."""
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415  app ready
    from django.core.management import call_command  # noqa: PLC0415  app ready

    digest = hashlib.sha256(str(target).encode())
    for finder in get_finders():
        for path, storage in finder.list(None):
            state = os.stat(storage.path(path))
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}".encode())
    stamp = target / ".stamp"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=target.is_dir())
    stamp.write_text(digest.hexdigest())


if __name__ == "__main__":
    main()
