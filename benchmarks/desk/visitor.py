"""Somebody with a browser, as a proxy hands their requests on."""

from __future__ import annotations

import gzip
import re
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode

from benchmarks.desk.operations import Operation
from benchmarks.desk.server import Server

CSRF = "x" * 32


@dataclass
class Answer:
    """What came back: milliseconds until all of it was read, kB as it came, and its text."""

    took: float
    size: float
    text: str


@dataclass
class Visitor:
    server: Server
    rounds: dict[int, dict[str, str]] = field(default_factory=dict)  # what was kept in each

    def __post_init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", self.server.port, timeout=120)

    def ask(self, operation: Operation, nth: int) -> Answer:
        """Ask for the operation in the `nth` round; raises SystemExit where the answer is not as wanted."""
        kept = self.rounds.setdefault(nth, {})
        names = {**self.server.wanted["names"], "words": words(nth), **kept}
        path = quote(operation.path.format(**names), safe="/?&=")
        data = urlencode({key: value.format(**names) for key, value in operation.data.items()})
        self.connection.connect()  # the server closes one that nobody has used for a while
        started = time.perf_counter()
        self.connection.request(
            "POST" if operation.writes else "GET", path, data or None, self.headers(operation)
        )
        response = self.connection.getresponse()
        body = response.read()
        took = (time.perf_counter() - started) * 1000
        self.connection.close()
        packed = response.headers.get("Content-Encoding") == "gzip"
        text = (gzip.decompress(body) if packed else body).decode()
        if response.status != operation.status:
            raise SystemExit(f"{operation.name}: {response.status} at {path}\n{reason(text)}")
        self.keep(operation, kept, f"{response.headers.get('Location', '')}\n{text}")
        return Answer(took, len(body) / 1000, text)

    def keep(self, operation: Operation, kept: dict[str, str], text: str) -> None:
        name, pattern = operation.keep
        if name:
            found = re.search(pattern, text)
            if not found:
                raise SystemExit(f"{operation.name}: no {name} in the answer")
            kept[name] = found[1]

    def headers(self, operation: Operation) -> dict[str, Any]:
        """As a proxy hands them on."""
        wanted = self.server.wanted
        headers = {
            "Host": "localhost",
            "X-Forwarded-Proto": "https",
            "Referer": "https://localhost/",
            "Accept-Language": "zh-CN",
            "Accept-Encoding": "gzip",
        }
        if operation.who == "token":
            return {**headers, "Authorization": f"Bearer {wanted['token']}"}
        cookies = f"csrftoken={CSRF}"
        if operation.who:
            cookies += f"; sessionid={wanted['sessions'][operation.who]}"
        if operation.writes:
            headers |= {"X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        if operation.live:
            headers["HX-Request"] = "true"
        return {**headers, "Cookie": cookies}


def words(nth: int) -> str:
    """Twelve characters, others in each round: nothing is taken for the same request."""
    return "".join(chr(0x4E00 + (nth * 397 + place * 1009) % 6000) for place in range(12))


def reason(text: str) -> str:
    """What a refused form says, else the words of the page."""
    errors = re.findall(r'class="[^"]*error[^"]*"[^>]*>([^<]+)', text)
    return " · ".join(errors) or " ".join(re.sub(r"<[^>]+>", " ", text).split())[:500]
