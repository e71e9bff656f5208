"""Fill an empty installation with the demo's content."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import build, figures
from lib.dates import today


class Command(BaseCommand):
    help = "Fyller en tom installation med demodata. Det som redan finns rörs inte."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demodata läggs bara i en demo: sätt DEMO=1. Rör inte en riktig databas.")
        told = build.build(today())
        figures.read_in(Path(settings.VAR_DIR) / "demo")
        self.stdout.write("Demodata är inlagda." if told else "Demodata fanns redan.")
