"""Parts of the form as HTML. Every text is escaped."""

from collections.abc import Iterable
from html import escape

from imis_plan.explore.html import section
from imis_plan.explore.panels import breakable, figure_text, figure_titles, parameter_text, refused_entries
from imis_plan.explore.plan_form.asked import Asked, help_lines
from imis_plan.explore.plan_form.facts_found import FoundFact
from imis_plan.explore.results import Outcome
from imis_plan.i18n import formats
from imis_plan.i18n.translate import _, localized, plural
from imis_plan.model.simulated_cost import simulated_cost
from imis_plan.scenario.plan import Plan
from imis_plan.sections.parameter_values import value_text as parameter_value

# Key figures of the form: those of the explorer that a first budget is known by, and its chance.
FIGURES = ("total", "per_insured_year", "posts")
CHANCE, FUNDING = "chance", "funding"
STYLE = """\
<style>
.imis-start{max-width:1000px;margin:0 auto}
.imis-start .imis-x h1{font-size:24px;margin:.2em 0}
.imis-start .imis-x h2{font-size:19px;margin:1.4em 0 .3em;border-top:1px solid #ccc;padding-top:.7em}
.imis-start .imis-x h3{font-size:16px;margin:1.1em 0 .2em}
.imis-start .imis-explorer .imis-x-intro{display:none}
.imis-start .imis-x-live{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.imis-start .imis-x-form .widget-text,.imis-start .imis-x-form .widget-dropdown,.imis-start .imis-x-form .widget-select{
flex-direction:column;align-items:stretch;width:auto;height:auto;max-width:100%;margin:2px 0}
.imis-start .imis-x-form .widget-label{width:auto;height:auto;text-align:left;white-space:normal;overflow:visible;
line-height:1.35;font-size:14px;padding:0 0 2px}
.imis-start .imis-x-form .widget-text>input,.imis-start .imis-x-form select{
flex:none;height:34px;font-size:15px;width:100%;max-width:100%}
.imis-start .imis-x-form .widget-select>select{height:150px}
.imis-start .imis-x-form>.widget-text,.imis-start .imis-x-form>.widget-dropdown,.imis-start .imis-x-form>.widget-select,
.imis-start .imis-x-again .widget-dropdown{width:100%;max-width:560px}
.imis-start button.jupyter-button{height:auto;min-height:34px;white-space:normal;line-height:1.3;padding:6px 14px;font-size:14px;
max-width:100%;align-self:flex-start}
.imis-start .imis-x-main{background:#0b5cad;color:#fff}
.imis-start .imis-x-question{padding:10px 0;border-bottom:1px solid #e3e6ea;max-width:760px}
.imis-start .imis-x-answers>:first-child .widget-label{font-weight:600}
.imis-start .imis-x-answers{flex-flow:row wrap;align-items:flex-end;gap:4px 16px}
.imis-start .imis-x-answer{flex:1 1 240px;min-width:0}
.imis-start .widget-checkbox{width:auto;height:auto;max-width:100%}
.imis-start .widget-checkbox .widget-label-basic{
white-space:normal;height:auto;font-size:14px;line-height:1.4;align-items:baseline}
.imis-start .imis-x-help{font-size:13px;color:#444}
.imis-start .imis-x-help p{margin:.1em 0}
.imis-start .imis-x-facts{list-style:none;margin:.3em 0;padding:0;display:grid;gap:8px 24px;
grid-template-columns:repeat(auto-fit,minmax(260px,1fr))}
.imis-start .imis-x-facts li{margin:0}
.imis-start .imis-x-facts b{display:block}
.imis-start .imis-x-facts small{color:#444;display:block;font-size:12px;overflow-wrap:anywhere}
.imis-start .imis-x code,.imis-start .imis-x-path{overflow-wrap:anywhere}
.imis-start .imis-x-draft{font-size:13px;color:#7a4a00;margin:.3em 0 0}
.imis-start .imis-x-sticky{margin:0;border-bottom:1px solid #ccc;padding-bottom:6px}
.imis-start .imis-x-budget h2:focus{outline:none}
</style>"""


def refusal(*sentences: str) -> str:
    """Why an entry is not accepted, and what would be right."""
    return section(f'<div class="imis-x-error" role="alert">{"<br>".join(map(escape, sentences))}</div>')


def introduction() -> str:
    """What the form is for."""
    title = _("A budget for openIMIS in your country")
    purpose = _(
        "Choose a country, answer what only you can know, and see the budget at once. Where you leave a question open, a typical "
        "value of comparable countries stands for it. Every answer is saved."
    )
    return section(f"<h1>{escape(title)}</h1><p>{escape(purpose)}</p>")


def saved_in(path: str) -> str:
    """Where the scenario is saved."""
    words = escape(_("Saved in {file}")).format(file=f'<code class="imis-x-path">{escape(path)}</code>')
    return section(f"<p>{words}</p>")


def facts_list(plan: Plan, found: Iterable[FoundFact]) -> str:
    """The published figures, each with its year and source."""
    items = "".join(
        f"<li>{escape(fact.name or parameter_text(plan, fact.parameter.path))}<b>{escape(fact.value)}</b>"
        f"<small>{escape(', '.join(filter(None, (fact.year, fact.source))))}</small></li>"
        for fact in found
    )
    return section(f'<ul class="imis-x-facts">{items}</ul>')


def question_help(asked: Asked) -> str:
    """Why a question matters and what is typical."""
    lines = "".join(f"<p>{escape(line)}</p>" for line in help_lines(asked))
    return section(f'<div class="imis-x-help">{lines}</div>')


def part_to_confirm(plan: Plan, name: str) -> str:
    """What a part says that was made up for a start: who pays, the title of an option or role, or the value of a parameter."""
    if name == FUNDING:
        rules = ((localized(rule.funder), localized(rule.note or "")) for rule in plan.funding)
        items = "".join(f"<li>{escape(formats.label_and_value(funder, note) if note else funder)}</li>" for funder, note in rules)
        title = escape(_("Who pays"))
        return section(f"<p>{title}</p><ul>{items}</ul>")
    if name in plan.parameters:
        words = formats.label_and_value(parameter_text(plan, name), parameter_value(plan.parameters[name]))
    else:
        titles = {f"options.{key}": option.title for key, option in plan.options.items()}
        titles |= {f"roles.{role.key}": role.title for role in plan.roles}
        words = localized(titles.get(name, name))
    return section(f"<p>{escape(words)}</p>")


def figure_values(shown: Outcome) -> dict[str, tuple[str, str]]:
    """Key figure -> its title and its value."""
    titles = figure_titles()
    values = {name: (titles[name], breakable(figure_text(shown, name))) for name in FIGURES}
    chance = simulated_cost(shown.plan).chance(shown.figures["total"])
    return values | {CHANCE: (_("Chance that the total is enough"), formats.share(chance))}


def budget_tiles(shown: Outcome, refused: dict[str, str]) -> str:
    """The key figures of a budget, whether it is a draft, and which entries it does not include."""
    cells = "".join(
        f'<div><div>{escape(title)}</div><b data-figure="{name}">{escape(value)}</b></div>'
        for name, (title, value) in figure_values(shown).items()
    )
    kind = "imis-x-tiles imis-x-stale" if refused else "imis-x-tiles"
    known = {path: entry for path, entry in refused.items() if path in shown.plan.parameters}
    note = draft_sentence(shown.plan)
    draft = f'<p class="imis-x-draft" data-draft>{escape(note)}</p>' if note else ""
    return section(f'<div class="{kind}">{cells}</div>{draft}{refused_entries(shown, known)}')


def draft_sentence(plan: Plan) -> str:
    """That typical values stand for open questions; nothing where none is open."""
    count = len(plan.open_questions)
    text = plural(
        "Draft: {count} question is open; a typical value stands for its answer.",
        "Draft: {count} questions are open; typical values stand for their answers.",
        count,
    )
    return text.format(count=count) if count else ""


def announcement(shown: Outcome) -> str:
    """The budget in words, for screen readers."""
    parts = [formats.label_and_value(title, value) for title, value in figure_values(shown).values()]
    return ". ".join(filter(None, [*parts, draft_sentence(shown.plan)]))


def subheading(text: str) -> str:
    """A heading over some questions."""
    return section(f"<h3>{escape(text)}</h3>")


def counted(open_count: int, asked: int) -> str:
    """How many questions are answered, and what happens without the others."""
    if not open_count:
        return _("Every question is answered.")
    text = _("{answered} of {asked} questions are answered. Leave open what you do not know yet.")
    return text.format(answered=asked - open_count, asked=asked)


def no_budget(plan: Plan) -> str:
    """Which questions even a draft needs answers to."""
    paths = [path for path, parameter in plan.parameters.items() if parameter.open and parameter.value is None]
    names = formats.join_with_and([parameter_text(plan, path) for path in paths])
    return _("A first budget needs an answer to: {names}.").format(names=names)
