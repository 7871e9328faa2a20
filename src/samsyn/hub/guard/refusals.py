"""How is a lawful no said, and how does it differ from something that is not there?"""

from __future__ import annotations

from samsyn.kernel.text import Text


class Refused(Exception):
    """A no with its reason, shown to the person as a page.

    Attributes:
        said: one sentence, what is refused and why.
        next_step: what the person may do instead.
        ground: the provision that stands in the way, as a citation; empty when it is a house rule.
    """

    def __init__(self, said: Text, *, next_step: Text | None = None, ground: str = "") -> None:
        self.said = said
        self.next_step = next_step
        self.ground = ground
        super().__init__(said.en)


class Missing(Exception):
    """Nothing that the person may see answers to this address.

    What is hidden and what does not exist are answered with the same bytes.
    """


class Conflict(Refused):
    """The thing has changed since it was shown; nothing was written."""


class Invalid(Refused):
    """A value that cannot be used; names its field.

    Attributes:
        field: the field of the form or of the call.
    """

    def __init__(self, field: str, said: Text) -> None:
        self.field = field
        super().__init__(said)
