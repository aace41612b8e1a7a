"""How far a watermark may go, whatever transactions are under way, and when the stored one is not believed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion import Source
from ingestion.model import Activity, OpenTransaction, Origin, Sighting, TableState
from ingestion.trust import BEGINNING, bounds_of, doubt, doubts_told, future_told, look_at, watermark_of

START = datetime(2026, 1, 1, tzinfo=UTC)
MARGIN = timedelta(seconds=2)
HERE = Origin("server/1", 1, 1000)
SOURCE = Source("s", "EXTRACT_URL", "s", "raw_s", "tombstones", (), purge_tombstones="s.purge")


def at(second: float) -> datetime:
    return START + timedelta(seconds=second)


def transaction(identity: str, since: datetime) -> OpenTransaction:
    return OpenTransaction(identity, since, f"the transaction of pid {identity}", f"end it: kill {identity}")


def activity(now: datetime, *, open=(), prepared=(), blind=None, origin=HERE, lead=0.0) -> Activity:
    return Activity(now, lead, lead, tuple(open), tuple(prepared), blind, origin)


def state_after(now: datetime, watermark: datetime, **seen) -> TableState:
    sighting = Sighting(now, watermark, HERE, 0.0, {}, (), "7/8")
    return TableState(watermark, 1, 1, 1, "", "", sighting=replace(sighting, **seen))


# begin, how long it writes, how long it stays prepared (0: it commits at once)
LIVES = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 80), st.just(0) | st.integers(1, 120)), max_size=8)
LOOKS = st.lists(st.integers(0, 400), min_size=1, max_size=12, unique=True).map(sorted)


@given(LIVES, LOOKS)
def test_no_watermark_passes_the_start_of_a_transaction_that_the_snapshot_does_not_show(lives, looks) -> None:
    state = None
    for second in looks:
        under_way = {
            f"{n}": (begin, begin + writes + waits) for n, (begin, writes, waits) in enumerate(lives)
            if begin <= second < begin + writes + waits
        }  # fmt: skip
        prepared = {n for n in under_way if second >= lives[int(n)][0] + lives[int(n)][1]}
        seen = activity(
            at(second),
            open=[transaction(n, at(begin)) for n, (begin, _) in under_way.items() if n not in prepared],
            prepared=[transaction(n, at(lives[int(n)][0] + lives[int(n)][1])) for n in prepared],
        )
        look = look_at(seen, MARGIN)
        bounds = bounds_of(look, state)
        watermark = watermark_of(look, bounds)
        assert all(watermark <= at(begin) for begin, _ in under_way.values())
        if not under_way:
            assert watermark == at(second) - MARGIN
        state = state_after(at(second), watermark, reached=look.watermark, prepared=bounds)


def test_ever_new_prepared_transactions_do_not_hold_the_watermark_for_ever() -> None:
    state = state_after(at(0), at(-2))
    for run in range(1, 5):
        both = [transaction(f"p{run - 1}", at(run * 100 - 90)), transaction(f"p{run}", at(run * 100 - 5))]
        look = look_at(activity(at(run * 100), prepared=both), MARGIN)
        bounds = bounds_of(look, state)
        state = state_after(at(run * 100), watermark_of(look, bounds), reached=look.watermark, prepared=bounds)
    assert state.watermark == at(200) - MARGIN, "two looks behind, as long as the longest of them stays prepared"


def test_a_prepared_transaction_of_a_source_never_loaded_or_of_another_server_has_no_bound() -> None:
    look = look_at(activity(at(100), prepared=[transaction("p", at(90))]), MARGIN)
    assert bounds_of(look, None) == {"p": BEGINNING}
    elsewhere = state_after(at(0), at(-2), origin=replace(HERE, server="other"), prepared={"p": at(50)})
    assert bounds_of(look, elsewhere) == {"p": BEGINNING}


def test_a_transaction_is_named_from_the_threshold_on_and_never_passed() -> None:
    seen = activity(at(3600), open=[transaction("old", at(2700)), transaction("young", at(2701))])
    look = look_at(seen, MARGIN, timedelta(minutes=15))
    assert look.watermark == at(2700) - MARGIN
    assert look.warnings == (
        "the transaction of pid old has been open since 2026-01-01 00:45:00 UTC, for 15 min: the watermark stays behind"
        " it, so that ever more rows are read again; end it: kill old",
    )


def test_a_prepared_transaction_is_named_at_once() -> None:
    (warning,) = look_at(activity(at(200_000), prepared=[transaction("p", at(100_000))]), MARGIN).warnings
    assert "has been prepared since 2026-01-02 03:46:40 UTC, for 1 d 3 h 46 min" in warning


def test_where_transactions_cannot_be_seen_the_watermark_stays_an_hour_behind() -> None:
    look = look_at(activity(at(7200), blind="the account sees nothing"), MARGIN)
    assert look.watermark == at(3600)
    assert look.warnings[0].startswith("the account sees nothing: rows of the last 1 h are read again")


@pytest.mark.parametrize(
    ("seen", "now", "reason"),
    [
        ({}, {}, None),
        ({"origin": replace(HERE, server="other/1")}, {}, "another server or database answers"),
        ({"origin": replace(HERE, timeline=2)}, {}, "was restored, or another server took over"),
        ({"origin": replace(HERE, position=1001)}, {}, "put back to an earlier state"),
        ({"identity": "6/8"}, {}, "was dropped and created anew"),
        ({"least_lead": 3.0}, {}, "clock went back by 3 s as measured by this machine's"),
        ({"least_lead": 1.9}, {}, None),
        ({"least_lead": -60.0}, {}, None),
        ({}, {"now": at(97)}, "clock went back behind the watermark"),
        ({}, {"now": at(86400 * 31)}, "more than 30 days ago"),
        ({}, {"now": at(86400 * 29)}, None),
    ],
)
def test_what_makes_a_stored_watermark_worthless(seen: dict, now: dict, reason: str | None) -> None:
    state = state_after(at(100), at(98), **seen)
    told = doubt(look_at(activity(now.get("now", at(200))), MARGIN), SOURCE, state, "7/8", MARGIN)
    assert (told is None) if reason is None else (reason in told)


def test_a_state_of_before_sightings_were_kept_is_believed() -> None:
    state = replace(state_after(at(100), at(98)), sighting=None)
    assert doubt(look_at(activity(at(200)), MARGIN), SOURCE, state, "7/8", MARGIN) is None


def test_warnings_name_all_tables_of_a_reason_at_once() -> None:
    assert doubts_told({"a": "x", "b": "x", "c": "y"}) == ["x: compared as a whole: a, b", "y: compared as a whole: c"]
    assert future_told({"a": 0}, {"a": "at"}) == []
    assert future_told({"a": 1}, {"a": "at"})[0].startswith("a has 1 row whose at lies in the future")
