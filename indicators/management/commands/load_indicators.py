"""manage.py load_indicators: the catalogue of indicators from the project's own file."""

from typing import Any

from django.core.management.base import BaseCommand

from indicators.actions import load_catalogue


class Command(BaseCommand):
    help = "Läser in katalogen över indikatorer. Kan köras hur många gånger som helst."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = load_catalogue()
        self.stdout.write(
            f"indicators: {outcome.created} nya, {outcome.updated} ändrade, "
            f"{outcome.kept} där administratörens uppgift står kvar"
        )
