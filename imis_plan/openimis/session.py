"""A session with the interface of a running openIMIS over HTTP: login, CSRF token, questions. It reads, and writes nothing.

The way in works for every release from core 1.8 (2024) on: docs/openimis.md, "How it logs in".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import requests
from requests.auth import AuthBase

import imis_plan
from imis_plan.openimis.address import Address
from imis_plan.openimis.errors import Missing, Unreadable
from imis_plan.openimis.responses import data_of, elsewhere, excerpt, first_error, in_words, json_of, within

AGENT = f"imis_plan/{imis_plan.__version__}"
CONNECT, LIMIT = 10.0, 60.0
REDIRECTS = range(300, 400)
LOGIN = "api/api_fhir_r4/login/"
GRAPHQL = "api/graphql"
FHIR = "api/api_fhir_r4"
TOKEN_AUTH = "mutation($u: String!, $p: String!) { tokenAuth(username: $u, password: $p) { token } }"  # noqa: S105  # no secret
CSRF = "mutation { getCsrfToken { csrfToken } }"
SESSION_COOKIES = ("openimis_session", "sessionid")
NO_RETRY = "It was not tried again, since five wrong passwords lock out everybody at this network address for some minutes."


@dataclass(frozen=True)
class Bearer(AuthBase):
    """The token of a login, in memory only. Being set, it also keeps `requests` from looking for other secrets in ~/.netrc."""

    token: str = field(default="", repr=False)

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Put the token into the head of a request."""
        if self.token:
            request.headers["Authorization"] = f"Bearer {self.token}"
        return request


@dataclass
class Session:
    """Requests to one address; `release` is what the login shows of the release."""

    address: Address
    http: requests.Session = field(repr=False)
    timeout: float = LIMIT
    release: str = ""

    def send(self, method: str, path: str, **options: Any) -> requests.Response:
        """One request; whatever keeps it from an answer is said in words."""
        address = f"{self.address.text}/{path}"
        try:
            # Named with each request: REQUESTS_CA_BUNDLE of the environment would go before the session's own.
            answer = self.http.request(
                method, address, timeout=(CONNECT, self.timeout), allow_redirects=False, verify=self.http.verify, **options
            )
        except requests.exceptions.RequestException as error:
            raise Unreadable(in_words(error, self.address, CONNECT, self.timeout)) from None
        if answer.status_code in REDIRECTS:
            raise Unreadable(elsewhere(answer, self.address))
        return answer

    def post(self, query: str, variables: Mapping[str, Any]) -> requests.Response:
        """A GraphQL request."""
        return self.send("POST", GRAPHQL, json={"query": query, "variables": dict(variables)})

    def ask(self, query: str, variables: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The data that a query answers.

        Raises Missing for what this account or installation does not answer, Unreadable if nothing will be answered.
        """
        answer = self.post(query, {name: value for name, value in (variables or {}).items() if f"${name}" in query})
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            raise Unreadable("The server no longer takes the token of this login. Run the command again.")
        if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            raise Unreadable(
                "The server allows only so many requests a minute (HTTP 429). Wait a few minutes, then run the command again."
            )
        return data_of(answer)

    def total(self, resource: str, **filters: str) -> int:
        """The total of a FHIR resource."""
        answer = self.send("GET", f"{FHIR}/{resource}/", params={"_count": 1, **filters})
        if answer.status_code == HTTPStatus.NOT_FOUND:
            raise Missing("the FHIR module is not installed", "install api_fhir_r4, or read the database")
        if answer.status_code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            raise Missing(f"the account may not read FHIR {resource}", "grant the right, see docs/openimis.md")
        total = within(json_of(answer), "total") if answer.status_code == HTTPStatus.OK else None
        if not isinstance(total, int):
            raise Missing(
                f"FHIR {resource} answered HTTP {answer.status_code} without a total",
                "ask whoever runs the server; its log has the reason",
            )
        return total


def start(address: Address, user: str, password: str, ca_file: Path | None = None, timeout: float = LIMIT) -> Session:
    """Log in, once.

    ca_file : certificates to trust in place of the system's.

    Raises Unreadable when that fails, for whatever reason.
    """
    http = requests.Session()
    http.headers.update({"User-Agent": AGENT, "Referer": f"{address.text}/", "Accept": "application/json"})
    http.auth = Bearer()
    if ca_file:
        http.verify = str(ca_file)
    session = Session(address, http, timeout)
    http.auth = Bearer(token_of(session, user, password))
    session.release = protect(session)
    return session


def token_of(session: Session, user: str, password: str) -> str:
    """The token of a login through FHIR, or through GraphQL where there is no FHIR. A password is sent once."""
    answer = session.send("POST", LOGIN, json={"username": user, "password": password})
    if answer.status_code != HTTPStatus.NOT_FOUND:
        return token_in(answer, within(json_of(answer), "token"), user)
    answer = session.post(TOKEN_AUTH, {"u": user, "p": password})
    content = json_of(answer) or {}
    if "CSRF" in first_error(content):
        raise Unreadable(
            "This release lets a program log in only through its FHIR module, which is not installed there. Read the database, or ask for api_fhir_r4."
        )
    return token_in(answer, within(content, "data", "tokenAuth", "token"), user, first_error(content))


def token_in(answer: requests.Response, token: Any, user: str, error: str = "") -> str:
    """The token that a login answered, or why there is none."""
    if isinstance(token, str) and token and answer.status_code in (HTTPStatus.OK, HTTPStatus.CREATED):
        return token
    status = answer.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS or "attempts" in error:
        raise Unreadable(
            f"The server has locked this network address after too many wrong passwords. Wait five minutes. {NO_RETRY}"
        )
    # Releases up to core 1.9 refuse a password with 400 and nothing else.
    if status in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) or "CREDENTIALS" in error:
        raise Unreadable(f"The server does not take this password for {user}, or the account is locked. {NO_RETRY}")
    if status == HTTPStatus.NOT_FOUND:
        raise Unreadable(
            "No openIMIS answers at this address: it has neither FHIR nor GraphQL. Give the address without what follows the host."
        )
    raise Unreadable(f"The login was answered with HTTP {status} and no token: {excerpt(answer)}. {NO_RETRY}")


def protect(session: Session) -> str:
    """Fetch the CSRF token that list queries need from core 1.9 on; return what that shows of the release."""
    answer = session.post(CSRF, {})
    content = json_of(answer) or {}
    token = within(content, "data", "getCsrfToken", "csrfToken")
    if isinstance(token, str) and token:
        session.http.headers["X-CSRFToken"] = token
        kept = any(cookie.name in SESSION_COOKIES for cookie in session.http.cookies)
        return "core 1.10 or later" if kept else "core 1.9"
    if answer.status_code == HTTPStatus.BAD_REQUEST and "Cannot query field" in first_error(content):
        return "core 1.8 or earlier"
    raise Unreadable(f"The server gave no CSRF token (HTTP {answer.status_code}): {first_error(content) or excerpt(answer)}.")
