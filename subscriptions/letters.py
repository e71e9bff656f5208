"""What followers are written: plain text, who it is from, why it came, and the way out in every letter."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from citizen_promises.models import Promise, PromiseDocument
from lib.texts import clean
from subscriptions import links
from subscriptions.models import Change, Mailing, Subscription

SHOWN = 2_000  # of a text; the page has the rest
SUBJECT = 120
_SETTLED: dict[str, str] = {
    Promise.Status.ONGOING: "Löftet pågår igen",
    Promise.Status.KEPT: "Löftet är uppfyllt",
    Promise.Status.PARTLY: "Löftet är delvis uppfyllt",
    Promise.Status.NOT_KEPT: "Löftet är inte uppfyllt",
    Promise.Status.CANCELLED: "Löftet är avbrutet",
}


@dataclass(frozen=True)
class Item:
    """One change in a letter: what it is, about what, in whose words, and where to read on."""

    kind: str
    about: str
    text: str
    page: str

    @classmethod
    def of(cls, change: Change) -> "Item":
        document, promise = change.document, change.promise
        if document.status == PromiseDocument.Status.WITHDRAWN:  # its words are gone for everybody
            about = f"löftena i {document.municipality}"
        else:
            about = _short(promise.heading if promise else document.title)
        page = links.page_of(document.municipality, document.pk, promise)
        return cls(_SETTLED.get(change.judged) or change.get_kind_display(), about, _text(change), page)


def news(mailings: list[Mailing]) -> EmailMessage:
    """One letter with the changes, of one follower, in the order they happened."""
    subscription = mailings[0].subscription
    items = [Item.of(mailing.change) for mailing in mailings if mailing.change]
    place = f"i {subscription.municipality}"
    subject = f"{items[0].kind}: {items[0].about}" if len(items) == 1 else f"Nytt om löftena {place}"
    withdrawn = any(m.change and m.change.kind == Change.Kind.WITHDRAWN for m in mailings)
    more = {"items": items, "ends_here": withdrawn and subscription.promise_id is not None}
    return _letter(mailings, subject, "subscriptions/mail_news.txt", **more)


def invitation(mailing: Mailing) -> EmailMessage:
    """The letter with the link to say yes; to who has said so already, that it is so."""
    subscription = mailing.subscription
    if subscription.status == Subscription.Status.ACTIVE:
        return _letter([mailing], "Du följer redan löftena", "subscriptions/mail_known.txt")
    more = {"yes": links.to_confirm(subscription), "days": settings.FOLLOW_CONFIRM_DAYS}
    return _letter([mailing], "Bekräfta att du vill följa löftena", "subscriptions/mail_confirm.txt", **more)


def _letter(mailings: list[Mailing], subject: str, template: str, **more: Any) -> EmailMessage:
    subscription = mailings[0].subscription
    end = links.to_end(subscription)
    page = links.page_of(
        subscription.municipality,
        subscription.promise.document_id if subscription.promise else None,
        subscription.promise,
    )
    context = {"subscription": subscription, "followed": _followed(subscription), "page": page, "end": end, **more}
    return EmailMessage(
        subject=" ".join(subject.split())[:SUBJECT],
        body=render_to_string(template, context),
        from_email=settings.FOLLOW_FROM_EMAIL,
        to=[subscription.email],
        headers={
            # One letter has one name, also when it is tried again: who gets it twice can tell.
            "Message-ID": f"<brev-{mailings[0].pk}@{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )


def _followed(subscription: Subscription) -> str:
    """In a sentence: "löftet ”Synlig polis i centrum” i Lycksele"."""
    if subscription.promise is None:
        return f"löftena i {subscription.municipality}"
    if not subscription.heading:
        return f"ett löfte i {subscription.municipality}"
    return f"löftet ”{_short(subscription.heading)}” i {subscription.municipality}"


def _text(change: Change) -> str:
    if change.kind == Change.Kind.WITHDRAWN:
        return _cut(change.document.withdrawn_reason)
    if change.kind == Change.Kind.OUTCOME and change.outcome:
        return _cut(change.outcome.text)
    if change.promise and change.kind == Change.Kind.FEEDBACK:
        return _cut(change.promise.feedback)
    return _cut(change.promise.status_reason) if change.promise and change.kind == Change.Kind.SETTLED else ""


def _short(text: str) -> str:
    text = " ".join(clean(text).split())
    return text if len(text) <= 90 else f"{text[:89]}…"


def _cut(text: str) -> str:
    text = clean(text).strip()
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()} …"
