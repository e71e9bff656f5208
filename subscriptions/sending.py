"""Handing letters over to the mail server: some at a time, at a pace, each at most once.

A worker takes up the letters of some followers by one conditional update, and before each is handed over it writes that
it is about to. Whatever it writes, it writes only while it holds the claim. See `Mailing` for what becomes of the
letters of a worker that dies.
"""

import datetime as dt
import itertools
import logging
import smtplib
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F, Q

from citizen_promises.models import PromiseDocument
from lib.dates import now
from subscriptions import letters, rules
from subscriptions.models import ERROR_LENGTH, Mailing, MailingQuerySet, Subscription, Watch
from subscriptions.noticing import watch

logger = logging.getLogger(__name__)

FOLLOWERS = 25  # whose letters are taken up at once
PATIENCE = 240.0  # seconds, after which the rest of what was taken up is given back
REFUSED = 500  # from here on a server's answer is for good

_Status = Mailing.Status


class NoAnswer(Exception):
    """The mail server cannot be reached: nothing was handed over."""


def send_some() -> bool:
    """Take up some letters and hand them over; False when there are none to take, or none more for now."""
    claim = take_up()
    if claim is None:
        return False
    try:
        return _hand_over_all(claim)
    finally:
        _give_back(_held(claim, _Status.CLAIMED))


def take_up() -> uuid.UUID | None:
    """Claim the waiting letters of some followers, no more than the pace allows. None when there is nothing to claim.

    Whoever waits for a link to say yes comes first.
    """
    watch()
    with transaction.atomic():
        Watch.objects.select_for_update().get(pk=1)
        moment = now()
        lately = Mailing.objects.filter(claimed_at__gt=moment - dt.timedelta(minutes=1))
        left = settings.FOLLOW_LETTERS_A_MINUTE - lately.values("subscription").distinct().count()
        for kind in (Q(change=None), Q(change__isnull=False)):
            waiting = Mailing.objects.due(moment).filter(kind).order_by("due_at", "pk")
            some = list(waiting.values_list("subscription", flat=True)[: max(0, min(FOLLOWERS, left))])
            if some:
                claim = uuid.uuid4()
                theirs = Mailing.objects.filter(kind, status=_Status.QUEUED, subscription__in=some)
                theirs.update(status=_Status.CLAIMED, claim=claim, claimed_at=moment)
                return claim
    return None


def requeue_lost(moment: dt.datetime) -> int:
    """What dead workers had taken up goes back to the queue; what they were handing over is unclear. How many rows."""
    limit = moment - dt.timedelta(seconds=settings.FOLLOW_SILENCE_SECONDS)
    lost = Mailing.objects.filter(claimed_at__lt=limit)
    unclear = {"status": _Status.UNCLEAR, "settled_at": moment, "error": "Arbetaren dog medan brevet lämnades."}
    back = lost.filter(status=_Status.CLAIMED).update(status=_Status.QUEUED, claim=None)
    return back + lost.filter(status=_Status.SENDING).update(**unclear)


def _hand_over_all(claim: uuid.UUID) -> bool:
    began = time.monotonic()
    mailings = list(_held(claim, _Status.CLAIMED).select_related(
        "subscription__municipality", "subscription__promise", "change__document__municipality", "change__promise",
        "change__outcome",
    ).defer("change__document__frozen").order_by("subscription", "change__happened_at", "pk"))  # fmt: skip
    documents = {mailing.change.document_id for mailing in mailings if mailing.change}
    public = set(PromiseDocument.objects.public().filter(pk__in=documents).values_list("pk", flat=True))
    connection = mail.get_connection()
    try:
        for _, theirs in itertools.groupby(mailings, lambda mailing: mailing.subscription_id):
            if time.monotonic() - began > PATIENCE:
                return True
            _hand_over(list(theirs), public, connection)
    except NoAnswer:
        _later(_held(claim, _Status.CLAIMED), "E-postservern svarar inte.", tried=1)
        return False
    finally:
        _close(connection)
    return True


def _hand_over(mailings: list[Mailing], public: set[int], connection: Any) -> None:
    """One follower's letter: opened, marked as about to go, handed over, and marked as gone."""
    claim = mailings[0].claim
    told = [one for one in mailings if one.change is None or rules.still_holds(one.change, public)]
    over = [one.pk for one in mailings if one not in told]
    if over:
        _held(claim, _Status.CLAIMED).filter(pk__in=over).update(status=_Status.SKIPPED, settled_at=now())
    if not told:
        return
    letter = letters.news(told) if told[0].change else letters.invitation(told[0])
    _open(connection)
    mine = Mailing.objects.filter(pk__in=[one.pk for one in told], claim=claim)
    sending = {"status": _Status.SENDING, "claimed_at": now(), "attempts": F("attempts") + 1}
    if mine.filter(status=_Status.CLAIMED).update(**sending):
        _say(letter, connection, mine, told[0].subscription)


def _say(letter: EmailMessage, connection: Any, mine: MailingQuerySet, subscription: Subscription) -> None:
    """The one place where a letter leaves. What the server says decides; where it says nothing, it is unclear."""
    sending = mine.filter(status=_Status.SENDING)
    try:
        connection.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as error:
        code = max((code for code, _ in error.recipients.values()), default=0)
        _refused(sending, code, subscription)
    except smtplib.SMTPSenderRefused as error:  # our own address: the operator's to put right, so it is tried again
        _later(sending, f"E-postservern tog inte emot avsändaren ({error.smtp_code}).")
    except smtplib.SMTPResponseException as error:
        _refused(sending, error.smtp_code, None)
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("a letter to a follower is unclear: %s", type(error).__name__)
        _settle(sending, _Status.UNCLEAR, f"Förbindelsen bröts ({type(error).__name__}).")
        _close(connection)
    except Exception as error:  # a letter that cannot be written shall not stop the others
        logger.exception("a letter to a follower could not be written")
        _settle(sending, _Status.FAILED, f"Brevet kunde inte skrivas ({type(error).__name__}).")
    else:
        # A slow worker may have been taken for dead in the meantime; it knows better.
        _settle(mine.filter(status__in=[_Status.SENDING, _Status.UNCLEAR]), _Status.SENT, "")
        if subscription.refused:
            Subscription.objects.filter(pk=subscription.pk).update(refused=0)


def _refused(sending: MailingQuerySet, code: int, subscription: Subscription | None) -> None:
    """The server said no: for good, or for now. An address that is refused for good time and again is forgotten."""
    if code < REFUSED:
        _later(sending, f"E-postservern bad oss vänta ({code}).")
        return
    _settle(sending, _Status.FAILED, f"E-postservern tog inte emot brevet ({code}).")
    if subscription:
        Subscription.objects.filter(pk=subscription.pk).update(refused=F("refused") + 1)


def _later(rows: MailingQuerySet, sentence: str, *, tried: int = 0) -> None:
    """Back to the queue for another try, later each time; given up after the last."""
    last = len(rules.BACK_OFF)
    for attempts in sorted(set(rows.values_list("attempts", flat=True)), reverse=True):
        these, made = rows.filter(attempts=attempts), attempts + tried
        if made > last:
            _settle(these, _Status.FAILED, sentence)
        else:
            due = now() + rules.BACK_OFF[max(made, 1) - 1]
            these.update(status=_Status.QUEUED, claim=None, due_at=due, error=sentence, attempts=made)


def _settle(rows: MailingQuerySet, status: str, sentence: str) -> None:
    rows.update(status=status, settled_at=now(), error=sentence[:ERROR_LENGTH])


def _give_back(rows: MailingQuerySet) -> None:
    rows.update(status=_Status.QUEUED, claim=None)


def _held(claim: uuid.UUID | None, status: str) -> MailingQuerySet:
    return Mailing.objects.filter(claim=claim, status=status)


def _open(connection: Any) -> None:
    _quietly(connection.open, NoAnswer)


def _close(connection: Any) -> None:
    _quietly(connection.close, None)


def _quietly(do: Callable[[], object], otherwise: type[Exception] | None) -> None:
    try:
        do()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("the mail server: %s", type(error).__name__)
        if otherwise:
            raise otherwise from error
