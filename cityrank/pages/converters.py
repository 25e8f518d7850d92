"""What may stand in an address. Anything else is an address that does not exist, not an error."""


class Label:
    """The label of an edition: 2019 or 2017-2018."""

    regex = "[0-9]{4}(?:-[0-9]{4})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number:
    """The number of a release or series: small, without leading zeros, so that each has one address."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class ChartKey:
    """What a chart is about: the slug of a ranking or an award, or <ranking>~<place> for a place in its group."""

    regex = "[-a-zA-Z0-9_]+(?:~[-a-zA-Z0-9_]+)?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
