"""Which modules are installed; asked for by `report` and `api_fhir_r4`."""

import os

BASIC = (
    "core", "report", "location", "medical", "medical_pricelist", "product", "insuree", "policy", "contribution", "payer", "claim",
    "claim_batch", "calculation", "contribution_plan", "invoice",
)  # fmt: skip
FULL = (*BASIC[:10], "payment", *BASIC[10:], "policyholder", "api_fhir_r4")


def openimis_apps():
    """The modules by name: all that the tests read, or those without policy holders and FHIR."""
    return list(BASIC if os.environ.get("LIVE_MODULES") == "basic" else FULL)
