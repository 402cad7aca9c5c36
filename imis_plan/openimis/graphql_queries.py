"""The GraphQL queries. Each is sent alone: in a combined query, one unknown field fails all others."""

from dataclasses import dataclass

# Legal forms and levels of a new openIMIS; others are counted as the difference to the total.
OWNER_NAMES = {"G": "Government", "D": "District organization", "P": "Private", "C": "Charity"}
LEVEL_NAMES = {"H": "Hospital", "C": "Health centre", "D": "Dispensary"}
CLAIM_STATUSES = {1: "Rejected", 2: "Entered", 4: "Checked", 8: "Processed", 16: "Valuated"}
ACTIVE, SUSPENDED, EXPIRED = 2, 4, 8
# Statuses of a paid policy that was not suspended: it was in force between its dates, whatever its status is today.
IN_FORCE_STATUSES = (ACTIVE, EXPIRED)
OWNER_FILTER, LEVEL_FILTER = 'legalForm_Code: "{}"', 'level: "{}"'
IN_PERIOD = "dateClaimed_Gte: $from, dateClaimed_Lte: $to"


@dataclass(frozen=True)
class Count:
    """A fact whose value is one count, or the sum of several.

    right : number and name of the required right; empty if a login is enough
    limited_by_district : whether a tested release limits it to the districts of the account
    """

    query: str
    module: str
    right: str = ""
    limited_by_district: bool = True


@dataclass(frozen=True)
class Split:
    """A fact whose values are counts by category; `total` is the fact with their total."""

    query: str
    names: dict[str, str]
    total: str
    module: str
    right: str = ""
    limited_by_district: bool = True


INSUREES_RIGHT, FAMILIES_RIGHT, POLICIES_RIGHT = "101101 (insurees)", "101001 (families)", "101201 (policies)"
CLAIMS_RIGHT, PRODUCTS_RIGHT, OFFICERS_RIGHT = "111001 (claims)", "121001 (products)", "121501 (enrolment officers)"
USERS_RIGHT, ROLES_RIGHT, POLICY_HOLDERS_RIGHT = "121701 (users)", "122001 (roles)", "150101 (policy holders)"


def count(field: str, arguments: str = "") -> str:
    """The number of rows that match a filter."""
    return f"{field}(first: 1{', ' if arguments else ''}{arguments}) {{ totalCount }}"


def counts_by_code(field: str, argument: str, codes: dict[str, str], more: str = "") -> str:
    """One count for each code, with the alias c_<code>."""
    return " ".join(f"c_{code}: {count(field, argument.format(code) + more)}" for code in codes)


def in_force(day: str, *statuses: int) -> str:
    """Policies in force on a day, by their dates: openIMIS does not change the status of a policy when it ends."""
    dates = f"effectiveDate_Lte: {day}, expiryDate_Gte: {day}"
    return " ".join(f"s{status}: {count('policies', f'status: {status}, {dates}')}" for status in statuses)


def ever_in_force(arguments: str) -> str:
    """Policies that were in force at some time and match a filter."""
    return " ".join(
        f"s{status}: {count('policies', f'status: {status}, {arguments}')}" for status in (ACTIVE, SUSPENDED, EXPIRED)
    )


RENEWALS = 'stage: "R", effectiveDate_Gte: $from, effectiveDate_Lte: $to'
ENDS = "expiryDate_Gte: $before, expiryDate_Lte: $last"
STATUS_NAMES = {str(code): name for code, name in CLAIM_STATUSES.items()}


def query_with_dates(names: str, body: str) -> str:
    """A query with dates as variables."""
    return f"query({', '.join(f'${name}: Date' for name in names.split())}) {{ {body} }}"


COUNTS = {
    "registered": Count(f"{{ {count('insurees')} }}", "insuree", INSUREES_RIGHT),
    "families": Count(f"{{ {count('families')} }}", "insuree", FAMILIES_RIGHT),
    "policies": Count(query_with_dates("day", in_force("$day", *IN_FORCE_STATUSES)), "policy", POLICIES_RIGHT),
    "policies_before": Count(query_with_dates("before", in_force("$before", *IN_FORCE_STATUSES)), "policy", POLICIES_RIGHT),
    "policies_after": Count(query_with_dates("to", in_force("$to", *IN_FORCE_STATUSES)), "policy", POLICIES_RIGHT),
    "renewed": Count(query_with_dates("from to", ever_in_force(RENEWALS)), "policy", POLICIES_RIGHT),
    "ended": Count(query_with_dates("before last", ever_in_force(ENDS)), "policy", POLICIES_RIGHT),
    "facilities": Count(f"{{ {count('healthFacilities')} }}", "location"),
    "claim_administrators": Count(f"{{ {count('claimAdmins')} }}", "core or claim"),
    "users": Count(f"{{ {count('users')} }}", "core", USERS_RIGHT, limited_by_district=False),
    "officer_users": Count(f"{{ {count('users', 'userTypes: [OFFICER]')} }}", "core", USERS_RIGHT, limited_by_district=False),
    "facility_users": Count(
        f"{{ {count('users', 'userTypes: [CLAIM_ADMIN]')} }}", "core", USERS_RIGHT, limited_by_district=False
    ),
    "claims": Count(query_with_dates("from to", count("claims", IN_PERIOD)), "claim", CLAIMS_RIGHT),
    # Without the filter, older releases count deleted policy holders.
    "policy_holders": Count(
        f"{{ {count('policyHolder', 'isDeleted: false')} }}", "policyholder", POLICY_HOLDERS_RIGHT, limited_by_district=False
    ),
}
SPLITS = {
    "facilities_by_owner": Split(
        f"{{ {counts_by_code('healthFacilities', OWNER_FILTER, OWNER_NAMES)} }}", OWNER_NAMES, "facilities", "location"
    ),
    "facilities_by_level": Split(
        f"{{ {counts_by_code('healthFacilities', LEVEL_FILTER, LEVEL_NAMES)} }}", LEVEL_NAMES, "facilities", "location"
    ),
    "claims_by_status": Split(
        query_with_dates("from to", counts_by_code("claims", "status: {}", STATUS_NAMES, f", {IN_PERIOD}")),
        STATUS_NAMES,
        "claims",
        "claim",
        CLAIMS_RIGHT,
    ),
}
USER_DISTRICTS = "{ userDistricts { code } }"
DISTRICTS = 'query($after: String) { page: locationsAll(type: "D", first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { code validityTo } } } }'
VILLAGES = (
    'query($after: String) { page: locations(type: "V", first: 100, after: $after) { pageInfo { hasNextPage endCursor } edges { node { '
    "validityTo malePopulation femalePopulation otherPopulation parent { parent { name } } } } } }"
)
OFFICERS_AT_WORK = (
    "query($after: String) { page: enrolmentOfficers(first: 100, after: $after) { pageInfo { hasNextPage endCursor } "
    "edges { node { validityTo worksTo } } } }"
)
COVERED_PEOPLE = (
    "query($day: Date, $status: Int, $after: String) { page: policies(first: 100, after: $after, status: $status, effectiveDate_Lte: $day, expiryDate_Gte: $day) { "
    "pageInfo { hasNextPage endCursor } edges { node { family { uuid } insureePolicies { pageInfo { hasNextPage } "
    "edges { node { validityTo effectiveDate expiryDate insuree { uuid } } } } } } } }"
)
ALL_ROLES = "{ role(first: 100) { totalCount edges { node { id name } } } }"
