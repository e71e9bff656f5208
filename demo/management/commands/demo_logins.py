"""Print the demo's logins: one for each role."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from demo.people import PASSWORD, PEOPLE


class Command(BaseCommand):
    help = "Skriver ut demons inloggningar."

    def handle(self, *args: Any, **options: Any) -> None:
        shown = [person for person in PEOPLE if person.shown]
        width = max(len(person.shown) for person in shown)
        self.stdout.write(f"Lösenord för alla: {PASSWORD}\n")
        for person in shown:
            self.stdout.write(f"  {person.shown:<{width}}  {person.email}")
        self.stdout.write(f"\nE-post som systemet skickar hamnar i {Path(settings.VAR_DIR).name}/mail.")
        self.stdout.write(f"En arbetsbok att läsa in ligger i {Path(settings.VAR_DIR).name}/demo/Lycksele.xlsx.")
