"""A small OpenID Connect provider on loopback: authorisation code flow with PKCE, RS256, JWKS."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "hpmap", "a secret of the test only"


@dataclass
class Provider:
    """Says of everybody who comes that they are ``claims``; keeps what was asked of it."""

    claims: dict[str, Any]
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1"}))
    signing: RSAKey | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    address: str = ""
    server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        """Begin to answer on a free port of this machine."""
        provider = self

        class Handler(_Handler):
            about = provider

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End it."""
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()

    def token(self, code: str, verifier: str) -> dict[str, Any] | None:
        """Return the tokens of a code, which is spent by it."""
        asked = self.codes.pop(code, None)
        if asked is None:
            return None
        digest = hashlib.sha256(verifier.encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked.get("code_challenge") != challenge:
            return None
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 600}
        claims |= {"nonce": asked["nonce"]} | self.claims
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.signing or self.key)
        return {"access_token": secrets.token_urlsafe(), "token_type": "Bearer",
                "expires_in": 600, "id_token": signed}  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    about: Provider

    def do_GET(self) -> None:
        """Answer discovery, keys, the sign-in itself and the sign-out."""
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.about.asked.append(parts.path)
        base = self.about.address
        if parts.path == "/.well-known/openid-configuration":
            self._json({
                "issuer": base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "jwks_uri": f"{base}/jwks",
                "end_session_endpoint": f"{base}/end",
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
            })  # fmt: skip
        elif parts.path == "/jwks":
            self._json({"keys": [self.about.key.as_dict(private=False)]})
        elif parts.path == "/authorize":
            code = secrets.token_urlsafe()
            self.about.codes[code] = asked
            back = {"code": code, "state": asked["state"]}
            self._redirect(f"{asked['redirect_uri']}?{urlencode(back)}")
        elif parts.path == "/end":
            self._redirect(asked.get("post_logout_redirect_uri", base))
        else:
            self._json({"error": "not found"}, 404)

    def do_POST(self) -> None:
        """Give the tokens of a code."""
        self.about.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "+").encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        known = self.headers.get("Authorization", "") in {f"Basic {basic}", f"Basic {plain}"}
        token = self.about.token(form.get("code", ""), form.get("code_verifier", ""))
        if not known or token is None:
            self._json({"error": "invalid_grant"}, 400)
        else:
            self._json(token)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing on standard error."""

    def _json(self, data: object, status: int = 200) -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()
