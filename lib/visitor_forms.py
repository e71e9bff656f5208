"""Forms for people without an account: no cookie, no script, nothing stored about who sent them.

Django's own check of forms needs a cookie. Here a page carries a signed stamp that is good for some hours, and what is
sent has to come from our own pages, as far as the browser says. A field that nobody sees catches the simplest robots.
Whoever sends very much is asked to wait: counted in the cache under a hash that is keyed and changes every day, so that
no address of anybody's network is kept.
"""

import hashlib
import hmac
import ipaddress
import secrets
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from lib.dates import now, today
from lib.form_parts import dress

OUR_OWN = ("same-origin", "none")  # none: somebody opened it in the browser, from no page at all
STAMP_SECONDS = 4 * 3600
HOUR, DAY = 3600, 24 * 3600
IPV4 = 4
SALT = "lib.visitor_forms"
TOO_OLD = "Sidan hade legat öppen för länge. Det du skrev står kvar: skicka det en gång till."
ELSEWHERE = "Formuläret kom inte härifrån. Det du skrev står kvar: skicka det en gång till från den här sidan."
TOO_MANY = "Det har kommit många formulär från samma nätverk. Vänta en timme och försök igen. Det du skrev står kvar."


def comes_from_here(request: HttpRequest) -> bool:
    """Whether what is sent comes from a page of ours, as far as the browser says.

    Browsers have said so for years: a request that says nothing comes from no page at all, and the stamp is its key.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in OUR_OWN
    said = request.headers.get("Origin") or request.headers.get("Referer")
    try:
        return said is None or urlsplit(said).netloc == request.get_host()
    except ValueError:  # no address at all
        return False


def visitor(request: HttpRequest) -> str:
    """What a visitor's network is called today: a keyed hash that says nothing, and is another one tomorrow."""
    return daily_name("visitor", _network(request))


def daily_name(what: str, who: str) -> str:
    """A keyed hash of an address (of a network, of a letter box), another one each day.

    The key is drawn anew each day, lies in the cache alone and goes with the day: then nobody can tell whose it was.
    """
    key = cache.get_or_set(f"{SALT}.key.{today()}", secrets.token_hex, DAY)
    return hmac.new(str(key).encode(), f"{what} {who}".encode(), hashlib.sha256).hexdigest()


def is_within(limit: int, seconds: int, what: str, name: str) -> bool:
    """Count one more of what the name does, and whether that is still within the limit of this stretch of time."""
    stretch = int(now().timestamp()) // seconds
    key = hashlib.sha256(f"{SALT} {what} {name} {stretch}".encode()).hexdigest()
    if cache.add(key, 1, seconds):
        return limit >= 1
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out in between
        count = 1
    cache.touch(key, seconds)
    return count <= limit


class VisitorForm(forms.Form):
    """Base of what visitors send in. Give it the request; `is_robot` says that the trap has closed."""

    purpose: ClassVar[str]
    most_an_hour: ClassVar[int] = 20

    stamp = forms.CharField(widget=forms.HiddenInput, required=False)
    homepage = forms.CharField(label="Lämna fältet tomt", required=False)

    def __init__(self, data: Any = None, *, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.request = request
        self.fields["stamp"].initial = self._new_stamp()
        dress(self, *(name for name in self.fields if name not in ("stamp", "homepage")))

    @property
    def is_robot(self) -> bool:
        """Whether the field that nobody sees was filled in: answer as usual, and do nothing."""
        return bool(self.cleaned_data.get("homepage"))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not comes_from_here(self.request):
            self._once_more(ELSEWHERE)
        elif not self._stamp_holds():
            self._once_more(TOO_OLD)
        elif not self.errors and not is_within(self.most_an_hour, HOUR, self.purpose, visitor(self.request)):
            raise ValidationError(TOO_MANY, code="too_many")
        return cleaned

    def _once_more(self, sentence: str) -> None:
        """Refuse, but with a fresh stamp on the page, so that the same words can be sent again at once."""
        data: Any = self.data
        self.data = data = data.copy()
        data[self.add_prefix("stamp")] = self._new_stamp()
        raise ValidationError(sentence, code="once_more")

    def _new_stamp(self) -> str:
        return signing.dumps(self.purpose, salt=SALT)

    def _stamp_holds(self) -> bool:
        try:
            return bool(
                signing.loads(self.cleaned_data.get("stamp", ""), salt=SALT, max_age=STAMP_SECONDS) == self.purpose
            )
        except signing.BadSignature:
            return False


def _network(request: HttpRequest) -> str:
    """The visitor's own address, behind one proxy of ours the one that the proxy wrote; of the new kind the network, as
    one telephone has many addresses in it."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    address = str(request.META.get("REMOTE_ADDR", ""))
    if getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0) and forwarded:
        address = forwarded.rpartition(",")[2].strip()
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    known = getattr(known, "ipv4_mapped", None) or known  # an old address, as a listener for both kinds writes it
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version != IPV4 else str(known)
