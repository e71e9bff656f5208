"""A whole house of its own for tests that kill: database, broker, media and real worker processes.

The database is SQLite and the broker a folder, or PostgreSQL and Redis where the environment names them.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psycopg

from tests import migrated

ROOT = Path(__file__).resolve().parents[1]
ORDER = """
import django; django.setup()
from tests.reports.ordering import order_large
print(*[order_large(rows={rows}) for _ in range({count})])
"""


class House:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.workers: list[subprocess.Popen] = []
        self.redis: subprocess.Popen | None = None
        self.postgres = os.environ.get("DATABASE_URL", "") if "postgres" in os.environ.get("DATABASE_URL", "") else ""
        self.env = os.environ | {
            "VAR_DIR": str(folder),
            "MEDIA_ROOT": str(folder / "media"),
            "REPORT_STALE_SECONDS": "6",
            "FOLLOW_SILENCE_SECONDS": "3",
            "FOLLOW_LETTERS_A_MINUTE": "100000",
            "PYTHONPATH": str(ROOT),
            "LOG_LEVEL": "INFO",
        }
        self.env["CELERY_BROKER_URL"] = self._new_broker()
        self.env["DATABASE_URL"] = self._new_database()

    # --- What stands under the house ---

    def _new_database(self) -> str:
        """A migrated database of its own."""
        if not self.postgres:
            path = self.folder / "house.sqlite3"
            path.write_bytes(migrated.sqlite_file().read_bytes())
            return f"sqlite:///{path}"
        self.name = f"samverkan_house_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.postgres, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{migrated.postgres_database(self.postgres)}"')
        head, _, query = self.postgres.partition("?")
        return head.rsplit("/", 1)[0] + f"/{self.name}" + (f"?{query}" if query else "")

    def _new_broker(self) -> str:
        if "redis" not in os.environ.get("CELERY_BROKER_URL", ""):
            return "filesystem://"
        self.socket = self.folder / "redis.sock"
        self.start_redis()
        return f"redis+socket://{self.socket}"

    def start_redis(self) -> None:
        """A Redis of the house's own, so that it can be killed: no disk, no port."""
        command = [
            "redis-server",
            "--port",
            "0",
            "--unixsocket",
            str(self.socket),
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.redis = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=self.folder)
        until(lambda: self.socket.exists(), 10)

    def lose_the_broker(self) -> None:
        """Kill the broker and everything it held, then start an empty one."""
        if self.redis:
            self.redis.kill()
            self.redis.wait()
            self.socket.unlink(missing_ok=True)
            self.start_redis()
        else:
            for message in (self.folder / "broker" / "queue").glob("*"):
                message.unlink(missing_ok=True)

    # --- What happens in it ---

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.env,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
        return done.stdout

    def order(self, *, count: int = 1, rows: int = 60) -> list[int]:
        """Order reports without waking anybody: the sweep must find them, as after a lost message."""
        told = self.run("-c", ORDER.format(count=count, rows=rows))
        return [int(pk) for pk in told.splitlines()[-1].split()]

    def start_worker(self) -> subprocess.Popen:
        number = len(self.workers)
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "samverkan",
            "worker",
            "-P",
            "prefork",
            "-c",
            "1",
            "-l",
            "INFO",
        ]
        command += ["-n", f"w{number}@house", "-B", "-s", str(self.folder / f"beat{number}")]
        with (self.folder / f"worker{number}.log").open("w") as log:
            worker = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True)
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen) -> None:
        """No farewell: the whole worker, parent and children, at once."""
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def close(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)
        if self.redis:
            self.redis.kill()
            self.redis.wait()
        if self.postgres:
            with psycopg.connect(self.postgres, autocommit=True) as server:
                server.execute(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    # --- What one sees ---

    def query(self, sql: str) -> list[tuple]:
        if self.postgres:
            with psycopg.connect(self.env["DATABASE_URL"]) as connection:
                return connection.execute(sql).fetchall()
        connection = sqlite3.connect(self.folder / "house.sqlite3", timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def states(self) -> dict[int, tuple]:
        """Status, progress and attempts of every report."""
        rows = self.query("SELECT id, status, progress, attempts FROM reports_report")
        return {row[0]: row[1:] for row in rows}

    def all_done(self) -> bool:
        return all(status == "done" for status, _, _ in self.states().values())

    def files(self) -> list[Path]:
        return sorted((self.folder / "media" / "reports").glob("*"))

    def logs(self) -> str:
        return "\n".join(path.read_text()[-3000:] for path in sorted(self.folder.glob("worker*.log")))


def until(met, seconds: float) -> bool:
    """Wait for something to become true; False when the time is out."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if met():
            return True
        time.sleep(0.05)
    return False
