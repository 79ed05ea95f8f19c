#!/usr/bin/env python3
"""
The grids of the five disclosures are those of the blank forms.

forms/<document>.grid says what each must hold; the page tree that the program
makes is joined over its pages and compared: texts around the tables in their
order, every table's columns, and every cell's place, spans and text.
"""
import os
import sys
import unittest
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', 'support'))
import grid  # noqa: E402
import pages  # noqa: E402
import program  # noqa: E402

MM = 72 / 25.4
WIDTH_TOLERANCE = 0.05  # mm; the tree has thousandths of a point


def differences(want, got):
    """How a joined table differs from the expected one, in words."""
    found = []
    widths = [(b - a) / MM for a, b in zip(got.columns, got.columns[1:])]
    if len(widths) != len(want.widths):
        found.append('%d columns, not %d' % (len(widths), len(want.widths)))
    else:
        found += ['column %d is %.2f mm wide, not %g' % (i, has, wants)
                  for i, (has, wants) in enumerate(zip(widths, want.widths), 1)
                  if wants is not None and abs(has - wants) > WIDTH_TOLERANCE]
    if got.rows != want.rows:
        found.append('%d rows, not %d' % (got.rows, want.rows))
    for key in sorted(want.cells.keys() | got.cells.keys()):
        a, b = want.cells.get(key), got.cells.get(key)
        place = 'row %d, column %d' % key
        if b is None:
            found.append('%s: no cell; %s has "%s"' % (place, a.where, a.text))
        elif a is None:
            found.append('%s: a cell too many, "%s" of %s'
                         % (place, b.text, b.where))
        elif (a.rowspan, a.colspan) != (b.rowspan, b.colspan):
            found.append('%s: %d rows × %d columns, %s has %d × %d' % (
                place, b.rowspan, b.colspan, a.where, a.rowspan, a.colspan))
        elif a.text != b.text:
            found.append('%s: "%s", %s has "%s"' % (place, b.text, a.where, a.text))
    return found


class Forms(unittest.TestCase):
    def expected(self, name):
        root = ET.parse(os.path.join(program.ROOT, 'data', name + '.xml')).getroot()
        return grid.expected(os.path.join(HERE, 'forms', name + '.grid'), root)

    def compare(self, name):
        wanted = self.expected(name)
        data = os.path.join(program.ROOT, 'data', name + '.xml')
        got = pages.blocks(pages.load(program.render(data)))
        self.compare_tables([w for w in wanted if isinstance(w, grid.Table)],
                            [g for g in got if isinstance(g, pages.Joined)])
        self.compare_texts(wanted, got)

    def compare_tables(self, wanted, got):
        self.assertEqual(len(got), len(wanted), 'number of tables')
        for want, table in zip(wanted, got):
            found = differences(want, table)
            if found:
                self.fail('%s: %d differences\n  %s' % (
                    table.id, len(found), '\n  '.join(found[:20])))

    def compare_texts(self, wanted, got):
        """Texts and tables stand in the form's order; a layout may add texts."""
        stream = iter(got)
        for want in wanted:
            for block in stream:
                if isinstance(want, grid.Table):
                    if isinstance(block, pages.Joined):
                        break
                elif isinstance(block, pages.Joined):
                    self.fail('%s: "%s" does not stand before %s'
                              % (want.where, want.text, block.id))
                elif block.text() == want.text:
                    break
            else:
                self.fail('not found, or not in this order: %r' % (want,))

    def test_expected_grids_are_full(self):
        for data in program.disclosures():
            for want in self.expected(program.name_of(data)):
                if isinstance(want, grid.Table):
                    self.assertEqual(grid.faults(
                        want.rows, len(want.widths), want.cells.values()), [])

    def test_guanxian(self):
        self.compare('guanxian-2022')

    def test_zunhua(self):
        self.compare('zunhua-2022')

    def test_chaoyang(self):
        self.compare('chaoyang-2021')

    def test_huizhou(self):
        self.compare('huizhou-2022')

    def test_zhanjiang(self):
        self.compare('zhanjiang-2022')


if __name__ == '__main__':
    unittest.main()
