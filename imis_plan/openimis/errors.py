"""Errors of reading a running openIMIS."""

from imis_plan.sentence import Sentence


class SystemUnavailable(Exception):
    """The system cannot be read. The message says why and what to do; it contains neither password nor token."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason)
        self.reason = reason


class FactUnavailable(Exception):
    """One fact cannot be read: the reason and the remedy."""

    def __init__(self, missing: str, remedy: str) -> None:
        super().__init__(f"{missing}: {remedy}")
        self.missing, self.remedy = missing, remedy
