"""A country file laid over the defaults: its leaves, its roles, and the parts that only a country file has."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from imis_plan.scenario import roles
from imis_plan.scenario.declarations import Library, blank_role, roles_in
from imis_plan.scenario.inheritance import BASED_ON, Places
from imis_plan.scenario.localized_text import in_language
from imis_plan.scenario.location import Place
from imis_plan.scenario.overlay import Change, changed, lay, near, short_lists
from imis_plan.scenario.parameter import FundingRule, Leaf, LeafInput, Option, Role
from imis_plan.scenario.parameter_checks import HORIZON, Rules
from imis_plan.scenario.problems import suggestion
from imis_plan.scenario.validation import build
from imis_plan.scenario.yaml_file import dotted

# A currency that moves by more than this in a few years needs another look.
FARTHEST = 5
PARTS = (BASED_ON, "about", "roles", "options", "funding")


def country_leaves(library: Library, rules: Rules, places: Places) -> dict[str, Leaf]:
    """Every leaf of a scenario: as declared, or as its country file gives it; of files that build on one another, the last."""
    leaves, words = library.local(rules.currency), dict(library.roles)
    for place in places:
        leaves |= added_roles(leaves, words, rules, place)
        words |= role_words(words, place)
        for data, here in [*given_leaves(place.document.data, library, place), *given_role_leaves(place)]:
            path = dotted(here.keys)
            leaves[path] = lay(leaves[path], data, LeafInput, rules, here, "country")
    report_missing(leaves, places[0])
    places[-1].found.extend(short_lists(leaves))
    report_rates(leaves, last_with(places, "money", "planning_rate"))
    return leaves


def last_with(places: Places, *keys: str) -> Place:
    """The last of the files that has these keys; the last of all if none has."""
    return next((place for place in reversed(places) if keys in place.document.lines), places[-1])


def report_rates(leaves: Mapping[str, Leaf], place: Place) -> None:
    """Report a planning rate that contradicts the known rates: dollars for local money in place of local money for a dollar."""
    planned, known = leaves.get("money.planning_rate"), leaves.get("money.exchange_rates")
    if not (planned and known and isinstance(planned.value, float | int) and isinstance(known.value, Mapping) and known.value):
        return
    last = known.value[max(known.value)]
    if planned.value > 0 and last > 0 and not 1 / FARTHEST < planned.value / last < FARTHEST:
        right = f"the last known rate is {last:g}; give {planned.unit}, local money for a dollar"
        place.below("money", "planning_rate").report("contradicts money.exchange_rates", right, planned.value)


def given_leaves(data: dict[Any, Any], library: Library, place: Place) -> Iterator[tuple[Any, Place]]:
    """Data and place of the leaves in a group of a country file; keys that nobody declared are reported."""
    for key, entry in data.items():
        here = place.below(key)
        if here.keys in library.groups and key != roles.ROLES:
            yield from given_group(entry, library, here)
        elif dotted(here.keys) in library.leaves:
            yield entry, here
        elif place.keys or key not in PARTS:
            here.report("unknown key", instead(library, here))


def given_group(entry: Any, library: Library, place: Place) -> Iterator[tuple[Any, Place]]:
    """The leaves in what stands at the place of a group; nothing is an empty group."""
    if isinstance(entry, dict):
        yield from given_leaves(entry, library, place)
    elif entry is not None:
        place.report("a group of parameters", suggestion("", library.groups[place.keys]), entry)


def instead(library: Library, place: Place) -> str:
    """What to write in place of an unknown key: a neighbour, or a parameter of another group."""
    *above, key = place.keys
    siblings = library.groups.get(tuple(above), set()) | (set() if above else set(PARTS))
    beside, elsewhere = suggestion(key, siblings), near(dotted(place.keys), library.leaves)
    return elsewhere if elsewhere.startswith("did") and not beside.startswith("did") else beside


def added_roles(leaves: Mapping[str, Leaf], words: Mapping[str, Any], rules: Rules, place: Place) -> dict[str, Leaf]:
    """Leaves of roles, and of parts of roles, that nobody had before this file.

    words : the roles as they were before it
    """
    result: dict[str, Leaf] = {}
    for name, data, here in roles_in(place):
        role = roles.merged(words.get(name, {}), data)
        bases = (base for _, base in blank_role(role, rules, here, "country"))
        result |= {base.path: base for base in bases if base.path not in leaves}
    return result


def role_words(words: Mapping[str, Any], place: Place) -> dict[str, dict[Any, Any]]:
    """Words of the roles in a file, laid over those that were there before."""
    own = {name: roles.words(data) for name, data, _ in roles_in(place)}
    return {name: roles.merged(words.get(name, {}), data) for name, data in own.items()}


def given_role_leaves(place: Place) -> Iterator[tuple[Any, Place]]:
    """Data and place of the leaves of roles in a country file."""
    for _, data, here in roles_in(place):
        yield from ((entry, here.below(*part)) for part, entry in roles.leaves(data))


def report_missing(leaves: Mapping[str, Leaf], place: Place) -> None:
    """Report what the country file should have given."""
    for leaf in leaves.values():
        if leaf.required:
            meaning = f"({leaf.description} [{leaf.unit}])" if leaf.unit else f"({leaf.description})"
            place.below(*leaf.path.split(".")).report("missing", f"give value, source and confidence {meaning}")


def roles_from(library: Library, places: Places) -> tuple[Role, ...]:
    """The roles of the scenario: those declared, with the country's changes, and those it adds."""
    words, where = dict(library.roles), dict.fromkeys(library.roles, replace(places[0], found=[]))
    for place in places:
        report_stray_roles(place)
        words |= role_words(words, place)
        where |= {name: place for name, _, _ in roles_in(place)}
    built = (
        # What is wrong with a role of the defaults alone has been reported there.
        roles.role_from(name, role, library.known.drivers, where[name].below(roles.ROLES, name))
        for name, role in words.items()
    )
    return tuple(filter(None, built))


def report_stray_roles(place: Place) -> None:
    """Report what stands among the roles and is none."""
    data = place.document.data.get(roles.ROLES) or {}
    for name, role in data.items() if isinstance(data, dict) else (("", data),):
        if not isinstance(role, dict):
            place.below(roles.ROLES, name).report("not a role", "give title, tasks, needs, level, pay, ...", role)


def options_from(
    leaves: Mapping[str, Leaf], rules: Rules, places: Places
) -> tuple[dict[str, Option], dict[str, dict[str, Leaf]]]:
    """The options of a scenario, and the leaves that each changes."""
    given = {here.keys[1]: (data, here) for place in places for data, here in options_in(place)}
    built = {name: build(Option, data, here) for name, (data, here) in given.items()}
    options = {name: option for name, option in built.items() if option}
    variants = {}
    for name, option in options.items():
        by, here = Change("option", f"option {name}: {in_language(option.title, 'en')}"), given[name][1]
        variants[name] = changed(leaves, option.changes, by, rules, here.below("changes"))
        if HORIZON in variants[name]:
            here.found.extend(short_lists({**leaves, **variants[name]}))
    return options, variants


def options_in(place: Place) -> Iterator[tuple[Any, Place]]:
    """Data and place of the options in a country file."""
    data, here = place.document.data.get("options") or {}, place.below("options")
    if not isinstance(data, dict):
        here.report("not a mapping", "give options by name, each with title, description and changes")
        return
    yield from ((entry, here.below(str(name))) for name, entry in data.items())


def funding_from(library: Library, currency: str, places: Places) -> tuple[FundingRule, ...]:
    """The funding rules of a scenario, in order. A file that has rules does without those of the file it builds on."""
    place = last_with(places, "funding")
    data, here = place.document.data.get("funding") or [], place.below("funding")
    if not isinstance(data, list):
        here.report("not a list", "give one rule after a dash for each funder")
        return ()
    rules = [build(FundingRule, entry, here.below(i)) for i, entry in enumerate(data)]
    for i, rule in enumerate(rules):
        if rule:
            report_funding(rule, library, currency, here.below(i))
    return tuple(filter(None, rules))


def report_funding(rule: FundingRule, library: Library, currency: str, place: Place) -> None:
    """Report components and currencies of a funding rule that do not exist."""
    for i, name in enumerate(rule.components if rule.components != "all" else ()):
        if name not in library.known.components:
            place.below("components", i).report("unknown component", suggestion(name, library.known.components), name)
    allowed = ("LCU", "USD", currency)
    if rule.cap_currency and rule.cap_currency not in allowed:
        right = suggestion(rule.cap_currency, allowed)
        place.below("cap_currency").report("no currency that a cap can be in", right, rule.cap_currency)
