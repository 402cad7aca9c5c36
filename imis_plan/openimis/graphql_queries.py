"""The questions, in GraphQL. Each stands alone: one that an installation cannot answer would take the others with it."""

from dataclasses import dataclass

PAGE = 100
# Legal forms and levels as openIMIS is delivered; what else there is shows as the difference to the whole.
OWNERS = {"G": "Government", "D": "District organization", "P": "Private", "C": "Charity"}
LEVELS = {"H": "Hospital", "C": "Health centre", "D": "Dispensary"}
CLAIMS = {1: "Rejected", 2: "Entered", 4: "Checked", 8: "Processed", 16: "Valuated"}
ACTIVE, SUSPENDED, EXPIRED = 2, 4, 8
# Those of a policy that was paid for and not suspended: on a day between its dates it was in force, whatever it is called today.
INSURED = (ACTIVE, EXPIRED)
OWNER, LEVEL = 'legalForm_Code: "{}"', 'level: "{}"'
IN_PERIOD = "dateClaimed_Gte: $from, dateClaimed_Lte: $to"


@dataclass(frozen=True)
class Count:
    """A fact whose value is one count, or the sum of several.

    right : number and name of the right that it needs; empty where a login is enough
    cut : whether the server shows an account its own districts only, in any release that was tried
    """

    query: str
    module: str
    right: str = ""
    cut: bool = True


@dataclass(frozen=True)
class Split:
    """A fact whose values are counts by name; `whole` is the fact that they add up to."""

    query: str
    names: dict[str, str]
    whole: str
    module: str
    right: str = ""
    cut: bool = True


INSUREES, FAMILIES, POLICIES = "101101 (insurees)", "101001 (families)", "101201 (policies)"
CLAIMING, PRODUCTS, OFFICERS = "111001 (claims)", "121001 (products)", "121501 (enrolment officers)"
USERS, ROLES, HOLDERS = "121701 (users)", "122001 (roles)", "150101 (policy holders)"


def count(field: str, arguments: str = "") -> str:
    """A count of the rows that pass a filter."""
    return f"{field}(first: 1{', ' if arguments else ''}{arguments}) {{ totalCount }}"


def by(field: str, argument: str, codes: dict[str, str], more: str = "") -> str:
    """One count for each code, named c_<code>."""
    return " ".join(f"c_{code}: {count(field, argument.format(code) + more)}" for code in codes)


def in_force(day: str, *statuses: int) -> str:
    """Policies in force on a day, by their dates: nothing in openIMIS changes a status on the day on which a policy ends."""
    dates = f"effectiveDate_Lte: {day}, expiryDate_Gte: {day}"
    return " ".join(f"s{status}: {count('policies', f'status: {status}, {dates}')}" for status in statuses)


def ever_in_force(arguments: str) -> str:
    """Policies that were in force at some time, and pass a filter."""
    return " ".join(
        f"s{status}: {count('policies', f'status: {status}, {arguments}')}" for status in (ACTIVE, SUSPENDED, EXPIRED)
    )


RENEWALS = 'stage: "R", effectiveDate_Gte: $from, effectiveDate_Lte: $to'
ENDS = "expiryDate_Gte: $before, expiryDate_Lte: $last"
STATUSES = {str(code): name for code, name in CLAIMS.items()}


def dated(names: str, body: str) -> str:
    """A query with dates as variables."""
    return f"query({', '.join(f'${name}: Date' for name in names.split())}) {{ {body} }}"


COUNTS = {
    "registered": Count(f"{{ {count('insurees')} }}", "insuree", INSUREES),
    "families": Count(f"{{ {count('families')} }}", "insuree", FAMILIES),
    "policies": Count(dated("day", in_force("$day", *INSURED)), "policy", POLICIES),
    "policies_before": Count(dated("before", in_force("$before", *INSURED)), "policy", POLICIES),
    "policies_after": Count(dated("to", in_force("$to", *INSURED)), "policy", POLICIES),
    "renewed": Count(dated("from to", ever_in_force(RENEWALS)), "policy", POLICIES),
    "ended": Count(dated("before last", ever_in_force(ENDS)), "policy", POLICIES),
    "facilities": Count(f"{{ {count('healthFacilities')} }}", "location"),
    "claim_administrators": Count(f"{{ {count('claimAdmins')} }}", "core or claim"),
    "users": Count(f"{{ {count('users')} }}", "core", USERS, cut=False),
    "officer_users": Count(f"{{ {count('users', 'userTypes: [OFFICER]')} }}", "core", USERS, cut=False),
    "facility_users": Count(f"{{ {count('users', 'userTypes: [CLAIM_ADMIN]')} }}", "core", USERS, cut=False),
    "claims": Count(dated("from to", count("claims", IN_PERIOD)), "claim", CLAIMING),
    # Without the filter the older releases count deleted ones too.
    "policy_holders": Count(f"{{ {count('policyHolder', 'isDeleted: false')} }}", "policyholder", HOLDERS, cut=False),
}
SPLITS = {
    "facilities_by_owner": Split(f"{{ {by('healthFacilities', OWNER, OWNERS)} }}", OWNERS, "facilities", "location"),
    "facilities_by_level": Split(f"{{ {by('healthFacilities', LEVEL, LEVELS)} }}", LEVELS, "facilities", "location"),
    "claims_by_status": Split(
        dated("from to", by("claims", "status: {}", STATUSES, f", {IN_PERIOD}")), STATUSES, "claims", "claim", CLAIMING
    ),
}
MINE = "{ userDistricts { code } }"
DISTRICTS = 'query($after: String) { page: locationsAll(type: "D", first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { code validityTo } } } }'
VILLAGES = (
    'query($after: String) { page: locations(type: "V", first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { '
    "validityTo malePopulation femalePopulation otherPopulation parent { parent { name } } } } } }"
)
AT_WORK = (
    "query($after: String) { page: enrolmentOfficers(first: 100, after: $after) { pageInfo { hasNextPage endCursor } "
    "edges { node { validityTo worksTo } } } }"
)
COVERED = (
    "query($day: Date, $status: Int, $after: String) { page: policies(first: 100, after: $after, status: $status, effectiveDate_Lte: $day, expiryDate_Gte: $day) { "
    "pageInfo { hasNextPage endCursor } edges { node { family { uuid } insureePolicies { pageInfo { hasNextPage } "
    "edges { node { validityTo effectiveDate expiryDate insuree { uuid } } } } } } } }"
)
ALL_ROLES = "{ role(first: 100) { totalCount edges { node { id name } } } }"
