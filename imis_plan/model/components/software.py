"""Component 5: software development and maintenance, where it applies, in person-days of contracted developers."""

from imis_plan.model.budget_line import CAPITAL, LOCAL, N_, RECURRENT, Line

NOT_CONTRACTED = N_("no developers are contracted: {software.developers}")


def development_line(v, line, label, kind, moment, working):
    """A line of contracted development: days in the years that `moment` marks. [person-day]"""
    return Line(
        line, label, kind, LOCAL, "person-days", "person-day", "software.day_rate",
        quantity=v[f"software.{line}_days"] * v[moment],
        working=working,
        applies=v["software.developers"] == "contracted",
        exclusion_reason=NOT_CONTRACTED,
    )  # fmt: skip


def customisation(v):
    """Adapting openIMIS to the scheme, once. [person-day]"""
    return development_line(
        v,
        "customisation",
        N_("Customisation"),
        CAPITAL,
        "setup",
        N_("{software.customisation_days} days, once, in the year of set-up"),
    )


def integration(v):
    """Interfaces with other systems, once. [person-day]"""
    return development_line(
        v,
        "integration",
        N_("Integration with other systems"),
        CAPITAL,
        "setup",
        N_("{software.integration_days} days, once, in the year of set-up"),
    )


def translation(v):
    """Translation of screens and manuals, once. [person-day]"""
    return development_line(
        v,
        "translation",
        N_("Translation"),
        CAPITAL,
        "setup",
        N_("{software.translation_days} days, once, in the year of set-up"),
    )


def maintenance(v):
    """Corrections and small changes, every year. [person-day]"""
    return development_line(
        v, "maintenance", N_("Maintenance"), RECURRENT, "active", N_("{software.maintenance_days} days a year")
    )


def upgrade(v):
    """Moving to the yearly releases of openIMIS. [person-day]"""
    return development_line(
        v, "upgrade", N_("Upgrades to new releases"), RECURRENT, "active", N_("{software.upgrade_days} days a year")
    )


LINES = (customisation, integration, translation, maintenance, upgrade)
