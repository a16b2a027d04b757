"""Word text that no reader sees on the page: runs formatted as hidden (隐藏文字)."""

from gongkai.items.reading.packages import Element, attribute, child, is_on, local


def hidden_styles(styles: Element | None) -> frozenset[str]:
    """Ids of the styles that hide what they format."""
    if styles is None:
        return frozenset()
    return frozenset(
        attribute(style, "styleId") or ""
        for style in styles
        if local(style) == "style" and _vanishes(child(style, "rPr"))
    )


def is_hidden(run: Element, hidden: frozenset[str]) -> bool:
    """Whether the run's text is hidden by its own format or its character style."""
    properties = child(run, "rPr")
    if properties is None:
        return False
    own = child(properties, "vanish")
    if own is not None:
        return is_on(own)
    style = child(properties, "rStyle")
    return style is not None and attribute(style, "val") in hidden


def text_of(run: Element) -> str:
    return "".join(
        inner.text or "" for inner in run.iter() if local(inner) in {"t", "delText"}
    )


def remove_hidden_text(root: Element, hidden: frozenset[str]) -> int:
    """Take hidden runs out of the tree; returns how many of them held text."""
    count = 0
    for parent in list(root.iter()):
        runs = [
            inner
            for inner in parent
            if local(inner) == "r" and is_hidden(inner, hidden)
        ]
        if runs:
            gone = {id(run) for run in runs}
            parent[:] = [inner for inner in parent if id(inner) not in gone]
            count += sum(1 for run in runs if text_of(run).strip())
    return count


def _vanishes(properties: Element | None) -> bool:
    vanish = child(properties, "vanish") if properties is not None else None
    return vanish is not None and is_on(vanish)
