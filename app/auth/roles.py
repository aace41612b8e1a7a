"""The roles, what each is called, and which of them need a second factor."""

ROLES = {
    "associate": "Sales associate",
    "manager": "Store manager",
    "executive": "Executive",
    "administrator": "Administrator",
}
SECOND_FACTOR_REQUIRED = frozenset({"executive", "administrator"})
