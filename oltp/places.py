"""Where customers live: real countries, states and cities, by the Superstore's markets and regions."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

PLACES = Path(__file__).with_name("data") / "places.txt"


@dataclass(frozen=True)
class Place:
    """A city, with what else its inhabitants share; `weight` is its share of the world's customers."""

    market: str
    region: str
    country: str
    country_code: str
    state: str
    city: str
    name_origins: tuple[str, ...]
    postal_pattern: str
    weight: float


@cache
def read_places() -> tuple[Place, ...]:
    """All cities, in the order of the file; within a country the first cities of a state weigh most."""
    places: list[Place] = []
    country: list[str] = []
    states: list[tuple[str, str, list[str]]] = []
    for line in PLACES.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if "|" in line:
            places += _cities(country, states)
            country, states = line.split("|"), []
        else:
            head, cities = line.split(":")
            state, _, pattern = head.partition("=")
            states.append((state, pattern, cities.split(",")))
    places += _cities(country, states)
    return tuple(places)


def _cities(country: list[str], states: list[tuple[str, str, list[str]]]) -> list[Place]:
    if not country:
        return []
    market, region, name, code, weight, origins, country_pattern = country
    shares = [
        (state, pattern or country_pattern, city, 1 / (1 + state_rank / 2) / (1 + city_rank))
        for state_rank, (state, pattern, cities) in enumerate(states)
        for city_rank, city in enumerate(cities)
    ]
    total = sum(share for *_, share in shares)
    return [
        Place(
            market, region, name, code, state, city, tuple(origins.split("/")), pattern, float(weight) * share / total
        )
        for state, pattern, city, share in shares
    ]


def regions() -> tuple[str, ...]:
    """The names of the regions, in the order of the file."""
    return tuple(dict.fromkeys(place.region for place in read_places()))


@cache
def country_codes() -> dict[str, str]:
    """The two-letter code of each country, by its name."""
    return {place.country: place.country_code for place in read_places()}
