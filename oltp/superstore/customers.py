"""Who buys: customers spread over the world as the Superstore's are."""

from dataclasses import astuple, dataclass
from random import Random

from oltp.names import email, full_name, phone, postal_code
from oltp.places import Place, read_places
from oltp.superstore.catalogue import SEGMENT_SHARES

FIRST_NUMBER = 1_000_000
POSTAL_CODE_SHARE = {"US": 0.97}  # elsewhere the Superstore rarely records one
POSTAL_CODE_SHARE_ELSEWHERE = 0.06


@dataclass(frozen=True)
class Customer:
    """A row of `customers`, its fields in the order of the table's columns."""

    customer_id: str
    customer_name: str
    email: str | None
    phone: str | None
    country: str
    state: str
    city: str
    postal_code: str | None
    market: str
    region: str
    segment_id: str


def make_customers(count: int, first_number: int, random: Random) -> list[Customer]:
    """That many customers, their numbers rising from `first_number`; two of them may bear one name."""
    places = read_places()
    homes = random.choices(places, [place.weight for place in places], k=count)
    segments = random.choices(tuple(SEGMENT_SHARES), tuple(SEGMENT_SHARES.values()), k=count)
    return [
        _customer(first_number + position, home, segment, random)
        for position, (home, segment) in enumerate(zip(homes, segments, strict=True))
    ]


def _customer(number: int, home: Place, segment_id: str, random: Random) -> Customer:
    name = full_name(random.choice(home.name_origins), random)
    initials = "".join(word[0] for word in name.split()[:2]).upper()
    return Customer(
        customer_id=f"{initials if initials.isascii() and initials.isalpha() else home.country_code}-{number}",
        customer_name=name,
        email=email(name, number, random) if random.random() < 0.92 else None,
        phone=phone(random) if random.random() < 0.85 else None,
        country=home.country,
        state=home.state,
        city=home.city,
        postal_code=home_postal_code(home, random),
        market=home.market,
        region=home.region,
        segment_id=segment_id,
    )


def home_postal_code(home: Place, random: Random) -> str | None:
    """A postal code of that place, or None where none is recorded."""
    share = POSTAL_CODE_SHARE.get(home.market, POSTAL_CODE_SHARE_ELSEWHERE)
    recorded = random.random() < share
    return postal_code(home.postal_pattern, random) if recorded and home.postal_pattern else None


def row(customer: Customer) -> tuple[str | None, ...]:
    """The customer as a row of the table."""
    return astuple(customer)
