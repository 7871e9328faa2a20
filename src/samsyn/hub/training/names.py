"""Which invented names do people, firms and streets carry?

First names and last names are put together by chance; a likeness with somebody is one.
"""

from __future__ import annotations

from typing import Final

from samsyn.hub.training.chance import Chance

FIRST: Final = tuple(
    "Adam Agnieszka Ahmed Alma Amina Anders Andrei Anja Anna Arash Asta Bengt Birgitta Bogdan "
    "Carina Cemal Dagny Daniela Dariusz David Diana Ebba Elif Elin Emil Erik Eva Fatima Filip "
    "Freja Georg Greta Hanna Hassan Helena Henrik Ibrahim Ingrid Ioana Ivana Jakub Jasmin Jelena "
    "Johan Jonas Karin Katarzyna Kerstin Khadija Klara Lars Leila Lina Ljudmila Magnus Maja Malin "
    "Marek Maria Marta Mehmet Mikael Milan Mohamed Nadia Natalia Nils Noor Nora Olena Oskar Paula "
    "Pavel Per Petra Rania Rasmus Rebecka Roza Samir Sara Selma Sergij Signe Simon Siv Sofia "
    "Somchai Stefan Sven Tariq Tatjana Thea Tobias Tuva Ulf Valentina Viktor Wanida Xenia Yasmin "
    "Zofia Åsa Örjan".split()
)
LAST: Final = tuple(
    "Abdirahman Alkvist Almgård Andrén Aslani Backmark Barsoum Björkfeldt Blomgård Boström "
    "Brännlid Cederstam Chaiyawong Dahlmark Demirel Djerf Edlund Ekmark Enbom Fagerlid Farahani "
    "Forsmark Gavrila Granfors Grzelak Gyllsjö Hallonsten Hamdan Hedvall Holmfrid Hosseinpur "
    "Häggkvist Iliescu Isaksdal Jankowska Jovanovska Kallmark Karimzade Kivelä Kovalenka Kronlid "
    "Kurtović Lagerdal Levander Lindmark Lupescu Lövsund Majewska Malmfors Marklid Mirzaei "
    "Moldovanu Myrdal Nilsdal Nordvall Norrmark Olenko Olofsdal Osmanagić Palmkvist Petrosjan "
    "Popescul Rahimi Rehnberg Rosenlid Rybaková Sadeghi Saetang Sandmark Sjöfors Skoglid "
    "Strömdal Sundmark Szymula Tallmark Tesfaye Thorsdal Törnkvist Ulvsten Vasilenko "
    "Wahlmark Wiklid Yildirim Zetterdal Åkerlid Ängsmark Öberghagen".split()
)
CITIES: Final = {
    "umea": ("Umeå", "Skellefteå", "Sundsvall", "Östersund", "Luleå"),
    "goteborg": ("Göteborg", "Borås", "Halmstad", "Trollhättan", "Varberg"),
    "norrkoping": ("Norrköping", "Linköping", "Nyköping", "Jönköping", "Eskilstuna"),
    "orebro": ("Örebro", "Karlstad", "Falun", "Borlänge"),
    "uppsala": ("Uppsala", "Västerås", "Gävle", "Enköping"),
    "stockholm": ("Stockholm", "Södertälje", "Solna", "Huddinge", "Visby"),
    "malmo": ("Malmö", "Helsingborg", "Lund", "Kristianstad", "Växjö", "Kalmar"),
}
_STREETS = (
    "Verkstadsgatan Lagergatan Industrivägen Hantverkargatan Plåtslagargatan Smedjegatan "
    "Terminalvägen Magasinsgatan Spannmålsgatan Kvarngatan Ladugatan Tegelbruksvägen Skrotgatan "
    "Depågatan Bangårdsvägen Stenhuggargatan Målargatan Gjuterigatan Snickargränd Rosenlundsgatan"
).split()
TRADES: Final = (
    "bygg",
    "städning",
    "restaurang",
    "biltvätt",
    "nagelvård",
    "bärplockning",
    "transport",
    "bemanning",
    "skogsvård",
)
_FIRM_ENDS = {
    "bygg": ("Bygg", "Ställning", "Fasad", "Rivning", "Mark & Betong"),
    "städning": ("Städ", "Lokalvård", "Fönsterputs", "Hemservice"),
    "restaurang": ("Restaurang", "Grill", "Kök & Bar", "Pizzeria"),
    "biltvätt": ("Biltvätt", "Rekond", "Däck & Tvätt"),
    "nagelvård": ("Naglar", "Nagelstudio", "Skönhet"),
    "bärplockning": ("Bär", "Skogsbär", "Vildbär"),
    "transport": ("Åkeri", "Bud", "Logistik", "Transport"),
    "bemanning": ("Bemanning", "Personal", "Uthyrning"),
    "skogsvård": ("Skogsvård", "Plantering", "Röjning"),
}
_FIRM_STARTS = (
    "Norrvind Almskog Tvåberg Havsklint Granhult Solvik Kråksund Älvstam Blåklint Fyrtorp "
    "Stenudde Lindåker Kvarnhill Rågdal Vidsjö Ekbacka Tranvik Ljungholt Björnmo Silverås "
    "Hasselnäs Mossdal Torpvik Åkerby Örnsäter Sjöhult Vargnäs Klövervik Renberg Kungsmyr Höksand "
    "Fjällbrant Strandhed Dalavret Gullmosse Hjortsäter Näckrosen Videfors Starrmyr Tallvret"
).split()
COUNTRIES: Final = ("Polen", "Litauen", "Rumänien", "Lettland", "Estland", "Bulgarien", "Thailand")
MONTHS: Final = (
    "januari februari mars april maj juni juli augusti september oktober november december"
).split()


def person_name(chance: Chance) -> str:
    """A first and a last name."""
    return f"{chance.pick(FIRST)} {chance.pick(LAST)}"


FOREIGN_FORMS: Final = {
    "Sp. z o.o.": "PL", "UAB": "LT", "SIA": "LV", "SRL": "RO", "OÜ": "EE", "EOOD": "BG",
}  # fmt: skip
"""Forms of firms abroad, and where they are used."""


def firm_name(chance: Chance, trade: str, foreign: bool) -> str:
    """The name of a firm in a trade."""
    stem = f"{chance.pick(_FIRM_STARTS)} {chance.pick(_FIRM_ENDS[trade])}"
    if foreign:
        return f"{stem} {chance.pick(tuple(FOREIGN_FORMS))}"
    return f"{stem} {chance.weighted({'AB': 8, 'HB': 1, 'i Norden AB': 2, 'Entreprenad AB': 2})}"


def shelf_name(chance: Chance) -> str:
    """What firms that are founded to be sold have in common in their names."""
    return f"{chance.pick(_FIRM_STARTS)} Förvaltning"


def street(chance: Chance) -> str:
    """A street and a number."""
    return f"{chance.pick(_STREETS)} {chance.between(1, 98)}"
