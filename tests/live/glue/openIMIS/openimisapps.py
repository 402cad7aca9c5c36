"""Which modules are installed; asked for by `report` and `api_fhir_r4`."""

import os

MODULES = (
    "core", "report", "location", "medical", "medical_pricelist", "product", "insuree", "policy", "contribution", "payer", "payment",
    "claim", "claim_batch", "calculation", "contribution_plan", "policyholder", "invoice", "api_fhir_r4",
)  # fmt: skip


def openimis_apps():
    """The modules by name, without those that the environment leaves out."""
    return [module for module in MODULES if module not in os.environ.get("LIVE_WITHOUT", "").split()]
