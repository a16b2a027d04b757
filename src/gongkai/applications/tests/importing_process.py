"""``python -m …importing_process``: keeps one promise of the outbox, as a worker does.

A process of its own that a test can kill in the middle of an import.
"""


def main() -> None:
    import django

    django.setup()
    from gongkai.registry.outbox import run_next

    run_next("killed")


if __name__ == "__main__":
    main()
