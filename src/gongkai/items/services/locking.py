from gongkai.items.models import Item


def locked(item: Item) -> Item:
    """The item anew, its row held until the transaction ends."""
    return (
        Item.objects.select_for_update(of=("self",))
        .select_related("agency", "author", "live", "draft")
        .get(pk=item.pk)
    )
