"""What changes rest on and what is learned from them: law, practices, strategies, stories, help and priorities."""

from __future__ import annotations

import pytest
from tests.requirements.changing import House, drafted, proposed
from tests.requirements.conftest import SignIn, text_of
from tests.requirements.knowing import on, refused
from tests.requirements.test_structure_rows import send

from careloom.changes.models import Practice, Proposal, Statute
from careloom.infra import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(sign_in: SignIn) -> House:
    return House(sign_in)


@pytest.mark.requirement("R-012")
def test_a_practice_is_traced_up_to_the_law(house: House) -> None:
    today = clock.today()
    send(
        house.lead,
        house.at("changes/law/new/"),
        citation="State Code 12-3",
        kind="STATE",
        says="A plan for each affected infant.",
        **on("looked_on", today),
    )
    send(
        house.manager,
        house.at("proposals/new/"),
        title="One release for all",
        kind="POLICY",
        body_id=house.core.pk,
        now="Five.",
        new="One.",
        why="She signs once.",
    )
    version = drafted(house, house.manager, "Ask before you test")
    pilot = proposed(house)
    send(house.lead, house.at("changes/practices/new/"), title="The nurse books the ride", what="At noon.", **on("adopted_on", today))
    law, policy = Statute.objects.get(collaborative=house.collaborative), Proposal.objects.get(collaborative=house.collaborative)
    practice = Practice.objects.get(collaborative=house.collaborative)
    assert "Rests on nothing yet" in house.page(house.lead, "trace/")
    chain = [
        (f"PRACTICE:{practice.pk}", f"PILOT:{pilot.pk}"), (f"PILOT:{pilot.pk}", f"PROTOCOL:{version.guidance_id}"),
        (f"PROTOCOL:{version.guidance_id}", f"POLICY:{policy.pk}"), (f"POLICY:{policy.pk}", f"LAW:{law.pk}"),
    ]  # fmt: skip
    for lower, upper in chain:
        send(house.lead, house.at(f"trace/link/?of={lower}"), uppers=[upper])
    assert house.lead.get(house.at(f"trace/link/?of=LAW:{law.pk}")).status_code == 404  # nothing stands above the law
    refused(house.lead, house.at(f"trace/link/?of=POLICY:{policy.pk}"), uppers=[f"PILOT:{pilot.pk}"])
    page = text_of(house.member.get(house.at("trace/")))
    assert page.count('class="h-curve"') == 4
    row = page.partition("<tbody>")[2].partition("</tr>")[0]
    for words in ("The nurse books the ride", "State Code 12-3", "One release for all", "Ask before you test", "A ride booked at discharge"):
        assert words in row
    assert house.member.get(house.at(f"trace/link/?of=PILOT:{pilot.pk}")).status_code == 404
    assert house.stranger.get(house.at("trace/")).status_code == 404
