"""A session with the API of a running openIMIS: login, CSRF token, queries. It changes nothing in the system.

The login works with every release from core 1.8 (2024) on: docs/openimis.md, "How it logs in".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests
from requests.auth import AuthBase

import imis_plan
from imis_plan.openimis.address import Address
from imis_plan.openimis.destination import LoopbackAdapter
from imis_plan.openimis.errors import FactUnavailable, SystemUnavailable
from imis_plan.openimis.limits import CHUNK_BYTES, limited_body, within_time
from imis_plan.openimis.responses import (
    CONNECTION_ERRORS,
    Response,
    checked_count,
    connection_error_message,
    description,
    first_error,
    graphql_data,
    json_object,
    nested_value,
    redirect_message,
)
from imis_plan.openimis.visible_text import excerpt
from imis_plan.sentence import sentence

USER_AGENT = f"imis_plan/{imis_plan.__version__}"
CONNECT_SECONDS, TIMEOUT_SECONDS = 10.0, 60.0
REDIRECTS = range(300, 400)
LOGIN_PATH = "api/api_fhir_r4/login/"
GRAPHQL_PATH = "api/graphql"
FHIR_PATH = "api/api_fhir_r4"
TOKEN_MUTATION = "mutation($u: String!, $p: String!) { tokenAuth(username: $u, password: $p) { token } }"  # noqa: S105  # no password
CSRF_MUTATION = "mutation { getCsrfToken { csrfToken } }"
# The characters of a header without blanks. A backslash is none of a token: it begins the escape of an invisible character.
TOKEN = re.compile(r"[!-\[\]-~]+")
SESSION_COOKIES = ("openimis_session", "sessionid")
NOT_REPEATED = sentence(
    "The login was not repeated, since five wrong passwords block all users of this network address for some minutes."
)


@dataclass(frozen=True)
class Bearer(AuthBase):
    """The token of a login, in memory only. An explicit `auth` also keeps `requests` from using passwords of ~/.netrc."""

    token: str = field(default="", repr=False)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the token to the headers of a request."""
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request


class SessionWithoutRedirects(requests.Session):
    """Follows no redirect, and does not look at its address."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # the signature of `requests`
        """None, whatever the response says."""


@dataclass
class Session:
    """Requests to one address; `release` is the release as far as the login shows it."""

    address: Address
    http: requests.Session = field(repr=False)
    timeout: float = TIMEOUT_SECONDS
    release: str = ""

    def send(self, method: str, path: str, **options: Any) -> Response:
        """The response to one request, within the limits of time and size.

        Raises SystemUnavailable if there is none.
        """
        try:
            response = within_time(self.timeout, lambda: self.exchange(method, path, **options))
        except CONNECTION_ERRORS as error:
            raise SystemUnavailable(connection_error_message(error, self.address, CONNECT_SECONDS, self.timeout)) from None
        if response.status in REDIRECTS:
            raise SystemUnavailable(redirect_message(response, self.address))
        return response

    def exchange(self, method: str, path: str, **options: Any) -> Response:
        """Send a request and read its response."""
        # The certificates are given with each request: REQUESTS_CA_BUNDLE of the environment has priority over the session's setting.
        with self.http.request(
            method,
            f"{self.address.text}/{path}",
            timeout=(min(CONNECT_SECONDS, self.timeout), self.timeout),
            allow_redirects=False,
            verify=self.http.verify,
            stream=True,
            **options,
        ) as answer:
            body = limited_body(answer.iter_content(CHUNK_BYTES), self.timeout)
            return Response(
                answer.status_code,
                excerpt(answer.headers.get("Content-Type", "")),
                excerpt(answer.headers.get("Location", "")),
                body,
            )

    def post(self, query: str, variables: Mapping[str, Any]) -> Response:
        """The response to a GraphQL request."""
        return self.send("POST", GRAPHQL_PATH, json={"query": query, "variables": dict(variables)})

    def query_data(self, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The data of a query.

        Raises FactUnavailable if this account or installation does not answer it, SystemUnavailable if it will answer no query.
        """
        answer = self.post(query, {name: value for name, value in (variables or {}).items() if f"${name}" in query})
        if answer.status == HTTPStatus.UNAUTHORIZED:
            raise SystemUnavailable(sentence("The server no longer accepts the token of this login. Run the command again."))
        if answer.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise SystemUnavailable(
                sentence(
                    "The server limits the number of requests per minute (HTTP 429). Wait a few minutes, then run the command again."
                )
            )
        return graphql_data(answer)

    def total_count(self, resource: str, **filters: str) -> int:
        """The total of a FHIR resource."""
        answer = self.send("GET", f"{FHIR_PATH}/{resource}/", params={"_count": 1, **filters})
        if answer.status == HTTPStatus.NOT_FOUND:
            raise FactUnavailable("the FHIR module is not installed", "install api_fhir_r4, or read the database")
        if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise FactUnavailable(
                sentence("the account lacks the right to read FHIR {resource}", resource=resource),
                "grant the right, see docs/openimis.md",
            )
        total_count = nested_value(json_object(answer), "total") if answer.status == HTTPStatus.OK else None
        if total_count is None:
            raise FactUnavailable(
                sentence("FHIR {resource} returned HTTP {status} without a total", resource=resource, status=int(answer.status)),
                "ask the administrator of the server; its log has the reason",
            )
        return checked_count(total_count)


def log_in(address: Address, user: str, password: str, ca_file: Path | None = None, timeout: float = TIMEOUT_SECONDS) -> Session:
    """Log in, once.

    ca_file : certificates to trust in place of the system's

    Raises SystemUnavailable if the login fails.
    """
    http = SessionWithoutRedirects()
    http.headers.update(
        {"User-Agent": USER_AGENT, "Referer": f"{address.text}/", "Accept": "application/json", "Accept-Encoding": "gzip"}
    )
    http.auth = Bearer()
    if address.is_loopback:
        # No proxy: it would read what is sent without TLS, and its localhost is another machine.
        http.trust_env = False
        http.mount("http://", LoopbackAdapter())
    if ca_file:
        http.verify = str(ca_file)
    session = Session(address, http, timeout)
    http.auth = Bearer(login_token(session, user, password))
    session.release = fetch_csrf_token(session)
    return session


def login_token(session: Session, user: str, password: str) -> str:
    """The token of a login through FHIR, or through GraphQL where FHIR is not installed. A refused password is never sent again."""
    answer = session.send("POST", LOGIN_PATH, json={"username": user, "password": password})
    if answer.status != HTTPStatus.NOT_FOUND:
        return checked_token(answer, nested_value(json_object(answer), "token"), user)
    answer = session.post(TOKEN_MUTATION, {"u": user, "p": password})
    content = json_object(answer) or {}
    if "CSRF" in first_error(content):
        raise SystemUnavailable(
            sentence(
                "In this release programs log in through the FHIR module, which is not installed there. Read the database, or ask for api_fhir_r4."
            )
        )
    return checked_token(answer, nested_value(content, "data", "tokenAuth", "token"), user, first_error(content))


def checked_token(answer: Response, token: Any, user: str, error: str = "") -> str:
    """The token of a login.

    Raises SystemUnavailable with the reason if there is none.
    """
    if is_token(token) and answer.status in (HTTPStatus.OK, HTTPStatus.CREATED):
        return str(token)
    status = answer.status
    if status == HTTPStatus.TOO_MANY_REQUESTS or "attempts" in error:
        raise SystemUnavailable(
            sentence(
                "The server has blocked this network address after too many wrong passwords. Wait five minutes. {login}",
                login=NOT_REPEATED,
            )
        )
    # Releases up to core 1.9 refuse a password with 400 and nothing else.
    if status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or "CREDENTIALS" in error:
        raise SystemUnavailable(
            sentence(
                "The server does not accept this password for {user}, or the account is locked. {login}",
                user=user,
                login=NOT_REPEATED,
            )
        )
    if status == HTTPStatus.NOT_FOUND:
        raise SystemUnavailable(
            sentence("There is no openIMIS at this address: it has neither FHIR nor GraphQL. Give the address without the path.")
        )
    raise SystemUnavailable(
        sentence(
            "The response to the login was HTTP {status} without a token: {response}. {login}",
            status=int(status),
            response=description(answer),
            login=NOT_REPEATED,
        )
    )


def is_token(value: Any) -> bool:
    """Whether a value can be sent as a token in a header."""
    return isinstance(value, str) and TOKEN.fullmatch(value) is not None


def fetch_csrf_token(session: Session) -> str:
    """Get the CSRF token that list queries need from core 1.9 on. Returns the release as far as this shows it."""
    answer = session.post(CSRF_MUTATION, {})
    content = json_object(answer) or {}
    token = nested_value(content, "data", "getCsrfToken", "csrfToken")
    if is_token(token):
        session.http.headers["X-CSRFToken"] = token
        has_session = any(cookie.name in SESSION_COOKIES for cookie in session.http.cookies)
        return "core 1.10 or later" if has_session else "core 1.9"
    if answer.status == HTTPStatus.BAD_REQUEST and "Cannot query field" in first_error(content):
        return "core 1.8 or earlier"
    raise SystemUnavailable(
        sentence(
            "The server returned no CSRF token (HTTP {status}): {reason}.",
            status=int(answer.status),
            reason=first_error(content) or description(answer),
        )
    )
