"""Encodings from before Unicode: found when the words make sense in one of them only, else left alone."""

import random

import pytest

from clusternet.ingest.legacy_encodings import legacy_encoding, letters_beyond_ascii, words_to_show

ARABIC = (
    "شركة مؤسسة مصنع النور الأمل السلام للصناعات الغذائية والتجارة الخشبية ورشة نجارة حدادة خياطة الزرقاء عمان إربد "
    "مطبعة الشرق الأوسط للألبسة الجاهزة مخبز الحياة تعاونية النساء الريفية للحرف اليدوية صيانة السيارات وأولاده غزل "
    "نسيج جلود أحذية بلاستيك زجاج ألمنيوم معدات زراعية تعبئة وتغليف قطع غيار كهرباء"
).split()
FRENCH = (
    "société générale forêts façonné côté élève créé mécanique électricité qualité coopérative fermée âgée naïve Noël "
    "hôtel bientôt pêche intérêt bénéfice École Énergie Été Équipement générateur chaîne maïs reçu français ÉLECTRICITÉ "
    "voilà là drôle crème brûlée matériaux métal défaut forgé tapissé"
).split()
TURKISH = "Işık İstanbul Ağaç şirket ürün çalışma dağıtım işçi üretim güneş gümüş kâğıt öğüt değirmen balıkçı".split()
PERSIAN = "گروه صنعتي چوب پارس توليدي کارگاه نجاري مبلمان چرم گچ پارچه بافندگي فولاد البرز تهران اصفهان".split()
PERSIAN = [word.replace("ک", "ك") for word in PERSIAN]


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (ARABIC, "cp1256"),
        (ARABIC, "iso-8859-6"),
        (PERSIAN, "cp1256"),
        (FRENCH, "cp1252"),
        (TURKISH, "cp1254"),
        ([*ARABIC, *[word for word in FRENCH if "é" in word]], "cp1256"),
    ],
)
@pytest.mark.parametrize("length", [1, 2, 5, 12, 40])
def test_never_wrong_and_sure_from_a_dozen_words_on(words, encoding, length):
    chance = random.Random(length)
    right = wrong = tried = 0
    for _ in range(100):
        text = " ".join(chance.choice(words) for _ in range(length))
        try:
            data = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if data.isascii():
            continue
        tried += 1
        found = legacy_encoding(data)
        right += bool(found) and data.decode(found) == text
        wrong += bool(found) and data.decode(found) != text
    assert tried > 20
    assert wrong == 0
    assert right >= (0.99 if length >= 12 else 0.8 if length == 5 else 0) * tried


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Москва предприятие мебель дерево завод", "cp1251"),
        ("Москва предприятие мебель дерево завод", "koi8-r"),
        ("Ελλάδα επιχείρηση ξύλο έπιπλα", "cp1253"),
        ("חברה לתעשייה רהיטים עץ", "cp1255"),
        ("École été Société générale", "mac_roman"),
        ("École été Société générale", "cp850"),
        ("شركة النور للصناعات الخشبية", "cp720"),
        ("株式会社 東京 家具", "shift_jis"),
        ("中国公司 家具 木材", "gbk"),
    ],
)
def test_other_encodings_are_not_taken_for_these(text, encoding):
    assert legacy_encoding(text.encode(encoding)) == ""


def test_controls_and_bytes_of_all_kinds_are_no_text():
    assert legacy_encoding(bytes(range(128, 256))) == ""
    assert legacy_encoding("شركة النور".encode("cp1256") + b" \x81\x8d\x90 \xc7\xe1\x07") == ""


def test_ascii_has_no_legacy_encoding():
    assert legacy_encoding(b"plain text") == ""


def test_shown_are_words_of_trade_and_letters_but_no_names():
    data = "ورشة النور ورشة الأرز معمل النور النور النور".encode("cp1256")
    assert words_to_show(data, "cp1256") == ["معمل", "ورشة"]
    assert letters_beyond_ascii("été à".encode("cp1252"), "cp1252") == ["é", "à"]
