from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Konton och roller"

    def ready(self) -> None:
        """A misspelled role would be asked for no second factor, and nobody would notice: better not to start."""
        from accounts.models import Role  # noqa: PLC0415  models are there first when the apps are ready

        if unknown := set(settings.MFA_REQUIRED_ROLES) - set(Role.values):
            raise ImproperlyConfigured(
                f"MFA_REQUIRED_ROLES nämner roller som inte finns: {', '.join(sorted(unknown))}. "
                f"Rollerna heter {', '.join(Role.values)}."
            )
