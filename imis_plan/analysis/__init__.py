"""What a ledger says: summaries, options, risk, comparison, lender tables, plausibility, variance. No text, no figure."""
