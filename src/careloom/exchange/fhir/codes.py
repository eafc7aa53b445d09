"""Code tables of the reader: small, each with its source. Nothing here is inferred from a person.

Sources: `data/terminology/icd10cm_posc_2026-04.csv` (ICD-10-CM April 2026), the codings seen in
`data/terminology/loinc_snomed_rxnorm_seen_in_sources.csv`, US Core 6.1.0. Codes marked [K] come from general
knowledge and were not found in a source here; they only widen a label (the safe side), never narrow one.
"""

from __future__ import annotations

from careloom.exchange.fhir.facts import ObservationKind, PregnancyOutcome, Substance

SNOMED = "http://snomed.info/sct"
LOINC = "http://loinc.org"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ICD10 = "http://hl7.org/fhir/sid/icd-10-cm"

# Pregnancy -----------------------------------------------------------------------------------------------
PREGNANT_SNOMED = frozenset({"72892002", "77386006", "79586000", "47200007", "237238006"})
"""Normal pregnancy, pregnant, tubal pregnancy (all seen); high-risk pregnancy, multiple pregnancy [K]."""
PREGNANT_ICD10 = ("Z33.1", "Z33.3", "Z34", "O09", "Z3A")
PRENATAL_VISIT_SNOMED = frozenset({"424441002", "424619006", "169762003"})
"""Prenatal initial visit, prenatal visit, postnatal visit (Synthea)."""
POSTNATAL_VISIT_SNOMED = frozenset({"169762003"})
DELIVERY_SNOMED = {
    "66348005": PregnancyOutcome.LIVE_BIRTH,  # Childbirth
    "11466000": PregnancyOutcome.LIVE_BIRTH,  # Cesarean section
    "65588006": PregnancyOutcome.LIVE_BIRTH,  # Premature birth of newborn
    "177184002": PregnancyOutcome.LIVE_BIRTH,  # Normal delivery procedure [K]
}
ENDING_SNOMED = {
    **DELIVERY_SNOMED,
    "19169002": PregnancyOutcome.LOSS,  # Miscarriage in first trimester
    "35999006": PregnancyOutcome.LOSS,  # Blighted ovum
    "156073000": PregnancyOutcome.LOSS,  # In Synthea: "Fetus with unknown complication", a loss
    "237364002": PregnancyOutcome.LOSS,  # Stillbirth [K]
    "714812005": PregnancyOutcome.TERMINATION,  # Induced termination of pregnancy
    "386394001": PregnancyOutcome.TERMINATION,  # Pregnancy termination care
    "79586000": PregnancyOutcome.ECTOPIC,  # Tubal pregnancy
    "236931002": PregnancyOutcome.ECTOPIC,  # Methotrexate injection into tubal pregnancy
}
"""5880005 is left out on purpose: Synthea uses it for four different examinations."""
ENDING_ICD10 = {
    "O00": PregnancyOutcome.ECTOPIC,
    "O02": PregnancyOutcome.LOSS,
    "O03": PregnancyOutcome.LOSS,
    "O04": PregnancyOutcome.TERMINATION,
    "Z33.2": PregnancyOutcome.TERMINATION,
    "O80": PregnancyOutcome.LIVE_BIRTH,
    "O82": PregnancyOutcome.LIVE_BIRTH,
    "Z37.0": PregnancyOutcome.LIVE_BIRTH,
    "Z37.1": PregnancyOutcome.LOSS,
    "Z37.2": PregnancyOutcome.LIVE_BIRTH,
    "Z37.4": PregnancyOutcome.LOSS,
}
PREGNANCY_STATUS_PREGNANT = "77386006"

# Observations --------------------------------------------------------------------------------------------
OBSERVATION_KINDS = {
    "8339-4": ObservationKind.BIRTH_WEIGHT,
    "3141-9": ObservationKind.BIRTH_WEIGHT,
    "11884-4": ObservationKind.GESTATIONAL_AGE,
    "18185-9": ObservationKind.GESTATIONAL_AGE,
    "11885-1": ObservationKind.GESTATIONAL_AGE,  # [K] estimated from last menstrual period
    "76516-4": ObservationKind.GESTATIONAL_AGE,  # [K] gestational age at birth
    "9272-6": ObservationKind.APGAR_1,
    "9274-2": ObservationKind.APGAR_5,
    "9271-8": ObservationKind.APGAR_10,
    "82810-3": ObservationKind.PREGNANCY_STATUS,
    "11778-8": ObservationKind.DUE_DATE,  # [K] delivery date estimated
    "11779-6": ObservationKind.DUE_DATE,  # [K] from last menstrual period
    "11780-4": ObservationKind.DUE_DATE,  # [K] from ovulation
}
BIRTH_ONLY_WEIGHTS = frozenset({"3141-9", "29463-7"})
"""Body weights: a birth weight only when an infant was weighed on the day of birth or the day after."""

TOXICOLOGY_WORDS = {
    "opiates": Substance.OPIOID,
    "opioid": Substance.OPIOID,
    "morphine": Substance.OPIOID,
    "oxycodone": Substance.OPIOID,
    "fentanyl": Substance.OPIOID,
    "heroin": Substance.OPIOID,
    "codeine": Substance.OPIOID,
    "methadone": Substance.MOUD,
    "buprenorphine": Substance.MOUD,
    "amphetamine": Substance.STIMULANT,
    "cocaine": Substance.COCAINE,
    "benzoylecgonine": Substance.COCAINE,
    "cannabi": Substance.CANNABIS,
    "tetrahydrocannabinol": Substance.CANNABIS,
    "benzodiazepine": Substance.BENZODIAZEPINE,
    "barbiturate": Substance.SEDATIVE,
    "phencyclidine": Substance.HALLUCINOGEN,
    "ethanol": Substance.ALCOHOL,
    "phosphatidylethanol": Substance.ALCOHOL,
}
TOXICOLOGY_PLACES = ("urine", "meconium", "cord", "blood", "serum", "hair", "presence", "screen")
WITHDRAWAL_WORDS = ("finnegan", "eat, sleep, console", "neonatal abstinence", "neonatal withdrawal")

# Substance use -------------------------------------------------------------------------------------------
SUBSTANCE_ICD10 = {
    "F10": Substance.ALCOHOL,
    "F11": Substance.OPIOID,
    "F12": Substance.CANNABIS,
    "F13": Substance.SEDATIVE,
    "F14": Substance.COCAINE,
    "F15": Substance.STIMULANT,
    "F16": Substance.HALLUCINOGEN,
    "F17": Substance.TOBACCO,
    "F18": Substance.OTHER,
    "F19": Substance.OTHER,
    "O99.31": Substance.ALCOHOL,
    "O99.32": Substance.OTHER,
    "O99.33": Substance.TOBACCO,
    "T40.0": Substance.OPIOID,
    "T40.1": Substance.OPIOID,
    "T40.2": Substance.OPIOID,
    "T40.3": Substance.OPIOID,
    "T40.4": Substance.OPIOID,
    "T40.6": Substance.OPIOID,
    "Z79.891": Substance.OPIOID,
}
INFANT_SUBSTANCE_ICD10 = {
    "P96.1": Substance.OTHER,
    "P04.14": Substance.OPIOID,
    "P04.15": Substance.ANTIDEPRESSANT,
    "P04.16": Substance.STIMULANT,
    "P04.17": Substance.SEDATIVE,
    "P04.1A": Substance.BENZODIAZEPINE,
    "P04.2": Substance.TOBACCO,
    "P04.3": Substance.ALCOHOL,
    "P04.40": Substance.OTHER,
    "P04.41": Substance.COCAINE,
    "P04.42": Substance.HALLUCINOGEN,
    "P04.49": Substance.OTHER,
    "P04.81": Substance.CANNABIS,
    "Q86.0": Substance.ALCOHOL,
}
SUBSTANCE_SNOMED = {
    "5602001": Substance.OPIOID,  # Opioid abuse
    "75544000": Substance.OPIOID,  # Opioid dependence [K]
    "55680006": Substance.OTHER,  # Drug overdose
    "6525002": Substance.OTHER,  # Dependent drug abuse [K]
    "26416006": Substance.OTHER,  # Drug abuse [K]
    "66214007": Substance.OTHER,  # Substance abuse [K]
    "191816009": Substance.OTHER,  # Drug dependence [K]
    "361055000": Substance.OTHER,  # Misuses drugs [K]
    "44870007": Substance.OTHER,  # Misused drugs in past
    "228366006": Substance.OTHER,  # Finding relating to drug misuse behavior
    "7200002": Substance.ALCOHOL,  # Alcoholism [K]
    "15167005": Substance.ALCOHOL,  # Alcohol abuse [K]
    "66590003": Substance.ALCOHOL,  # Alcohol dependence [K]
    "78267003": Substance.COCAINE,  # Cocaine abuse [K]
    "31956009": Substance.COCAINE,  # Cocaine dependence [K]
    "37344009": Substance.CANNABIS,  # Cannabis abuse [K]
    "85005007": Substance.CANNABIS,  # Cannabis dependence [K]
    "84758004": Substance.STIMULANT,  # Amphetamine abuse [K]
    "21647008": Substance.STIMULANT,  # Amphetamine dependence [K]
}
INFANT_SUBSTANCE_SNOMED = {
    "414819007": Substance.OTHER,  # Neonatal abstinence syndrome [K]
    "205788004": Substance.ALCOHOL,  # Fetal alcohol syndrome [K]
}
TREATMENT_SNOMED = frozenset(
    {
        "56876005",  # Drug rehabilitation and detoxification
        "61480009",  # Drug detoxification
        "266707007",  # Drug addiction therapy
        "313071005",  # Counseling for substance abuse
        "60112009",  # Drug addiction counseling
        "408936000",  # Substance abuse prevention management
        "24165007",  # Alcoholism counseling
    }
)
INGREDIENTS = {
    Substance.MOUD: ("buprenorphine", "methadone", "suboxone", "subutex", "sublocade", "brixadi", "zubsolv", "vivitrol"),
    Substance.OPIOID: (
        *("oxycodone", "hydrocodone", "morphine", "codeine", "fentanyl", "hydromorphone", "oxymorphone"),
        *("tramadol", "tapentadol", "meperidine", "levorphanol", "butorphanol"),
    ),
    Substance.BENZODIAZEPINE: ("alprazolam", "clonazepam", "diazepam", "lorazepam", "chlordiazepoxide", "temazepam"),
    Substance.STIMULANT: ("amphetamine", "methylphenidate", "lisdexamfetamine", "phentermine"),
    Substance.SEDATIVE: ("zolpidem", "phenobarbital", "butalbital", "eszopiclone", "gabapentin", "pregabalin"),
    Substance.ANTIDEPRESSANT: ("sertraline", "fluoxetine", "paroxetine", "citalopram", "venlafaxine", "duloxetine"),
    Substance.TOBACCO: ("nicotine",),
}
"""RxNorm ingredient names as they stand in RxNorm displays: works for every strength and form without the
whole of RxNorm. MOUD stands before OPIOID because a methadone or buprenorphine display means treatment here."""

MENTAL_HEALTH_ICD10 = ("F20", "F2", "F3", "F4", "F53", "F6", "O99.34", "Z13.31", "Z13.32")
MENTAL_HEALTH_WORDS = ("depress", "anxiety", "psychosis", "bipolar", "posttraumatic", "post-traumatic", "suicid")
