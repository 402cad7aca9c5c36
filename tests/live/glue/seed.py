"""Fill an empty openIMIS with invented data that holds the traps of real registers. The same rows every time; `tests/live/truth.py` has the sums.

Run by the Python of the openIMIS environment on an empty database; it makes the tables first.
"""

import os
import secrets
import uuid
from datetime import date, datetime, timedelta
from functools import cache
from importlib import import_module

import django

django.setup()

from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction

DAY = date(2026, 11, 24)
OLD, GONE = datetime(2024, 1, 1), datetime(2025, 6, 1)
PASSWORD = os.environ["LIVE_PASSWORD"]
RIGHTS = (101101, 101001, 101201, 111001, 121001, 121501, 121701, 122001, 150101)
EMPTY = {
    models.CharField: "",
    models.TextField: "",
    models.BooleanField: False,
    models.DateTimeField: OLD,
    models.DateField: OLD.date(),
}


@cache
def fields_of(kind):
    """The fields of a table by name."""
    return {field.name: field for field in kind._meta.concrete_fields}


@cache
def model(name):
    """A model; claim administrators have lived in two modules."""
    if name == "ClaimAdmin":
        return getattr(import_module("core.models"), name, None) or apps.get_model("claim", name)
    return next(found for found in apps.get_models() if found.__name__ == name)


def row(of, /, **values):
    """A row not yet saved; what the table wants and nobody gave is filled with nothing."""
    kind = model(of)
    known = fields_of(kind)
    given = {key: value for key, value in values.items() if key.removesuffix("_id") in known or key in known}
    for field in known.values():
        told = field.name in given or field.attname in given
        if told or field.null or field.has_default() or field.primary_key or field.is_relation:
            continue
        given[field.name] = next((empty for sort, empty in EMPTY.items() if isinstance(field, sort)), 0)
    given.setdefault("validity_from", OLD) if "validity_from" in known else None
    return kind(**given)


def stored(rows):
    """The rows, saved without the side effects of a save."""
    rows = list(rows)
    if rows:
        models.query.QuerySet(type(rows[0])).bulk_create(rows)
    return rows


def superseded(rows):
    """Older versions of rows: copies that point to them and are no longer valid."""
    old = []
    for now in rows:
        values = {field.attname: getattr(now, field.attname) for field in now._meta.concrete_fields if not field.primary_key}
        if "uuid" in values:
            values["uuid"] = str(uuid.uuid4())
        old.append(type(now)(**values | {"validity_to": GONE, "legacy_id": now.pk}))
    return stored(old)


def a_year(begin):
    """The last day of a year that begins on a day."""
    return begin.replace(year=begin.year + 1) - timedelta(days=1)


def places():
    """2 regions, 6 districts, 24 wards, 120 villages: more than one page of a hundred."""
    regions = stored(row("Location", code=f"R{i}", name=f"Region {i}", type="R") for i in range(2))
    districts = stored(row("Location", code=f"D{i}", name=f"District {i}", type="D", parent=regions[i // 3]) for i in range(6))
    wards = stored(row("Location", code=f"W{i:02}", name=f"Ward {i}", type="W", parent=districts[i // 4]) for i in range(24))
    villages = stored(
        row(
            "Location",
            code=f"V{i:03}",
            name=f"Village {i}",
            type="V",
            parent=wards[i // 5],
            male_population=400 + i,
            female_population=420 + i,
            families=160,
        )
        for i in range(120)
    )
    superseded(villages[:1])
    return regions, districts, villages


def facilities(districts):
    """30 facilities of four kinds of owner and three levels, each with a claim administrator."""
    forms = {
        code: row("HealthFacilityLegalForm", code=code, legal_form=name)
        for code, name in zip("GDPC", ("Government", "District", "Private", "Charity"), strict=True)
    }
    stored(forms.values())
    owners = "G" * 15 + "D" * 7 + "P" * 7 + "C"
    rows = stored(
        row(
            "HealthFacility",
            code=f"HF{i:04}",
            name=f"Facility {i}",
            legal_form=forms[owners[i]],
            level="HCCDDDDDDD"[i % 10],
            care_type="B",
            location=districts[i // 5],
            status="AC",
        )
        for i in range(30)
    )
    superseded(rows[:1])
    admins = stored(
        row("ClaimAdmin", code=f"CA{i:04}", last_name="A", other_names="B", health_facility=rows[i], has_login=i < 10)
        for i in range(30)
    )
    superseded(admins[:1])
    return rows, admins


def officers(districts):
    """24 enrolment officers, of whom two have left: one long ago, one yesterday. One leaves today and is still at work."""
    left = {22: datetime(2025, 3, 31), 23: datetime(2026, 11, 23), 21: datetime(2026, 11, 24)}
    rows = stored(
        row("Officer", code=f"EO{i:05}", last_name="O", other_names="P", location=districts[i % 6], works_to=left.get(i))
        for i in range(24)
    )
    superseded(rows[:1])
    return rows


def products(regions):
    """Two products of the nation and one of a region, which an account bound to districts does not see."""
    names = ("NAT1", "NAT2", "REG1")
    return stored(
        row(
            "Product",
            code=code,
            name=code,
            location=regions[0] if code == "REG1" else None,
            date_from=datetime(2024, 1, 1),
            date_to=datetime(2030, 1, 1),
            insurance_period=12,
            max_members=9,
        )
        for code in names
    )


def people(villages):
    """600 families of four and five: 2,700 people, half of them women and girls, most without a village of their own."""
    stored(row("Gender", code=code, gender=name) for code, name in (("F", "Female"), ("M", "Male")))
    heads = stored(
        row(
            "Insuree",
            chf_id=f"{i:04}0",
            last_name="L",
            other_names="M",
            gender_id="F",
            head=True,
            dob=date(1980, 1, 1),
            current_village=villages[i % 120] if i % 4 == 0 else None,
        )
        for i in range(600)
    )
    families = stored(
        row("Family", head_insuree=head, location=villages[i % 120], poverty=i % 5 == 0) for i, head in enumerate(heads)
    )
    for head, family in zip(heads, families, strict=True):
        head.family = family
    models.query.QuerySet(type(heads[0])).bulk_update(heads, ["family"])
    others = stored(
        row(
            "Insuree",
            chf_id=f"{i:04}{k}",
            last_name="L",
            other_names="N",
            gender_id="FM"[k % 2],
            head=False,
            dob=date(2010, 1, 1),
            family=families[i],
        )
        for i in range(600)
        for k in range(1, 4 + i % 2)
    )
    superseded([*heads[:20], *others[:20]])
    superseded(families[:3])
    members = {family.pk: [head] for family, head in zip(families, heads, strict=True)}
    for other in others:
        members[other.family_id].append(other)
    return families, members


def policies(families, members, product, officer):
    """Policies of three years, and who is covered by each. See `truth.py` for what each group is there for."""

    def policy(i, status, begin, stage="N", of=0):
        dates = {"effective_date": begin, "expiry_date": a_year(begin)} if begin else {}
        start = begin or date(2026, 5, 1)
        return row(
            "Policy",
            family=families[i],
            status=status,
            stage=stage,
            value=20000,
            product=product[of],
            officer=officer[i % 21],
            enroll_date=start,
            start_date=start,
            **dates,
        )

    def month(year, i):
        return date(year, 1 + i % 10, 1)

    rows = stored(
        [
            *(policy(i, 2, month(2026, i), "R" if i < 200 else "N") for i in range(325)),  # in force
            *(policy(i, 8, month(2025, i)) for i in range(200)),  # what 200 of them renewed
            *(policy(i, 2, date(2025, 1, 1)) for i in range(325, 350)),  # expired, yet "active"
            *(policy(i, 8, month(2025, i), "R" if i < 400 else "N") for i in range(350, 450)),  # not renewed
            *(policy(i, 8, month(2024, i)) for i in range(350, 450)),  # half of these were
            *(policy(i, 4, date(2026, 3, 1)) for i in range(450, 500)),  # suspended
            *(policy(i, 1, None) for i in range(500, 550)),  # never paid
            *(policy(i, 2, date(2026, 6, 1), "N", 2) for i in range(30)),  # a second one of the same family
            *(policy(i, 2, date(2026, 12, 1), "R") for i in range(325, 335)),  # begins next week
        ]
    )
    superseded(rows[:30])
    every_fifth = {family.pk for family in families[::5]}
    links = stored(
        row(
            "InsureePolicy",
            insuree=person,
            policy=one,
            enrollment_date=one.enroll_date,
            start_date=one.start_date,
            effective_date=one.effective_date,
            expiry_date=one.expiry_date,
        )
        for one in rows
        # In each fifth family somebody is registered and not insured.
        for person in members[one.family_id][: -1 if one.family_id in every_fifth else None]
    )
    superseded(links[:15])
    return rows


def claims(facility, admins, families, members):
    """1,500 claims over 690 days in all five statuses."""
    diagnosis = stored([row("Diagnosis", code="A00", name="Cholera")])[0]
    statuses = (1, 1, 2, 2, 4, 4, 4, 4, 8, 8, 8, 8, *[16] * 8)
    rows = stored(
        row("Claim", insuree=members[families[i % 325].pk][0], code=f"CL{i:07}", date_from=day, date_to=day, date_claimed=day + timedelta(days=2), icd=diagnosis,
            status=statuses[i % 20], claimed=2100, approved=2000, health_facility=facility[i % 30], admin=admins[i % 30], date_processed=None)
        for i in range(1500)
        for day in (date(2025, 1, 1) + timedelta(days=i * 689 // 1499 - 2),)
    )  # fmt: skip
    superseded(rows[:25])


def users(districts, officer, admins):
    """An administrator, readers who see all, one and no district, one without rights, one without policies, 10 clerks, 10 administrators of facilities, 6 officers, and one who was deleted."""
    language = stored([row("Language", code="en", name="English", sort_order=1)])[0]
    roles = {
        name: row("Role", name=name, is_system=64 if name == "Administrator" else 0, is_blocked=False)
        for name in ("Administrator", "Planner", "No policies", "Clerk")
    }
    stored(roles.values())
    superseded([roles["Clerk"]])
    stored(row("RoleRight", role=roles["Planner"], right_id=right) for right in RIGHTS)
    stored(row("RoleRight", role=roles["No policies"], right_id=right) for right in RIGHTS if right != 101201)
    stored([row("RoleRight", role=roles["Clerk"], right_id=101101)])
    for name, role, seen in (
        ("admin", "Administrator", districts),
        ("reader", "Planner", districts),
        ("local", "Planner", districts[:1]),
        ("nowhere", "Planner", []),
        ("bare", None, districts),
        ("nopolicies", "No policies", districts),
    ):
        login(name, roles.get(role), seen, language)
    for i in range(10):
        login(f"clerk{i}", roles["Clerk"], districts[:1], language)
    for i in range(10):
        login(admins[i].code, roles["Clerk"], districts[:1], language, claim_admin=admins[i])
    for i in range(6):
        login(officer[i].code, roles["Clerk"], districts[:1], language, officer=officer[i])
    login("gone", roles["Clerk"], districts, language)
    model("InteractiveUser").objects.filter(login_name="gone").update(validity_to=GONE)


def login(name, role, seen, language, **bound):
    """A user with a password, a role and districts."""
    user = row("InteractiveUser", login_name=name, last_name=name, other_names=name, language=language, is_associated=bool(bound))
    user.private_key = secrets.token_hex(64)
    user.password = __import__("hashlib").sha256(f"{PASSWORD}{user.private_key}".encode()).hexdigest().upper()
    stored([user])
    user = type(user).objects.get(login_name=name)
    stored([row("User", username=name, i_user=user, **bound)])
    if role:
        stored([row("UserRole", user=user, role=role)])
    stored(row("UserDistrict", user=user, location=district) for district in seen)


def holders():
    """Five policy holders, one of them deleted besides."""
    user = model("User").objects.get(username="admin")
    stored(
        row(
            "PolicyHolder",
            id=uuid.uuid4(),
            code=f"PH{i}",
            trade_name=f"Holder {i}",
            is_deleted=i == 5,
            user_created=user,
            user_updated=user,
            date_created=OLD,
            date_updated=OLD,
            date_valid_from=OLD,
        )
        for i in range(6)
    )


def main():
    """Everything, or nothing."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    with transaction.atomic():
        regions, districts, villages = places()
        facility, admins = facilities(districts)
        officer, product = officers(districts), products(regions)
        families, members = people(villages)
        policies(families, members, product, officer)
        claims(facility, admins, families, members)
        users(districts, officer, admins)
        holders()
    with connection.cursor() as cursor:
        cursor.execute("analyze")


main()
