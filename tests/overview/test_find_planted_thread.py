"""The demo's Kungsbacka: the page of the thread shows every break that was planted there, and no other."""

import datetime as dt

import pytest
from django.core.management import call_command

from accounts.models import User
from demo import build
from demo.cases import kungsbacka
from overview.thread_page import thread_page
from partnerships.models import Cycle

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def cycle(monkeypatch):
    call_command("load_registers", verbosity=0)
    monkeypatch.setattr(build, "PEOPLE", [one for one in build.PEOPLE if "kungsbacka" in one.email])
    monkeypatch.setattr(build, "CASES", [one for one in build.CASES if one[1] is kungsbacka.tell])
    build.build(DAY)
    return Cycle.objects.get()


def test_every_planted_break_and_no_other(cycle):
    reader = User.objects.get(email="kungsbacka@demo.example")
    page = thread_page(reader, cycle, DAY, {})

    assert {(mark.rule.id, node.title) for _, node, mark in page.breaks} == kungsbacka.PLANTED
    assert len(page.breaks) == len(kungsbacka.PLANTED)
    assert page.sentence == "Tråden håller för 1 av 3 problem och är av på nio ställen."
