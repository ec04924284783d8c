"""An identity provider of our own (OpenID Connect), on a real port, with real RS256 signatures.

`provider.person` is who signs in there; `provider.lie` changes what its tokens claim, `provider.forge` signs
them with a key that is not its own. It holds the client to PKCE: a wrong verifier gets no token.
"""

import base64
import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "houqin", "the-secret-of-the-client"
OUT = "/signin/outside/"
# Made once: a key of 2,048 bits takes a moment.
KEY, FOREIGN = (RSAKey.generate_key(2048, {"kid": name, "use": "sig"}) for name in ("one", "one"))


class Provider:
    def __init__(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.provider = self
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.person = {
            "sub": "u-1",
            "name": "吴工",
            "email": "wu@example.org",
            "email_verified": True,
        }
        self.lie = {}
        self.forge = False
        self.granted = {}  # code → what the authorisation request asked
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def authorise(self, asked):
        """What its sign-in page would do at the press of a button: back to the client with a code."""
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert {"nonce", "state", "code_challenge"} <= set(asked)
        code = f"code-{len(self.granted)}"
        self.granted[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, sent, authorization):
        asked = self.granted.pop(sent.get("code"), None)
        secret = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if not asked or authorization != f"Basic {secret}" or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
        }
        key = FOREIGN if self.forge else KEY
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.person | self.lie, key)
        return 200, {
            "access_token": "t",
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": signed,
        }

    def metadata(self):
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/jwks",
            "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        provider, path = self.server.provider, urlsplit(self.path)
        if path.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(path.query).items()}
            self.send_response(302)
            self.send_header("Location", provider.authorise(asked))
            self.end_headers()
        elif path.path == "/jwks":
            self._answer(200, {"keys": [KEY.as_dict(private=False)]})
        else:
            self._answer(200, provider.metadata())

    def do_POST(self):
        asked = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        first = {name: values[0] for name, values in asked.items()}
        self._answer(*self.server.provider.token(first, self.headers.get("Authorization")))

    def _answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def through_the_provider(client, wanted="/notices/"):
    """Press the button, press the provider's, and come back: the answer of the house."""
    leaving = client.get(OUT, {"next": wanted})
    assert leaving.status_code == 302
    try:
        build_opener(_Stay).open(leaving.url)
    except OSError as redirect:  # a redirect that is not followed is raised
        back = redirect.headers["Location"]
    assert back.startswith("http://testserver/signin/outside/back/")
    return client.get(back.removeprefix("http://testserver"))
