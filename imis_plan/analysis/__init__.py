"""Tables from the ledger: summaries, options, risk, comparison, COSTAB, plausibility, variance. Without texts and figures."""
