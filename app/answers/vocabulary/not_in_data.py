"""What people ask for that cannot be answered, and places that are never taken for others."""

from __future__ import annotations

from app.answers.vocabulary.text import words

UNSUPPORTED: dict[str, tuple[str, ...]] = {
    "a look into the future": words("""
        forecast | predict | prediction | projection | project | projected | expect | expected | will be | will |
        future | next | tomorrow | outlook | simulate | what if
    """),
    "fiscal years, which are not defined": words("fiscal | fy | fiscal year | financial year | fiscal quarter"),
    "correlations and other statistics": words("""
        correlation | correlate | correlated | regression | significance | significant | causal | cause | caused |
        anomaly | outlier | cluster | variance | histogram | elasticity
    """),
    "advice and opinions": words("""
        should | recommend | recommendation | advice | advise | suggest | strategy | optimal | best way |
        good idea | opinion | think | better to
    """),
    "changes to data": words("delete | update | insert | drop table | remove the row | truncate | modify | edit"),
    "seasons, which are not defined": words("spring | summer | autumn | winter"),
    "contact details": words("password | credit card | ssn | social security"),
}

# what businesses talk about and this data does not hold: named when it is asked for, never taken for a misspelling
NOT_IN_DATA = words("""
    supplier | vendor | employee | staff | manager | salesperson | salesman | sales person | sales rep |
    sales representative | inventory | stock | budget | target | quota | tax | vat | weather | competitor |
    marketing | campaign | advertising | website | visit | visitor | click | traffic | age | gender | birthday |
    birth | salary | wage | store | branch | warehouse | brand | manufacturer | maker | color | colour | weight |
    size | height | volume of boxes | rating | review | satisfaction | nps | complaint | ticket | coupon | voucher |
    promotion | loyalty | points | subscription | churn | payment | invoice | refund | currency | exchange rate |
    euro | carrier | courier | truck | distance | temperature | population | gdp | headcount | overtime |
    department head | margin call | lifetime value | ltv | cac | ebitda | cash | debt | asset | share price |
    stock price | hour | minute | morning | afternoon | evening | night | channel | device | browser | app |
    email open | newsletter | lead | opportunity | pipeline | quote | contract | language | religion |
    income level | household | education | married | pet | dog | cat | backorder | delay reason | warranty |
    serial number | barcode | discount code | list price | cost price | price list | commission | bonus | rent |
    electricity | energy | carbon | co2 | emission | sustainability | recipe | president | capital | football |
    stocks | bitcoin | joke | poem | song | movie | continent | hemisphere | street | address | neighborhood |
    county | district | shelf | aisle | supplier's | franchise | partner | reseller | intern | team | shift |
    agent | north america | south america | central america | eastern europe | western europe | conversion | conversion rate | basket abandonment | cart | abandoned | wishlist | session | impression |
    roi | roas | ad | ads | sms | call | meeting | server | uptime | bug | release | version | retention | cohort |
    lifetime | acquisition cost
""")

# real places, which are never taken for a misspelling of another
PLACES = frozenset(
    words("""
        afghanistan | alabama | alaska | albania | algeria | amsterdam | andorra | angola | antarctica | argentina |
        arizona | arkansas | armenia | asia | athens | australia | austria | azerbaijan | bahamas | bahrain |
        bangladesh | barbados | bavaria | belarus | belgium | belize | benin | berlin | bhutan | bolivia | bosnia |
        botswana | brazil | brunei | brussels | budapest | bulgaria | burundi | california | cambodia | cameroon |
        canada | chad | chile | china | colombia | colorado | comoros | congo | connecticut | croatia | cuba |
        cyprus | czechia | delaware | denmark | djibouti | dominica | dublin | ecuador | egypt | england | eritrea |
        estonia | eswatini | ethiopia | fiji | finland | florida | france | gabon | gambia | georgia | germany |
        ghana | greece | greenland | grenada | guatemala | guinea | guyana | haiti | hawaii | honduras | hungary |
        iceland | idaho | illinois | india | indiana | indonesia | iowa | iran | iraq | ireland | israel | italy |
        jamaica | japan | jordan | kansas | kazakhstan | kentucky | kenya | kiribati | kosovo | kuwait |
        kyrgyzstan | laos | latvia | lebanon | lesotho | liberia | libya | liechtenstein | lisbon | lithuania |
        london | louisiana | luxembourg | madagascar | madrid | maine | malawi | malaysia | maldives | mali |
        malta | maryland | massachusetts | mauritania | mauritius | mexico | michigan | micronesia | minnesota |
        mississippi | missouri | moldova | monaco | mongolia | montana | montenegro | morocco | moscow |
        mozambique | myanmar | namibia | nauru | nebraska | nepal | netherlands | nevada | nicaragua | niger |
        nigeria | norway | oceania | ohio | oklahoma | oman | oregon | oslo | pakistan | palau | palestine |
        panama | paraguay | paris | pennsylvania | peru | philippines | poland | portugal | prague | qatar |
        romania | rome | russia | rwanda | samoa | scotland | senegal | serbia | seychelles | singapore | slovakia |
        slovenia | somalia | spain | sudan | suriname | sweden | switzerland | syria | taiwan | tajikistan |
        tanzania | tennessee | texas | thailand | togo | tokyo | tonga | tunisia | turkey | turkmenistan | tuvalu |
        uganda | ukraine | uruguay | utah | uzbekistan | vanuatu | venezuela | vermont | vienna | vietnam |
        virginia | wales | warsaw | washington | wisconsin | wyoming | yemen | zambia | zimbabwe
    """)
)
