"""Canonical JSON and its checksum: one content, one text, one sum, on every machine."""

import hashlib
import json
from typing import Any


def text(content: Any) -> str:
    """The content as JSON with sorted keys and no stray space."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def checksum(content: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(text(content).encode()).hexdigest()
