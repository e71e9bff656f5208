"""Write docs/states.md from the tables of steps."""

from typing import Any

from django.core.management.base import BaseCommand

from samverkan import states


class Command(BaseCommand):
    help = "Skriver docs/states.md ur rummens tabeller över steg."

    def handle(self, *args: Any, **options: Any) -> None:
        states.PATH.write_text(states.document(), encoding="utf-8")
        self.stdout.write(str(states.PATH.name))
