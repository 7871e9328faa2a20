"""The sentences of an explanation, in Swedish and English, with places for names and citations."""

from __future__ import annotations

from samsyn.kernel.text import Text

STRENGTHS = {
    "straight": Text(sv="rakt skaderekvisit", en="straight harm test"),
    "reverse": Text(sv="omvänt skaderekvisit", en="reverse harm test"),
    "absolute": Text(sv="absolut sekretess", en="absolute secrecy"),
    "qualified_straight": Text(sv="kvalificerat rakt skaderekvisit", en="qualified harm test"),
    "as_source": Text(sv="samma styrka som hos källan", en="as strong as at the source"),
    "as_agreed": Text(sv="styrka enligt avtalet", en="as strong as the agreement says"),
}
PROTECTS = {
    "individual": Text(sv="skyddar enskild", en="protects individuals"),
    "public": Text(sv="skyddar ett allmänt intresse", en="protects a public interest"),
}
TESTS = {
    "none": Text(sv="ingen avvägning", en="no weighing"),
    "extraordinary_reasons": Text(
        sv="lämna ut om inte synnerliga skäl talar för sekretessen",
        en="disclose unless there are extraordinary reasons for secrecy",
    ),
    "clear_that_secrecy_prevails": Text(
        sv="lämna ut om det inte står klart att sekretessintresset har företräde",
        en="disclose unless it is clear that the interest of secrecy prevails",
    ),
    "overriding_reasons_against": Text(
        sv="lämna ut om inte övervägande skäl talar för sekretessen",
        en="disclose unless weightier reasons speak for secrecy",
    ),
    "obvious_priority_of_disclosure": Text(
        sv="lämna ut bara om det är uppenbart att utlämnandet har företräde",
        en="disclose only if it is obvious that disclosure has priority",
    ),
}
OUTCOMES = {
    "public": Text(sv="Uppgiften är offentlig.", en="The item is open to anyone."),
    "must": Text(sv="Uppgiften ska lämnas ut.", en="The item must be disclosed."),
    "may_after_balancing": Text(
        sv="Uppgiften får lämnas ut först efter en avvägning som en människa gör.",
        en="The item may be disclosed only after a weighing made by a person.",
    ),
    "may": Text(sv="Uppgiften får lämnas ut.", en="The item may be disclosed."),
    "must_not": Text(sv="Uppgiften får inte lämnas ut.", en="The item must not be disclosed."),
}
VALUES = {
    "True": Text(sv="ja", en="yes"),
    "False": Text(sv="nej", en="no"),
    "given": Text(sv="ja", en="yes"),
    "elsewhere": Text(sv="någon annanstans", en="elsewhere"),
    "company": Text(sv="företag", en="company"),
    "met": Text(sv="uppfyllt", en="met"),
    "not_met": Text(sv="inte uppfyllt", en="not met"),
    "other": Text(sv="något annat", en="something else"),
}
PHRASES = {
    "secret": Text(
        sv="{cite} gör uppgiften sekretessbelagd hos {giver}: {title} ({strength}, {protects}).",
        en="{cite} makes the item secret at {giver}: {title} ({strength}, {protects}).",
    ),
    "secret_unlisted": Text(
        sv="{cite} anges göra uppgiften sekretessbelagd. Bestämmelsen finns inte i regelboken och "
        "behandlas efter sitt kapitel.",
        en="{cite} is stated to make the item secret. The provision is not in the rulebook and is "
        "treated by its chapter.",
    ),
    "proposed": Text(
        sv="Sekretessbestämmelserna är regelbokens förslag; bekräfta dem innan beslut.",
        en="The secrecy provisions are the rulebook's proposal; confirm them before deciding.",
    ),
    "no_secrecy": Text(
        sv="Ingen sekretessbestämmelse gör uppgiften hemlig hos {giver}.",
        en="No secrecy provision makes the item secret at {giver}.",
    ),
    "other_secrecy": Text(
        sv="Regelboken vet inte vilken sekretess som gäller för sådana uppgifter i den här "
        "verksamheten hos {giver}. Så länge ingen har sagt att ingen annan sekretess gäller är "
        "svaret nej.",
        en="The rulebook does not know which secrecy holds for such items in this activity at "
        "{giver}. As long as nobody has said that no other secrecy holds, the answer is no.",
    ),
    "fallen_exception": Text(
        sv="{by} undantar den här slags uppgiften från {cite}.",
        en="{by} takes this kind of item out of {cite}.",
    ),
    "fallen_harm_not_met": Text(
        sv="Skaderekvisitet i {cite} är inte uppfyllt mot {receiver}.",
        en="The harm test of {cite} is not met against {receiver}.",
    ),
    "fallen_no_public_harm": Text(
        sv="Verksamheten som {cite} skyddar lider ingen skada av att {receiver} får uppgiften.",
        en="The work that {cite} protects suffers no harm if {receiver} gets the item.",
    ),
    "fallen_own_subject": Text(
        sv="{cite} skyddar mottagaren själv och gäller inte mot denne ({by}).",
        en="{cite} protects the receiver itself and does not hold against it ({by}).",
    ),
    "received": Text(
        sv="Uppgiften kommer från {source}. {cites} avgör om sekretessen har följt med.",
        en="The item came from {source}. {cites} decide whether secrecy has followed it.",
    ),
    "lock": Text(
        sv="{cite} stänger ute sekretessbrytande bestämmelser: {title}.",
        en="{cite} shuts breaking rules out: {title}.",
    ),
    "duty": Text(
        sv="{ground} ålägger {giver} att lämna uppgiften och bryter {secrecy}: {title}. "
        "Prövning: {test}.",
        en="{ground} obliges {giver} to give the item and breaks {secrecy}: {title}. Test: {test}.",
    ),
    "permission": Text(
        sv="{ground} tillåter att uppgiften lämnas och bryter {secrecy}: {title}. "
        "Prövning: {test}.",
        en="{ground} allows the item to be given and breaks {secrecy}: {title}. Test: {test}.",
    ),
    "open_duty": Text(
        sv="{ground} ålägger {giver} att lämna även uppgifter som inte är sekretessbelagda.",
        en="{ground} obliges {giver} to give items that are not secret as well.",
    ),
    "near": Text(
        sv="{cite} hade gett ett öppnare svar men är inte tillämplig här.",
        en="{cite} would have given a more open answer but does not apply here.",
    ),
    "none_opens": Text(
        sv="Ingen sekretessbrytande bestämmelse öppnar {secrecy} för detta ändamål.",
        en="No breaking rule opens {secrecy} for this purpose.",
    ),
    "on_request": Text(
        sv="{receiver} begär uppgiften. OSL 6:5 gör då det som får lämnas till en skyldighet.",
        en="{receiver} asks for the item. OSL 6:5 then makes what may be given a duty.",
    ),
    "own_initiative": Text(
        sv="På eget initiativ förblir det som får lämnas en möjlighet, inte en skyldighet.",
        en="On own initiative what may be given stays a possibility, not a duty.",
    ),
    "same_branch": Text(
        sv="Givare och mottagare är samma verksamhetsgren; där gäller ingen sekretess (OSL 8:2).",
        en="Giver and receiver are the same branch; no secrecy holds inside it (OSL 8:2).",
    ),
    "reservation": Text(
        sv="Ett förbehåll undanröjer risken för skada; då ska uppgiften lämnas med det (10:14).",
        en="A reservation takes the risk of harm away, and the item is given with it (10:14).",
    ),
    "foreign": Text(
        sv="Mottagaren är en utländsk myndighet: OSL 8:3 kräver att en svensk myndighet hade fått "
        "uppgiften och att det står klart att det är förenligt med svenska intressen.",
        en="The receiver is a foreign authority: OSL 8:3 requires that a Swedish authority could "
        "have had the item and that it is clearly compatible with Swedish interests.",
    ),
    "weighed_against": Text(
        sv="Avvägningen är gjord och talar mot utlämnande ({cites}).",
        en="The weighing has been made and speaks against disclosure ({cites}).",
    ),
    "weighed_for": Text(
        sv="Avvägningen är gjord och talar för utlämnande.",
        en="The weighing has been made and speaks for disclosure.",
    ),
    "receiver_protected": Text(
        sv="Hos {receiver} kan uppgiften skyddas av {cites}.",
        en="At {receiver} the item may be protected by {cites}.",
    ),
    "receiver_open": Text(
        sv="Sekretess följer inte med av sig själv (OSL 7:2) och ingen egen regel skyddar "
        "uppgiften hos {receiver}: den kan bli offentlig där. Det hör till avvägningen.",
        en="Secrecy does not travel by itself (OSL 7:2) and no rule of its own protects the item "
        "at {receiver}: it may become open there. That belongs in the weighing.",
    ),
    "receiver_stated": Text(
        sv="Sekretessen hos {receiver} är angiven: {value}.",
        en="The secrecy at {receiver} is stated: {value}.",
    ),
    "data_protection": Text(sv="{note} ({cite})", en="{note} ({cite})"),
    "advice": Text(sv="{note} ({cite})", en="{note} ({cite})"),
    "unverified": Text(
        sv="{cite} är inte läst. En skyldighet eller möjlighet kan saknas här: {title}.",
        en="{cite} has not been read. A duty or permission may be missing here: {title}.",
    ),
    "open_fact": Text(
        sv="Svaret beror på något som inte är känt: {question} Möjliga utfall: {outcomes}. "
        "Det mest restriktiva visas.",
        en="The answer depends on something not known: {question} Possible outcomes: {outcomes}. "
        "The most restrictive is shown.",
    ),
    "assumed": Text(
        sv="Det svar som visas gäller om: {assumed}",
        en="The answer that is shown holds if: {assumed}",
    ),
    "remark": Text(
        sv="Fältet {field} har ett värde som regelboken inte känner; det har inte använts.",
        en="The field {field} has a value that the rulebook does not know; it was not used.",
    ),
    "remark_activity": Text(
        sv="Den angivna verksamheten känner regelboken inte hos {giver}; den har inte använts.",
        en="The rulebook does not know the stated activity at {giver}; it was not used.",
    ),
    "inferred": Text(
        sv="Uppgiftens slag “{kind}” är tolkat av orden som: {categories}. Bekräfta.",
        en="The item kind “{kind}” was read from its words as: {categories}. Confirm.",
    ),
    "key_activity": Text(
        sv="I vilken verksamhet hos givaren finns uppgiften?",
        en="In which activity at the giver is the item held?",
    ),
    "key_receiver_function": Text(
        sv="I vilken verksamhet ska mottagaren ha uppgiften?",
        en="In which function does the receiver get the item?",
    ),
    "key_subject.kind": Text(
        sv="Gäller uppgiften en person eller ett företag?",
        en="Is the item about a person or a company?",
    ),
    "key_other_secrecy": Text(
        sv="Gäller någon annan sekretess för uppgiften hos givaren (ange den, eller att ingen "
        "gäller)?",
        en="Does any other secrecy hold for the item at the giver (state it, or that none holds)?",
    ),
    "key_window": Text(
        sv="Hade ändringen av {what} trätt i kraft då? Dagen är inte fastställd i regelboken.",
        en="Was the change of {what} in force that day? The day is not settled in the rulebook.",
    ),
    "key_threshold": Text(
        sv="{question} (minst {limit})",
        en="{question} (at least {limit})",
    ),
}


def phrase(key: str, **parts: Text | str) -> Text:
    """A sentence with its places filled, in both languages."""
    template = PHRASES[key]

    def fill(language: str, pattern: str) -> str:
        return pattern.format(
            **{
                name: part if isinstance(part, str) else getattr(part, language)
                for name, part in parts.items()
            }
        )

    return Text(sv=fill("sv", template.sv), en=fill("en", template.en))


def value_text(value: object) -> Text:
    """A value of a fact, or of something else that is open, for a reader."""
    written = str(value)
    return VALUES.get(written, Text(sv=written, en=written))
