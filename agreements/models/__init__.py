"""What we agree: the samverkansöverenskommelse with its signatures, and the measures carried out under it."""

from agreements.models.agreement import Agreement, AgreementQuerySet, Signature, Validity
from agreements.models.measure import Measure, MeasureLog, MeasureLogQuerySet, MeasureQuerySet

__all__ = [
    "Agreement",
    "AgreementQuerySet",
    "Measure",
    "MeasureLog",
    "MeasureLogQuerySet",
    "MeasureQuerySet",
    "Signature",
    "Validity",
]
