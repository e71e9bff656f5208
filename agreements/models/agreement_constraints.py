"""What must always be true of an agreement, with the words that a person meets when it is not."""

from django.db import models
from django.db.models import F, Q

AGREEMENT_CONSTRAINTS: list[models.BaseConstraint] = [
    models.CheckConstraint(
        condition=Q(ends__isnull=True) | Q(ends__gt=F("starts")),
        name="agreement_ends_after_start",
        violation_error_message="Slutdatum måste ligga efter startdatum.",
    ),
    models.CheckConstraint(
        condition=(
            Q(status__in=["draft", "referred"], checksum="", frozen__isnull=True)
            | (~Q(status__in=["draft", "referred"]) & Q(checksum__gt="", frozen__isnull=False))
        ),
        name="agreement_frozen_when_proposed",
    ),
    models.CheckConstraint(
        condition=Q(status__in=["draft", "referred", "proposed"], signed_on__isnull=True)
        | Q(status__in=["signed", "terminated"], signed_on__isnull=False),
        name="agreement_signed_has_day",
    ),
    models.CheckConstraint(
        condition=Q(status="referred", referral_until__isnull=False)
        | (~Q(status="referred") & Q(referral_until__isnull=True)),
        name="agreement_referred_has_day",
        violation_error_message="Ange till vilken dag synpunkter tas emot.",
    ),
    models.CheckConstraint(
        condition=Q(prolonged_to__isnull=True) | (Q(ends__isnull=False) & Q(prolonged_to__gt=F("ends"))),
        name="agreement_prolonged_after_end",
        violation_error_message="Den nya sista dagen måste ligga efter den gamla.",
    ),
    models.CheckConstraint(
        condition=~Q(status="terminated") | Q(terminated_on__isnull=False),
        name="agreement_terminated_has_day",
    ),
    models.CheckConstraint(
        condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
        name="agreement_not_its_own_parent",
        violation_error_message="En överenskommelse kan inte vara överordnad sig själv.",
    ),
    models.CheckConstraint(
        condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
        name="agreement_not_its_own_successor",
        violation_error_message="En överenskommelse kan inte ersätta sig själv.",
    ),
    models.CheckConstraint(
        condition=Q(terminated_on__isnull=True) | Q(terminated_on__gte=F("starts")),
        name="agreement_terminated_after_start",
        violation_error_message="Uppsägningen kan inte gälla före startdatumet.",
    ),
]
