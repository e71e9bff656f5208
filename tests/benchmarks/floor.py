"""The floor: what any signed-in page with a long table costs here. Session, user, one query, 290 plain rows."""

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path

from lib.dates import today
from municipalities.models import Municipality

TABLE = """<!doctype html><html lang="sv"><title>Golv</title><table>
<thead><tr><th>Kommun</th><th>Kod</th><th>Län</th><th>Invånare</th><th>År</th><th>Latitud</th><th>Longitud</th><th>Rad</th><th>Dag</th></tr></thead>
{% for row in rows %}<tr><td><a href="/kommuner/{{ row.slug }}/">{{ row.name }}</a></td><td>{{ row.code }}</td>
<td>{{ row.county.name }}</td><td>{{ row.population }}</td><td>{{ row.population_year }}</td><td>{{ row.seat_lat }}</td>
<td>{{ row.seat_lon }}</td><td>{{ row.sort_order }}</td><td>{{ day|date:"j F Y" }}</td></tr>
{% endfor %}</table></html>"""


def floor(request):
    rows = Municipality.objects.select_related("county").order_by("sort_order")
    return HttpResponse(engines["django"].from_string(TABLE).render({"rows": rows, "day": today()}, request))


urlpatterns = [path("golv/", floor), path("", include("samverkan.urls"))]
