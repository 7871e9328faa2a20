"""What are the kinds of obstacles and the other codes of the register called?"""

from __future__ import annotations

from collections.abc import Mapping

from samsyn.kernel.text import Text

KIND_NAMES: Mapping[str, Text] = {
    "never_asked": Text(sv="aldrig frågat", en="never asked"),
    "not_put": Text(sv="frågan fick inte ställas", en="question might not be put"),
    "question_refused": Text(sv="vi avslog frågan", en="we refused the question"),
    "disclosure_refused": Text(sv="vi lämnade inte ut", en="we did not disclose"),
    "left_out": Text(sv="uteslutet ur ett utlämnande", en="left out of a disclosure"),
    "met_refusal": Text(sv="vår fråga avslogs", en="our question was refused"),
}
KIND_EXPLAINED: Mapping[str, Text] = {
    "never_asked": Text(
        sv="Någon hos er behövde uppgiften och trodde att det inte var lönt att fråga.",
        en="Somebody here needed the item and believed that it was no use to ask.",
    ),
    "not_put": Text(
        sv="Lagen öppnade inte för det som frågan hade röjt om ert eget ärende.",
        en="The law did not open what the question would have told of your own case.",
    ),
    "question_refused": Text(
        sv="En annan myndighet frågade er, och ni avslog.",
        en="Another agency asked you, and you refused.",
    ),
    "disclosure_refused": Text(
        sv="Ni prövade att lämna ut uppgiften och beslutade att inte göra det.",
        en="You considered disclosing the item and decided not to.",
    ),
    "left_out": Text(
        sv="Lagen öppnade inte för uppgiften, och resten lämnades ut utan den.",
        en="The law did not open the item, and the rest was disclosed without it.",
    ),
    "met_refusal": Text(
        sv="Ni frågade en annan myndighet och fick nej.",
        en="You asked another agency and were refused.",
    ),
}
OUTCOME_NAMES: Mapping[str, Text] = {
    "must_not": Text(sv="får inte lämnas", en="must not be given"),
    "may_after_balancing": Text(sv="får lämnas efter avvägning", en="may be given if weighed so"),
    "may": Text(sv="får lämnas", en="may be given"),
    "must": Text(sv="ska lämnas", en="must be given"),
    "public": Text(sv="offentlig", en="public"),
    "": Text(sv="lagen tillfrågades inte", en="the law was not asked"),
}
EFFECT_NAMES: Mapping[str, Text] = {
    "opened": Text(sv="hade fått ett mer öppet svar", en="would have had a more open answer"),
    "closed": Text(sv="hade fått ett mer slutet svar", en="would have had a more closed answer"),
    "otherwise": Text(sv="hade prövats på annat sätt", en="would have been tried otherwise"),
    "unchanged": Text(sv="hade fått samma svar", en="would have had the same answer"),
}
PROTECTED_NAMES: Mapping[str, Text] = {
    "victim": Text(sv="uppgifter om en utsatt person", en="facts about an exploited person"),
    "child": Text(sv="uppgifter om ett barn", en="facts about a child"),
    "protected": Text(sv="skyddade personuppgifter", en="protected personal data"),
    "tip_giver": Text(sv="uppgifter som pekar ut en tipsare", en="facts that point to a tip-giver"),
}
STATUS_NAMES: Mapping[str, Text] = {
    "proposed": Text(sv="förslag, inte beslutat", en="proposed, not decided"),
    "adopted": Text(sv="numera gällande rätt", en="law by now"),
    "rejected": Text(sv="avslaget", en="rejected"),
}
