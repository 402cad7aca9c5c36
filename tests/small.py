"""A small folder of parameters for tests: a few parameters of every kind, one role and one scenario, without problems."""

from pathlib import Path

from imis_plan.scenario.model_names import ModelNames

KNOWN = ModelNames(frozenset({"claims", "schemes", "users"}), ("server", "printing", "staff"))

UNITS = """\
units:
  "1": {meaning: share, min: 0, max: 1}
  factor: {meaning: how many times, min: 0}
  yes/no: a switch
  choice: a name
  person: {meaning: people, min: 0}
  post: {meaning: posts, min: 0}
  year: {meaning: years, min: 0}
  calendar year: a year of the calendar
  1/year: a rate
  minute: {meaning: minutes, min: 0}
  hour/year: {meaning: hours, min: 0}
  core: {meaning: cores, min: 0}
  user: {meaning: users, min: 0}
money:
  - ""
  - card
  - form
  - person/month
currencies: {LCU: own, USD: dollar, NPR: rupee, EUR: euro}
"""

SOURCES = """\
census2021: {title: Census of 2021, publisher: Statistics office, address: none, date: 2022, licence: open}
tender2025: {title: A tender, publisher: Ministry, address: none, date: 2025, licence: open}
"""

DEFAULTS = """\
time:
  base_year: {value: 2027, unit: calendar year, integer: true, source: "assumption: next", confidence: assumed, description: First year}
  horizon: {value: 3, unit: year, integer: true, min: 1, max: 15, source: "assumption: usual", confidence: assumed, description: Years}
population:
  total: {required: true, unit: person, description: People}
  growth: {value: 0.02, unit: 1/year, source: census2021, confidence: A, description: Growth}
coverage:
  target: {value: 0.5, low: 0.2, high: 0.8, unit: "1", source: "assumption: half", confidence: assumed, description: Share insured}
  rollout: {value: [0.2, 0.6, 1], unit: "1", path: true, source: "assumption: steps", confidence: assumed, description: Share reached}
  wages: {value: 1.5, growth: 0.1, unit: factor, path: true, source: census2021, confidence: A, description: Wages}
printing:
  card_pvc: {value: 0.9, low: 0.4, high: 2, unit: USD/card, price_year: 2025, source: tender2025, confidence: B, description: Card, tag: prices}
  form: {value: 10, unit: LCU/form, price_year: 2025, source: "tender2025: item 3", confidence: B, description: Form, max: 50}
sms:
  used: {value: true, unit: yes/no, source: "assumption: usual", confidence: assumed, description: Whether messages are sent}
server:
  hosting: {value: cloud, unit: choice, choices: [cloud, own], source: "assumption: cheap", confidence: assumed, description: Where}
  sizes: {value: [2, 4, 8], unit: core, table: true, source: tender2025, confidence: A, description: Sizes}
money:
  inflation: {value: {2024: 0.04, 2025: 0.05}, unit: 1/year, history: true, source: census2021, confidence: A, description: Inflation}
roles:
  clerk:
    title: Clerk
    tasks: [enters claims]
    needs: [care]
    level: office
    pay: {value: 300, low: 100, high: 500, unit: USD/person/month, price_year: 2025, source: "assumption: grade", confidence: assumed}
    on_costs: {value: 0.2, source: tender2025, confidence: B}
    sourcing: {value: in_house, source: tender2025, confidence: B}
    existing: {value: 0, source: tender2025, confidence: B}
    first_year: {value: 0.75, source: tender2025, confidence: B}
    turnover: {value: 0.1, source: tender2025, confidence: B}
    rounding: {value: 1, source: tender2025, confidence: B}
    cas: {value: 0.15, source: tender2025, confidence: B}
    individual_hours: {value: 0, source: tender2025, confidence: B}
    workload:
      claims: {driver: claims, text: a claim on paper, minutes: {value: 4, source: tender2025, confidence: B}}
"""

COUNTRY = """\
about:
  country: Toyland
  iso3: TOY
  scheme: Mutual
  title: {en: Plan, fr: Plan en français}
  currency: NPR
  language: en
  target: half of the people, as the law says
  date: 2026-01-31
  version: 1
population:
  total: {value: 1000000, source: census2021, confidence: A}
printing:
  card_pvc: {value: 120, unit: NPR/card, price_year: 2024, source: "tender2025: item 1", confidence: B}
options:
  own_room:
    title: Own machine room
    description: a room in the ministry
    changes: {server.hosting: own, coverage.target: 0.4}
funding:
  - {funder: Bank, components: [server, printing], share: 0.5, years: [2027, 2028], cap: 1000}
"""


def folder(parent: Path, country: str | None = COUNTRY, defaults: str = DEFAULTS, **others: str) -> Path:
    """A folder `parameters` with these files; `others` are more scenarios, name -> text."""
    parameters = parent / "parameters"
    parameters.mkdir(exist_ok=True)
    scenarios = others if country is None else {"toy": country, **others}
    files = {"units": UNITS, "sources": SOURCES, "defaults": defaults, **scenarios}
    for name, text in files.items():
        (parameters / f"{name}.yaml").write_text(text, encoding="utf-8")
    return parameters
