"""A part of the served site that dies is started again, and what was ordered meanwhile is made."""

import os
import re
import signal
import subprocess

from playwright.sync_api import expect

from tests.house import until


def workers(site):
    found = subprocess.run(
        ["pgrep", "-P", str(site.server.pid), "-f", "celery"], capture_output=True, text=True, check=False
    )
    return {int(pid) for pid in found.stdout.split()}


def test_a_killed_worker_comes_back_and_makes_the_report(desktop, site):
    before = workers(site)
    assert before
    for pid in before:
        os.killpg(pid, signal.SIGKILL)

    desktop.sign_in("landskrona@demo.example")
    desktop.page.goto("/kommuner/landskrona/")
    desktop.page.get_by_role("link", name="Beställ lägesrapport").first.click()
    desktop.page.get_by_role("button", name=re.compile("Beställ lägesrapporten")).click()

    assert until(lambda: workers(site) and workers(site).isdisjoint(before), 20)
    expect(desktop.page.get_by_role("link", name="Öppna PDF")).to_be_visible(timeout=60_000)
    assert "startades om" in site.log.read_text()
