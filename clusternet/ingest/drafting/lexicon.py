"""What people call the columns of a survey: words in English, Arabic and French, as data.

Spelling variants, articles, plurals and the order of words make no difference
(:mod:`clusternet.ingest.drafting.words`), so each is written once. Nothing here is shown to a reader.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """What one column of the contract is called elsewhere.

    Parameters
    ----------
    column : str
        The column of ours.
    kind : str
        What its answers must be: ``"text"``, ``"number"``, ``"position"``, ``"yes or no"``, ``"id"`` or ``"any"``.
    phrases : str
        What it is called, separated by commas.
    without : str
        Words, separated by commas, beside which it is something else.
    """

    column: str
    kind: str
    phrases: str
    without: str = ""


#: Whose name it is when it is not that of the enterprise.
_OTHERS = (
    "owner, manager, contact, respondent, interviewer, enumerator, interviewee, person, supplier, vendor, customer, "
    "client, buyer, partner, competitor, product, item, material, village, city, district, region, governorate, "
    "town, street, first, last, father, مالك, صاحب, مدير, مبحوث, مستجيب, باحث, مقابلة, شخص, مورد, موردون, زبون, "
    "زبائن, عميل, عملاء, شريك, شركاء, منافس, منتج, مادة, قرية, مدينة, محافظة, منطقة, شارع, fournisseur, "
    "proprietaire, gerant, enqueteur, repondant, partenaire, produit, ville, concurrent"
)
_SOME = (
    "women, woman, female, youth, young, seasonal, temporary, family, need, train, نساء, نسوة, إناث, أنثى, امرأة, "
    "سيدات, شباب, موسمي, مؤقت, femme, jeune, saisonnier, supplier, مورد, partner, شريك, customer, زبون"
)
_PARTNERS = "supplier, customer, buyer, partner, مورد, زبون, عميل, شريك, fournisseur, client, partenaire"

#: Columns of the register, the more special before the more general.
ENTERPRISE_TERMS = (
    Term(
        "enterprise_id",
        "id",
        "enterprise id, enterprise code, enterprise number, business id, company id, firm id, firm code, unit id, "
        "registration number, register number, serial, id, code, رقم المنشأة, رمز المنشأة, كود المنشأة, معرف "
        "المنشأة, رقم الشركة, رقم السجل, الرقم الوطني للمنشأة, رقم التسجيل, identifiant, numero entreprise, code "
        "entreprise",
        f"sector, isic, nace, activity, phone, postal, قطاع, هاتف, {_PARTNERS}",
    ),
    Term(
        "name_alt",
        "text",
        "name alt, alternative name, other name, english name, arabic name, name in english, name in arabic, short "
        "name, الاسم بالإنجليزية, اسم المنشأة بالإنجليزية, اسم المنشأة بالعربية, الاسم الآخر, اسم آخر, اسم الشهرة, "
        "autre nom",
        _OTHERS,
    ),
    Term(
        "name",
        "text",
        "name, enterprise name, business name, company name, firm name, workshop name, factory name, trade name, "
        "establishment name, shop name, project name, enterprise, business, company, firm, اسم المنشأة, المنشأة, "
        "اسم, اسم الشركة, الشركة, اسم المؤسسة, المؤسسة, اسم المشروع, اسم الورشة, اسم المصنع, اسم المحل, الاسم "
        "التجاري, اسم منشأتك, اسم منشأتكم, اسم شركتك, اسم مشروعك, nom, nom entreprise, entreprise, raison sociale, "
        "nom societe",
        _OTHERS,
    ),
    Term(
        "sector",
        "text",
        "sector, industry, economic activity, main activity, business activity, activity, field work, line "
        "business, isic, isic code, nace, sector code, branch, type business, kind business, القطاع, قطاع العمل, "
        "قطاع المنشأة, النشاط, النشاط الاقتصادي, النشاط الرئيسي, مجال العمل, نوع النشاط, رمز النشاط, secteur, "
        "secteur activite, activite, activite principale, branche, sect, ind",
        _PARTNERS,
    ),
    Term(
        "stage",
        "text",
        "stage, production stage, value chain stage, stage production, position value chain, role value chain, "
        "step, المرحلة, مرحلة الإنتاج, مرحلة سلسلة القيمة, حلقة سلسلة القيمة, etape, stade, etape production",
        _PARTNERS,
    ),
    Term(
        "location",
        "position",
        "location, loc, gps, gps location, geopoint, geolocation, coordinate, position, map, geo, gps coordinate, "
        "الموقع, موقع المنشأة, الإحداثيات, الموقع الجغرافي, موقع, localisation, emplacement, coordonnees, position "
        "gps",
        _PARTNERS,
    ),
    Term("latitude", "number", "latitude, lat, خط العرض, دائرة العرض, y coordinate", "altitude"),
    Term("longitude", "number", "longitude, lon, long, lng, خط الطول, x coordinate"),
    Term(
        "place",
        "text",
        "place, city, town, village, district, region, governorate, area, neighbourhood, neighborhood, province, "
        "municipality, location, address, المكان, المدينة, المحافظة, القرية, البلدة, المنطقة, الحي, البلدية, "
        "اللواء, العنوان, الموقع, lieu, ville, commune, region, quartier, gouvernorat, adresse",
        f"email, birth, ip, {_PARTNERS}",
    ),
    Term(
        "women_workers",
        "number",
        "women worker, female worker, women employee, female employee, female, women, women working, number women, "
        "العاملات, النساء العاملات, عدد النساء, العاملين من النساء, عدد العاملات, الإناث, عدد الإناث, الموظفات, "
        "femme, employees femme, nombre femme",
        f"owned, owner, {_PARTNERS}",
    ),
    Term(
        "youth_workers",
        "number",
        "youth worker, young worker, youth employee, young employee, youth, worker under 30, employee under 30, "
        "العاملين الشباب, عدد الشباب, الشباب, العاملين من الشباب, العاملون دون الثلاثين, jeune, nombre jeune, jeune "
        "employe",
        _PARTNERS,
    ),
    Term(
        "workers",
        "number",
        "worker, number worker, total worker, employee, number employee, total employee, staff, staff size, "
        "headcount, workforce, people work, person work, people employ, people employed, employment, emp, empl, "
        "nemp, fte, size, labour force, العاملون, العمال, عدد العاملين, عدد العمال, عدد الموظفين, الموظفون, عدد "
        "المستخدمين, حجم العمالة, employe, nombre employe, effectif, nombre salarie, salarie, nombre travailleur",
        _SOME,
    ),
    Term(
        "monthly_income",
        "number",
        "monthly income, income, monthly profit, net income, profit, income per month, earning, الدخل الشهري, "
        "الدخل, الربح الشهري, صافي الدخل, صافي الربح, revenu mensuel, revenu, benefice",
        _PARTNERS,
    ),
    Term(
        "turnover",
        "number",
        "turnover, annual turnover, sale, annual sale, revenue, annual revenue, yearly sale, monthly sale, حجم "
        "المبيعات, المبيعات, المبيعات السنوية, رقم الأعمال, الإيرادات, الإيرادات السنوية, chiffre affaire, vente "
        "annuelle",
        _PARTNERS,
    ),
    Term(
        "energy_use",
        "number",
        "energy use, energy consumption, electricity consumption, electricity use, kwh, power consumption, استهلاك "
        "الطاقة, استهلاك الكهرباء, كمية الكهرباء, consommation energie, consommation electricite",
    ),
    Term(
        "founded",
        "number",
        "founded, year founded, founding year, year established, year establishment, established, start year, year "
        "start, سنة التأسيس, تاريخ التأسيس, عام التأسيس, سنة الإنشاء, annee creation, annee fondation, date "
        "creation",
        _PARTNERS,
    ),
    Term(
        "formal",
        "yes or no",
        "formal, registered, enterprise registered, business registered, licensed, license, licence, legally "
        "registered, commercial register, registration, formally registered, مسجلة, المنشأة مسجلة, مرخصة, مسجل "
        "رسميا, رخصة, سجل تجاري, التسجيل, enregistre, entreprise enregistree, formel, registre commerce, licence",
    ),
    Term(
        "consent_publish",
        "any",
        "consent publish, consent publication, publish, publication, publish name, agree publish, may we publish, "
        "الموافقة على النشر, النشر, نشر الاسم, توافق على النشر, موافقة النشر, publication, accord publication, "
        "publier",
    ),
    Term(
        "respondent",
        "yes or no",
        "consent, consent interview, agree participate, agree take part, agree interview, willing participate, "
        "respondent, الموافقة, الموافقة على المقابلة, توافق على المشاركة, الموافقة على المشاركة, موافقة, "
        "consentement, accord participer, accepter participer",
        "publish, نشر, publier, name, اسم, nom",
    ),
)

#: Columns of a partner that was named.
LINKAGE_TERMS = (
    Term(
        "layer",
        "any",
        "tie, tie type, type tie, relation, relation type, type relation, relationship, relationship type, type "
        "relationship, kind relation, kind relationship, nature relationship, link, link type, linkage, linkage "
        "type, connection, layer, cooperation type, type cooperation, what get, what receive, rel, العلاقة, نوع "
        "العلاقة, طبيعة العلاقة, نوع الصلة, نوع الارتباط, الصلة, نوع التعاون, نوع التعامل, type relation, nature "
        "relation, lien, type lien, type cooperation",
        "strength, strong, قوة, force, year, how long, سنة, منذ",
    ),
    Term(
        "weight",
        "number",
        "strength, strength relation, strength relationship, strength tie, how strong, strong relation, strong "
        "relationship, importance, how important, weight, intensity, rating, score, closeness, trust, قوة العلاقة, "
        "القوة, قوة, أهمية العلاقة, الأهمية, مدى أهمية, درجة الأهمية, الوزن, شدة العلاقة, درجة الثقة, force, force "
        "relation, importance, poids, intensite",
    ),
    Term(
        "frequency",
        "any",
        "frequency, how often, often, times per month, times, التكرار, كم مرة, تكرار التعامل, عدد المرات, "
        "frequence, combien fois",
    ),
    Term(
        "amount",
        "number",
        "amount, value, value per month, monthly value, monthly amount, annual value, volume, turnover, spend, "
        "spending, المبلغ, القيمة, قيمة المشتريات, قيمة المبيعات, قيمة التعامل, المبلغ الشهري, montant, valeur, "
        "montant mensuel",
    ),
    Term("unit", "any", "unit, currency, measure, unit measure, الوحدة, وحدة القياس, العملة, unite, devise, monnaie"),
)

#: Columns of a thing that is needed or offered.
RESOURCE_TERMS = (
    Term(
        "resource",
        "text",
        "product, product name, item, item name, good, material, raw material, input, resource, need, offer, what "
        "need, what offer, what buy, what sell, what make, service, commodity, pname, prod, المنتج, اسم المنتج, "
        "الصنف, السلعة, البضاعة, المادة, المواد, المادة الخام, المدخل, المدخلات, المورد المطلوب, الاحتياج, "
        "الاحتياجات, ماذا تحتاج, تحتاج, ماذا تشتري, ماذا تعرض, الخدمة, produit, nom produit, article, matiere, "
        "matiere premiere, intrant, ressource, besoin, service",
    ),
    Term("quantity", "number", "quantity, qty, how much, how many, amount, الكمية, كمية, مقدار, quantite, combien"),
    Term(
        "unit",
        "any",
        "unit, unit measure, measure, measurement unit, unit quantity, uom, الوحدة, وحدة القياس, وحدة, unite, unite "
        "mesure",
        "cost, price, سعر, كلفة, تكلفة, prix, cout",
    ),
    Term(
        "unit_cost",
        "number",
        "unit cost, unit price, price, cost, price per unit, cost per unit, السعر, سعر الوحدة, تكلفة الوحدة, كلفة "
        "الوحدة, الكلفة, التكلفة, prix, prix unitaire, cout, cout unitaire",
        "total, إجمالي",
    ),
    Term(
        "factor",
        "any",
        "factor, type resource, kind resource, category, type need, kind need, resource type, need type, type item, "
        "عامل الإنتاج, نوع المورد, نوع الاحتياج, نوع الحاجة, الفئة, التصنيف, facteur, categorie, type besoin, type "
        "ressource",
    ),
    Term(
        "role",
        "any",
        "role, need or offer, need offer, direction, احتياج أم عرض, حاجة أو عرض, الدور, role, besoin ou offre",
    ),
)

#: Words that say nothing about which column it is.
FILLERS = (
    "the a an of your you this that these is are was were what which please enter write specify select choose in on "
    "at for it its s and or do does did have has had with by per how many much tell us me main current currently "
    "total if any all each there here question ما ماذا هو هي هم هل من في على عن الى كم التي الذي الذين و او ام هذه "
    "هذا به بها فيها لديك لديكم لدى تقع يقع أي أية ايضا يرجى الرجاء اذكر ذكر حدد اختر اكتب ادخل منكم لكم تكون يعمل "
    "le la les l de du des d un une votre vos quel quelle quels quelles est sont dans au aux par et ou avec qui que "
    "combien votre svp"
)

#: Columns that a tool fills in itself, or that hold remarks, between commas; never guessed. "*" stands for any text.
SYSTEM_HEADERS = (
    "_*, start, end, today, deviceid, device_id, subscriberid, simserial, sim_serial, phonenumber, username, "
    "caseid, audit, *instanceid, *instancename, *deprecatedid, formhub/uuid, formhub_uuid, uuid, meta*, key, "
    "parent_key, set-of-*, set_of_*, submissiondate, submission date, completiondate, starttime, endtime, "
    "duration, formdef_version, review_*, reviewstate, submitterid, submittername, attachments*, status, edits, "
    "formversion, interview__*, assignment__id, sssys_*, has__errors, *__id, timestamp, respondent id, "
    "respondentid, collector id, collectorid, date created, date modified, ip address, email address, email, "
    "first name, last name, custom data 1, custom data, note, notes, *_note, note_*, comment, comments, remark, "
    "remarks, طابع زمني, الطابع الزمني, معرف المستجيب, معرف المجمع, ملاحظات, ملاحظة, تعليقات, horodateur, "
    "remarques, commentaires"
)
#: What stands behind a question about a position where its parts have columns of their own.
POSITION_PARTS = ("latitude", "longitude", "altitude", "precision", "accuracy", "timestamp")
