"""A file with a parameter that was split is refused with both names and the converted price."""

import pytest

from imis_plan.problems import BadInput
from imis_plan.scenario.moved import MOVED, moved_suggestion
from imis_plan.scenario.plan import load

PARAMETERS = load("tanzania").parameters
VOLUME = PARAMETERS["phones.data_volume"].value


@pytest.mark.parametrize("split", MOVED.values(), ids=MOVED)
def test_both_parts_exist_and_the_old_name_is_gone(split):
    """The product of their units is money for one thing and month."""
    assert {split.price, split.quantity} <= set(PARAMETERS)
    assert not MOVED.keys() & set(PARAMETERS)
    assert PARAMETERS[split.quantity].unit.startswith(PARAMETERS[split.price].unit.partition("/")[2] + "/")


@pytest.mark.parametrize(
    ("data", "end"),
    [
        (5, "give phones.data_price: 2.5 USD/GB, which is 5 / 2 GB/phone/month"),
        ({"value": 3000, "unit": "TZS/phone/month"}, "give phones.data_price: 1500 TZS/GB, which is 3000 / 2 GB/phone/month"),
        (None, "give phones.data_price"),
        ({"value": "much"}, "give phones.data_price"),
    ],
)
def test_the_price_is_converted(data, end):
    """The money of a month over the quantity of a month, in the currency of the file."""
    assert VOLUME == 2
    assert moved_suggestion("phones.data", PARAMETERS, data) == f"it is now phones.data_price x phones.data_volume; {end}"


def test_a_fare_of_a_trip_becomes_a_fare_of_a_kilometre():
    """15 USD a trip over 200 km."""
    assert moved_suggestion("capacity.trip", PARAMETERS, 15) == (
        "it is now capacity.fare x capacity.trip_km; give capacity.fare: 0.075 USD/km, which is 15 / 200 km/trip"
    )


def test_another_name_has_no_such_suggestion():
    """The closest match is suggested elsewhere."""
    assert moved_suggestion("phones.dta", PARAMETERS, 5) is None


def test_a_scenario_and_a_what_if_name_the_new_parameters(tmp_path):
    """With file and line of the old one."""
    file = tmp_path / "old.yaml"
    file.write_text(
        "based_on: tanzania\nabout: {title: Old}\noffice_running:\n  power: {value: 45, unit: USD/office/month}\n", "utf-8"
    )
    with pytest.raises(
        BadInput, match=r"old.yaml:4: office_running.power: unknown key, .* office_running.power_price: 0.5 USD/kWh"
    ):
        load(str(file))
    with pytest.raises(BadInput, match=r"phones.data: no such parameter, it is now .* phones.data_price: 1 USD/GB"):
        load("tanzania").replace({"phones.data": 2})
