"""A small server that speaks as Kolada's API v3 is documented, and misbehaves when told to."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

TITLES = {
    "N07403": "Anmälda våldsbrott, antal/100 000 inv",
    "U07453": "Invånare som upplevt oro för bostadsinbrott, andel (%)",
}


def row(kpi="N07403", municipality="2481", period=2024, **by_sex):
    """A row as documented; row(T=812.5, K=None) has one figure for each sex that is named."""
    values = [
        {"gender": sex, "count": 1, "status": "", "value": value, "isdeleted": False}
        for sex, value in (by_sex or {"T": 812.5}).items()
    ]
    return {"kpi": kpi, "municipality": municipality, "period": period, "values": values}


class StandIn(ThreadingHTTPServer):
    """`rows` is what it knows, `asked` the paths that were asked; `troubles` are spent first, one a question.

    A trouble is (status, headers, body), or "half" for an answer that stops half-way.
    """

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.rows, self.asked, self.troubles = [row()], [], []
        self.titles = dict(TITLES)
        self.rows_per_page, self.name_of_next, self.next_host = 5000, "next_url", ""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/v3"

    def matching(self, path):
        """The rows, or the titles, that the path asks for."""
        parts = path.removeprefix("/v3/").split("/")
        if parts[0] == "kpi":
            return [{"id": code, "title": self.titles[code]} for code in parts[1].split(",") if code in self.titles]
        kpis, places, years = (part.split(",") for part in parts[2::2])
        assert max(map(len, (kpis, places, years))) <= 25
        return [
            one
            for one in self.rows
            if not isinstance(one, dict)
            or one.get("kpi", kpis[0]) in kpis
            and one.get("municipality", "") in {*places, "0024", "9999"}
            and str(one.get("period", years[0])) in years
        ]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.server
        known.asked.append(self.path)
        trouble = known.troubles.pop(0) if known.troubles else None
        if trouble == "half":
            return self.answer(200, {"Content-Length": "1000"}, b'{"count": 1, "values": [{"kpi": "N07')
        if trouble:
            return self.answer(*trouble)
        address = urlsplit(self.path)
        query = {name: int(values[0]) for name, values in parse_qs(address.query).items()}
        assert query["per_page"] == 5000
        return self.answer(200, {}, json.dumps(self.page(address.path, query.get("page", 1))).encode())

    def page(self, path, number):
        known = self.server
        found = known.matching(path)
        first = (number - 1) * known.rows_per_page
        shown = found[first : first + known.rows_per_page]
        following = None
        if first + known.rows_per_page < len(found):
            host = known.next_host or f"http://127.0.0.1:{known.server_port}"
            following = f"{host}{path}?page={number + 1}&per_page=5000"
        return {"count": len(shown), "values": shown, known.name_of_next: following}

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Nothing: the test says what it expects."""


@contextmanager
def kolada_answers():
    with StandIn() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
