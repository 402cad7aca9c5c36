"""Parameters that were split into a price and a quantity: a file with the old name is refused with the converted price."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from imis_plan.scenario.parameter import Parameter
from imis_plan.sentence import sentence


class Split(NamedTuple):
    """Paths of the two parameters whose product replaces the old one."""

    price: str
    quantity: str


MOVED = {
    "phones.data": Split("phones.data_price", "phones.data_volume"),
    "office_running.power": Split("office_running.power_price", "office_running.power_kwh"),
    "office_running.transport": Split("office_running.transport_price", "office_running.transport_km"),
    "capacity.trip": Split("capacity.fare", "capacity.trip_km"),
}


def moved_suggestion(path: str, parameters: Mapping[str, Parameter], data: Any = None) -> str | None:
    """What to write instead of a parameter that was split, or None if it was not.

    data : what the file gives for it: a number, or a mapping with value and unit
    """
    split = MOVED.get(path)
    if split is None or split.price not in parameters or split.quantity not in parameters:
        return None
    price, quantity = parameters[split.price], parameters[split.quantity]
    given = data if isinstance(data, Mapping) else {"value": data}
    value = given.get("value")
    known = isinstance(value, int | float) and isinstance(quantity.value, int | float) and quantity.value > 0
    unit = f"{str(given.get('unit') or price.unit).partition('/')[0]}/{price.unit.partition('/')[2]}"
    if not known:
        return sentence("it is now {price} x {quantity}; give {price}", price=split.price, quantity=split.quantity)
    return sentence(
        "it is now {price} x {quantity}; give {price}: {converted} {unit}, which is {value} / {number} {quantity_unit}",
        price=split.price,
        quantity=split.quantity,
        converted=f"{value / quantity.value:.4g}",
        unit=unit,
        value=f"{value:g}",
        number=f"{quantity.value:g}",
        quantity_unit=quantity.unit,
    )
