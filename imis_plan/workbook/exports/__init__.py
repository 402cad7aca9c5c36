"""Forms that others fill in, as spreadsheets of figures of the ledger: what a ministry or a lender copies into its own template.

They do not recalculate, unlike the workbook; only their totals are formulas.
"""
