"""Where the demo goods come from: countries with their adjectives and GS1 prefixes, and the invented brands of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True, slots=True)
class CountryOfOrigin:
    """A country of origin: GS1 prefixes, how its brands sound, and its adjective in each language.

    `ru` is the masculine form of a regular adjective; `zh` is the country's name, which serves as the adjective.
    """

    code: str
    prefixes: range
    sound: str
    en: str
    zh: str
    ru: str
    kk: str


_COUNTRIES = """
KZ 487     steppe   Kazakh          哈萨克斯坦   казахстанский     қазақстандық
CN 690-699 china    Chinese         中国         китайский         қытайлық
RU 460-469 slavic   Russian         俄罗斯       российский        ресейлік
KG 470     steppe   Kyrgyz          吉尔吉斯斯坦 киргизский        қырғызстандық
UZ 478     steppe   Uzbek           乌兹别克斯坦 узбекский         өзбекстандық
TJ 488     persia   Tajik           塔吉克斯坦   таджикский        тәжікстандық
TM 483     steppe   Turkmen         土库曼斯坦   туркменский       түрікменстандық
MN 865     steppe   Mongolian       蒙古         монгольский       моңғолиялық
GE 486     caucasus Georgian        格鲁吉亚     грузинский        грузиялық
AM 485     caucasus Armenian        亚美尼亚     армянский         армениялық
AZ 476     caucasus Azerbaijani     阿塞拜疆     азербайджанский   әзербайжандық
TR 868-869 persia   Turkish         土耳其       турецкий          түркиялық
IR 626     persia   Iranian         伊朗         иранский          ирандық
AE 629     persia   Emirati         阿联酋       эмиратский        әмірліктік
BY 481     slavic   Belarusian      白俄罗斯     белорусский       беларустік
UA 482     slavic   Ukrainian       乌克兰       украинский        украиналық
MD 484     latin    Moldovan        摩尔多瓦     молдавский        молдовалық
PL 590     slavic   Polish          波兰         польский          польшалық
CZ 859     slavic   Czech           捷克         чешский           чехиялық
SK 858     slavic   Slovak          斯洛伐克     словацкий         словакиялық
RS 860     slavic   Serbian         塞尔维亚     сербский          сербиялық
BG 380     slavic   Bulgarian       保加利亚     болгарский        болгариялық
HU 599     nordic   Hungarian       匈牙利       венгерский        венгриялық
RO 594     latin    Romanian        罗马尼亚     румынский         румыниялық
LV 475     nordic   Latvian         拉脱维亚     латвийский        латвиялық
LT 477     nordic   Lithuanian      立陶宛       литовский         литвалық
EE 474     nordic   Estonian        爱沙尼亚     эстонский         эстониялық
FI 640-649 nordic   Finnish         芬兰         финский           финляндиялық
SE 730-739 nordic   Swedish         瑞典         шведский          швециялық
NO 700-709 nordic   Norwegian       挪威         норвежский        норвегиялық
DK 570-579 nordic   Danish          丹麦         датский           даниялық
DE 400-440 german   German          德国         немецкий          германиялық
AT 900-919 german   Austrian        奥地利       австрийский       австриялық
CH 760-769 german   Swiss           瑞士         швейцарский       швейцариялық
NL 870-879 german   Dutch           荷兰         голландский       нидерландтық
BE 540-549 german   Belgian         比利时       бельгийский       бельгиялық
FR 300-379 latin    French          法国         французский       франциялық
IT 800-839 latin    Italian         意大利       итальянский       италиялық
ES 840-849 latin    Spanish         西班牙       испанский         испаниялық
PT 560     latin    Portuguese      葡萄牙       португальский     португалиялық
GR 520-521 latin    Greek           希腊         греческий         грекиялық
GB 500-509 english  British         英国         британский        британиялық
IE 539     english  Irish           爱尔兰       ирландский        ирландиялық
US 060-099 english  American        美国         американский      америкалық
CA 754-755 english  Canadian        加拿大       канадский         канадалық
AU 930-939 english  Australian      澳大利亚     австралийский     австралиялық
NZ 940-949 english  New_Zealand     新西兰       новозеландский    жаңазеландиялық
ZA 600-601 english  South_African   南非         южноафриканский   оңтүстікафрикалық
KR 880     korea    Korean          韩国         корейский         кореялық
JP 490-499 japan    Japanese        日本         японский          жапониялық
IN 890     south    Indian          印度         индийский         үндістандық
LK 479     south    Ceylon          斯里兰卡     цейлонский        цейлондық
VN 893     south    Vietnamese      越南         вьетнамский       вьетнамдық
TH 885     south    Thai            泰国         тайский           таиландтық
MY 955     south    Malaysian       马来西亚     малайзийский      малайзиялық
ID 899     south    Indonesian      印度尼西亚   индонезийский     индонезиялық
PH 480     south    Philippine      菲律宾       филиппинский      филиппиндік
BR 789     latin    Brazilian       巴西         бразильский       бразилиялық
CO 770     latin    Colombian       哥伦比亚     колумбийский      колумбиялық
CL 780     latin    Chilean         智利         чилийский         чилилік
AR 779     latin    Argentine       阿根廷       аргентинский      аргентиналық
MX 750     latin    Mexican         墨西哥       мексиканский      мексикалық
CU 850     latin    Cuban           古巴         кубинский         кубалық
DO 746     latin    Dominican       多米尼加     доминиканский     доминикандық
"""

_SOUNDS = {
    "steppe": (
        "Aqbor Boza Dalan Zere Kumis Nurly Sary Taza Ulan Shugy Bota Qyran",
        "nar bel kol tas say shyn mura zhai lyq qan",
    ),
    "china": (
        "Tian Hua Jin Yun Lan Qing Bai Feng Hong Xing Mei Zhi",
        "he shuo yue lin ting bao ya xi chuan ning",
    ),
    "slavic": (
        "Belo Zorya Rado Yaro Tikho Vele Lado Sveto Gorno Snezho Dobro Lesno",
        "vina mira lina gor vka nika slad tura leta bor",
    ),
    "persia": (
        "Bah Dar Firu Gol Mah Nas Par Rosh Sha Zar Sima Yal",
        "aran ineh una oush ira anda imar avar ezi omid",
    ),
    "caucasus": (
        "Alaz Kazb Mtsar Shirv Arag Tsin Vard Nar Khev Lor Gur Tav",
        "ani oria avar eti uri elo eli isi una ebi",
    ),
    "latin": (
        "Bel Mont Val Clar Ros Lum Mar Sol Vir Cass Ner Tor",
        "iere ombra igny arda essa ucco anto oria aluna ezza ivale ancia",
    ),
    "german": (
        "Adel Brun Eich Falk Grun Lind Nord Stein Wald Winter Hain Silb",
        "auen hof mark haus felder tal stedt brok holt werk",
    ),
    "english": (
        "Ash Bright Cold Fair Glen Hart Kings Maple Oak Red Wren Thorn",
        "combe wick haven mere stow dale moor hurst croft bourne",
    ),
    "nordic": (
        "Ald Bir Fjel Hav Isa Kal Lun Ska Sno Vin Tam Ruo",
        "dra ken mo sund vik lo strand tar nen hall",
    ),
    "korea": (
        "Hae Nara Mi Sol Byeol Dal Seo Yeon Ha Bom Gyeo Noeul",
        "rin dam bit sae yul ra won mir son gyul",
    ),
    "japan": (
        "Aka Hana Kaze Mori Sora Tsuki Yuki Nami Kita Hoshi Aki Umi",
        "shiro nori zaka hama mine noki ruka riku suzu tori",
    ),
    "south": (
        "Anan Chan Dhar Indra Kama Lota Mala Rata Sari Vira Nila Suva",
        "da pura na mati siri wan vanta li ratna mas",
    ),
}

# Composed by chance, but words, places or existing brand names.
_EXISTING = """
Lumiere Marigny Montigny Valoria Maressa Belezza Toranto Birken Skalo Isamo Loreli Alazani Shirvani Gurani
Naroria Huaxi Huating Tianya Tianhe Tianning Baihe Hongbao Hongxi Hongya Jinhe Jinchuan Xinghe Qingting Qinghe
Lanxi Svetogor Beloslad Belogor Radovka Mira Mirin Hara Habit Seora Seowon Seoyul Hayul Glendale Ashcroft
Oakhurst Fairhaven Thornbourne Maplewick Lindhof Brunhaus Waldhof Nordhaus Steinhaus Nordmark Hoshizaka Akashiro
Hananoki Chanda Channa Kamali Kamana Sarina Ratana Ananda Suvana Indrana Nasira Shauna Zarineh Zarira Parira
Golineh
"""


def _origins() -> Iterator[CountryOfOrigin]:
    for line in _COUNTRIES.strip().splitlines():
        code, prefix, sound, en, zh, ru, kk = line.split()
        first, _, last = prefix.partition("-")
        yield CountryOfOrigin(code, range(int(first), int(last or first) + 1), sound, en.replace("_", " "), zh, ru, kk)


ORIGINS = {origin.code: origin for origin in _origins()}
"""Every country of origin by its ISO 3166 code."""


def brands_of(sound: str) -> list[str]:
    """Every invented brand that sounds like `sound`, each once, in a fixed order."""
    starts, ends = _SOUNDS[sound]
    existing = frozenset(_EXISTING.split())
    brands = (start + end for start, end in product(starts.split(), ends.split()))
    return [brand for brand in brands if brand not in existing]
