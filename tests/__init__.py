"""Tests, one module per module of the package; the helpers that rebuild stored results stand here too."""
