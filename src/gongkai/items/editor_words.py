"""What the editor's buttons are called; its own package speaks English only."""

from django.utils.translation import gettext as _


def editor_words() -> dict[str, str]:
    """By the names that the editor gives its menu items."""
    return {
        "body": _("Text"),
        "bold": _("Bold"),
        "italic": _("Italic"),
        "underline": _("Underline"),
        "strike": _("Strike through"),
        "subscript": _("Subscript"),
        "superscript": _("Superscript"),
        "paragraph": _("Paragraph"),
        "heading2": _("Heading"),
        "heading3": _("Subheading"),
        "heading4": _("Small heading"),
        "bulletList": _("List"),
        "orderedList": _("Numbered list"),
        "blockquote": _("Quotation"),
        "horizontalRule": _("Line"),
        "link": _("Link"),
        "unlink": _("Remove the link"),
        "table": _("Insert a table"),
        "table:addColumnAfter": _("Add a column to the table"),
        "table:deleteColumn": _("Remove the column"),
        "table:addRowAfter": _("Add a row"),
        "table:deleteRow": _("Remove the row"),
        "table:deleteTable": _("Remove the table"),
        "table:mergeCells": _("Merge cells"),
        "table:splitCell": _("Split the cell"),
        "table:toggleHeaderCell": _("Heading cell"),
        "history:undo": _("Undo"),
        "history:redo": _("Redo"),
    }
