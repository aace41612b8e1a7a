"""How far a watermark may go, and when the stored one is worth nothing: the same for every kind of source."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from ingestion.declarations import Source
from ingestion.model import Activity, Look, OpenTransaction, TableState

BEGINNING = datetime(1000, 1, 1, tzinfo=UTC)  # the least instant that MySQL's DATETIME promises to hold
BLIND_OVERLAP = timedelta(hours=1)
WARN_AFTER = timedelta(minutes=15)
TOMBSTONES_KEPT = timedelta(days=30)  # what every function that purges tombstones leaves, whoever asks
FUTURE = timedelta(minutes=1)  # rows are stamped after the look and before the snapshot too
STEP = timedelta(seconds=1)  # two servers that keep time differ by less


def look_at(activity: Activity, margin: timedelta, warn_after: timedelta = WARN_AFTER) -> Look:
    """Return the instant before which no open transaction can still write, with what an operator has to know.

    An open transaction is never passed, however old; one of `warn_after` or more is named. Where transactions cannot
    be seen, the watermark stays BLIND_OVERLAP behind.
    """
    now = activity.taken_at
    watermark = min([now, *(transaction.since for transaction in activity.open)]) - margin
    warnings = []
    if activity.blind:
        watermark = min(watermark, now - BLIND_OVERLAP)
        hours = BLIND_OVERLAP // timedelta(hours=1)
        warnings.append(
            f"{activity.blind}: rows of the last {hours} h are read again, and what a longer transaction writes is"
            " found by reconciliation only"
        )
    overdue = sorted((t for t in activity.open if now - t.since >= warn_after), key=lambda t: t.since)
    warnings += [_held_back(transaction, now, "open") for transaction in overdue]
    warnings += [_held_back(transaction, now, "prepared") for transaction in activity.prepared]
    return Look(now, watermark, activity, tuple(warnings))


def _held_back(transaction: OpenTransaction, now: datetime, state: str) -> str:
    since = f"{transaction.since.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
    return (
        f"{transaction.told} has been {state} since {since}, for {_age(now - transaction.since)}: the watermark stays"
        f" behind it, so that ever more rows are read again; {transaction.remedy}"
    )


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds()) // 60
    if minutes < 1:
        return "less than a minute"
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = (("d", days), ("h", hours), ("min", minutes))
    return " ".join(f"{number} {unit}" for unit, number in parts if number)


def bounds_of(look: Look, state: TableState | None) -> Mapping[str, datetime]:
    """Return for each prepared transaction, by its identity, the instant that a table's watermark may not pass.

    When such a transaction began is unknown. But when the table was last loaded it was either not under way yet, or
    open, and the watermark stayed behind it. So what that look allowed is its bound, from when it is first seen on; for
    a table that was never loaded it is the beginning of time.
    """
    known: Mapping[str, datetime] = {}
    first = BEGINNING
    if state and state.sighting is None:
        first = state.watermark
    elif state and state.sighting and not _another_server(look, state):
        known, first = state.sighting.prepared, state.sighting.reached
    return {transaction.identity: known.get(transaction.identity, first) for transaction in look.activity.prepared}


def watermark_of(look: Look, bounds: Mapping[str, datetime]) -> datetime:
    """Return the watermark that a load of the snapshot after `look` reaches."""
    return min([look.watermark, *bounds.values()])


def doubt(look: Look, source: Source, state: TableState, identity: str, margin: timedelta) -> str | None:
    """Say why the stored watermark tells nothing of this source, so that the table must be compared as a whole.

    `identity` is that of the table now, as a sighting has it.
    """
    activity, sighting = look.activity, state.sighting
    if _another_server(look, state):
        return "another server or database answers at the source's address"
    if sighting and activity.origin.timeline != sighting.origin.timeline:
        return "the source was restored, or another server took over from it"
    if sighting and activity.origin.position < sighting.origin.position:
        return "the source was put back to an earlier state"
    if sighting and identity != sighting.identity:
        return "the table, or that of the tombstones, was dropped and created anew"
    if look.taken_at < state.watermark:
        return "the source's clock went back behind the watermark"
    if sighting and activity.most_lead < sighting.least_lead - max(margin, STEP).total_seconds():
        back = sighting.least_lead - activity.most_lead
        return f"the source's clock went back by {back:.0f} s as measured by this machine's"
    if sighting and source.purge_tombstones and look.taken_at - sighting.taken_at > TOMBSTONES_KEPT:
        return f"the last run was more than {TOMBSTONES_KEPT.days} days ago, and older tombstones may have been purged"
    return None


def _another_server(look: Look, state: TableState) -> bool:
    return state.sighting is not None and state.sighting.origin.server != look.activity.origin.server


def doubts_told(doubts: Mapping[str, str]) -> Sequence[str]:
    """Return a warning for each reason; `doubts` gives the reason by table."""
    by_reason: dict[str, list[str]] = {}
    for table, reason in doubts.items():
        by_reason.setdefault(reason, []).append(table)
    return [f"{reason}: compared as a whole: {', '.join(tables)}" for reason, tables in by_reason.items()]


def future_told(ahead: Mapping[str, int], cursors: Mapping[str, str]) -> Sequence[str]:
    """Return a warning for each table with rows stamped in the future; `ahead` counts them."""
    return [
        f"{table} has {rows:,} row{'s' if rows > 1 else ''} whose {cursors[table]} lies in the future: they arrive, but"
        " are read again with every change until that time comes; correct them, or the clock that stamped them"
        for table, rows in ahead.items()
        if rows
    ]
