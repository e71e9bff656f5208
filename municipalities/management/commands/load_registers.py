"""manage.py load_registers: counties, municipalities and police areas from the project's own files."""

from typing import Any

from django.core.management.base import BaseCommand

from municipalities.actions import load_registers


class Command(BaseCommand):
    help = "Läser in län, kommuner och polisområden. Kan köras hur många gånger som helst."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, outcome in load_registers().items():
            self.stdout.write(
                f"{name}: {outcome.created} nya, {outcome.updated} ändrade, "
                f"{outcome.kept} där administratörens uppgift står kvar"
            )
