"""States by their three letters, as passports write them, and the two letters that people type."""

from __future__ import annotations

_ISO_3166 = """
AD AND AE ARE AF AFG AG ATG AI AIA AL ALB AM ARM AO AGO AQ ATA AR ARG AS ASM AT AUT AU AUS AW ABW AX ALA AZ AZE
BA BIH BB BRB BD BGD BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BL BLM BM BMU BN BRN BO BOL BQ BES BR BRA BS BHS
BT BTN BV BVT BW BWA BY BLR BZ BLZ CA CAN CC CCK CD COD CF CAF CG COG CH CHE CI CIV CK COK CL CHL CM CMR CN CHN
CO COL CR CRI CU CUB CV CPV CW CUW CX CXR CY CYP CZ CZE DE DEU DJ DJI DK DNK DM DMA DO DOM DZ DZA EC ECU EE EST
EG EGY EH ESH ER ERI ES ESP ET ETH FI FIN FJ FJI FK FLK FM FSM FO FRO FR FRA GA GAB GB GBR GD GRD GE GEO GF GUF
GG GGY GH GHA GI GIB GL GRL GM GMB GN GIN GP GLP GQ GNQ GR GRC GS SGS GT GTM GU GUM GW GNB GY GUY HK HKG HM HMD
HN HND HR HRV HT HTI HU HUN ID IDN IE IRL IL ISR IM IMN IN IND IO IOT IQ IRQ IR IRN IS ISL IT ITA JE JEY JM JAM
JO JOR JP JPN KE KEN KG KGZ KH KHM KI KIR KM COM KN KNA KP PRK KR KOR KW KWT KY CYM KZ KAZ LA LAO LB LBN LC LCA
LI LIE LK LKA LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY MA MAR MC MCO MD MDA ME MNE MF MAF MG MDG MH MHL MK MKD
ML MLI MM MMR MN MNG MO MAC MP MNP MQ MTQ MR MRT MS MSR MT MLT MU MUS MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM
NC NCL NE NER NF NFK NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NU NIU NZ NZL OM OMN PA PAN PE PER PF PYF PG PNG
PH PHL PK PAK PL POL PM SPM PN PCN PR PRI PS PSE PT PRT PW PLW PY PRY QA QAT RE REU RO ROU RS SRB RU RUS RW RWA
SA SAU SB SLB SC SYC SD SDN SE SWE SG SGP SH SHN SI SVN SJ SJM SK SVK SL SLE SM SMR SN SEN SO SOM SR SUR SS SSD
ST STP SV SLV SX SXM SY SYR SZ SWZ TC TCA TD TCD TF ATF TG TGO TH THA TJ TJK TK TKL TL TLS TM TKM TN TUN TO TON
TR TUR TT TTO TV TUV TW TWN TZ TZA UA UKR UG UGA UM UMI US USA UY URY UZ UZB VA VAT VC VCT VE VEN VG VGB VI VIR
VN VNM VU VUT WF WLF WS WSM YE YEM YT MYT ZA ZAF ZM ZMB ZW ZWE
"""
_CODES = _ISO_3166.split()
_THREE_OF_TWO = dict(zip(_CODES[::2], _CODES[1::2], strict=True))
_TWO_OF_THREE = {three: two for two, three in _THREE_OF_TWO.items()}
# Issuers and nationalities of ICAO 9303 part 3, section 5, that are no ISO 3166 state: bodies, Britons of other kinds,
# Kosovo, the stateless, refugees; UTO is the specimens' Utopia.
_BODIES = "GBD GBN GBO GBP GBS RKS EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XES XMP XPO XOM XDC XXA XXB XXC XXX UTO"
_NO_STATES = frozenset(_BODIES.split())
# Passports of Hong Kong and Macao bear CHN as their issuer, and the series of one state is one: HKG as typed
# must not make another person of a holder whose passport was scanned. Britain numbers all its passports in one series.
_ISSUED_BY = {"HKG": "CHN", "MAC": "CHN", "GBD": "GBR", "GBN": "GBR", "GBO": "GBR", "GBP": "GBR", "GBS": "GBR"}


def three_letters(name: str) -> str | None:
    """The passport code of `name` (two or three letters, any case); None when no issuer is called so.

    Germany writes a lone D and is DEU here.
    """
    name = name.strip().upper()
    if name == "D":
        return "DEU"
    return name if name in _TWO_OF_THREE or name in _NO_STATES else _THREE_OF_TWO.get(name)


def issuer_of(name: str) -> str | None:
    """The issuer code of documents of `name`; None for a name that issues no documents.

    The issuer stands under no check digit and is a part of the identity: a misread one would be a second person.
    """
    code = three_letters(name)
    return None if code is None else _ISSUED_BY.get(code, code)


def two_letters(country: str) -> str | None:
    """The ISO 3166 two-letter code of a passport code; None for issuers that are no state."""
    return _TWO_OF_THREE.get(country)
