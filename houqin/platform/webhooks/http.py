"""One POST to an address that somebody typed into a form, and that may therefore be anything."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 5.0  # for one answer to begin
MOST_SECONDS = 15.0  # for the whole exchange
MOST_BYTES = 64 * 1024
PORTS = {"http": 80, "https": 443}
JSON = "application/json; charset=utf-8"


class NotAnAddress(Exception):
    """Nothing may be sent there: NO_ADDRESS or PRIVATE says why, in a word that no language changes."""


NO_ADDRESS, PRIVATE = "no address", "private address"


class Watch(threading.Timer):
    """Ends a connection that takes longer than MOST_SECONDS, however slowly it keeps talking."""

    def __init__(self, wire: socket.socket) -> None:
        super().__init__(MOST_SECONDS, self.cut)
        self.wire, self.has_cut, self.daemon = wire, False, True

    def cut(self) -> None:
        self.has_cut = True
        with suppress(OSError):  # it has just ended by itself
            self.wire.shutdown(socket.SHUT_RDWR)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """POST `body` (JSON) to `url`; the status and the first 64 KB of the answer. No redirect is followed.

    Raises NotAnAddress, OSError where nobody can be reached and HTTPException where somebody does not speak
    HTTP. The connection goes to the very machine that was checked, whatever the name says a moment later.
    """
    wire = _connected(url)
    watch = Watch(wire)
    watch.start()
    try:
        answer = _converse(wire, url, body, headers)
    finally:
        watch.cancel()
        wire.close()
    if watch.has_cut:  # what came until then looks like an answer that was complete
        raise TimeoutError
    return answer


def _connected(url: str) -> socket.socket:
    """A wire to the machine behind `url`; nothing has been said yet, not even for TLS."""
    parts = urlsplit(url)
    wire = socket.create_connection((checked(url), parts.port or PORTS[parts.scheme]), SECONDS)
    if parts.scheme != "https":
        return wire
    trust = ssl.create_default_context()
    host = str(parts.hostname)
    return trust.wrap_socket(wire, server_hostname=host, do_handshake_on_connect=False)


def _converse(
    wire: socket.socket, url: str, body: bytes, headers: Mapping[str, str]
) -> tuple[int, bytes]:
    """Ask and listen on a connection that is open; TLS proves that it is with whom the name says."""
    parts = urlsplit(url)
    connection = _connection(wire)(str(parts.hostname), parts.port)
    connection.sock = wire
    path = f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}"
    told = {"Content-Type": JSON, "User-Agent": "Houqin", "Connection": "close"} | dict(headers)
    connection.request("POST", path, body, told)
    with connection.getresponse() as answer:
        return answer.status, answer.read(MOST_BYTES)


def checked(url: str) -> str:
    """The machine behind `url`, as an IP address to which something may be sent; NotAnAddress else."""
    host = refuse_what_is_no_address(url)
    addresses = [row[4][0] for row in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]
    if not all(_allowed(str(each)) for each in addresses):
        raise NotAnAddress(PRIVATE)
    return str(addresses[0])


def refuse_what_is_no_address(url: str) -> str:
    """The host of `url`; NotAnAddress unless it is an http or https address without a name and password."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        raise NotAnAddress(NO_ADDRESS) from None
    printable = url.isascii() and url.isprintable() and " " not in url
    if not (usable and printable) or parts.username is not None:
        raise NotAnAddress(NO_ADDRESS)
    return str(parts.hostname)


def _allowed(address: str) -> bool:
    """Whether `address` is on the open Internet, or, by setting, inside the house. Never the machine's own
    net, where clouds keep their keys (169.254.169.254)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    return ip.is_global or bool(settings.ALLOW_PRIVATE_HOOKS)


def _connection(wire: socket.socket) -> type[http.client.HTTPConnection]:
    """The kind of connection that speaks over `wire`, which shakes hands first where it is TLS."""
    if not isinstance(wire, ssl.SSLSocket):
        return http.client.HTTPConnection
    wire.do_handshake()
    return http.client.HTTPSConnection
