"""The catalogue of measure types: the project's own list, which administrators keep and no reading writes over."""

from pathlib import Path

from agreements.models import MeasureType
from municipalities.actions import Outcome, Register, load_register

DATA = Path(__file__).parent.parent / "data"
TYPES = Register("measure_types", MeasureType, ("name",), {})


def load_types() -> Outcome:
    """The types that the project knows, from its own file; what an administrator has written stands."""
    return load_register(TYPES, DATA)
