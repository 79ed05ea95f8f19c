#!/usr/bin/env python3
"""
Checks PDF files against standards and this project's rules.

    check_pdf.py [--profile a-2a,ua-1] FILE...     exit 1 where something was found
    check_pdf.py --rules                           the rules and their clauses
"""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import pdfcheck  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description='Checks PDF files.')
    parser.add_argument('--profile', default='a-2a,ua-1',
                        help='of a-1b a-2b a-2u a-2a a-3b a-3u a-3a ua-1 none (%(default)s)')
    parser.add_argument('--rules', action='store_true', help='lists the rules')
    parser.add_argument('file', nargs='*')
    options = parser.parse_args()
    if options.rules:
        for rule in pdfcheck.RULES:
            print('%-20s %s' % (rule.name, ', '.join(
                '%s %s' % pair for pair in rule.clauses.items() if pair[1])))
    found = False
    for path in options.file:
        with open(path, 'rb') as file:
            findings = pdfcheck.check(file.read(), options.profile)
        found = found or bool(findings)
        print('%s %s' % ('FAIL' if findings else 'PASS', path))
        for finding in findings:
            print('  %s' % finding)
    return 1 if found else 0


if __name__ == '__main__':
    sys.exit(main())
