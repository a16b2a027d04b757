"""The archive of a closed case: gathered, described, packed, and checked anywhere."""
