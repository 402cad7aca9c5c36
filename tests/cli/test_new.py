"""`imis-plan new`: the scenario of a country, what it asks, and how the questions are answered."""

import io
import json
import re
import shutil

import pytest
import yaml

from imis_plan import budget, load
from imis_plan.scenario.open_questions import OpenQuestions
from imis_plan.scenario.yaml_file import read
from tests.cli.conftest import REAL
from tests.small import folder

SCHEMA = "# yaml-language-server: $schema=schema.json"
NAMES = ("defaults", "units", "sources", "benchmarks", "nepal", "tanzania", "cameroon", "zambia")
ROLE = """
roles:
  reviewer:
    title: Reviewer
    tasks: [reviews claims]
    needs: [care]
    level: office
    pay: {value: 30000, unit: NPR/person/month, price_year: 2025, source: tender2025, confidence: B}
    on_costs: {value: 0.1, source: tender2025, confidence: B}
    sourcing: {value: in_house, source: tender2025, confidence: B}
    existing: {value: 9, source: tender2025, confidence: B}
    first_year: {value: 0.75, source: tender2025, confidence: B}
    turnover: {value: 0.1, source: tender2025, confidence: B}
    rounding: {value: 1, source: tender2025, confidence: B}
    cas: {value: 0.15, source: tender2025, confidence: B}
    individual_hours: {value: 0, source: tender2025, confidence: B}
    workload:
      claims: {driver: claims, text: a claim, minutes: {value: 4, source: tender2025, confidence: B}}
"""
# What nobody but the planners of a scenario can know, and where Kenya has no published figure.
ASKED = {
    "about.scheme", "about.target", "funding", "coverage.target", "coverage.insured_at_start", "facilities.at_start",
    "agents.at_start", "schemes.number", "schemes.offices_per_scheme", "schemes.at_start", "schemes.offices_at_start",
    *(f"office_it.{item}.at_start" for item in ("workstations", "printers", "scanners", "ups", "network")), "phones.at_start",
    *(f"roles.{role}.existing" for role in ("data_entry_clerk", "system_administrator", "server_administrator", "developer")),
}  # fmt: skip


@pytest.fixture
def place(tmp_path):
    """A folder with what all real scenarios share, and four of them."""
    made = tmp_path / "parameters"
    made.mkdir()
    for name in NAMES:
        shutil.copyfile(REAL / f"{name}.yaml", made / f"{name}.yaml")
    return made


@pytest.fixture
def typed(monkeypatch):
    """What a user types, line by line; the input ends after it."""
    return lambda *lines: monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def data_of(place, name="kenya"):
    """A scenario as plain data."""
    return yaml.safe_load((place / f"{name}.yaml").read_text(encoding="utf-8"))


def test_kenya_is_known_and_what_is_published_has_a_source(imis_plan, place):
    """Nobody has to find the population, the currency or the exchange rates of a country."""
    done = imis_plan("new", "kenya", parameters=place)
    assert (done.code, done.out) == (0, f"{place / 'kenya.yaml'}\n")
    assert done.err.splitlines()[0] == "21 open questions: answer them in the file, or: imis-plan new kenya --ask"
    data = data_of(place)
    assert (data["about"]["iso3"], data["about"]["currency"], data["about"]["language"]) == ("KEN", "KES", "en")
    assert data["population"]["total"]["source"].startswith("worldbank_population: 2024")
    assert data["facilities"]["number"] == {
        "value": 6146,
        "source": "maina2019: public facilities of 51 areas, collected up to 2019; newer national lists are longer",
        "confidence": "A",
    }
    assert list(data["money"]) == ["home_inflation_forward"]  # nobody publishes what inflation will be
    assert data["money"]["home_inflation_forward"]["confidence"] == "assumed"
    rates = load("kenya", parameters=place, draft=True).parameters["money.exchange_rates"]
    assert (rates.layer, rates.value[2021]) == ("facts", 109.638)


def test_the_file_reads_as_a_questionnaire(imis_plan, place):
    """Questions come before figures, each with its unit, why it matters, and what is typical."""
    imis_plan("new", "kenya", parameters=place)
    text = (place / "kenya.yaml").read_text(encoding="utf-8")
    assert text.splitlines()[0] == SCHEMA
    questions, figures = text.split("# Part 2: published figures")
    assert questions.count(": open") > len(ASKED) - 2  # funding is there to confirm, in a list
    assert ": open" not in figures
    assert (
        "  # Share of the population with an active policy at full roll-out [1]?\n"
        "  # Why it matters: it moves every line that follows people: cards, messages, clerks, servers\n"
        "  target:\n    value: open\n    typical: 0.13\n    low: 0.043\n    high: 0.23\n"
        '    source: "open question: median of comparable scenarios, Cameroon 0.2, Mauritania 0.05, Tanzania 0.0232, Zambia 0.33"\n'
    ) in questions
    assert "  - funding\n" in questions


def test_questions_are_no_faults_and_refuse_a_budget(imis_plan, place):
    """They are listed apart, with their lines; a draft is marked as one."""
    imis_plan("new", "kenya", parameters=place)
    done = imis_plan("check", "kenya", parameters=place)
    assert (done.code, done.err) == (2, "")
    assert done.out.startswith("kenya: 21 open questions; answer them in the file or with `imis-plan new kenya --ask`")
    line = read(place / "kenya.yaml").lines["coverage", "target", "value"]
    assert (
        f"  parameters/kenya.yaml:{line}: open question: coverage.target: Share of the population with an active policy at full"
        " roll-out [1], give value and source in place of `open`; typical is 0.13\n"
    ) in done.out
    assert imis_plan("check", "kenya", "--draft", parameters=place).code == 0
    for command in (("budget", "kenya"), ("staffing", "kenya"), ("compare", "kenya", "nepal"), ("workbook", "kenya")):
        refused = imis_plan(*command, parameters=place)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err.startswith("parameters/kenya.yaml: 21 open questions; ")
    draft = imis_plan("budget", "kenya", "--draft", parameters=place)
    assert draft.out.startswith("kenya: nominal KES, draft\n21 questions are open; typical values of comparable scenarios ")
    assert imis_plan("compare", "kenya", "nepal", "--draft", parameters=place).out.startswith("kenya: draft. 21 questions")


def test_exactly_what_nobody_else_knows_is_asked(imis_plan, place):
    """Target, people, schemes, offices, what exists, and who pays."""
    imis_plan("new", "kenya", parameters=place)
    with pytest.raises(OpenQuestions) as caught:
        load("kenya", parameters=place)
    assert {problem.path for problem in caught.value.problems} == ASKED


def test_a_what_if_answers_a_question(imis_plan, place):
    """The other ones stay open."""
    imis_plan("new", "kenya", parameters=place)
    plan = load("kenya", parameters=place, draft=True, coverage__target=0.3)
    assert {problem.path for problem in plan.open_questions} == ASKED - {"coverage.target"}


def test_a_draft_names_open_questions_in_the_ledger(imis_plan, place):
    """In the source of each line whose quantity depends on one."""
    imis_plan("new", "kenya", parameters=place)
    table = budget(load("kenya", parameters=place, draft=True)).set_index("line")
    assert (
        table.loc["id_cards_laminated_paper", "source"]
        .iloc[0]
        .endswith("; draft, open: coverage.insured_at_start, coverage.target")
    )
    assert "draft" not in str(table.loc["project_management", "source"].iloc[0])


def test_an_answer_needs_a_source_of_its_own(imis_plan, place):
    """A value in place of `open` is not from comparable scenarios any more."""
    imis_plan("new", "kenya", parameters=place)
    file = place / "kenya.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("value: open\n    typical: 0.13\n", "value: 0.25\n    typical: 0.13\n")
    )
    done = imis_plan("check", "kenya", parameters=place)
    assert done.code == 2
    assert 'coverage.target.source = "open question: median' in done.err
    assert "an answer with the source of the typical value, say who gives the answer" in done.err
    assert "kenya: 20 open questions" in done.out


@pytest.mark.parametrize(
    ("name", "country", "iso3"),
    [
        ("kenya", [], "KEN"),
        ("cote_d_ivoire", [], "CIV"),
        ("Burkina-Faso", [], "BFA"),
        ("bolivia", [], "BOL"),
        ("ma_region", ["--country", "Allemagne"], "DEU"),
        ("pilot", ["--country", "ke"], "KEN"),
    ],
)
def test_a_country_is_known_by_names_and_codes(name, country, iso3, imis_plan, place):
    """In English and in French."""
    assert imis_plan("new", name, *country, parameters=place).code == 0
    assert data_of(place, name)["about"]["iso3"] == iso3


@pytest.mark.parametrize(
    ("name", "country", "message"),
    [
        ("kenia", [], 'no country is called "kenia", did you mean Kenya (KEN)? Else name it, as in --country KEN;'),
        ("mine", ["--country", "Congo"], "it stands for two countries, the Democratic Republic of the Congo (COD)"),
        ("congo", [], "it stands for two countries, the Democratic Republic of the Congo (COD)"),
        (
            "mine",
            ["--country", "Atlantis"],
            'new mine: no country is called "Atlantis", give its name in English or French, or its three letters, as in --country',
        ),
    ],
)
def test_an_unknown_country_is_refused_with_the_one_that_was_meant(name, country, message, imis_plan, place):
    """Nothing is written."""
    done = imis_plan("new", name, *country, parameters=place)
    assert (done.code, done.out) == (2, "")
    assert message in done.err
    assert not (place / f"{name}.yaml").exists()


@pytest.mark.parametrize(("name", "country"), [("kosovo", []), ("zanzibar_south", ["--country", "none"])])
def test_a_country_without_facts_works_by_hand(name, country, imis_plan, place):
    """The form is the same, with more to fill in; what is empty is said in sentences."""
    done = imis_plan("new", name, *country, parameters=place)
    assert (done.code, done.err) == (0, f"nothing is published about it here; fill it in, then: imis-plan check {name}\n")
    done = imis_plan("check", name, parameters=place)
    assert 'about.iso3 = "": not a country code, give three capital letters such as KEN (ISO 3166)' in done.err
    assert "^[A-Z]" not in done.err
    file = place / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    for key, value in {"country": "Kosovo", "iso3": "XKX", "title": "Plan", "currency": "EUR"}.items():
        text = text.replace(f'  {key}: ""', f"  {key}: {value}")
    rate, expected = "value: open", "    source: "
    for path, value in {
        "total": "1600000\n    low: 1500000\n    high: 1700000", "year": "2024", "planning_rate": "0.9", "planning_rate_year": "2026", "exchange_rates": "{2025: 0.88, 2026: 0.9}",
        "home_inflation": "{2024: 0.02}", "home_inflation_forward": "0.02\n    low: 0.01\n    high: 0.03",
    }.items():  # fmt: skip
        head, mark, tail = text.partition(f"  {path}:\n")
        assert mark
        tail = tail.replace(rate, f"value: {value}", 1).replace(
            f'{expected}"open question: no typical value"', f'{expected}"assumption: by hand"', 1
        )
        text = head + mark + tail
    file.write_text(
        text.replace("  planning_rate:\n    value: 0.9", "  planning_rate:\n    value: 0.9\n    low: 0.8\n    high: 1")
    )
    assert imis_plan("check", name, "--draft", parameters=place).err == ""
    assert imis_plan("budget", name, "--draft", parameters=place).code == 0


def test_answers_are_asked_in_the_terminal(imis_plan, place, typed):
    """One that cannot be is asked again; per cent are read; the rest is skipped."""
    typed("Mutual of Kenya", "", "about 30", "30 %", "worldbank_population: made up for a test")
    done = imis_plan("new", "kenya", "--ask", parameters=place)
    assert done.code == 0
    assert "Share of the population with an active policy at full roll-out [1]?" in done.err
    assert "Typical: 0.13 (median of comparable scenarios, Cameroon 0.2" in done.err
    assert "not a number, give a number without quotes, separators or %" in done.err
    assert "19 open questions" in done.err
    data = data_of(place)
    assert data["about"]["scheme"] == "Mutual of Kenya"
    assert data["about"]["target"] == "open"
    target = data["coverage"]["target"]
    assert target == {  # without the range of comparable scenarios, which say nothing of a figure with a source
        "value": 0.3, "typical": 0.13, "source": "worldbank_population: made up for a test", "confidence": "A",
    }  # fmt: skip


def test_an_assumption_has_the_range_that_its_author_gives(imis_plan, place, typed):
    """The range of other countries is not theirs; one that does not contain the answer is asked again."""
    typed("", "", "0.3", "", "0.4 0.5", "0.2", "0,2 0.4", "14000001", "", "")
    done = imis_plan("new", "kenya", "--ask", parameters=place)
    assert done.code == 0
    assert "give two numbers with a space between them" in done.err
    target = data_of(place)["coverage"]["target"]
    assert (target["value"], target["low"], target["high"]) == (0.3, 0.2, 0.4)
    assert target["source"] == "assumption: answer of the planners"


def test_a_range_that_is_refused_is_not_kept(imis_plan, place, typed):
    """Enter after it leaves the answer without a range, as it does at once."""
    typed("", "", "0.3", "", "0.4 0.5", "", *[""] * 18)
    done = imis_plan("new", "kenya", "--ask", parameters=place)
    assert done.code == 0
    target = data_of(place)["coverage"]["target"]
    assert (target["value"], target["low"], target["high"]) == (0.3, 0.3, 0.3)


def test_an_answer_far_from_other_countries_gets_a_note(imis_plan, place, typed):
    """Eight schemes are their most: more than ten times as many may be a slip of the keys, 26 are not."""
    typed(*[""] * 6, "26", "", "", "5000000", "", "")
    done = imis_plan("new", "kenya", "--ask", parameters=place)
    assert done.code == 0
    assert done.err.count("Note: far from comparable scenarios") == 1
    assert data_of(place)["schemes"]["number"]["value"] == 26


def test_a_french_check_shows_typical_values_as_the_file_takes_them(imis_plan, place, monkeypatch):
    """YAML reads 0.13 as a number, and 0,13 as a text."""
    imis_plan("new", "kenya", parameters=place)
    monkeypatch.setenv("IMIS_PLAN_LANGUAGE", "fr")
    done = imis_plan("check", "kenya", parameters=place)
    assert re.search(r"coverage\.target\s?: .*valeur typique\s?: 0\.13\n", done.out)


def test_a_question_mark_is_no_answer(imis_plan, place, typed):
    """Neither as a name, nor as a number, nor as a source; each is asked again."""
    typed("?", "Mutual of Kenya", "", "?", "0.3", "??", "The decree of May")
    done = imis_plan("new", "kenya", "--ask", parameters=place)
    assert done.code == 0
    assert done.err.count("neither a letter nor a digit, give it in words") == 2
    assert "not a number" in done.err
    data = data_of(place)
    assert data["about"]["scheme"] == "Mutual of Kenya"
    assert (data["coverage"]["target"]["value"], data["coverage"]["target"]["source"]) == (0.3, "The decree of May")


def test_a_french_speaking_country_is_asked_in_french(imis_plan, place, typed):
    """Questions, units, reasons and numbers are French, and so is the answer that confirms; the next command is English again."""
    typed("Caisse nationale du Gabon", "", "0,3", "", "", *[""] * 17, "o")
    done = imis_plan("new", "gabon", "--ask", parameters=place)
    assert done.code == 0
    words = " ".join(done.err.split())  # and no-break spaces
    assert "Part de la population ayant une police active une fois le déploiement achevé [1] ?" in words
    assert "Formations sanitaires conventionnées avant la première année [formation sanitaire] ?" in words
    assert "Pourquoi c’est important : toutes les lignes liées aux personnes en dépendent" in words
    assert re.search(r"Valeur typique : 0,\d+ \(médiane de scénarios comparables, ", words)
    assert "Cameroun 0,2, " in words
    assert "Est-ce juste en l’état ?" in words
    assert "18 questions ouvertes : répondez-y dans le fichier" in words
    assert not any(english in words for english in ("Why it matters", "Typical:", "Answer:", "open question", "Share of"))
    data = yaml.safe_load((place / "gabon.yaml").read_text(encoding="utf-8"))
    assert (data["about"]["scheme"], data["coverage"]["target"]["value"]) == ("Caisse nationale du Gabon", 0.3)
    assert "to_confirm" not in data

    assert "open questions: answer them in the file" in imis_plan("new", "kenya", parameters=place).err


def test_a_french_session_writes_french_comments(imis_plan, place, monkeypatch):
    """Headings, questions and reasons; keys, units and values are those of an English session."""
    imis_plan("new", "togo", parameters=place)
    english = data_of(place, "togo")
    (place / "togo.yaml").unlink()
    monkeypatch.setenv("IMIS_PLAN_LANGUAGE", "fr")
    imis_plan("new", "togo", parameters=place)
    text = (place / "togo.yaml").read_text(encoding="utf-8")
    comments = " ".join(line.partition("# ")[2] for line in text.splitlines()[1:] if "# " in line)
    assert data_of(place, "togo") == english
    assert "Partie 1\u00a0: questions" in comments
    assert "Pourquoi c’est important\u00a0: " in comments
    assert "Part de la population ayant une police active une fois le déploiement achevé [1]" in comments
    assert not any(words in comments for words in ("Part 1", "Why it", "one of", "a number", "Who pays", "Copied", "name of"))


def test_what_is_next_is_in_the_language_of_the_session(imis_plan, place):
    """As `check` and `budget` are; only questions are in the language of the country."""
    assert (
        "21 open questions: answer them in the file, or: imis-plan new togo --ask"
        in imis_plan("new", "togo", parameters=place).err
    )


def test_a_french_session_is_asked_in_french(imis_plan, place, monkeypatch):
    """Whatever the language of the country."""
    monkeypatch.setenv("IMIS_PLAN_LANGUAGE", "fr")
    words = " ".join(imis_plan("new", "kenya", parameters=place).err.split())
    assert "21 questions ouvertes : répondez-y dans le fichier, ou : imis-plan new kenya --ask" in words


def test_the_questions_of_a_file_can_be_asked_again(imis_plan, place, typed):
    """Answers stay; an assumption is the source where none is given, and it has no range but its own value."""
    typed("Mutual of Kenya")
    imis_plan("new", "kenya", "--ask", parameters=place)
    typed("One in two people.", "0.5", "", "", *[""] * 17, "y")
    done = imis_plan("new", "kenya", "--ask", parameters=place)
    assert "name of the insurance scheme" not in done.err
    data = data_of(place)
    assert data["about"]["target"] == "One in two people."
    target = data["coverage"]["target"]
    assert (target["value"], target["low"], target["high"]) == (0.5, 0.5, 0.5)
    assert target["source"] == "assumption: answer of the planners"
    assert "to_confirm" not in data
    assert imis_plan("check", "kenya", "--draft", parameters=place).err == ""


def test_ctrl_c_writes_nothing(imis_plan, place, monkeypatch):
    """Not even what was answered before it."""

    class Interrupted(io.StringIO):
        def readline(self, *_):
            raise KeyboardInterrupt

    monkeypatch.setattr("sys.stdin", Interrupted())
    before = sorted(place.iterdir())
    assert imis_plan("new", "kenya", "--ask", parameters=place).code == 130
    assert sorted(place.iterdir()) == before


def test_like_copies_the_structure_and_no_fact(imis_plan, place):
    """What is copied is named by `check` until it is confirmed."""
    imis_plan("new", "ghana", "--like", "nepal", parameters=place)
    data, nepal = data_of(place, "ghana"), load("nepal", parameters=place)
    assert data["server"]["hosting"]["value"] == nepal["server.hosting"] == "government"
    assert data["printing"]["card_type"]["source"] == "assumption: as in nepal, to be confirmed"
    assert data["population"]["total"]["value"] != nepal["population.total"]
    assert data["coverage"]["target"]["value"] == "open"
    assert "pay" not in data["roles"]["data_entry_clerk"]
    assert {"phones_for_assistants", "plastic_cards"} <= set(data["options"])
    assert not {"more_reviewers", "international_reseller"} & set(data["options"])  # they state a count and a price of Nepal
    assert "Left out, because they state facts: more_reviewers, international_reseller." in (place / "ghana.yaml").read_text()
    assert imis_plan("check", "ghana", "--draft", parameters=place)[::2] == (0, "")
    done = imis_plan("check", "ghana", parameters=place)
    assert "open question: server.hosting: copied or made up for a start, check it in line " in done.out
    file = place / "ghana.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  - server.hosting\n", ""), encoding="utf-8")
    assert "open question: server.hosting" not in imis_plan("check", "ghana", parameters=place).out


def test_like_copies_a_role_but_asks_for_its_pay_and_posts(imis_plan, tmp_path):
    """Standards of work go along; what is paid and who is there are facts."""
    from tests.small import COUNTRY

    made = folder(tmp_path, toy2=COUNTRY + ROLE)
    assert imis_plan("new", "ghana", "--like", "toy2", parameters=made).code == 0
    reviewer = data_of(made, "ghana")["roles"]["reviewer"]
    assert reviewer["title"] == "Reviewer"
    assert reviewer["workload"]["claims"]["driver"] == "claims"
    assert reviewer["workload"]["claims"]["minutes"]["value"] == 4
    assert (reviewer["pay"]["value"], reviewer["existing"]["value"]) == ("open", "open")
    done = imis_plan("check", "ghana", "--draft", parameters=made)
    assert (done.code, done.err) == (0, "")


def test_every_scenario_starts_with_generic_options_and_illustrative_funders(imis_plan, place):
    """Hosting, cards, claims, phones, delay; an option that changes nothing is left out."""
    imis_plan("new", "kenya", parameters=place)
    data = data_of(place)
    assert set(data["options"]) == {
        "government_hosting", "managed_hosting", "plastic_cards", "no_cards", "electronic_claims", "own_phones", "delay",
    }  # fmt: skip
    assert [rule["note"]["en"].partition(":")[0] for rule in data["funding"]] == ["illustrative", "illustrative"]


def test_what_is_confirmed_must_be_in_the_file(imis_plan, place):
    """A name that is misspelt would never be confirmed."""
    imis_plan("new", "kenya", parameters=place)
    file = place / "kenya.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("  - funding\n", "  - fundng\n"), encoding="utf-8")
    assert (
        'to_confirm[0] = "fundng": names nothing in this file, did you mean funding?'
        in imis_plan("check", "kenya", parameters=place).err
    )


def test_without_comparable_scenarios_a_draft_needs_answers(imis_plan, tmp_path, monkeypatch):
    """No typical value is invented."""
    made = tmp_path / "parameters"
    monkeypatch.setattr("imis_plan.scenario.typical.PACKAGE_PARAMETERS", made)
    made.mkdir()
    for name in NAMES[:4]:
        shutil.copyfile(REAL / f"{name}.yaml", made / f"{name}.yaml")
    imis_plan("new", "kenya", parameters=made)
    done = imis_plan("budget", "kenya", "--draft", parameters=made)
    assert done.code == 2
    assert "no typical value is known, so that a draft needs an answer, too" in done.err


@pytest.mark.parametrize("more", [[], ["--like", "toy"]])
def test_a_file_that_is_there_is_never_overwritten(more, imis_plan, small):
    """Neither a scenario nor a draft, however it was to be made."""
    (small / "ghana.yaml").write_text("mine")
    done = imis_plan("new", "ghana", *more, parameters=small)
    assert done == (2, "", "parameters/ghana.yaml: already exists, take another name, or remove the file first\n")
    assert (small / "ghana.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["../ghana", "a/b", ".hidden", "N'Djamena", "गाउँ", "defaults", "units", "sources", "benchmarks", "ghana.yaml"])  # fmt: skip
def test_a_name_that_cannot_be_one_is_refused(name, imis_plan, small):
    """It becomes the name of a file and of a folder."""
    before = sorted(path for path in small.parent.rglob("*"))
    done = imis_plan("new", name, parameters=small)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{name}: not a name of a scenario, give letters from a to z, digits, - and _")
    assert done.err.endswith("; reserved: benchmarks, defaults, sources, units\n")
    assert sorted(path for path in small.parent.rglob("*")) == before


@pytest.mark.parametrize(
    ("given", "name", "iso3"),
    [
        ("Bénin", "Benin", "BEN"),
        ("Côte d'Ivoire", "Cote-d-Ivoire", "CIV"),
        ("Côte d’Ivoire", "Cote-d-Ivoire", "CIV"),
        ("Burkina Faso", "Burkina-Faso", "BFA"),
        ("Pérou", "Perou", "PER"),
    ],
)
def test_a_country_may_have_accents_and_blanks(given, name, iso3, imis_plan, place):
    """The file gets a name that it can have, which is said first, and which the commands named after it take."""
    done = imis_plan("new", given, parameters=place)
    assert (done.code, done.out) == (0, f"{place / name}.yaml\n")
    assert done.err.splitlines()[0] == f'names of scenarios have no accents and no blanks: "{given}" is called {name}'
    assert f"imis-plan budget {name} --draft" in done.err
    assert data_of(place, name)["about"]["iso3"] == iso3
    again = imis_plan("new", given, parameters=place)
    assert again.code == 2
    assert f"parameters/{name}.yaml: already exists" in again.err


def test_another_name_with_accents_is_refused_also_with_a_country(imis_plan, small):
    """Only the name of a country says which name is meant."""
    done = imis_plan("new", "Mon plan été", "--country", "BEN", parameters=small)
    assert (done.code, done.out) == (2, "")
    assert ", as in Mon-plan-ete; the title takes any text" in done.err


def test_like_nobody_is_refused(imis_plan, small):
    """With the scenarios there are."""
    done = imis_plan("new", "ghana", "--like", "tox", parameters=small)
    assert done == (2, "", "tox: no such scenario, did you mean toy?\n")
    assert not (small / "ghana.yaml").exists()


def test_areas_of_a_country_become_rows_of_a_table(imis_plan, place):
    """With the facilities of each; the people, which are not in the facts, are asked for by name."""
    done = imis_plan("new", "cameroon", "--by", "region", parameters=place)
    assert (done.code, done.out) == (0, f"{place / 'cameroon_regions.csv'}\n")
    first = (place / "cameroon_regions.csv").read_text(encoding="utf-8").splitlines()[1]
    assert first == 'adamawa,Adamawa,population,,,144,"maina2019: Adamawa, public facilities, collected up to 2019"'
    refused = imis_plan("report", "cameroon", "--scenarios", place / "cameroon_regions.csv", "--dry-run", parameters=place)
    assert refused.code == 2
    assert (
        "cameroon_regions.csv:2: population.total: missing, give the people of this part, which share_of_base needs"
        in refused.err
    )
    refused = imis_plan("new", "nepal", "--by", "region", parameters=place)
    assert refused.err.startswith("nepal: the facts have no first-level areas of Nepal, write the table by hand")


@pytest.mark.parametrize(
    ("country", "remedy"),
    [('{en: "Kenya", fr: "Kenya"}', "the code of Kenya is KEN"), ("Atlantis", "did you mean MEX?")],
)
def test_an_unknown_code_of_a_country_is_named_and_not_what_the_facts_lack(country, remedy, imis_plan, tmp_path):
    """With the code of the country by its name, else the most similar code."""
    file = tmp_path / "kenya.yaml"
    (tmp_path / "schema.json").write_text("{}", encoding="utf-8")
    assert imis_plan("new", "kenya", parameters=tmp_path).code == 0
    text = file.read_text(encoding="utf-8").replace('iso3: "KEN"', 'iso3: "KEX"')
    file.write_text(text.replace('country: {en: "Kenya", fr: "Kenya"}', f"country: {country}"), encoding="utf-8")
    what = "no country of ISO 3166 has this code, so that the facts give nothing for money.home_inflation"
    assert imis_plan("check", "kenya", "--draft", parameters=tmp_path).err == (
        f'{tmp_path.name}/kenya.yaml:13: about.iso3 = "KEX": {what}, {remedy}\n'
    )


def test_check_warns_of_a_language_without_a_catalogue(imis_plan, tmp_path):
    """Its reports would be in English; no more than that is wrong."""
    (tmp_path / "schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text('based_on: borsa\nabout:\n  language: "sw"\n', encoding="utf-8")
    done = imis_plan("check", "mine", parameters=tmp_path)
    what = "no catalogue for this language, reports would be in English, choose from en, fr"
    assert (done.code, done.err) == (0, f'warning: {tmp_path.name}/mine.yaml:3: about.language = "sw": {what}\n')


@pytest.mark.parametrize(
    ("arguments", "first"),
    [(["mali"], "imis-plan new mali"), (["sahel", "--country", "Mali"], "imis-plan new sahel --country MLI")],
)
def test_areas_of_a_scenario_that_does_not_exist_need_it_first(arguments, first, imis_plan, tmp_path):
    """It is that of a country, and no misspelt name of another."""
    (tmp_path / "schema.json").write_text("{}", encoding="utf-8")
    done = imis_plan("new", *arguments, "--by", "region", parameters=tmp_path)
    what = "no such scenario, which the areas are parts of, write it first"
    assert done == (2, "", f"{arguments[0]}: {what}: {first}\n")


def test_a_text_that_is_left_empty_is_said_to_be_empty(imis_plan, tmp_path):
    """YAML has null for it, which quotes would not help."""
    (tmp_path / "schema.json").write_text("{}", encoding="utf-8")
    (tmp_path / "mine.yaml").write_text("based_on: borsa\nabout:\n  target:\n", encoding="utf-8")
    done = imis_plan("check", "mine", parameters=tmp_path)
    assert (done.code, done.err) == (2, f"{tmp_path.name}/mine.yaml:3: about.target: empty, give text\n")


def test_the_list_counts_open_questions_apart_from_problems(imis_plan, place):
    """A new scenario of Kenya has 21 open questions; a misspelt key makes one problem, not 22."""
    imis_plan("new", "kenya", parameters=place)
    file = place / "kenya.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("coverage:\n", "coverage:\n  targit: {value: 1}\n", 1), encoding="utf-8"
    )
    rows = json.loads(imis_plan("list", "--format", "json", parameters=place).out)
    assert [row["title"] for row in rows if row["scenario"] == "kenya"] == [
        "1 problem: imis-plan check kenya (21 open questions)"
    ]
