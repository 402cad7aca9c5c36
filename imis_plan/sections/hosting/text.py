"""Where openIMIS runs, the risks of that, and the size of the server."""

from imis_plan.analysis import summary as views
from imis_plan.i18n.formats import number
from imis_plan.i18n.translate import _
from imis_plan.model.year_labels import year_label
from imis_plan.scenario.plan import Plan
from imis_plan.sections.public_names import only

__all__ = ["HOSTING", "hosting_choice"]
__dir__ = only(__all__)


def hosting_choice(plan: Plan) -> str:
    """The hosting that was chosen, its risks, and the size of the server."""
    table, last = views.drivers(plan), plan["time.base_year"] + plan["time.horizon"] - 1
    text = _(
        "openIMIS runs {where}. In {last}, the peak hour requires {backend} cores for the web application and "
        "{database} for the database. With memory and headroom, this requires a production server of {cores} cores and "
        "{storage} GB of disk. {risk}"
    )
    at = table[last]
    return text.format(
        where=HOSTING[plan["server.hosting"]][0](),
        last=year_label(plan, last),
        backend=number(at["backend_cores"]),
        database=number(at["database_cores"]),
        cores=number(at["production_cores"]),
        storage=number(at["storage_gb"]),
        risk=HOSTING[plan["server.hosting"]][1](),
    )


HOSTING = {
    "ministry_room": (
        lambda: _("in the ministry's own server room"),
        lambda: _(
            "Risks: power, cooling, theft, and dependence on one person who knows the machines. Data stay in the ministry."
        ),
    ),
    "government": (
        lambda: _("in the government's data centre"),
        lambda: _(
            "Risks: slow service, and capacity shared with others. Data stay in the country, and the ministry maintains"
            " few machines."
        ),
    ),
    "cloud": (
        lambda: _("on rented cloud servers"),
        lambda: _(
            "Risks: costs in foreign currency, loss of the international connection, and rules on where personal data "
            "may be stored. No equipment is bought, and capacity follows need."
        ),
    ),
    "managed": (
        lambda: _("as a managed service"),
        lambda: _("Risks: dependence on one provider and its price. The ministry needs the fewest technical skills of its own."),
    ),
}
