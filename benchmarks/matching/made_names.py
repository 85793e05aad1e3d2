"""Invented registers in Arabic and Latin letters: many enterprises that share words, as those of one town do.

The words fall into two halves. The coefficients are fitted on registers of the first half, the benchmark measures on
registers of the second: no brand, trade, owner or place stands in both.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from clusternet.ingest.matching.keys import name_keys

#: Of the names that differ from an earlier one by the legal form alone, this share is kept.
SAME_NAME_SHARE = 0.02
#: Halves of the words.
FITTING, MEASURING = 0, 1

_GIVEN = (
    ("Samir", "سمير"), ("Jamal", "جمال"), ("Nour", "نور"), ("Raed", "رائد"), ("Bilal", "بلال"), ("Laith", "ليث"),
    ("Maher", "ماهر"), ("Ziad", "زياد"), ("Suhail", "سهيل"), ("Rima", "ريما"), ("Hala", "هالة"), ("Ayman", "أيمن"),
    ("Firas", "فراس"), ("Ghassan", "غسان"), ("Imad", "عماد"), ("Kamal", "كمال"), ("Luay", "لؤي"), ("Muhammad", "محمد"),
    ("Nizar", "نزار"), ("Qusai", "قصي"), ("Saad", "سعد"), ("Taha", "طه"), ("Wael", "وائل"), ("Yasin", "ياسين"),
    ("Abdel Rahman", "عبد الرحمن"), ("Abdullah", "عبد الله"), ("Amal", "آمال"), ("Basma", "بسمة"), ("Jihad", "جهاد"),
    ("Khadija", "خديجة"), ("Mariam", "مريم"), ("Noha", "نهى"), ("Reem", "ريم"), ("Siham", "سهام"), ("Thaer", "ثائر"),
    ("Ismail", "إسماعيل"), ("Idris", "إدريس"), ("Isam", "عصام"), ("Mazen", "مازن"), ("Murad", "مراد"),
)  # fmt: skip
_FAMILY = (
    ("Qasim", "قاسم"), ("Al Zoubi", "الزعبي"), ("Al Khalidi", "الخالدي"), ("Haddadin", "حدادين"), ("Obeidat", "عبيدات"),
    ("Al Rawi", "الراوي"), ("Al Tamimi", "التميمي"), ("Shaheen", "شاهين"), ("Sabbagh", "صباغ"), ("Habib", "حبيب"),
    ("Al Jabiri", "الجابري"), ("Khoury", "خوري"), ("Maalouf", "معلوف"), ("Nasrallah", "نصرالله"), ("Odeh", "عودة"),
    ("Qabbani", "قباني"), ("Rifai", "رفاعي"), ("Saleh", "صالح"), ("Tarawneh", "طراونة"), ("Yaghi", "ياغي"),
    ("Al Dosari", "الدوسري"), ("Al Enezi", "العنزي"), ("Bitar", "بيطار"), ("Daoud", "داود"), ("Fakhoury", "فاخوري"),
    ("Ghazal", "غزال"), ("Hijazi", "حجازي"), ("Issa", "عيسى"), ("Jaradat", "جرادات"), ("Kanaan", "كنعان"),
    ("Al Lawzi", "اللوزي"), ("Mubarak", "مبارك"), ("Najjar", "نجار"), ("Al Omari", "العمري"), ("Al Masri", "المصري"),
    ("Raslan", "رسلان"), ("Samara", "سمارة"), ("Tuqan", "طوقان"), ("Wahba", "وهبة"), ("Zreiq", "زريق"),
)  # fmt: skip
_BRANDS = (
    ("Al Waha", "الواحة"), ("Al Fajr", "الفجر"), ("Al Yarmouk", "اليرموك"), ("Al Quds", "القدس"), ("Petra", "البتراء"),
    ("Al Shurouq", "الشروق"), ("Al Mada", "المدى"), ("Al Rabie", "الربيع"), ("Al Jawhara", "الجوهرة"),
    ("Al Thiqa", "الثقة"), ("Al Ikhlas", "الإخلاص"), ("Al Afaq", "الآفاق"), ("Al Ahliya", "الأهلية"),
    ("Al Wataniya", "الوطنية"), ("Al Arabiya", "العربية"), ("Al Haditha", "الحديثة"), ("Al Mutahida", "المتحدة"),
    ("Al Dawliya", "الدولية"), ("Al Sharq", "الشرق"), ("Al Furat", "الفرات"), ("Al Nakhil", "النخيل"),
    ("Al Zaytouna", "الزيتونة"), ("Al Qimma", "القمة"), ("Al Ittihad", "الاتحاد"), ("Al Nujoum", "النجوم"),
    ("Al Lulu", "اللؤلؤ"), ("Al Mawrid", "المورد"), ("Al Ruwad", "الرواد"), ("Al Saqr", "الصقر"),
    ("Al Karama", "الكرامة"),
    ("Al Bunyan", "البنيان"), ("Al Takamul", "التكامل"), ("Al Hayat", "الحياة"), ("Al Ghadir", "الغدير"),
)  # fmt: skip
_TRADES = (
    ("Trading", "للتجارة"), ("Foods", "للأغذية"), ("Furniture", "للأثاث"), ("Textiles", "للنسيج"),
    ("Plastics", "للبلاستيك"), ("Packaging", "للتغليف"), ("Dairy", "للألبان"), ("Metal Works", "للأشغال المعدنية"),
    ("Carpentry", "للنجارة"), ("Garments", "للملابس"), ("Shoes", "للأحذية"), ("Printing", "للطباعة"),
    ("Ceramics", "للسيراميك"), ("Detergents", "للمنظفات"), ("Poultry", "للدواجن"), ("Transport", "للنقل"),
    ("Contracting", "للمقاولات"), ("Machinery", "للآلات"), ("Olive Oil", "لزيت الزيتون"), ("Bakery", "للمخبوزات"),
    ("Chemical Industries", "للصناعات الكيماوية"), ("Spare Parts", "لقطع الغيار"), ("Leather", "للجلود"),
    ("Paper", "للورق"), ("Building Materials", "لمواد البناء"), ("Electrical", "للكهربائيات"), ("Glass", "للزجاج"),
    ("Marble", "للرخام"), ("Seeds", "للبذور"), ("Import and Export", "للاستيراد والتصدير"), ("Sweets", "للحلويات"),
    ("Aluminium", "للألمنيوم"), ("Services", "للخدمات"), ("General Trading", "للتجارة العامة"),
)  # fmt: skip
_PLACES = (
    ("Amman", "عمان"), ("Zarqa", "الزرقاء"), ("Irbid", "إربد"), ("Aqaba", "العقبة"), ("Basra", "البصرة"),
    ("Aleppo", "حلب"), ("Nablus", "نابلس"), ("Hebron", "الخليل"), ("Sfax", "صفاقس"), ("Oran", "وهران"),
    ("Shenzhen", "شنجن"), ("Ningbo", "نينغبو"), ("Dhaka", "دكا"), ("Izmir", "إزمير"), ("Pécs", "بيتش"),
    ("Győr", "جيور"),
)  # fmt: skip
_PARTNERS = (("", ""), ("", ""), ("", ""), (" & Sons", " وأولاده"), (" & Partners", " وشركاه"), (" Brothers", " إخوان"))
_FORMS_LATIN = ("", "", " Co.", " Ltd.", " Co. Ltd.", " LLC", " L.L.C.", " Est.", " Company", " W.L.L.", " Limited",
                " Inc.", " S.A.", " GmbH", " Kft.", " Pvt. Ltd.")  # fmt: skip
_FORMS_BEFORE = ("", "", "شركة ", "شركة ", "مؤسسة ")
_FORMS_BEHIND = ("", "", "", " ذ.م.م", " المساهمة العامة", " م.م", " ش.م.م", " المحدودة")
_SYLLABLES_LATIN = ("ba", "dor", "fen", "gu", "hai", "jin", "kor", "lu", "mer", "nox", "pol", "ri", "san", "tek", "vi",
                    "xin", "yu", "zan", "bel", "cal", "dri", "esh", "ful", "gar", "hon", "kin", "lam", "mon", "ne",
                    "pra", "sho", "tal")  # fmt: skip
_SYLLABLES_ARABIC = ("با", "دور", "فن", "جو", "حي", "كور", "لو", "مر", "نوك", "ري", "سان", "تك", "في", "زان", "بل",
                     "دري",
                     "عش", "فل", "غار", "هون", "كن", "لام", "مون", "ني", "برا", "شو", "طل", "قص")  # fmt: skip


def _half(words: Sequence[tuple[str, str]], half: int, script: int) -> list[str]:
    return [pair[script] for pair in words[half::2]]


def made_names(seed: int, count: int, *, script: str, half: int) -> list[str]:
    """Invent the names of a register.

    Parameters
    ----------
    seed : int
        Seed of the register.
    count : int
        How many names.
    script : {"latin", "arabic"}
        In which letters.
    half : {0, 1}
        Which half of the words.

    Returns
    -------
    list of str
        Names, all different.

    Examples
    --------
    >>> len(set(made_names(0, 50, script="latin", half=FITTING)))
    50
    """
    generator = np.random.default_rng([seed, half, script == "arabic"])
    column = int(script == "arabic")
    given, family, brand, trade, place = (
        _half(words, half, column) for words in (_GIVEN, _FAMILY, _BRANDS, _TRADES, _PLACES)
    )
    syllables = (_SYLLABLES_LATIN, _SYLLABLES_ARABIC)[column][half::2]
    found: dict[str, None] = {}
    bare: set[str] = set()

    def one(words: Sequence[str]) -> str:
        return words[int(generator.integers(len(words)))]

    while len(found) < count:
        kind = generator.random()
        invented = "".join(one(syllables) for _ in range(int(generator.integers(2, 5)))).capitalize()
        if kind < 0.3:
            father = f"{one(given)} " if count > 500 or generator.random() < 0.3 else ""
            trades = f" {one(trade)}" if generator.random() < 0.8 else ""
            name = f"{one(given)} {father}{one(family)}{one([pair[column] for pair in _PARTNERS])}{trades}"
        elif kind < 0.5:
            second = f" {one(place)}" if count > 200 or generator.random() < 0.2 else ""
            name = f"{one(brand)}{second} {one(trade)}"
        elif kind < 0.8:
            name = f"{invented} {one(trade)}"
        elif kind < 0.9:
            name = f"{one(place)} {invented} {one(trade)}"
        else:
            name = f"{invented}" if count <= 20_000 else f"{invented} {one(family)}"
        if generator.random() < 0.05:
            name = f"{name} {int(generator.integers(1, 6))}"
        name = f"{one(_FORMS_BEFORE)}{name}{one(_FORMS_BEHIND)}" if column else f"{name}{one(_FORMS_LATIN)}"
        # Few enterprises of one town bear a name that differs by its legal form alone.
        key = name_keys(name).bare
        if key not in bare or generator.random() < SAME_NAME_SHARE:
            found[name] = None
            bare.add(key)
    return list(found)
