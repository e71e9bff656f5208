"""Guards around the residents' form: how many replies one connection sends, and which page a reply is sent from.

Of the connection's address only a keyed hash is kept, in the cache, for an hour. The key is drawn anew each day, lies
in the cache alone and goes with the day, so that nobody can ever tell which address it was; the database never sees it.
"""

import hashlib
import hmac
import ipaddress
import secrets
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from lib.dates import today

HOUR, DAY = 3600, 24 * 3600
OUR_OWN = ("same-origin", "none")


def is_too_many(request: HttpRequest, dialogue: int) -> bool:
    """Whether more replies have come from the connection within an hour than a school class or a library sends."""
    name = f"dialogues.sent.{_anonymous(request)}.{dialogue}"
    cache.add(name, 0, HOUR)
    try:
        sent = cache.incr(name)
    except ValueError:  # it went between the two
        return False
    return bool(sent > settings.REPLIES_PER_HOUR)


def _anonymous(request: HttpRequest) -> str:
    key = cache.get_or_set(f"dialogues.key.{today()}", secrets.token_hex, DAY)
    address = _network(get_adapter().get_client_ip(request))
    return hmac.new(str(key).encode(), address.encode(), hashlib.sha256).hexdigest()[:32]


def _network(address: str) -> str:
    """The address; of the new kind the network, as one phone has many addresses in it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False))


def comes_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that the form was sent from another site's page."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in OUR_OWN
    origin = request.headers.get("Origin")
    return bool(origin) and urlsplit(origin or "").netloc != request.get_host()
