"""Labels a fact: which category it is kept under, what it tells, about whom, and how the label came about.

Source goes first: whatever a Part 2 program wrote, or was received from one, keeps that law whatever its code says (42 CFR 2.11, 2.12(d)(2), 2.32;
law.md 0.1). Then code, medicine and test; who wrote it and where; what it tells beside other facts; and words in its text, which are a hint.
A fact of a hospital that tells about substance use is not a Part 2 record by that (law.md 1.2, 2.12(e)): its label is about minimum necessary
(45 CFR 164.502(b), 164.514(d)). It decides which heap of the record the fact lies in, and never whether the law permits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from careloom.kernel.disclosure.vocabulary import Category, Provenance, Subject
from careloom.kernel.labels import codes, words
from careloom.kernel.labels.vocabulary import SENSITIVITY, Confidentiality, Handling, Kind, Law, Purpose, Secret, Sensitivity, Tells, Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of a row when it is labeled. `codes` are pairs of system and code; `texts` its words; `places` where, `authors` who.

    `category` is what its holder would keep it under. `security` holds codes of the sender's own labels (v3-ActCode). `beside` says that other
    facts of the same mother or infant already tell about substance use.
    """

    kind: Kind
    subject: Subject
    category: Category
    codes: tuple[tuple[str, str], ...] = ()
    texts: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    provenance: Provenance | None = None
    from_part2_program: bool = False
    security: tuple[str, ...] = ()
    beside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The label of a fact. `because` names codes and words that told, in stable words, the strongest reason first."""

    category: Category
    why: Why = Why.NOTHING
    about: Secret = Secret.SUBJECT
    because: tuple[str, ...] = ()
    confidentiality: Confidentiality = Confidentiality.NORMAL
    sensitivity: tuple[Sensitivity, ...] = ()
    law: tuple[Law, ...] = ()
    handling: tuple[Handling, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    ambiguous: bool = False

    @property
    def tells(self) -> bool:
        """Whether the fact tells about substance use, or comes from a program, which tells it too."""
        return self.why is not Why.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    why: Why
    because: str
    tells: Tells = Tells.SUBSTANCE
    about: Secret = Secret.SUBJECT


#: The records of birth and pregnancy: nothing that tells about substance use is kept under these.
CARE: Final = frozenset({Category.HIPAA_OB_RECORD, Category.HIPAA_NEWBORN_RECORD, Category.HIPAA_MENTAL_HEALTH, Category.WIC_RECORD})
PLAN: Final = frozenset({Category.POSC_PLAN_CORE, Category.POSC_REFERRAL_STATUS})
#: Categories that say of themselves that they are about substance use.
APART: Final = frozenset({Category.HIPAA_TOXICOLOGY, Category.POSC_PLAN_PART2_SEGMENT})
BY_KIND: Final = {
    Kind.CONDITION: Category.PART2_DIAGNOSIS, Kind.MEDICATION: Category.PART2_MEDICATION, Kind.ENCOUNTER: Category.PART2_ATTENDANCE,
    Kind.APPOINTMENT: Category.PART2_ATTENDANCE, Kind.PERSON: Category.PART2_PRESENCE,
}  # fmt: skip
_PROGRAMS_LAW: Final = "42CFRPart2"
_SUBSTANCE_LABELS: Final = {
    "SUD": Tells.SUBSTANCE, "ETH": Tells.SUBSTANCE, "ETHUD": Tells.ALCOHOL, "OPIOIDUD": Tells.OPIOID, "42CFRPart2CD": Tells.SUBSTANCE,
}  # fmt: skip
_EXPOSURES: Final = {
    "ALCOHOL": Tells.ALCOHOL, "METHADONE": Tells.OPIOID, "BUPRENORPHINE": Tells.OPIOID, "PRESCRIPTION_OPIOID": Tells.OPIOID,
    "HEROIN": Tells.OPIOID, "FENTANYL": Tells.OPIOID, "PSYCHIATRIC_MEDICATION": Tells.MOOD, "OTHER_MEDICATION": Tells.MEDICINE,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Own:
    """What a category says of itself, whatever the fact in it tells."""

    confidentiality: Confidentiality = Confidentiality.NORMAL
    sensitivity: tuple[Sensitivity, ...] = ()
    law: tuple[Law, ...] = ()


_NORMAL: Final = _Own()
_OWN: Final = {
    Category.HIPAA_MENTAL_HEALTH: _Own(confidentiality=Confidentiality.RESTRICTED, sensitivity=(Sensitivity.MH,)),
    Category.HIPAA_PSYCHOTHERAPY_NOTES: _Own(
        confidentiality=Confidentiality.VERY_RESTRICTED, sensitivity=(Sensitivity.PSYTHPN,), law=(Law.PSYCHOTHERAPY,)
    ),
    Category.PART2_COUNSELING_NOTES: _Own(confidentiality=Confidentiality.VERY_RESTRICTED, sensitivity=(Sensitivity.SUD,)),
    Category.DV_VICTIM_RECORD: _Own(confidentiality=Confidentiality.VERY_RESTRICTED, sensitivity=(Sensitivity.SDV,)),
}


def label(fact: Fact) -> Labels:
    """The label of one fact. Nothing that is unknown makes it milder."""
    found = sorted(_found(fact), key=lambda one: _ORDER[one.why]) or list(_kept_apart(fact))
    if not found:
        own = _OWN.get(fact.category, _NORMAL)
        return Labels(
            category=fact.category, ambiguous=_is_ambiguous(fact), confidentiality=own.confidentiality, sensitivity=own.sensitivity, law=own.law
        )
    first = found[0]
    from_program = first.why in (Why.SOURCE, Why.RECEIVED)
    category = _of_program(fact, found) if from_program else _of_care(fact.category)
    own = _OWN.get(category, _NORMAL)
    # The kernel takes the plan's treatment part for Part 2 unless she said it herself, whoever wrote it; so does its label.
    bound = from_program or (category is Category.POSC_PLAN_PART2_SEGMENT and fact.provenance is not Provenance.SELF_REPORTED)
    told = tuple(dict.fromkeys(s for one in found for s in SENSITIVITY[one.tells]))
    return Labels(
        category=category,
        why=first.why,
        about=next((one.about for one in found if one.about is not Secret.SUBJECT), Secret.SUBJECT),
        because=tuple(dict.fromkeys(one.because for one in found)),
        confidentiality=max(Confidentiality.RESTRICTED, own.confidentiality, key=list(Confidentiality).index),
        sensitivity=tuple(dict.fromkeys((*own.sensitivity, *told, *([Sensitivity.SUD] if bound else [])))),
        law=tuple(dict.fromkeys((*([Law.PART2] if bound else []), *own.law))),
        handling=tuple(Handling) if bound else (Handling.KEEP_LABEL,),
        purposes=tuple(Purpose) if bound else (Purpose.TREAT,),
    )


def infer(facts: Iterable[Fact]) -> tuple[Labels, ...]:
    """The labels of the facts of one mother and her infant together: what is ambiguous alone tells beside a fact that tells."""
    all_facts = tuple(facts)
    alone = [label(fact) for fact in all_facts]
    told = any(one.tells for one in alone)
    return tuple(label(replace(fact, beside=True)) if told and one.ambiguous else one for fact, one in zip(all_facts, alone, strict=True))


_ORDER: Final = {why: place for place, why in enumerate(Why)}


def _found(fact: Fact) -> Iterator[_Found]:
    yield from _by_source(fact)
    yield from _by_code(fact)
    yield from _by_words(fact)
    if fact.beside and _is_ambiguous(fact):
        yield _Found(why=Why.INFERENCE, because="beside", about=_whose(fact))


def _kept_apart(fact: Fact) -> Iterator[_Found]:
    """Whoever wrote it, or brought it in, knew why it lies apart; it never comes back by itself."""
    if fact.category in APART:
        yield _Found(why=Why.AUTHOR, because=f"kept:{fact.category.value}", about=_whose(fact))


def _by_source(fact: Fact) -> Iterator[_Found]:
    if fact.from_part2_program:
        yield _Found(why=Why.SOURCE, because="program")
    if _PROGRAMS_LAW in fact.security:
        yield _Found(why=Why.SOURCE, because=f"security:{_PROGRAMS_LAW}")
    if fact.provenance is not None and fact.provenance.startswith("part2_via_"):
        yield _Found(why=Why.RECEIVED, because=f"provenance:{fact.provenance.value}")
    elif fact.category.family == "part2" and fact.provenance is not Provenance.SELF_REPORTED:
        yield _Found(why=Why.SOURCE, because=f"kept:{fact.category.value}")
    for code in fact.security:
        if code in _SUBSTANCE_LABELS:
            yield _Found(why=Why.CODE, because=f"security:{code}", tells=_SUBSTANCE_LABELS[code], about=_whose(fact))


def _by_code(fact: Fact) -> Iterator[_Found]:
    if fact.kind is Kind.EXPOSURE:
        substance = next((code for _, code in fact.codes), "")
        # Tobacco is no substance use disorder (42 CFR 2.11), and no notification counts it.
        if substance != "TOBACCO":
            yield _Found(why=Why.CODE, because=f"exposure:{substance}", tells=_EXPOSURES.get(substance, Tells.SUBSTANCE), about=_whose(fact))
    elif fact.kind is Kind.NEWBORN_SIGNS:
        yield _Found(why=Why.CODE, because="signs", about=Secret.MOTHER)
    for system, code in fact.codes if fact.kind is not Kind.EXPOSURE else ():
        entry = codes.entry_of(system, code)
        if entry is not None:
            about = entry.about if entry.about is not Secret.SUBJECT else _whose(fact)
            yield _Found(why=Why.CODE, because=f"code:{entry.code}", tells=entry.tells, about=about)


def _by_words(fact: Fact) -> Iterator[_Found]:
    coded = fact.kind in (Kind.MEDICATION, Kind.OBSERVATION)
    for text in map(words.folded, fact.texts):
        yield from _met(text, words.TREATING, why=Why.CODE if coded else Why.TEXT, fact=fact)
        if fact.subject is Subject.INFANT and fact.kind is Kind.MEDICATION:
            yield from _met(text, words.INFANT_TREATING, why=Why.CODE, fact=fact)
        if fact.kind is Kind.OBSERVATION and words.DRUGS_TESTED.search(text) and words.SPECIMEN.search(text):
            yield _Found(why=Why.CODE, because="test", about=_whose(fact))
        # The name of a medicine is no text: fentanyl in labor tells nothing of her.
        yield from _met(_without_medicines(text) if fact.kind is Kind.MEDICATION else text, words.TEXTS, why=Why.TEXT, fact=fact)
    lists = {"place": (fact.places, words.PLACES), "author": (fact.authors, words.AUTHORS)}
    for name, (said, own) in lists.items():
        for text in map(words.folded, said):
            yield from _met(text, (*words.TREATING, *own, *words.TEXTS), why=Why.AUTHOR, fact=fact, prefix=name)


def _met(text: str, lists: tuple[words.Words, ...], *, why: Why, fact: Fact, prefix: str = "word") -> Iterator[_Found]:
    met = words.found_in(text, lists)
    if met is not None:
        yield _Found(why=why, because=f"{prefix}:{met[1]}", tells=met[0].tells, about=_whose(fact))


def _without_medicines(text: str) -> str:
    for each in words.AMBIGUOUS:
        text = each.pattern.sub(" ", text)
    return text


def _whose(fact: Fact) -> Secret:
    return Secret.MOTHER if fact.subject is Subject.INFANT else Secret.SUBJECT


def _is_ambiguous(fact: Fact) -> bool:
    return fact.kind is Kind.MEDICATION and any(words.found_in(words.folded(text), words.AMBIGUOUS) for text in fact.texts)


def _of_care(category: Category) -> Category:
    """Where a fact that tells is kept: apart from birth, pregnancy and the plan; every other category is closed enough already."""
    if category in CARE:
        return Category.HIPAA_TOXICOLOGY
    return Category.POSC_PLAN_PART2_SEGMENT if category in PLAN else category


def _of_program(fact: Fact, found: list[_Found]) -> Category:
    if fact.category.family not in ("hipaa", "wic") or fact.category is Category.HIPAA_PSYCHOTHERAPY_NOTES:
        return _of_care(fact.category)
    if fact.kind is Kind.OBSERVATION:
        tested = fact.category is Category.HIPAA_TOXICOLOGY or any(one.because == "test" for one in found)
        return Category.PART2_DRUG_SCREENS if tested else Category.PART2_TREATMENT_SUMMARY
    return BY_KIND.get(fact.kind, Category.PART2_TREATMENT_SUMMARY)
