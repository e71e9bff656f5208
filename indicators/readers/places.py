"""Which area a label in a statistics file means: municipality, county, police region or the whole country."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from indicators.models import NATION_CODE, AreaType
from municipalities.matching import Names, normal_form
from municipalities.models import County, Municipality, PoliceRegion

_NATION = {"hela landet", "hela riket", "riket", "sverige", "00 riket", "0000 riket"}


@dataclass(frozen=True, slots=True)
class Place:
    """An area by type and code, with its name as we write it."""

    area_type: str
    area_code: str
    name: str


NATION = Place(AreaType.NATION, NATION_CODE, "Riket")


class Places:
    """Every area that figures can be about, by the names that files use. Build it once for a whole file."""

    def __init__(self, names: Names, counties: Iterable[County], regions: Iterable[PoliceRegion]) -> None:
        self._names = names
        self._others = dict.fromkeys(_NATION, NATION)
        for county in counties:
            place = Place(AreaType.COUNTY, county.code, county.name)
            for label in (county.name, f"{county.code} {county.name}"):
                self._others[normal_form(label)] = place
        for region in regions:
            place = Place(AreaType.POLICE_REGION, region.slug, str(region))
            for label in (f"Polisregion {region.name}", f"Region {region.name}"):
                self._others[normal_form(label)] = place

    @classmethod
    def load(cls) -> "Places":
        """Three queries; the names are worked out anew only when the registers have changed."""
        return _of(
            tuple(Municipality.objects.values_list("code", "name", "formal_name", "bra_name")),
            tuple(County.objects.values_list("code", "name")),
            tuple(PoliceRegion.objects.values_list("slug", "name")),
        )

    def find(self, label: str) -> Place | None:
        """The area that the label certainly means; a city district is none."""
        if place := self._others.get(normal_form(label)):
            return place
        municipality = self._names.match(label)
        return Place(AreaType.MUNICIPALITY, municipality.code, municipality.name) if municipality else None


@lru_cache(maxsize=2)
def _of(
    municipalities: tuple[tuple[str, str, str, str], ...],
    counties: tuple[tuple[str, str], ...],
    regions: tuple[tuple[str, str], ...],
) -> Places:
    """The same registers give the same places: hundreds of workbooks after each other work them out once."""
    names = Names(
        Municipality(code=code, name=name, formal_name=formal, bra_name=bra)
        for code, name, formal, bra in municipalities
    )
    return Places(
        names,
        [County(code=code, name=name) for code, name in counties],
        [PoliceRegion(slug=slug, name=name) for slug, name in regions],
    )
