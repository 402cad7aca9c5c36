"""What goes wrong between here and a running openIMIS."""


class Unreadable(Exception):
    """The system cannot be read at all, with a sentence that says why and what to do. It never holds a secret."""


class Missing(Exception):
    """One fact cannot be read: why, and what to do."""

    def __init__(self, missing: str, remedy: str) -> None:
        super().__init__(f"{missing}: {remedy}")
        self.missing, self.remedy = missing, remedy
