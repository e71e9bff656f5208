"""How an attached file leaves: as a download, never as a page of ours. Whether it may is asked by whoever calls.

Only pictures that we have drawn anew ourselves may be shown in the page.
"""

import unicodedata

from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404

from attachments.kinds import IMAGES
from attachments.models import Attachment

# Should a browser take the file for a page after all, the page may do nothing.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}
SHOWN_IN_PAGE = frozenset(kind.content_type for kind in IMAGES)


def response(attachment: Attachment) -> FileResponse:
    """The file, under its own name. What has been erased is not found."""
    if attachment.erased_at:
        raise Http404
    try:
        file = attachment.file.open("rb")
    except (FileNotFoundError, SuspiciousFileOperation) as error:
        raise Http404 from error
    return FileResponse(
        file,
        as_attachment=attachment.content_type not in SHOWN_IN_PAGE,
        filename=_one_line(attachment.name),
        content_type=attachment.content_type,
        headers=HEADERS,
    )


def _one_line(name: str) -> str:
    """Names are cleaned when they come in; here once more, for what stands in a header."""
    return "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in name)
