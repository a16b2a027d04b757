"""Text on its way into a spreadsheet."""

# A Chinese spreadsheet takes the full-width signs for the others.
_FORMULA_SIGNS = tuple("=+-@＝＋－＠\t\r")


def plain_cell(text: str) -> str:
    """The text so that no spreadsheet runs it: what begins like a formula is quoted."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text
