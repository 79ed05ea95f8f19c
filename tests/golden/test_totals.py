#!/usr/bin/env python3
"""
The totals of examples/page-totals, page by page, against what Python adds up
from the amounts that stand on the pages and from the data.
"""
import os
import sys
import unittest
import xml.etree.ElementTree as ET
from decimal import Decimal

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import pages  # noqa: E402
import program  # noqa: E402

DATA = os.path.join(program.ROOT, 'examples', 'page-totals', 'ledger.xml')
COLUMNS = {'income': 4, 'expense': 5}  # of the amounts, from 1


def amount(text):
    return Decimal(text.replace(',', '') or '0')


def cell_at(row, column):
    return next(cell for cell in row.cells if cell.column == column)


def total(part, label, column):
    """The amounts of the rows of that label; every page has one or none."""
    return [amount(cell_at(row, column).text()) for row in part.rows
            if row.cells[0].text() == label]


class Totals(unittest.TestCase):
    def setUp(self):
        self.parts = [page.tables()[0]
                      for page in pages.load(program.render(DATA))]

    def test_there_are_several_pages(self):
        self.assertGreaterEqual(len(self.parts), 3)

    def test_every_page_adds_up(self):
        entries = ET.parse(DATA).getroot().findall('entry')
        for name, column in COLUMNS.items():
            brought = Decimal(0)
            for number, part in enumerate(self.parts):
                last = number + 1 == len(self.parts)
                here = sum(amount(cell_at(row, column).text())
                           for row in part.rows
                           if row.group == 'body' and not row.repeated)
                with self.subTest(total=name, page=number + 1):
                    self.assertEqual(total(part, '承前页', column),
                                     [brought] if number > 0 else [])
                    brought += here
                    self.assertEqual(total(part, '本页小计', column), [here])
                    self.assertEqual(total(part, '累计', column), [brought])
                    self.assertEqual(total(part, '转次页', column),
                                     [] if last else [brought])
                    self.assertEqual(total(part, '合计', column),
                                     [brought] if last else [])
            self.assertEqual(brought, sum(
                amount(entry.findtext(name)) for entry in entries))

    def test_order_of_heads_and_feet(self):
        for number, part in enumerate(self.parts):
            labels = [row.cells[0].text() for row in part.rows]
            first = ['日期'] if number == 0 else ['日期', '承前页']
            last = ['本页小计', '累计', '转次页'] \
                if number + 1 < len(self.parts) \
                else ['本页小计', '累计', '合计', '支出合计（大写）']
            self.assertEqual(labels[:len(first)], first)
            self.assertEqual(labels[-len(last):], last)

    def test_rows_of_pages_are_repeats(self):
        for part in self.parts:
            for row in part.rows:
                said = row.cells[0].text()
                with self.subTest(part=part.part, row=said):
                    if said in ('承前页', '本页小计', '累计', '转次页'):
                        self.assertTrue(row.of_page and row.repeated)
                    elif said:
                        self.assertFalse(row.of_page)

    def test_blank_rows_fill_the_last_page_only(self):
        for part in self.parts:
            blank = [row for row in part.rows
                     if row.of_page and not any(c.text() for c in row.cells)]
            self.assertEqual(bool(blank), part.part == part.of)
            for row in blank:
                self.assertEqual(len(row.cells), len(part.columns) - 1)
                self.assertGreaterEqual(row.height, 6 * 72 / 25.4 - 0.01)
                self.assertLess(row.height, 12 * 72 / 25.4)
        self.assertAlmostEqual(self.parts[-1].rect.bottom,
                               (297 - 24) * 72 / 25.4, delta=0.01)


if __name__ == '__main__':
    unittest.main()
