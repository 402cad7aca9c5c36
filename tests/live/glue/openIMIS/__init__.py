"""The package `openIMIS` that the openIMIS modules expect around them, written afresh for tests: no line is openIMIS's own."""
