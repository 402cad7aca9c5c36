"""The words of argparse itself, such as `usage:`, in the language of the command line."""

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager

from imis_plan.i18n.translate import CATALOGUES, DOMAIN, SOURCE
from imis_plan.scenario.localized_text import N_

VARIABLE = "LANGUAGE"
# What users of our parser meet. argparse looks each up with `gettext.gettext`, that is in the default domain.
MESSAGES = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid %(type)s value: %(value)r"),
)


@contextmanager
def argparse_language(language: str) -> Iterator[None]:
    """Give argparse our catalogue of a language while the block runs.

    The default domain is that of the process, and the variable decides its language, so that both are put back.
    """
    if language == SOURCE:
        yield
        return
    domain, before = gettext.textdomain(), os.environ.get(VARIABLE)
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
    os.environ[VARIABLE] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
