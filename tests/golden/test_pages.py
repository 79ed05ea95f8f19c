#!/usr/bin/env python3
"""
The page trees of all documents are the ones looked at and kept in pages/.

A change here is a change of what people see: look at the pages, then keep them
with GONGSHI_UPDATE=1, and say in the commit why they changed.
"""
import difflib
import os
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))
import program  # noqa: E402

GOLDEN = os.path.join(HERE, 'pages')


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return file.read().splitlines()


class Pages(unittest.TestCase):
    def test_pages_are_as_kept(self):
        for data in program.documents():
            with self.subTest(document=program.name_of(data)):
                kept = os.path.join(GOLDEN, program.name_of(data) + '.xml')
                got = read(program.render(data))
                if program.UPDATE:
                    os.makedirs(GOLDEN, exist_ok=True)
                    with open(kept, 'w', encoding='utf-8') as file:
                        file.write('\n'.join(got) + '\n')
                changes = list(difflib.unified_diff(
                    read(kept), got, 'kept', 'now', lineterm='', n=1))
                if changes:
                    self.fail('%d lines of difference\n%s' % (
                        len(changes), '\n'.join(changes[:40])))

    def test_nothing_is_kept_that_is_not_made(self):
        names = {program.name_of(data) + '.xml' for data in program.documents()}
        self.assertEqual(set(os.listdir(GOLDEN)) - names, set())


if __name__ == '__main__':
    unittest.main()
