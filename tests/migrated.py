"""A database with every migration in it, made once and then copied: to migrate takes half a minute of a core.

Whoever needs it first makes it, the others wait. Its name holds a checksum of all migrations, so that an old one is
never taken for a new one; those who copy it still run `migrate`, which then finds nothing to do.
"""

import contextlib
import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "var" / "migrated"


def fingerprint() -> str:
    """Changes with any migration, with what they are written in, and with the packages' own."""
    read = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "lib" / "triggers.py", ROOT / "requirements.txt"]
    return hashlib.sha256(b"\0".join(path.name.encode() + path.read_bytes() for path in read)).hexdigest()[:12]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(address: str) -> None:
    env = os.environ | {"DATABASE_URL": address, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, check=True, timeout=600)


def sqlite_file() -> Path:
    """A closed file to copy; never to open and write in."""
    path = FOLDER / f"{fingerprint()}.sqlite3"
    with _alone():
        if not path.exists():
            for old in FOLDER.glob("*.sqlite3*"):
                old.unlink()
            new = FOLDER / "new.sqlite3"
            _migrate(f"sqlite:///{new}")
            with contextlib.closing(sqlite3.connect(new)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            new.rename(path)
    return path


def postgres_database(address: str) -> str:
    """The name of a database to copy, on the server of the address. scripts/with_servers.sh throws it away at last."""
    head, _, query = address.partition("?")
    server, _, own = head.rpartition("/")
    name = f"{own}_migrated_{fingerprint()}"
    with _alone(), psycopg.connect(address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f'DROP DATABASE IF EXISTS "{own}_migrating"')
            connection.execute(f'CREATE DATABASE "{own}_migrating"')
            _migrate(f"{server}/{own}_migrating" + (f"?{query}" if query else ""))
            connection.execute(f'ALTER DATABASE "{own}_migrating" RENAME TO "{name}"')
    return name
