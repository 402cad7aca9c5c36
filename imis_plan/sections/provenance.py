"""What a figure says about its source, so that a copy of it can be traced to the plan behind it."""

import imis_plan
from imis_plan.i18n.formats import long_date
from imis_plan.i18n.translate import _, localized, plural
from imis_plan.scenario.plan import Plan


def source_line(*plans: Plan) -> str:
    """The source of a figure of these plans, in one line; nothing without a plan."""
    release = imis_plan.__version__
    if len(plans) == 1:
        return plan_source(plans[0], release)
    text = plural("Source: imis_plan {release}, {count} scenario", "Source: imis_plan {release}, {count} scenarios", len(plans))
    return text.format(release=release, count=len(plans)) if plans else ""


def plan_source(plan: Plan, release: str) -> str:
    """The package with its version, the scenario with its version and date, its option, and whether parameters were changed."""
    about = plan.about
    text = _("Source: imis_plan {release}, scenario {scenario}, version {version} of {date}").format(
        release=release, scenario=plan.name, version=about.version, date=long_date(str(about.date))
    )
    if plan.option:
        text += "; " + _("option “{option}”").format(option=localized(plan.options[plan.option].title))
    return text + ("; " + _("with changed parameters") if plan.origin else "")
