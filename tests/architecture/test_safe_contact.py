"""One place decides whether and how she may be reached: no sender and no screen goes round `messages.contact` (R-128)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import careloom

ROOT = Path(careloom.__file__).resolve().parent
#: Who hands anything to a carrier, and who writes e-mail at all. The second are workers' own letters: no family is in them.
CARRIER = "messages/actions/sending.py"
#: To workers' own addresses: how many things wait, and nothing of any family.
TO_WORKERS = ["following/digests.py"]
LETTERS = re.compile(r"\b(send_mail|EmailMessage|EmailMultiAlternatives|smtplib|twilio|requests\.post|httpx)\b")
WORKERS_LETTERS = {"agencies/sign_in.py"}
#: A mother's or a member's number or address in words for people. Each file asks `ways_for`, or stands here with the reason why it need not.
NUMBER = re.compile(r"\b(?:person|mother|record|row|reach|member|her\.person)\.(?:phone|address|use_phone|use_address)\b")
ASKS = re.compile(r"\bways_for\(|\bways\.(?:number|address)\b")
NEED_NOT = {
    "messages/contact.py": "the place itself",
    "messages/actions/contact.py": "keeps what she asked for",
    "messages/actions/sending.py": "asks it before each message; its rows are what went out",
    "portal/actions/inviting.py": "gives her number to `send`, which asks it",
    "portal/actions/supporting.py": "gives a supporter's number to `send`, which asks it",
    "portal/actions/reminding.py": "gives her number to `send`, which asks it",
    "portal/actions/entering.py": "gives the known phone to `send`, which asks it",
    "portal/presenters.py": "numbers of her team and of her own people, on her own pages",
    "portal/for_supporter.py": "numbers of her team; who is reached through her has none",
    "portal/views/hers.py": "numbers of her team, on her own sheet for the fridge",
    "portal/templates/portal/card_used.html": "numbers of workers on her team",
    "portal/actions/telling.py": "gives her number to `send`, which asks it",
    "people/matching/records.py": "compares records and shows none",
    "plans/actions/team.py": "a worker's number",
    "plans/documents/paper.py": "numbers of her team; who is reached through her has none",
    "desk/presenters/circle.py": "numbers of her team; who is reached through her has none",
    "rights/presenters.py": "the way that she asked for, shown to who answers the request",
    "rights/actions/limiting.py": "hands the way that she asked for to the place itself",
    "notifications/actions/leaving.py": "fields that the law names, sent to child welfare and to nobody else",
    "exchange/sheets/mapping.py": "the name of a column",
    "exchange/sheets/lines.py": "the name of a column; what stands in it goes into her record and is shown nowhere",
    "exchange/sheets/words.py": "the name of a column",
    "rights/accounting.py": "the address of who was told, an agency or an office",
}


def files() -> Iterator[tuple[str, str]]:
    for path in sorted([*ROOT.rglob("*.py"), *ROOT.rglob("*.html")]):
        name = str(path.relative_to(ROOT))
        if not name.startswith(("demo/", "bench/")) and "/migrations/" not in name:
            yield name, path.read_text(encoding="utf-8")


def test_one_file_hands_messages_to_the_carrier_and_it_asks_first() -> None:
    carriers = [name for name, text in files() if re.search(r"\bprovider\(\)\s*\.send\(|FileProvider\(\)|ConsoleProvider\(\)", text)]
    assert sorted(carriers) == sorted([CARRIER, "messages/providers.py", *TO_WORKERS])
    text = (ROOT / CARRIER).read_text(encoding="utf-8")
    senders = re.findall(r"\ndef (\w+)\((?:[^\n]|\n(?!def |@))*?_deliver\(row", text)
    assert set(senders) == {"send", "_send_one"}
    for name in senders:
        body = text.split(f"def {name}(")[1].split("\ndef ")[0]
        assert body.index("ways_for(") < body.index("refusal(") < body.index("_deliver(row"), name


def test_nobody_else_writes_letters() -> None:
    assert {name for name, text in files() if LETTERS.search(text)} - WORKERS_LETTERS == set()


def test_every_file_that_shows_a_number_or_an_address_asks_first() -> None:
    shows = {name: text for name, text in files() if NUMBER.search(text)}
    assert len(shows) > 8
    bare = [name for name, text in shows.items() if name not in NEED_NOT and not ASKS.search(text) and not _fed(name)]
    assert bare == [], "Ask messages.contact.ways_for for the number, or say in NEED_NOT why not."


def _fed(name: str) -> bool:
    """A template whose view asked: what it shows is what `ways_for` gave."""
    return name in {"plans/templates/plans/referrals/link_receipt.html"}


def test_no_reason_outlives_its_file() -> None:
    known = dict(files())
    assert [name for name in NEED_NOT if name not in known] == []


def test_sentences_that_leave_hold_no_name_and_no_free_text() -> None:
    from careloom.messages.sentences import SENTENCES

    assert all(set(both) == {"en", "es"} for both in SENTENCES.values())
    assert not any(re.search(r"[{%]", text) for both in SENTENCES.values() for text in both.values())
