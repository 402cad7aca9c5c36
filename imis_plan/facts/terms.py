"""The words that a row of observations may use."""

OBSERVED, RANGE, CEILING, FLOOR, MODELLED = "observed", "range", "ceiling", "floor", "modelled"
KINDS = (OBSERVED, RANGE, CEILING, FLOOR, MODELLED)
# Strongest first.
GRADES = ("A", "B", "C")
STATED, OF_SOURCE, UNDATED = "stated", "source", "undated"
DATED = (STATED, OF_SOURCE, UNDATED)
TAX = ("included", "excluded", "unknown")
# The country of a price that is the same for all, or that no country stands behind.
ALL = "ALL"
# What the source of a price that rests on observations begins with.
OBSERVED_PRICES, PREDICTED_PRICE = "observed prices", "predicted price"
