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
YES = frozenset(["yes", "ja", "oui", "sí", "si", "sì", "sim", "tak", "ano", "да", "так", "evet", "kyllä", "bai", "是", "はい", "نعم"])
NO = frozenset(
    ["no", "nein", "non", "não", "nee", "nie", "ne", "нет", "ні", "hayır", "ei", "ez", "nej", "nei", "否", "いいえ", "لا"]  # noqa: RUF001
)
