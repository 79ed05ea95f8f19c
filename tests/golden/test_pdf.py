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

WRITERS = ['pdf', 'cairo', 'haru']
ZUNHUA = os.path.join(program.ROOT, 'data', 'zunhua-2022.xml')


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


def contents(tree):
    """(title, page number) of the entries of the contents list."""
    entries, title = [], ''
    for page in tree:
        for block in page.blocks:
            if isinstance(block, pages.Block) and block.kind == 'toc':
                for line in block.lines:
                    end = re.match(r'(.*)\s(\w+)$', line.text)
                    title += squeeze(end.group(1) if end else line.text)
                    if end:
                        entries.append((title, end.group(2)))
                        title = ''
    return entries


class Zunhua(unittest.TestCase):
    """17 bookmarks, and a contents list whose page numbers are right."""

    def setUp(self):
        self.titles = zunhua_titles()

    def tree(self, writer):
        return pages.load(program.render(ZUNHUA, 'pages', writer))

    def test_there_are_seventeen_titles(self):
        self.assertEqual(len(self.titles), 17)

    def test_bookmarks(self):
        for writer in WRITERS:
            with self.subTest(writer=writer):
                outline = pdf.outline(program.render(ZUNHUA, 'pdf', writer))
                self.assertEqual([squeeze(t) for _, t, _ in outline], self.titles)
                self.assertEqual([page for _, _, page in outline],
                                 heading_pages(self.tree(writer), self.titles))

    def test_contents(self):
        for writer in WRITERS:
            with self.subTest(writer=writer):
                tree = self.tree(writer)
                entries = contents(tree)
                self.assertEqual([title for title, _ in entries], self.titles)
                numbers = {page.index: page.number for page in tree}
                self.assertEqual(
                    [number for _, number in entries],
                    [numbers[i] for i in heading_pages(tree, self.titles)])

    def test_links(self):
        for writer in WRITERS:
            with self.subTest(writer=writer):
                goals = heading_pages(self.tree(writer), self.titles)
                found = [goal for page in pdf.links(
                    program.render(ZUNHUA, 'pdf', writer)) for goal in page]
                # A title of several lines has a link on each.
                self.assertEqual(list(dict.fromkeys(found)),
                                 list(dict.fromkeys(goals)))
                for goal in goals:
                    self.assertGreaterEqual(found.count(goal), goals.count(goal))


CASES = [(data, writer) for data in program.documents() for writer in WRITERS]


class Files(unittest.TestCase):
    def test_qpdf_finds_nothing(self):
        for data, writer in CASES:
            with self.subTest(document=program.name_of(data), writer=writer):
                done = subprocess.run(
                    ['qpdf', '--check', program.render(data, 'pdf', writer)],
                    capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ''))

    def test_fonts_are_embedded_subset_and_mapped(self):
        for data, writer in CASES:
            with self.subTest(document=program.name_of(data), writer=writer):
                fonts = pdf.fonts(program.render(data, 'pdf', writer))
                self.assertTrue(fonts)
                for font in fonts:
                    self.assertEqual(font[1:], (True, True, True), font)

    def test_same_bytes_elsewhere_and_later(self):
        for data, writer in CASES:
            with self.subTest(document=program.name_of(data), writer=writer):
                first = program.render(data, 'pdf', writer)
                again = first + '.again'
                subprocess.run(
                    [program.PROGRAM, 'render', data, '--to', 'pdf', '-o', again,
                     '--writer', writer], check=True,
                    env=dict(os.environ, TZ='Asia/Shanghai',
                             **program.comma_locale()))
                with open(first, 'rb') as a, open(again, 'rb') as b:
                    self.assertTrue(a.read() == b.read(), 'other bytes')
                os.remove(again)


if __name__ == '__main__':
    unittest.main()
