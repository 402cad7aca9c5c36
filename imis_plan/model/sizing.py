"""Size of the openIMIS server: cores, memory and disk from users, claims and records.

The rule and its constants are measurements on a running openIMIS (see `server.sizing` in parameters/defaults.yaml and
docs/method.md, "Server size"). The peak hour is arithmetic on assumed behaviour, so every share of it is a parameter.
"""

from imis_plan.model.arrays import ceil, choose, cumulative_sum, maximum, round_up_to

SECONDS_PER_HOUR = 3600
KB_PER_GB = 1e6


def peak_seconds(v, part):
    """Processor seconds in the peak hour of one part, `backend` or `database`. [second]"""
    of = f"server.sizing.{part}_"
    peak = v["server.sizing.peak_hour_share"]
    daily_claims = v["claims"] / v["server.sizing.working_days"] * v[of + "claim"]
    updated = v["insured"] * v["server.sizing.updated_share"]
    people = v["households"] * v[of + "renewal"] + v["new_insured"] * v[of + "person"] + updated * v[of + "update"]
    enrolment = people / v["server.sizing.enrolment_days"]
    browsing = v["server.sizing.active_users_share"] * v["supported_users"] * v[of + "user_hour"]
    return peak * (daily_claims + enrolment) + browsing


def cores_for_load(seconds, factor, utilisation):
    """Whole cores for the load of the peak hour at the given utilisation. [core]

    seconds : processor seconds in the peak hour. [second]
    factor : calls that the front end adds to the measured ones. [1]
    utilisation : share of a core that may be busy. [1]
    """
    return ceil(seconds * factor / SECONDS_PER_HOUR / utilisation)


def backend_cores(v):
    """Cores for the web application. [core]"""
    return cores_for_load(peak_seconds(v, "backend"), v["server.sizing.call_factor"], v["server.sizing.utilisation"])


def database_cores(v):
    """Cores for the database. [core]"""
    return cores_for_load(peak_seconds(v, "database"), v["server.sizing.call_factor"], v["server.sizing.utilisation"])


def database_gb(v):
    """Records without photos, before bloat. [GB]"""
    people = v["registered"] * v["server.sizing.kb_per_person"]
    changes = v["server.sizing.updated_share"] * v["server.sizing.kb_per_update"]
    years = cumulative_sum(v["average_insured"]) * (v["server.sizing.kb_per_renewal"] + changes)
    claims = cumulative_sum(v["claims"]) * v["server.sizing.kb_per_claim"]
    return (people + years + claims) / KB_PER_GB


def photos_gb(v):
    """Photos as stored by openIMIS. [GB]"""
    return v["registered"] * v["enrolment.photo_share"] * v["server.sizing.kb_per_photo"] / KB_PER_GB


def attachments_gb(v):
    """Scans and photos attached to claims, kept over the years as files. [GB]"""
    attached = cumulative_sum(v["claims"]) * v["server.sizing.attachment_share"]
    return attached * v["server.sizing.kb_per_attachment"] / KB_PER_GB


def storage_gb(v):
    """Disk of the production server: records with bloat, photos, attachments of claims, system and logs. [GB]"""
    data = v["database_gb"] * v["server.sizing.bloat"] + v["photos_gb"] + v["attachments_gb"]
    return v["active"] * (data + v["server.sizing.system_gb"])


def memory_gb(v):
    """Memory of web application and database. [GB]"""
    workers = 2 * v["backend_cores"] + 1
    backend = workers * v["server.sizing.gb_per_worker"] + v["server.sizing.backend_gb"]
    return backend + v["server.sizing.database_base_gb"] + v["server.sizing.database_memory_share"] * v["database_gb"]


def production_cores(v):
    """Cores bought or rented for production: the larger need of load or memory, rounded up to an available size. [core]"""
    load = (v["backend_cores"] + v["database_cores"]) * v["server.sizing.headroom"]
    needed = maximum(load, v["memory_gb"] / v["server.sizing.gb_per_core"])
    return v["active"] * round_up_to(maximum(needed, v["server.sizing.minimum_cores"]), v["server.machine_sizes"])


def test_cores(v):
    """Cores of the environment for tests and training. [core]"""
    return v["active"] * round_up_to(v["production_cores"] * v["server.test_share"], v["server.machine_sizes"])


def recovery_cores(v):
    """Cores of the recovery site. [core]"""
    return v["active"] * round_up_to(v["production_cores"] * v["server.recovery_share"], v["server.machine_sizes"])


SIZING = {
    function.__name__: function
    for function in (
        backend_cores, database_cores, database_gb, photos_gb, attachments_gb, storage_gb, memory_gb, production_cores,
        test_cores, recovery_cores,
    )
}  # fmt: skip


def administered_environments(v):
    """Server administration: what the hosting leaves, more for servers above the size of one administrator. [environment]

    1 is the work of one administrator in the scheme's own server room.
    """
    shares = {
        "ministry_room": lambda: v["server.ministry_room.administration"],
        "government": lambda: v["server.government.administration"],
        "cloud": lambda: v["server.cloud.administration"],
        "managed": lambda: v["server.managed.administration"],
    }
    cores = v["production_cores"] + v["test_cores"] + v["recovery_cores"]
    size = maximum(cores / v["server.cores_per_administrator"], 1.0)
    return v["active"] * choose(v["server.hosting"], shares) * size


# What a role may depend on, as on the drivers before the size of the server.
ADMINISTRATION = {"administered_environments": administered_environments}
