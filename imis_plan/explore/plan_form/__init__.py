"""From nothing to a budget of one's own country, in a form: country, published facts, questions, budget, levers, documents.

`imis_plan.explore.start()` as the last line of a cell shows it; `imis-plan start` opens it in a browser.
"""
