#!/usr/bin/env python3
"""
What a reader finds in the PDFs beside the text: whole files, embedded fonts,
bookmarks, contents and links that lead to the right pages, and the same bytes
whatever the clock, the time zone and the locale say.
"""
import os
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import pages  # noqa: E402
import pdf  # noqa: E402
import program  # noqa: E402
from grid import squeeze  # noqa: E402

WRITERS = ['cairo', 'haru']
ZUNHUA = os.path.join(program.ROOT, 'data', 'zunhua-2022.xml')
ENTRY = re.compile(r'(.*?)[.·…‥⋯．]*(\d+)$')  # of a table of contents


def zunhua_titles():
    """The seventeen, from the data, with the words of the blank form."""
    root = ET.parse(ZUNHUA).getroot()
    return [squeeze(s.findtext('number') + s.findtext('title'))
            for s in root.findall('part_one/section')] + \
        [squeeze('%s.%s绩效目标表' % (p.findtext('serial'),
                                 p.findtext('project_name')))
         for p in root.findall('part_two/projects/project')]


def heading_pages(tree, titles):
    """The first page, from 1, on which a heading of each title stands."""
    found = {}
    for page in tree:
        for block in page.blocks:
            if isinstance(block, pages.Block) and block.kind == 'heading':
                found.setdefault(block.text(), page.index)
    return [found.get(title) for title in titles]


class Zunhua(unittest.TestCase):
    """17 bookmarks, and a contents list whose page numbers are right."""

    def each(self):
        for writer in WRITERS:
            with self.subTest(writer=writer):
                yield pages.load(program.render(ZUNHUA, 'pages', writer)), \
                    program.render(ZUNHUA, 'pdf', writer)

    def test_there_are_seventeen_titles(self):
        self.assertEqual(len(zunhua_titles()), 17)

    def test_bookmarks(self):
        for tree, path in self.each():
            titles = zunhua_titles()
            outline = pdf.outline(path)
            self.assertEqual([squeeze(title) for _, title, _ in outline], titles)
            self.assertEqual([page for _, _, page in outline],
                             heading_pages(tree, titles))

    def test_contents(self):
        for tree, _ in self.each():
            titles = zunhua_titles()
            entries = [ENTRY.match(text) for text in contents(tree)]
            self.assertEqual([e.group(1) for e in entries], titles)
            numbers = {page.index: page.number for page in tree}
            self.assertEqual(
                [e.group(2) for e in entries],
                [numbers[i] for i in heading_pages(tree, titles)])

    def test_links(self):
        for tree, path in self.each():
            goals = heading_pages(tree, zunhua_titles())
            found = [goal for page in pdf.links(path) for goal in page]
            # A title of several lines has a link on each.
            self.assertEqual(sorted(set(found)), sorted(set(goals)))
            for goal in set(goals):
                self.assertGreaterEqual(found.count(goal), goals.count(goal))


def contents(tree):
    """The entries of the contents list, each ending in its page number."""
    entries, open_entry = [], ''
    for page in tree:
        for block in page.blocks:
            if isinstance(block, pages.Block) and block.kind == 'toc':
                for line in block.lines:
                    open_entry += squeeze(line.text)
                    if re.search(r'[.·…‥⋯．]\d+$', open_entry):
                        entries.append(open_entry)
                        open_entry = ''
    return entries + ([open_entry] if open_entry else [])


class Files(unittest.TestCase):
    def each(self):
        for data in program.documents():
            for writer in WRITERS:
                with self.subTest(document=program.name_of(data), writer=writer):
                    yield data, writer, program.render(data, 'pdf', writer)

    def test_qpdf_finds_nothing(self):
        for _, _, path in self.each():
            done = subprocess.run(['qpdf', '--check', path],
                                  capture_output=True, text=True)
            self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_fonts_are_embedded_subset_and_mapped(self):
        for _, _, path in self.each():
            fonts = pdf.fonts(path)
            self.assertTrue(fonts)
            for font in fonts:
                self.assertEqual(font[1:], (True, True, True), font)

    def test_same_bytes_elsewhere_and_later(self):
        for data, writer, path in self.each():
            again = path + '.again'
            environment = dict(os.environ, TZ='Asia/Shanghai',
                               **program.comma_locale())
            subprocess.run(
                [program.PROGRAM, 'render', data, '--to', 'pdf', '-o', again,
                 '--writer', writer], check=True, env=environment)
            with open(path, 'rb') as a, open(again, 'rb') as b:
                self.assertTrue(a.read() == b.read(), 'other bytes')
            os.remove(again)


if __name__ == '__main__':
    unittest.main()
