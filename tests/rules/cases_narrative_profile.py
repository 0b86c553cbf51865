"""Cases of part one: lists of offices and names of units."""

from disclosures.plain.data import Disclosure
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes

T11 = "部门合计 | 3.00 | 3.00\n某市某局 | 1.00 | 1.00\n某市社会保险中心 | 2.00 | 2.00"


def profile(*texts: str, units: str | None = None) -> Disclosure:
    return tiny(section("概况", *texts), T11=units)


def naming(names: str) -> Disclosure:
    return profile(f"本部门包括单位为：{names}。", units=T11)


CASES = [
    # N-LIST-COUNT
    passes("N-LIST-COUNT", profile("下设3个科室：综合科、人事科、财务科。")),
    passes("N-LIST-COUNT", profile("共2个所属事业单位分别为：1. 甲中心，2. 乙中心。")),
    fails("N-LIST-COUNT", profile("设2个内设机构：综合科、人事科、财务科。"), "N/概况/1", says="列有 3 个"),
    fails("N-LIST-COUNT", profile("职责。", "中心下设综合科、人事科、财务科四个科室。"), "N/概况/2"),
    edge("N-LIST-COUNT", profile("设4个科室：劳动关系与法规科、财务科、监察科和信访科。")),
    edge("N-LIST-COUNT", profile("下设甲中心（乙中心、丙中心）、丁中心等9个事业单位。")),
    blank("N-LIST-COUNT", profile("")),
    # N-PROFILE-UNITS
    passes("N-PROFILE-UNITS", naming("某市某局本级、某市社会保险中心")),
    fails(
        "N-PROFILE-UNITS", naming("某市某局本级、某市社会保险服务中心"), "N/概况/1", says="表十一写作“某市社会保险中心”"
    ),
    edge("N-PROFILE-UNITS", naming("某市某局本级、某市就业创业培训学院")),
    edge("N-PROFILE-UNITS", profile("本部门包括单位为：某市某局、某市社会保", "险中心。", units=T11)),
    blank("N-PROFILE-UNITS", profile("", units=T11)),
]
