"""The questions, in SQL. Names are mixed case and quoted; a living row has no "ValidityTo", older versions of it have.

`{user_key}` stands for the key of "tblUsers", which is "UserID" up to core 1.9 and id after it.
"""

IN_FORCE = """
p."ValidityTo" is null and p."PolicyStatus" in ({statuses}) and p."EffectiveDate" <= %({day})s and p."ExpiryDate" >= %({day})s
"""
POLICIES = 'select count(*) from "tblPolicy" p where '
LINKS = """
from "tblInsureePolicy" l join "tblPolicy" p on p."PolicyID" = l."PolicyId" join "tblInsuree" i on i."InsureeID" = l."InsureeID"
where l."ValidityTo" is null and i."ValidityTo" is null and l."EffectiveDate" <= %(day)s and l."ExpiryDate" >= %(day)s and
"""
# Active, and expired by now: in force between their dates, whatever they are called today.
INSURED = "2, 8"
EVER = """p."ValidityTo" is null and p."PolicyStatus" in (2, 4, 8) and """
USERS = """
from "core_User" u join "tblUsers" t on t.{user_key} = u.i_user_id where t."ValidityTo" is null
"""
PEOPLE = 'coalesce(v."MalePopulation", v."FemalePopulation", v."OtherPopulation")'
SUM = 'coalesce(v."MalePopulation", 0) + coalesce(v."FemalePopulation", 0) + coalesce(v."OtherPopulation", 0)'
CLAIMED = '"tblClaim" where "ValidityTo" is null and "DateClaimed" between %(from)s and %(to)s'


def living(table: str) -> str:
    """A count of the rows of a table that are not superseded."""
    return f'select count(*) from "{table}" where "ValidityTo" is null'


def in_force(day: str, statuses: str) -> str:
    """The condition that a policy is in force on a day."""
    return IN_FORCE.format(day=day, statuses=statuses)


NUMBERS = {
    "registered": living("tblInsuree"),
    "families": living("tblFamilies"),
    "policies": POLICIES + in_force("day", INSURED),
    "policies_before": POLICIES + in_force("before", INSURED),
    "policies_after": POLICIES + in_force("to", INSURED),
    "renewed": POLICIES + EVER + """p."PolicyStage" = 'R' and p."EffectiveDate" between %(from)s and %(to)s""",
    "ended": POLICIES + EVER + 'p."ExpiryDate" between %(before)s and %(last)s',
    "covered": 'select count(distinct l."InsureeID") ' + LINKS + in_force("day", INSURED),
    "insured_families": 'select count(distinct p."FamilyID") from "tblPolicy" p where ' + in_force("day", INSURED),
    "facilities": living("tblHF"),
    "claim_administrators": living("tblClaimAdmin"),
    "officers": living("tblOfficer") + ' and ("WorksTo" is null or "WorksTo" >= %(day)s)',
    "users": "select count(*) " + USERS,
    "officer_users": "select count(*) " + USERS + "and u.officer_id is not null",
    "facility_users": "select count(*) " + USERS + "and u.claim_admin_id is not null",
    "products": living("tblProduct"),
    "claims": f"select count(*) from {CLAIMED}",
    "policy_holders": 'select count(*) from "tblPolicyHolder" where not "isDeleted"',
    "population": f"""select sum({SUM}), count(*) filter (where {PEOPLE} is null), count(*)
        from "tblLocations" v where "ValidityTo" is null and "LocationType" = 'V'""",
}
GROUPED = {
    "facilities_by_owner": 'select "LegalForm", count(*) from "tblHF" where "ValidityTo" is null group by 1 order by 1',
    "facilities_by_level": 'select "HFLevel", count(*) from "tblHF" where "ValidityTo" is null group by 1 order by 1',
    "claims_by_status": f'select "ClaimStatus", count(*) from {CLAIMED} group by 1 order by 1',
    "population_by_district": f"""select d."LocationName", case when count(*) filter (where {PEOPLE} is null) = 0 then sum({SUM}) end
        from "tblLocations" v join "tblLocations" w on w."LocationId" = v."ParentLocationId"
        join "tblLocations" d on d."LocationId" = w."ParentLocationId"
        where v."ValidityTo" is null and v."LocationType" = 'V' group by 1 order by 1""",
    "users_by_role": """select r."RoleName", count(distinct u.id) from "core_User" u join "tblUsers" t on t.{user_key} = u.i_user_id
        join "tblUserRole" b on b."UserID" = t.{user_key} join "tblRole" r on r."RoleID" = b."RoleID"
        where t."ValidityTo" is null and b."ValidityTo" is null and r."ValidityTo" is null group by 1 order by 1""",
}
# What tells one release from another, and an openIMIS from any other database.
RELEASE = """select a.attname from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_index x on x.indrelid = c.oid and x.indisprimary and a.attnum = any(x.indkey)
    where c.relname = 'tblUsers' and pg_catalog.pg_table_is_visible(c.oid)"""
