"""Words, sentences and paragraphs written twice in a row."""

from __future__ import annotations

import re

_WORD = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,6}?)(?P=word)")
_TWO_PARTICLES = re.compile(  # quick, before the careful one
    r"的的|和和|与与|及及|对对|为为|在在|是是|已已|未未|将将|按按|把把|且且|各各|或或"
)
_PARTICLE = re.compile(
    r"(?P<word>(?<!目)的的(?!确|士)|(?<![总共饱])和和(?!气|美|睦|谐|平)|(?<!参)与与(?!会|者)|(?<!以)及及(?!时|格|早)"
    r"|(?<![针应相绝反面])对对(?!子|外|口|方|象)|(?<![作认因成以称])为为|(?<![存现实内所外])在在"
    r"|(?<![于但还只总就])是是(?!非|否)|(?<!而)已已|未未|将将|按按|把把|(?<!并)且且|各各|或或)"
)
_SPACED = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,8})[ \u3000](?P=word)(?![\u4e00-\u9fff])")
# The second copy begins another word, or the doubling is good Chinese.
_LEGITIMATE = re.compile(
    r"机关机关(?:党委|事务|工作|服务)|委员会委员|服务服务(?:业|中心)|技术技术(?:人员|工人)|教育教育局|人民人民"
    r"|保障局局|学生学生会|考试考试院|管理管理(?:局|中心|处|站|委员会)|职工职工(?:代表|之家)|干部干部|一个一个|一件一件|一步一步"
    r"|许多许多|很多很多|研究研究(?:院|所|中心)|培训培训(?:中心|班)|信息信息(?:中心|化)|检测检测(?:中心|站)|工程工程(?:师|量)"
    r"|卫生卫生院|医院医院|发展发展(?:中心|研究)|资源资源(?:税|库)|保险保险(?:费|金|业|公司)|工作工作(?:组|人员|站|日|队)|项目项目(?:库|组|部)"
)
_STOPS = re.compile(r"[。；;！？!?\n]")
_LONG_SENTENCE = 16


def doubled_words(text: str) -> list[str]:
    """Words printed twice in a row (社会保障保障), each once."""
    matches = [match for match in _WORD.finditer(text) if len(set(match["word"])) > 1]
    if _TWO_PARTICLES.search(text):
        matches += _PARTICLE.finditer(text)
    if " " in text or "\u3000" in text:
        matches += _SPACED.finditer(text)
    found: dict[str, None] = {}
    for match in matches:
        if not _LEGITIMATE.match(text[match.start() : match.end() + 3]):
            found[match.group()] = None
    return list(found)


def doubled_sentence(text: str) -> str | None:
    """The first sentence that a paragraph prints a second time."""
    seen: set[str] = set()
    for piece in _STOPS.split(text) if len(text) > 2 * _LONG_SENTENCE else ():
        sentence = piece.strip()
        if len(sentence) >= _LONG_SENTENCE:
            if sentence in seen:
                return sentence
            seen.add(sentence)
    return None


def is_doubled_value(text: str) -> bool:
    """Whether a whole value is one word printed twice: 满意满意."""
    half, odd = divmod(len(text), 2)
    return not odd and half >= 2 and text[:half] == text[half:] and not text.isdigit()
