"""Responses of a server: their data, or a sentence about what is wrong with them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import requests

from imis_plan.openimis.address import Address
from imis_plan.openimis.errors import FactUnavailable, SystemUnavailable

MAX_LENGTH = 200


def graphql_data(answer: requests.Response) -> dict[str, Any]:
    """The data of a GraphQL response; HTTP 200 with errors has none."""
    content, status = json_object(answer), answer.status_code
    error = first_error(content or {})
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise FactUnavailable(
            f"the server failed on this query (HTTP {status})", "ask the administrator of the server; its log has the reason"
        )
    if content is None:
        raise FactUnavailable(
            f"the response is not from openIMIS (HTTP {status}, {answer.headers.get('Content-Type', 'no type')})",
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


def json_object(answer: requests.Response) -> dict[str, Any] | None:
    """The JSON object of a response, or None if it is something else."""
    try:
        content = answer.json()
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def nested_value(content: Any, *keys: str) -> Any:
    """What stands below keys, one in the other; None where there is nothing of that form."""
    for key in keys:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def first_error(content: Mapping[str, Any]) -> str:
    """The first error message of a GraphQL response, or an empty text."""
    errors = content.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    return " ".join(str(first.get("message", "")).split())[:MAX_LENGTH] if isinstance(first, dict) else str(first)[:MAX_LENGTH]


def description(answer: requests.Response) -> str:
    """Type and size of an unexpected response. Its content is left out: it may repeat what was sent."""
    return f"{answer.headers.get('Content-Type', 'no content type')}, {len(answer.content)} bytes"


def redirect_message(answer: requests.Response, address: Address) -> str:
    """The target of a redirect. None is followed: the password is sent only to the given address."""
    target = answer.headers.get("Location", "nowhere")
    return f"{address.text} redirects to {target}. The redirect was not followed. If that is your system, give that address."


def connection_error_message(
    error: requests.exceptions.RequestException, address: Address, connect: float, timeout: float
) -> str:
    """Why there was no response.

    connect, timeout : limits of the connection and of the whole response [second]
    """
    host, kinds = address.name, requests.exceptions
    if isinstance(error, kinds.SSLError):
        return (
            f"This machine does not trust the certificate of {host}. If your organisation issued it, give its root certificate with --ca-file FILE; "
            "the check cannot be turned off."
        )
    if isinstance(error, kinds.ProxyError):
        return f"The proxy on the way to {host} does not respond. See HTTPS_PROXY and NO_PROXY in the environment."
    if isinstance(error, kinds.ConnectTimeout):
        return f"{host} did not respond within {connect:g} seconds. Check the address and the network."
    if isinstance(error, kinds.Timeout) or "timed out" in str(error):
        return f"{host} did not complete its response within {timeout:g} seconds. Run it when the system is less busy, or allow more with --timeout SECONDS."
    if isinstance(error, kinds.ConnectionError):
        return f"{host} cannot be reached: no such host, or no server at this port."
    return f"{host} cannot be read: {type(error).__name__}."
