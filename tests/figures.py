"""Figures as a publication gives them, without a file to read in."""

import datetime as dt

from indicators.models import ImportBatch, Indicator, Observation

READ_ON = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)


def indicator(code, **more):
    """A rate of reported crimes, unless the code or more says otherwise."""
    unit = "antal" if code.endswith("-antal") else "andel" if code.endswith("-andel") else "per_100000"
    given = {"title": "Skadegörelsebrott", "unit": unit, "topic": "anmalda", "source": "Brå, anmälda brott", **more}
    return Indicator.objects.create(code=code, **given)


def batch(by, name="Lycksele.xlsx"):
    """A file that has been read in."""
    return ImportBatch.objects.create(
        kind="lagesbild",
        original_name=name,
        sha256="a",
        size=1,
        status="imported",
        imported_at=READ_ON,
        imported_by=by,
        created_by=by,
    )


def put(indicator, area, values, batch, *, last=2025, **more):
    """A figure a year, the last one of `last`, for a municipality's code, a county's, or "00" for the nation."""
    area_type = {4: "kommun", 2: "lan"}[len(area)] if area != "00" else "riket"
    for year, value in enumerate(values, start=last - len(values) + 1):
        Observation.objects.create(
            dataset="lagesbild",
            indicator=indicator,
            area_type=area_type,
            area_code=area,
            year_from=year,
            year_to=year,
            period_label=f"{year}",
            value=value,
            suppressed=value is None,
            batch=batch,
            **more,
        )
