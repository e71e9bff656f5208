"""What the room keeps."""

from indicators.models.delivery import DeliveredFile, Delivery
from indicators.models.fetch import Fetch, KoladaKpi
from indicators.models.figures import (
    NATION_CODE,
    SOURCE_OF,
    AreaType,
    Dataset,
    ImportBatch,
    Indicator,
    Observation,
    ObservationChange,
    Unit,
)

__all__ = [
    "NATION_CODE",
    "SOURCE_OF",
    "AreaType",
    "Dataset",
    "DeliveredFile",
    "Delivery",
    "Fetch",
    "ImportBatch",
    "Indicator",
    "KoladaKpi",
    "Observation",
    "ObservationChange",
    "Unit",
]
