#!/usr/bin/env python3
"""
The text of the PDFs, read back with poppler, is the text of the pages.

For every document and both PDF writers: each page's characters are those of
the page tree, none more and none fewer; each line of the tree stands at its
place, in order; and every string of the data is among what cells and
paragraphs say. White space does not count.
"""
import collections
import copy
import functools
import os
import re
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
NOT_PRINTED = {'bookmark'}  # attributes


def data_strings(path):
    """Every string of a data file, but what is only for the machine."""
    for element in ET.parse(path).getroot().iter():
        if len(element) == 0 and squeeze(element.text or ''):
            yield squeeze(element.text)
        for name, value in element.attrib.items():
            if name not in NOT_PRINTED and squeeze(value):
                yield squeeze(value)


def characters(text):
    return collections.Counter(squeeze(text))


def read_back(tree, words):
    """
    The same page with each line's text as the PDF has it; words that belong to
    no line come second.
    """
    page = copy.deepcopy(tree)
    lines = list(page.lines())
    found = [[] for _ in lines]
    strays = []
    for word in words:
        middle = (word.top + word.bottom) / 2
        near = [(0 if line.turned else abs(middle - line.baseline), i)
                for i, line in enumerate(lines) if word.is_on(line)]
        if near:
            found[min(near)[1]].append(word)
        else:
            strays.append(word)
    for line, its in zip(lines, found):
        along = (lambda w: w.top) if line.turned else (lambda w: w.left)
        line.text = ''.join(w.text for w in sorted(its, key=along))
    return page, strays


def units(page_list):
    """Texts of cells and paragraphs, whole and without repeats."""
    out = []
    for block in pages.blocks(page_list):
        if isinstance(block, pages.Joined):
            out += [cell.text for cell in block.cells.values()]
        else:
            out.append(block.text())
    return out


def running(page_list):
    """Texts of page heads and feet."""
    return [block.text() for page in page_list
            for block in page.header + page.footer]


def without_leader(text, want):
    """
    A line as read back, without the dots of a leader, and how many they were;
    the tree does not have them.
    """
    if '...' in want:
        return text, 0
    left = re.sub(r'\.{3,}', '', text)
    return left, len(text) - len(left)


class Document:
    """A page tree, and the same as it was read back from a PDF."""

    def __init__(self, data, writer):
        self.tree = pages.load(program.render(data, 'pages', writer))
        path = program.render(data, 'pdf', writer)
        self.texts = pdf.page_texts(path)
        self.again, self.strays, self.dots = [], [], []
        for page, words in zip(self.tree, pdf.words(path)):
            again, strays = read_back(page, words)
            dots = 0
            for want, line in zip(page.lines(), again.lines()):
                line.text, count = without_leader(line.text, want.text)
                dots += count
            self.again.append(again)
            self.strays += strays
            self.dots.append(dots)


@functools.lru_cache(maxsize=None)
def document(data, writer):
    return Document(data, writer)


CASES = [(data, writer) for data in program.documents() for writer in WRITERS]


class Text(unittest.TestCase):
    def test_pages_have_the_characters_of_the_tree(self):
        for data, writer in CASES:
            with self.subTest(document=program.name_of(data), writer=writer):
                doc = document(data, writer)
                self.assertEqual(len(doc.texts), len(doc.tree))
                for page, text, dots in zip(doc.tree, doc.texts, doc.dots):
                    want = characters(''.join(l.text for l in page.lines()))
                    want['.'] += dots
                    got = characters(text)
                    self.assertEqual((want - got, got - want), ({}, {}),
                                     'page %d: missing, too many' % page.index)

    def test_every_line_stands_in_its_place(self):
        for data, writer in CASES:
            with self.subTest(document=program.name_of(data), writer=writer):
                doc = document(data, writer)
                self.assertEqual(doc.strays, [])
                for page, again in zip(doc.tree, doc.again):
                    for want, got in zip(page.lines(), again.lines()):
                        self.assertEqual(squeeze(got.text), squeeze(want.text),
                                         'page %d' % page.index)

    def test_cells_and_paragraphs_say_what_the_tree_says(self):
        for data, writer in CASES:
            with self.subTest(document=program.name_of(data), writer=writer):
                doc = document(data, writer)
                self.assertEqual(units(doc.again), units(doc.tree))

    def test_every_string_of_the_data_is_printed(self):
        """Inside of one cell, paragraph, page head or foot, as read back."""
        for data in program.disclosures():
            for writer in WRITERS:
                with self.subTest(document=program.name_of(data), writer=writer):
                    doc = document(data, writer)
                    printed = units(doc.again) + running(doc.again)
                    lost = [s for s in sorted(set(data_strings(data)))
                            if not any(s in unit for unit in printed)]
                    self.assertEqual(lost, [])


if __name__ == '__main__':
    unittest.main()
