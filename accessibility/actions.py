"""A flaw is reported by anybody, told to the operator, handled once, and its sender is answered and forgotten."""

import datetime as dt
import logging
import smtplib
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from accessibility import rules
from accessibility.models import FlawReport
from accessibility.shipped import statement
from accounts.models import User
from journal.steps import lock, take
from lib.dates import now
from lib.visitor_forms import DAY, daily_name, is_within

logger = logging.getLogger(__name__)

# An address that cannot be reached within so long is deleted without an answer.
KEPT = dt.timedelta(days=7)
LETTERS_A_DAY = 5


@transaction.atomic
def report(*, what: str, page: str = "", tools: str = "", email: str = "") -> FlawReport:
    """Take down a flaw. An address that somebody gives again and again gets no more than some letters a day."""
    if email and not is_within(LETTERS_A_DAY, DAY, "accessibility.report", daily_name("letter_box", email.lower())):
        email = ""
    return FlawReport.objects.create(what=what, page=page, tools=tools, email=email)


@transaction.atomic
def handle(flaw: FlawReport, *, by: User, answer: str = "") -> None:
    """Done with, with an answer or without. The sender's address goes at once, or when the answer has been sent.

    Raises NotAllowed if somebody was faster.
    """
    fresh = lock(flaw)
    keeps = fresh.email if answer.strip() else ""
    take(rules.HANDLE, flaw, by=by, answer=answer, handled_at=now(), email=keeps)


def tell() -> None:
    """Send what waits: to the operator of a new flaw, and to its sender that it has come in and what came of it."""
    to = statement().email
    if to:
        for flaw in FlawReport.objects.untold():
            subject = f"Brist i tillgängligheten rapporterad ({flaw.pk})"
            _once(flaw, "told_at", to, subject, "accessibility/mail_new.txt")
    for flaw in FlawReport.objects.unthanked():
        _once(flaw, "thanked_at", flaw.email, "Vi har fått din rapport", "accessibility/mail_received.txt")
    for flaw in FlawReport.objects.unanswered():
        _answer(flaw)


def _once(flaw: FlawReport, column: str, to: str, subject: str, template: str) -> None:
    """Marked before it is sent, so that two workers send one letter; unmarked where it could not be sent."""
    row = FlawReport.objects.filter(pk=flaw.pk)
    if not row.filter(**{column: None}).update(**{column: now()}):
        return
    if not _mail(to, subject, template, flaw=flaw):
        row.update(**{column: None})


def _answer(flaw: FlawReport) -> None:
    """The address is taken out of the row by whoever sends: it goes back only if the letter could not be sent."""
    row = FlawReport.objects.filter(pk=flaw.pk)
    if not row.filter(email=flaw.email).update(email=""):
        return
    sent = _mail(flaw.email, "Svar på din rapport om tillgängligheten", "accessibility/mail_answer.txt", flaw=flaw)
    if not sent and flaw.handled_at and flaw.handled_at > now() - KEPT:
        row.update(email=flaw.email)


def _mail(to: str, subject: str, template: str, **context: Any) -> bool:
    """Whether it could be sent. The log says which letter it was, never to whom."""
    context |= {"site": settings.SITE_URL.rstrip("/"), "statement": statement()}
    headers = {"Auto-Submitted": "auto-generated"}
    letter = EmailMessage(subject, render_to_string(template, context), None, [to], headers=headers)
    try:
        letter.send()
    except (OSError, smtplib.SMTPException) as error:
        logger.error("%s could not be sent: %s", template, type(error).__name__)
        return False
    return True
