"""The partnership's rooms, walked by each who comes into them: every link opens, and no form that she is shown is refused as not hers.

What a form does is rolled back, so that the next one who walks finds the same rooms.
"""

from __future__ import annotations

from collections import defaultdict
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.test import Client
from tests.attacks.forms import sheets_on
from tests.integration.demo.conftest import Loaded
from tests.integration.demo.test_doors import ID, LINK, NOT_PAGES

from careloom.agencies.models import Membership
from careloom.agreements import words as agreements
from careloom.aims import words as aims
from careloom.barriers import words as barriers
from careloom.changes import words as changes
from careloom.demo.load.ground import FRONT
from careloom.inventory import words as inventory
from careloom.knowledge import words as knowledge
from careloom.meetings import words as meetings
from careloom.partnership import words as partnership
from careloom.partnership.models import Partner, Seat
from careloom.surveys import words as surveys

#: Who comes in: who runs them, the chair of oversight, core members of each kind of agency, a peer with lived experience, members of work groups,
#: and of agencies that take part who has no seat herself: an auditor, an administrator, a worker.
NO_SEAT = "nobody"
WALKERS = (
    "adeyemi", "harrowmere", "whitfield", "thistlegate", "larkmeade", "reed", "ivermoor", "two_rivers", "brackwater", "castillo", "riocedro",
    "copperlea", "oldmarsh", NO_SEAT,
)  # fmt: skip
#: Of addresses of one kind so many are opened: a list of a hundred barriers is one page a hundred times, and each state has its buttons.
OF_A_KIND = 2
#: How a room says that something is not hers.
NOT_HERS = {
    str(one.REFUSALS["NOT_ALLOWED"])
    for one in (agreements, aims, barriers, changes, inventory, knowledge, meetings, partnership, surveys)
    if "NOT_ALLOWED" in one.REFUSALS
}


def worker_of(loaded: Loaded, who: str) -> Membership:
    """A walker by her key in the practice county; for nobody's key the first front-line worker of a partner who sits nowhere."""
    if who != NO_SEAT:
        return loaded.ground.members[who]
    seated = set(Seat.objects.filter(left_on=None).values_list("worker_id", flat=True))
    agencies = set(Partner.objects.filter(left_on=None).values_list("agency_id", flat=True))
    workers = (one for _key, one in sorted(loaded.ground.members.items()))
    return next(one for one in workers if FRONT & set(one.roles) and one.agency_id in agencies and one.worker_id not in seated)


@pytest.mark.parametrize("who", WALKERS)
def test_every_door_of_the_rooms_opens_and_no_form_is_refused_as_not_hers(loaded: Loaded, who: str) -> None:
    client = Client()
    # Read anew: the load gave her a password after it had read her, and a sign-in holds to the password.
    client.force_login(get_user_model().objects.get(pk=worker_of(loaded, who).worker.user_id))
    queue, seen, opened, shut = [("/partnership/", "the sign-in")], set(), defaultdict(int), []
    while queue:
        address, shown_on = queue.pop(0)
        kind = ID.sub("ID", address.partition("?")[0])
        if address in seen or opened[kind] >= OF_A_KIND or any(part in address for part in NOT_PAGES):
            continue
        seen.add(address)
        opened[kind] += 1
        answer = client.get(address, follow=True)
        if answer.status_code != 200:
            shut.append((address, answer.status_code, shown_on))
        elif answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            queue += [(link.replace("&amp;", "&"), kind) for link in LINK.findall(text) if link.startswith("/partnership/")]
            shut += pressed(client, text, "?".join((answer.request["PATH_INFO"], answer.request["QUERY_STRING"])))
    assert not shut, "\n".join(map(str, shut[:40]))
    assert len(opened) > 20


def pressed(client: Client, text: str, path: str) -> list[tuple[str, int, str]]:
    """Send each form of a page as a person fills it; those that are answered as if they were not hers."""
    refused = []
    for sheet in sheets_on(text, path=path, client=client, who=""):
        if not sheet.name.startswith("commons:"):
            continue
        with transaction.atomic():
            answer = client.post(sheet.path, sheet.filled())
            transaction.set_rollback(True)
        said = unescape(answer.content.decode()) if answer.status_code == 422 else ""
        if answer.status_code not in (200, 302, 422) or any(words in said for words in NOT_HERS):
            refused.append((sheet.path, answer.status_code, str(sheet)))
    return refused
