"""A small server that replays what real openIMIS backends answered: releases of May 2026 and November 2024, recorded by `make record-live`.

The answers are openIMIS's own, except for tokens, cookies and uuids. Around them it copies the traps: a login that locks after five wrong
passwords, list queries that want cookie and CSRF token, HTTP 400 for a query that nobody recorded. A test can put any answer in place of one.
"""

import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

RECORDED = Path(__file__).parent / "recorded"
PASSWORD = "Right-1-password"  # noqa: S105  # of a server that exists for a test
TOKEN, CSRF, COOKIE = "token-of-", "csrf-of-", "openimis_session"
LOCKED_AFTER = 5
REDIRECTS = range(300, 400)
# Answered without a CSRF token in every release.
FREE = ("userDistricts", "getCsrfToken", "tokenAuth", "claimAdmins")
Answer = tuple[int, str, str]
ERROR_PAGE = "<h1>Server Error (500)</h1>"


@cache
def recorded(release: str) -> dict[str, list[dict[str, Any]]]:
    """Exchanges by account."""
    return dict(json.loads((RECORDED / f"{release}.json").read_text(encoding="utf-8"))["accounts"])


class Fake:
    """The server's state: what it replays, what a test puts in its place, and what it was asked."""

    def __init__(
        self,
        release: str = "2026-05",
        instead: dict[str, Answer] | None = None,
        *,
        fhir: bool = True,
        cookie: bool = True,
        wait: float = 0,
    ) -> None:
        self.release, self.instead, self.fhir, self.cookie, self.wait = release, instead or {}, fhir, cookie, wait
        self.wrong = 0
        self.asked: list[tuple[str, dict[str, str], str]] = []
        self.address = ""

    @property
    def logins(self) -> list[str]:
        """Bodies of all requests that held a password."""
        return [body for _, _, body in self.asked if "password" in body or "tokenAuth" in body]

    def login(self, account: str, password: str) -> Answer:
        """The login through FHIR."""
        if self.wrong >= LOCKED_AFTER - 1 or not self.fhir:
            return (429, "text/html", "Too many") if self.fhir else (404, "text/html", "Not Found")
        if password == PASSWORD and account in recorded(self.release):
            return 200, "application/json", json.dumps({"token": TOKEN + account, "exp": 0})
        self.wrong += 1
        wrong = recorded(self.release)["wrong"][0]
        return wrong["status"], "application/json", json.dumps(wrong["answer"])

    def graphql(self, account: str, head: dict[str, str], content: dict[str, Any]) -> Answer:
        """A query, or a mutation of the login."""
        query, variables = content["query"], content.get("variables") or {}
        for part, answer in self.instead.items():
            if part in query:
                return answer
        if "tokenAuth" in query:
            good = variables["p"] == PASSWORD
            data = {"data": {"tokenAuth": {"token": TOKEN + variables["u"]} if good else None}}
            return (
                200,
                "application/json",
                json.dumps(data if good else data | {"errors": [{"message": "INCORRECT_CREDENTIALS"}]}),
            )
        if not account:
            return 401, "application/json", '{"errors": [{"message": "JSONWebTokenError"}]}'
        if protected(self.release, query) and COOKIE not in head.get("Cookie", ""):
            return 200, "application/json", '{"errors": [{"message": "\'csrftoken\'"}], "data": {"insurees": null}}'
        if protected(self.release, query) and head.get("X-CSRFToken") != CSRF + account:
            return 200, "application/json", '{"errors": [{"message": "\'HTTP_X_CSRFTOKEN\'"}], "data": {"insurees": null}}'
        return self.replay(account, query, variables)

    def replay(self, account: str, query: str, variables: dict[str, Any]) -> Answer:
        """What was recorded."""
        for exchange in recorded(self.release)[account]:
            if exchange.get("query") == query and exchange.get("variables", {}) == variables:
                return exchange["status"], "application/json", json.dumps(exchange["answer"]).replace("<csrf>", CSRF + account)
        return (
            400,
            "application/json",
            json.dumps({"errors": [{"message": f'Cannot query field "nope" on type "Query". {query[:60]}'}]}),
        )

    def fhir_answer(self, account: str, path: str) -> Answer:
        """A FHIR resource."""
        for part, answer in self.instead.items():
            if part in path:
                return answer
        found = (exchange for exchange in recorded(self.release)[account] if exchange["path"] == path.lstrip("/"))
        exchange = next(found, None)
        return (
            (404, "text/html", "Not Found")
            if exchange is None
            else (exchange["status"], "application/json", json.dumps(exchange["answer"]))
        )


def protected(release: str, query: str) -> bool:
    """Whether a query wants cookie and CSRF token."""
    return release != "2024-11" and not any(name in query for name in FREE)


class Handler(BaseHTTPRequestHandler):
    """Requests of a server; `fake` is its state."""

    fake: Fake

    def do_GET(self) -> None:
        """A FHIR resource."""
        self.answered("")

    def do_POST(self) -> None:
        """A login or a query."""
        self.answered(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def answered(self, body: str) -> None:
        """Answer as a test wants it, else as it was recorded."""
        fake, head = self.fake, dict(self.headers.items())
        fake.asked.append((self.path, head, body))
        time.sleep(fake.wait)
        account = head.get("Authorization", "").partition(TOKEN)[2]
        if self.path in fake.instead:
            self.send(fake.instead[self.path])
        elif self.path.endswith("/login/"):
            content = json.loads(body)
            self.send(fake.login(content["username"], content["password"]))
        elif self.path == "/api/graphql":
            self.send(fake.graphql(account, head, json.loads(body)), cookie=fake.cookie and "getCsrfToken" in body)
        else:
            self.send(fake.fhir_answer(account, self.path))

    def send(self, answer: Answer, *, cookie: bool = False) -> None:
        """Send an answer; a client that waits no longer is no problem of ours."""
        status, kind, text = answer
        with suppress(BrokenPipeError, ConnectionResetError):
            self.send_response(status)
            if status in REDIRECTS:
                self.send_header("Location", text)
            if cookie:
                self.send_header("Set-Cookie", f"{COOKIE}=s1; Path=/")
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that keeps to itself when a client goes away, as one that refuses a certificate does."""

    daemon_threads = True

    def handle_error(self, *_arguments: Any) -> None:
        """Say nothing; a test looks at what the client was told."""


@contextmanager
def serving(fake: Fake, certificate: tuple[Path, Path] | None = None) -> Iterator[Fake]:
    """The server at work, on a free port of this machine; over TLS with a certificate and its key."""
    server = Quiet(("127.0.0.1", 0), type("Bound", (Handler,), {"fake": fake}))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.address = f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
