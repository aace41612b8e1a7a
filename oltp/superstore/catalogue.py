"""What is sold: segments, categories, subcategories, and products with their prices."""

from dataclasses import dataclass
from random import Random
from zlib import crc32

FIRST_NUMBER = 10_000_000

SEGMENTS = {"CON": "Consumer", "COR": "Corporate", "HOM": "Home Office"}
SEGMENT_SHARES = {"CON": 0.52, "COR": 0.30, "HOM": 0.18}
CATEGORIES = {"FUR": "Furniture", "OFF": "Office Supplies", "TEC": "Technology"}


@dataclass(frozen=True)
class Subcategory:
    """A group of products: its typical price in cents, the goods' share of it, and what they are called."""

    subcategory_id: str
    name: str
    typical_price: int
    cost_share: float
    share_of_products: float
    makers: tuple[str, ...]
    goods: tuple[str, ...]

    @property
    def category_id(self) -> str:
        """The category's id opens the subcategory's."""
        return self.subcategory_id[:3]


def _group(group_id: str, name: str, price: int, cost: float, share: float, makers: str, goods: str) -> Subcategory:
    return Subcategory(group_id, name, price, cost, share, tuple(makers.split("/")), tuple(goods.split("/")))


SUBCATEGORIES = (
    _group("FUR-BO", "Bookcases", 14500, 0.80, 4, "Bush/Sauder/O'Sullivan/Dania/Ikea",
           "Classic Bookcase/Corner Shelving/Floating Shelf Set/Library with Doors/3-Shelf Cabinet"),
    _group("FUR-CH", "Chairs", 12000, 0.76, 6, "Hon/Novimex/SAFCO/Harbour Creations/Office Star",
           "Executive Leather Armchair/Swivel Stool/Rocking Chair/Steel Folding Chair/Bag Chairs"),
    _group("FUR-FU", "Furnishings", 2700, 0.68, 8, "Eldon/Rubbermaid/Deflect-O/Tenex/Café-Möbel",
           "Photo Frame/Door Stop/Light Bulb/Frame, Black/Clock, Duo Pack/Stacking Tray"),
    _group("FUR-TA", "Tables", 24000, 0.92, 3, "Barricks/Bevis/Chromcraft/Lesro/Hon",
           'Conference Table/Round Table/Coffee Table/Training Table/Table, 48" Wide'),
    _group("OFF-AP", "Appliances", 16000, 0.74, 6, "Hamilton Beach/KitchenAid/Breville/Cuisinart/Hoover",
           "Stove/Microwave/Toaster/Refrigerator/Coffee Grinder/Blender"),
    _group("OFF-AR", "Art", 1500, 0.72, 9, "Stanley/Boston/Sanford/BIC/Faber-Castell",
           "Pencil Sharpener/Canvas/Sketch Pad/Markers, Water Color/Highlighters \N{LOWER LEFT CRAYON}/Pens, Blue"),
    _group("OFF-BI", "Binders", 1400, 0.66, 11, 'Avery/Cardinal/Acco/Ibico/Wilson Jones "Hanging"',
           'Binder Covers/3-Hole Punch/Index Tab/Round Ring Binders/Binding Machine, 1.5" Rings'),
    _group("OFF-EN", "Envelopes", 2000, 0.66, 5, "Kraft/Jiffy/GlobeWeis/Ames/Cameo",
           'Business Envelopes/Clasp Envelope/Interoffice Envelope/Mailers, 10" x 13"/Peel and Seal'),
    _group("OFF-FA", "Fasteners", 1100, 0.70, 6, "OIC/Advantus/Stockwell/Acco/Accos",
           "Paper Clips\tBulk/Push Pins/Rubber Bands/Thumb Tacks/Staples, Assorted Sizes"),
    _group("OFF-LA", "Labels", 800, 0.64, 7, "Avery/Novimex/Smead/Hon/Harbour Creations",
           "Color Coded Labels/Legal Exhibit Labels/Shipping Labels\t5000/Round Labels/File Folder Labels"),
    _group("OFF-PA", "Paper", 1700, 0.64, 9, "Xerox/Eaton/Green Bar/SanDisk/Enermax",
           'Cards & Envelopes/Message Books/Note Cards/Parchment Paper/Memo Slips "While You Were Out"'),
    _group("OFF-ST", "Storage", 6500, 0.84, 9, "Fellowes/Rogers/Tenex/Smead/Eldon",
           "Lockers/File Cart/Shelving\\Wide/Trays, Single Width/Box, Blue \N{PACKAGE}"),
    _group("OFF-SU", "Supplies", 2400, 0.80, 5, "Acme/Fiskars/Kleencut/Elite/Stiletto",
           "Box Cutter/Letter Opener/Scissors/Ruler, Easy Grip/Shears, Forged Steel"),
    _group("TEC-AC", "Accessories", 7000, 0.72, 8, "Logitech/Belkin/Memorex/Kensington/Plantronics",
           "Flash Drive/Keyboard/Mouse, Erganomic/Numeric Keypad/Router/Headset \N{HEADPHONE}"),
    _group("TEC-CO", "Copiers", 32000, 0.66, 3, "Canon/Hewlett-Packard/Sharp/Brother/リコー",
           "Wireless Fax/Copy Machine/Ink, High-Speed/Personal Copier/Fax and Copier"),
    _group("TEC-MA", "Machines", 21000, 0.88, 3, "Epson/Panasonic/StarTech/Konica/Okidata",
           "Card Printer/Calculator/Receipt Printer/Phone, Red/Inkjet"),
    _group("TEC-PH", "Phones", 18000, 0.76, 8, "Apple/Cisco/Motorola/Nokia/Samsung/小米",
           "Smart Phone/Headset/Office Telephone/Speaker Phone/Signal Booster"),
)  # fmt: skip
_BY_ID = {group.subcategory_id: group for group in SUBCATEGORIES}
_UNKNOWN = Subcategory("", "", 4000, 0.75, 0, (), ())


@dataclass(frozen=True)
class Product:
    """A row of `products`, its fields in the order of the table's columns."""

    product_id: str
    product_name: str
    subcategory_id: str


def make_products(count: int, first_number: int, random: Random) -> list[Product]:
    """That many products, their numbers rising from `first_number`; every subcategory has one if the count allows."""
    groups = list(SUBCATEGORIES[:count])
    groups += random.choices(SUBCATEGORIES, [group.share_of_products for group in SUBCATEGORIES], k=count - len(groups))
    return [_product(first_number + position, group, random) for position, group in enumerate(groups)]


def _product(number: int, group: Subcategory, random: Random) -> Product:
    name = f"{random.choice(group.makers)} {random.choice(group.goods)}"
    model = f"{random.choice('ABCDEGKLMRSTX')}{int(10 + 990 * random.random())}"
    return Product(f"{group.subcategory_id}-{number}", f"{name}, {model}", group.subcategory_id)


def list_price(product_id: str) -> int:
    """The price of one piece in cents. It follows from the id alone, so that it need not be stored to stay the same."""
    return max(49, round(_group_of(product_id).typical_price * 5 ** (2 * _fraction(product_id) - 1)))


def cost_share(product_id: str) -> float:
    """The share of the list price that the goods cost; what a discount leaves above it is profit."""
    return _group_of(product_id).cost_share + 0.16 * (_fraction(f"cost of {product_id}") - 0.5)


def _group_of(product_id: str) -> Subcategory:
    return _BY_ID.get(product_id[:6], _UNKNOWN)


def _fraction(text: str) -> float:
    return crc32(text.encode()) / 2**32
