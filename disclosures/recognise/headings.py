"""What a single line announces: a part, a budget table, a caption, a section, a target form, a note.

Each function looks at one short text and answers for that text alone; where it stands in the
document is `segment`'s affair.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from disclosures.plain.text import fold, squeeze
from disclosures.profiles import DEFAULT_PROFILE, TableDecl, TemplateProfile

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三")

# What each section of part three is about, in the words its heading may use (folded text).
_SECTION_WORDS = {
    "一": re.compile("收支数据|预算收支|收支.*变动|数据变动|收支总体"),
    "二": re.compile("收入预算|预算收入|收入情况"),
    "三": re.compile("支出预算|预算支出|支出情况"),
    "四": re.compile("财政拨款收支"),
    "五": re.compile("一般公共预算.*支出"),
    "六": re.compile("基本支出"),
    "七": re.compile("三公"),
    "八": re.compile("机关运行|运行经费"),
    "九": re.compile("采购"),
    "十": re.compile("绩效"),
    "十一": re.compile("国有资产|资产占"),
    "十二": re.compile("其他|其它"),
}
_SECTION_ENDS = "情况及原因|总体情况说明|情况说明|原因说明|的说明|说明|情况|原因|事项|目标|管理|采购|其他"
_SECTION = re.compile(r"\s*(十[一二三]?|[一二三四五六七八九])\s*[、.．,，]\s*(\S.*)", re.S)
_GLUED = re.compile(rf"(.{{2,30}}?(?:{_SECTION_ENDS}))[:：。\s]*(.{{12,}})$", re.S)
_PART = re.compile(r"\s*第\s*([一二三四五六七])\s*部\s*分\s*[、:：]?\s*(.*)", re.S)
_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}|。{4,}|．{3,}|-{6,}|_{6,}")
_PAGE_TAIL = re.compile(r"[\s.…·．_-]*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_CAPTION = re.compile(r"(?:预算|部门|单位|附)?(?:公开)?表?(\d{1,2})表?$")
_CAPTION_INSIDE = re.compile(r"(?:预算|部门|单位)?公开(?:表\s*\d{1,2}|\d{1,2}\s*表)")
_LIST_PREFIX = re.compile(r"^(?:附?表(?:十[一二三]?|[一二三四五六七八九]|\d{1,2})[、.:\-]?|\(?\d{1,2}[、.)])")
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度)?")
_TITLE_END = re.compile(r"表(?:\([^()]*\)?)?$")
_SENTENCE = re.compile("[。;!?]|,.*,|详见|参见|根据|按照|如下|所示")
_FORM_TITLE = re.compile(r"绩效(?:目标)?(?:申报|批复|自评|情况|管理)?表(?:\(.*\))?$")
_NOTE = re.compile(r"\s*(?:备?\s*注|说明|资料来源)\s*\d?\s*[:：]")
_NO_DATA = re.compile(
    "本表(?:无数据|为空|没有数据|空表)|此表(?:无数据|为空)|空表(?:列示|公开|$)|^[(]?无数据[)]?$|故本表|没有.{0,16}(?:预算|拨款|收支).{0,12}空表"
)
_UNIT_LINE = re.compile(r"(?:编制|填报|预算)?(?:部门|单位)(?:名称)?[:：]")
_AMOUNT_UNIT = re.compile(
    r"(?:金额)?单位\s*[:：]\s*((?:人民币)?(?:万元|元|千元|亿元))|[(（]\s*(万元|元|千元|亿元)\s*[)）]"
)
_DEPARTMENT = re.compile(
    r"(?:编制|填报|预算)?(?:部门|单位)(?:名称)?\s*[（(]?(?:公章|盖章)?[)）]?\s*[:：]\s*"
    r"(?!(?:人民币)?(?:万元|元|千元|亿元)(?:\s|$))(\S.*?)(?=\s*(?:金额)?单位\s*[:：]|\s{2,}|\t|$)"
)
_CONTINUED = re.compile(r"^[(]?(?:续表|续上表|接上表|续前表)[)]?")
_LEAST_LIKENESS = 0.78
_LEAST_MARGIN = 0.04


@dataclass(frozen=True, slots=True)
class TableTitle:
    """The title of a table. `options` are the declared tables it may mean, best first; () for another table."""

    options: tuple[TableDecl, ...]
    title: str  # without the year
    year: int | None


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """The heading of a section; `rest` is prose that the file glued to it."""

    numeral: str
    heading: str
    rest: str = ""


def is_leader_line(text: str) -> bool:
    """A line of a table of contents: dots that lead to a page number."""
    return bool(_LEADER.search(text))


def contents_entry(text: str) -> str:
    """A line of a table of contents without its leader and page number, folded."""
    cut = _LEADER.split(text, maxsplit=1)[0]
    return fold(_PAGE_TAIL.sub("", cut) or cut)


def ends_with_page_number(text: str) -> bool:
    return bool(re.search(r"[\s.…·]\d{1,3}\s*$", text))


def is_contents_heading(text: str) -> bool:
    return len(text) < 12 and squeeze(text) in ("目录", "目錄", "目次", "CONTENTS")


def part_number(text: str) -> int | None:
    """1 … 7 when the line is the heading of a part."""
    if "部" not in text:
        return None
    match = _PART.match(text)
    if match is None or len(squeeze(match.group(2))) > 40 or _SENTENCE.search(fold(match.group(2))):
        return None
    return NUMERALS.index(match.group(1)) + 1


def is_glossary_heading(text: str) -> bool:
    return "名词解释" in text and re.fullmatch(r"(?:第.部分|[四五六]、)?名词解释:?", fold(text)) is not None


def is_note(text: str) -> bool:
    return _NOTE.match(text) is not None


def says_no_data(text: str) -> bool:
    return ("空" in text or "无" in text or "没有" in text or "故本表" in text) and bool(_NO_DATA.search(fold(text)))


def is_unit_line(text: str) -> bool:
    """部门名称：… or 单位：万元, which stand between a table's title and its header."""
    if "位" not in text and "部门" not in text:
        return False
    return len(text) < 120 and _UNIT_LINE.match(squeeze(text)) is not None


def printed_department(text: str) -> str | None:
    match = _DEPARTMENT.search(text)
    return squeeze(match.group(1)) if match else None


def printed_amount_unit(text: str) -> str | None:
    match = _AMOUNT_UNIT.search(text)
    return (match.group(1) or match.group(2)).removeprefix("人民币") if match else None


def is_continuation_mark(text: str) -> bool:
    return "续" in text and len(text) < 20 and _CONTINUED.match(fold(text)) is not None


def caption_number(text: str) -> int | None:
    """7 for 预算公开表7, 公开07表, 部门公开表 7."""
    if "表" not in text or len(text) > 30:
        return None
    folded = fold(text)
    match = _CAPTION.fullmatch(folded) if "公开" in folded or folded.startswith("附") else None
    return int(match.group(1)) if match else None


def without_caption(text: str) -> tuple[str, str | None]:
    """A line parted into what it says and the caption (预算公开表1) that stands in it."""
    match = _CAPTION_INSIDE.search(text) if "公开" in text else None
    if match is None:
        return text, None
    return (text[: match.start()] + text[match.end() :]).strip(), squeeze(match.group(0))


def is_form_title(text: str) -> bool:
    """项目支出绩效目标表, 整体支出绩效目标申报表: the title of a target form."""
    if "绩效" not in text or "表" not in text:
        return False
    folded = fold(text)
    return 6 < len(folded) < 60 and not folded.startswith("(") and bool(_FORM_TITLE.search(folded))


def table_title(text: str, profile: TemplateProfile = DEFAULT_PROFILE) -> TableTitle | None:
    """The budget table that a line is the title of; None for a line that is no table's title."""
    if "表" not in text or len(text) > 90:
        return None
    folded = fold(text)
    if not _TITLE_END.search(folded) or _SENTENCE.search(folded) or "绩效" in folded or len(folded) > 60:
        return None
    body = _LIST_PREFIX.sub("", folded)
    year = _YEAR.search(body)
    name = body[year.end() :] if year else body
    printed = _printed_title(text, year.group(1) if year else None)
    options = _match(name, profile)
    if not options and not (year or "预算" in name):
        return None
    return TableTitle(options, printed, int(year.group(1)) if year else None)


def _printed_title(text: str, year: str | None) -> str:
    """The title as printed, without the list number and the year in front."""
    printed = squeeze(text)
    if year and year in printed:
        printed = re.sub(r"^年?(?:度)?", "", printed.split(year, 1)[1])
        return printed
    return re.sub(r"^(?:附?表(?:十[一二三]?|[一二三四五六七八九]|\d{1,2})[、.：:]?)", "", printed)


def _match(name: str, profile: TemplateProfile) -> tuple[TableDecl, ...]:
    exact = tuple(decl for decl in profile.tables if all(key in name for key in decl.title_keys))
    if exact:
        return tuple(sorted(exact, key=lambda decl: -sum(map(len, decl.title_keys))))[:1]
    bare = re.sub(r"\([^()]*\)?", "", name)
    scored = sorted(((_likeness(name, bare, decl), decl) for decl in profile.tables), key=lambda pair: -pair[0])
    best = scored[0][0]
    if best < _LEAST_LIKENESS:
        return ()
    return tuple(decl for score, decl in scored if score >= best - _LEAST_MARGIN)


def _likeness(name: str, bare: str, decl: TableDecl) -> float:
    title = fold(decl.title)
    plain = re.sub(r"\([^()]*\)", "", title)
    return max(SequenceMatcher(None, name, title).ratio(), SequenceMatcher(None, bare, plain).ratio() - 0.01)


def section_heading(text: str) -> SectionHeading | None:
    """A line that begins with 一、 … 十三、 and reads like a heading; its subject is not looked at."""
    match = _SECTION.match(text)
    if match is None:
        return None
    numeral, words = match.groups()
    if len(words) <= 40 and not re.search(r"[。；;]\s*\S|[。；;，,]$|\d\.\d\d", words.strip()):
        return SectionHeading(numeral, squeeze(text))
    glued = _GLUED.match(words)
    if glued and not re.search("[。，；,;:：]", glued.group(1)):
        return SectionHeading(numeral, f"{numeral}、{squeeze(glued.group(1))}", glued.group(2))
    return None


def section_by_subject(heading: SectionHeading) -> str | None:
    """The numeral of the section a heading's words belong to; its own numeral where that fits."""
    words = fold(heading.heading.split("、", 1)[-1])
    own = _SECTION_WORDS.get(heading.numeral)
    if own and own.search(words):
        return heading.numeral
    # From the most particular subject to the most general one.
    for numeral in ("十一", "十", "九", "八", "七", "六", "四", "一", "五"):
        if _SECTION_WORDS[numeral].search(words):
            return numeral
    return None
