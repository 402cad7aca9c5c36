"""The form without a browser: what is checked, what stays after a refused entry, and what its file says."""

import asyncio
import html
import re

import pytest
import yaml

from imis_plan.cli.main import main
from imis_plan.explore.plan_form import documents_step
from imis_plan.explore.plan_form.country_search import matches, plan_name
from imis_plan.explore.plan_form.documents import Made
from imis_plan.explore.plan_form.facts_found import facts_found
from imis_plan.explore.plan_form.form import start
from imis_plan.facts.country import find_country
from imis_plan.facts.tables import countries, origins
from imis_plan.i18n.sources import comparable_words
from imis_plan.i18n.translate import using_language
from imis_plan.problems import BadInput
from imis_plan.scenario.new_scenario import scenario_text
from imis_plan.scenario.own_folder import begin_parameters

TARGET, AT_START = "coverage.target", "coverage.insured_at_start"


@pytest.fixture
def own(tmp_path):
    """A folder of one's own, without any scenario."""
    return begin_parameters(tmp_path / "parameters")


@pytest.fixture
def form(own, monkeypatch):
    """The form with the plan of Kenya just begun, in an English session."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return begun("Kenya", own)


def begun(country, folder):
    """The form with the plan of a country."""
    form = start(country, folder)
    form.country.begin()
    assert form.state.name, form.country.message.value
    return form


def field(form, path):
    """The fields of a question."""
    return next(each for each in form.steps[0].fields if each.asked.path == path)


def words(widget):
    """What a widget shows, as text."""
    return re.sub(r"\s+", " ", html.unescape(re.sub("<[^>]*>", " ", widget.value))).strip()


def data_of(form):
    """The file as plain data."""
    return yaml.safe_load(form.state.path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("typed", "language", "iso3"),
    [("kenya", "en", "KEN"), ("allemagne", "en", "DEU"), ("Germany", "fr", "DEU"), ("ke", "en", "KEN"), ("bfa", "fr", "BFA"),
     ("cote d", "fr", "CIV"), ("Boliv", "en", "BOL"), ("Kambodia", "en", "KHM")],
)  # fmt: skip
def test_a_country_is_found_by_names_in_both_languages_by_codes_and_parts(typed, language, iso3):
    """Also one that is misspelt."""
    assert matches(typed, language)[0].iso3 == iso3


def test_every_country_can_be_chosen_and_gets_a_name_of_its_own():
    """Without a search all are there, in the order of the language."""
    assert len(matches("", "en")) == len(countries())
    french = [country.name("fr") for country in matches("", "fr")]
    assert french.index("Allemagne") < french.index("Tchad")
    assert len({plan_name(country) for country in countries().values()}) == len(countries())
    assert plan_name(find_country("CIV")) == "cote_d_ivoire"
    assert matches("xyzzyx", "en") == []


def test_it_writes_what_imis_plan_new_writes(form, own):
    """The same file, which `check` accepts apart from its open questions."""
    assert form.state.path == own / "kenya.yaml"
    assert form.state.path.read_text(encoding="utf-8") == scenario_text("kenya", own, "KEN")
    assert main(["check", "kenya", "--parameters", str(own)]) == 2
    assert main(["check", "kenya", "--draft", "--parameters", str(own)]) == 0
    assert words(form.steps[0].saved) == f"Saved in {own / 'kenya.yaml'}"


def test_a_plan_hides_no_scenario_of_the_package(own):
    """Chad is among those that are shipped; once there is a plan of that name, it is the user's own."""
    assert begun("Tchad", own).state.name == "chad_own"
    (own / "chad.yaml").write_text("based_on: nepal\n", encoding="utf-8")
    assert start("Tchad", own).country.name.value == "chad"


def test_facts_have_value_year_and_source(form):
    """As the facts know them; questions are not among them."""
    found = {fact.parameter.path: fact for fact in facts_found(form.plan)}
    people = found["population.total"]
    assert (people.name, people.value, people.year) == ("Population", "56,432,944", "2024")
    assert people.source.startswith("World Bank: Population, total")
    begins = found["time.fiscal_year_start"]
    assert (begins.name, begins.value) == ("First day of the fiscal year", "July 1")
    rates = found["money.exchange_rates"]
    assert rates.value.endswith(" KES/USD")
    last_source = form.plan.parameters["money.exchange_rates"].source.split("; ")[-1].partition(":")[0]
    assert rates.source.startswith(origins()[last_source].producer)  # who published the year that is shown, not the first one
    assert not {"coverage.target", "population.year", "money.foreign_inflation"} & set(found)


def test_typical_values_make_the_first_budget_a_draft(form):
    """Total, cost per person, posts and chance, and that it is a draft; the same is said to screen readers."""
    shown = words(form.steps[0].tiles)
    assert re.match(
        r"Total over the plan KES .* Per insured person and year KES \d+ Posts in the last year \d+ Chance that the total",
        shown,
    )
    assert "Draft: 21 questions are open; typical values stand for their answers." in shown
    assert form.live.text.endswith("Draft: 21 questions are open; typical values stand for their answers.")
    assert form.live.language == "en"
    help_text = words(field(form, TARGET).box.children[1])
    assert "Why it matters: it moves every line that follows people" in help_text
    assert "Typical: 0.13 (0.043 to 0.23); median of comparable scenarios, Cameroon 0.2, Mauritania 0.05" in help_text


def test_an_answer_moves_the_budget_and_is_saved_at_once(form, own):
    """With the source and range that the command line would give it."""
    before = form.state.current.figures["total"]
    field(form, TARGET).entry.value = "0,045"
    assert form.state.current.figures["total"] < before
    assert form.state.open_count == 20
    assert data_of(form)["coverage"]["target"] == {
        "value": 0.045, "typical": 0.13, "low": 0.045, "high": 0.045, "source": "assumption: answer of the planners", "confidence": "assumed",
    }  # fmt: skip
    field(form, TARGET).source.value = "The decree of May"
    assert data_of(form)["coverage"]["target"] == {
        "value": 0.045,
        "typical": 0.13,
        "source": "The decree of May",
        "confidence": "C",
    }
    field(form, TARGET).source.value = ""
    assert data_of(form)["coverage"]["target"]["high"] == 0.045
    field(form, "about.scheme").entry.value = 'Mutual "of" Kenya: one'
    assert form.plan.about.scheme == 'Mutual "of" Kenya: one'
    assert main(["check", "kenya", "--draft", "--parameters", str(own)]) == 0


@pytest.mark.parametrize(
    ("path", "typed", "right"),
    [
        (TARGET, "about 30", "“about 30” is not accepted. Give a number from 0.0001 to 1."),
        (TARGET, "1.5", "“1.5” is not accepted. Give a number from 0.0001 to 1."),
        (AT_START, "55.5", "“55.5” is not accepted. Give a whole number, 0 or more."),
        (AT_START, "many", "“many” is not accepted. Give a whole number, 0 or more."),
        (AT_START, "99000000", "give 58770410 or less"),
    ],
)
def test_a_refused_entry_stays_and_its_figures_are_marked(path, typed, right, form):
    """It says what would be right; neither the file nor the budget changes, and the figures say which value they are for."""
    before, total = form.state.path.read_text(encoding="utf-8"), form.state.current.figures["total"]
    each = field(form, path)
    each.entry.value = typed
    assert right in words(each.message)
    assert 'role="alert"' in each.message.value
    assert each.entry.value == typed
    assert (form.state.path.read_text(encoding="utf-8"), form.state.current.figures["total"]) == (before, total)
    assert "Not included, because the entry is not valid" in words(form.steps[0].tiles)
    assert "imis-x-stale" in form.steps[0].tiles.value
    field(form, "schemes.number").entry.value = "1"  # another answer loses nothing
    assert (each.entry.value, path in form.state.refused) == (typed, True)
    form.language.value = "fr"
    assert field(form, path).entry.value == typed
    field(form, path).entry.value = ""
    assert form.state.refused == {}
    assert "imis-x-stale" not in form.steps[0].tiles.value


def test_a_limit_between_parameters_is_in_the_language_of_the_form(form):
    """With what would be right; numbers that are read have the separators of the language, those to be typed have none."""
    form.language.value = "fr"
    each = field(form, AT_START)
    each.entry.value = "99000000"
    assert words(each.message).startswith(
        "supérieur à 58770410, la population de la zone avant la première année : population.total = "
    )
    assert words(each.message).endswith(": indiquer 58770410 ou moins")
    each.entry.value = "1200000"
    field(form, TARGET).entry.value = "0.01"  # 1 % of some 59 million people are fewer than 1.2 million
    refused = words(field(form, TARGET).message)
    assert refused.startswith(
        "supérieur à 599752, la cible appliquée à la population de la première année : coverage.target = 0.01"
    )
    assert re.search(r"ou écrire `coverage.shrinks: true` si la baisse de \d{3} \d{3} \[personne\] est voulue", refused)


def test_the_value_that_the_figures_are_for_is_a_number_of_the_language(form):
    """1,200,000 in English, 1 200 000 in French with narrow spaces that do not break."""
    field(form, AT_START).entry.value = "1200000"
    field(form, AT_START).entry.value = "99000000"
    assert "These figures are for 1,200,000." in words(form.steps[0].tiles)
    form.language.value = "fr"
    assert "Ces chiffres valent pour 1\u202f200\u202f000." in html.unescape(form.steps[0].tiles.value)


def test_a_comparable_scenario_that_is_no_country_is_named_in_the_language():
    """Zanzibar is a part of a country, and its scenario names both."""
    assert comparable_words("median, Zanzibar (United Republic of Tanzania) 0.95, Nepal 0.28").endswith(
        "Zanzibar (United Republic of Tanzania) 0.95, Nepal 0.28"
    )
    with using_language("fr"):
        assert comparable_words("median, Zanzibar (United Republic of Tanzania) 0.95, Nepal 0.28").endswith(
            "Zanzibar (République-Unie de Tanzanie) 0,95, Népal 0,28"
        )


def test_a_question_mark_is_no_answer(form):
    """The file keeps its question; the entry stays with its message."""
    before = form.state.path.read_text(encoding="utf-8")
    field(form, "about.scheme").entry.value = "?"
    assert form.state.path.read_text(encoding="utf-8") == before
    assert form.state.refused == {"about.scheme": "?"}
    assert words(field(form, "about.scheme").message) == "neither a letter nor a digit: give it in words"
    target = field(form, TARGET)
    target.source.value = "?"
    target.entry.value = "0.05"
    assert words(target.message).startswith("Source: neither a letter nor a digit: give it in words")
    target.entry.value = "5"
    for reason in ("Source: neither a letter nor a digit", "“5” is not accepted. Give a number from 0.0001 to 1."):
        assert reason in words(target.message)
    assert form.state.path.read_text(encoding="utf-8") == before


def test_all_refused_answers_are_named_at_once(form):
    """Two that are given together, as in a cell."""
    with pytest.raises(BadInput) as error:
        form.state._give({"about.scheme": ("?", ""), TARGET: ("5", ""), "about.target": ("?", "")})
    assert [(each.path, each.message) for each in error.value.problems] == [
        ("about.scheme", "neither a letter nor a digit"),
        (TARGET, "above 1"),
        ("about.target", "neither a letter nor a digit"),
    ]


def test_an_answer_can_be_taken_back(form):
    """The question is then open again, with the words of its file."""
    before = form.state.path.read_text(encoding="utf-8")
    field(form, TARGET).entry.value = "0.05"
    field(form, TARGET).entry.value = ""
    assert form.state.path.read_text(encoding="utf-8") == before


def test_nothing_exists_yet_answers_all_such_questions_but_the_answered_ones(form):
    """A new scheme has fifteen things less to say."""
    field(form, AT_START).entry.value = "1000"
    form.steps[0].nothing_there()
    assert words(form.steps[0].message) == "Questions answered with 0: 14."
    assert field(form, "phones.at_start").entry.value == "0"
    assert (form.plan[AT_START], form.plan["phones.at_start"], form.plan["roles.developer.existing"]) == (1000, 0, 0)
    assert form.plan.parameters["phones.at_start"].source == "assumption: a new scheme, nothing exists yet"


def test_a_part_is_confirmed_by_a_tick(form):
    """And what it says is read first; a second thought takes it back."""
    box = field(form, "funding").box.children
    assert "Development partner: illustrative: half of software" in words(box[0])
    box[1].value = True
    assert "to_confirm" not in data_of(form)
    box[1].value = False
    assert data_of(form)["to_confirm"] == ["funding"]


def test_a_finished_plan_is_no_draft(form, own):
    """Every question answered: `check` accepts it without --draft."""
    form.steps[0].nothing_there()
    for path, text in {"about.scheme": "Mutual", "about.target": "One in ten.", TARGET: "0.1", "schemes.number": "1", "schemes.offices_per_scheme": "47"}.items():  # fmt: skip
        field(form, path).entry.value = text
    field(form, "funding").box.children[1].value = True
    assert words(form.steps[0].counted) == "Every question is answered."
    assert "Draft" not in words(form.steps[0].tiles)
    assert main(["check", "kenya", "--parameters", str(own)]) == 0


def test_a_plan_can_be_opened_again_with_its_answers(form, own):
    """Also after it was changed by hand, and what was changed stays."""
    field(form, TARGET).entry.value = "0.05"
    path = form.state.path
    path.write_text(path.read_text(encoding="utf-8").replace('version: "1"', 'version: "2"'), encoding="utf-8")
    field(form, AT_START).entry.value = "1000"
    again = start("kenya", own)
    assert (field(again, TARGET).entry.value, field(again, AT_START).entry.value) == ("0.05", "1000")
    assert again.plan.about.version == "2"
    other = start("", own)
    assert other.country.plans.options == ("kenya",)
    other.country.open_chosen()
    assert other.state.name == "kenya"


def test_series_are_typed_as_yaml_has_them(own):
    """Gibraltar publishes no inflation: the known years are a mapping."""
    form, known = begun("Gibraltar", own), "money.home_inflation"
    field(form, known).entry.value = "0.03"
    assert "Give years with their values, as in {2023: 0.041, 2024: 0.038}." in words(field(form, known).message)
    field(form, known).entry.value = "{2022: 0.07, 2023: 0.05, 2024: 0.03, 2025: 0.02, 2026: 0.02}"
    assert words(field(form, known).message) == ""
    again = start("gibraltar", own)
    assert field(again, known).entry.value == "{2022: 0.07, 2023: 0.05, 2024: 0.03, 2025: 0.02, 2026: 0.02}"


def test_an_existing_file_is_only_replaced_when_that_is_asked_for(form, own):
    """Else it is opened, or another name is given."""
    field(form, TARGET).entry.value = "0.05"
    other = start("Kenya ", own)
    other.country.begin()
    assert "A file kenya.yaml exists already" in words(other.country.message)
    assert (other.state.name, data_of(form)["coverage"]["target"]["value"]) == ("", 0.05)
    other.country.open_named()
    assert other.state.open_count == 20
    other.country.name.value = "kenya two"
    other.country.begin()
    assert "not a name of a scenario" in words(other.country.message)
    other.country.name.value = "kenya"
    other.country.replace()
    assert other.state.open_count == 21
    assert data_of(form)["coverage"]["target"]["value"] == "open"


def test_the_language_is_that_of_the_country_and_can_be_changed(own, monkeypatch):
    """Form, file and announcements; a language of the session that the country has, or that was chosen, stays."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    chad = begun("Tchad", own)
    assert (chad.state.language, data_of(chad)["about"]["language"], chad.live.language) == ("fr", "fr", "fr")
    assert "# Partie 1" in chad.state.text
    assert "Why it matters" not in chad.state.text
    assert "questions sont sans réponse" in words(chad.steps[0].tiles)
    help_text = words(field(chad, TARGET).box.children[1])
    assert "Valeur typique : 0,01 (de 0,005 à 0,12) ; médiane de scénarios comparables, Tchad 0,01, Congo-Kinshasa 0,005" in re.sub(r"\s", " ", help_text)  # fmt: skip
    field(chad, TARGET).entry.value = "1,5"
    assert words(field(chad, TARGET).message) == "«\N{NO-BREAK SPACE}1,5\N{NO-BREAK SPACE}» n’est pas accepté. Donnez un nombre de 0,0001 à 1.".replace("\N{NO-BREAK SPACE}", " ")  # fmt: skip
    chad.language.value = "en"
    assert data_of(chad)["about"]["language"] == "en"
    assert "questions are open" in words(chad.steps[0].tiles)
    kenya = begun("Kenya", own)
    assert kenya.state.language == "en"
    assert "# Part 1" in kenya.state.text
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert begun("Cameroun", own).state.language == "fr"  # English and French are official
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    chosen = start("Ghana", own)
    chosen.language.value = "fr"
    chosen.country.begin()
    assert data_of(chosen)["about"]["language"] == "fr"


def test_levers_are_those_of_the_plan_and_say_when_it_has_changed(form):
    """They begin with the draft as it is saved."""
    levers = form.steps[1]
    levers.open()
    (explorer,) = levers.place.children
    assert explorer.state.base.figures["total"] == form.state.current.figures["total"]
    field(form, TARGET).entry.value = "0.05"
    assert "The plan has changed since these levers were opened" in words(levers.note)
    levers.open()
    assert levers.place.children[0].state.base.figures["total"] == form.state.current.figures["total"]


def test_documents_are_named_and_old_ones_are_called_old(form, monkeypatch):
    """The plan itself is there from the start; the others are made while the form can be used."""

    async def made(name, folder, language, *, draft, passed):
        """As quickly made as asked for."""
        passed(7)
        assert "7 s so far" in words(step.progress)
        assert (draft, language) == (True, "en")
        return [Made("report", f"{name}_report.html", "text/html", b"<p>")]

    step = form.steps[2]
    assert 'download="kenya.yaml"' in step.scenario_link.value
    monkeypatch.setattr(documents_step, "make_documents", made)
    asyncio.run(started(step))
    assert 'download="kenya_report.html"' in step.links.value
    assert words(step.progress) == "They are ready."
    field(form, TARGET).entry.value = "0.05"
    assert words(step.progress) == "The plan has changed since these were made: make them again."


def test_documents_are_still_made_after_another_language_is_chosen(form, monkeypatch):
    """The links appear in the form that is then shown."""

    async def made(name, _folder, _language, **_more):
        """The language is changed meanwhile."""
        form.language.value = "fr"
        return [Made("report", f"{name}_report.html", "text/html", b"<p>")]

    monkeypatch.setattr(documents_step, "make_documents", made)
    asyncio.run(started(form.steps[2]))
    assert 'download="kenya_report.html"' in form.steps[2].links.value
    assert form.steps[2].button.description == "Établir le rapport, la note et le classeur"
    assert form.steps[2].box is form.children[-1]


def test_documents_that_cannot_be_made_are_a_sentence(form, monkeypatch):
    """And can be asked for again."""

    async def failed(*_given, **_more):
        """The command ended with an error."""
        raise RuntimeError("kenya failed: no disk")

    monkeypatch.setattr(documents_step, "make_documents", failed)
    asyncio.run(started(form.steps[2]))
    assert words(form.steps[2].progress) == "They could not be made: kenya failed: no disk"
    assert form.steps[2].button.disabled is False


def test_a_cell_answers_as_the_form_does(form, own):
    """Fields show it; a refused answer is an error of the cell, and the form stays as it was. Run again, the plan is opened."""
    form.answer(TARGET, 0.05, "assumption: one in twenty")
    assert (field(form, TARGET).entry.value, field(form, TARGET).source.value) == ("0.05", "assumption: one in twenty")
    with pytest.raises(BadInput, match=r"above 1, give 0\.0001 to 1"):
        form.answer(TARGET, 5)
    assert (form.plan[TARGET], form.state.refused, field(form, TARGET).entry.value) == (0.05, {}, "0.05")
    form.nothing_exists()
    form.confirm("funding")
    assert field(form, "funding").ticked.value
    assert form.state.open_count == 4  # scheme, target in words, schemes and offices
    again = start("Kenya", own)
    again.begin()
    assert (again.plan[TARGET], again.state.open_count) == (0.05, 4)
    with pytest.raises(BadInput, match='no country is called "Kenia"'):
        start("Kenia", own).begin()


async def started(step):
    """The documents asked for, and waited for."""
    step.start()
    await asyncio.gather(*step.tasks)


def test_a_file_that_cannot_be_written_is_a_sentence(form, monkeypatch):
    """The entry stays."""
    form.state.path.unlink()
    each = field(form, TARGET)
    each.entry.value = "0.05"
    assert words(each.message).startswith("It cannot be saved: ")
    assert each.entry.value == "0.05"


def test_the_form_speaks_one_language_only(own):
    """Nothing of the French form is English, and the other way round for what a draft says."""
    form = begun("Tchad", own)
    with using_language("fr"):
        text = " ".join(words(widget) for widget in (form.introduction, form.steps[0].counted, form.steps[0].tiles))
    assert not re.search(r"\b(the|of|and|your)\b", text)


def test_a_name_that_no_country_has_chooses_none(own):
    """Wakanda is like Rwanda, which is offered and not taken."""
    country = start("Wakanda", own).country
    assert [iso3 for _name, iso3 in country.found.options] == ["RWA"]
    assert country.found.value is None
    assert "did you mean one of these?" in country.message.value
