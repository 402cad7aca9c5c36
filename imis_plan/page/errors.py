"""Why a page is not made. Light, so that a caller can name these errors without importing nbconvert."""


class RenderError(Exception):
    """The page would run a script, load something or hide an image from a blind reader."""


class PrintError(Exception):
    """The browser did not print."""
