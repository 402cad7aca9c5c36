"""The prices that rest on observations, as the report shows them."""

import pytest

from imis_plan.facts.tables import countries
from imis_plan.scenario.folder import scenarios
from imis_plan.sections import evidence
from imis_plan.sections.evidence import observed
from tests.model.plans import plan_of


@pytest.mark.parametrize("name", scenarios())
def test_the_table_has_every_observation(name):
    """One row for each, or one for a prediction without bounds; the first row of a price has its value."""
    found, frame = observed.resolved_parameters(plan_of(name)), observed.table(plan_of(name))["frame"]
    assert len(frame) == sum(max(1, len(answer.observations)) for _parameter, answer in found)
    assert (frame["Parameter"] != "").sum() == len(found) > 0
    assert set(frame["Country"]) <= {"all countries", "predicted", *(country.name_en for country in countries().values())}


def test_a_row_has_the_value_as_published_and_as_converted():
    """Malawi's phone: 156.88 dollars of 2018, which devices keep."""
    frame = observed.table(plan_of("malawi"))["frame"]
    row = frame[frame["Value and range"].str.contains("USD/phone, 2025", regex=False)].iloc[0]
    assert (row["Country"], row["Year"], row["As published"], row["Converted"]) == ("Malawi", "2018", "156.9 USD", "156.9")


def test_the_figure_counts_prices_and_observations():
    """Its description has each price with its range."""
    found = [answer for _parameter, answer in observed.resolved_parameters(plan_of("nepal")) if answer.observations]
    _figure, caption, alt, *_ = observed.figure(plan_of("nepal"))
    assert caption.startswith(f"{len(found)} prices rest on {sum(len(answer.observations) for answer in found)} observations")
    assert "NPR/message part, 2025" in alt


def test_each_observation_of_a_price_is_a_sentence():
    """Malawi's phone has one, with its source; a price of the scenario has none."""
    plan = plan_of("malawi")
    (text,) = observed.observation_texts(plan, plan.parameters["phones.handset"])
    assert text.startswith("Malawi, 2018: 156.9 USD, converted 156.9 USD/phone (")
    assert observed.observation_texts(plan, plan.parameters["capacity.per_diem"]) == []


def test_dots_of_a_figure_have_the_codes_of_their_countries():
    """Neighbours share a label; a list price for all countries has none."""
    dots = [(0.5, "MWI"), (0.51, "TZA"), (2.0, "NPL"), (3.0, "ALL")]
    labels = observed.country_labels(dots, near=0.1)
    assert [text for _x, text in labels] == ["MWI TZA", "NPL"]
    assert labels[0][0] == pytest.approx((0.5 * 0.51) ** 0.5)


def test_many_neighbours_are_counted():
    """Two codes and the number of the others."""
    assert observed.codes_text(["CMR", "MWI", "NPL", "TZA", "ZMB"]) == "CMR MWI +3"


def test_the_sources_of_observations_are_listed():
    """Each with the number of parameters that rest on it."""
    plan = plan_of("zambia")
    listed = evidence.tables.sources(plan)["anchors"]
    assert {f"source-{key}" for key in observed.cited(plan)} <= set(listed)
