"""Errors of reading a running openIMIS."""


class SystemUnavailable(Exception):
    """The system cannot be read. The message says why and what to do; it contains neither password nor token."""


class FactUnavailable(Exception):
    """One fact cannot be read: the reason and the remedy."""

    def __init__(self, missing: str, remedy: str) -> None:
        super().__init__(f"{missing}: {remedy}")
        self.missing, self.remedy = missing, remedy
