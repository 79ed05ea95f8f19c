#!/usr/bin/env python3
"""
What holds for every page of every document, whatever it shows: grids are full,
nothing overlaps, nothing lies outside of where it belongs.
"""
import os
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import grid  # noqa: E402
import pages  # noqa: E402
import program  # noqa: E402

EPSILON = 0.01  # pt; lengths are written in thousandths
# How far glyphs reach from the baseline, in em, by the fonts we test with.
ABOVE, BELOW = 0.80, 0.10
LARGEST = 30  # type size; what seems to be larger is a line with a leader in it


def outside(inner, outer):
    """Whether a rectangle is not inside another."""
    return inner.x < outer.x - EPSILON or inner.y < outer.y - EPSILON or \
        inner.right > outer.right + EPSILON or \
        inner.bottom > outer.bottom + EPSILON


def overlap(a, b):
    return a.x < b.right - EPSILON and b.x < a.right - EPSILON and \
        a.y < b.bottom - EPSILON and b.y < a.bottom - EPSILON


def box(line):
    """What the line's characters cover, about."""
    if line.turned:
        return pages.Rect(line.x, line.baseline, line.width, line.turned)
    em = line.em if line.em < LARGEST else pages.SMALLEST
    return pages.Rect(line.x, line.baseline - ABOVE * em, line.width,
                      (ABOVE + BELOW) * em)


def pairs(items):
    for i, a in enumerate(items):
        for b in items[i + 1:]:
            yield a, b


class Geometry(unittest.TestCase):
    def each_page(self):
        for data in program.documents():
            for page in pages.load(program.render(data)):
                yield '%s, page %d' % (program.name_of(data), page.index), page

    def each_part(self):
        for name, page in self.each_page():
            for table in page.tables():
                yield '%s, %s' % (name, table.id), table

    def test_there_are_documents(self):
        self.assertGreaterEqual(len(program.documents()), 5)

    def test_joined_grids_are_full(self):
        for data in program.documents():
            for table in pages.tables(pages.load(program.render(data))):
                with self.subTest(document=program.name_of(data), table=table.id):
                    self.assertEqual(grid.faults(
                        table.rows, len(table.columns) - 1,
                        table.cells.values()), [])

    def test_rows_come_once_and_in_order(self):
        for data in program.documents():
            seen = {}
            for page in pages.load(program.render(data)):
                for table in page.tables():
                    for row in table.rows:
                        if row.repeated:
                            continue
                        place = (row.index, row.part)
                        at = (program.name_of(data), table.id)
                        before = seen.get(at, (0, 1))
                        with self.subTest(table=at, row=place):
                            follows = place == (before[0] + 1, 1) or \
                                place == (before[0], before[1] + 1)
                            self.assertTrue(follows, 'after %r' % (before,))
                        seen[at] = place

    def test_parts_fill_their_rectangle(self):
        """On each page the slots of the rows here belong to one cell each."""
        for name, table in self.each_part():
            cells = []
            for place, row in enumerate(table.rows, 1):
                for cell in row.cells:
                    rows = cell.rows_here if cell.of > 1 else cell.rowspan
                    cells.append(grid.Cell(
                        place, cell.column, rows, cell.colspan, '', cell.source))
            with self.subTest(name):
                self.assertEqual(grid.faults(
                    len(table.rows), len(table.columns) - 1, cells), [])

    def test_cells_tile_their_part(self):
        """The same with lengths: inside, without overlap, nothing left over."""
        for name, table in self.each_part():
            cells = [c for row in table.rows for c in row.cells]
            with self.subTest(name):
                for cell in cells:
                    self.assertFalse(outside(cell.rect, table.rect), cell)
                    self.assertAlmostEqual(
                        cell.rect.x, table.columns[cell.column - 1], delta=EPSILON)
                    self.assertAlmostEqual(
                        cell.rect.right,
                        table.columns[cell.column - 1 + cell.colspan],
                        delta=EPSILON)
                for a, b in pairs(cells):
                    self.assertFalse(overlap(a.rect, b.rect), (a, b))
                area = sum(c.rect.width * c.rect.height for c in cells)
                self.assertAlmostEqual(
                    area / (table.rect.width * table.rect.height), 1, places=4)

    def test_rows_stand_below_each_other(self):
        for name, table in self.each_part():
            with self.subTest(name):
                y = table.rect.y
                for row in table.rows:
                    self.assertAlmostEqual(row.y, y, delta=0.05)
                    self.assertGreater(row.height, 0)
                    y = row.y + row.height
                self.assertAlmostEqual(y, table.rect.bottom, delta=0.05)

    def test_nothing_lies_outside_the_page(self):
        for name, page in self.each_page():
            paper = pages.Rect(0, 0, page.width, page.height)
            with self.subTest(name):
                for block in page.header + page.blocks + page.footer:
                    self.assertFalse(outside(block.rect, paper), block)
                for seal in page.seals:
                    self.assertFalse(outside(seal, paper), seal)
                for line in page.lines():
                    self.assertFalse(outside(box(line), paper), line)

    def test_lines_stand_inside_their_cells(self):
        for name, table in self.each_part():
            with self.subTest(name):
                for row in table.rows:
                    for cell in row.cells:
                        for line in cell.lines:
                            self.assertFalse(
                                outside(box(line), cell.rect), (line, cell))

    def test_no_two_lines_overlap(self):
        for name, page in self.each_page():
            boxes = [(box(line), line) for line in page.lines()
                     if line.text.strip()]
            with self.subTest(name):
                for (a, line), (b, other) in pairs(boxes):
                    self.assertFalse(overlap(a, b), (line, other))

    def test_heads_stand_with_a_row(self):
        for name, table in self.each_part():
            with self.subTest(name):
                self.assertNotEqual(table.rows[-1].group, 'head')

    def test_labels_show_on_every_page_they_reach(self):
        """A label cut by a page break is whole in every part."""
        for data in program.disclosures():
            whole = {}
            for page in pages.load(program.render(data)):
                for table in page.tables():
                    for cell in (c for row in table.rows for c in row.cells):
                        if not cell.head or cell.of == 1:
                            continue
                        place = (program.name_of(data), table.id, cell.row,
                                 cell.column)
                        with self.subTest(cell=place, part=cell.part):
                            text = whole.setdefault(place, cell.text())
                            self.assertEqual(cell.text(), text)

    def test_repeated_heads_say_what_the_first_did(self):
        for data in program.documents():
            texts = {}
            for page in pages.load(program.render(data)):
                for table in page.tables():
                    for row in table.rows:
                        if row.group != 'head' or row.part > 1 or row.of_page:
                            continue
                        place = (program.name_of(data), table.id, row.index)
                        with self.subTest(row=place, page=page.index):
                            text = [cell.text() for cell in row.cells]
                            self.assertEqual(text, texts.setdefault(place, text))
                            self.assertEqual(row.of, 1)

    def test_every_page_says_why_it_ended(self):
        for data in program.documents():
            for page in pages.load(program.render(data)):
                with self.subTest(document=program.name_of(data), page=page.index):
                    self.assertTrue(page.ended)


if __name__ == '__main__':
    unittest.main()
