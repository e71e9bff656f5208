"""The few files of the front-end packages that the site serves, named one by one.

`npm ci` lays the packages in node_modules; whole folders of them would give `collectstatic` two hundred files
that no page asks for. The source maps are listed because Django's manifest storage follows them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal, overload

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

_SANS = [f"source-sans-3-latin-{style}.woff2" for style in ("400-normal", "400-italic", "600-normal", "700-normal")]
_SERIF = [f"source-serif-4-latin-{weight}-normal.woff2" for weight in ("400", "600", "700")]

# Static path → path below node_modules.
NPM_FILES: dict[str, str] = {
    "vendor/bootstrap/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "vendor/bootstrap/bootstrap.bundle.min.js.map": "bootstrap/dist/js/bootstrap.bundle.min.js.map",
    "vendor/bootstrap-icons/bootstrap-icons.min.css": "bootstrap-icons/font/bootstrap-icons.min.css",
    "vendor/bootstrap-icons/fonts/bootstrap-icons.woff2": "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "vendor/bootstrap-icons/fonts/bootstrap-icons.woff": "bootstrap-icons/font/fonts/bootstrap-icons.woff",
    **{f"vendor/fonts/{name}": f"@fontsource/source-sans-3/files/{name}" for name in _SANS},
    **{f"vendor/fonts/{name}": f"@fontsource/source-serif-4/files/{name}" for name in _SERIF},
}


class NpmFinder(BaseFinder):
    """Finds what settings.NPM_FILES names below settings.NPM_ROOT; says at start what is missing."""

    def __init__(self, app_names: Iterable[str] | None = None) -> None:
        self.root: Path = settings.NPM_ROOT
        self.files: dict[str, str] = settings.NPM_FILES

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Without this a missing package would only show as pages without style."""
        missing = [source for source in self.files.values() if not (self.root / source).is_file()]
        if not missing:
            return []
        return [
            Error(
                f"{len(missing)} front-end file(s) are missing below {self.root}, the first is {missing[0]}.",
                hint="Run `make setup` (it runs `npm ci`), or let NODE_MODULES point to the packages.",
                id="samverkan.E001",
            )
        ]

    @overload
    def find(self, path: str, find_all: Literal[False] = False) -> str | None: ...
    @overload
    def find(self, path: str, find_all: Literal[True]) -> list[str]: ...
    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The absolute path or nothing; a list when Django asks for all (by `all` before 6.1)."""
        source = self.files.get(path)
        found = [str(self.root / source)] if source and (self.root / source).is_file() else []
        if find_all or kwargs.get("all"):
            return found
        return found[0] if found else []  # as Django's own finders: None would be taken for a match

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every file with a storage that knows where it really lies, as `collectstatic` expects."""
        for path, source in self.files.items():
            if not matches_patterns(path, tuple(ignore_patterns or ())):
                yield path, _OneFile(self.root, source)


class _OneFile(FileSystemStorage):
    """A storage that answers every name with one file: `collectstatic` asks by static path, not by source."""

    def __init__(self, root: Path, source: str) -> None:
        super().__init__(location=root)
        self.source = source

    def path(self, name: str) -> str:
        return super().path(self.source)
