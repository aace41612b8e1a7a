"""A small provider of identities, which says of everybody what a test told it to say."""

import base64
import hashlib
import secrets
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "tidemark", "known to both"


class IdentityProvider:
    """`claims` go into the token; `signs_with` is another key than the published one where a test wants that."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.key = self.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
        self.claims: dict[str, object] = {}
        self._asked: dict[str, dict[str, str]] = {}
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._configuration),
                Route("/authorize", self._authorize),
                Route("/token", self._token, methods=["POST"]),
                Route("/keys", lambda request: JSONResponse({"keys": [self.key.as_dict(private=False)]})),
            ]
        )

    def _configuration(self, request):
        places = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        return JSONResponse(
            {name: f"{self.address}/{path}" for name, path in places.items()}
            | {"issuer": self.address, "id_token_signing_alg_values_supported": ["RS256"]}
        )

    def _authorize(self, request):
        asked = dict(request.query_params)
        code = secrets.token_hex(8)
        self._asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def _token(self, request):
        given = dict(await request.form())
        asked = self._asked.pop(given["code"], None)
        if asked is None:
            return JSONResponse({"error": "invalid_grant"}, 400)
        proof = base64.urlsafe_b64encode(hashlib.sha256(given["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        assert proof == asked["code_challenge"]
        client = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        assert request.headers["authorization"] == f"Basic {client}"
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT_ID, "sub": "1", "iat": now, "exp": now + 60}
        claims |= {"nonce": asked["nonce"]} | self.claims
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token})


@contextmanager
def serving(port: int):
    """A provider that answers on a port of this machine."""
    provider = IdentityProvider(port)
    server = uvicorn.Server(uvicorn.Config(provider.app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield provider
    server.should_exit = True
    thread.join()
