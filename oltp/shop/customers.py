"""Who buys in the shop: people of the United States, with telephone numbers as they type them."""

from dataclasses import astuple, dataclass
from datetime import date, timedelta
from random import Random

from oltp import names
from oltp.places import Place, read_places

# {a}, {b}, {c}: area code, exchange and line of a number; {e}: an extension. The last four are no number to call.
PHONE_SPELLINGS: tuple[tuple[str | None, float], ...] = (
    ("{a}-{b}-{c}", 18),
    ("({a}) {b}-{c}", 16),
    ("{a}{b}{c}", 12),
    ("{a}.{b}.{c}", 8),
    ("{a} {b} {c}", 7),
    ("+1{a}{b}{c}", 6),
    ("+1 {a} {b} {c}", 4),
    ("+1-{a}-{b}-{c}", 4),
    ("+1 ({a}) {b}-{c}", 4),
    ("1-{a}-{b}-{c}", 3),
    ("1 {a} {b}-{c}", 2),
    ("001 {a} {b} {c}", 1),
    ("{a}/{b}-{c}", 1),
    ("[{a}] {b} {c}", 1),
    (" {a}-{b}-{c} ", 1),
    ("tel: {a} {b}-{c}", 1),
    ("{a}-{b}-{c} x{e}", 2),
    ("({a}) {b}-{c} ext. {e}", 2),
    ("+1.{a}.{b}.{c}#{e}", 1),
    ("{a}-{b}-SHOP", 1),
    ("+44 20 7946 0{e}", 1),
    ("{b}-{c}", 2),
    ("{a}-{b}-{c} / {a}-{b}-{c}", 0.5),
    ("n/a", 1),
    ("", 2),
    (None, 6),
)
FIRST_SIGNUP_YEARS_BACK = 6


@dataclass(frozen=True)
class Customer:
    """A row of `customers`, its fields in the order of the table's columns."""

    customer_id: int
    first_name: str
    last_name: str
    email: str | None
    phone: str | None
    city: str
    state: str
    signup_date: str


def homes() -> list[Place]:
    """The places from which the shop takes orders."""
    return [place for place in read_places() if place.country == "United States"]


def make_customers(count: int, first_number: int, until: date, random: Random) -> list[Customer]:
    """That many customers, their ids rising from `first_number`; they signed up in the years up to `until`."""
    places = homes()
    chosen = random.choices(places, [place.weight for place in places], k=count)
    return [_customer(first_number + position, home, until, random) for position, home in enumerate(chosen)]


def _customer(number: int, home: Place, until: date, random: Random) -> Customer:
    origin = names.ORIGINS[random.choice(("en", "en", "en", "en", "es", "es", "de", "fr", "in", "zh", "vi", "pl"))]
    first = random.choice(origin.given).replace("_", " ")
    last = random.choice(origin.family).replace("_", " ")
    signed_up = until - timedelta(days=int(365 * FIRST_SIGNUP_YEARS_BACK * random.random()))
    return Customer(
        customer_id=number,
        first_name=first,
        last_name=last,
        email=names.email(f"{first} {last}", number, random) if random.random() < 0.95 else None,
        phone=phone(random),
        city=home.city,
        state=home.state,
        signup_date=signed_up.isoformat(),
    )


def phone(random: Random) -> str | None:
    """A number of the range 555-0100 to 555-0199, which is kept free for fiction, spelled in one of many ways."""
    spelling = random.choices([spelling for spelling, _ in PHONE_SPELLINGS], [weight for _, weight in PHONE_SPELLINGS])[
        0
    ]
    if spelling is None:
        return None
    return spelling.format(
        a=int(201 + 789 * random.random()),
        b="555",
        c=f"01{int(100 * random.random()):02}",
        e=int(100 + 900 * random.random()),
    )


def row(customer: Customer) -> tuple[object, ...]:
    """The customer as a row of the table."""
    return astuple(customer)
