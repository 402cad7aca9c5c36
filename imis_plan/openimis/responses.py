"""Responses of a server: their data, or a sentence about what is wrong with them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import requests
from urllib3.exceptions import HTTPError, ProtocolError

from imis_plan.openimis import limits
from imis_plan.openimis.address import Address
from imis_plan.openimis.destination import NotOnThisMachineError
from imis_plan.openimis.errors import FactUnavailable, SystemUnavailable
from imis_plan.openimis.limits import TooLargeError
from imis_plan.openimis.visible_text import excerpt, visible_data

# More than people on Earth.
MAX_COUNT = 10**10
# Whatever keeps a request from a complete response.
CONNECTION_ERRORS = (requests.exceptions.RequestException, HTTPError, TooLargeError, TimeoutError, UnicodeError)


@dataclass(frozen=True)
class Response:
    """A complete response of a server; a missing header is an empty text."""

    status: int
    content_type: str
    location: str
    body: bytes


def graphql_data(answer: Response) -> dict[str, Any]:
    """The data of a GraphQL response; HTTP 200 with errors has none."""
    content, status = json_object(answer), answer.status
    error = first_error(content or {})
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise FactUnavailable(
            f"the server failed on this query (HTTP {status})", "ask the administrator of the server; its log has the reason"
        )
    if content is None:
        raise FactUnavailable(
            f"the response is not from openIMIS (HTTP {status}, {answer.content_type or 'no type'})",
            "check the address, and any proxy or network login page",
        )
    if "csrftoken" in error.lower() or "CSRF" in error:
        raise SystemUnavailable(
            "The server refuses list queries without the session cookie of the login. Its cookies are sent over https only: give the https address."
        )
    if "unauthor" in error.lower() or "permission" in error.lower():
        raise FactUnavailable("the account lacks the right", "grant it")
    if "Cannot query field" in error or "Unknown argument" in error:
        raise FactUnavailable("this installation does not have the query", f"the server says: {error}")
    data = content.get("data")
    if error or status != HTTPStatus.OK or not isinstance(data, dict):
        raise FactUnavailable(
            f"the server answered with an error: {error or description(answer)}", "ask the administrator of the server"
        )
    return data


def json_object(answer: Response) -> dict[str, Any] | None:
    """The JSON object of a response, or None if it is something else."""
    try:
        content = visible_data(json.loads(answer.body))
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) else None


def checked_count(value: Any) -> int:
    """A count of a server. A missing count is not 0.

    Raises FactUnavailable for what cannot be a count.
    """
    if not isinstance(value, int) or isinstance(value, bool):
        raise FactUnavailable("the server answered without a total", "ask the administrator of the server")
    if not 0 <= value <= MAX_COUNT:
        raise FactUnavailable(
            f"the server returned an impossible count: {excerpt(str(value))}", "ask the administrator of the server"
        )
    return value


def nested_value(content: Any, *keys: str) -> Any:
    """What stands below keys, one in the other; None where there is nothing of that form."""
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def first_error(content: Mapping[str, Any]) -> str:
    """The first error message of a GraphQL response, or an empty text."""
    errors = content.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else errors
    return excerpt(str(first.get("message") or first if isinstance(first, dict) else first)) if first else ""


def description(answer: Response) -> str:
    """Type and size of an unexpected response. Its content is left out: it may repeat what was sent."""
    return f"{answer.content_type or 'no content type'}, {len(answer.body)} bytes"


def redirect_message(answer: Response, address: Address) -> str:
    """The target of a redirect. None is followed: the password is sent only to the given address."""
    target = answer.location or "nowhere"
    return f"{address.text} redirects to {target}. The redirect was not followed. If that is your system, give that address."


def connection_error_message(error: Exception, address: Address, connect: float, timeout: float) -> str:
    """Why there was no complete response.

    connect, timeout : limits of the connection and of the whole response [second]
    """
    for kinds, message in MESSAGES.items():
        if isinstance(error, kinds):
            return message.format(
                host=address.name, connect=min(connect, timeout), timeout=timeout, megabytes=limits.MAX_BYTES // 2**20
            )
    if isinstance(error, requests.exceptions.ConnectionError):
        return _aborted(error).format(host=address.name, timeout=timeout)
    return f"{address.name} cannot be read: {type(error).__name__}."


def _aborted(error: requests.exceptions.ConnectionError) -> str:
    """Why a connection was not made, or ended."""
    if "timed out" in str(error):
        return TOO_SLOW
    if error.args and isinstance(error.args[0], ProtocolError):
        return "{host} closed the connection, or does not speak HTTP."
    return "{host} cannot be reached: no such host, or no server at this port."


TOO_SLOW = (
    "{host} did not complete its response within {timeout:g} seconds. Run it when the system is less busy, or allow more with --timeout "
    "SECONDS."
)
# The first kind that fits.
MESSAGES: dict[type[Exception] | tuple[type[Exception], ...], str] = {
    requests.exceptions.SSLError: (
        "This machine does not trust the certificate of {host}. If your organisation issued it, give its root certificate with --ca-file FILE; "
        "the check cannot be turned off."
    ),
    requests.exceptions.ProxyError: (
        "The proxy on the way to {host} does not respond. See HTTPS_PROXY and NO_PROXY in the environment."
    ),
    requests.exceptions.ConnectTimeout: "{host} did not respond within {connect:g} seconds. Check the address and the network.",
    (requests.exceptions.Timeout, TimeoutError): TOO_SLOW,
    TooLargeError: "{host} sent more than {megabytes} MB in one response. No response of openIMIS is so large: check the address.",
    (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError): (
        "The response of {host} ended early or is damaged. Run the command again."
    ),
    NotOnThisMachineError: "{host} is not on this machine, so the password was not sent. Give the https address.",
}
