"""Words that the names in planted surveys are made of, each in English and in Arabic.

The Arabic has letters that are often typed in more than one way (hamza on alef, taa marbuta, alef maqsura),
because names with them are what name matching has to cope with.
"""

GIVEN_NAMES = (
    ("Ahmed", "أحمد"), ("Hassan", "حسن"), ("Mustafa", "مصطفى"), ("Fatma", "فاطمة"), ("Mona", "منى"),
    ("Ibrahim", "إبراهيم"), ("Omar", "عمر"), ("Youssef", "يوسف"), ("Salma", "سلمى"), ("Huda", "هدى"),
    ("Khaled", "خالد"), ("Amina", "أمينة"), ("Tarek", "طارق"), ("Adel", "عادل"), ("Samira", "سميرة"),
    ("Mahmoud", "محمود"), ("Nadia", "نادية"), ("Karim", "كريم"), ("Eman", "إيمان"), ("Sayed", "سيد"),
    ("Hani", "هاني"), ("Layla", "ليلى"), ("Musa", "موسى"), ("Osama", "أسامة"), ("Zeinab", "زينب"),
    ("Issa", "عيسى"), ("Yehia", "يحيى"), ("Rania", "رانيا"), ("Ashraf", "أشرف"), ("Walid", "وليد"),
    ("Magda", "ماجدة"), ("Anwar", "أنور"), ("Hamza", "حمزة"), ("Safia", "صفية"), ("Bassem", "باسم"),
    ("Rashid", "رشيد"), ("Nabil", "نبيل"), ("Dina", "دينا"), ("Fathi", "فتحي"), ("Ragab", "رجب"),
)  # fmt: skip

FAMILY_NAMES = (
    ("Mansour", "منصور"), ("El Naggar", "النجار"), ("El Haddad", "الحداد"), ("Shahin", "شاهين"),
    ("Abdallah", "عبدالله"), ("El Masri", "المصري"), ("Gomaa", "جمعة"), ("Salem", "سالم"), ("Attia", "عطية"),
    ("El Khatib", "الخطيب"), ("Darwish", "درويش"), ("Farag", "فرج"), ("Hegazi", "حجازي"), ("Ramadan", "رمضان"),
    ("El Sabbagh", "الصباغ"), ("Khalifa", "خليفة"), ("Badawi", "بدوي"), ("Nasser", "ناصر"), ("Hamada", "حمادة"),
    ("Zaki", "زكي"), ("El Shami", "الشامي"), ("Awad", "عوض"), ("Tawfik", "توفيق"), ("Shehata", "شحاتة"),
    ("El Banna", "البنا"), ("Ghanem", "غانم"), ("Riad", "رياض"), ("Metwally", "متولي"), ("Fouad", "فؤاد"),
    ("El Attar", "العطار"), ("Sherif", "شريف"), ("Hafez", "حافظ"), ("Eid", "عيد"), ("Barakat", "بركات"),
    ("Sorour", "سرور"), ("Othman", "عثمان"),
)  # fmt: skip

# What may follow the owner's name.
PARTNERS = (
    ("", ""), (" & Sons", " وأولاده"), (" Brothers", " إخوان"), (" & Partners", " وشركاه"), (" & Daughters", " وبناته"),
)  # fmt: skip

# Names that are chosen for their good sound, so that several enterprises share them.
BRANDS = (
    ("Al Noor", "النور"), ("Al Amal", "الأمل"), ("Al Salam", "السلام"), ("Al Huda", "الهدى"), ("Al Baraka", "البركة"),
    ("Al Amana", "الأمانة"), ("Al Itqan", "الإتقان"), ("Al Wafa", "الوفاء"), ("Al Nahda", "النهضة"),
    ("Al Hirfa", "الحرفة"), ("Al Asala", "الأصالة"), ("Al Tawfiq", "التوفيق"), ("Al Fanar", "الفنار"),
    ("Al Rayyan", "الريان"), ("Al Manara", "المنارة"), ("Al Safwa", "الصفوة"),
)  # fmt: skip
TRADING = ("Trading", "للتجارة")

# Quarters of the invented town: name, degrees north and degrees east of its centre.
QUARTERS = (
    ("Old Market", 0.0, 0.0), ("North Gate", 0.03, 0.004), ("Canal Bank", 0.014, 0.031), ("Station", -0.008, 0.026),
    ("Mill Road", -0.03, 0.012), ("Palm Grove", -0.026, -0.02), ("New Industrial Area", 0.002, -0.038),
    ("Potters' Hill", 0.024, -0.024),
)  # fmt: skip
TOWN_CENTRE = (31.0, 31.0)

# Outside partners: trading houses of other towns. Place, goods, form.
OUTSIDE_PLACES = (
    "Port", "Capital", "Delta", "Coast", "Upper Valley", "Eastern", "Western", "Island", "Border", "Harbour",
    "Free Zone", "Oasis",
)  # fmt: skip
OUTSIDE_GOODS = (
    "Timber", "Fabric", "Metals", "Chemicals", "Machinery", "Household Goods", "Building Supplies", "Packaging",
    "Spare Parts", "Department Stores", "Hotels", "Exports",
)  # fmt: skip
OUTSIDE_FORMS = ("Importers", "Wholesale", "Agency", "Group")
