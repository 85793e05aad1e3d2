"""What people answer about a linkage, a need or a consent, and what they call a partner: words as data.

English, Arabic and French, as in :mod:`clusternet.ingest.drafting.lexicon`. Nothing here is shown to a reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: Who a partner is, and whether the respondent deals with it in a way that has a side: layer, then side.
PARTNER_KINDS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "supplier": (
            "supply",
            "from",
            (
                "supplier, vendor, provider, seller, buy from, purchase from, source from, مورد, موردون, موردين, مزود, "
                "بائع, تشتري من, fournisseur, vendeur, acheter"
            ),
        ),
        "customer": (
            "supply",
            "to",
            (
                "customer, client, buyer, purchaser, sell to, زبون, زبائن, عميل, عملاء, مشتري, مشترون, تبيع ل, "
                "clientele, acheteur, vendre"
            ),
        ),
        "competitor": ("rivalry", "with", "competitor, rival, compete, منافس, منافسون, منافسين, concurrent"),
        "subcontractor": (
            "subcontracting",
            "from",
            "subcontractor, sub contractor, مقاول من الباطن, مقاول باطن, sous traitant",
        ),
        "lender": ("finance", "from", "lender, creditor, bank, دائن, مقرض, ممول, preteur, creancier"),
        "partner": (
            "",
            "",
            (
                "partner, business partner, collaborator, cooperate with, work with, شريك, شركاء, شريك تجاري, تتعاون "
                "مع, تتعامل مع, partenaire, collaborer"
            ),
        ),
    }
)
#: What a sheet about partners of no particular kind is called.
RELATION_WORDS = (
    "relation, relationship, connection, link, linkage, tie, network, علاقة, علاقات, روابط, شبكة, lien, reseau"
)
#: What a partner is called in a sheet that is about partners.
PARTNER_NAMES = (
    "name, enterprise, firm, company, business, enterprise name, company name, firm name, who, اسم, اسم المنشأة, "
    "اسم الشركة, منشأة, شركة, nom, entreprise, societe, nom entreprise"
)

#: What an answer says about the kind of linkage; earlier entries decide where several would fit. The side is that of
#: the respondent unless a word of :data:`GIVING` or :data:`TAKING` or the partner says otherwise.
LAYER_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "subcontracting",
        "to",
        (
            "subcontract, subcontracting, sub contract, outsource, outsourcing, مقاولة من الباطن, تعاقد من الباطن, "
            "مقاولة باطن, باطن, sous traitance, sous traiter"
        ),
    ),
    (
        "rivalry",
        "with",
        "rival, rivalry, compete, competitor, competition, منافس, منافسة, تنافس, تتنافس, concurrent, concurrence",
    ),
    (
        "finance",
        "from",
        (
            "credit, loan, lend, lending, borrow, borrowing, debt, instalment, installment, finance, financing, "
            "deferred payment, money, دين, ائتمان, قرض, قروض, تقسيط, بالتقسيط, أقساط, آجل, بالآجل, تمويل, سلفة, إقراض, "
            "اقتراض, ديون, credit, pret, dette, financement, emprunt"
        ),
    ),
    (
        "training",
        "from",
        "training, train, apprentice, apprenticeship, تدريب, تأهيل, تلمذة, formation, apprentissage",
    ),
    (
        "knowledge",
        "to",
        (
            "know, knowledge, know how, advice, advise, information, experience, expertise, consult, consulting, "
            "consultation, idea, learn, learning, معرفة, خبرة, خبرات, نصيحة, نصائح, استشارة, استشارات, معلومات, مشورة, "
            "conseil, savoir, connaissance, information, experience"
        ),
    ),
    (
        "association",
        "with",
        (
            "association, cooperative, guild, chamber, membership, member, جمعية, تعاونية, نقابة, عضوية, غرفة تجارة, "
            "association, cooperative, syndicat"
        ),
    ),
    (
        "supply",
        "from",
        "buy, buying, purchase, purchasing, procure, procurement, شراء, مشتريات, تشتري, نشتري, achat, acheter",
    ),
    ("supply", "to", "sell, selling, sale, بيع, مبيعات, نبيع, تبيع, vente, vendre"),
    (
        "technology",
        "with",
        (
            "equipment, machine, machinery, tool, technology, device, معدات, معدة, آلات, آلة, أجهزة, ماكينات, أدوات, "
            "تكنولوجيا, تقنية, equipement, outil, technologie"
        ),
    ),
    (
        "labour",
        "with",
        (
            "worker, labour, labor, staff, employee, workforce, manpower, عمال, عامل, عمالة, أيدي عاملة, موظفين, main "
            "oeuvre, travailleur, personnel"
        ),
    ),
    (
        "stock",
        "with",
        "stock, storage, store, warehouse, inventory, مخزون, تخزين, مستودع, مستودعات, مخزن, مخازن, stockage, entrepot",
    ),
    (
        "energy",
        "with",
        (
            "energy, electricity, power, generator, fuel, solar, طاقة, كهرباء, مولد, وقود, energie, electricite, "
            "generateur"
        ),
    ),
    (
        "supply",
        "by partner",
        (
            "input, raw material, material, supply, supplies, goods, product, trade, مدخلات, مواد, مواد خام, توريد, "
            "تزويد, بضاعة, بضائع, منتجات, تجارة, intrant, matiere premiere, approvisionnement, fourniture, marchandise"
        ),
    ),
)
#: Layers that name a thing, which can be bought as well: "buy equipment" is a supply.
THINGS = ("technology", "labour", "stock", "energy")
#: What the respondent does for the partner, and the partner for the respondent.
GIVING = (
    "give, lend, lending, provide, we train, grant, offer, to them, نعطي, نقدم, منح, نمنح, إقراض, نقرض, donner, preter"
)
TAKING = (
    "receive, get, take, borrow, borrowing, from them, obtain, "
    "نأخذ, نستلم, اقتراض, نقترض, الحصول, تلقي, recevoir, emprunter"
)
#: The words that answers begin with: where several stand in a cell, a new answer begins at each.
OPENERS = (
    "buy, purchase, sell, share, exchange, give, get, receive, lend, borrow, provide, join, شراء, بيع, تبادل, "
    "مشاركة, تشارك, إعطاء, أخذ, إقراض, اقتراض, تقديم, ائتمان, تدريب, استعارة, تأجير, تعاون, منافسة, achat, vente, "
    "partage, echange"
)

#: Who needs, and who offers.
NEED_WORDS = (
    "need, require, requirement, buy, purchase, input, raw material, lack, demand, missing, احتياج, احتياجات, حاجة, "
    "تحتاج, نحتاج, يلزم, تشتري, شراء, مدخلات, مواد خام, نقص, طلب, besoin, acheter, intrant, matiere premiere, "
    "demande"
)
OFFER_WORDS = (
    "offer, sell, sale, produce, make, surplus, spare, supply, provide, output, made, manufacture, عرض, تعرض, نعرض, "
    "بيع, تبيع, تنتج, إنتاج, فائض, توفر, نوفر, نقدم, offre, vendre, produire, surplus, fabriquer"
)
#: What a sheet about things is called.
THING_WORDS = (
    "product, prod, item, good, material, resource, input, need, offer, commodity, منتج, منتجات, أصناف, سلع, مواد, "
    "احتياجات, مدخلات, produit, article, matiere, besoin, ressource"
)
#: What a need or an offer is of.
FACTOR_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "material": "material, raw material, input, مواد, مادة, مواد خام, مدخلات, matiere, matiere premiere, intrant",
        "product": "product, finished product, goods, منتج, منتجات, سلع, produit",
        "energy": "energy, electricity, fuel, power, طاقة, كهرباء, وقود, energie, electricite",
        "labour": "labour, labor, worker, staff, عمالة, عمال, أيدي عاملة, main oeuvre, travailleur",
        "capital": "capital, finance, credit, money, loan, رأس المال, رأس مال, تمويل, قرض, financement, credit",
        "technology": "technology, equipment, machine, machinery, tool, معدات, آلات, تكنولوجيا, تقنية, equipement",
        "knowledge": "knowledge, skill, training, advice, know how, معرفة, خبرة, مهارات, تدريب, savoir, competence",
        "byproduct": "byproduct, by product, waste, scrap, residue, نفايات, مخلفات, منتج ثانوي, dechet, sous produit",
    }
)
YES = "yes, y, true, agree, accept, نعم, اي, موافق, أوافق, صحيح, oui, vrai, si"
NO = "no, n, false, refuse, decline, لا, كلا, غير موافق, لا أوافق, خطأ, non, faux"
#: How publication may be agreed to, beside yes and no.
CONSENT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "none": "none, not at all, nothing, not published, لا شيء, عدم النشر, aucun, rien",
        "aggregate": "aggregate, anonymous, anonymously, totals, مجمع, مجملة, مجهول, دون اسم, agrege, anonyme",
        "named": "named, name, full name, with name, بالاسم, الاسم, مع الاسم, nominatif, nom",
    }
)
#: How strong a tie is, in words.
STRENGTH_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "5": "very strong, very high, very important, قوية جدا, مهمة جدا, مرتفعة جدا, tres fort, tres important",
        "4": "strong, high, important, قوية, مهمة, مرتفعة, عالية, fort, important, eleve",
        "3": "medium, moderate, average, neutral, متوسطة, عادية, moyen, modere",
        "2": "weak, low, little, ضعيفة, منخفضة, قليلة, faible, bas",
        "1": "very weak, very low, very little, ضعيفة جدا, منخفضة جدا, قليلة جدا, tres faible, tres bas",
    }
)
