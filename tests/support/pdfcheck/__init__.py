"""
Checks PDF files against PDF/A-1, -2, -3, PDF/UA-1 and this project's own rules
for tables and pages.

    findings = pdfcheck.check(data, 'a-2a,ua-1')   a list of Finding, empty: all is well

It is written from the standards' clauses, not from what a writer of ours does, and
reads files by itself. What it cannot read it reports; it never passes over it.
"""
from . import (rules_file, rules_fonts, rules_graphics, rules_interactive,  # noqa: F401
               rules_metadata, rules_pages, rules_structure, rules_tables)
from .content import Content
from .document import Document
from .objects import Broken
from .registry import RULES, Finding, Profile, run
from .structure import Structure

__all__ = ['RULES', 'Finding', 'Profile', 'Subject', 'check', 'read']


class Subject:
    """What rules look at."""

    def __init__(self, data, profile):
        self.profile = profile
        self.data = data
        self.doc = Document(data)
        self.content = Content(self.doc)
        self.structure = Structure(self.doc, self.content)

    def problems(self, *kinds):
        """Words of what was found of these kinds while reading."""
        for source in (self.doc, self.content, self.structure):
            for kind, words in source.problems:
                if kind in kinds:
                    yield words


def read(data, profile='none'):
    return Subject(data, Profile(profile))


def check(data, profile):
    try:
        return run(read(data, profile), Profile(profile))
    except (Broken, RecursionError) as error:
        return [Finding('pdf/7-readable', str(error))]
