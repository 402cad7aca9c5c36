"""Tests of the formulas, from parameters to the ledger. One file per module, and four on what all of them do together."""
