"""The options among the decisions: the one that saves most money and the one that saves most posts, each with its disadvantage."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from imis_plan.analysis import options as choices_of
from imis_plan.analysis.options import BASE, Alternatives
from imis_plan.i18n.formats import escape_markdown, join_with_and, share
from imis_plan.i18n.translate import _, localized
from imis_plan.scenario.plan import Plan
from imis_plan.sections.amounts import local_money
from imis_plan.sections.naming import NEGLIGIBLE
from imis_plan.sections.options.tables import option_target
from imis_plan.sections.options.text import option_risks
from imis_plan.sections.posts_in_words import number_of_posts
from imis_plan.sections.public_names import only

__all__ = ["adopt_options"]
__dir__ = only(__all__)

# An option serves as many as the base if it reaches this share of its insured-years.
AS_MANY = 0.99
# An option saves posts worth a decision if it saves one, and this share of those of the base.
POSTS_WORTH_NAMING = 0.05


def adopt_options(plan: Plan, found: Alternatives) -> Iterator[tuple[str, str]]:
    """Options worth a decision, each with the table of the lines that it changes; they serve as many people.

    A draft asks for none: its open questions are answered first, and its first page has no room; the chapter compares them.
    """
    table = choices_of.options(found)
    for name in [] if plan.open_questions else recommended(table):
        text = _("**Decide on the option** “{option}”: it serves as many people and saves {savings}. {disadvantage}")
        sentence = text.format(
            option=escape_markdown(localized(plan.options[name].title)),
            savings=join_with_and(savings(plan, table, name)),
            disadvantage=disadvantage(found, table, name),
        )
        yield sentence, option_target(found, name)


def recommended(table: pd.DataFrame) -> list[str]:
    """The option that saves most money, then the one that saves most posts; one option where it is the same."""
    base = table.loc[BASE]
    same = table[table["insured_years"] >= AS_MANY * base["insured_years"]].drop(index=BASE)
    saved_posts = base["posts"] - same["posts"]
    names = []
    if len(same) and -same["difference_share"].min() >= NEGLIGIBLE:
        names.append(str(same["difference"].idxmin()))
    if len(same) and saved_posts.max() >= max(1, POSTS_WORTH_NAMING * base["posts"]):
        names.append(str(saved_posts.idxmax()))  # the first of several that save as many
    return list(dict.fromkeys(names))


def savings(plan: Plan, table: pd.DataFrame, name: str) -> list[str]:
    """What an option saves beside the base: money, and posts."""
    row, posts = table.loc[name], table.loc[BASE, "posts"] - table.loc[name, "posts"]
    parts = []
    if -row["difference_share"] >= NEGLIGIBLE:
        money = _("{amount} ({part})")
        parts.append(money.format(amount=local_money(plan)(-row["difference"]), part=share(-row["difference_share"])))
    return [*parts, number_of_posts(posts)] if posts > 0 else parts


def disadvantage(found: Alternatives, table: pd.DataFrame, name: str) -> str:
    """The first disadvantage in figures, else what the changed parameters risk."""
    known = computed_disadvantage(found.base.plan, table, name) or option_risks(found.base.plan, found.cases[name].plan)
    if known:
        return _("Disadvantage: {text}").format(text=known[0].lower() + known[1:])  # a sentence goes on after a colon
    return _("The calculation shows no disadvantage; effects on the service are not in it.")


def computed_disadvantage(plan: Plan, table: pd.DataFrame, name: str) -> str:
    """Higher cost, higher cost later, more posts or more risk than the base, whichever comes first; empty without any."""
    base, row, lcu = table.loc[BASE], table.loc[name], local_money(plan)

    def more(column: str) -> Any:
        return row[column] - base[column] if row[column] > base[column] * (1 + NEGLIGIBLE) else 0

    if more("total"):
        return _("it costs {amount} more over the plan.").format(amount=lcu(more("total")))
    if more("recurrent_after"):
        return _("recurrent costs of the last year are {amount} higher.").format(amount=lcu(more("recurrent_after")))
    if more("posts"):
        return _("it requires {posts} in addition.").format(posts=number_of_posts(more("posts")))
    if more("p80"):
        return _("an unfavourable outcome (P80) costs {amount} more.").format(amount=lcu(more("p80")))
    return ""
