"""The first person in a new installation: everybody after that comes in by invitation."""

import getpass
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.models import Membership, Organisation, Role, User


class Command(BaseCommand):
    help = "Skapar den första administratören. Lösenordet frågas efter och skrivs aldrig ut."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="administratörens e-postadress")
        parser.add_argument("--name", default="Administratör")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        if Membership.objects.filter(role=Role.ADMINISTRATOR).exists():
            raise CommandError("Det finns redan en administratör. Bjud in fler i systemet.")
        password = getpass.getpass("Lösenord: ")
        try:
            validate_email(email)
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with transaction.atomic():
            operator, _ = Organisation.objects.get_or_create(
                kind=Organisation.Kind.OPERATOR, defaults={"name": "Systemförvaltningen"}
            )
            user = User.objects.create_user(email, password, name=name)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            Membership.objects.create(user=user, organisation=operator, role=Role.ADMINISTRATOR)
        self.stdout.write(f"{email} kan nu logga in.")
