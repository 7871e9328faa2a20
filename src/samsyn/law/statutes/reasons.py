"""In which words are certainty, absence and damage explained, in Swedish and in English?"""

from __future__ import annotations

from datetime import date

from samsyn.kernel.citations import Citation
from samsyn.kernel.text import Text
from samsyn.law.statutes.versions import StatuteFile


def place(citation: Citation) -> tuple[str, str]:
    """A citation in words, in Swedish and English: ``10 kap. 15 a § stycke 1 punkt 5``."""
    parts = []
    if citation.chapter:
        parts.append(f"{_spaced(citation.chapter)} kap.")
    if citation.section:
        parts.append(f"{_spaced(citation.section)} §")
    swedish = english = " ".join(parts)
    for value, sv, en in (
        (citation.paragraph, "stycke", "paragraph"),
        (citation.point, "punkt", "point"),
        (citation.sentence, "mening", "sentence"),
    ):
        if value is not None:
            swedish, english = f"{swedish} {sv} {value}", f"{english} {en} {value}"
    return f"{swedish} ({citation.sfs})".strip(), f"{english} ({citation.sfs})".strip()


def _spaced(number: str) -> str:
    return f"{number[:-1]} {number[-1]}" if number[-1].isalpha() else number


def no_act(citation: Citation) -> Text:
    """The act is not in the library."""
    sv, en = citation.sfs, citation.sfs
    return Text(
        sv=f"{sv} finns inte bland författningstexterna; numret kan inte prövas här.",
        en=f"{en} is not among the statute texts; the number cannot be checked here.",
    )


def act_not_yet(citation: Citation, start: date) -> Text:
    """The act takes effect later."""
    return Text(
        sv=f"{citation.sfs} träder i kraft först {start}.",
        en=f"{citation.sfs} does not enter into force until {start}.",
    )


def act_repealed(citation: Citation, end: date, by: str) -> Text:
    """Another act has repealed it."""
    return Text(
        sv=f"{citation.sfs} har upphävts genom {by} från {end}.",
        en=f"{citation.sfs} was repealed by {by} from {end}.",
    )


def needs_chapter(citation: Citation) -> Text:
    """Sections are numbered within chapters here."""
    return Text(
        sv=f"{citation.sfs} är indelad i kapitel; ange kapitel före kolon, till exempel 10:27.",
        en=f"{citation.sfs} has chapters; write the chapter before a colon, such as 10:27.",
    )


def has_no_chapters(citation: Citation) -> Text:
    """The act has no chapters."""
    return Text(
        sv=f"{citation.sfs} är inte indelad i kapitel; skriv bara paragrafen.",
        en=f"{citation.sfs} has no chapters; write the section only.",
    )


def no_section(citation: Citation) -> Text:
    """No version has the section."""
    sv, en = place(citation.whole_section())
    return Text(
        sv=f"{sv} finns inte i någon version av texten.",
        en=f"{en} is in no version of the text.",
    )


def section_not_yet(citation: Citation, start: date) -> Text:
    """The section takes effect later."""
    sv, en = place(citation.whole_section())
    return Text(
        sv=f"{sv} träder i kraft först {start}.",
        en=f"{en} does not enter into force until {start}.",
    )


def section_added_later(citation: Citation, by: str) -> Text:
    """The section comes with an act adopted after the day."""
    sv, en = place(citation.whole_section())
    return Text(
        sv=f"{sv} finns inte än: paragrafen infördes genom {by}.",
        en=f"{en} does not exist yet: the section was inserted by {by}.",
    )


def section_awaits_day(citation: Citation) -> Text:
    """The Government has not set the day."""
    sv, en = place(citation.whole_section())
    return Text(
        sv=f"{sv} träder i kraft den dag regeringen bestämmer; dagen anges inte i källan.",
        en=f"{en} enters into force on a day that the Government decides; the source has no day.",
    )


def section_ended(citation: Citation, end: date) -> Text:
    """The source states the day on which it ceased."""
    sv, en = place(citation.whole_section())
    return Text(
        sv=f"{sv} upphörde att gälla {end}.",
        en=f"{en} ceased to apply on {end}.",
    )


def section_repealed(citation: Citation, by: str) -> Text:
    """The text says that the section has been repealed."""
    sv, en = place(citation.whole_section())
    return Text(sv=f"{sv} har upphävts genom {by}.", en=f"{en} was repealed by {by}.")


def section_gone(citation: Citation, file: StatuteFile) -> Text:
    """A complete snapshot no longer has it."""
    sv, en = place(citation.whole_section())
    return Text(
        sv=f"{sv} finns inte längre i lydelsen per {file.as_of}.",
        en=f"{en} is no longer in the text as of {file.as_of}.",
    )


def no_paragraph(citation: Citation, count: int) -> Text:
    """The section has fewer paragraphs."""
    sv, en = place(citation.whole_section())
    return Text(
        sv=f"{sv} har {count} stycken, inte {citation.paragraph}.",
        en=f"{en} has {count} paragraphs, not {citation.paragraph}.",
    )


def no_point(citation: Citation) -> Text:
    """The list has no such point."""
    sv, en = place(Citation(citation.sfs, citation.chapter, citation.section, citation.paragraph))
    return Text(
        sv=f"{sv} har ingen punkt {citation.point}.", en=f"{en} has no point {citation.point}."
    )


def no_sentence(citation: Citation, count: int) -> Text:
    """The paragraph has fewer sentences."""
    sv, en = place(Citation(citation.sfs, citation.chapter, citation.section, citation.paragraph))
    return Text(
        sv=f"{sv} har {count} meningar, inte {citation.sentence}.",
        en=f"{en} has {count} sentences, not {citation.sentence}.",
    )


def undivided(file: StatuteFile) -> Text:
    """The dialect has lost the division."""
    return Text(
        sv=f"Styckeindelningen har gått förlorad i versionen {file.label}; hela paragrafen visas.",
        en=f"Version {file.label} has lost the paragraphs; the whole section is shown.",
    )


def partly_newer(file: StatuteFile, numbers: tuple[int, ...]) -> Text:
    """An excerpt has newer paragraphs that cannot be put into undivided text."""
    which = ", ".join(map(str, numbers))
    return Text(
        sv=f"Stycke {which} har en nyare lydelse i utdraget {file.label}, som inte visas här.",
        en=f"Paragraph {which} has a newer wording in the excerpt {file.label}, not shown here.",
    )


def damaged(file: StatuteFile) -> Text:
    """The text of the snapshot is cut."""
    return Text(
        sv=f"Texten är avkortad eller felplacerad i versionen {file.label}.",
        en=f"The text is cut or misplaced in version {file.label}.",
    )


def stated(file: StatuteFile) -> Text:
    """The sources state the wording for the day."""
    return Text(
        sv=f"Källorna anger lydelsen för dagen (version {file.label}).",
        en=f"The sources state this wording for the day (version {file.label}).",
    )


def from_snapshot(file: StatuteFile) -> Text:
    """Newest snapshot before the day."""
    return Text(
        sv=f"Lydelsen är den per {file.as_of}; senare ändringar syns inte i källan.",
        en=f"The wording is the one as of {file.as_of}; later changes are not seen in the source.",
    )


def only_later(file: StatuteFile) -> Text:
    """Only a wording from after the day."""
    return Text(
        sv=f"Bara en senare lydelse finns, per {file.as_of}; den äldre kan ha varit en annan.",
        en=f"Only a later wording is at hand, as of {file.as_of}; the older one may have differed.",
    )


def two_wordings(file: StatuteFile) -> Text:
    """The same file has two wordings and does not say when each applies."""
    return Text(
        sv=f"Versionen {file.label} har två lydelser utan datum; den senast ändrade visas.",
        en=f"Version {file.label} has two wordings without days; the latest amended is shown.",
    )


def inserted_between(
    citation: Citation, before: StatuteFile, by: str | None, after: StatuteFile
) -> Text:
    """Absent from a complete snapshot up to the day, present in a later one."""
    sv, en = place(citation.whole_section())
    act_sv, act_en = (f" ({by})", f" ({by})") if by else ("", "")
    return Text(
        sv=f"{sv} fanns inte per {before.as_of} men finns per {after.as_of}{act_sv}; "
        "dagen för ikraftträdandet anges inte i källan.",
        en=f"{en} was not there as of {before.as_of} but is as of {after.as_of}{act_en}; "
        "the source does not state when it entered into force.",
    )


def maybe_reworded(by: str) -> Text:
    """A later act may already have applied."""
    return Text(
        sv=f"Paragrafen har ändrats eller upphävts genom {by}; källan anger inte från när.",
        en=f"The section was reworded or repealed by {by}; the source does not state from when.",
    )


def cut_in(file: StatuteFile) -> Text:
    """A later snapshot lacks it because its text is cut there."""
    return Text(
        sv=f"I versionen {file.label} är texten avkortad just här.",
        en=f"In version {file.label} the text is cut right here.",
    )


def lost_in(file: StatuteFile) -> Text:
    """A later snapshot that loses sections does not have it."""
    return Text(
        sv=f"Paragrafen saknas i versionen {file.label}, där text har fallit bort; "
        "den kan också ha upphävts.",
        en=f"The section is missing in version {file.label}, which has lost text; "
        "it may also have been repealed.",
    )


def merged(file: StatuteFile, numbers: tuple[int, ...]) -> Text:
    """Some paragraphs come from an excerpt."""
    which = ", ".join(map(str, numbers))
    return Text(
        sv=f"Stycke {which} är hämtat ur utdraget {file.label}; övriga ur en äldre version.",
        en=f"Paragraph {which} is from the excerpt {file.label}; the others from an older version.",
    )


def missing_then(reason: Text, remark: Text) -> Text:
    """A place that is not in the wording shown, and how sure that wording is."""
    return Text(sv=f"{reason.sv} {remark.sv}", en=f"{reason.en} {remark.en}")


def exists(citation: Citation, remark: Text) -> Text:
    """The place is there; the remark says how sure its wording is."""
    sv, en = place(citation)
    return Text(sv=f"{sv} finns. {remark.sv}", en=f"{en} exists. {remark.en}")


def may_exist(citation: Citation, remark: Text) -> Text:
    """The place can neither be proved nor ruled out."""
    sv, en = place(citation)
    return Text(sv=f"{sv} kan inte styrkas. {remark.sv}", en=f"{en} cannot be proved. {remark.en}")


def before_and_after() -> Text:
    """Seen in snapshots on both sides of the day."""
    return Text(
        sv="Platsen finns i källorna både före och efter dagen; lydelsen just då är osäker.",
        en="The sources have it both before and after the day; its wording then is uncertain.",
    )


def same_words(before: StatuteFile, after: StatuteFile) -> Text:
    """A place found in a divided version and again in a later one."""
    return Text(
        sv=f"Platsen finns per {before.as_of} och samma ord står kvar per {after.as_of}.",
        en=f"It is there as of {before.as_of}, and its words still stand as of {after.as_of}.",
    )


def still_there(file: StatuteFile) -> Text:
    """In the newest snapshot, although its text is cut."""
    return Text(
        sv=f"Paragrafen finns per {file.as_of}, men texten är där osäker.",
        en=f"The section is there as of {file.as_of}, but its text is uncertain there.",
    )


def amended_long_before(by: str) -> Text:
    """Last amended by an act that must have taken effect."""
    return Text(
        sv=f"Paragrafen ändrades senast genom {by}, långt före dagen; bara en senare text finns.",
        en=f"It was last amended by {by}, long before the day; only a later text is at hand.",
    )


def numbered_before(other: str) -> Text:
    """A later number is original."""
    return Text(
        sv=f"Numret är lika gammalt som {_spaced(other)} §, som aldrig har ändrats; "
        "lydelsen på dagen är osäker.",
        en=f"The number is as old as {_spaced(other)} §, which was never amended; "
        "the wording on the day is uncertain.",
    )
