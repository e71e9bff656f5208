"""manage.py load_indicators: the catalogue of indicators, and of what Kolada can be asked, from the project's files."""

from typing import Any

from django.core.management.base import BaseCommand

from indicators.actions import load_catalogue, load_kpis


class Command(BaseCommand):
    help = "Läser in katalogen över indikatorer. Kan köras hur många gånger som helst."

    def handle(self, *args: Any, **options: Any) -> None:
        for name, outcome in (("indicators", load_catalogue()), ("kolada_kpis", load_kpis())):
            self.stdout.write(
                f"{name}: {outcome.created} nya, {outcome.updated} ändrade, "
                f"{outcome.kept} där administratörens uppgift står kvar"
            )
