"""ID, phone and card numbers are seen in every disguise, and nothing else is."""

import time

import pytest

from gongkai.items.inspection import HintCode, Severity, inspect_text
from gongkai.items.inspection.texts import MOST_OF_A_KIND
from gongkai.items.tests.samples import FULL_WIDTH, PHONE, bank_card, resident_id

ID = resident_id()
ID_WITH_X = resident_id("35012119851102106")
CARD = bank_card()
KEY = b"key"


def codes(text: str) -> list[str]:
    return [hint.code.value for hint in inspect_text(text, "正文")]


@pytest.mark.parametrize(
    "text",
    [
        f"张三，身份证号{ID}，男",
        f"({ID})",
        f"sfz{ID}",
        ID.translate(FULL_WIDTH),
        ID_WITH_X,
        ID_WITH_X.lower(),
        ID_WITH_X.translate(FULL_WIDTH),
        ID_WITH_X.replace("X", "Х"),  # Cyrillic
        f"{ID[:6]} {ID[6:14]} {ID[14:]}",
        f"{ID[:6]}-{ID[6:14]}-{ID[14:]}",
        f"{ID[:6]}－{ID[6:14]}－{ID[14:]}",
        f"{ID[:6]}.{ID[6:14]}.{ID[14:]}",
        f"{ID[:6]}　{ID[6:14]}　{ID[14:]}",
        f"{ID[:10]}\n{ID[10:]}",
        f"{ID[:10]}\r\n{ID[10:]}",
        "\u200b".join(ID),
        "\ufeff".join(ID),
        " ".join(ID),
        f"{ID}{PHONE}",
        f"第3条 {ID}",
        f"2026-11-16 {ID} 500",
    ],
)
def test_a_resident_id_is_seen(text: str) -> None:
    hints = inspect_text(text, "正文")
    assert [hint.code for hint in hints] == [HintCode.RESIDENT_ID]
    assert hints[0].severity is Severity.SERIOUS


def test_an_id_is_masked_and_its_place_is_told() -> None:
    text = f"第一段\n\n姓名：张三 {ID}。"
    hint = inspect_text(text, "正文")[0]
    assert hint.excerpt == f"35*************{ID[-3:]}"
    assert hint.where == "正文 第 2 段"
    assert text[hint.start : hint.end] == ID
    assert ID not in repr(hint)


def test_the_place_of_a_split_number_is_that_of_the_original() -> None:
    split = "\u200b".join(ID)
    hint = inspect_text(f"号码\u200b：{split}。", "正文")[0]
    assert (hint.start, hint.end) == (4, 4 + len(split))


@pytest.mark.parametrize(
    "text",
    [
        ID[:-1] + str((int(ID[-1]) + 1) % 10),  # check sign
        resident_id("35012119851302123"),  # month 13
        resident_id("35012118851102123"),  # born 1885
        resident_id("00012119851102123"),  # no such province
        f"{ID[:9]}，{ID[9:]}",
        f"{ID[:9]}\t{ID[9:]}",
        f"12{ID[:4]} {ID[4:]}",  # pieced together from other numbers
    ],
)
def test_other_18_digits_are_no_resident_id(text: str) -> None:
    assert "resident_id" not in codes(text)


def test_a_mistyped_id_is_noted_only_where_it_is_called_one() -> None:
    wrong = ID[:-1] + str((int(ID[-1]) + 1) % 10)
    assert codes(wrong) == []
    hint = inspect_text(f"身份证号码：{wrong}", "正文")[0]
    assert (hint.code, hint.severity) == (HintCode.RESIDENT_ID_WRONG, Severity.NOTE)


def test_an_old_id_is_a_note() -> None:
    hint = inspect_text("证号110101900307123。", "正文")[0]
    assert (hint.code, hint.severity) == (HintCode.RESIDENT_ID_OLD, Severity.NOTE)
    assert codes("110101901307123") == []


@pytest.mark.parametrize(
    "text",
    [
        f"联系电话：{PHONE}。",
        f"{PHONE}（王某）",
        PHONE.translate(FULL_WIDTH),
        "138 0013 8000",
        "138-0013-8000",
        "138–0013–8000",
        "138.0013.8000",
        "138·0013·8000",
        "1380013 8000",
        "138 00138000",
        "138\xa00013\xa08000",
        "+86 138 0013 8000",
        "8613800138000",
        "+86-13800138000",
        "013800138000",
        "1380013\n8000",
        "138\n0013\n8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "1-3-8-0-0-1-3-8-0-0-0",
        "138\u200b0013\u200b8000",
        "0531-82012345/13800138000",
        "13800138000/0531-82012345",
        "Tel:13800138000",
        "tel13800138000",
        "王芳 138 0013 8000 2026年11月16日",
        "2026年13800138000",
        "13800138000 万芳",
    ],
)
def test_a_mobile_phone_is_seen(text: str) -> None:
    hints = inspect_text(text, "正文")
    assert [hint.code for hint in hints] == [HintCode.MOBILE_PHONE]
    assert hints[0].excerpt == "138****8000"
    assert hints[0].severity is Severity.SERIOUS


@pytest.mark.parametrize("between", ["、", "，", ",", "/", " ", "\n", "；"])
def test_two_phones_in_a_row_are_both_seen(between: str) -> None:
    assert codes(f"13800138000{between}13900139000") == ["mobile_phone"] * 2
    assert codes(f"138 0013 8000{between}139 0013 9000") == ["mobile_phone"] * 2


@pytest.mark.parametrize(
    "text",
    [
        CARD,
        f"账号：{CARD}，户名",
        CARD.translate(FULL_WIDTH),
        " ".join((CARD[:4], CARD[4:8], CARD[8:12], CARD[12:16], CARD[16:])),
        "-".join((CARD[:4], CARD[4:8], CARD[8:12], CARD[12:16], CARD[16:])),
        f"{CARD[:6]} {CARD[6:]}",
        f"{CARD[:10]}\n{CARD[10:]}",
        " ".join(CARD),
        "4111 1111 1111 1111",
        bank_card("95588020011223344"),
    ],
)
def test_a_bank_card_is_seen(text: str) -> None:
    hints = inspect_text(text, "正文")
    assert [hint.code for hint in hints] == [HintCode.BANK_CARD]
    number = "".join(sign for sign in text.translate(FULL_WIDTH) if sign.isdigit())
    assert number not in repr(hints).translate(FULL_WIDTH)


@pytest.mark.parametrize(
    "text",
    [
        "11370303004217100M/2018-1375077",
        "000014349/2017-00110",
        "014416330/2018-04736",
        "11341702486344515H/202110-00013",
        "113417020032563511/202504-00057",
        "01527918X-2020-153077",
        "01526096-4-/2022-0822005",
        "JA13812345678",
        "JA/13812345678",
        "索引号：13812345678",
        "订单编号 13812345678",
        "青政发〔2026〕13号",
        "第13812345678号",
        "统一社会信用代码91110000100001393X",
        "13,812,345,678元",
        "13812345678元",
        "13812345678.55",
        "￥13812345678",
        "138.12345678",
        "0.6222020200112233446",
        "2018-620105-70-03-012345",
        "2026-11-16 13:00",
        "20261116130000",
        "010-62345678",
        "0531-8201 2345",
        "传真 62345678-8001",
        "150 2018 2019",
        "15 2023 10 100 1200",
        "12 138 0013 8000 200 300 400",
        "130 1200 1300 1400 1500",
        "150\n20180101\n300\n400",
        "2019 2020 2021 2022",
        "202611160000123456",
        "1699999999999",
        "3.14159265358979323846",
        "0000000000000000",
        "6222021001122334450",
        "邮编 350121 电话 12345",
        "12800138000",
        "138001380001",
        f"{CARD}/2018-5",
        f"合同编号{CARD}",
        "138****1234、35*************123",
        "",
    ],
)
def test_what_only_looks_like_a_personal_number_is_left_alone(text: str) -> None:
    assert codes(text) == []


def test_a_card_that_is_an_id_is_told_once() -> None:
    assert codes(resident_id("62010219851102123")) == ["resident_id"]


def test_the_same_number_is_told_once_with_its_count() -> None:
    hints = inspect_text(f"{PHONE}\n{PHONE.translate(FULL_WIDTH)}", "正文")
    assert len(hints) == 1
    assert "2 次" in hints[0].message


def test_the_fingerprint_is_stable_and_keyed() -> None:
    plain = inspect_text(PHONE, "正文", key=KEY)[0].fingerprint
    moved = inspect_text(f"电话\n{PHONE.translate(FULL_WIDTH)}", "附件", key=KEY)[0]
    assert moved.fingerprint == plain
    assert len(plain) == 64
    assert inspect_text(PHONE, "正文", key=b"other")[0].fingerprint != plain
    assert inspect_text("13900138000", "正文", key=KEY)[0].fingerprint != plain


def test_very_many_numbers_are_summed_up() -> None:
    text = "\n".join(f"电话1380013{number:04}，" for number in range(300))
    hints = inspect_text(text, "正文")
    assert len(hints) == MOST_OF_A_KIND + 1
    assert "250 个" in hints[-1].message


@pytest.mark.parametrize(
    "unit",
    [
        "1234567890",
        "19900101",
        "1 ",
        "1-",
        "1.",
        "1\n",
        " ",
        "\u200b1",
        "6222 ",
        "13800138000",
        f"{ID} ",
        "110101900307123 ",
        "机 ",
        "机密",
        "秘密 \n",
        "（",
        "内部资料，",
        "本件",
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        began = time.perf_counter()
        inspect_text(text, "正文")
        return time.perf_counter() - began

    seconds(1_000)
    small = min(seconds(25_000), seconds(25_000))
    # Ten times the text, at most thirty times the time: quadratic would be a hundred.
    assert seconds(250_000) < 30 * small + 0.2


def test_a_megabyte_of_digits_takes_less_than_a_second() -> None:
    text = "1234567890" * 100_000
    inspect_text("1", "正文")
    began = time.perf_counter()
    inspect_text(text, "正文")
    assert time.perf_counter() - began < 1
