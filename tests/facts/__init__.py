"""Tests of the facts about countries."""
