"""What a measure aims at: the causes behind its problem."""

from django.db import models

from agreements.models.measure import Measure
from situation.models import Cause


class Aim(models.Model):
    """A cause that a measure is to influence. The cause stays in its analysis as long as a measure aims at it."""

    measure = models.ForeignKey(Measure, models.CASCADE, verbose_name="åtgärd", related_name="+")
    cause = models.ForeignKey(Cause, models.PROTECT, verbose_name="orsak", related_name="+")

    class Meta:
        verbose_name = "orsak som åtgärden ska påverka"
        verbose_name_plural = "orsaker som åtgärder ska påverka"
        db_table = "agreements_measure_causes"
        unique_together = [("measure", "cause")]

    def __str__(self) -> str:
        return str(self.measure)
