"""From a plan to its ledger: drivers, staffing, server size, training, lines, prices. Read `evaluate` and `ledger` first."""
