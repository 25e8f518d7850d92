"""How a business action says no."""


class Refused(Exception):
    """The action is not possible now; the text says why and what to do."""
