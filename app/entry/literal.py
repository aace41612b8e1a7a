"""Text that comes from people or files, shown as it is."""

MARKUP = frozenset("\\`*_{}[]()#+-!$~:<>|")


def literal(text: str) -> str:
    """The text with everything escaped that could be taken for markup."""
    return "".join(f"\\{character}" if character in MARKUP else character for character in text)
