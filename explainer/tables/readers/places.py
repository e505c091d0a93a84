"""The place a row speaks of: its UNAIDS name, its code, and what kind of place it is."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from explainer.errors import ExplainerError
from explainer.tables.places import COUNTRIES, REGIONS, WORLD, location_type

# Code, the name UNAIDS gives, then names that other organisations or older files give.
_COUNTRY_NAMES = """
ABW Aruba | AFG Afghanistan | AGO Angola | ALB Albania | AND Andorra | ARE United Arab Emirates |
ARG Argentina | ARM Armenia | ASM American Samoa | ATG Antigua and Barbuda | AUS Australia |
AUT Austria | AZE Azerbaijan | BDI Burundi | BEL Belgium | BEN Benin | BFA Burkina Faso |
BGD Bangladesh | BGR Bulgaria | BHR Bahrain | BHS Bahamas; Bahamas, The |
BIH Bosnia and Herzegovina | BLR Belarus | BLZ Belize | BMU Bermuda |
BOL Bolivia; Bolivia (Plurinational State of) | BRA Brazil | BRB Barbados |
BRN Brunei Darussalam | BTN Bhutan | BWA Botswana | CAF Central African Republic | CAN Canada |
CHE Switzerland | CHL Chile | CHN China | CIV Cote d'Ivoire | CMR Cameroon |
COD Democratic Republic of the Congo; Democratic Republic of Congo; Congo, Dem. Rep. |
COG Congo; Congo, Rep. | COK Cook Islands | COL Colombia | COM Comoros |
CPV Cabo Verde; Cape Verde | CRI Costa Rica | CUB Cuba | CUW Curacao | CYM Cayman Islands |
CYP Cyprus | CZE Czechia; Czech Republic | DEU Germany | DJI Djibouti | DMA Dominica |
DNK Denmark | DOM Dominican Republic | DZA Algeria | ECU Ecuador | EGY Egypt; Egypt, Arab Rep. |
ERI Eritrea | ESP Spain | EST Estonia | ETH Ethiopia | FIN Finland | FJI Fiji | FRA France |
FRO Faroe Islands | FSM Micronesia (Federated States of); Micronesia, Fed. Sts. | GAB Gabon |
GBR United Kingdom; United Kingdom of Great Britain and Northern Ireland | GEO Georgia |
GHA Ghana | GIB Gibraltar | GIN Guinea | GMB Gambia; Gambia, The | GNB Guinea-Bissau |
GNQ Equatorial Guinea | GRC Greece | GRD Grenada | GRL Greenland | GTM Guatemala | GUM Guam |
GUY Guyana | HKG Hong Kong SAR, China | HND Honduras | HRV Croatia | HTI Haiti | HUN Hungary |
IDN Indonesia | IMN Isle of Man | IND India | IRL Ireland |
IRN Iran (Islamic Republic of); Iran; Iran, Islamic Rep. | IRQ Iraq | ISL Iceland | ISR Israel |
ITA Italy | JAM Jamaica | JOR Jordan | JPN Japan | KAZ Kazakhstan | KEN Kenya |
KGZ Kyrgyzstan; Kyrgyz Republic | KHM Cambodia | KIR Kiribati |
KNA Saint Kitts and Nevis; St. Kitts and Nevis | KOR Republic of Korea; Korea, Rep. | KWT Kuwait |
LAO Lao People's Democratic Republic; Lao People Democratic Republic; Laos; Lao PDR |
LBN Lebanon | LBR Liberia | LBY Libya; Libyan Arab Jamahiriya | LCA Saint Lucia; St. Lucia |
LIE Liechtenstein | LKA Sri Lanka | LSO Lesotho | LTU Lithuania | LUX Luxembourg | LVA Latvia |
MAC Macao SAR, China | MAF St. Martin (French part) | MAR Morocco | MCO Monaco |
MDA Republic of Moldova; Moldova | MDG Madagascar | MDV Maldives | MEX Mexico |
MHL Marshall Islands | MKD North Macedonia; The former Yugoslav Republic of Macedonia | MLI Mali |
MLT Malta | MMR Myanmar | MNE Montenegro | MNG Mongolia | MNP Northern Mariana Islands |
MOZ Mozambique | MRT Mauritania | MUS Mauritius | MWI Malawi | MYS Malaysia | NAM Namibia |
NCL New Caledonia | NER Niger | NGA Nigeria | NIC Nicaragua | NIU Niue |
NLD Netherlands; Netherlands (Kingdom of the) | NOR Norway | NPL Nepal | NRU Nauru |
NZL New Zealand | OMN Oman | PAK Pakistan | PAN Panama | PER Peru | PHL Philippines | PLW Palau |
PNG Papua New Guinea | POL Poland | PRI Puerto Rico |
PRK Democratic People's Republic of Korea; Democratic People Republic of Korea;
Korea, Dem. People's Rep. |
PRT Portugal | PRY Paraguay | PSE West Bank and Gaza | PYF French Polynesia | QAT Qatar |
ROU Romania | RUS Russian Federation | RWA Rwanda | SAU Saudi Arabia | SDN Sudan | SEN Senegal |
SGP Singapore | SLB Solomon Islands | SLE Sierra Leone | SLV El Salvador | SMR San Marino |
SOM Somalia | SRB Serbia | SSD South Sudan | STP Sao Tome and Principe | SUR Suriname |
SVK Slovakia; Slovak Republic | SVN Slovenia | SWE Sweden | SWZ Eswatini; Swaziland |
SXM Sint Maarten (Dutch part) | SYC Seychelles | SYR Syrian Arab Republic; Syria |
TCA Turks and Caicos Islands | TCD Chad | TGO Togo | THA Thailand | TJK Tajikistan |
TKM Turkmenistan | TLS Timor-Leste; East Timor | TON Tonga | TTO Trinidad and Tobago |
TUN Tunisia | TUR Türkiye; Turkey | TUV Tuvalu | TZA United Republic of Tanzania; Tanzania |
UGA Uganda | UKR Ukraine | URY Uruguay | USA United States of America; United States |
UZB Uzbekistan | VCT Saint Vincent and the Grenadines; St. Vincent and the Grenadines |
VEN Venezuela; Venezuela (Bolivarian Republic of); Venezuela, RB | VGB British Virgin Islands |
VIR Virgin Islands (U.S.) | VNM Viet Nam | VUT Vanuatu | WSM Samoa | YEM Yemen; Yemen, Rep. |
ZAF South Africa | ZMB Zambia | ZWE Zimbabwe
"""
_WORLD_CODES = frozenset({WORLD, "03M49WLD", "OWID_WRL", "GLOBAL", "1W"})
_WORLD_NAMES = ("World", "Global", "All countries")
_REGION_NAMES = {
    "UNAESA": ("East and Southern Africa",),
    "UNAWCA": ("West and Central Africa",),
    "UNAWCENA": ("Western/Central Europe and North America",),
    "UNALA": ("Latin America",),
}


@dataclass(frozen=True)
class Place:
    """A place: the code is blank where the file gives none and the name is not known."""

    name: str
    code: str
    kind: str


@lru_cache(maxsize=4096)
def place(name: str, code: str = "") -> Place:
    """Give the place a file means by a name and, where it has one, a code.

    A code decides; without one the name does.  What is neither the world, a UNAIDS region nor
    a country stays as the file calls it, of the kind ``other``.
    """
    name, code = _printed(name), _printed(code)
    named = _by_name().get(_letters(name), "")
    if code in COUNTRIES and named in COUNTRIES and named != code:
        raise ExplainerError(
            f"{name} stands beside the code {code}, which is {_names().get(code, (code,))[0]}; "
            "a column has slipped, download it again"
        )
    known = code if code else named
    if known in _WORLD_CODES:
        return Place("World", WORLD, "world")
    if known in REGIONS:
        return Place(REGIONS[known], known, "region")
    if known in COUNTRIES:
        return Place(_names().get(known, (name,))[0] or known, known, location_type(known))
    return Place(name or code, code, "other")


def _printed(text: str) -> str:
    """A cell without line breaks and signs that steer a terminal."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[str, ...]]:
    """Every country's names by its code, the UNAIDS name first."""
    entries = (entry.strip() for entry in _COUNTRY_NAMES.replace("\n", " ").split("|"))
    return {entry[:3]: tuple(entry[4:].split("; ")) for entry in entries}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """The code of every name, spelled with letters alone."""
    known = {code: [name, *_REGION_NAMES.get(code, ())] for code, name in REGIONS.items()}
    known |= {code: list(names) for code, names in _names().items()}
    known[WORLD] = list(_WORLD_NAMES)
    return {_letters(name): code for code, names in known.items() for name in names}


def _letters(name: str) -> str:
    """A name without accents, case, signs and what a source adds: Cote dIvoire, Côte d'Ivoire."""
    plain = name.replace("(UNAIDS)", "").replace("&", "and")
    parts = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(sign for sign in parts if sign.isalpha())
