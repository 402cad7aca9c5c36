"""The SQL statements. Names are in mixed case and quoted; a current row has no "ValidityTo", its older versions have one.

`{user_key}` stands for the key of "tblUsers", which is "UserID" up to core 1.9 and id after it.
"""

IN_FORCE = """
p."ValidityTo" is null and p."PolicyStatus" in ({statuses}) and p."EffectiveDate" <= %({day})s and p."ExpiryDate" >= %({day})s
"""
COUNT_POLICIES = 'select count(*) from "tblPolicy" p where '
COVERED_PEOPLE = """
from "tblInsureePolicy" l join "tblPolicy" p on p."PolicyID" = l."PolicyId" join "tblInsuree" i on i."InsureeID" = l."InsureeID"
where l."ValidityTo" is null and i."ValidityTo" is null and l."EffectiveDate" <= %(day)s and l."ExpiryDate" >= %(day)s and
"""
# Active or expired today: in force between their dates.
IN_FORCE_STATUSES = "2, 8"
EVER_IN_FORCE = """p."ValidityTo" is null and p."PolicyStatus" in (2, 4, 8) and """
USERS = """
from "core_User" u join "tblUsers" t on t.{user_key} = u.i_user_id where t."ValidityTo" is null
"""
PEOPLE = 'coalesce(v."MalePopulation", v."FemalePopulation", v."OtherPopulation")'
SUM = 'coalesce(v."MalePopulation", 0) + coalesce(v."FemalePopulation", 0) + coalesce(v."OtherPopulation", 0)'
CLAIMED = '"tblClaim" where "ValidityTo" is null and "DateClaimed" between %(from)s and %(to)s'


def current_rows(table: str) -> str:
    """A count of the current rows of a table, without superseded versions."""
    return f'select count(*) from "{table}" where "ValidityTo" is null'


def in_force(day: str, statuses: str) -> str:
    """The condition that a policy is in force on a day."""
    return IN_FORCE.format(day=day, statuses=statuses)


NUMBERS = {
    "registered": current_rows("tblInsuree"),
    "families": current_rows("tblFamilies"),
    "policies": COUNT_POLICIES + in_force("day", IN_FORCE_STATUSES),
    "policies_before": COUNT_POLICIES + in_force("before", IN_FORCE_STATUSES),
    "policies_after": COUNT_POLICIES + in_force("to", IN_FORCE_STATUSES),
    "renewed": COUNT_POLICIES + EVER_IN_FORCE + """p."PolicyStage" = 'R' and p."EffectiveDate" between %(from)s and %(to)s""",
    "ended": COUNT_POLICIES + EVER_IN_FORCE + 'p."ExpiryDate" between %(before)s and %(last)s',
    "covered": 'select count(distinct l."InsureeID") ' + COVERED_PEOPLE + in_force("day", IN_FORCE_STATUSES),
    "insured_families": 'select count(distinct p."FamilyID") from "tblPolicy" p where ' + in_force("day", IN_FORCE_STATUSES),
    "facilities": current_rows("tblHF"),
    "claim_administrators": current_rows("tblClaimAdmin"),
    "officers": current_rows("tblOfficer") + ' and ("WorksTo" is null or "WorksTo" >= %(day)s)',
    "users": "select count(*) " + USERS,
    "officer_users": "select count(*) " + USERS + "and u.officer_id is not null",
    "facility_users": "select count(*) " + USERS + "and u.claim_admin_id is not null",
    "products": current_rows("tblProduct"),
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
# The key of "tblUsers" shows the release, and that it is a database of openIMIS.
USER_KEY = """select a.attname from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
    join pg_catalog.pg_index x on x.indrelid = c.oid and x.indisprimary and a.attnum = any(x.indkey)
    where c.relname = 'tblUsers' and pg_catalog.pg_table_is_visible(c.oid)"""
