"""The content security policy of a page, by which a browser enforces that the page runs and loads nothing but what is in it.

It stands in a `<meta>` element, since a page that is opened as a file has no HTTP headers.
"""

import base64
import hashlib
from collections.abc import Iterable

# Links, downloads from data addresses among them, are not loads: no directive here is about them.
DIRECTIVES = ("default-src 'none'", "style-src 'unsafe-inline'", "img-src data:", "base-uri 'none'", "form-action 'none'")


def content_security_policy(scripts: Iterable[str] = ()) -> str:
    """The policy of a page with these scripts, each given as its whole text between `<script>` and `</script>`."""
    hashes = [script_hash(script) for script in scripts]
    return "; ".join([*DIRECTIVES, *([f"script-src {' '.join(hashes)}"] if hashes else [])])


def script_hash(script: str) -> str:
    """The source expression that allows a script by the SHA-256 hash of its text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
