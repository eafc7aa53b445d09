"""The number of a state as federal files write it (FIPS 5-2 numeric codes; ZZ, where nobody lives, is 98)."""

from __future__ import annotations

from typing import Final

_NAMES: Final = (
    "01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA 26MI 27MN 28MS 29MO 30MT "
    "31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX 49UT 50VT 51VA 53WA 54WV 55WI 56WY 60AS 66GU 69MP "
    "72PR 78VI 98ZZ"
)
REALMS: Final = {entry[2:]: int(entry[:2]) for entry in _NAMES.split()}


def realm_of(state: str) -> int:
    """The number of a state by its two letters.

    :raises ValueError: there is no such state; a pack names it as its jurisdiction.
    """
    try:
        return REALMS[state.upper()]
    except KeyError:
        raise ValueError(f"{state} is no state's two letters. Correct `jurisdiction` in the pack's manifest.") from None
