"""The whole product as `make demo` serves it (web server, worker, demo content), and a real browser in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from demo.people import PASSWORD
from tests.house import ROOT, House, until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    # Only faults are read; listing every element that passed takes longer than finding them.
    "resultTypes": ["violations"],
}


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


class Site(House):
    """The served demo."""

    def serve(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.env |= {
            "PORT": str(port),
            "SITE_URL": self.url,
            "DEMO": "1",
            "STATIC_STORAGE": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
            "STATIC_ROOT": str(self.folder / "static"),
            "PASSWORD_HASHER": "django.contrib.auth.hashers.Argon2PasswordHasher",
            "CACHE_URL": f"filecache://{self.folder / 'cache'}",
            "LOG_LEVEL": "WARNING",
        }
        self.run("scripts/prepare.py")
        self.log = self.folder / "serve.log"
        with self.log.open("w") as log:
            self.server = subprocess.Popen(
                [sys.executable, "scripts/serve.py"], cwd=ROOT, env=self.env, stdout=log, stderr=subprocess.STDOUT
            )
        assert until(self.answers, 60), self.log.read_text()

    def answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.url}/halsa/", timeout=2).status == 200
        except OSError:
            return False

    def stop(self) -> int:
        self.server.send_signal(signal.SIGINT)
        return self.server.wait(30)


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    served = Site(tmp_path_factory.mktemp("site"))
    served.serve()
    yield served
    served.stop()
    served.close()


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        pytest.skip("Chromium finns inte: installera paketet chromium för att köra webbläsartesterna")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """A browser of one's own: page, sign-in, pictures and an accessibility check."""

    def __init__(self, browser, site, size) -> None:
        self.site = site
        self.context = browser.new_context(locale="sv-SE", viewport=size, accept_downloads=True, base_url=site.url)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _listen(self, message) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"{self.page.url}: {message.text}")

    def sign_in(self, email: str) -> None:
        self.page.goto("/konto/login/")
        self.page.get_by_label("E-post").fill(email)
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.page.get_by_role("button", name="Logga in").click()
        self.page.wait_for_url(lambda url: "/konto/login/" not in url)  # an actor is sent on to its own page

    def picture(self, name: str) -> None:
        """A screenshot where SCREENSHOTS names a folder, to be looked at by people."""
        if folder := os.environ.get("SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)

    def axe(self) -> list[str]:
        """What axe finds wrong with the page, as readable lines."""
        before = list(self.complaints)
        found = Axe().run(self.page, options=WCAG).response["violations"]
        self.complaints[:] = before  # axe tries styles of its own on some pages, and the policy stops it
        return [f"{v['id']}: {n['html'][:120]} ({self.page.url})" for v in found for n in v["nodes"]]

    def fits(self) -> bool:
        """Whether the page needs no sideways scrolling."""
        return self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def desktop(chromium, site):
    visitor = Visitor(chromium, site, DESKTOP)
    yield visitor
    visitor.context.close()


@pytest.fixture
def phone(chromium, site):
    visitor = Visitor(chromium, site, PHONE)
    yield visitor
    visitor.context.close()


@pytest.fixture
def second(chromium, site):
    """Another person at another computer."""
    visitor = Visitor(chromium, site, DESKTOP)
    yield visitor
    visitor.context.close()
