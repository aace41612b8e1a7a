"""What the shop sells, in categories as untidy as its clerks have typed them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

# Each group of goods: its share of products, its typical price in cents, how clerks spell its category, its goods.
_GROUPS: tuple[tuple[float, int, str, str], ...] = (
    (22, 12_000, "Electronics|electronics|ELECTRONICS|Electronic|Elec.|electronics |Consumer Electronics|Gadgets",
     "Headphones|Bluetooth Speaker|Power Bank|Smart Watch|Web Camera|E-Reader|HDMI Cable|Keyboard"),
    (20, 3_500, "Clothing|clothing|Clothes|CLOTHING|Apparel|apparel |Fashion|Men's Clothing|Women's Clothing",
     "Rain Jacket|T-Shirt|Wool Socks|Jeans|Linen Shirt|Running Shorts|Scarf|Hoodie"),
    (18, 5_000, "Home & Kitchen|home & kitchen|Home and Kitchen|Home/Kitchen|HOME & KITCHEN|Kitchenware|Household",
     "Frying Pan|Knife Set|Table Lamp|Bath Towel|Storage Box|Coffee Press|Duvet|Wall Clock"),
    (12, 2_200, "Beauty|beauty|Beauty & Health|Health and Beauty|Health & Beauty|BEAUTY |Cosmetics",
     "Face Cream|Shampoo|Lip Balm|Electric Toothbrush|Sunscreen|Hair Dryer"),
    (10, 6_000, "Sports|sports|Sport|Sports & Outdoors|SPORTS|Outdoor|Sporting Goods",
     "Yoga Mat|Dumbbells|Tent|Water Bottle|Bike Helmet|Hiking Poles"),
    (8, 1_800, "Books|books|Book|BOOKS|Books & Media|book ", "Cook Book|Novel|Atlas|Picture Book|Poems|Travel Guide"),
    (6, 2_800, "Toys|toys|Toy|TOYS & GAMES|Toys & Games|Toys and Games", "Building Bricks|Puzzle|Card Game|Kite|Doll"),
    (4, 900, "Grocery|grocery|Groceries|Food|Gourmet Food|GROCERY", "Olive Oil|Green Tea|Dark Chocolate|Honey|Pasta"),
)  # fmt: skip
MAKERS = ("Northwind", "Contoso", "Fabrikam", "Acme", "Lumina", "O'Hara & Sons", "Zürich Works", "Kite", "Baobab")
NEW_CATEGORIES = ("Garden", "Pet Supplies", "Gift Cards", "Misc")  # that the shop's map does not know yet
UNKNOWN_SHARE, MISSING_SHARE = 0.004, 0.01


@dataclass(frozen=True)
class Product:
    """A row of `products`; prices are in cents."""

    product_id: int
    product_name: str
    category: str | None
    list_price: int
    cost_price: int
    is_active: bool
    created_at: str


def make_products(count: int, first_number: int, until: date, random: Random) -> list[Product]:
    """That many products, their ids rising from `first_number`, entered in the years up to `until`."""
    groups = random.choices(_GROUPS, [share for share, *_ in _GROUPS], k=count)
    return [_product(first_number + position, group, until, random) for position, group in enumerate(groups)]


def _product(number: int, group: tuple[float, int, str, str], until: date, random: Random) -> Product:
    _, price, spellings, goods = group
    listed = max(99, round(price * 4 ** (2 * random.random() - 1)))
    entered = until - timedelta(days=int(1_500 * random.random()))
    return Product(
        product_id=number,
        product_name=f"{random.choice(MAKERS)} {random.choice(goods.split('|'))} {number}",
        category=_category(spellings.split("|"), random),
        list_price=listed,
        cost_price=round(listed * (0.45 + 0.35 * random.random())),
        is_active=random.random() < 0.93,
        created_at=f"{entered.isoformat()} {int(6 + 14 * random.random()):02}:{int(60 * random.random()):02}:00",
    )


def _category(spellings: list[str], random: Random) -> str | None:
    """The first spelling about half of the time; now and then none, or one that no map knows."""
    chance = random.random()
    if chance < MISSING_SHARE:
        return random.choice((None, "", " "))
    if chance < MISSING_SHARE + UNKNOWN_SHARE:
        return random.choice(NEW_CATEGORIES)
    return spellings[0] if random.random() < 0.5 else random.choice(spellings)
