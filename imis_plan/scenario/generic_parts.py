"""What every new scenario starts with besides figures: options that any scheme has, and two funding rules to replace."""

from collections.abc import Mapping
from typing import Any

from imis_plan.scenario.localized_text import LocalizedText, both
from imis_plan.scenario.parameter import Parameter

Texts = tuple[LocalizedText, LocalizedText]
# Name -> title, description, changes.
OPTIONS: Mapping[str, tuple[LocalizedText, LocalizedText, Mapping[str, Any]]] = {
    "cloud_hosting": (
        both("Cloud servers", "Serveurs en nuage (cloud)"),
        both("Rented servers outside the country.", "Serveurs loués hors du pays."),
        {"server.hosting": "cloud"},
    ),
    "government_hosting": (
        both("Government data centre", "Centre de données de l’État"),
        both(
            "Virtual machines in the data centre of the government.", "Machines virtuelles dans le centre de données de l'État."
        ),
        {"server.hosting": "government"},
    ),
    "managed_hosting": (
        both("Managed service", "Infogérance"),
        both(
            "A provider runs the system under contract for a monthly fee; fewer own administrators are needed.",
            "Un prestataire exploite le système contre une redevance mensuelle ; moins d'administrateurs sont nécessaires.",
        ),
        {"server.hosting": "managed"},
    ),
    "plastic_cards": (
        both("Plastic cards", "Cartes en plastique"),
        both("Printed plastic cards for every newly insured person.", "Cartes en plastique imprimées pour chaque nouvel assuré."),
        {"printing.card_type": "pvc"},
    ),
    "no_cards": (
        both("No cards", "Sans cartes"),
        both(
            "An identity document that people have already is used; no cards are printed.",
            "Une pièce d'identité existante est utilisée ; aucune carte n'est imprimée.",
        ),
        {"printing.card_type": "none"},
    ),
    "electronic_claims": (
        both("Electronic claims", "Prestations électroniques"),
        both(
            "Nine of ten claims are entered by the facilities; fewer forms and clerks.",
            "Les formations sanitaires saisissent neuf prestations sur dix ; moins de formulaires et d'agents de saisie.",
        ),
        {"claims.electronic_share": 0.9},
    ),
    "own_phones": (
        both("Agents on their own phones", "Agents sur leurs propres téléphones"),
        both(
            "Agents use their own phones; the scheme pays for data only.",
            "Les agents utilisent leurs propres téléphones ; le régime ne paie que les données.",
        ),
        {"phones.provided": "own"},
    ),
    "delay": (
        both("Two years later", "Deux ans plus tard"),
        both("The roll-out starts two years late.", "Le déploiement commence avec deux ans de retard."),
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
            "funder": both("Development partner", "Partenaire au développement"),
            "components": list(SHARED_COMPONENTS),
            "share": HALF,
            "years": years,
            "note": both(
                "illustrative: half of software, server and training for three years; there is no agreement",
                "à titre d'illustration : moitié des logiciels, serveurs et formations pendant trois ans ; sans accord",
            ),
        },
        {
            "funder": both("Government", "État"),
            "components": "all",
            "share": 1,
            "years": "all",
            "note": both(
                "illustrative: everything else; there is no decision",
                "à titre d'illustration : tout le reste ; il n'y a pas de décision",
            ),
        },
    ]
