"""manage.py import_indicators FILE…: the same preview and import as on the page, for many files at once."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Membership, Role, User
from indicators import actions, rules
from indicators.models import ImportBatch
from lib.dates import today
from lib.uploads import FileRefused


class Command(BaseCommand):
    help = "Läser in Brås arbetsböcker (.xlsx) och årsfiler (.csv) med siffror."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FIL")
        parser.add_argument("--year", type=int, help="årsfilens år, om det inte framgår av filnamnet")
        parser.add_argument("--by", metavar="E-POST", help="vem som läser in; annars den enda administratören")
        parser.add_argument("--preview", action="store_true", help="granska bara, läs inte in")

    def handle(self, *args: Any, **options: Any) -> None:
        by = _person(options["by"])
        refused = 0
        for path in options["files"]:
            try:
                with path.open("rb") as stream:
                    batch = actions.preview(File(stream, name=path.name), by=by, year=options["year"])
                self._tell(batch)
                if not options["preview"]:
                    actions.confirm(batch, by=by)
                    self.stdout.write("  Inläst.")
            except (FileRefused, OSError) as error:
                refused += 1
                self.stderr.write(f"{path.name}: {error}")
        if refused:
            raise CommandError(f"{refused} av {len(options['files'])} filer kunde inte läsas in.")

    def _tell(self, batch: ImportBatch) -> None:
        self.stdout.write(
            f"{batch.original_name}: {batch.new_count} nya, {batch.changed_count} ändrade, "
            f"{batch.unchanged_count} oförändrade, {batch.unmatched_count} rader läses inte in"
        )
        for sentence in batch.report["warnings"]:
            self.stdout.write(f"  Obs: {sentence}")
        for row in batch.unmatched:
            self.stdout.write(f"  {row['place']}: {row['label']} – {row['reason']}")


def _person(email: str | None) -> User:
    """Whose import it is. Every import has a person, also one from the command line."""
    if email:
        person = User.objects.filter(email=email.lower(), is_active=True).first()
        if person is None or not rules.may_import(person):
            raise CommandError(f"{email} finns inte eller får inte läsa in siffror.")
        return person
    current = Membership.objects.current(today()).filter(role=Role.ADMINISTRATOR)
    administrators = list(User.objects.filter(is_active=True, memberships__in=current).distinct()[:2])
    if len(administrators) != 1:
        raise CommandError("Ange med --by vem som läser in siffrorna.")
    return administrators[0]
