"""What may be sent where: an address is typed by somebody and may be anything."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.client import HTTPException

import pytest

from houqin.platform.webhooks import http
from houqin.platform.webhooks.http import NotAnAddress, checked, post

WRONG = [
    "ftp://example.org/", "file:///etc/passwd", "example.org/hook", "http://", "http://a b/", "",
    "javascript:x",
    "http://me:secret@example.org/", "http://example.org:99999/", "http://例子.测试/", "http://[::1/",
    "http://x\r\nHost: y/",
]  # fmt: skip


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_is_refused_with_a_sentence(url):
    with pytest.raises(NotAnAddress, match="no address"):
        checked(url)


PRIVATE = [
    "127.0.0.1",
    "10.1.2.3",
    "192.168.0.1",
    "172.16.0.9",
    "[::1]",
    "[fd00::1]",
    "[::ffff:10.0.0.1]",
    "100.64.0.1",
]
NEVER = ["169.254.169.254", "[fe80::1]", "0.0.0.0", "224.0.0.1", "[::ffff:169.254.169.254]"]


@pytest.mark.parametrize("host", PRIVATE)
def test_inside_the_house_only_where_the_setting_allows_it(host, settings):
    settings.ALLOW_PRIVATE_HOOKS = False
    with pytest.raises(NotAnAddress, match="private address"):
        checked(f"http://{host}/")
    settings.ALLOW_PRIVATE_HOOKS = True
    assert checked(f"http://{host}/") == host.strip("[]")


@pytest.mark.parametrize("host", NEVER)
def test_where_clouds_keep_their_keys_never(host, settings):
    settings.ALLOW_PRIVATE_HOOKS = True
    with pytest.raises(NotAnAddress):
        checked(f"http://{host}/")


def test_a_name_is_judged_by_every_machine_that_it_stands_for(settings, monkeypatch):
    settings.ALLOW_PRIVATE_HOOKS = False
    known = {"mixed.example": ["93.184.216.34", "10.0.0.1"], "good.example": ["93.184.216.34"]}

    def resolve(host, port, **_how):
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]
        ]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    assert checked("https://good.example/hook") == "93.184.216.34"
    with pytest.raises(NotAnAddress):
        checked("https://mixed.example/hook")


@contextmanager
def answering(answer, *, pause=0.0, times=1, wrap=lambda wire: wire):
    """A machine that answers a connection with these bytes, `times` over, a `pause` between."""
    listener = socket.create_server(("127.0.0.1", 0))
    heard = []

    def work():
        try:
            wire, _who = listener.accept()
            wire = wrap(wire)
            heard.append(wire.recv(65536))
            for _nth in range(times):
                wire.sendall(answer)
                time.sleep(pause)
            # Closed with something unread, a connection is reset and takes the answer with it.
            while wire.recv(65536):
                pass
            wire.close()
        except OSError:
            return

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/in?key=a%20b", heard
    finally:
        listener.close()
        thread.join(timeout=5)


def test_a_post_arrives_as_it_was_written():
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as (url, heard):
        assert post(url, "好".encode(), {"X-Mine": "1"}) == (200, b"{}")
    assert heard[0].startswith(b"POST /in?key=a%20b HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"X-Mine: 1\r\n" in heard[0]


def test_no_redirect_is_followed():
    with answering(
        b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
    ) as (url, _):
        assert post(url, b"{}", {}) == (302, b"")


def test_who_does_not_speak_http_and_who_is_not_there_is_an_error_of_theirs():
    with answering(b"220 mail.example.org ESMTP\r\n") as (url, _), pytest.raises(HTTPException):
        post(url, b"{}", {})
    with pytest.raises(ConnectionRefusedError):
        post(url, b"{}", {})


def test_who_drips_is_cut_off(monkeypatch):
    monkeypatch.setattr(http, "MOST_SECONDS", 0.3)
    started = time.monotonic()
    with answering(b"HTTP/1.1 200 OK\r\nX: y\r\n", pause=0.05, times=60) as (url, _):
        with pytest.raises((HTTPException, OSError)):
            post(url, b"{}", {})
        assert time.monotonic() - started < 2


@pytest.fixture
def keys(tmp_path):
    """A certificate for 127.0.0.1 that nobody knows yet, with its key."""
    pem = tmp_path / "both.pem"
    openssl = shutil.which("openssl") or pytest.skip("no openssl here")
    name = ["-subj", "/CN=here", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    command = [
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        *name,
        "-keyout",
        pem,
        "-out",
        tmp_path / "c",
    ]
    subprocess.run(command, check=True, capture_output=True)
    pem.write_bytes(pem.read_bytes() + (tmp_path / "c").read_bytes())
    return pem


def test_tls_is_spoken_with_whom_the_certificate_names_and_nobody_else(keys, monkeypatch):
    serve = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serve.load_cert_chain(keys)

    def wrap(wire):
        return serve.wrap_socket(wire, server_side=True)

    fine = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with answering(fine, wrap=wrap) as (url, heard), pytest.raises(ssl.SSLCertVerificationError):
        post(url.replace("http:", "https:"), b"{}", {})
    assert heard == []
    monkeypatch.setenv("SSL_CERT_FILE", str(keys))
    with answering(fine, wrap=wrap) as (url, heard):
        assert post(url.replace("http:", "https:"), b"{}", {}) == (200, b"{}")
    assert heard[0].startswith(b"POST /in?key=a%20b")
