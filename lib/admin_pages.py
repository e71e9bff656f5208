"""Admin pages for looking: what has a workflow is changed on its own pages, where its rules stand."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Beside ModelAdmin or an inline: everything can be found and read, nothing is added, changed or deleted."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """All of them, so that also what no form ever writes (statuses, checksums) is shown."""
        page: Any = self
        columns = [field.name for field in page.opts.fields if not field.primary_key]
        return list(page.fields or [*columns, *(field.name for field in page.opts.many_to_many)])

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
