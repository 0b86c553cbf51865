"""Cases of the document itself: its parts, titles, prose, marks, and data of persons."""

from dataclasses import replace
from typing import Any

from disclosures.plain.codec import NUMERALS
from disclosures.plain.data import Note, OtherTable, Paragraph, Section
from tests.rules.builders import section, tiny
from tests.rules.cases import blank, edge, fails, passes
from tests.rules.form_builders import form

IDS = [f"T{n:02d}" for n in range(1, 14)]
ALL_TABLES: dict[str, Any] = dict.fromkeys(IDS)


COPIED = "2026年某市某局公务接待费预算5.00万元，比上年减少0.50万元，原因是厉行节约。"


def first_tables(count) -> dict[str, Any]:
    return dict.fromkeys(IDS[:count])


def sections(*without, **texts):
    """The twelve sections but those named; keywords by numeral replace a text."""
    return [section(n, texts.get(n, "说明文字。")) for n in NUMERALS if n not in without]


def parts(**texts):
    return tiny(*(section(numeral, text) for numeral, text in texts.items()))


def titled(**fields):
    """T03 with some of what is printed around it."""
    document = tiny(T03="合计 | 1.00")
    return replace(document, tables=(replace(document.tables[0], **fields),))


def captions(*texts):
    document = tiny(**first_tables(len(texts)))
    return replace(
        document, tables=tuple(replace(table, caption=text) for table, text in zip(document.tables, texts, strict=True))
    )


def covered(*lines, **more):
    return replace(tiny(), title_lines=tuple(Paragraph(line) for line in lines), **more)


def prose(text):
    return tiny(section("一", text))


def four(rule, wrong, near, **more):
    """The four cases of a rule on one paragraph."""
    return [
        passes(rule, prose("收入预算增加。")),
        fails(rule, prose(wrong), "N/一/1", **more),
        edge(rule, prose(near)),
        blank(rule, tiny(Section("一", "一、", ()))),
    ]


def headed(numeral, heading):
    return Section(numeral, heading, (Paragraph("说明文字。"),))


SENTENCE = "贯彻执行国家有关就业工作的方针政策和法律法规。"
OWN = "某市某局2026年部门预算收支增加。"
CASES = [
    # D-TABLE-MISSING
    passes("D-TABLE-MISSING", tiny(**ALL_TABLES)),
    fails("D-TABLE-MISSING", tiny(**first_tables(12)), "T13", says="表十三"),
    edge("D-TABLE-MISSING", tiny(), "doc", says="全部预算报表"),
    blank("D-TABLE-MISSING", tiny(**{**ALL_TABLES, "T07": ""})),
    # D-TABLE-BLANK
    passes("D-TABLE-BLANK", tiny(T08=None)),
    fails("D-TABLE-BLANK", tiny(T08="合计 | "), "T08"),
    edge("D-TABLE-BLANK", tiny(T08="合计 | 0.00")),
    blank("D-TABLE-BLANK", tiny(T08=""), "T08"),
    # D-SECTION-MISSING
    passes("D-SECTION-MISSING", tiny(*sections())),
    fails("D-SECTION-MISSING", tiny(*sections("八")), "N/八", says="第八部分"),
    edge("D-SECTION-MISSING", tiny(*sections("八", 七="机关运行经费比上年减少。")), "N/八", says="疑标题缺失"),
    blank("D-SECTION-MISSING", tiny(), "doc", says="第三部分"),
    # D-SECTION-EMPTY
    passes("D-SECTION-EMPTY", tiny(*sections())),
    fails("D-SECTION-EMPTY", tiny(Section("八", "八、机关运行经费", ())), "N/八"),
    edge("D-SECTION-EMPTY", parts(八="无。")),
    blank("D-SECTION-EMPTY", tiny(Section("八", "八、机关运行经费", (Paragraph("  "),))), "N/八"),
    # D-PART-MISSING
    passes("D-PART-MISSING", parts(概况="职责。", 名词解释="解释。")),
    fails("D-PART-MISSING", parts(概况="职责。"), "N/名词解释", says="缺少第四部分"),
    edge("D-PART-MISSING", parts(概况="职责。", 名词解释="略")),
    blank("D-PART-MISSING", parts(概况=" ", 名词解释="解释。"), "N/概况", says="有标题而无内容"),
    # D-SECTION-ORDER
    passes("D-SECTION-ORDER", tiny(*sections())),
    fails("D-SECTION-ORDER", tiny(*(section(n, "文。") for n in ("一", "三", "二"))), "N/二", says="顺序有误"),
    edge("D-SECTION-ORDER", tiny(section("概况", "文。"), section("一", "文。"), section("三", "文。"))),
    blank("D-SECTION-ORDER", tiny()),
    # D-TABLE-YEAR
    passes("D-TABLE-YEAR", titled(printed_year=2026)),
    fails("D-TABLE-YEAR", titled(printed_year=2025), "T03", says="2025 年"),
    edge("D-TABLE-YEAR", replace(titled(printed_year=2025), fiscal_year=2025)),
    blank("D-TABLE-YEAR", titled(printed_year=None)),
    # D-HEADING-YEAR
    passes("D-HEADING-YEAR", covered("某市某局", "2026年度部门预算公开")),
    fails("D-HEADING-YEAR", covered("2025年度部门预算公开"), "doc", says="封面"),
    fails("D-HEADING-YEAR", tiny(headed("一", "一、2025年收支情况")), "N/一"),
    edge("D-HEADING-YEAR", covered("财预〔2016〕143号")),
    blank("D-HEADING-YEAR", covered("")),
    # D-TABLE-UNIT
    passes("D-TABLE-UNIT", titled(printed_unit="万元")),
    fails("D-TABLE-UNIT", titled(printed_unit="元"), "T03", says="“元”"),
    edge("D-TABLE-UNIT", titled(printed_unit="万 元")),
    blank("D-TABLE-UNIT", titled(printed_unit=None)),
    # D-TABLE-DEPARTMENT
    passes("D-TABLE-DEPARTMENT", titled(printed_department="某市某局")),
    fails("D-TABLE-DEPARTMENT", titled(printed_department="邻市邻局"), "T03", says="邻市邻局"),
    edge("D-TABLE-DEPARTMENT", titled(printed_department="某市 某局")),
    blank("D-TABLE-DEPARTMENT", titled(printed_department=None)),
    # D-CAPTION
    passes("D-CAPTION", captions("预算公开表1", "预算公开表2")),
    fails("D-CAPTION", captions("预算公开表1", "预算公开表3"), "T02"),
    edge("D-CAPTION", captions("预算公开表１", "预算公开表")),
    blank("D-CAPTION", captions(None, None)),
    # D-CAPTION-STYLE
    passes("D-CAPTION-STYLE", captions("预算公开表1", "预算公开表2")),
    fails("D-CAPTION-STYLE", captions("预算公开表1", "预算公开表2", "部门公开表3"), "T03"),
    edge("D-CAPTION-STYLE", captions("预算公开表1", "部门公开表2")),
    blank("D-CAPTION-STYLE", captions(None, "预算公开表2")),
    # D-DRAFT-MARK
    passes("D-DRAFT-MARK", covered("2026年度部门预算公开")),
    fails("D-DRAFT-MARK", covered("部门预算（征求意见稿）"), "doc", says="征求意见稿"),
    fails("D-DRAFT-MARK", covered(notes=(Note("文中有水印“仅供内部审核”，共 9 处"),)), "doc"),
    edge("D-DRAFT-MARK", prose("负责起草地方性法规，形成草稿和征求意见稿并按程序报批。")),
    blank("D-DRAFT-MARK", covered("")),
    # D-PLACEHOLDER
    *four("D-PLACEHOLDER", "本年预算XX万元。", "使用XML格式，规格为2X3。", says="“XX”"),
    edge("D-PLACEHOLDER", prose("详见附件（）。"), "N/一/1"),
    # D-WORD-TWICE
    *four(
        "D-WORD-TWICE", "负责社会保障保障工作。", "存在在编人员，各项各类常常渐渐，机关机关党委。", says="“保障保障”"
    ),
    edge("D-WORD-TWICE", prose("关于的的确确的目的的说明。")),
    # D-SENTENCE-TWICE
    *four("D-SENTENCE-TWICE", SENTENCE + SENTENCE, SENTENCE + "主要是按时完成。按时完成。"),
    edge("D-SENTENCE-TWICE", tiny(section("一", SENTENCE, SENTENCE)), "N/一/2"),
    # D-MARK-UNPAIRED
    *four("D-MARK-UNPAIRED", "印发《实施意见》的通知》的规定。", "1）工资；（二）津贴〔含“补贴”]。", says="“》”"),
    edge("D-MARK-UNPAIRED", prose("开展”慰问“活动。"), "N/一/1"),
    # D-FULL-STOP
    *four("D-FULL-STOP", "收入预算增加的主要原因是" + "人员增加" * 8, "收入预算增加的主要原因是" + "人员增加" * 6),
    # D-UNFINISHED
    *four("D-UNFINISHED", "主要是人员减少，", "主要是人员减少"),
    # D-PERSON-NUMBER
    *four("D-PERSON-NUMBER", "联系人手机13812345678。", "晋财字13812345号，填报于20251206143533。", says="138*****678"),
    fails("D-PERSON-NUMBER", prose("身份证号11010519491231002X。"), "N/一/1", says="身份证号码"),
    fails("D-PERSON-NUMBER", prose("卡号6222021234567890128。"), "N/一/1", says="银行卡号"),
    fails(
        "D-PERSON-NUMBER",
        tiny(targets=(form(指标={"数量指标": "王某13812345678 | 1人"}),)),
        "P/技能培训费/indicators/whole/数量指标",
    ),
    fails("D-PERSON-NUMBER", replace(tiny(), other_tables=(OtherTable(None, (("张三", "13912345678"),)),)), "doc"),
    edge("D-PERSON-NUMBER", prose("编号110105194912310021。")),
    edge("D-PERSON-NUMBER", prose("合计1234567890123456.78元。")),
    # D-CONTACT
    *four("D-CONTACT", "联系电话0355-2012345。", "合计2012345元，支出0355号。", says="固定电话"),
    edge("D-CONTACT", prose("邮箱abc@example.com。"), "N/一/1", says="电子邮箱"),
    # D-OTHER-DEPARTMENT
    passes("D-OTHER-DEPARTMENT", prose(OWN)),
    fails("D-OTHER-DEPARTMENT", prose("太原市财政局2026年部门预算收支增加。"), "N/一/1", says="太原市财政局"),
    edge("D-OTHER-DEPARTMENT", prose("根据太原市财政局批复，某局2026年预算收支增加。")),
    fails("D-OTHER-DEPARTMENT", covered("太原市财政局", "2026年部门预算公开"), "doc", says="封面把部门称作"),
    edge("D-OTHER-DEPARTMENT", covered("某市某局", "2026年部门预算公开", "太原市财政局监制")),
    fails("D-OTHER-DEPARTMENT", prose("某市某局有设备3台；太原市财政局占有使用价值100万元以上的设备1台。"), "N/一/1"),
    blank("D-OTHER-DEPARTMENT", prose("")),
    # D-SECTION-COPIED
    passes("D-SECTION-COPIED", tiny(section("七", COPIED), section("八", "机关运行经费预算9.00万元。"))),
    fails("D-SECTION-COPIED", tiny(section("七", COPIED), section("八", COPIED)), "N/八/1", says="疑误复制"),
    edge("D-SECTION-COPIED", tiny(section("七", "本单位无此项预算。"), section("八", "本单位无此项预算。"))),
    edge("D-SECTION-COPIED", tiny(section("七", COPIED), section("八", COPIED + "比上年减少1.00万元。"))),
    blank("D-SECTION-COPIED", tiny(section("七", ""), section("八", ""))),
    # D-PROVINCE-WORDS
    passes("D-PROVINCE-WORDS", parts(名词解释="市直部门的经费。")),
    fails("D-PROVINCE-WORDS", parts(名词解释="省直部门的经费。"), "N/名词解释"),
    edge("D-PROVINCE-WORDS", tiny(section("名词解释", "省直部门的经费。"), department="山西某厅")),
    blank("D-PROVINCE-WORDS", parts(名词解释="")),
    # D-SELF-WORDS
    passes("D-SELF-WORDS", tiny(headed("概况", "一、本部门职责"))),
    fails("D-SELF-WORDS", tiny(headed("概况", "一、本部门职责"), headed("八", "八、本单位机关运行经费")), "N/概况"),
    edge("D-SELF-WORDS", tiny(headed("概况", "一、本部门职责"), headed("八", "八、本部门机关运行经费"))),
    blank("D-SELF-WORDS", tiny(headed("概况", ""))),
    # D-FRAGMENT
    *four("D-FRAGMENT", "开展普法及、调解工作。", "普及、推广，参与、总和，以及温和、缓和。", says="“及、”"),
    edge("D-FRAGMENT", prose("按时完成。。"), "N/一/1"),
    # D-TEMPLATE-TEXT
    *four("D-TEMPLATE-TEXT", "通常以绩效目标的形式体现。", "以会议形式体现，填写登记表。"),
    # D-NUMBERING
    passes("D-NUMBERING", tiny(targets=(form(overview="1、档案管理2、就业服务"),))),
    fails("D-NUMBERING", tiny(targets=(form(overview="档案管理2、就业服务"),)), "P/技能培训费/overview", says="“2、”"),
    edge("D-NUMBERING", tiny(targets=(form(overview="一是档案管理；12、就业服务"),))),
    blank("D-NUMBERING", tiny(targets=(form(overview=None),))),
    # D-ISSUED
    *four("D-ISSUED", "根据平政法〔2010〕27号。", "根据平政发〔2010〕27号和法〔2020〕5号。", says="平政法〔2010〕27号"),
    # D-ISSUER
    passes("D-ISSUER", prose("晋人社〔2024〕140号，晋人社〔2024〕141号。")),
    fails("D-ISSUER", prose("晋人社〔2024〕140号，朔人社函(2024)140号。"), "N/一/1", says="发文机关不一致"),
    edge("D-ISSUER", prose("晋财社〔2024〕1号，国发〔2024〕1号。")),
    edge("D-ISSUER", prose("人社发〔2024〕1号，朔人社发〔2024〕1号。")),
    blank("D-ISSUER", prose("")),
]
