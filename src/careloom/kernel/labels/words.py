"""Words that tell about substance use, in English and Spanish: medicines, texts, places and who writes.

A word in a text is a hint and no proof ("denies alcohol use" holds one too), yet it tells a reader what was asked. Each entry says whether
it is general knowledge (K) or our own choice. Accents and case do not count. Tobacco is left out (42 CFR 2.11).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from careloom.kernel.labels.vocabulary import Status, Tells


@dataclass(frozen=True, kw_only=True)
class Words:
    """Patterns that tell the same thing. `language` is en, es or * for names that are the same in both."""

    tells: Tells
    patterns: tuple[str, ...]
    language: str = "*"
    status: Status = Status.KNOWN
    note: str = ""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One pattern for all of them; it starts at the beginning of a word."""
        return re.compile(r"(?<![a-z0-9])(?:" + "|".join(self.patterns) + ")")


#: Medicines that treat a substance use disorder, whoever takes them.
TREATING: Final = (
    Words(
        tells=Tells.OPIOID,
        patterns=(
            "buprenorphin",
            "buprenorfin",
            "methadon",
            "metadon",
            "methadose",
            "dolophine",
            "levomethadyl",
            "suboxone",
            "subutex",
            "sublocade",
            "brixadi",
            "zubsolv",
            "probuphine",
            "bunavail",
            "lofexidin",
            "lucemyra",
        ),
        note="Methadone and buprenorphine also treat pain; the name does not tell which.",
    ),
    Words(tells=Tells.OPIOID, patterns=("naloxon", "narcan", "kloxxado", "zimhi", "nalmefene"), note="Also kept beside any opioid prescription."),
    Words(tells=Tells.SUBSTANCE, patterns=("naltrexon", "vivitrol", "revia"), note="Opioids, alcohol, or weight (with bupropion)."),
    Words(tells=Tells.ALCOHOL, patterns=("disulfiram", "antabuse", "acamprosat", "campral")),
)
#: Medicines that in an infant's record mean care for withdrawal: no healthy newborn is given one by mouth.
INFANT_TREATING: Final = (
    Words(tells=Tells.OPIOID, patterns=("morphine", "morfina", "tincture of opium", "paregoric", "clonidin"), status=Status.OURS),
)
#: Medicines that tell nothing alone, and something beside signs of withdrawal or exposure in the same family.
AMBIGUOUS: Final = (
    Words(
        tells=Tells.OPIOID,
        patterns=(
            "oxycodon",
            "hydrocodon",
            "morphine",
            "morfina",
            "codein",
            "fentanyl",
            "fentanilo",
            "hydromorphon",
            "oxymorphon",
            "tramadol",
            "tapentadol",
            "meperidin",
            "levorphanol",
            "butorphanol",
        ),
        status=Status.OURS,
    ),
    Words(
        tells=Tells.SUBSTANCE,
        patterns=(
            "alprazolam",
            "clonazepam",
            "diazepam",
            "lorazepam",
            "chlordiazepoxid",
            "temazepam",
            "amphetamin",
            "methylphenidat",
            "lisdexamfetamin",
            "phenobarbital",
            "fenobarbital",
            "butalbital",
            "gabapentin",
            "pregabalin",
            "zolpidem",
            "clonidin",
        ),
        status=Status.OURS,
    ),
)

#: What a display, a title, a name or a note says.
TEXTS: Final = (
    Words(
        tells=Tells.OPIOID,
        language="en",
        patterns=(
            "opioid",
            "opiate",
            "narcotics? (?:use|abuse|dependence|anonymous|treatment|withdrawal)",
            "heroin",
            "fentanyl",
            "oud(?![a-z])",
            "moud(?![a-z])",
        ),
    ),
    Words(tells=Tells.OPIOID, language="es", patterns=("opioide", "opiace", "heroina", "fentanilo", "narcoticos anonimos")),
    Words(tells=Tells.ALCOHOL, language="en", patterns=("alcohol", "ethanol", "phosphatidylethanol", "fetal alcohol", "fasd?(?![a-z])")),
    Words(tells=Tells.ALCOHOL, language="es", patterns=("alcohol", "bebida alcoholica", "etanol")),
    Words(
        tells=Tells.SUBSTANCE,
        language="en",
        patterns=(
            "drug(?:s|-)? ?(?:use|abuse|misuse|dependen|addict|screen|test|of abuse|overdose)",
            "drug(?:s|-)? ?(?:exposure|exposed|affected|withdrawal|rehab|court|treatment|counsel)",
            "(?:illicit|street|recreational) drug",
            "substance (?:use|abuse|misuse|dependen|exposure|counsel|treatment)",
            "substance[ -](?:exposed|affected)",
            "(?:exposed|exposure) to (?:drugs|substances)",
            "maternal use of",
            "chemical dependen",
            "addict",
            "overdose",
            "detox",
            "sobriety",
            "sober(?![a-z])",
            "return to use",
            "relapse prevention",
            "in recovery",
            "recovery (?:residence|housing|home|house|coach|court|program|services?|support|center|plan)",
            "(?:peer|path to|road to) recovery",
            "neonatal (?:abstinence|withdrawal|opioid)",
            "abstinence (?:syndrome|score|scoring)",
            "nas(?![a-z])",
            "nows(?![a-z])",
            "finnegan",
            "eat,? sleep,?(?: and)? console",
            "withdrawal (?:symptom|syndrome|sign|score|scale|management|assessment|care)",
            "signs of withdrawal",
            "follow-up after withdrawal",
            "cocaine",
            "benzoylecgonine",
            "methamphetamine",
            "cannabi",
            "marijuana",
            "tetrahydrocannabinol",
            "thc(?![a-z])",
            "phencyclidine",
            "toxicology",
            "urine drug",
            "utox",
            "uds(?![a-z])",
            "(?:meconium|cord) (?:drug|tox)",
            "dosing",
            "audit-c",
            "dast-?10",
            "crafft",
            "12[ -]step",
            "twelve[ -]step",
            "oxford house",
            "treatment court",
            "sud(?![a-z])",
            "lock box for medic",
        ),
    ),
    Words(
        tells=Tells.SUBSTANCE,
        language="es",
        patterns=(
            "(?:uso|consumo|abuso|dependencia|trastorno) (?:[a-z]+ ){0,3}(?:drogas|sustancias)",
            "(?:exposicion|expuest[oa]) a (?:[a-z]+ ){0,2}(?:drogas|sustancias)",
            "prueba(?:s)? de drogas",
            "drogadic",
            "adicci",
            "adict[oa]",
            "sobredosis",
            "desintoxica",
            "sindrome de abstinencia",
            "abstinencia",
            "(?:vivienda|casa|centro|programa|grupo|plan) de recuperacion",
            "en recuperacion",
            "sobriedad",
            "cocaina",
            "metanfetamina",
            "cannabis",
            "marihuana",
            "toxicologi",
            "tribunal de tratamiento",
            "doce pasos",
            "antidoping",
        ),
    ),
)
#: What the name of an organization, a department or a room says, beside the texts above.
PLACES: Final = (
    Words(
        tells=Tells.SUBSTANCE,
        language="en",
        status=Status.OURS,
        patterns=(
            "opioid treatment",
            "otp(?![a-z])",
            "obot(?![a-z])",
            "medication[ -]assisted",
            "mat (?:clinic|program|services)",
            "recovery(?! (?:room|area|bay|suite))",
            "rehab(?!ilitation (?:hospital|medicine|therapy))",
            "turning point",
            "halfway house",
            "nas clinic",
            "methadon",
        ),
    ),
    Words(tells=Tells.SUBSTANCE, language="es", status=Status.OURS, patterns=("recuperacion(?! (?:posoperatoria|anestesica))", "rehabilitacion de")),
)
#: What the title of a person who writes says, beside the texts above.
AUTHORS: Final = (
    Words(
        tells=Tells.SUBSTANCE,
        language="en",
        patterns=("addiction", "(?:l?cadc|ladc|lcdc|casac|lcadc|caadc|cac)(?![a-z])", "recovery coach", "peer recovery"),
    ),
    Words(tells=Tells.SUBSTANCE, language="es", patterns=("adicciones", "consejer[oa] en drogas")),
)
#: A specimen beside the name of a drug makes a test of it, whatever its code.
DRUGS_TESTED: Final = re.compile(
    r"(?<![a-z])(?:opiate|opioid|morphine|oxycodone|fentanyl|heroin|6-?monoacetylmorphine|codeine|methadone|eddp|buprenorphine|norbuprenorphine|amphetamine|"
    r"methamphetamine|mdma|cocaine|benzoylecgonine|cocaethylene|cannabi|tetrahydrocannabinol|benzodiazepine|barbiturate|phencyclidine|ketamine|ethanol|"
    r"ethyl glucuronide|phosphatidylethanol|kratom|mitragynine|xylazine)"
)
SPECIMEN: Final = re.compile(
    r"(?<![a-z])(?:urine|meconium|cord|blood|serum|plasma|hair|saliva|oral fluid|presence|screen|confirm|orina|meconio|sangre|suero)"
)
#: Rehabilitation of the body and a room after surgery tell nothing.
HARMLESS: Final = re.compile(
    r"(?:cardiac|pulmonary|physical|stroke|vestibular|neurolog\w*|pelvic floor|orthop\w*) rehab\w*"
    r"|(?:labor,? delivery,?(?: and)?|post-?anesthesia|post-?partum|surgical|post-?op\w*) recovery"
    r"|recovery after (?:surgery|cesarean|birth|childbirth)"
    r"|alcohol (?:swab|wipe|pad)s?|(?:isopropyl|rubbing|cetyl|stearyl|benzyl) alcohol|nicotine|tobacco|tabaco"
)


def folded(text: str) -> str:
    """A text as it is compared: lower case, without accents, one space between words, and without phrases that tell nothing."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    bare = " ".join("".join(c for c in letters if not unicodedata.combining(c)).replace("_", " ").split())
    return HARMLESS.sub(" ", bare)


def found_in(text: str, lists: tuple[Words, ...]) -> tuple[Words, str] | None:
    """The first list that a folded text meets, with the words that were met."""
    for words in lists:
        met = words.pattern.search(text)
        if met is not None:
            return words, met.group(0)
    return None
