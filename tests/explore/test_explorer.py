"""The explorer as widgets, without a browser: controls show the state, and pass on what is done to them."""

import dataclasses
import re
import subprocess
import sys

import nbformat
import pytest

from imis_plan.explore import explore, first, still
from imis_plan.explore.controls import breakable
from imis_plan.explore.figure import figure, key
from imis_plan.explore.group_names import GROUP_NAMES
from imis_plan.explore.levers import Lever
from imis_plan.explore.panels import change_text, changed_lines_table, figure_text, lever_name, sentence
from imis_plan.explore.results import outcome
from imis_plan.explore.server import NOT_IN_APP, SCENARIO_VARIABLE, Server
from imis_plan.explore.state import ExplorerState
from imis_plan.problems import BadInput, Problem
from imis_plan.scenario.open_questions import UNCONFIRMED
from tests.model.plans import plan_of
from tests.report.places import ROOT


@pytest.fixture
def shown(place):
    """An explorer of Nepal."""
    return explore("nepal", place)


def control(shown, path):
    """The control of a parameter."""
    return next(each for each in shown.controls if each.lever.path == path)


def move(control, value):
    """Move a slider to one of its positions."""
    control.slider.position = control.positions.index(value)


def standing_at(control):
    """The value at the position of a slider."""
    return control.positions[control.slider.position]


def text(html):
    """Words of a piece of HTML."""
    return " ".join(re.sub(r"<[^>]*>", " ", html.value).split())


def test_a_slider_moves_field_numbers_sentence_lines_and_figure(shown):
    """All of them, by one move."""
    before = [shown.tiles.value, shown.explanation.value, shown.changed_lines.value, shown.picture.value]
    target = control(shown, "coverage.target")
    move(target, 0.35)
    after = [shown.tiles.value, shown.explanation.value, shown.changed_lines.value, shown.picture.value]
    assert all(new != old for new, old in zip(after, before, strict=True))
    assert (target.field.value, target.reset_button.disabled) == ("0.35", False)
    assert text(shown.explanation).startswith("It costs NPR")
    target.reset_button.click()
    assert [shown.tiles.value, shown.explanation.value, shown.changed_lines.value, shown.picture.value] == before
    assert (standing_at(target), target.field.value, target.reset_button.disabled) == (0.28, "0.28", True)


def test_a_field_takes_values_beyond_the_range_and_the_slider_makes_room(shown):
    """The range is what is plausible, not what is possible."""
    target = control(shown, "coverage.target")
    target.field.value = "0.9"
    assert (shown.state.changes, target.slider.position, standing_at(target)) == (
        {"coverage.target": 0.9},
        target.slider.last,
        0.9,
    )


def test_an_explorer_nobody_has_touched_shows_the_base(shown):
    """A slider is at the value itself, wherever that lies between round steps; the same after a reset."""
    assert (shown.state.changes, shown.state.current is shown.state.base) == ({}, True)
    shown.reset()
    assert (shown.state.changes, shown.state.current is shown.state.base) == ({}, True)


def test_a_value_between_two_positions_is_kept(shown):
    """The slider moves to the closest position, and does not change the value to it."""
    target = control(shown, "coverage.target")
    target.field.value = "0.3011"
    assert (shown.state.changes, standing_at(target)) == ({"coverage.target": 0.3011}, 0.302)


def test_a_refused_entry_says_which_value_the_figures_are_for(shown):
    """Until it is corrected or reset."""
    target = control(shown, "coverage.target")
    target.field.value = "1.5"
    assert "These figures are for 0.28." in text(shown.tiles)
    target.field.value = "0.3"
    assert "These figures are for" not in text(shown.tiles)
    target.field.value = "x"
    assert "These figures are for 0.3." in text(shown.tiles)
    shown.reset()
    assert "These figures are for" not in text(shown.tiles)


def test_a_wrong_entry_stands_with_its_message_until_it_is_put_right(shown):
    """The plan stays as it is."""
    target = control(shown, "coverage.target")
    target.field.value = "<b>30 %</b>"
    assert "&lt;b&gt;30 %&lt;/b&gt;" in target.message.value
    assert (shown.state.changes, target.field.value, target.reset_button.disabled) == ({}, "<b>30 %</b>", False)
    target.reset_button.click()
    assert (target.message.value, target.field.value) == ("", "0.28")


def test_a_value_out_of_bounds_has_one_message(shown):
    """Not what else would be wrong with fewer people than none."""
    target = control(shown, "coverage.target")
    target.field.value = "-5"
    assert "give 0.0001 to 1" in target.message.value
    assert "coverage.insured_at_start" not in target.message.value


@pytest.mark.parametrize("name", ["nepal", "cameroon"])
def test_every_group_of_parameters_has_a_name_for_readers(name):
    """In place of a part of its path, which nobody could translate."""
    keys = {path.split(".")[-2] for path in plan_of(name).parameters if path.count(".") > 1 and not path.startswith("roles.")}
    assert keys - set(GROUP_NAMES) == set()


def test_a_choice_is_chosen_from_a_list(shown):
    """With their names for readers."""
    card = control(shown, "printing.card_type")
    card.choice.value = "pvc"
    assert shown.state.changes == {"printing.card_type": "pvc"}
    assert card.choice.label == "plastic card, printed on site"


def test_a_lever_tells_where_its_value_comes_from(shown):
    """Path, unit, source, grade and range, to be pointed at and to be unfolded."""
    html = lever_name(shown.state.current.plan, control(shown, "coverage.target").lever)
    for words in ("coverage.target [1]", "Source: assumption: 23 % were active", "Grade: assumed", "Plausible: 0.2 to 0.36"):
        assert html.count(words) == 2


def test_a_lever_shows_the_observations_behind_its_price(shown):
    """Nepal's per diem: rates of WHO and of a statute, each as published and as converted."""
    plan = shown.state.current.plan
    parameter = plan.parameters["capacity.per_diem"]
    html = lever_name(plan, Lever(parameter))
    assert len(parameter.resolved.observations) >= 3
    assert html.count("Nepal, 2019: 23.8 USD, converted 3,651 NPR/person-day") == 2
    assert html.count("Nepal, 20") == 2 * len(parameter.resolved.observations)


def test_a_scenario_that_cannot_be_used_is_refused_and_the_old_one_stays(shown, place):
    """With its problems beside the list."""
    (place / "zambia.yaml").write_text("about: {}\n", encoding="utf-8")
    shown.scenario.value = "zambia"
    assert "parameters/zambia.yaml:1: about.country: missing" in shown.message.value
    assert (shown.state.scenario, shown.scenario.value) == ("nepal", "nepal")


def test_the_explorer_is_in_the_language_of_its_scenario():
    """To its last label and message, and again the other language when another scenario is chosen."""
    shown = explore("chad")
    assert (shown.scenario.description, shown.exports.report_button.description) == ("Scénario", "Établir son rapport")
    control(shown, "coverage.target").field.value = "0,03"
    assert (shown.state.changes, control(shown, "coverage.target").field.value) == ({"coverage.target": 0.03}, "0,03")
    assert "Total sur la durée du plan" in shown.tiles.value
    assert text(shown.explanation).startswith("Elle coûte")
    shown.scenario.value = "zambia"
    assert (shown.scenario.description, shown.exports.report_button.description) == ("Scenario", "Create its report")
    assert text(shown.explanation).startswith("This is the scenario as in its file.")


def test_nothing_moved_says_so():
    """No reason is given for no difference."""
    current = outcome(ExplorerState("nepal").base.plan)
    nothing = current.ledger.iloc[:0].assign(base=0.0, option=0.0, difference=0.0)
    assert sentence(current, current, nothing) == "This is the scenario as in its file. Move a lever to see what changes."
    assert "No line differs from the base." in changed_lines_table(current, nothing)
    assert {change_text(current, current, name) for name in ("total", "recurrent_share", "posts")} == {"as in the base"}


def test_proposed_funding_is_not_decided_in_the_explorer_either():
    """Neither an amount nor its difference from the base, while nobody has agreed to pay."""
    base = plan_of("nepal")
    asked = Problem("nepal.yaml", 1, "funding", UNCONFIRMED, "check it", question=True)
    proposed = outcome(dataclasses.replace(base, questions=(asked,)))
    changed = outcome(dataclasses.replace(base.replace({"coverage.target": 0.3}), questions=(asked,)))
    assert figure_text(outcome(base), "unfunded").startswith("NPR")
    assert figure_text(proposed, "unfunded") == "not decided"
    assert change_text(proposed, changed, "unfunded") == "proposed and not agreed"
    assert change_text(outcome(base), outcome(base.replace({"coverage.target": 0.3})), "unfunded").startswith("+NPR")


def test_changes_are_written_with_sign_and_unit():
    """Money with its share, shares in points, posts as they are."""
    state = ExplorerState("nepal")
    state.set_value("coverage.target", 0.35)
    assert re.fullmatch(r"\+NPR [\d.]+ million \(\+\d+%\)", change_text(state.base, state.current, "total"))
    assert re.fullmatch(r"[\d.]+ percentage points (more|less)", change_text(state.base, state.current, "recurrent_share"))
    assert re.fullmatch(r"\+\d+(\.5)?", change_text(state.base, state.current, "posts"))


def columns(svg):
    """Heights of the pieces of columns by their colour, the years of the base before those of the what-if. [pixel]"""
    found: dict[str, list[float]] = {}
    for height, colour in re.findall(r'<rect [^>]*height="([\d.]+)" fill="(#\w+)"', svg):
        found.setdefault(colour, []).append(float(height))
    return found


def test_the_figure_shows_both_budgets_in_the_same_measure_and_keeps_its_size():
    """Before anything is moved there is one column a year, then two: the base as it was, beside it what has become of it."""
    state = ExplorerState("nepal")
    alone = figure(state.base, state.current)
    state.set_value("printing.card_type", "none")
    both = figure(state.base, state.current)
    assert alone[: alone.index("<defs>")] == both[: both.index("<defs>")]
    assert [len(heights) for heights in columns(alone).values()] == [5] * 7
    printing, staff = list(columns(both).values())[:2]  # the largest parts stand at the bottom
    assert staff[:5] == staff[5:]
    assert all(new < old for old, new in zip(printing[:5], printing[5:], strict=True))
    assert "left: base, right: what if" in key(state.base, state.current)


def test_the_first_state_is_an_ordinary_figure_too():
    """Its caption states the finding, its description the parts."""
    shown = still(ExplorerState("nepal").base.plan)
    assert re.fullmatch(
        r"NPR [\d.]+ billion in 5 years; FY 20\d\d/\d\d is the highest-cost year with NPR \d+ million", shown.caption
    )
    assert "IT staff: NPR" in shown.alt


def test_the_command_line_names_the_scenario_to_begin_with(monkeypatch):
    """Else it is that of the notebook."""
    assert first("nepal") == "nepal"
    monkeypatch.setenv(SCENARIO_VARIABLE, "chad")
    assert first("nepal") == "chad"


def test_saving_says_what_is_wrong_or_where_it_is(shown, place):
    """A name that is taken is refused; a report can be made once there is something to report on."""
    saved = shown.exports
    move(control(shown, "coverage.target"), 0.35)
    buttons = {button.description: button for row in saved.box.children if hasattr(row, "children") for button in row.children if hasattr(button, "click")}  # fmt: skip
    saved.name.value = "zambia"
    buttons["Save as scenario"].click()
    assert "parameters/zambia.yaml: already exists" in saved.save_message.value
    assert saved.report_button.disabled
    saved.name.value = "nepal_more"
    buttons["Save as scenario"].click()
    assert text(saved.save_message) == "Saved as parameters/nepal_more.yaml; it passes imis-plan check nepal_more."
    assert not saved.report_button.disabled
    buttons["Export the ledger"].click()
    assert 'download="nepal-what-if.csv"' in saved.ledger_link.value
    move(control(shown, "coverage.target"), 0.36)
    assert saved.ledger_link.value == ""  # that file was of another plan


def test_a_scenario_that_does_not_exist_is_bad_input(place):
    """With the one that was probably meant."""
    with pytest.raises(BadInput, match=r"parameters/nepl\.yaml: no such scenario, did you mean nepal\?"):
        explore("nepl", place)


def test_the_app_draws_without_matplotlib():
    """Its import takes a second, and that of Pillow a part of it, which each visitor would wait for."""
    program = (
        "import sys\nfrom imis_plan.explore import explore, first\nexplore(first('nepal'))\n"
        "print({'matplotlib', 'PIL'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_app_leaves_out_the_cells_that_only_a_notebook_shows():
    """By their tag; the cell of the explorer needs nothing of them."""
    cells = nbformat.read(ROOT / "notebooks" / "explore.ipynb", nbformat.NO_CONVERT).cells
    code = [cell.source for cell in cells if cell.cell_type == "code" and NOT_IN_APP not in cell.metadata.get("tags", [])]
    assert "still" not in "\n".join(code)
    assert code[-1] == "explore(scenario)"
    assert "import explore" in code[-2]
    server = Server("app", ROOT / "notebooks" / "explore.ipynb", ROOT / "parameters", None, 1, "t")
    assert f"--VoilaExecutor.skip_cells_with_tag={NOT_IN_APP}" in server.command()


def test_a_long_unit_may_go_on_in_the_next_line():
    """After each slash, so that it does not run into the button beside it."""
    assert breakable("prestation/personne/an") == "prestation/\N{ZERO WIDTH SPACE}personne/\N{ZERO WIDTH SPACE}an"
    assert breakable("card") == "card"
