"""Addresses as they are shared: whole, and drawn as a square for a telephone's camera."""

import io

import qrcode
from django.conf import settings
from qrcode.image.svg import SvgPathFillImage


def absolute(path: str) -> str:
    """The address with the site's own name."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def drawn(address: str) -> bytes:
    """A QR code as SVG, on white: also readable where the page is dark. A quarter of it may be soiled or torn."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=4, image_factory=SvgPathFillImage)
    code.add_data(address)
    code.make(fit=True)
    out = io.BytesIO()
    code.make_image().save(out)
    return out.getvalue()
