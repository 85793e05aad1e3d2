"""The industries that planted surveys draw on: stages, recipes, chains and the other factors of production.

Everything here is invented for teaching, in plausible proportions. Sectors are classes of ISIC Rev.4.
A resource has one unit and one factor wherever it appears, so needs and offers can be added up.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stage:
    """One step of production: what a workshop at this stage makes, and from what.

    Parameters
    ----------
    name : str
        The stage, as it stands in the enterprises and recipes tables.
    product : str
        What the stage makes; no other stage makes it.
    sector : str
        Four-digit class of ISIC Rev.4.
    unit : str
        Unit of the product.
    unit_cost : float
        Usual price of one unit of the product, in currency.
    energy : float
        Electricity for one unit of the product, in kWh.
    trade_arabic : str
        The trade in Arabic, as it ends the name of a workshop.
    inputs : tuple of (str, float)
        Resources and the quantity of each for one unit of the product.
    leaves : tuple of (str, float)
        By-products and the kilograms of each left by one unit of the product.
    reuses : tuple of (str, float)
        By-products and the kilograms of each that one unit of the product can take in.
    """

    name: str
    product: str
    sector: str
    unit: str
    unit_cost: float
    energy: float
    trade_arabic: str
    inputs: tuple[tuple[str, float], ...]
    leaves: tuple[tuple[str, float], ...] = ()
    reuses: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Chain:
    """One value chain, from raw materials to one final product.

    Parameters
    ----------
    industry : str
        The industry that the chain belongs to.
    stages : tuple of str
        Names of the stages, upstream first; the last one makes the final product.
    monthly_output : tuple of (int, int)
        Fewest and most final products that one cluster makes in a month.
    women_share : float
        Usual share of women among the workers, 0..1.
    machine : str
        The machine time that workshops of the chain share, in hours.
    """

    industry: str
    stages: tuple[str, ...]
    monthly_output: tuple[int, int]
    women_share: float
    machine: str


# fmt: off
STAGES = (
    # Furniture.
    Stage("timber drying", "dried timber", "1610", "m3", 260, 90, "لتجفيف الأخشاب", (("logs", 1.25),),
          reuses=(("sawdust", 40),)),
    Stage("sawing", "sawn boards", "1610", "m3", 420, 35, "لنشر الأخشاب", (("dried timber", 1.3),),
          leaves=(("sawdust", 60),)),
    Stage("veneer cutting", "veneer sheets", "1621", "m2", 4, 0.8, "لتقطيع القشرة",
          (("dried timber", 0.003),), leaves=(("wood offcuts", 0.3),)),
    Stage("panel pressing", "veneered panels", "1621", "m2", 17, 2.5, "لكبس الألواح",
          (("veneer sheets", 2.1), ("particle board", 1.05), ("wood glue", 0.25)),
          reuses=(("wood offcuts", 0.5),)),
    Stage("frame making", "frames", "3100", "piece", 38, 4, "لصناعة الهياكل",
          (("sawn boards", 0.06), ("wood glue", 0.1)), leaves=(("wood offcuts", 2),)),
    Stage("carving", "carved parts", "1629", "piece", 12, 1.5, "للحفر على الخشب", (("sawn boards", 0.012),),
          leaves=(("wood offcuts", 0.5),)),
    Stage("varnish mixing", "varnish", "2022", "litre", 7, 0.4, "لخلط الورنيش",
          (("resin", 0.5), ("solvent", 0.6))),
    Stage("varnishing", "varnished frames", "3100", "piece", 55, 2, "لدهان الأثاث",
          (("frames", 1), ("varnish", 0.8))),
    Stage("upholstery", "cushions", "1392", "piece", 16, 0.8, "للتنجيد",
          (("furnishing fabric", 1.6), ("foam", 1.1)), leaves=(("fabric scraps", 0.2),)),
    Stage("hardware forging", "hardware sets", "2599", "set", 9, 2.2, "لمفصلات الأثاث",
          (("steel rod", 1.4),), leaves=(("metal offcuts", 0.1),)),
    Stage("packaging", "cartons", "1702", "piece", 2.5, 0.2, "للتعبئة والتغليف", (("cardboard", 1.1),)),
    Stage("sofa assembly", "sofas", "3100", "piece", 420, 6, "لصناعة الكنب",
          (("varnished frames", 1), ("cushions", 6), ("carved parts", 4), ("cartons", 2))),
    Stage("wardrobe assembly", "wardrobes", "3100", "piece", 430, 8, "لصناعة الدواليب",
          (("veneered panels", 9), ("varnished frames", 1), ("hardware sets", 2), ("cartons", 3))),
    Stage("dining set assembly", "dining sets", "3100", "set", 980, 10, "لصناعة غرف السفرة",
          (("varnished frames", 7), ("carved parts", 8), ("cushions", 6), ("cartons", 4))),
    # Garments.
    Stage("spinning", "cotton yarn", "1311", "kg", 4.2, 3, "لغزل القطن", (("raw cotton", 1.1),)),
    Stage("weaving", "woven cloth", "1312", "m", 2.6, 0.5, "للنسيج", (("cotton yarn", 0.25),)),
    Stage("dyeing", "dyed cloth", "1313", "m", 3.8, 0.7, "للصباغة",
          (("woven cloth", 1.02), ("dyestuff", 0.03))),
    Stage("button making", "buttons", "3290", "dozen", 1.2, 0.2, "للأزرار", (("plastic granulate", 0.1),)),
    Stage("cloth cutting", "cut pieces", "1410", "set", 9, 0.3, "لقص الأقمشة", (("dyed cloth", 1.9),),
          leaves=(("fabric scraps", 0.15),)),
    Stage("embroidery", "embroidered panels", "1399", "piece", 4.5, 0.4, "للتطريز",
          (("dyed cloth", 0.4), ("cotton yarn", 0.05))),
    Stage("sewing", "sewn dresses", "1410", "piece", 19, 0.9, "للخياطة",
          (("cut pieces", 1), ("embroidered panels", 1), ("buttons", 0.5))),
    Stage("garment finishing", "dresses", "1410", "piece", 25, 0.6, "للملابس الجاهزة",
          (("sewn dresses", 1), ("cartons", 0.05))),
    # Leather shoes.
    Stage("tanning", "leather", "1511", "m2", 24, 2.4, "لدباغة الجلود",
          (("raw hides", 1.3), ("tanning salts", 0.9)), leaves=(("leather scraps", 0.2),)),
    Stage("sole moulding", "soles", "2219", "pair", 3.5, 0.8, "لنعال الأحذية", (("rubber", 0.7),)),
    Stage("upper cutting", "cut uppers", "1520", "pair", 8, 0.2, "لقص الجلود", (("leather", 0.22),),
          leaves=(("leather scraps", 0.05),)),
    Stage("upper stitching", "stitched uppers", "1520", "pair", 11, 0.4, "لخياطة الجلود",
          (("cut uppers", 1), ("sewing thread", 0.02))),
    Stage("buckle casting", "buckles", "2599", "pair", 1.1, 0.3, "لأبازيم الأحذية", (("brass", 0.05),),
          leaves=(("metal offcuts", 0.01),)),
    Stage("shoe lasting", "lasted shoes", "1520", "pair", 20, 0.6, "لتجميع الأحذية",
          (("stitched uppers", 1), ("soles", 1), ("buckles", 1))),
    Stage("shoe finishing", "leather shoes", "1520", "pair", 27, 0.3, "للأحذية الجلدية",
          (("lasted shoes", 1), ("shoe polish", 0.02), ("cartons", 0.5))),
    # Olive oil and soap.
    Stage("olive pressing", "olive oil", "1040", "litre", 4, 0.5, "لعصر الزيتون", (("olives", 5.2),),
          leaves=(("olive pomace", 1.8),)),
    Stage("lye making", "lye", "2011", "kg", 1.1, 0.3, "للصودا", (("caustic soda", 0.4),)),
    Stage("herb distilling", "essential oils", "2029", "litre", 45, 6, "لتقطير الأعشاب", (("herbs", 60),)),
    Stage("soap boiling", "raw soap", "2023", "kg", 5, 0.6, "لطبخ الصابون",
          (("olive oil", 0.8), ("lye", 0.14), ("essential oils", 0.01)), reuses=(("olive pomace", 0.6),)),
    Stage("soap cutting", "soap bars", "2023", "dozen", 9, 0.1, "لتقطيع الصابون", (("raw soap", 1.5),)),
    Stage("label printing", "labels", "1811", "hundred", 3, 0.2, "لطباعة الملصقات", (("label paper", 0.2),)),
    Stage("soap wrapping", "olive soap", "8292", "dozen", 12, 0.1, "لصابون الزيتون",
          (("soap bars", 1), ("labels", 0.12), ("cartons", 0.1))),
    # Metalwork.
    Stage("scrap sorting", "sorted scrap", "3830", "kg", 0.4, 0.05, "لفرز الخردة", (("scrap metal", 1.1),),
          reuses=(("metal offcuts", 0.1),)),
    Stage("casting", "castings", "2431", "kg", 1.6, 0.4, "لسباكة المعادن",
          (("sorted scrap", 1.1), ("coke", 0.3))),
    Stage("sheet cutting", "cut sheets", "2591", "kg", 1.5, 0.1, "لقص الصاج", (("steel coil", 1.05),),
          leaves=(("metal offcuts", 0.05),)),
    Stage("turning", "turned parts", "2592", "piece", 3, 0.8, "لخراطة المعادن", (("castings", 1.2),),
          leaves=(("metal offcuts", 0.2),)),
    Stage("handle forging", "forged handles", "2593", "piece", 2, 0.6, "للحدادة", (("steel rod", 0.5),)),
    Stage("welding", "welded bodies", "2599", "piece", 27, 3, "للحام المعادن",
          (("cut sheets", 9), ("turned parts", 2))),
    Stage("enamelling", "enamelled bodies", "2592", "piece", 34, 5, "لطلاء المينا",
          (("welded bodies", 1), ("enamel powder", 0.6))),
    Stage("stove assembly", "stoves", "2750", "piece", 62, 2, "لصناعة المواقد",
          (("enamelled bodies", 1), ("forged handles", 3), ("castings", 4), ("cartons", 1))),
    # Ceramics.
    Stage("clay digging", "quarried clay", "0810", "kg", 0.05, 0.01, "للمحاجر", (("diesel", 0.01),)),
    Stage("clay preparing", "prepared clay", "2392", "kg", 0.15, 0.05, "لتحضير الطين",
          (("quarried clay", 1.2),), reuses=(("pottery shards", 0.02),)),
    Stage("glaze mixing", "glaze", "2029", "kg", 3, 0.5, "لخلط الجليز", (("frit", 0.7), ("pigment", 0.05))),
    Stage("mould making", "moulds", "2395", "piece", 6, 0.3, "لقوالب الجبس", (("plaster", 4),)),
    Stage("pot throwing", "raw pots", "2393", "piece", 1, 0.1, "لتشكيل الفخار",
          (("prepared clay", 1.4), ("moulds", 0.01))),
    Stage("bisque firing", "fired pots", "2393", "piece", 1.8, 1.6, "لحرق الفخار", (("raw pots", 1.05),),
          leaves=(("pottery shards", 0.05),)),
    Stage("glazing", "glazed tableware", "2393", "piece", 3.2, 1.2, "لتزجيج الخزف",
          (("fired pots", 1.03), ("glaze", 0.08))),
    Stage("tableware packing", "tableware sets", "8292", "set", 25, 0.1, "للأطقم الخزفية",
          (("glazed tableware", 6), ("cartons", 0.5))),
)

CHAINS = (
    Chain("furniture", ("timber drying", "sawing", "frame making", "carving", "varnish mixing", "varnishing",
          "upholstery", "packaging", "sofa assembly"), (12, 40), 0.1, "CNC router"),
    Chain("furniture", ("timber drying", "sawing", "veneer cutting", "panel pressing", "frame making",
          "varnish mixing", "varnishing", "hardware forging", "packaging", "wardrobe assembly"), (10, 40),
          0.1, "CNC router"),
    Chain("furniture", ("timber drying", "sawing", "frame making", "carving", "varnish mixing", "varnishing",
          "upholstery", "packaging", "dining set assembly"), (6, 20), 0.12, "CNC router"),
    Chain("garments", ("spinning", "weaving", "dyeing", "button making", "cloth cutting", "embroidery",
          "sewing", "packaging", "garment finishing"), (200, 900), 0.7, "embroidery machine"),
    Chain("leather shoes", ("tanning", "sole moulding", "upper cutting", "upper stitching", "buckle casting",
          "shoe lasting", "packaging", "shoe finishing"), (150, 700), 0.3, "stitching machine"),
    Chain("olive soap", ("olive pressing", "lye making", "herb distilling", "soap boiling", "soap cutting",
          "label printing", "packaging", "soap wrapping"), (200, 800), 0.5, "soap press"),
    Chain("metalwork", ("scrap sorting", "casting", "sheet cutting", "turning", "handle forging", "welding",
          "enamelling", "packaging", "stove assembly"), (40, 160), 0.08, "lathe"),
    Chain("ceramics", ("clay digging", "clay preparing", "glaze mixing", "mould making", "pot throwing",
          "bisque firing", "glazing", "packaging", "tableware packing"), (60, 250), 0.35, "kiln"),
)
# fmt: on

# Raw materials: bought from outside the chains. Name -> unit.
RAW_MATERIALS = {
    "logs": "m3", "particle board": "m2", "wood glue": "kg", "resin": "kg", "solvent": "litre",
    "furnishing fabric": "m", "foam": "kg", "steel rod": "kg", "cardboard": "kg", "raw cotton": "kg",
    "dyestuff": "kg", "plastic granulate": "kg", "raw hides": "m2", "tanning salts": "kg", "rubber": "kg",
    "sewing thread": "kg", "brass": "kg", "shoe polish": "kg", "olives": "kg", "caustic soda": "kg",
    "herbs": "kg", "label paper": "kg", "scrap metal": "kg", "coke": "kg", "steel coil": "kg",
    "enamel powder": "kg", "diesel": "litre", "frit": "kg", "pigment": "kg", "plaster": "kg",
}  # fmt: skip


@dataclass(frozen=True)
class Factor:
    """A resource that workshops of every stage may lack or have to spare.

    Parameters
    ----------
    resource, factor, unit : str
        Name, factor of production and unit, as in the resources table.
    unit_cost : float
        Usual price of one unit, in currency.
    needing, offering : float
        Shares of the enterprises that need it and that have it to spare; together at most 1.
    quantity : tuple of (int, int)
        Least and most that one enterprise needs or offers in a month, in `unit`.
    """

    resource: str
    factor: str
    unit: str
    unit_cost: float
    needing: float
    offering: float
    quantity: tuple[int, int]


FACTORS = (
    Factor("skilled labour", "labour", "hour", 3.0, 0.35, 0.30, (20, 120)),
    Factor("working capital", "capital", "thousand", 18.0, 0.30, 0.12, (1, 15)),
    Factor("design advice", "knowledge", "hour", 6.0, 0.20, 0.12, (2, 20)),
)
# Electricity and machine time differ by stage and chain, so only their shares and prices are set here.
ELECTRICITY = Factor("electricity", "energy", "kWh", 0.12, 0.88, 0.12, (100, 900))
MACHINE = Factor("{machine} time", "technology", "hour", 8.0, 0.25, 0.15, (5, 60))
BYPRODUCT_COST = 0.1
