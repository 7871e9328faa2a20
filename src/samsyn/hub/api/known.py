"""Is a code that a program sends one that the rulebook knows? One that is not is never guessed."""

from __future__ import annotations

from samsyn.hub.cases.fact_kinds import fact_kinds
from samsyn.hub.guard.refusals import Invalid
from samsyn.hub.guard.rulebooks import current_rulebook
from samsyn.kernel.citations import Citation, CitationError
from samsyn.kernel.text import Text
from samsyn.law.vocabulary import nearest


def known_kind(code: str, field: str = "item_kind") -> str:
    """A kind of fact.

    Raises:
        Invalid: if there is none of that code.
    """
    return _one_of(code, list(fact_kinds()), field)


def known_activity(agency: str, code: str, field: str = "activity") -> str:
    """An activity of an agency.

    Raises:
        Invalid: if the agency has none of that code.
    """
    return _one_of(code, list(current_rulebook().vocabulary.activities_of(agency)), field)


def known_provisions(citations: list[str], field: str) -> list[str]:
    """Provisions in their normal form.

    Raises:
        Invalid: if one is no citation.
    """
    found = []
    for text in citations:
        try:
            found.append(str(Citation.parse(text)))
        except CitationError:
            raise Invalid(
                field,
                Text(
                    sv=f"{field}: ”{text}” är ingen hänvisning; skriv som 2009:400/27:1.",
                    en=f"{field}: “{text}” is no citation; write it as 2009:400/27:1.",
                ),
            ) from None
    return list(dict.fromkeys(found))


def _one_of(code: str, known: list[str], field: str) -> str:
    if code in known:
        return code
    close = nearest(code, known)
    listed = "/api/v1/law/words"
    raise Invalid(
        field,
        Text(
            sv=f"{field}: ”{code}” är inte känt; "
            + (f"menade du {close}?" if close else f"koderna står på {listed}."),
            en=f"{field}: “{code}” is not known; "
            + (f"did you mean {close}?" if close else f"the codes stand at {listed}."),
        ),
    )
