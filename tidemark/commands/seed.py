"""`tidemark seed`: life-like data for a source system, and its life from then on."""

from __future__ import annotations

import json
import time
from datetime import date, datetime

import click

from tidemark.settings import load_settings

DEFAULT_SCALE = 1.0


@click.command()
@click.option(
    "--scale",
    type=float,
    help="Size: 1 is 51,290 order lines of the superstore, 100,000 of the shop.  [default: 1]",
)
@click.option("--seed", "seed_number", type=int, default=7, show_default=True, help="Another seed gives other data.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Last day of the data.  [default: today; with --change, the newest order date]",
)
@click.option("--replace", is_flag=True, help="Empty the source system first; all its data is lost.")
@click.option("--if-empty", is_flag=True, help="Leave a source system that has data as it is.")
@click.option(
    "--change",
    "amount",
    metavar="AMOUNT",
    help="Change what is there instead of filling: a share like 1%, or a number of order lines like 5000.",
)
@click.option(
    "--source",
    type=click.Choice(["superstore", "shop"]),
    default="superstore",
    show_default=True,
    help="The source system to fill or change.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def seed(
    scale: float | None,
    seed_number: int,
    until: datetime | None,
    replace: bool,
    if_empty: bool,
    amount: str | None,
    source: str,
    as_json: bool,
) -> None:
    """Fill a source system with four years of data, the same for the same arguments.

    With --change the business lives on: new orders, changed lines and customers, moved months, returns, deletions.
    """
    started = time.monotonic()
    last_day = until.date() if until else None
    if amount is None:
        size = DEFAULT_SCALE if scale is None else scale
        done = _fill(source, size, seed_number, last_day or date.today(), replace, if_empty)
    elif scale is not None or replace or if_empty:
        raise click.UsageError("--change works on what is there: leave out --scale, --replace and --if-empty")
    else:
        done = _change(source, amount, seed_number, last_day)
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        click.echo(json.dumps({"source": source, "seed": seed_number, **done, "seconds": seconds}))
        return
    rows: dict[str, int] = done["rows"]  # type: ignore[assignment]
    for name, count in rows.items():
        click.echo(f"{name.replace('_', ' '):<26}{count:>12,}")
    click.echo(f"{done['action']} {source} in {seconds} s")


def _fill(source: str, scale: float, seed_number: int, until: date, replace: bool, if_empty: bool) -> dict[str, object]:
    from oltp.errors import NotEmptyError

    settings = load_settings()
    try:
        if source == "shop":
            from oltp.shop.seeding import seed_shop

            rows = seed_shop(settings.shop_url, scale, seed_number, until, replace).rows
        else:
            from oltp.superstore.seeding import seed_superstore

            rows = seed_superstore(settings.oltp_url, scale, seed_number, until, replace).rows
    except NotEmptyError:
        if not if_empty:
            raise
        return {"action": "left as it was:", "scale": None, "until": None, "rows": {}}
    return {"action": "filled", "scale": scale, "until": until.isoformat(), "rows": rows}


def _change(source: str, amount: str, seed_number: int, until: date | None) -> dict[str, object]:
    settings = load_settings()
    if source == "shop":
        from oltp.shop.change import change_shop

        done = change_shop(settings.shop_url, amount, seed_number, until)
        return {"action": "changed", "amount": amount, "lines": done.lines, "rows": done.done}
    from oltp.superstore.change import change_superstore

    changed = change_superstore(settings.oltp_url, amount, seed_number, until)
    return {"action": "changed", "amount": amount, "lines": changed.lines, "rows": changed.done}
