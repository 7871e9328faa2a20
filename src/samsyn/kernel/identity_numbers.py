"""Which person, firm, workplace or vehicle does a number name, however it is written?

Read here are organisation numbers (1974:174), personal identity numbers and coordination numbers
(1991:481/18, 2022:1697), the eight-digit workplace numbers of Statistics Sweden (CFAR) and
registration numbers of vehicles. What is no Swedish number is kept as it was stated: a foreign
number, or one that is uncertain, never as something it is not.

A number is compared by its normal form: all spellings of one number give equal values.
Messages never repeat the number, since they end up in logs.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from samsyn.kernel.faults import FieldError

NumberKind = Literal[
    "organisation", "person", "coordination", "workplace", "vehicle", "foreign", "uncertain"
]
NumberFault = Literal["empty", "form", "length", "date", "check_digit", "century", "letter", "kind"]

PLATE_LETTERS: Final = "ABCDEFGHJKLMNOPRSTUWXYZ"
"""Letters of ordinary plates: I, Q, V, Å, Ä and Ö are left out."""
LAST_PLATE_LETTERS: Final = PLATE_LETTERS.replace("O", "")
"""As the last character O is left out too, since it reads as a zero."""

_COORDINATION_DAY = 60
_LONGEST = 40
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_VAT = re.compile(r"^SE(\d{10})01$")
_NUMBER = re.compile(r"^(\d{2})?(\d{6})([-+]?)(\d{4})$")
_WORKPLACE = re.compile(r"^\d{4}-?\d{4}$")
_PLATE_LIKE = re.compile(r"^([^\W\d_]{3})-?(\d{2})-?(\d|[^\W\d_])$")
_STATED: tuple[NumberKind, ...] = ("foreign", "uncertain")


class IdentityNumberError(FieldError):
    """A text that is no identity number; tells what is wrong with it and what to write instead.

    Attributes:
        reason: what is wrong, as a code.
    """

    def __init__(self, reason: NumberFault) -> None:
        en, sv = _FAULTS[reason]
        self.reason: NumberFault = reason
        super().__init__("identity_number", en=en, sv=sv)


@dataclass(frozen=True, slots=True, order=True)
class IdentityNumber:
    """A number that names somebody or something.

    Attributes:
        kind: what it names and by which series.
        digits: the normal form. Ten digits for an organisation, twelve for a person (with the
            century), eight for a workplace, ``ABC123`` for a vehicle; for what was only stated,
            its letters and digits in upper case.
    """

    kind: NumberKind
    digits: str

    @classmethod
    def parse(
        cls, text: str, *, on: date | None = None, kind: NumberKind | None = None
    ) -> IdentityNumber:
        """Read a number in any usual spelling.

        Args:
            on: the day on which it was written. A personal number of ten digits tells its century
                only together with that day; without it, twelve digits are asked for.
            kind: what it has to be. ``foreign`` and ``uncertain`` must be asked for, so that a
                slip of the finger never passes for them.

        Raises:
            IdentityNumberError: if it is no such number.
        """
        written = _clean(text)
        if not written:
            raise IdentityNumberError("empty")
        if kind in _STATED:
            return cls(kind, _stated(written))
        found = _read(written, on, kind)
        if kind is not None and found.kind != kind:
            raise IdentityNumberError("kind")
        return found

    @property
    def display(self) -> str:
        """As people write it: ``556677-8899``, ``19900101-2385``, ``ABC 123``."""
        if self.kind in ("organisation", "person", "coordination"):
            return f"{self.digits[:-4]}-{self.digits[-4:]}"
        if self.kind == "vehicle":
            return f"{self.digits[:3]} {self.digits[3:]}"
        return self.digits

    @property
    def short(self) -> str:
        """The ten digits without century that registers of firms and of people share."""
        return self.digits[-10:] if self.kind in ("person", "coordination") else self.digits

    @property
    def birth_date(self) -> date | None:
        """The day a personal or coordination number gives; None where it leaves a part open.

        It need not be the day somebody was born: days that ran out of numbers borrow from others.
        """
        if self.kind not in ("person", "coordination"):
            return None
        year, month, day = _date_parts(self.digits)
        return date(year, month, day) if month and day else None

    def __str__(self) -> str:
        return self.display


def check_digit(digits: str) -> int:
    """The digit that makes a number valid, by the Luhn algorithm (modulus 10, weights 2 and 1).

    Args:
        digits: the digits before it, nine for an organisation or a person.

    Raises:
        ValueError: if there is anything but digits.
    """
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError("a check digit is counted over digits only")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return -total % 10


def _clean(text: str) -> str:
    """Upper case without spaces, every dash the plain one."""
    plain = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(plain.split()).upper()


def _stated(written: str) -> str:
    normal = "".join(sign for sign in written if sign.isalnum())
    if not normal:
        raise IdentityNumberError("empty")
    if len(normal) > _LONGEST:
        raise IdentityNumberError("length")
    return normal


def _read(written: str, on: date | None, kind: NumberKind | None) -> IdentityNumber:
    if match := _PLATE_LIKE.match(written):
        return _vehicle(*match.groups())
    # A number for VAT is the organisation number between SE and 01.
    match = _NUMBER.match(_VAT.sub(r"\1", written))
    if match and written.isascii():
        return _numbered(match, on)
    if _WORKPLACE.match(written) and written.isascii() and kind in (None, "workplace"):
        return IdentityNumber("workplace", written.replace("-", ""))
    only_digits = re.fullmatch(r"[0-9+-]+", written)
    raise IdentityNumberError("length" if only_digits else "form")


def _vehicle(letters: str, numbers: str, last: str) -> IdentityNumber:
    if not all(letter in PLATE_LETTERS for letter in letters):
        raise IdentityNumberError("letter")
    if not (numbers.isascii() and (last in LAST_PLATE_LETTERS or last in "0123456789")):
        raise IdentityNumberError("letter")
    return IdentityNumber("vehicle", letters + numbers + last)


def _numbered(match: re.Match[str], on: date | None) -> IdentityNumber:
    century, first, sign, last = match.groups()
    ten = first + last
    if check_digit(ten[:-1]) != int(ten[-1]):
        raise IdentityNumberError("check_digit")
    if ten[2] >= "2":
        # 16 stands before an organisation number where twelve digits are asked for.
        if century not in (None, "16") or sign == "+":
            raise IdentityNumberError("century")
        return IdentityNumber("organisation", ten)
    kind: NumberKind = "coordination" if int(ten[4:6]) > _COORDINATION_DAY - 1 else "person"
    # A sole trader's firm has the owner's number, at times with the firms' 16 before it.
    if century in (None, "16"):
        return IdentityNumber(kind, _with_century(ten, sign, on))
    if century not in ("18", "19", "20"):
        raise IdentityNumberError("century")
    twelve = century + ten
    if not _is_day(twelve, on):
        raise IdentityNumberError("date")
    return IdentityNumber(kind, twelve)


def _with_century(ten: str, sign: str, on: date | None) -> str:
    """Put the century before ten digits: the latest in which it can have been given.

    A plus stands in the place of the dash from the year in which the person turns a hundred.
    """
    if not any(_is_day(century + ten, None) for century in ("19", "20")):
        raise IdentityNumberError("date")
    if on is None:
        raise IdentityNumberError("century")
    for century in ("20", "19", "18"):
        twelve = century + ten
        old_enough = sign != "+" or on.year - int(twelve[:4]) >= 100
        if old_enough and _is_day(twelve, on):
            return twelve
    raise IdentityNumberError("date")


def _is_day(twelve: str, on: date | None) -> bool:
    """Is there such a day of birth, not after the day on which the number was written?

    A coordination number for somebody whose day of birth is not known has zero for the month, the
    day (written 60) or both.
    """
    year, month, day = _date_parts(twelve)
    partial = int(twelve[6:8]) >= _COORDINATION_DAY and not (month and day)
    try:
        # 2000 has a 29 February, which an unknown month may hide as well.
        born = date(2000 if partial else year, month or 1, day or 1)
    except ValueError:
        return False
    if not partial and not (month and day):
        return False
    if on is None:
        return True
    return date(year, month or 1, 1) <= on if partial else born <= on


def _date_parts(twelve: str) -> tuple[int, int, int]:
    day = int(twelve[6:8])
    if day >= _COORDINATION_DAY:
        day -= _COORDINATION_DAY
    return int(twelve[:4]), int(twelve[4:6]), day


_FAULTS: Final[dict[NumberFault, tuple[str, str]]] = {
    "empty": (
        "no number is given; write one such as 556677-8899, 19900101-2385 or ABC 123",
        "inget nummer är angivet; skriv ett som 556677-8899, 19900101-2385 eller ABC 123",
    ),
    "form": (
        "this is no Swedish organisation, personal, workplace or registration number; write one "
        "such as 556677-8899, 19900101-2385, 12345678 or ABC 123, or choose foreign or uncertain "
        "identity",
        "detta är inget svenskt organisations-, person-, arbetsställe- eller registreringsnummer; "
        "skriv ett som 556677-8899, 19900101-2385, 12345678 eller ABC 123, eller välj utländsk "
        "eller osäker identitet",
    ),
    "length": (
        "the number has too few or too many digits; write ten for an organisation, twelve for a "
        "person or eight for a workplace",
        "numret har för få eller för många siffror; skriv tio för en organisation, tolv för en "
        "person eller åtta för ett arbetsställe",
    ),
    "date": (
        "the number begins with a day that is not in the calendar or has not come yet; compare "
        "year, month and day with the source",
        "numret börjar med en dag som inte finns i kalendern eller inte har kommit än; jämför år, "
        "månad och dag med källan",
    ),
    "check_digit": (
        "the check digit, the last one, does not fit the other digits; compare the number with "
        "the source, and if it stands so there, record it as an uncertain identity",
        "kontrollsiffran, den sista, stämmer inte med de andra siffrorna; jämför numret med "
        "källan, och står det så där, för in det som osäker identitet",
    ),
    "century": (
        "the century is missing or cannot be right; write a personal number with twelve digits "
        "that begin with 18, 19 or 20, and an organisation number with ten",
        "århundradet saknas eller kan inte stämma; skriv ett personnummer med tolv siffror som "
        "börjar med 18, 19 eller 20, och ett organisationsnummer med tio",
    ),
    "letter": (
        "registration plates have no I, Q, V, Å, Ä or Ö, and no O at the end; compare with the "
        "plate, where 1 and 0 are easily taken for letters",
        "registreringsskyltar har inte I, Q, V, Å, Ä eller Ö, och inget O sist; jämför med "
        "skylten, där 1 och 0 lätt tas för bokstäver",
    ),
    "kind": (
        "the number is right but of another kind than the field asks for; write it in the field "
        "for its kind",
        "numret stämmer men är av ett annat slag än fältet gäller; skriv det i fältet för sitt "
        "slag",
    ),
}
assert set(_FAULTS) == set(get_args(NumberFault))
