"""Residual value of equipment: straight line over its useful life."""

from typing import Any

from imis_plan.model.arrays import maximum, safe_divide


def residual_value(price: Any, life: Any, used: Any) -> Any:
    """What a purchase is still worth: the part of its price that its remaining life is of its useful life. [same currency]

    price : as paid. [money]
    life : useful life. [year]
    used : years of use since the purchase. [year]
    """
    return price * safe_divide(maximum(life - used, 0), life)
