"""What an answer of openIMIS's says, and what one that is none means."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import requests

from imis_plan.openimis.address import Address
from imis_plan.openimis.errors import Missing, Unreadable

LONGEST = 200


def data_of(answer: requests.Response) -> dict[str, Any]:
    """The data of a GraphQL answer; HTTP 200 with errors is no answer."""
    content, status = json_of(answer), answer.status_code
    error = first_error(content or {})
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Missing(f"the server failed on this query (HTTP {status})", "ask whoever runs the server; its log has the reason")
    if content is None:
        raise Missing(
            f"the answer is not openIMIS's (HTTP {status}, {answer.headers.get('Content-Type', 'no type')})",
            "check the address, and what stands between",
        )
    if "csrftoken" in error.lower() or "CSRF" in error:
        raise Unreadable(
            "The server refuses list queries without the session cookie of the login. Its cookies are for https only: give the https address."
        )
    if "unauthor" in error.lower() or "permission" in error.lower():
        raise Missing("the account has not the right", "grant it")
    if "Cannot query field" in error or "Unknown argument" in error:
        raise Missing("this installation does not have the query", f"the server says: {error}")
    data = content.get("data")
    if error or status != HTTPStatus.OK or not isinstance(data, dict):
        raise Missing(f"the server answered with an error: {error or excerpt(answer)}", "ask whoever runs the server")
    return data


def json_of(answer: requests.Response) -> dict[str, Any] | None:
    """The JSON object of an answer, or None where it is something else."""
    try:
        content = answer.json()
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def within(content: Any, *keys: str) -> Any:
    """What stands below keys, one in the other; None where there is nothing of that form."""
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def first_error(content: Mapping[str, Any]) -> str:
    """The first message among a GraphQL answer's errors, or nothing."""
    errors = content.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    return " ".join(str(first.get("message", "")).split())[:LONGEST] if isinstance(first, dict) else str(first)[:LONGEST]


def excerpt(answer: requests.Response) -> str:
    """What an answer that nobody expected is, without its content: it may repeat what was sent."""
    return f"{answer.headers.get('Content-Type', 'no content type')}, {len(answer.content)} bytes"


def elsewhere(answer: requests.Response, address: Address) -> str:
    """Where a redirect leads. None is followed: a password goes to the address that was given, and nowhere else."""
    target = answer.headers.get("Location", "nowhere")
    return f"{address.text} sends its callers on to {target}. If that is your system, give that address; it was not followed."


def in_words(error: requests.exceptions.RequestException, address: Address, connect: float, timeout: float) -> str:
    """Why there was no answer.

    connect, timeout : how long it was waited for. [second]
    """
    host, kinds = address.name, requests.exceptions
    if isinstance(error, kinds.SSLError):
        return (
            f"The certificate of {host} is not one that this machine trusts. If it is your own authority's, name its certificate with --ca-file FILE; "
            "checking cannot be turned off."
        )
    if isinstance(error, kinds.ProxyError):
        return f"The proxy between here and {host} does not answer. See HTTPS_PROXY and NO_PROXY in the environment."
    if isinstance(error, kinds.ConnectTimeout):
        return f"{host} does not answer within {connect:g} seconds. Is the address right, and the network up?"
    if isinstance(error, kinds.Timeout) or "timed out" in str(error):
        return f"{host} did not finish its answer within {timeout:g} seconds. Run it at a quiet hour, or give it more with --timeout SECONDS."
    if isinstance(error, kinds.ConnectionError):
        return f"{host} cannot be reached: no such host, or nothing listens there."
    return f"{host} cannot be read: {type(error).__name__}."
