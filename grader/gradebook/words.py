"""The words of Moodle's worksheets in several languages, in lower case (trusted side)."""

# en, de, fr, es, it, pt, nl, sv, no, da, fi, pl, cs, ru, uk, tr, eu, zh, ja, ar
MAXIMUM = frozenset(
    (
        "maximum grade",
        "bestmögliche bewertung",
        "note maximale",
        "calificación máxima",
        "valutazione massima",
        "nota máxima",
        "maximumcijfer",
        "maximale cijfer",
        "maximalt betyg",
        "maksymalna ocena",
        "最高成绩",
        "最大評点",
    )
)
NAME = frozenset(
    (
        "full name",
        "vollständiger name",
        "nom complet",
        "nombre completo",
        "nome completo",
        "nome",
        "volledige naam",
        "fullständigt namn",
        "fullt navn",
        "imię i nazwisko",
        "полное имя",
        "全名",
    )
)
COMMENT = (
    "feedback",
    "kommentar",
    "comment",
    "comentario",
    "comentário",
    "commenti",
    "retroaliment",
    "opmerking",
    "komentarz",
    "комментар",
    "コメント",
    "反馈",
)
_ANSWERS = (
    ("yes", "no"),
    ("ja", "nein"),
    ("oui", "non"),
    ("sí", "no"),
    ("sì", "no"),
    ("si", "no"),
    ("sim", "não"),
    ("ja", "nee"),
    ("ja", "nej"),
    ("ja", "nei"),
    ("kyllä", "ei"),
    ("tak", "nie"),
    ("ano", "ne"),
    ("да", "нет"),
    ("так", "ні"),
    ("evet", "hayır"),  # noqa: RUF001  # Turkish
    ("bai", "ez"),
    ("是", "否"),
    ("はい", "いいえ"),
    ("نعم", "لا"),
)
YES = frozenset(yes for yes, _ in _ANSWERS)
NO = frozenset(no for _, no in _ANSWERS)
