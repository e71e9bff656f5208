"""manage.py load_measure_types: the catalogue of measure types, from the project's file."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.actions import load_types


class Command(BaseCommand):
    help = "Läser in katalogen över åtgärdstyper. Kan köras hur många gånger som helst."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = load_types()
        self.stdout.write(
            f"measure_types: {outcome.created} nya, {outcome.updated} ändrade, "
            f"{outcome.kept} där administratörens uppgift står kvar"
        )
