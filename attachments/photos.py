"""Pictures are drawn anew before they are kept: what the camera wrote beside them (place, owner) is left behind."""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from attachments.kinds import DAMAGED, JPEG, PNG, Kind
from lib.uploads import FileRefused

FORMAT = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
MOST_PIXELS = 60_000_000
TOO_MANY_PIXELS = "Bilden har för många bildpunkter. Gör den mindre och skicka den igen."
QUALITY = 88


def redraw(content: bytes, kind: Kind, *, longest: int) -> bytes:
    """The picture as pixels only, the right way up, no side longer than `longest`. Raises FileRefused."""
    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(content), formats=[FORMAT[kind.content_type]]) as picture:
            warnings.simplefilter("ignore")  # a camera's odd notes are left behind, and the size is asked here
            if picture.width * picture.height > MOST_PIXELS:
                raise FileRefused(TOO_MANY_PIXELS)
            return _written(_turned(picture, kind), kind, longest)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(DAMAGED) from error
    except Image.DecompressionBombError as error:
        raise FileRefused(TOO_MANY_PIXELS) from error


def _turned(picture: Image.Image, kind: Kind) -> Image.Image:
    """As the camera was held, in the colours that all can show."""
    upright = ImageOps.exif_transpose(picture)
    has_holes = kind != JPEG and (upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info)
    return upright.convert("RGBA" if has_holes else "RGB")


def _written(picture: Image.Image, kind: Kind, longest: int) -> bytes:
    picture.thumbnail((longest, longest))
    bare = Image.new(picture.mode, picture.size)  # a new sheet: notes, comments and profiles do not come along
    bare.paste(picture)
    out = io.BytesIO()
    how: dict[str, int | bool] = {"optimize": True} if kind == PNG else {"quality": QUALITY}
    bare.save(out, FORMAT[kind.content_type], **how)
    return out.getvalue()
