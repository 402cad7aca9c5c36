"""Record what real openIMIS backends answer, as files that the quick tests replay: `make record-live`.

Tokens, cookies and uuids are replaced: nothing recorded opens a system, and the files stay small.
"""

import json
import re
from typing import Any

import requests

from imis_plan.openimis import api, session
from imis_plan.openimis.address import parse_address
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.period import Period
from imis_plan.openimis.responses import nested_value
from tests.live.building import HERE
from tests.live.running import live
from tests.live.truth import DAY, YEAR

PLACE = HERE.parent / "openimis" / "recorded"
ACCOUNTS = {"2026-05": ("reader", "local", "nowhere", "bare", "nopolicies"), "2024-11": ("local", "bare")}
WRONG = "a wrong password"
UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")


class Tape:
    """The exchanges of an account with a server, in the order in which they were made."""

    def __init__(self) -> None:
        self.exchanges: list[dict[str, Any]] = []

    def __call__(self, answer: requests.Response, *_arguments: Any, **_named: Any) -> None:
        """Keep an exchange; the body of a login is not kept."""
        request = answer.request
        content = json.loads(request.body) if request.body else {}
        asked = {key: content[key] for key in ("query", "variables") if key in content and "password" not in content}
        if "tokenAuth" in str(asked):
            asked.pop("variables")
        path = (request.url or "").split("/", 3)[3]
        self.exchanges.append(
            {"method": request.method, "path": path, **asked, "status": answer.status_code, "answer": harmless(answer)}
        )


def harmless(answer: requests.Response) -> Any:
    """The body of an answer without what would open a system."""
    try:
        body = answer.json()
    except ValueError:
        return f"<{answer.headers.get('Content-Type')}>"
    if not isinstance(body, dict):
        return body
    if "token" in body:
        return {"token": "<token>"}
    if nested_value(body, "data", "getCsrfToken"):
        return {"data": {"getCsrfToken": {"csrfToken": "<csrf>"}}}
    # A FHIR bundle holds a person, the total is what is read.
    return {"resourceType": "Bundle", "total": body["total"]} if "total" in body else body


def shortened(text: str) -> str:
    """The same text with short names in place of uuids."""
    names: dict[str, str] = {}
    return UUID.sub(lambda found: names.setdefault(found[0], f"u{len(names)}"), text)


def taped(where: str, account: str, password: str) -> list[dict[str, Any]]:
    """What is said between us and a server."""
    tape, make = Tape(), requests.Session.__init__

    def listening(self: requests.Session) -> None:
        make(self)
        self.hooks["response"].append(tape)

    requests.Session.__init__ = listening  # type: ignore[method-assign]
    try:
        api.read(session.log_in(parse_address(where), account, password), Period(DAY, YEAR), account)
    except SystemUnavailable:
        pass
    finally:
        requests.Session.__init__ = make  # type: ignore[method-assign]
    return tape.exchanges


def main() -> None:
    """One file for each release."""
    PLACE.mkdir(exist_ok=True, parents=True)
    with live() as systems:
        for release, accounts in ACCOUNTS.items():
            told = {account: taped(systems.addresses[release], account, systems.password) for account in accounts}
            told["wrong"] = taped(systems.addresses[release], "reader", WRONG)
            text = json.dumps({"release": release, "accounts": told}, ensure_ascii=False, indent=0, separators=(",", ":"))
            (PLACE / f"{release}.json").write_text(shortened(text) + "\n", encoding="utf-8")
            print(f"{PLACE.name}/{release}.json")


if __name__ == "__main__":
    main()
