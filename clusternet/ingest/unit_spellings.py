"""Units of measure as surveys write them, in English, French and Arabic."""

from __future__ import annotations

from typing import NamedTuple

#: The spelling that is kept, what the unit measures, how many of the first unit of that measure it is, and other
#: spellings; an indented line goes on with them. Where no other unit is a fixed number of it there is no measure: a
#: dunum, a gallon and a barrel differ from country to country, and how many hours a working day has is the office's to
#: say. Spaces, points, case, accents and variant letters of Arabic make no difference and need no spelling here.
_SPELLINGS = """
kg mass 1: kgs, kilo, kilos, kilogram, kilograms, kilogramme, kilogrammes, كغ, كغم, كجم, كلغ, كيلو, كيلوغرام,
    كيلوجرام, كيلو غرام, كيلوغرامات, كيلوغراما
g mass 0.001: gr, gm, gram, grams, gramme, grammes, غ, غم, غرام, غرامات, جرام, جم
t mass 1000: ton, tons, tonne, tonnes, metric ton, metric tons, metric tonne, mt, طن, أطنان, طنا, طن متري, tonne
    métrique
quintal mass 100: quintals, quintaux
lb mass 0.45359237: lbs, رطل إنجليزي
m length 1: metre, metres, meter, meters, mètre, mètres, mtr, mtrs, linear metre, lm, م, متر, أمتار, مترا, متر طولي, م
    ط
cm length 0.01: centimetre, centimetres, centimeter, centimeters, centimètre, سم, سنتيمتر, سنتمتر, سانتي
mm length 0.001: millimetre, millimetres, millimeter, millimètre, مم, ملم, مليمتر, ملليمتر
km length 1000: kilometre, kilometres, kilometer, kilometers, kilomètre, كم, كيلومتر, كيلو متر
inch length 0.0254: inches, pouce, pouces, بوصة, إنش
foot length 0.3048: feet, ft, pied, pieds, قدم
m2 area 1: sqm, sq m, sq metre, sq meter, square metre, square metres, square meter, square meters, mètre carré,
    mètres carrés, م2, متر مربع, أمتار مربعة, مترا مربعا, متر2
cm2 area 0.0001: sq cm, square centimetre, سم2, سنتيمتر مربع
ha area 10000: hectare, hectares, هكتار, هكتارات
dunum - 1: dunums, dunam, dunams, donum, دونم, دونمات, دنم
feddan - 1: feddans, فدان, أفدنة
m3 volume 1: cbm, cu m, cubic metre, cubic metres, cubic meter, cubic meters, mètre cube, mètres cubes, م3, متر مكعب,
    أمتار مكعبة, مترا مكعبا, متر3
litre volume 0.001: l, lt, ltr, ltrs, liter, liters, litres, ل, لتر, ليتر, لترات, لترا
ml volume 0.000001: millilitre, millilitres, milliliter, milliliters, مل, مليلتر, ملليلتر
gallon - 1: gallons, gal, جالون, غالون
barrel - 1: barrels, baril, barils, برميل, براميل
kWh energy 1: kilowatt hour, kilowatt hours, kwhr, kw hour, kilowattheure, kilowattheures, ك و س, كوس, كيلوواط ساعة,
    كيلو واط ساعة, كيلو وات ساعة, كيلوات ساعة, كيلوواط ساعي, كيلوواط/ساعة, كيلو واط/ساعة, ك.و/س, kw/h
Wh energy 0.001: watt hour, watt hours, واط ساعة
MWh energy 1000: megawatt hour, megawatt hours, mégawattheure, ميغاواط ساعة, ميجاوات ساعة, م و س
MJ energy 0.2777777777777778: megajoule, megajoules, ميغاجول, ميجاجول
kW - 1: kilowatt, kilowatts, كيلوواط, كيلو واط, كيلووات
piece count 1: pieces, pc, pcs, pce, pièce, pièces, item, items, each, ea, nos, قطعة, قطع, حبة, حبات, قطعه واحدة
dozen count 12: dozens, doz, dz, douzaine, douzaines, دزينة, دزينات, درزن
hundred count 100: hundreds, centaine, مئة, مائة
thousand count 1000: thousands, mille, millier, milliers, ألف, آلاف, الف قطعة, 1000 pieces
unit - 1: units, unité, unités, وحدة, وحدات
pair - 1: pairs, paire, paires, زوج, أزواج
set - 1: sets, jeu, kit, kits, طقم, أطقم, مجموعة
bag - 1: bags, sack, sacks, sac, sacs, كيس, أكياس, شوال, شوالات
box - 1: boxes, carton, cartons, boîte, boîtes, caisse, صندوق, صناديق, كرتونة, علبة, علب
bottle - 1: bottles, bouteille, bouteilles, زجاجة, زجاجات, قنينة, قناني
roll - 1: rolls, rouleau, rouleaux, لفة, لفات, رول
sheet - 1: sheets, feuille, feuilles, لوح, ألواح, ورقة
head - 1: heads, tête, têtes, رأس, رؤوس
truckload - 1: truckloads, truck load, truck loads, camion, شاحنة, حمولة, حمولة شاحنة, نقلة, نقلات
minute time 0.0166667: minutes, min, mins, دقيقة, دقائق
hour time 1: hours, hr, hrs, h, heure, heures, ساعة, ساعات, ساعة عمل, working hour, man hour, man hours
day - 1: days, jour, jours, journée, يوم, أيام, يوم عمل, يوم واحد, working day, workday, man day, man days
week - 1: weeks, wk, wks, semaine, semaines, أسبوع, أسابيع
month - 1: months, mo, mois, شهر, أشهر, شهور, شهريا
year - 1: years, yr, yrs, an, ans, année, années, annum, سنة, سنوات, عام
person - 1: persons, people, worker, workers, labourer, labourers, employee, employees, personne, personnes, ouvrier,
    ouvriers, travailleur, travailleurs, عامل, عمال, عاملة, شخص, أشخاص, موظف, موظفين, فرد, أفراد
trip - 1: trips, voyage, voyages, رحلة, رحلات
percent - 1: %, per cent, pourcent, pour cent, بالمئة, بالمائة, في المئة, ٪
USD - 1: $, us$, us dollar, us dollars, usd $, dollar us, دولار أمريكي, دولار امريكي
EUR - 1: €, euro, euros, يورو
GBP - 1: £, pound sterling, pounds sterling, جنيه استرليني
JOD - 1: jd, jds, jordanian dinar, jordanian dinars, dinar jordanien, دينار أردني, د أ
EGP - 1: le, egyptian pound, egyptian pounds, livre égyptienne, جنيه مصري
SAR - 1: saudi riyal, saudi riyals, sr, ريال سعودي, ر س
AED - 1: dirham uae, uae dirham, درهم إماراتي
MAD - 1: moroccan dirham, dirham marocain, درهم مغربي, د م
DZD - 1: algerian dinar, dinar algérien, دينار جزائري, د ج
TND - 1: tunisian dinar, dinar tunisien, دينار تونسي, د ت
IQD - 1: iraqi dinar, دينار عراقي, د ع
LBP - 1: ll, lebanese pound, livre libanaise, ليرة لبنانية, ل ل
SYP - 1: syrian pound, livre syrienne, ليرة سورية, ل س
YER - 1: yemeni rial, yemeni riyal, ريال يمني
LYD - 1: libyan dinar, دينار ليبي, د ل
SDG - 1: sudanese pound, جنيه سوداني
ILS - 1: nis, shekel, shekels, شيكل, شيقل
KWD - 1: kuwaiti dinar, دينار كويتي, د ك
QAR - 1: qatari riyal, ريال قطري
OMR - 1: omani rial, ريال عماني
BHD - 1: bahraini dinar, دينار بحريني
TRY - 1: turkish lira, ليرة تركية
XOF - 1: cfa franc, franc cfa, fcfa, cfa
"""


class Unit(NamedTuple):
    """A unit: the spelling that is kept, what it measures ("-" for nothing but itself), and its size there."""

    name: str
    measure: str
    size: float


def _read(line: str) -> tuple[Unit, tuple[str, ...]]:
    head, spellings = line.split(":")
    name, measure, size = head.split()
    return Unit(name, measure, float(size)), (name, *(spelling.strip() for spelling in spellings.split(",")))


#: Every unit with all its spellings.
UNITS: tuple[tuple[Unit, tuple[str, ...]], ...] = tuple(
    _read(line) for line in _SPELLINGS.replace("\n    ", " ").strip().splitlines()
)
