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
from imis_plan.scenario.localized_text import N_
from imis_plan.sentence import Sentence, sentence

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
            sentence("the server failed on this query (HTTP {status})", status=int(status)),
            "ask the administrator of the server; its log has the reason",
        )
    if content is None:
        raise FactUnavailable(
            sentence(
                "the response is not from openIMIS (HTTP {status}, {kind})",
                status=int(status),
                kind=answer.content_type or sentence("no type"),
            ),
            "check the address, and any proxy or network login page",
        )
    if "csrftoken" in error.lower() or "CSRF" in error:
        raise SystemUnavailable(
            sentence(
                "The server refuses list queries without the session cookie of the login. Its cookies are sent over https only: give the https address."
            )
        )
    if "unauthor" in error.lower() or "permission" in error.lower():
        raise FactUnavailable("the account lacks the right", "grant it")
    if "Cannot query field" in error or "Unknown argument" in error:
        raise FactUnavailable("this installation does not have the query", sentence("the server says: {error}", error=error))
    data = content.get("data")
    if error or status != HTTPStatus.OK or not isinstance(data, dict):
        raise FactUnavailable(
            sentence("the server answered with an error: {error}", error=error or description(answer)),
            "ask the administrator of the server",
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
            sentence("the server returned an impossible count: {value}", value=excerpt(str(value))),
            "ask the administrator of the server",
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
    return sentence("{kind}, {size} bytes", kind=answer.content_type or sentence("no content type"), size=len(answer.body))


def redirect_message(answer: Response, address: Address) -> Sentence:
    """The target of a redirect. None is followed: the password is sent only to the given address."""
    return sentence(
        "{address} redirects to {target}. The redirect was not followed. If that is your system, give that address.",
        address=address.text,
        target=answer.location or sentence("nowhere"),
    )


def connection_error_message(error: Exception, address: Address, connect: float, timeout: float) -> Sentence:
    """Why there was no complete response.

    connect, timeout : limits of the connection and of the whole response [second]
    """
    host = address.name
    for kinds, message in MESSAGES.items():
        if isinstance(error, kinds):
            return Sentence.of(
                message,
                {
                    "host": host,
                    "connect": f"{min(connect, timeout):g}",
                    "timeout": f"{timeout:g}",
                    "megabytes": limits.MAX_BYTES // 2**20,
                },
            )
    if isinstance(error, requests.exceptions.ConnectionError):
        return _aborted(error, host, timeout)
    return sentence("{host} cannot be read: {reason}.", host=host, reason=type(error).__name__)


def _aborted(error: requests.exceptions.ConnectionError, host: str, timeout: float) -> Sentence:
    """Why a connection was not made, or ended."""
    if "timed out" in str(error):
        return Sentence.of(TOO_SLOW, {"host": host, "timeout": f"{timeout:g}"})
    if error.args and isinstance(error.args[0], ProtocolError):
        return sentence("{host} closed the connection, or does not speak HTTP.", host=host)
    return sentence("{host} cannot be reached: no such host, or no server at this port.", host=host)


TOO_SLOW = N_(
    "{host} did not complete its response within {timeout} seconds. Run it when the system is less busy, or allow more with --timeout "
    "SECONDS."
)
# The first kind that fits.
MESSAGES: dict[type[Exception] | tuple[type[Exception], ...], str] = {
    requests.exceptions.SSLError: N_(
        "This machine does not trust the certificate of {host}. If your organisation issued it, give its root certificate with --ca-file FILE; "
        "the check cannot be turned off."
    ),
    requests.exceptions.ProxyError: N_(
        "The proxy on the way to {host} does not respond. See HTTPS_PROXY and NO_PROXY in the environment."
    ),
    requests.exceptions.ConnectTimeout: N_("{host} did not respond within {connect} seconds. Check the address and the network."),
    (requests.exceptions.Timeout, TimeoutError): TOO_SLOW,
    TooLargeError: N_(
        "{host} sent more than {megabytes} MB in one response. No response of openIMIS is so large: check the address."
    ),
    (requests.exceptions.ChunkedEncodingError, requests.exceptions.ContentDecodingError): N_(
        "The response of {host} ended early or is damaged. Run the command again."
    ),
    NotOnThisMachineError: N_("{host} is not on this machine, so the password was not sent. Give the https address."),
}
