"""Which orders come back, when and why."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from oltp.places import regions
from oltp.seasons import Days, Integers

FIRST_NUMBER = 100_000
STATUSES = ("Pending", "Approved", "Rejected", "Completed")
RECENT_SHARES, OLD_SHARES = (0.55, 0.30, 0.10, 0.05), (0.02, 0.08, 0.14, 0.76)
RECENT_DAYS = 45
OTHER_REGION_SHARE = 0.07
REASONS: tuple[str | None, ...] = (
    None,
    None,
    None,
    "",
    "Arrived damaged",
    "Wrong item",
    "No longer needed",
    'Too late; customer said: "I can\'t wait"',
    "Label unreadable: C:\\temp\\new",
    "Address unknown\tsent back",
    "Box was open.\nTwo parts missing.",
    "Kaputt geliefert, Maß falsch \N{CRYING FACE}",
    "色が違う",
    "الحجم غير مناسب",
    "\\N",  # not NULL: what the customer typed
)


@dataclass(frozen=True)
class Returns:
    """Returns by column; `orders` holds positions in the orders."""

    ids: list[str]
    orders: Integers
    dates: Days
    statuses: list[str]
    regions: list[str]
    reasons: list[str | None]


def make_returns(
    count: int,
    shipped: Days,
    home_regions: Sequence[str],
    until: np.datetime64,
    first_number: int,
    random: np.random.Generator,
) -> Returns:
    """Returns of that many different orders, 2 to 40 days after they were shipped and no later than `until`.

    `shipped` holds the day on which each order was shipped, `home_regions` its customer's region. Orders shipped by
    the day before yesterday can come back; if they are fewer than `count`, all of them do.
    """
    candidates = np.flatnonzero(shipped <= until - 2)
    orders = np.sort(random.choice(candidates, min(count, len(candidates)), replace=False))
    made = len(orders)
    dates = np.minimum(shipped[orders] + random.integers(2, 41, made), until)
    recent = dates > until - RECENT_DAYS
    statuses = np.where(
        recent, random.choice(len(STATUSES), made, p=RECENT_SHARES), random.choice(len(STATUSES), made, p=OLD_SHARES)
    )
    elsewhere = random.random(made) < OTHER_REGION_SHARE
    named = regions()
    others = random.integers(0, len(named), made)
    return Returns(
        ids=[f"RET-{number}" for number in range(first_number, first_number + made)],
        orders=orders,
        dates=dates,
        statuses=[STATUSES[status] for status in statuses.tolist()],
        regions=[
            named[other] if moved else home_regions[order]
            for order, moved, other in zip(orders.tolist(), elsewhere.tolist(), others.tolist(), strict=True)
        ],
        reasons=[REASONS[reason] for reason in random.integers(0, len(REASONS), made).tolist()],
    )
