"""What every new scenario starts with besides figures: options that any scheme has, and two funding rules to replace."""

from collections.abc import Mapping
from typing import Any

from imis_plan.scenario.localized_text import LocalizedText
from imis_plan.scenario.parameter import Parameter

Texts = tuple[LocalizedText, LocalizedText]
# Name -> title, description, changes.
OPTIONS: Mapping[str, tuple[LocalizedText, LocalizedText, Mapping[str, Any]]] = {
    "cloud_hosting": (
        {"en": "Cloud servers", "fr": "Serveurs en nuage (cloud)"},
        {"en": "Rented servers outside the country.", "fr": "Serveurs loués hors du pays."},
        {"server.hosting": "cloud"},
    ),
    "government_hosting": (
        {"en": "Government data centre", "fr": "Centre de données de l’État"},
        {
            "en": "Virtual machines in the data centre of the government.",
            "fr": "Machines virtuelles dans le centre de données de l'État.",
        },
        {"server.hosting": "government"},
    ),
    "managed_hosting": (
        {"en": "Managed service", "fr": "Infogérance"},
        {
            "en": "A provider runs the system under contract for a monthly fee; fewer own administrators are needed.",
            "fr": "Un prestataire exploite le système contre une redevance mensuelle ; moins d'administrateurs sont nécessaires.",
        },
        {"server.hosting": "managed"},
    ),
    "plastic_cards": (
        {"en": "Plastic cards", "fr": "Cartes en plastique"},
        {
            "en": "Printed plastic cards for every newly insured person.",
            "fr": "Cartes en plastique imprimées pour chaque nouvel assuré.",
        },
        {"printing.card_type": "pvc"},
    ),
    "no_cards": (
        {"en": "No cards", "fr": "Sans cartes"},
        {
            "en": "An identity document that people have already is used; no cards are printed.",
            "fr": "Une pièce d'identité existante est utilisée ; aucune carte n'est imprimée.",
        },
        {"printing.card_type": "none"},
    ),
    "electronic_claims": (
        {"en": "Electronic claims", "fr": "Prestations électroniques"},
        {
            "en": "Nine of ten claims are entered by the facilities; fewer forms and clerks.",
            "fr": "Les formations sanitaires saisissent neuf prestations sur dix ; moins de formulaires et d'agents de saisie.",
        },
        {"claims.electronic_share": 0.9},
    ),
    "own_phones": (
        {"en": "Agents on their own phones", "fr": "Agents sur leurs propres téléphones"},
        {
            "en": "Agents use their own phones; the scheme pays for data only.",
            "fr": "Les agents utilisent leurs propres téléphones ; le régime ne paie que les données.",
        },
        {"phones.provided": "own"},
    ),
    "delay": (
        {"en": "Two years later", "fr": "Deux ans plus tard"},
        {"en": "The roll-out starts two years late.", "fr": "Le déploiement commence avec deux ans de retard."},
        {"coverage.delay": 2},
    ),
}
SHARED_COMPONENTS = ("software", "server", "capacity")
YEARS_OF_PARTNERS = 3
HALF = 0.5


def generic_options(parameters: Mapping[str, Parameter], chosen: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The options that a folder declares parameters for, without those that change nothing.

    chosen : values that the scenario gives, by path
    """
    now = {path: chosen.get(path, parameter.value) for path, parameter in parameters.items()}
    return {
        name: {"title": title, "description": description, "changes": dict(changes)}
        for name, (title, description, changes) in OPTIONS.items()
        if all(path in now and now[path] != value and is_allowed(parameters[path], value) for path, value in changes.items())
    }


def is_allowed(parameter: Parameter, value: Any) -> bool:
    """Whether a parameter has this choice."""
    return not parameter.choices or value in parameter.choices


def illustrative_funding(first_year: int) -> list[dict[str, Any]]:
    """Two rules that show how funding is written: partners pay half of what is new, the government everything else."""
    years = [first_year + i for i in range(YEARS_OF_PARTNERS)]
    return [
        {
            "funder": {"en": "Development partner", "fr": "Partenaire au développement"},
            "components": list(SHARED_COMPONENTS),
            "share": HALF,
            "years": years,
            "note": {
                "en": "illustrative: half of software, server and training for three years; there is no agreement",
                "fr": "à titre d'illustration : moitié des logiciels, serveurs et formations pendant trois ans ; sans accord",
            },
        },
        {
            "funder": {"en": "Government", "fr": "État"},
            "components": "all",
            "share": 1,
            "years": "all",
            "note": {
                "en": "illustrative: everything else; there is no decision",
                "fr": "à titre d'illustration : tout le reste ; il n'y a pas de décision",
            },
        },
    ]
