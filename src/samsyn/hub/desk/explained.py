"""Which words does everyone at a centre need, and what do they mean here?"""

from __future__ import annotations

from typing import NamedTuple

from samsyn.kernel.text import Text


class Word(NamedTuple):
    """A word of the workplace.

    Attributes:
        word: as it stands on the screens.
        means: what it means here.
        provision: where it comes from, as a citation; empty where it is the workplace's own.
    """

    word: Text
    means: Text
    provision: str = ""


def _word(sv: str, en: str, means_sv: str, means_en: str, provision: str = "") -> Word:
    return Word(Text(sv=sv, en=en), Text(sv=means_sv, en=means_en), provision)


WORDS = (
    _word(
        "Ärende",
        "Case",
        "Din myndighets ärende, med eget nummer. En annan myndighet ser inte ens att det finns "
        "förrän ni har berättat om det.",
        "Your agency's case, with its own number. No other agency sees even that it exists until "
        "you have told of it.",
    ),
    _word(
        "Uppgift",
        "Fact",
        "En sak som en myndighet vet, med sin sekretess, sin källa och sin innehavare. Den ändras "
        "aldrig: den rättas med en ny.",
        "One thing that an agency knows, with its secrecy, its source and its holder. It is never "
        "changed: it is corrected by a new one.",
    ),
    _word(
        "Sekretess",
        "Secrecy",
        "Förbud att röja en uppgift. Varje uppgift visar vilken bestämmelse som gäller.",
        "A ban on disclosing a fact. Each fact shows which provision applies.",
        "2009:400/3:1",
    ),
    _word(
        "Uppgiftsskyldighet",
        "Duty to disclose",
        "Myndigheten ska lämna uppgiften.",
        "The agency must give the fact.",
        "2009:400/10:28",
    ),
    _word(
        "Intresseavvägning",
        "Weighing",
        "En bedömning som du gör och skriver med egna ord. Systemet gör den aldrig.",
        "An assessment that you make and write in your own words. The system never makes it.",
        "2009:400/10:27",
    ),
    _word(
        "Utlämnande",
        "Disclosure",
        "Ett beslut att lämna bestämda uppgifter till en bestämd myndighet. Mottagaren får en "
        "kopia, inte tillgång till era ärenden.",
        "A decision to give certain facts to a certain agency. The receiver gets a copy, not "
        "access to your cases.",
    ),
    _word(
        "Ändamål",
        "Purpose",
        "Det som mottagaren behöver uppgifterna till. De får läsas bara i det ärendet, för det "
        "ändamålet och till den sista dagen.",
        "What the receiver needs the facts for. They may be read only in that case, for that "
        "purpose and until the last day.",
    ),
    _word(
        "Återkallelse",
        "Recall",
        "Det som lämnats ut försvinner hos mottagaren. Du får veta vad som redan hade lästs.",
        "What was disclosed is gone at the receiver. You are told what had already been read.",
    ),
    _word(
        "Nominera",
        "Nominate",
        "Berätta att ett företag eller en plats är av intresse, utan att säga varför.",
        "Tell that a firm or a place is of interest, without saying why.",
    ),
    _word(
        "Diarium",
        "Register",
        "Myndighetens förteckning över allmänna handlingar. Det som kommer in eller upprättas "
        "registreras genast.",
        "The agency's list of public documents. What comes in or is drawn up is registered at "
        "once.",
        "2009:400/5:1",
    ),
    _word(
        "Skyddade personuppgifter",
        "Protected personal data",
        "Uppgifter om en person som är hotad eller förföljd. Namnet visas bara när du ber om det, "
        "och det loggas.",
        "Data on a person who is threatened or persecuted. The name is shown only when you ask, "
        "and that is logged.",
        "2009:400/22:1",
    ),
    _word(
        "Klocka",
        "Clock",
        "En tid i arbetsdagar. Den står still medan en fråga är ute.",
        "A time in working days. It stands still while a question is out.",
    ),
)
