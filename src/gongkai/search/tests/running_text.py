"""Running text as hypothesis draws it, and a phrase out of it."""

from hypothesis import strategies as st

SIGNS = "公开政府信息条例第〇的關ａ１a1bZé3 　\n\t，。、；：（）〔〕《》-_.,·%"


@st.composite
def phrases(draw: st.DrawFn) -> tuple[str, str]:
    """(text, a part of it whose ends cut no foreign word and no number)."""
    text = draw(st.text(st.sampled_from(SIGNS), min_size=1, max_size=60))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    while start > 0 and _is_foreign(text[start - 1]) and _is_foreign(text[start]):
        start -= 1
    while end < len(text) and _is_foreign(text[end - 1]) and _is_foreign(text[end]):
        end += 1
    return text, text[start:end]


def _is_foreign(sign: str) -> bool:
    return sign in "ａ１a1bZé3"
