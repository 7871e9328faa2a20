"""Which screens are there, who looks at each, and how does one come there?

A screen that needs a row is found as a person finds it: from a page, along links. Addresses are
named by their views, so that nothing here goes stale when an address changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from samsyn.hub.training.people import DEMO_PEOPLE
from samsyn.kernel.text import Text

AV, SKV, MV, PM, LAWYER, SUPPORT, COORDINATOR, AUDITOR = DEMO_PEOPLE[:8]
NATIONAL = DEMO_PEOPLE[11]
ADMINISTRATOR, INSPECTOR, HEAD, NATION = DEMO_PEOPLE[8:]
NOBODY: Final = "nobody"

Who = object
DARK, ENGLISH = "dark", "english"


@dataclass(frozen=True)
class Screen:
    """One screen.

    Attributes:
        name: of its pictures.
        view: name of its address.
        who: one of the people above.
        sv, en: what one sees, in a few words.
        start: the path where the way begins; the screen's own address if there is no way.
        way: views whose links are followed, the screen's own excluded.
        query: what is put behind its address.
        status: what it answers.
        besides: also pictured dark, or in English.
    """

    name: str
    view: str
    who: Who
    sv: str
    en: str
    start: str = ""
    way: tuple[str, ...] = ()
    query: str = ""
    status: int = 200
    besides: tuple[str, ...] = ()

    @property
    def caption(self) -> Text:
        """What stands below its pictures."""
        return Text(sv=self.sv, en=self.en)


CASES, MINE = "/arenden/", "/arenden/?mina=1"
ROOM = ("cases:room",)
FACT = ("cases:room", "cases:facts", "cases:fact")
EXCHANGE = ("cases:room", "disclosures:of-case")
FILE = ("cases:room", "cases:files", "cases:file")
GIVEN = ("disclosures:act",)
ASKED = ("disclosures:question",)
BOTH = (DARK, ENGLISH)

ENTRANCE: Final = (
    Screen("front", "desk:my-day", NOBODY, "Framsidan", "The front page", besides=BOTH),
    Screen("sign-in", "account_login", NOBODY, "Inloggning", "Sign in", besides=(ENGLISH,)),
    Screen(
        "account-closed",
        "account_inactive",
        NOBODY,
        "Kontot är stängt",
        "A closed account",
        status=403,
    ),
    Screen(
        "demo-people", "demo_switch", NOBODY, "Demons personer att öva som", "The demo's people"
    ),
    Screen("demo-again", "demo_again", AV, "Bekräfta vem du är (demo)", "Prove who you are (demo)"),
    Screen("sign-out", "account_logout", AV, "Logga ut", "Sign out"),
)
DESK: Final = (
    Screen("my-day", "desk:my-day", AV, "Min dag", "My day", besides=BOTH),
    Screen("my-day-tax", "desk:my-day", SKV, "Min dag, Skatteverket", "My day, the Tax Agency"),
    Screen("my-day-police", "desk:my-day", PM, "Min dag, Polismyndigheten", "My day, the police"),
    Screen("my-day-auditor", "desk:my-day", AUDITOR, "Min dag, granskare", "My day, an auditor"),
    Screen(
        "my-day-administrator",
        "desk:my-day",
        ADMINISTRATOR,
        "Min dag, myndighetsadministratör",
        "My day, an agency administrator",
    ),
    Screen("my-day-inspector", "desk:my-day", INSPECTOR, "Min dag, inspektör", "My day, inspector"),
    Screen("my-day-head", "desk:my-day", HEAD, "Min dag, centerchef", "My day, a centre head"),
    Screen(
        "my-day-nation",
        "desk:my-day",
        NATION,
        "Min dag, nationell samordnare",
        "My day, the national coordinator",
    ),
    Screen(
        "search",
        "desk:search",
        AV,
        "Sök: böjningar och sammansättningar hittas",
        "Search: inflections and compounds are found",
        query="?q=arbetsplatser",
        besides=(DARK,),
    ),
    Screen(
        "search-nothing",
        "desk:search",
        AV,
        "Sök: inget hittades",
        "Search: nothing found",
        query="?q=skeppsbrott",
    ),
    Screen("guidance", "guidance:overview", AV, "Metodstöd", "Method support"),
    Screen(
        "guided-path",
        "guidance:situation",
        AV,
        "En vardagssituation, steg för steg",
        "An everyday situation, step by step",
        start="/metodstod/",
        query="?steg=5",
        besides=(ENGLISH,),
    ),
    Screen("exercises", "guidance:exercises", AV, "Övningar", "Exercises"),
    Screen(
        "exercise",
        "guidance:exercise",
        AV,
        "En övning med ett påhittat ärende",
        "An exercise with an invented matter",
        start="/metodstod/ova/",
    ),
    Screen("handbook", "guidance:handbook", AV, "Handboken", "The handbook"),
    Screen("settings", "desk:settings", AV, "Inställningar", "Settings"),
    Screen("help", "desk:help", AV, "Hjälp: tangenter och ord", "Help: keys and words"),
    Screen("me", "guard:me", AV, "Min inloggning", "My sign-in"),
    Screen("program-keys", "api:tokens", AV, "Nycklar för program", "Keys for programs"),
    Screen(
        "program-key-new",
        "api:token-new",
        AV,
        "Ny nyckel för ett program",
        "A new key for a program",
        start="/me/nycklar/",
    ),
    Screen(
        "program-webhooks",
        "api:webhooks",
        ADMINISTRATOR,
        "Adresser som får veta att något har hänt",
        "Addresses that are told that something has happened",
    ),
    Screen("program-calls", "api:calls", AV, "Gränssnitt för program", "Interface for programs"),
)
ROOMS: Final = (
    Screen("cases", "cases:list", AV, "Ärenden", "Cases", besides=BOTH),
    Screen("cases-none", "cases:list", AV, "Inga ärenden", "No cases", query="?q=skeppsbrott"),
    Screen("case-new", "cases:new", AV, "Nytt ärende", "A new case"),
    Screen(
        "case-import",
        "api:import",
        AV,
        "Ta in uppgifter ur en fil",
        "Take in facts from a file",
        start=MINE,
        way=("cases:room", "cases:facts"),
    ),
    Screen("case-room", "cases:room", AV, "Ärenderum", "Case room", MINE, besides=BOTH),
    Screen("case-room-police", "cases:room", PM, "Ärenderum, polisen", "Case room, police", MINE),
    Screen(
        "case-room-support",
        "cases:room",
        SUPPORT,
        "Ärenderum i skyddsspåret",
        "Case room of the protection track",
        CASES,
    ),
    Screen("case-edit", "cases:edit", AV, "Ändra ärendet", "Change a case", MINE, ROOM),
    Screen("case-people", "cases:people", AV, "Vem som arbetar", "Who works on it", MINE, ROOM),
    Screen("case-pause", "cases:pause", AV, "Lägg ärendet vilande", "Pause a case", MINE, ROOM),
    Screen("case-close", "cases:close", AV, "Avsluta ärendet", "Close a case", MINE, ROOM),
    Screen(
        "case-reopen",
        "cases:reopen",
        AV,
        "Öppna ett avslutat ärende igen",
        "Open a closed case again",
        "/arenden/?lage=closed",
        ROOM,
    ),
    Screen("case-restrict", "cases:restrict", AV, "Stäng ärendet", "Restrict a case", MINE, ROOM),
    Screen("case-log", "cases:log", AV, "Ärendets logg", "The log of a case", MINE, ROOM),
    Screen("case-export", "cases:export", AV, "Exportera", "Export a case", MINE, ROOM),
    Screen("task-new", "cases:task-new", AV, "Ny åtgärd", "A new task", MINE, ROOM),
    Screen("clock-new", "cases:clock-new", AV, "Ny klocka", "A new clock", MINE, ROOM),
    Screen("clock-pause", "cases:clock-pause", AV, "Pausa en klocka", "Pause a clock", MINE, ROOM),
    Screen(
        "facts",
        "cases:facts",
        AV,
        "Uppgifter i fack",
        "Facts in compartments",
        MINE,
        ROOM,
        besides=(DARK,),
    ),
    Screen("fact", "cases:fact", AV, "En uppgift", "A fact", MINE, FACT[:-1], besides=(DARK,)),
    Screen("fact-new", "cases:fact-new", AV, "Ny uppgift", "A new fact", MINE, FACT[:-1]),
    Screen("fact-correct", "cases:fact-correct", AV, "Rätta", "Correct a fact", MINE, FACT),
    Screen(
        "fact-secrecy",
        "cases:fact-secrecy",
        AV,
        "Bekräfta sekretess",
        "Confirm secrecy",
        MINE,
        FACT,
    ),
    Screen(
        "fact-lift",
        "cases:fact-lift",
        AV,
        "Begär att en sekretessmarkering hävs",
        "Ask for a secrecy mark to be lifted",
        MINE,
        FACT,
    ),
    Screen(
        "fact-open",
        "cases:fact-open",
        AV,
        "Begär att få öppna en tipsares identitet",
        "Ask to open the identity of a tip-giver",
        "/arenden/?mina=1&lage=closed",
        FACT,
    ),
    Screen(
        "fact-why",
        "cases:fact-why",
        AV,
        "Varför får jag se detta? Egen uppgift",
        "Why may I see this? A fact of our own",
        MINE,
        FACT,
    ),
    Screen("subjects", "cases:subjects", AV, "Objekt", "Objects of a case", MINE, ROOM),
    Screen(
        "subject-new",
        "cases:subject-new",
        AV,
        "Nytt objekt",
        "A new object",
        MINE,
        (*ROOM, "cases:subjects"),
    ),
    Screen("files", "cases:files", AV, "Handlingar", "Files of a case", MINE, ROOM),
    Screen("file-new", "cases:file-new", AV, "Ny handling", "A new file", MINE, FILE[:-1]),
    Screen("file", "cases:file", AV, "En handling", "A file", MINE, FILE[:-1]),
    Screen(
        "file-secrecy",
        "cases:file-secrecy",
        AV,
        "Sekretess för en handling",
        "Secrecy of a file",
        MINE,
        FILE,
    ),
    Screen("register", "cases:register", AV, "Ärendets diarium", "A case's register", MINE, ROOM),
    Screen(
        "register-new",
        "cases:register-new",
        AV,
        "Diarieför",
        "Register a document",
        MINE,
        (*ROOM, "cases:register"),
    ),
    Screen(
        "register-lift",
        "cases:register-lift",
        AV,
        "Begär att en markering i diariet hävs",
        "Ask for a mark in the register to be lifted",
        MINE,
        (*ROOM, "cases:register"),
    ),
    Screen(
        "register-agency",
        "cases:agency-register",
        AV,
        "Myndighetens diarium",
        "The agency's register",
    ),
    Screen(
        "register-extract",
        "cases:register-extract",
        AV,
        "Offentligt utdrag ur diariet",
        "Public extract of the register",
    ),
)
EXCHANGES: Final = (
    Screen(
        "exchanges",
        "disclosures:list",
        SKV,
        "Frågor och utlämnanden",
        "Questions and disclosures",
        besides=(DARK,),
    ),
    Screen(
        "exchanges-given",
        "disclosures:list",
        SKV,
        "Utlämnat",
        "Disclosed",
        query="?flik=utlamnat",
    ),
    Screen("ask", "disclosures:ask", AV, "Fråga en myndighet", "Ask an agency", MINE, EXCHANGE),
    Screen(
        "ask-set",
        "disclosures:ask",
        AV,
        "En färdig fråga",
        "A ready question",
        MINE,
        EXCHANGE,
        query="?mall=payroll_and_staff",
    ),
    Screen("question", "disclosures:question", SKV, "En fråga", "A question", "/utlamnanden/"),
    Screen(
        "question-refuse",
        "disclosures:refuse-question",
        SKV,
        "Avslå en fråga",
        "Refuse a question",
        "/utlamnanden/",
        ASKED,
    ),
    Screen("prepare", "disclosures:prepare", AV, "Lämna ut", "Disclose facts", MINE, EXCHANGE),
    Screen(
        "nominate",
        "disclosures:nominate",
        AV,
        "Nominera ett objekt utan att säga varför",
        "Nominate an object without saying why",
        MINE,
        (*EXCHANGE, "disclosures:prepare"),
    ),
    Screen(
        "disclosure",
        "disclosures:act",
        SKV,
        "Utlämnandet: lagens svar, avvägning, beslut",
        "The disclosure: the law's answer, weighing, decision",
        "/utlamnanden/?flik=utkast",
        besides=BOTH,
    ),
    Screen(
        "disclosure-decided",
        "disclosures:act",
        SKV,
        "Ett beslut som har verkställts",
        "A decision that has been carried out",
        "/utlamnanden/?flik=utlamnat",
    ),
    Screen(
        "disclosure-refuse",
        "disclosures:refuse",
        SKV,
        "Avslå",
        "Refuse a disclosure",
        "/utlamnanden/?flik=utkast",
        GIVEN,
    ),
    Screen(
        "recall",
        "disclosures:recall",
        SKV,
        "Återkalla ett utlämnande",
        "Recall a disclosure",
        "/utlamnanden/?flik=utlamnat",
        GIVEN,
    ),
    Screen(
        "receipt",
        "disclosures:receipt",
        AV,
        "Mottaget",
        "What was received",
        "/utlamnanden/?flik=mottaget",
    ),
    Screen(
        "report-back",
        "disclosures:report",
        AV,
        "Berätta vad som kom av det",
        "Tell what came of it",
        "/utlamnanden/?flik=mottaget",
        ("disclosures:receipt",),
    ),
    Screen(
        "lock",
        "disclosures:lock",
        AV,
        "Lås det som kom, när ändamålet är slut",
        "Lock what came, when its purpose has ended",
        "/utlamnanden/?flik=mottaget&lage=slut",
        ("disclosures:receipt",),
    ),
    Screen(
        "lock-proof",
        "disclosures:lock-proof",
        AV,
        "Bevis på låsning",
        "Proof of locking",
        "/utlamnanden/?flik=mottaget&lage=lasta",
        ("disclosures:receipt",),
    ),
    Screen(
        "reviews",
        "disclosures:reviews",
        LAWYER,
        "Sekretessjuristens kö",
        "The secrecy lawyer's queue",
        besides=BOTH,
    ),
    Screen(
        "review",
        "disclosures:review",
        LAWYER,
        "Att kontrasignera",
        "To countersign",
        "/utlamnanden/granskning/",
        besides=(ENGLISH,),
    ),
    Screen(
        "precedents",
        "disclosures:precedents",
        LAWYER,
        "Tidigare avvägningar",
        "Earlier weighings",
    ),
    Screen(
        "precedent",
        "disclosures:precedent",
        LAWYER,
        "En lärande avvägning",
        "A weighing to learn from",
        "/utlamnanden/avvagningar/",
    ),
    Screen(
        "precedent-write",
        "disclosures:write-precedent",
        LAWYER,
        "Skriv en lärande avvägning",
        "Write a weighing to learn from",
        "/utlamnanden/?flik=utlamnat",
        GIVEN,
    ),
    Screen(
        "exchange-of-case",
        "disclosures:of-case",
        AV,
        "Ärendets utbyte: vem vet vad",
        "What a case exchanged: who knows what",
        MINE,
        ROOM,
    ),
    Screen(
        "chain",
        "disclosures:fact-why",
        AV,
        "Varför får jag se detta? Mottagen uppgift",
        "Why may I see this? A received fact",
        MINE,
        FACT,
        besides=BOTH,
    ),
    Screen(
        "why-not",
        "disclosures:fact-why-not",
        AV,
        "Varför får en annan inte se detta?",
        "Why may another not see this?",
        MINE,
        FACT,
    ),
)
OVERSIGHT: Final = (
    Screen(
        "oversight",
        "insight:overview",
        AUDITOR,
        "Insyn och gallring",
        "Oversight and disposal",
        besides=(DARK, ENGLISH),
    ),
    Screen("log", "insight:log", AUDITOR, "Loggen", "The log", besides=(DARK,)),
    Screen("log-entry", "insight:entry", AUDITOR, "En loggpost", "A log entry", "/insyn/logg/"),
    Screen("log-checks", "insight:checks", AUDITOR, "Loggens kontroll", "Checks of the log"),
    Screen("anomalies", "insight:anomalies", AUDITOR, "Avvikelser", "Anomalies"),
    Screen(
        "anomaly-rule",
        "insight:anomaly-rule",
        AUDITOR,
        "En avvikelseregel och dess träffar",
        "A rule of anomalies and its hits",
        "/insyn/avvikelser/",
    ),
    Screen(
        "anomaly-confirm",
        "insight:confirm-hit",
        AUDITOR,
        "Granska en avvikelse",
        "Review an anomaly",
        "/insyn/avvikelser/",
        ("insight:anomaly-rule",),
    ),
    Screen("access-review", "insight:access", AUDITOR, "Behörighetsgenomgång", "Review of access"),
    Screen(
        "access-confirm",
        "insight:confirm-line",
        AUDITOR,
        "Bekräfta en behörighet",
        "Confirm somebody's access",
        "/insyn/behorigheter/",
    ),
    Screen("why-seen", "insight:why", AUDITOR, "Varför sågs detta?", "Why was this seen?"),
    Screen("retention", "insight:retention", LAWYER, "Gallring", "Disposal"),
    Screen(
        "disposal-case",
        "insight:propose-case",
        AV,
        "Föreslå gallring av ett ärende",
        "Propose to dispose of a case",
        "/insyn/gallring/",
    ),
    Screen(
        "disposal-delivery",
        "insight:propose-delivery",
        AV,
        "Föreslå gallring av det mottagna",
        "Propose to dispose of what was received",
        "/insyn/gallring/",
    ),
    Screen("releases", "insight:releases", LAWYER, "Allmän handling", "Public documents"),
    Screen(
        "release-new",
        "insight:release-new",
        LAWYER,
        "Begäran om allmän handling",
        "Request for a public document",
    ),
    Screen(
        "release",
        "insight:release",
        LAWYER,
        "Maska en handling som någon bett om",
        "Mask a document that somebody asked for",
        "/insyn/allman-handling/",
    ),
    Screen(
        "release-decide",
        "insight:release-decide",
        LAWYER,
        "Besluta om det som lämnas ut",
        "Decide on what is released",
        "/insyn/allman-handling/",
        ("insight:release",),
    ),
)
PEOPLE: Final = (
    Screen("people", "guard:people", ADMINISTRATOR, "Personer och roller", "People and roles"),
    Screen("person-new", "guard:new-person", ADMINISTRATOR, "Ny person", "A new person"),
    Screen("person", "guard:person", ADMINISTRATOR, "En person", "A person", "/people/"),
    Screen(
        "person-role",
        "guard:give-role",
        ADMINISTRATOR,
        "Ge en roll",
        "Give a role",
        "/people/",
        ("guard:person",),
    ),
    Screen(
        "person-close",
        "guard:close",
        ADMINISTRATOR,
        "Stäng ett konto",
        "Close an account",
        "/people/",
        ("guard:person",),
    ),
    Screen(
        "role-withdraw",
        "guard:withdraw-role",
        ADMINISTRATOR,
        "Ta tillbaka en roll",
        "Withdraw a role",
        "/people/",
        ("guard:person",),
    ),
    Screen("two-persons", "guard:two-persons", LAWYER, "Två personer", "Two persons"),
    Screen(
        "two-persons-decide",
        "guard:decide",
        LAWYER,
        "Avgör vad en annan begärt",
        "Decide what another asked for",
        "/two-persons/",
    ),
)
REFUSALS: Final = (
    Screen(
        "missing",
        "",
        AV,
        "Det finns ingen sådan sida (eller du får inte se den)",
        "There is no such page (or it is not yours to see)",
        "/arenden/00000000-0000-4000-8000-00000000dead/",
        status=404,
    ),
    Screen(
        "refused",
        "",
        AUDITOR,
        "Ett nej, med skäl och nästa steg",
        "A no, with its reason and what to do next",
        "/arenden/nytt/",
        status=403,
    ),
)
REGISTER, REPORT = "obstacles:register", "obstacles:report"
BILL, SINCE = "?forslag=prop-2024-25-180&fran=2022-07-01", "?fran=2022-07-01"
OBSTACLES: Final = (
    Screen("obstacles", REGISTER, AV, "Hinderregistret", "The obstacle register", besides=BOTH),
    Screen(
        "obstacle",
        "obstacles:row",
        AV,
        "Ett hinder, med vad som följde",
        "An obstacle, with what followed",
        start="/hinder/?slag=never_asked",
    ),
    Screen("never-asked", "obstacles:never-asked", AV, "Tror att jag inte får", "May I not ask?"),
    Screen(
        "never-asked-in-case",
        "obstacles:never-asked-in-case",
        AV,
        "Tror att jag inte får, i ett ärende",
        "May I not ask? In a case",
        start=MINE,
        way=ROOM,
    ),
    Screen(
        "consequence",
        "obstacles:consequence",
        AV,
        "Vad följde av avslaget?",
        "What followed the refusal?",
        start="/hinder/?slag=met_refusal",
        way=("obstacles:row", "disclosures:question"),
    ),
    Screen(
        "obstacle-report",
        REPORT,
        COORDINATOR,
        "Hinderrapporten",
        "The obstacle report",
        query=SINCE,
        besides=BOTH,
    ),
    Screen(
        "what-if",
        "obstacles:what-if",
        LAWYER,
        "Om lagen vore en annan",
        "If the law were another",
        query=BILL,
        besides=BOTH,
    ),
    Screen(
        "hand-in",
        "obstacles:hand-in",
        LAWYER,
        "Lämna in hindertal",
        "Hand in obstacle figures",
        query="?period=2025",
    ),
    Screen(
        "withdraw-figures",
        "obstacles:withdraw",
        LAWYER,
        "Ta tillbaka inlämnade tal",
        "Withdraw figures handed in",
        start="/hinder/lamna-in/",
    ),
    Screen(
        "obstacles-national",
        "obstacles:national",
        NATIONAL,
        "Hinder i hela landet",
        "Obstacles in the whole country",
        besides=BOTH,
    ),
)
CHAPTERS: Final = (
    (Text(sv="Ingången", en="The entrance"), ENTRANCE),
    (Text(sv="Skrivbordet", en="The desk"), DESK),
    (Text(sv="Ärenderummet", en="The case room"), ROOMS),
    (Text(sv="Frågor och utlämnanden", en="Questions and disclosures"), EXCHANGES),
    (Text(sv="Hinder", en="Obstacles"), OBSTACLES),
    (Text(sv="Insyn och gallring", en="Oversight and disposal"), OVERSIGHT),
    (Text(sv="Personer och roller", en="People and roles"), PEOPLE),
    (Text(sv="När svaret är nej", en="When the answer is no"), REFUSALS),
)
SCREENS: Final = tuple(screen for _, chapter in CHAPTERS for screen in chapter)

IN_SIGN_IN = "stands between two steps of signing in, which the demo has not; its look is tested"
A_FILE = "sends a file, not a page"
ASKED_FIRST = "asks once more before an act, in the form of others shown here; its look is tested"
EXCEPTIONS: Final = {
    "disclosures:answer": "the form on a question's page, as it is given back to be put right",
    "mfa_login_webauthn": "the challenge for a passkey, asked for by the script",
    "mfa_authenticate": IN_SIGN_IN,
    "mfa_reauthenticate_webauthn": IN_SIGN_IN,
    "mfa_reauthenticate": IN_SIGN_IN,
    "signin_again_identity": "sends on to an agency's own sign-in service",
    "signin_invitation": IN_SIGN_IN,
    "signin_choose": IN_SIGN_IN,
    "signin_password": IN_SIGN_IN,
    "mfa_add_webauthn": IN_SIGN_IN,
    "mfa_activate_totp": IN_SIGN_IN,
    "signin_remove_factor": "nobody in the demo has a passkey or a code app to remove",
    "openid_connect_login": "sends on to an agency's own sign-in service",
    "openid_connect_callback": "is where an agency's own sign-in service sends back to",
    "set_language": "changes the language and sends back",
    "desk:suggest": "a part of the search page, asked for by the script",
    "cases:file-page": "a picture of one page of a file, shown in the screen of the file",
    "cases:file-original": A_FILE,
    "cases:archive": ASKED_FIRST,
    "cases:resume": ASKED_FIRST,
    "cases:file-lift": ASKED_FIRST,
    "cases:file-open": ASKED_FIRST,
    "disclosures:cover-pdf": A_FILE,
    "disclosures:decision-pdf": A_FILE,
    "disclosures:question-refusal-pdf": A_FILE,
    "disclosures:recall-pdf": A_FILE,
    "disclosures:received-recall-pdf": A_FILE,
    "disclosures:request-pdf": A_FILE,
    "guard:bind": "the demo has no sign-in service of an agency to bind anybody to",
    "guard:recover": "nobody in the demo has a passkey or a code app to lose",
    "guidance:handbook-pdf": A_FILE,
    "obstacles:report-file": A_FILE,
    "obstacles:national-file": A_FILE,
    "insight:proof": A_FILE,
    "insight:release-copy": A_FILE,
    "insight:disposal-proof-file": A_FILE,
    "insight:disposal-proof": "nothing has been disposed of in the training data",
}
"""Name of a view that answers GET → why there is no picture of it."""
