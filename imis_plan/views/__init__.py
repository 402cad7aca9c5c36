"""What readers see of a ledger: summaries, tables, figures, sentences."""
