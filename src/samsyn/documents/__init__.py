"""How does a document become a PDF that everyone can read and an archive can keep?

:func:`~samsyn.documents.rendering.render` takes a template (a ``.typ`` file of the caller), what
it is to say as data, a title and a moment, and gives the bytes of a PDF: tagged, with title and
language (PDF/UA-1), all fonts within (PDF/A-2a), the same bytes on every machine.

A template sees ``data`` (the data), ``say("Svenska", "English")`` and the house styles of
``base.typ``, which stand before it::

    #show: house.with(agency: data.agency, running: data.number)
    #letterhead(data.agency, say("Beslut", "Decision"), ((say("Datum", "Date"), data.day),))
    = #meta.title
    #facts(((say("Till", "To"), data.receiver), (say("Gäller till", "Valid to"), data.until)))
    == #say("Uppgifter", "Items")
    #table-of((say("Vad", "What"), say("Text", "Text")), data.rows, columns: (1fr, 2fr))
    #prose(data.words)
    #note(say("Överklagande", "Appeal"))[#data.appeal]

Data is never pasted into a template: it comes in as JSON, and what somebody wrote can be nothing
but text. A template can read no file and reach no network. In data, a ``Text`` becomes the
document's language, a date ``2026-11-24``, a moment ``2026-11-24 17:09`` (in the zone it has), a
struct an object. Add ``**/*.typ`` beside your module; the package carries it.
"""

from __future__ import annotations

from samsyn.documents.rendering import DocumentFault, render

__all__ = ["DocumentFault", "render"]
