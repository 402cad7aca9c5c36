"""Where openIMIS runs, the risks of that, and the size of the server."""

from imis_plan.analysis import summary as views
from imis_plan.i18n.formats import number
from imis_plan.i18n.translate import _
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only

__all__ = ["HOSTING", "hosting_choice"]
__dir__ = only(__all__)


def hosting_choice(plan: Plan) -> str:
    """The hosting that was chosen, its risks, and the size it is reckoned for."""
    table, last = views.drivers(plan), plan["time.base_year"] + plan["time.horizon"] - 1
    text = _(
        "openIMIS runs {where}. In {last} the peak hour asks for {backend} cores in the web application and {database} in the database; "
        "with memory and head-room that makes a production server of {cores} cores, and {storage} GB of disk. {risk}"
    )
    at = table[last]
    return text.format(
        where=HOSTING[plan["server.hosting"]][0](),
        last=last,
        backend=number(at["backend_cores"]),
        database=number(at["database_cores"]),
        cores=number(at["production_cores"]),
        storage=number(at["storage_gb"]),
        risk=HOSTING[plan["server.hosting"]][1](),
    )


HOSTING = {
    "ministry_room": (
        lambda: _("in the ministry's own server room"),
        lambda: _("The risks are power, cooling, theft and the one person who knows the machines; data stay in the house."),
    ),
    "government": (
        lambda: _("in the government's data centre"),
        lambda: _(
            "The risks are slow service and capacity that is shared with others; data stay in the country and the ministry keeps few machines."
        ),
    ),
    "cloud": (
        lambda: _("on rented cloud machines"),
        lambda: _(
            "The risks are a bill in foreign currency, a cut line to abroad, and rules on where personal data may be kept; nothing is bought and size follows need."
        ),
    ),
    "managed": (
        lambda: _("at a managed service"),
        lambda: _("The risks are dependence on one provider and its price; the ministry needs the fewest skills of its own."),
    ),
}
