"""The connector against real openIMIS backends of three releases, over HTTP and SQL: `make test-live`, not part of `make test`.

The counts are compared with `truth.py`, which was written by hand.
"""

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from imis_plan.openimis import api, database as sql, session
from imis_plan.openimis.address import parse_address
from imis_plan.openimis.errors import SystemUnavailable
from imis_plan.openimis.graphql_queries import COUNTS
from imis_plan.openimis.period import Period
from imis_plan.scenario.plan import load
from tests.live.building import HERE, RELEASES
from tests.live.running import OWNER, Live, live
from tests.live.truth import DAY, FACTS, PARAMETERS, RIGHTS, SEEN_BY_ALL, YEAR

ROOT = HERE.parents[1]
PERIOD = Period(DAY, YEAR)
releases = pytest.mark.parametrize("release", RELEASES)


@pytest.fixture(scope="module")
def systems():
    """Every release, running."""
    with live() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder of parameters of its own."""
    import shutil

    return Path(shutil.copytree(ROOT / "parameters", tmp_path_factory.mktemp("live") / "parameters"))


def read(systems: Live, release: str, account: str, *, basic: bool = False):
    """The facts that an account reads over HTTP."""
    where = parse_address((systems.basic if basic else systems.addresses)[release])
    return api.read(session.log_in(where, account, systems.password), PERIOD, account)


def values(baseline):
    """The values of the facts that were read."""
    return {name: fact.value for name, fact in baseline.facts.items() if fact.value is not None}


def command(systems, folder, *arguments, **more):
    """The command line as a user runs it."""
    surroundings = {**os.environ, "IMIS_PLAN_PASSWORD": systems.password, **more}
    return subprocess.run(
        [sys.executable, "-m", "imis_plan.cli.main", *map(str, arguments), "--parameters", str(folder)],
        env=surroundings, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip


@releases
def test_the_interface_tells_the_truth(systems, release):
    """An account with the nine rights and all districts reads every count to the unit."""
    assert values(read(systems, release, "reader")) == FACTS


@releases
def test_the_database_tells_the_same(systems, release):
    """So does a role with the grants of docs/openimis.md, and not one more."""
    grants = re.search(
        r"<!-- grants -->\n```sql\n(.*?)```", (ROOT / "docs" / "openimis.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert grants
    text = (
        grants[1]
        if release == "2026-05"
        else grants[1].replace('(id, "ValidityTo") on "tblUsers"', '("UserID", "ValidityTo") on "tblUsers"')
    )
    role = f"reader_{release.replace('-', '_')}"
    with systems.database.connect(systems.name(release)) as connection:
        connection.execute(text.replace("imis_plan_reader", role).encode())
    where = parse_address(f"postgresql://127.0.0.1:{systems.database.port}/{systems.name(release)}")

    found = sql.read(where, PERIOD, role, None)

    assert values(found) == FACTS
    assert found.system.account == role


@releases
def test_a_day_in_the_past_counts_what_has_expired_since(systems, release):
    """At the end of 2025 the 325 policies of that year were in force; today most of them are called expired."""
    past = Period(date(2025, 12, 31), YEAR)
    where = parse_address(f"postgresql://127.0.0.1:{systems.database.port}/{systems.name(release)}")
    opened = session.log_in(parse_address(systems.addresses[release]), "reader", systems.password)

    found = opened.query_data(COUNTS["policies"].query, past.variables())

    assert sum(part["totalCount"] for part in found.values()) == FACTS["policies_after"]
    assert values(sql.read(where, past, OWNER, None))["policies"] == FACTS["policies_after"]


@releases
def test_a_role_without_grants_reads_nothing_and_says_what_is_missing(systems, release):
    """Not a 0 in place of any count."""
    role = f"nobody_{release.replace('-', '_')}"
    with systems.database.connect(systems.name(release)) as connection:
        connection.execute(f"create role {role} login".encode())

    found = sql.read(parse_address(f"postgresql://127.0.0.1:{systems.database.port}/{systems.name(release)}"), PERIOD, role, None)

    assert values(found) == {}
    assert all("lacks permission: permission denied" in str(fact.missing) for fact in found.facts.values())


@releases
@pytest.mark.parametrize(("account", "seen"), [("local", 1), ("nowhere", 0)])
def test_an_account_with_some_districts_gets_gaps_and_no_smaller_number(systems, release, account, seen):
    """What openIMIS cuts by district is left out, with the districts that are missing; the rest is whole."""
    found = read(systems, release, account)

    assert values(found) == {name: FACTS[name] for name in SEEN_BY_ALL}
    for name, gap in found.gaps().items():
        assert f"the account sees {seen} of 6 districts" in str(gap.missing), name
        assert "D1" in str(gap.remedy)


@releases
def test_an_account_without_rights_is_told_each(systems, release):
    """The number of the right stands in the gap."""
    found = read(systems, release, "bare")

    assert all(value == FACTS[name] for name, value in values(found).items())
    for name, right in RIGHTS.items():
        assert right in str(found.facts[name].missing), name


@releases
def test_one_right_that_is_missing_hides_nothing_else(systems, release):
    """Without the right to policies everything else is whole."""
    found = read(systems, release, "nopolicies")

    hidden = {"policies", "policies_before", "policies_after", "renewed", "ended", "covered", "insured_families"}
    assert values(found) == {name: value for name, value in FACTS.items() if name not in hidden}
    assert all("101201" in gap.missing for gap in found.gaps().values())


def test_a_module_that_is_not_installed_is_named(systems):
    """Without FHIR the login goes by GraphQL; products and policy holders are gaps, the rest is whole."""
    found = read(systems, "2026-05", "reader", basic=True)

    assert values(found) == {name: value for name, value in FACTS.items() if name not in ("products", "policy_holders")}
    assert "FHIR module is not installed" in found.facts["products"].missing
    assert "module policyholder is not installed" in found.facts["policy_holders"].missing


def test_the_oldest_release_without_fhir_cannot_be_entered_and_says_so(systems):
    """Its login by GraphQL is for browsers only."""
    with pytest.raises(SystemUnavailable, match="through the FHIR module"):
        read(systems, "2024-11", "reader", basic=True)


@releases
def test_the_scenario_holds_what_both_ways_tell(systems, release, folder):
    """Interface, database and the file that is written agree to the unit, and `check` accepts the file."""
    name = f"live_{release.replace('-', '_')}"
    told = ("--day", DAY, "--year", YEAR)
    like_nepal = ("--like", "nepal", "--set", "coverage.shrinks=true")  # the small system needs a fraction of Nepal's posts
    database = f"postgresql://127.0.0.1:{systems.database.port}/{systems.name(release)}"
    first = command(systems, folder, "baseline", systems.addresses[release], "--user", "reader", "--out", name, *told)
    second = command(systems, folder, "baseline", database, "--user", OWNER, "--out", f"{name}_sql", *told, *like_nepal)

    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    plan, like = (load(folder / f"{file}.yaml") for file in (name, f"{name}_sql"))
    assert {path: plan[path] for path in PARAMETERS} == PARAMETERS
    # With --like targets and offices are those of the other plan.
    kept = ("facilities.number", "schemes.national_users")
    assert {path: like[path] for path in PARAMETERS if path not in kept} == {
        path: value for path, value in PARAMETERS.items() if path not in kept
    }
    assert plan.parameters["coverage.insured_at_start"].confidence == "A"
    host = systems.addresses[release].removeprefix("http://")
    assert f"openIMIS at {host}, {DAY}, account reader, core 1." in str(plan.parameters["facilities.number"].source)
    assert command(systems, folder, "check", name, f"{name}_sql").returncode == 0


def test_its_report_is_made_and_shows_what_was_read(systems, folder, tmp_path):
    """With a section that compares the plan with the running system."""
    name = "live_report"
    told = ("--day", DAY, "--year", YEAR, "--out", name)
    assert command(systems, folder, "baseline", systems.addresses["2026-05"], "--user", "reader", *told).returncode == 0

    made = command(systems, folder, "report", name, "--out", tmp_path)

    assert made.returncode == 0, made.stderr
    page = (tmp_path / name / "report.html").read_text(encoding="utf-8")
    assert all(
        words in page
        for words in ("Plan compared with the running system", "1,397", "Active enrolment officers", "openIMIS at 127.0.0.1")
    )
    for file in folder.parent.rglob("*"), tmp_path.rglob("*"):
        assert not [path for path in file if path.is_file() and systems.password.encode() in path.read_bytes()]


@releases
def test_nothing_is_changed(systems, release):
    """After all that was read above, not one mutation is in openIMIS's own log of them."""
    assert systems.rows(release, 'select count(*) from "core_Mutation_Log"') == [(0,)]


# The last tests lock the address out: nothing after them can log in until the attempts are forgotten.


@releases
def test_a_wrong_password_is_sent_once(systems, release):
    """The server has counted one failure, and the message says why it was not tried again."""
    with pytest.raises(SystemUnavailable, match=r"does not accept this password for reader.*not repeated"):
        session.log_in(parse_address(systems.addresses[release]), "reader", "Wrong-1-password")

    assert systems.rows(release, "select sum(failures_since_start) from axes_accessattempt") in ([(1,)], [(None,)])


def test_a_locked_address_is_said_in_words(systems):
    """The fifth wrong password locks it, for the right one too."""
    where, messages = parse_address(systems.addresses["2026-05"]), []
    for password in (*["Wrong-1-password"] * 5, systems.password):
        with pytest.raises(SystemUnavailable) as refused:
            session.log_in(where, "reader", password)
        messages.append(str(refused.value))

    assert "the account is locked" in messages[-1] or "has blocked" in messages[-1]
    assert not any(systems.password in text for text in messages)
