class NamedLookups:
    """Lets a list be asked for nothing but what its filters ask.

    A look-up on a column that the list does not show would tell what is in it, and one that makes no sense fails.
    """

    lookups: frozenset[str] = frozenset()

    def lookup_allowed(self, lookup, value, request):
        return lookup in self.lookups
