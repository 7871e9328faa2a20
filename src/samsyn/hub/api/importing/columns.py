"""Which columns may a file of facts have, and what stands in each?

The list that people read (docs/guides/api.md, the page of the import) is made from this one.
INVARIANT: no column says who may see a fact. One that tries is refused with the whole file.
"""

from __future__ import annotations

import msgspec

from samsyn.kernel.text import Text


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column.

    Attributes:
        name: as it stands in the first line, or as the field of an object.
        required: whether every row has it.
        longest: letters that it may hold.
        about: what stands there.
    """

    name: str
    required: bool = False
    longest: int = 200
    about: Text


COLUMNS = (
    Column(
        name="source_id",
        required=True,
        longest=120,
        about=Text(
            sv="Uppgiftens id i källsystemet. Samma id tas in en gång.",
            en="The id of the fact in the source system. The same id is taken in once.",
        ),
    ),
    Column(
        name="text",
        required=True,
        longest=20_000,
        about=Text(sv="Uppgiften, en sak i taget.", en="The fact, one thing at a time."),
    ),
    Column(
        name="item_kind",
        required=True,
        longest=80,
        about=Text(
            sv="Slag av uppgift: en kod ur /api/v1/law/words.",
            en="Kind of fact: a code of /api/v1/law/words.",
        ),
    ),
    Column(
        name="activity",
        required=True,
        longest=60,
        about=Text(
            sv="Verksamhet hos oss där uppgiften finns: en kod ur samma lista.",
            en="Activity with us where it is held: a code of the same list.",
        ),
    ),
    Column(
        name="subject_kind",
        longest=20,
        about=Text(
            sv="person eller company; tomt när ingetdera.",
            en="person or company; empty when neither.",
        ),
    ),
    Column(
        name="about_number",
        longest=40,
        about=Text(
            sv="Person- eller organisationsnummer för ett objekt i ärendet.",
            en="Number of a person or firm among the subjects of the case.",
        ),
    ),
    Column(
        name="marks",
        longest=120,
        about=Text(
            sv="Märken med blanksteg emellan: victim, child, protected, tip_giver, "
            "may_not_be_told.",
            en="Marks with blanks between: victim, child, protected, tip_giver, may_not_be_told.",
        ),
    ),
    Column(
        name="holder",
        longest=20,
        about=Text(
            sv="Den egna myndighetens kod, om den anges.",
            en="The code of one's own agency, if any.",
        ),
    ),
    Column(name="source", about=Text(sv="Varifrån, i ord.", en="Where it comes from, in words.")),
    Column(
        name="observed_on",
        longest=10,
        about=Text(sv="Dag som 2026-03-01.", en="A day such as 2026-03-01."),
    ),
)
NAMES = {column.name: column for column in COLUMNS}
REQUIRED = tuple(column.name for column in COLUMNS if column.required)

WHO_SEES = frozenset(
    "access agencies circle circles delas_med distribution krets mottagare myndigheter receiver "
    "receivers recipient recipients share shared_with sharing synlig_for tlp visibility "
    "visible_to".split()
)
"""Names by which other systems say who may see a row."""
NEVER_HERE = Text(
    sv="kolumnen säger vem som får se uppgiften; ta bort den. Det som tas in ser bara den egna "
    "myndigheten, tills någon beslutar om utlämnande.",
    en="the column says who may see the fact; take it out. What is taken in is seen by one's own "
    "agency alone, until somebody decides on a disclosure.",
)


def is_about_access(name: str) -> bool:
    """Whether a column would say who sees a row."""
    return name.strip().lower().replace("-", "_").replace(" ", "_") in WHO_SEES
