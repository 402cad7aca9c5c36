"""The list of items: what is wrong in it is named with its line."""

import pytest

from imis_plan.facts.items import COLUMNS, read_items

GOOD = {
    "item": "card",
    "unit": "card",
    "market": "tradable",
    "feeds": "a.b; c.d",
    "spread": "0.1",
    "why": "imported",
    "description": "Card",
}


def written(folder, *rows):
    """A list of items on disk."""
    path = folder / "items.csv"
    lines = [",".join(COLUMNS), *(",".join((GOOD | row).get(column, "") for column in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_an_item_is_read(tmp_path):
    """Paths are separated by semicolons; no factor is a factor of one."""
    items, problems = read_items(written(tmp_path, {}))
    assert problems == []
    assert (items["card"].feeds, items["card"].factor, items["card"].spread, items["card"].oldest) == (
        ("a.b", "c.d"),
        1,
        0.1,
        None,
    )


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"item": ""}, "item: no name"),
        ({"item": "card"}, 'item = "card": listed before'),
        ({"market": "home"}, 'market = "home": no such market, choose from local, none, tradable, world'),
        ({"unit": ""}, "unit: empty, fill it in"),
        ({"spread": "0"}, 'spread = "0": no share above zero'),
        ({"factor": "x"}, 'factor = "x": no number above zero'),
        ({"oldest": "ten"}, 'oldest = "ten": no number of years'),
    ],
)
def test_a_wrong_item_is_refused_by_line(tmp_path, wrong, message):
    """The second row of the list, on line 3."""
    items, problems = read_items(written(tmp_path, {}, {"item": "other"} | wrong))
    assert [problem.line for problem in problems] == [3]
    assert message in str(problems[0])
    assert list(items) == ["card"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"carried": "real"}, "no such way"),
        ({"carried": "nominal", "market": "local"}, "local prices follow an index"),
        ({"steps": "own; predicted"}, "not an order of the steps"),
        ({"steps": "near; own; all; predicted"}, "not an order of the steps"),
    ],
)
def test_a_wrong_way_or_order_is_named(wrong, message, tmp_path):
    """Both are for few items, and a slip in them would move prices silently."""
    _, problems = read_items(written(tmp_path, wrong))
    assert [problem.message for problem in problems] == [message]


def test_an_item_may_be_predicted_before_all_countries_are_asked(tmp_path):
    """As pay is; other items take all countries first."""
    items, _ = read_items(written(tmp_path, {"steps": "own; near; predicted; all", "carried": "nominal"}))
    assert items["card"].steps == ("own", "near", "predicted", "all")
    assert items["card"].nominal
