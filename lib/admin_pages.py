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

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only the page's own filters: `?text__startswith=` would let a hidden text be guessed letter by letter."""
        page: Any = self
        chosen = [*page.get_list_filter(request), page.date_hierarchy]
        names = [one for one in chosen if isinstance(one, str)]
        return any(lookup == name or lookup.startswith(f"{name}__") for name in names)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ListOnly(ReadOnly):
    """Beside ModelAdmin: a list, and no page for the row, because what people write is not the administrator's to read.

    The list names whose it is, where it stands and when; its columns and its search are for the room to choose so
    that no title or text is among them.
    """

    list_display_links: Any = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list, yes; a single row with its page and its history, no."""
        page: Any = super()
        return obj is None and bool(page.has_view_permission(request))
