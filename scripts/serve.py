"""Runs the site and its background worker side by side until Ctrl-C or SIGTERM; no other server is needed.

The web server (gunicorn, two processes) and one Celery worker with its clock (beat) are children of this
process. If one stops by itself it is started again; one that keeps stopping takes the other with it, so that a site
never runs for long without anybody making its reports. `--check` only says whether the port is free.
"""

import argparse
import contextlib
import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var")
HOST = "127.0.0.1"
START_SECONDS = 60
RESTARTS, WITHIN = 3, 300  # so often in so many seconds is a part started again
STOP_SECONDS = 8  # a report that is then being made starts anew at the next start: its row is the truth


class Stopped(Exception):
    """Somebody asked us to stop."""


@dataclass
class Child:
    """A part of the running system, with the word that messages use for it."""

    name: str
    command: list[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    restarts: list[float] = field(default_factory=list)

    def start(self) -> None:
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal reaches only us, and we stop the children in order.
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )

    def start_again(self) -> bool:
        """Start a part that has stopped by itself; False when it has done so too often."""
        now = time.monotonic()
        self.restarts = [then for then in self.restarts if now - then < WITHIN]
        if len(self.restarts) >= RESTARTS:
            return False
        self.restarts.append(now)
        self.start()
        return True

    def has_stopped(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self, deadline: float) -> None:
        """Ask, wait until the deadline, then end the whole group of processes."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"    {line}" for line in lines[-12:])


def end_with_parent() -> None:
    """Linux: if this process is killed without a word, its children are asked to stop all the same."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 = PR_SET_PDEATHSIG


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="only say whether the site can be started")
    only_check = arguments.parse_args().check
    port = port_from_environment()
    VAR.mkdir(parents=True, exist_ok=True)
    with only_one(port):
        check_port(port)
        return 0 if only_check else serve(port)


# --- May we start? --------------------------------------------------------------------------------


def refuse(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr)
    raise SystemExit(1)


def port_from_environment() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        refuse(f"PORT={text} är inget portnummer: välj ett mellan 1024 och 65535, som PORT=8001 make demo.")
    return int(text)


@contextlib.contextmanager
def only_one(port: int) -> Iterator[None]:
    """Two runners on one data folder would both be its clock; the second is told where the first one is."""
    with (VAR / "serve.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            refuse(
                f"Samverkan körs redan ur den här mappen ({lock.read().strip()}): "
                "använd den, eller stoppa den med Ctrl-C i dess fönster."
            )
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, http://{HOST}:{port}/")
        lock.flush()
        yield


def check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            refuse(f"Port {port} får bara användas av root: kör PORT=8001 make demo.")
        except OSError:
            other = port + 1 if port < 65535 else 8001
            refuse(
                f"Port {port} är upptagen{holder_of(port)}: "
                f"stoppa det som använder den, eller kör PORT={other} make demo."
            )


def holder_of(port: int) -> str:
    """The program that listens on the port, as far as Linux lets us see it."""
    inodes = {inode for table in ("/proc/net/tcp", "/proc/net/tcp6") for inode in listening_inodes(Path(table), port)}
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if os.readlink(descriptor).removeprefix("socket:[").removesuffix("]") in inodes:
                process = descriptor.parents[1]
                return f" av {(process / 'comm').read_text().strip()} (process {process.name})"
    return ""


def listening_inodes(table: Path, port: int) -> Iterator[str]:
    with contextlib.suppress(OSError):
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:  # 0A = listening
                yield fields[9]


# --- Serving --------------------------------------------------------------------------------------


def children(port: int) -> list[Child]:
    logs = VAR / "log"
    logs.mkdir(exist_ok=True)
    python = [sys.executable, "-m"]
    web = [
        "gunicorn",
        "samverkan.wsgi",
        "--worker-class=sync",
        "--workers=2",
        f"--bind={HOST}:{port}",
        "--timeout=60",
        "--graceful-timeout=3",
        "--no-control-socket",
        "--log-level=warning",
    ]
    worker = [
        "celery",
        "-A",
        "samverkan",
        "worker",
        "--beat",
        "--pool=prefork",
        "--concurrency=2",
        "--loglevel=WARNING",
        "--without-gossip",
        "--without-mingle",
    ]
    return [
        Child("Webbservern (gunicorn)", python + web, logs / "web.log"),
        Child("Bakgrundsarbetaren (celery)", python + worker, logs / "worker.log"),
    ]


def serve(port: int) -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, ask_to_stop)
    parts = children(port)
    try:
        for part in parts:
            part.start()
        if answers_in_time(parts, port):
            greet(port)
        while keep_running(parts):
            time.sleep(0.3)
        tell_who_stopped(parts)
        return 1
    except Stopped:
        print("\nStoppar …", flush=True)
        return 0
    finally:
        stop_all(parts)


def keep_running(parts: list[Child]) -> bool:
    """Start again what has stopped by itself; False when that no longer helps."""
    for part in parts:
        if part.process is None or not part.has_stopped():
            continue
        code = part.process.returncode
        if not part.start_again():
            return False
        print(f"{part.name} stannade av sig själv (kod {code}) och startades om; se {part.log}.", file=sys.stderr)
    return True


def ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def stop_all(parts: list[Child]) -> None:
    """Whoever presses Ctrl-C again while we stop changes nothing: it is over in seconds anyway."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for part in parts:
        part.ask_to_stop()
    deadline = time.monotonic() + STOP_SECONDS
    for part in parts:
        part.stop(deadline)


def answers_in_time(parts: list[Child], port: int) -> bool:
    """False when a part has stopped meanwhile."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(part.has_stopped() for part in parts):
            return False
        if is_answering(port):
            return True
        time.sleep(0.1)
    raise SystemExit(f"Webbplatsen svarade inte inom {START_SECONDS} sekunder: se {VAR / 'log' / 'web.log'}.")


def is_answering(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/halsa/", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True  # it answers; what is wrong stands on the page and in the log
    except OSError:
        return False


def greet(port: int) -> None:
    print(f"\nSamverkan: http://{HOST}:{port}/    (stoppa med Ctrl-C)\n")
    with contextlib.suppress(OSError):
        print((VAR / "demo-logins.txt").read_text(encoding="utf-8"))
    print(f"Allt som skrivs ligger i {VAR}, loggarna i {VAR / 'log'}.", flush=True)


def tell_who_stopped(parts: list[Child]) -> None:
    for part in parts:
        if part.process is not None and part.process.poll() is not None:
            print(
                f"{part.name} stannade av sig själv (kod {part.process.returncode}), "
                f"så resten stoppades också; det sista i {part.log}:\n{part.last_words()}",
                file=sys.stderr,
            )


if __name__ == "__main__":
    sys.exit(main())
