"""What is published about each country: population, prices, exchange rates, pay, taxes, facilities ... (docs/facts.md).

`country.find_country` turns a name or a code into a country, `lookup` gives its facts, `economy` what follows from them. The
tables in `data/` are built from `tools/facts_sources` by `make facts`; this package imports nothing else of imis_plan.
"""
