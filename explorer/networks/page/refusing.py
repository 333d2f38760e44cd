"""What somebody entered and the page cannot take."""


class Unusable(ValueError):
    """``key`` names the sentence that says why, in a section of explorer/text that belongs to the place."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key
