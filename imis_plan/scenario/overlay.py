"""A scenario that is like another one but for a few values: `like: nepal`, and then only what differs."""

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from imis_plan.scenario import roles
from imis_plan.scenario.build import build
from imis_plan.scenario.country import funding_from, given_leaves, given_role_leaves, options_from, report_rates
from imis_plan.scenario.layer import Change, changed, lay, near, short_lists
from imis_plan.scenario.leaf import About, Leaf, LeafInput, in_language
from imis_plan.scenario.library import Library, roles_in
from imis_plan.scenario.place import Place
from imis_plan.scenario.yamlfile import dotted

if TYPE_CHECKING:
    from imis_plan.scenario.plan import Plan

LIKE = "like"
Variants = dict[str, dict[str, Leaf]]


def laid_over(parent: "Plan", shared: Library, name: str, place: Place) -> tuple["Plan", Variants]:
    """A scenario of this name: the one that it is like, with what its own file says laid over; what is wrong is reported.

    Its roles and their work are those of the other; what it says of options is added to the other's; its rules of funding, if
    it has any, take the place of the other's.
    """
    data, rules = place.document.data, parent.rules
    about = about_over(parent, place)
    leaves = leaves_over(parent, shared, place)
    own, variants = options_from(leaves, rules, place)
    kept = {name: option for name, option in parent.options.items() if name not in own}
    for option_name, option in kept.items():
        by = Change("option", f"option {option_name}: {in_language(option.title, 'en')}")
        variants[option_name] = changed(leaves, option.changes, by, rules, place.below("options", option_name, "changes"))
    options = {**kept, **own}
    funding = funding_from(shared, rules.currency, place) if "funding" in data else parent.funding
    made = replace(
        parent, name=name, about=about, leaves=MappingProxyType(leaves), options=MappingProxyType(options), funding=funding
    )
    return made, {option: variants[option] for option in options}


def about_over(parent: "Plan", place: Place) -> About:
    """What the scenario is about: as the other, but for what the file says."""
    given = place.document.data.get("about") or {}
    here = place.below("about")
    if not isinstance(given, dict):
        here.report("not a mapping", "give what differs, as in `title: ...`", given)
        return parent.about
    about = build(About, {**dict(parent.about), **given}, here) or parent.about
    if about.currency != parent.about.currency:
        here.below("currency").report(
            "another currency than the scenario it is like", f"leave it out: {parent.about.currency}", about.currency
        )
    return about


def leaves_over(parent: "Plan", shared: Library, place: Place) -> dict[str, Leaf]:
    """Every leaf of the other scenario, or what the file says in its place."""
    leaves = dict(parent.leaves)
    for data, here in [*given_leaves(place.document.data, shared, place), *given_role_leaves(place)]:
        path = dotted(here.keys)
        if path in leaves:
            leaves[path] = lay(leaves[path], data, LeafInput, parent.rules, here, "country")
        else:
            here.report("no such parameter", near(path, leaves))
    for name, data, here in roles_in(place):
        if words := sorted(set(roles.words(data)) - set(roles.PARTS)):
            right = "write a whole scenario: imis-plan new NAME --like OTHER"
            here.report(f"{', '.join(words)} of role {name}: a scenario that is like another changes numbers only", right)
    place.found.extend(short_lists(leaves))
    report_rates(leaves, place)
    return leaves


def report_other(other: Any, known: list[str], place: Place) -> None:
    """Report what a scenario cannot be like."""
    from imis_plan.scenario.faults import suggestion

    place.below(LIKE).report("no scenario that stands by itself", suggestion(other, known), other)
