"""The language of what readers see."""

import pytest

from imis_plan import load
from imis_plan.facts.country import find_country
from imis_plan.i18n import sources, translate
from imis_plan.i18n.sentences import refusals
from imis_plan.model.ledger import budget
from imis_plan.model.translator import ENGLISH, current_translator
from imis_plan.problems import BadInput
from imis_plan.scenario.published import published
from imis_plan.scenario.value_checks import single_number_problems
from imis_plan.sections.parameter_values import choice_name
from tests.model.plans import plan_of


def test_english_needs_no_catalogue():
    """It is always there, and a sentence is itself."""
    assert translate.languages()[0] == "en"
    translate.set_language("en")
    assert (translate.current_language(), translate._("Total"), translate._("")) == ("en", "Total", "")


@pytest.mark.parametrize("language", ["xx", "", "english"])
def test_a_language_without_a_catalogue_is_bad_input(language):
    """The problem names the option, the value, and what there is; the language stays what it was."""
    with pytest.raises(BadInput, match=r"there is no catalogue for it, .*en"):
        translate.set_language(language)

    assert translate.current_language() == "en"


@pytest.mark.parametrize(
    ("count", "form"),
    [
        (1, "one"),
        (0, "many"),  # no bands hold
        (2, "many"),
        (0.5, "many"),  # half a post rounds to none
    ],
)
def test_a_sentence_fits_its_count(count, form):
    """One post, two posts."""
    assert translate.plural("one", "many", count) == form


def test_a_text_of_a_scenario_speaks_the_language_if_it_can(speak):
    """The current language, else English, else the first that is given."""
    both, french = {"en": "Plan", "fr": "Projet"}, {"fr": "Projet"}
    assert (translate.localized("Plan"), translate.localized(both), translate.localized(french)) == ("Plan", "Plan", "Projet")
    speak("fr")
    assert translate.localized(both) == "Projet"
    speak("pt")
    assert translate.localized(both) == "Plan"


def test_the_language_changes_to_french_and_back():
    """Sentences, numbers and the ledger's own words follow the language, and go back to what they were."""
    with translate.using_language("fr"):
        assert (translate.current_language(), translate._("Who pays"), current_translator().translate("Who pays")) == (
            "fr",
            "Qui paie",
            "Qui paie",
        )
        assert translate.localize_digits("1,234.5") == "1\u202f234,5"
    assert (translate.current_language(), current_translator()) == ("en", ENGLISH)
    assert translate.localize_digits("1,234.5") == "1,234.5"


@pytest.mark.parametrize(
    ("count", "french"),
    [
        (0, "Elle demande 0 poste de plus."),  # none is singular in French ...
        (1, "Elle demande 1 poste de plus."),
        (1.5, "Elle demande 1.5 poste de plus."),  # ... and so is all that is below two
        (2, "Elle demande 2 postes de plus."),
        (181, "Elle demande 181 postes de plus."),
    ],
)
def test_plural_forms_are_those_of_french(count, french):
    """0 poste, 1 poste, 1,5 poste, 2 postes."""
    with translate.using_language("fr"):
        assert (
            translate.plural("It requires {count} additional post.", "It requires {count} additional posts.", count).format(
                count=count
            )
            == french
        )


def test_a_half_is_plural_in_english_and_singular_in_french():
    """English says 1.5 posts, French 1,5 poste."""
    assert (translate.whole_number_of_same_form(1.5, "en") == 1, translate.whole_number_of_same_form(1.5, "fr") in (0, 1)) == (
        False,
        True,
    )
    assert (translate.whole_number_of_same_form(7.0, "fr"), translate.whole_number_of_same_form(7.0, "en")) == (7, 7)


@pytest.mark.parametrize(
    ("unit", "french"),
    [
        ("USD/person-day", "USD/personne-jour"),
        ("claim/person/year", "prestation/personne/an"),
        ("1/year", "1/an"),
        ("yes/no", "oui/non"),  # one word with a stroke in it
        ("1", "1"),
        ("XAF", "XAF"),
    ],
)
def test_a_unit_is_translated_part_by_part(unit, french):
    """Money and numbers stay."""
    assert translate.translate_unit(unit) == unit
    with translate.using_language("fr"):
        assert translate.translate_unit(unit) == french


@pytest.mark.parametrize(
    ("source", "french"),
    [
        ("assumption: one page", "hypothèse\u00a0: une page"),
        ("leconomie2024: one national coverage", "leconomie2024\u00a0: une seule couverture nationale"),
        ("worldbank_population: 2024", "worldbank_population\u00a0: 2024"),
        ("worldbank_cpi: 2010–2023; factbook: 2024", "worldbank_cpi\u00a0: 2010–2023\u202f; factbook\u00a0: 2024"),
        ("ecb: 2015–2026; x 655.957 XAF/EUR (ecb_peg)", "ecb\u00a0: 2015–2026\u202f; x 655,957 XAF/EUR (ecb_peg)"),
        ("ecb_peg: 655.957 XAF/EUR", "ecb_peg\u00a0: 655,957 XAF/EUR"),
        ("factbook", "factbook"),  # a key alone
        ("assumption: known to nobody here", "hypothèse\u00a0: known to nobody here"),  # a reason of somebody's own scenario
        (None, ""),
    ],
)
def test_a_source_keeps_its_key(source, french):
    """The key names a publication; the text after it is a sentence."""
    assert sources.translate_source(source) == (source or "")
    with translate.using_language("fr"):
        assert sources.translate_source(source) == french


def test_a_choice_has_a_name_in_each_language():
    """The declaration names it; a value without a name is shown as it is."""
    parameter = load("nepal").parameters["printing.card_type"]
    assert choice_name(parameter, "preprinted_qr") == "ID card, pre-printed QR"
    with translate.using_language("fr"):
        assert choice_name(parameter, "preprinted_qr") == "carte préimprimée à code QR"
        assert choice_name(parameter, "of my own") == "of my own"


def test_the_calculation_of_a_line_that_does_not_apply_names_what_is_chosen_instead():
    """And not the value in the file."""
    working = budget(load("nepal"))["working"]
    assert "another card type is chosen: ID card, pre-printed QR" in set(working)
    assert not working.str.contains("preprinted_qr").any()


def test_the_ledger_speaks_the_language_and_counts_the_same():
    """Calculations are French sentences with French numbers; no amount and no key moves."""
    english = budget(plan_of("cameroon"))
    with translate.using_language("fr"):
        french = budget(plan_of("cameroon"))
    row = french[(french["line"] == "claim_forms") & (french["year"] == 2027)].iloc[0]

    assert row["working"] == (
        "1\u202f526\u202f848 prestations sur papier x 2 pages, + 0,03 de gâche = 3\u202f145\u202f307 x 0,03218 USD/page (2025)"
        " x 1,06605 inflation x 581,64002 taux de change"  # 1.035 x 1.03; the rate of the price year
    )
    columns = [name for name in english.columns if name not in ("working", "funder")]
    assert french[columns].equals(english[columns])


def test_a_source_with_numbers_only_has_the_separators_of_the_language():
    """There is nothing to translate in `29,123,744 / 28,372,687 - 1`."""
    assert sources.translate_source("worldbank: 29,123,744 / 28,372,687 - 1.5") == "worldbank: 29,123,744 / 28,372,687 - 1.5"
    with translate.using_language("fr"):
        assert sources.translate_place("29,123,744 / 2.5") == "29\u202f123\u202f744 / 2,5"


def test_comparable_scenarios_have_the_names_and_numbers_of_the_language():
    """In the report and in the questions; the limit that a value was lowered to is a formula."""
    source = "open question: median of comparable scenarios, Cameroon 0.2, The Gambia 4,000,000; ≤ agents.number"
    with translate.using_language("fr"):
        found = sources.translate_source(source)
    assert found.endswith(", Cameroun 0,2, Gambie 4\u202f000\u202f000; ≤ agents.number")


@pytest.mark.parametrize("name", ["senegal", "togo", "kenya", "argentina"])
def test_words_that_a_new_scenario_has_from_the_facts_are_translated(name):
    """They have numbers and names in them; keys of publications stay."""
    given = [data["source"] for data in published(find_country(name), 2027).values()]
    composed = [source.partition(": ")[2] for source in given if " " in source.partition(": ")[2]]
    with translate.using_language("fr"):
        left = [words for words, source in ((words, sources.translate_place(words)) for words in composed) if words == source]
    assert len(composed) > 2
    assert left == []


@pytest.mark.parametrize(
    ("source", "french"),
    [
        ("azure2025: France South, nearest region with a price, 3,660 km away",
         "azure2025\u00a0: France South, région la plus proche qui a un prix, à 3\u202f660 km"),
        ("open question: median of 7 countries with the currency XOF, last five years",
         "question ouverte\u00a0: médiane de 7 pays de même monnaie (XOF), cinq dernières années"),
        ("open question: median of 50 countries in Africa", "question ouverte\u00a0: médiane de 50 pays, région\u00a0: Afrique"),
        ("open question: default of defaults.yaml, no comparable scenario",
         "question ouverte\u00a0: valeur par défaut de defaults.yaml, aucun scénario comparable"),
        ("assumption: as in nepal, to be confirmed", "hypothèse\u00a0: comme dans nepal, à confirmer"),
        ("assumption: what-if of the analyst, instead of 0.28", "hypothèse\u00a0: valeur choisie par l’analyste, au lieu de 0,28"),
        ("assumption: what-if of the analyst, instead of own_room", "hypothèse\u00a0: valeur choisie par l’analyste, au lieu de own_room"),
        ("assumption: what-if of the analyst, instead of [0.1, 0.28]",
         "hypothèse\u00a0: valeur choisie par l’analyste, au lieu de [0.1, 0.28]"),
        ("assumption: a variant keeps the contingency of its base",
         "hypothèse\u00a0: une variante conserve la provision pour imprévus de son scénario de base"),
        ("share of nepal by population: 12.3456% of its 1,510",
         "part de nepal selon la population\u00a0: 12,3456\u202f% de ses 1\u202f510"),
        ("open question: share of kenya by population: 2.5000% of its 190",
         "question ouverte\u00a0: part de kenya selon la population\u00a0: 2,5000\u202f% de ses 190"),
        ("maina2019: Kisumu, public facilities, collected up to 2019",
         "maina2019\u00a0: Kisumu, formations sanitaires publiques, relevées jusqu’en 2019"),
        ("openIMIS at demo, 2026-11-02, account X, release 24.10: year of the count",
         "openIMIS at demo, 2026-11-02, account X, release 24.10\u00a0: année du dénombrement"),
        ("assumption: today's share is kept, 1,250 insured / 20,000 people; high: everybody registered",
         "hypothèse\u00a0: le taux de couverture actuel est maintenu, 1\u202f250 assurés / 20\u202f000 personnes\u202f; valeur haute\u00a0: toutes les personnes inscrites"),
        ("given on the command line, 2026-11-27", "donné en ligne de commande, 2026-11-27"),
    ],
)  # fmt: skip
def test_words_that_we_compose_are_found_by_their_pattern(source, french):
    """A file has them in English, with the numbers and names of the country."""
    assert sources.translate_source(source) == source
    with translate.using_language("fr"):
        assert sources.translate_source(source) == french


def test_sources_of_open_questions_are_translated(monkeypatch):
    """How a typical value was found, and that a line depends on open questions; names, values and paths stay."""
    french = {
        "open question: {typical}": "question ouverte : {typical}",
        "median of comparable scenarios": "médiane de scénarios comparables",
        "{source}; draft, open: {paths}": "{source} ; version provisoire : {paths}",
        "{key}: {place}": "{key} : {place}",
    }
    monkeypatch.setattr(sources, "_", lambda text: french.get(text, text))
    found = sources.translate_source("open question: median of comparable scenarios, Nepal 0.28, Tanzania 0.0232")
    assert found == "question ouverte : médiane de scénarios comparables, Nepal 0.28, Tanzania 0.0232"
    line = sources.translate_source("tender2025: item; draft, open: coverage.target, schemes.number")
    assert line == "tender2025 : item ; version provisoire : coverage.target, schemes.number"


def test_a_bound_is_written_as_a_file_has_it():
    """One number, one way to write it: what is refused with a French decimal comma in YAML is not shown with one."""
    plan = plan_of("borsa")
    wrong = list(single_number_problems(plan.parameters["coverage.target"], 0.00001, plan.rules.units))
    with translate.using_language("fr"):
        assert refusals(wrong) == ["inférieur à 0.0001\u00a0: indiquer de 0.0001 à 1"]
