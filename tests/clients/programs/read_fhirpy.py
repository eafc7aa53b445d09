"""Reads patients, a plan and its goals with fhirpy, waiting and not; prints what it saw as JSON. Arguments: address, token."""

import asyncio
import json
import sys

from fhirpy import AsyncFHIRClient, SyncFHIRClient

base, token = sys.argv[1:3]


async def without_waiting() -> list[str]:
    client = AsyncFHIRClient(base, authorization=f"Bearer {token}")
    return sorted([one["id"] async for one in client.resources("Patient").limit(1)])


client = SyncFHIRClient(base, authorization=f"Bearer {token}")
plan = client.resources("CarePlan").include("CarePlan", "patient").first()
print(
    json.dumps(
        {
            "patients": sorted(one["id"] for one in client.resources("Patient").limit(1)),
            "asynchronous": asyncio.run(without_waiting()),
            "plan": plan["id"],
            "of": plan["subject"].to_resource()["id"],
            "goals": client.resources("Goal").search(subject=plan["subject"].reference).count(),
        }
    )
)
