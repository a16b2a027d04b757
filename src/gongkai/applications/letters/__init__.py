"""The letters of a case: which there are, what they say, and their Word and PDF face.

``texts/`` holds the built-in set per regime as plain text; an agency may put its own
Word file in place of each. ``filling`` and ``reading`` of registry.papers do the rest.
"""
