"""Answers out to translators as files, and back: PO and XLIFF 2, one file for a pair of languages."""
