#!/usr/bin/env python3
"""
Holds the checker of PDF files against a corpus of good and bad ones.

    pdf_corpus.py FOLDER [PROFILE...]     tells agreement per profile
    pdf_corpus.py --list FOLDER           … and each file that is judged otherwise

FOLDER is laid out as the veraPDF corpus is: a folder for each profile (PDF_A-1b,
PDF_A-2a, PDF_A-2b, PDF_A-2u, PDF_A-3b, PDF_UA-1), and in their depths files whose
names begin with a clause and say -pass- or -fail-, as 6-2-4-3-t01-fail-a.pdf. The
corpus is not part of this project and no test needs it.

Only findings under the clauses of the profile's own standard count, and a file that
cannot be read. Rules of ISO 32000 alone (pdf/…) and of this project (ours/…) do not:
the files of the corpus break them freely where they are no subject of the test.
"at clause" are bad files that a rule of the clause in the file's name refuses.
"""
import argparse
import os
import re
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pdfcheck  # noqa: E402

PROFILES = ('A-1b', 'A-2a', 'A-2b', 'A-2u', 'A-3b', 'UA-1')
NAME = re.compile(r'(?:^| )(\d+(?:[-.]\d+)*?)-t\d+-(pass|fail)-\w+\.pdf$')


def counts(finding):
    return finding.id == 'pdf/7-readable' or not finding.id.startswith(('pdf/', 'ours/'))


def is_at(finding, clause):
    """Whether a finding's clause is that of a file, one above or one below it."""
    own, named = finding.id.split('/')[1].split('-')[0] + '.', clause.replace('-', '.') + '.'
    return own.startswith(named) or named.startswith(own)


def files_of(folder):
    for root, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            match = NAME.search(name)
            if match:
                yield os.path.join(root, name), match.group(1), match.group(2) == 'pass'


def judge(folder, profile, show):
    good = passed = bad = caught = at_clause = 0
    for path, clause, is_good in files_of(folder):
        with open(path, 'rb') as file:
            findings = [f for f in pdfcheck.check(file.read(), profile) if counts(f)]
        if is_good:
            good, passed = good + 1, passed + (not findings)
        else:
            bad, caught = bad + 1, caught + bool(findings)
            at_clause += any(is_at(f, clause) for f in findings)
        if show and bool(findings) == is_good:
            print('%s %s: %s' % ('refused' if is_good else 'missed ', os.path.basename(path),
                                 findings[0] if findings else 'nothing found'))
    print('%-5s good %3d, passed %3d; bad %3d, caught %3d, at clause %3d' % (
        profile, good, passed, bad, caught, at_clause))


def main():
    parser = argparse.ArgumentParser(description='Holds the checker against a corpus.')
    parser.add_argument('--list', action='store_true', help='files that are judged otherwise')
    parser.add_argument('folder')
    parser.add_argument('profile', nargs='*', help='of %s' % ' '.join(PROFILES).lower())
    options = parser.parse_args()
    for name in PROFILES:
        folder = os.path.join(options.folder, 'PDF_' + name)
        if os.path.isdir(folder) and (not options.profile or name.lower() in options.profile):
            judge(folder, name.lower(), options.list)


if __name__ == '__main__':
    main()
