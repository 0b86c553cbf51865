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
_OTHER_MATTERS = re.compile("其[他它](?:重要|需要)?(?:事项|情况|说明)")
_STRONG_END = re.compile(r"(?:情况|说明|原因|事项|管理)[)）:：。]?\s*$")
_SECTION = re.compile(r"\s*(十[一二三]?|[一二三四五六七八九])\s*[、.．,，]\s*(\S.*)", re.S)
_GLUED = re.compile(rf"(.{{2,30}}?(?:{_SECTION_ENDS}))[:：。\s]*(.{{12,}})$", re.S)
_PART = re.compile(r"\s*第\s*([一二三四五六七1-7])\s*部\s*分\s*[、:：]?\s*(.*)", re.S)
_CHAPTER = re.compile(r"\s*第\s*([一二三四1-4])\s*[章篇编]\s*[、:：]?\s*(\S.*)", re.S)
_LISTED_PART = re.compile(r"\s*([一二三四])\s*、\s*(\S.*)", re.S)
_PART_WORDS = {
    1: re.compile(r"(?:部门|单位|.{2,20}局)?(?:基本)?概况"),
    2: re.compile(r"(?:20\d\d年度?)?(?:部门|单位)?预算(?:公开)?(?:报表|表|附表|批复表)"),
    3: re.compile(r"(?:20\d\d年度?)?(?:部门|单位)?预算(?:情况|公开|编制)*(?:的)?说明"),
    4: re.compile(r"名词解释"),
}
_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}|。{4,}|．{3,}|-{6,}|_{6,}")
_PAGE_TAIL = re.compile(r"[\s.…·．_-]*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_CAPTION = re.compile(r"(?:预算|部门|单位|附)?(?:公开)?表?(\d{1,2})表?$")
_CAPTION_INSIDE = re.compile(r"(?:预算|部门|单位)?公开(?:表\s*\d{1,2}|\d{1,2}\s*表)")
# The year may stand right behind the number of the table: 表12026年, 表122026年.
_LIST_PREFIX = re.compile(
    r"^(?:附?[表件](?:十[一二三]?|[一二三四五六七八九]|\d(?=20\d\d)|1[0-3](?=20\d\d)|\d{1,2})[、.:\-]?|\(?\d{1,2}[、.)]"
    r"|\((?:十[一二三]?|[一二三四五六七八九])\)|(?:十[一二三]?|[一二三四五六七八九])、)"
)
_YEAR = re.compile(r"((?:19|20)\d\d)年?(?:度)?")
_TITLE_END = re.compile(r"表(?:\([^()]*\)?)?$")
_SENTENCE = re.compile("[。;!?]|,.*,|详见|参见|根据|按照|如下|所示")
_FORM_TITLE = re.compile(r"绩效(?:目标)?(?:申报|批复|自评|情况|管理)?表(?:\(.*\))?$")
_NOTE = re.compile(r"\s*(?:备?\s*注|说明|资料来源)\s*\d?\s*[:：]")
_NO_DATA = re.compile(
    "[本此](?:表|页)(?:无|为空|没有|空表)|空表(?:列示|公开|$)|^[(]?无(?:此项|该项)?数据[)]?$|故本表|没有.{0,16}(?:预算|拨款|收支).{0,12}空表"
    "|^(?:备?注:|说明:|[(])*(?:[本我]?(?:部门|单位|局|院|校|中心)(?:20\\d\\d年)?(?:度)?)?(?:没有|无|未安排|不涉及)[此该本上相]"
    "|^(?:备?注:|说明:|[(])*[本我](?:部门|单位|局|院|校|中心)(?:20\\d\\d年)?(?:度)?(?:没有|无|未安排|不涉及)|^(?:备?注:)?无[。)]?$"
)
_UNIT_LINE = re.compile(r"(?:编制|填报|预算)?(?:部门|单位)(?:名称)?[:：]")
_AMOUNT_UNIT = re.compile(
    r"(?:金额)?单位\s*[:：]\s*((?:人民币)?(?:万元|元|千元|亿元))|[(（]\s*(万元|元|千元|亿元)\s*[)）]"
)
_DEPARTMENT = re.compile(
    r"(?:编制|填报|预算)?(?:部门|单位)(?:名称)?\s*[（(]?(?:公章|盖章)?[)）]?\s*[:：]\s*"
    r"(?!(?:人民币)?(?:万元|元|千元|亿元)(?:\s|$))(\S.*?)(?=\s*(?:金额)?单位\s*[:：]|\s{2,}|\t|$)"
)
_CONTINUED = re.compile(r"^[(]?(?:续表|续上表|接上表|续前表|续上页|接上页|续\d{0,2}[)]?$)[)]?")
_CONTINUED_TITLE = re.compile(r"^\s*续表\s*\d?\s*[:：]\s*|[(（]\s*续[表上页]{0,2}\s*\d?\s*[)）]\s*$")
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
    words: str = ""  # without the number


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
    """1 … 7 when the line is the heading of a part: 第一部分 概况, 第1部分, 第一章 概况."""
    if "部" not in text and "第" not in text:
        return None
    match = _PART.match(text)
    if match is None:
        return _part_by_words(_CHAPTER.match(text))
    if len(squeeze(match.group(2))) > 40 or _SENTENCE.search(fold(match.group(2))):
        return None
    return _ordinal(match.group(1))


def listed_part_number(text: str) -> int | None:
    """1 … 4 when a line such as 一、概况 is the heading of a part, in a document that has no 第一部分."""
    return _part_by_words(_LISTED_PART.match(text)) if len(text) < 40 else None


def part_words(text: str) -> int | None:
    """1 … 4 when a line says what a part is about and nothing else."""
    folded = fold(text) if len(text) < 30 else ""
    return next((number for number, words in _PART_WORDS.items() if words.fullmatch(folded)), None)


def _part_by_words(match: re.Match[str] | None) -> int | None:
    number = _ordinal(match.group(1)) if match else None
    return number if match and number == part_words(match.group(2)) else None


def _ordinal(printed: str) -> int:
    return int(printed) if printed.isdigit() else NUMERALS.index(printed) + 1


def is_glossary_heading(text: str) -> bool:
    return "名词解释" in text and re.fullmatch(r"(?:第.部分|[四五六]、)?名词解释:?", fold(text)) is not None


def is_note(text: str) -> bool:
    return _NOTE.match(text) is not None


def says_no_data(text: str) -> bool:
    told = any(word in text for word in ("空", "无", "没有", "故本表", "未安排", "不涉及"))
    return told and bool(_NO_DATA.search(fold(text)))


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
    if "续" in text:
        text = _CONTINUED_TITLE.sub("", text)
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
    known = re.sub(r"^(?:本|我)?(?:部门|单位)", "", bare)
    if other := tuple(decl for decl in profile.tables if known in decl.other_titles):
        return other
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
        return SectionHeading(numeral, squeeze(text), words=squeeze(words))
    glued = _GLUED.match(words)
    if glued and not re.search("[。，；,;:：]", glued.group(1)):
        heading = squeeze(glued.group(1))
        return SectionHeading(numeral, f"{numeral}、{heading}", glued.group(2), heading)
    return None


def section_by_subject(heading: SectionHeading) -> str | None:
    """The numeral of the section a heading's words belong to; its own numeral where that fits."""
    words = fold(heading.words)
    own = _SECTION_WORDS.get(heading.numeral)
    if own and own.search(words):
        return heading.numeral
    # From the most particular subject to the most general one.
    for numeral in ("十一", "十", "九", "八", "七", "六", "四", "一", "五", "三", "二"):
        if _SECTION_WORDS[numeral].search(words):
            return numeral
    return "十二" if _OTHER_MATTERS.match(words) else None


def is_strong_heading(text: str) -> bool:
    """Whether a line ends as the headings of sections do."""
    return _STRONG_END.search(text) is not None
