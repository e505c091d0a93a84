"""The codes of places that the tables know: the world, the UNAIDS regions, ISO 3166 countries."""

from __future__ import annotations

WORLD = "WLD"
REGIONS = {
    "UNAAP": "Asia and the Pacific",
    "UNACAR": "Caribbean",
    "UNAESA": "Eastern and southern Africa",
    "UNAEECA": "Eastern Europe and central Asia",
    "UNALA": "Latin America",
    "UNAMENA": "Middle East and North Africa",
    "UNAWCA": "Western and central Africa",
    "UNAWCENA": "Western and central Europe and North America",
}
_ISO3 = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD
BGR BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR
COD COG COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH
ESP EST ETH FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL
GTM GUF GUM GUY HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR
JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR
MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL
NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY
PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP
SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA
UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
COUNTRIES = frozenset(_ISO3.split())
LOCATIONS = COUNTRIES | REGIONS.keys() | {WORLD}


def location_type(code: str) -> str:
    """Whether a code stands for the world, a region or a country."""
    if code == WORLD:
        return "world"
    return "region" if code in REGIONS else "country"
