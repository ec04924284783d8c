"""Servers that receive what the house sends, and that are as strict as the real ones: a mail server, the
three group robots by their public documents, and another system that checks our signature.

They know nothing of the code under test; each runs in a thread of its own at a free port of this machine.
"""

import base64
import email
import hashlib
import hmac
import json
import socketserver
import threading
from contextlib import contextmanager
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

HOUR = 3600


class Receiver:
    """One robot or system. `clock()` is its time in seconds; `accepted` holds the bodies it took."""

    def __init__(self, clock, secret=""):
        self.clock, self.secret = clock, secret
        self.accepted, self.refused, self.headers = [], [], []

    def answer(self, query, headers, body):
        """The status and the JSON that a request is answered with."""
        try:
            message = json.loads(body)
        except ValueError:
            return 400, {}
        code = self.judge(query, headers, body, message)
        if code:
            self.refused.append(code)
        else:
            self.accepted.append(message)
            self.headers.append(dict(headers))
        return self.reply(code)


class WeCom(Receiver):
    """https://developer.work.weixin.qq.com/document/path/91770"""

    def judge(self, query, headers, body, message):
        if query.get("key") != ["the-key-of-the-group"]:
            return 93000  # invalid webhook url
        kind = message.get("msgtype")
        if kind == "markdown" and set(message) == {"msgtype", "markdown"}:
            content, longest = message["markdown"]["content"], 4096
        elif kind == "text" and set(message) == {"msgtype", "text"}:
            content, longest = message["text"]["content"], 2048
        else:
            return 40008  # invalid message type
        return 0 if content and len(content.encode()) <= longest else 40058

    def reply(self, code):
        return 200, {"errcode": code, "errmsg": "ok" if not code else "refused"}


class DingTalk(Receiver):
    """https://open.dingtalk.com/document/orgapp/customize-robot-security-settings"""

    def judge(self, query, headers, body, message):
        if query.get("access_token") != ["the-token-of-the-group"]:
            return 300001
        stamp, sign = query.get("timestamp", ["0"])[0], query.get("sign", [""])[0]
        wanted = hmac.digest(
            self.secret.encode(), f"{stamp}\n{self.secret}".encode(), hashlib.sha256
        )
        late = abs(int(stamp) / 1000 - self.clock()) > HOUR
        if late or sign != base64.b64encode(wanted).decode():
            return 310000  # sign not match
        shaped = message.get("msgtype") == "markdown" and {"title", "text"} == set(
            message["markdown"]
        )
        return 0 if shaped and isinstance(message["at"]["isAtAll"], bool) else 400105

    def reply(self, code):
        return 200, {"errcode": code, "errmsg": "ok" if not code else "refused"}


class Feishu(Receiver):
    """https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot"""

    def judge(self, query, headers, body, message):
        stamp = message.get("timestamp", "0")
        wanted = hmac.digest(f"{stamp}\n{self.secret}".encode(), b"", hashlib.sha256)
        late = abs(int(stamp) - self.clock()) > HOUR
        if late or message.get("sign") != base64.b64encode(wanted).decode():
            return 19021  # sign match fail or timestamp is not within one hour from current time
        card = message.get("card", {})
        shaped = (
            message.get("msg_type") == "interactive"
            and card["header"]["title"]["tag"] == "plain_text"
        )
        return 0 if shaped and card["elements"] and len(body) <= 20_000 else 9499

    def reply(self, code):
        return 200, {"code": code, "msg": "success" if not code else "refused", "data": {}}


class OtherSystem(Receiver):
    """Checks our own signature, as docs/webhooks.md tells its owner to. `status` is what it answers then."""

    status = 200

    def judge(self, query, headers, body, message):
        signature = dict(part.split("=", 1) for part in headers["X-Houqin-Signature"].split(","))
        wanted = hmac.new(
            self.secret.encode(), signature["t"].encode() + b"." + body, hashlib.sha256
        ).hexdigest()
        if (
            not hmac.compare_digest(wanted, signature["v1"])
            or abs(int(signature["t"]) - self.clock()) > 300
        ):
            return 401
        return 0 if self.status == 200 else self.status

    def reply(self, code):
        return code or 200, {}


@contextmanager
def listening(receiver):
    """Let `receiver` listen; its address. When the block ends nobody is there: connections are refused."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status, reply = receiver.answer(parse_qs(urlsplit(self.path).query), self.headers, body)
            out = json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(out)))
            self.end_headers()
            self.wfile.write(out)

        def log_message(self, *_what):
            pass

    with _running(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as port:
        yield f"http://127.0.0.1:{port}/"


class MailServer:
    """Takes letters as RFC 5321 says, at a port that stays the same while it is down; `letters` in order.
    An address in `unknown` is refused for good."""

    def __init__(self):
        self.letters, self.unknown = [], set()
        with socketserver.TCPServer(("127.0.0.1", 0), None) as free:
            self.port = free.server_address[1]

    @contextmanager
    def up(self):
        house = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                _converse(house, self)

        server = socketserver.ThreadingTCPServer
        server.allow_reuse_address = server.daemon_threads = True
        with _running(server(("127.0.0.1", self.port), Handler)):
            yield


def _converse(house, wire):
    """One SMTP session, as far as sending mail needs it."""
    say = lambda line: wire.wfile.write(line.encode() + b"\r\n")  # noqa: E731
    say("220 here")
    for raw in wire.rfile:
        command = raw.decode().strip()
        if command[:4].upper() == "DATA":
            say("354 go on")
            lines = iter(lambda: wire.rfile.readline(), b".\r\n")
            house.letters.append(email.message_from_bytes(b"".join(lines), policy=default))
            say("250 taken")
        elif command[:4].upper() == "RCPT" and any(address in command for address in house.unknown):
            say("550 no such user")
        elif command[:4].upper() == "QUIT":
            say("221 bye")
            return
        else:
            say("250 fine")


@contextmanager
def _running(server):
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
