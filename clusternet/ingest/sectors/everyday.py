"""Everyday words for sectors, in English and Arabic, as people write them into a questionnaire."""

from __future__ import annotations

#: A code of ISIC Rev.4 (several where the words leave it open) and words for it; an indented line goes on with them.
_WORDS = """
A: زراعة وصيد
01: agriculture, farming, crops, livestock, poultry, زراعة, محاصيل, تربية المواشي, تربية الدواجن, ثروة حيوانية
02: forestry, logging, حراجة, غابات
03: fishing, fishery, fish farming, aquaculture, صيد, صيد الأسماك, صيد السمك, تربية الأسماك, استزراع سمكي
B: mining, تعدين
0810: quarry, quarrying, stone quarry, sand and gravel, محجر, محاجر, مقلع, مقالع, مقالع الحجر
C: industry, industrial, manufacturing industry, صناعة, صناعات, صناعي
10: food, food processing, foodstuff, agrifood, food stuffs, أغذية, غذاء, غذائية, مواد غذائية, منتجات
    غذائية, تصنيع غذائي
1010: meat, meat processing, slaughterhouse, لحوم, مسلخ
1030: pickles, canned vegetables, dried fruit, jam, food canning, مخللات, معلبات, مربيات, تجفيف الفواكه, تعليب
1040: olive oil, olive press, oil mill, vegetable oil, زيت الزيتون, معصرة زيتون, معاصر الزيتون, معصرة, زيوت نباتية
1050: dairy, cheese, milk, yoghurt, ألبان, أجبان, ألبان وأجبان, حليب, منتجات الألبان
1061: flour, flour mill, grain mill, milling, مطحنة, مطاحن, طحين, طحن الحبوب, مطحنة حبوب
1071: bakery, baker, baking, bread, pastry, cakes and pastries, مخبز, مخابز, خبز, خبز ومعجنات, فرن, أفران, معجنات,
    مخبوزات
1073: confectionery, chocolate, candy, شوكولاتة, سكاكر, حلويات سكرية
1080: animal feed, fodder, feed mill, أعلاف, علف, أعلاف حيوانية
11: beverage, drinks, juice, soft drinks, bottled water, مشروبات, عصائر, عصير, مياه معبأة, مرطبات
1200: tobacco, cigarettes, تبغ, دخان, سجائر
13: textile, weaving, spinning, fabric, spinning and weaving, نسيج, منسوجات, غزل, غزل ونسيج, أقمشة, حياكة
1392: home textiles, curtains, bed linen, blankets, ستائر, بطانيات, مفروشات منزلية نسيجية
1393: carpet, rugs, carpet weaving, سجاد, سجاد يدوي, بسط
14: clothing, clothes, garment, apparel, ready made garments, tailoring, tailor, sewing, dressmaking, fashion,
    readymade, ملابس, ألبسة, ملبوسات, ملابس جاهزة, خياطة, خياط, تفصيل, أزياء, خياطة الملابس
1430: knitwear, knitting, تريكو
15: leather, leather goods, جلود, جلد, منتجات جلدية, مصنوعات جلدية
1511: tannery, tanning, leather tanning, دباغة, مدبغة, مدابغ, دباغة الجلود
1520: footwear, shoe, shoemaking, shoemaker, أحذية, حذاء, أحذية جلدية
16: wood, wood products, timber, woodwork, woodworking, carpentry, carpenter, joinery, خشب, أخشاب, نجارة, نجار,
    منجرة, أعمال خشبية
1610: sawmill, sawmilling, timber sawing, wood drying, منشرة, مناشر, نشر الخشب, مناشر الخشب
17: paper, cardboard, carton, paper products, ورق, كرتون, منتجات ورقية
1702: cardboard boxes, corrugated board, paper bags, صناديق كرتون, علب كرتون, أكياس ورقية
18: printing, print shop, printing press, printer, طباعة, مطبعة, مطابع
20: chemical, chemical products, كيماويات, مواد كيميائية, كيميائيات, منتجات كيماوية
2022: paint, paints and varnishes, varnish, coatings, دهانات, دهان, أصباغ, ورنيش
2023: soap, detergent, cosmetics, perfume, cleaning products, صابون, منظفات, مستحضرات تجميل, عطور, مواد تنظيف
21: pharmaceutical, medicines, drugs, أدوية, دواء, صناعات دوائية
22: rubber and plastics, مطاط وبلاستيك
221: rubber, tyres, مطاط, إطارات
2220: plastic, plastic products, plastic bags, بلاستيك, لدائن, منتجات بلاستيكية, أكياس بلاستيك
23: building materials, construction materials, مواد بناء
2310: glass, glassware, زجاج, منتجات زجاجية
2392: brick, clay bricks, tiles, قرميد, آجر
2393: pottery, ceramic, فخار, خزف, سيراميك
2395: concrete, concrete blocks, cement blocks, ready mix, خرسانة, باطون, بلوك, طوب إسمنتي, كسارة وباطون
2396: marble, stone cutting, marble and granite, stone masonry, رخام, حجر, حجر ورخام, رخام وجرانيت, قص الحجر, مناشير
    حجر
2394: cement, lime, plaster, إسمنت, جبس
24: steel, iron and steel, aluminium smelting, حديد وصلب, صلب
243: foundry, metal casting, مسبك, مسابك, سباكة المعادن, سكب المعادن
25: metal, metal fabrication, metalwork, metalworking, metal products, blacksmith, welding, metal workshop, forging,
    معادن, معدنية, حدادة, حداد, حدادة ولحام, لحام, منتجات معدنية, ورشة حدادة, مشغولات معدنية
2511: aluminium, aluminium windows, metal doors, steel structures, ألمنيوم, ألومنيوم, أبواب حديد, هياكل معدنية
2592: machining, turning, lathe, lathe workshop, electroplating, خراطة, مخرطة, مخارط, طلاء معادن
26: electronics, electronic, إلكترونيات, إلكترونية
27: electrical, electrical equipment, electric appliances, معدات كهربائية, أجهزة كهربائية
28: machinery, machine, machine building, equipment, آلات, ماكينات, مكائن, آلات ومعدات
29: automotive, vehicle bodies, auto parts, صناعة السيارات, قطع السيارات, هياكل السيارات
3011: boat building, shipbuilding, بناء السفن, بناء القوارب
3100: furniture, upholstery, sofa, mattress, home furniture, أثاث, موبيليا, مفروشات, تنجيد, أثاث منزلي, أثاث خشبي
32: other industries, handicraft, crafts, حرف يدوية, صناعات يدوية, حرف, أشغال يدوية, صناعات حرفية
3211: jewellery, jewelry, goldsmith, gold, silver, مجوهرات, صياغة, صياغة الذهب, ذهب, مصوغات, فضة
3240: toy, games, ألعاب, ألعاب الأطفال
3290: brooms, brushes, candles, مكانس, فراشي, شموع
33: machine repair, machinery repair, equipment maintenance, industrial maintenance, صيانة الآلات, صيانة المعدات,
    تصليح الماكينات
33 45 95: repair, maintenance, repair shop, workshop, إصلاح, تصليح, صيانة, تصليحات, ورشة, ورشة تصليح
35: electricity, power, energy, solar energy, gas, كهرباء, طاقة, طاقة شمسية, توليد الكهرباء, غاز
36: water, water supply, مياه, تزويد المياه
38: waste, waste collection, garbage, نفايات, جمع النفايات, قمامة
3830: recycling, scrap, waste recycling, تدوير, إعادة تدوير, خردة, تدوير النفايات
F: construction, building, contractor, contracting, بناء, إنشاءات, مقاولات, تشييد, مقاول, مقاولات البناء
4321: electrician, electrical installation, كهربائي, تمديدات كهربائية
4322: plumbing, plumber, heating and air conditioning installation, سباكة, سباك, تمديدات صحية, مواسرجي
4330: painter, tiling, floor covering, building finishing, دهان المباني, بلاط, تبليط, تشطيبات
G: wholesale and retail, wholesale and retail trade, trade, commerce, trading, merchant, تجارة, تجاري, تاجر, تجارة عامة
46: wholesale, wholesaler, import and export, distribution, جملة, تجارة الجملة, تاجر جملة, استيراد وتصدير, توزيع
4663: building materials trade, timber trade, timber merchant, hardware wholesale, تجارة مواد البناء, تجارة الأخشاب,
    تجارة الخشب
47: retail, shop, store, retailer, retail shop, تجزئة, تجارة التجزئة, محل, دكان, متجر, مفرق
4711: grocery, supermarket, mini market, minimarket, بقالة, سوبرماركت, ميني ماركت, سوبر ماركت
4752: hardware store, hardware, عدد وأدوات, محل عدد, أدوات صحية
4759: furniture shop, furniture store, furniture showroom, معرض أثاث, محل أثاث, معرض مفروشات
4771: clothes shop, clothing store, boutique, محل ملابس, بوتيك
4772: pharmacy, صيدلية, صيدليات
4520: car repair, garage, auto repair, vehicle repair, mechanic, car wash, تصليح السيارات, صيانة السيارات, كراج,
    ميكانيكي, إصلاح السيارات, ميكانيك سيارات
4530: spare parts, car parts trade, قطع غيار, قطع غيار السيارات
H: transport, transportation, logistics, نقل, مواصلات, نقل ومواصلات, خدمات لوجستية
4922: taxi, passenger transport, bus, تاكسي, سيارة أجرة, نقل الركاب, حافلات
4923: trucking, haulage, road freight, freight transport, truck, نقل البضائع, شحن بري, شاحنات, نقل
    بالشاحنات
5210: storage, warehouse, warehousing, تخزين, مستودع, مستودعات, مخازن
5229: freight forwarding, customs clearance, shipping agent, تخليص جمركي, شحن, وكيل شحن
53: courier, delivery, post, بريد, توصيل, توصيل الطرود
55: hotel, hostel, guest house, accommodation, فندق, فنادق, نزل, بيت ضيافة, إقامة
56: restaurant, cafe, coffee shop, catering, food service, مطعم, مطاعم, مقهى, كافيه, كوفي شوب, تموين, مطبخ إنتاجي
58: publishing, publisher, نشر, دار نشر
61: telecom, telecommunication, اتصالات
62: software, programming, information technology, it, web design, computer programming, برمجة, برمجيات, تكنولوجيا
    المعلومات, تقنية المعلومات
64: bank, banking, microfinance, credit, finance, بنك, بنوك, مصرف, تمويل, تمويل أصغر
65: insurance, تأمين
68: real estate, عقارات, عقار
6910: law, lawyer, legal services, محاماة, محامي, خدمات قانونية
6920: accounting, accountant, bookkeeping, auditing, محاسبة, محاسب, تدقيق حسابات
70: consulting, consultancy, استشارات, استشارات إدارية
71: engineering, architecture, architect, engineering office, هندسة, مكتب هندسي, هندسة معمارية
7310: advertising, marketing agency, إعلان, دعاية, دعاية وإعلان
7410: design, interior design, graphic design, product design, تصميم, تصميم داخلي, ديكور, تصميم جرافيك
7420: photography, photographer, تصوير, مصور, استوديو تصوير
77: rental, leasing, equipment rental, تأجير, إيجار, تأجير معدات
79: tourism, travel agency, tour operator, سياحة, سياحة وسفر, وكالة سفر, سفريات
8121: cleaning, cleaning services, تنظيف, خدمات تنظيف, تنظيفات
85: education, school, training, training centre, kindergarten, تعليم, مدرسة, تدريب, مركز تدريب, روضة, تربية وتعليم
86: health, clinic, hospital, dentist, صحة, عيادة, مستشفى, طبيب أسنان
90: arts, music, theatre, فنون, موسيقى, مسرح
93: sport, gym, fitness, رياضة, نادي رياضي, جيم
94: association, cooperative union, ngo, جمعية, جمعيات, نقابة
9511: computer repair, صيانة الحاسوب, صيانة الكمبيوتر, تصليح كمبيوتر
9512: phone repair, mobile repair, mobile phone repair, صيانة الهواتف, تصليح موبايل, صيانة الجوالات, تصليح هواتف
9522: appliance repair, home appliance repair, صيانة الأجهزة المنزلية, تصليح أجهزة كهربائية
9523: shoe repair, cobbler, إسكافي, تصليح أحذية
9524: furniture repair, furniture restoration, تصليح الأثاث, ترميم الأثاث, صيانة الأثاث
9601: laundry, dry cleaning, مغسلة, غسيل, تنظيف جاف, مغاسل, مصبغة
9602: hairdressing, hairdresser, barber, beauty salon, beauty, حلاقة, حلاق, صالون, صالون تجميل, تجميل, كوافير
"""
#: Codes and words of every entry.
EVERYDAY: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = tuple(
    (tuple(codes.split()), tuple(word.strip() for word in words.split(",")))
    for codes, words in (line.split(":") for line in _WORDS.replace("\n    ", " ").strip().splitlines())
)
