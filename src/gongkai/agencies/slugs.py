from gongkai.agencies.models import Agency
from gongkai.registry import spelling


def free_slug(name: str) -> str:
    """An address in pinyin that no agency has or ever had."""
    return spelling.free_slug(
        name, "agency", lambda slug: Agency.objects.filter(slug=slug).exists()
    )
