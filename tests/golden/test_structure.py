#!/usr/bin/env python3
"""
The structure of the PDFs is the model's: the same texts and tables in the same
order, cell by cell with roles and spans, as poppler reads it; and PDFium, pdf.js
and the checker of this project read just what poppler reads.

What the model has is taken from the page tree, and which cells are labels of several
rows (heads of rows then) from the layouts. Scopes and Headers are not in it:
here all readers must agree on them, and tests/pdf/test_standards.py sees to it that
they name every head over and left of a cell.
"""
import functools
import glob
import os
import sys
import unittest
import xml.parsers.expat

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import pages  # noqa: E402
import program  # noqa: E402
import structure  # noqa: E402
from grid import squeeze  # noqa: E402

GROUPS = {'head': 'THead', 'body': 'TBody', 'foot': 'TFoot'}


# --- the model, from the page tree -------------------------------------------------


def strips(page_list):
    """Parts of tables by the table's own id, and blocks, in reading order."""
    order, parts = [], {}
    for page in page_list:
        for block in page.blocks:
            if not isinstance(block, pages.TablePart):
                order.append(block)
                continue
            name = block.id.split(' strip ')[0]
            if name not in parts:
                order.append(name)
            parts.setdefault(name, []).append(block)
    return order, parts


@functools.lru_cache(maxsize=None)
def labels(name):
    """
    Lines of a layout on which a cell begins that stands for several rows, left of
    their cells: directly in a <group>, or merged with others.
    """
    found, above = set(), []  # of each open element: name, whether other cells were in it
    path = [p for p in glob.glob(os.path.join(program.ROOT, '*', '**', name), recursive=True)
            if os.sep + 'build' + os.sep not in p][0]
    reader = xml.parsers.expat.ParserCreate()

    def start(element, attributes):
        if element in ('td', 'th') and not above[-1][1] and (
                'merge' in attributes or above[-1][0] == 'group'):
            found.add(reader.CurrentLineNumber)
        elif element in ('td', 'row', 'group'):
            above[-1][1] = True
        above.append([element, False])

    reader.StartElementHandler = start
    reader.EndElementHandler = lambda _: above.pop()
    with open(path, 'rb') as file:
        reader.ParseFile(file)
    return found


def role_of(cell):
    name, _, line = cell.source.partition(':')
    return 'TH' if cell.head or int(line) in labels(name) else 'TD'


def model_grid(parts):
    """(row, column) -> [group, role, rows, columns, text] of a table, from 1."""
    grid = {}
    # A head further down is drawn again on each page, but it is no table's THead.
    groups = dict(GROUPS, head='TBody') if parts[0].rows[0].group != 'head' else GROUPS
    for part in parts:
        for row in part.rows:
            if row.repeated or row.of_page:
                continue
            for cell in row.cells:
                numbers = part.numbers or range(1, len(part.columns) + 1)
                key = (cell.row, numbers[cell.column - 1])
                if key in grid:
                    grid[key][4] += '' if cell.repeated else cell.text()
                elif not cell.repeated:
                    grid[key] = [groups[row.group], role_of(cell), cell.rowspan, cell.colspan,
                                 cell.text()]
    return grid


def model(path):
    """Texts and grids in reading order; a contents list is one text."""
    page_list = pages.load(path)
    order, parts = strips(page_list)
    out = []
    for block in order:
        if isinstance(block, str):
            out.append(model_grid(parts[block]))
        elif block.repeated:
            continue
        elif block.part > 1 and isinstance(out[-1], str):
            out[-1] += squeeze(block.text())
        else:
            out.append(squeeze(block.text()))
    return [one for one in out if one != '']


# --- the same, from structure elements -----------------------------------------------


def structure_grid(table):
    taken, grid, y = set(), {}, 0
    for group in table.kids:
        for row in group.kids if group.role.startswith('T') else []:
            y, x = y + 1, 1
            for cell in row.kids:
                while (y, x) in taken:
                    x += 1
                rows, columns = (cell.attributes.get(k, 1) for k in ('RowSpan', 'ColSpan'))
                taken |= {(y + i, x + j) for i in range(rows) for j in range(columns)}
                grid[y, x] = [group.role, cell.role, rows, columns,
                              squeeze(cell.whole_text())]
    return grid


def flatten(nodes):
    out = []
    for node in nodes:
        if node.role == 'Table':
            for caption in (k for k in node.kids if k.role == 'Caption'):
                out += flatten(caption.kids or [caption])
            out.append(structure_grid(node))
        elif node.role in ('Document', 'Sect', 'Part', 'Div'):
            out += flatten(node.kids)
        else:
            out.append(squeeze(node.whole_text()))
    return [one for one in out if one != '']


def like(got, want):
    """The same with the parts of a <line>, a paragraph each, put together as there."""
    out, rest = [], list(got)
    for one in want:
        if not rest:
            break
        out.append(rest.pop(0))
        while isinstance(one, str) and isinstance(out[-1], str) and rest \
                and isinstance(rest[0], str) and one != out[-1] \
                and one.startswith(out[-1] + rest[0]):
            out[-1] += rest.pop(0)
    return out + rest


# --- readers, each asked once ------------------------------------------------------------


@functools.lru_cache(maxsize=None)
def poppler(data):
    return structure.poppler(program.render(data, 'pdf', 'pdf'))


@functools.lru_cache(maxsize=None)
def subject(data):
    return structure.subject(program.render(data, 'pdf', 'pdf'))


class Model(unittest.TestCase):
    maxDiff = 3000

    def test_texts_and_tables_are_those_of_the_pages(self):
        for data in program.documents():
            with self.subTest(document=program.name_of(data)):
                want = model(program.render(data, 'pages', 'pdf'))
                got = like(flatten(poppler(data)), want)
                self.assertEqual([type(o) for o in got], [type(o) for o in want])
                for one, other in zip(got, want):
                    self.assertEqual(one, other)

    def test_heads_over_a_table_are_heads_of_columns(self):
        for data in program.documents():
            with self.subTest(document=program.name_of(data)):
                for group in (n for root in poppler(data) for n in root.all()
                              if n.role == 'THead'):
                    for cell in group.all():
                        if cell.role == 'TH':
                            self.assertIn(cell.attributes.get('Scope'), ('Column', 'Both'),
                                          cell.text)


class Readers(unittest.TestCase):
    maxDiff = 3000

    def test_poppler_reads_what_the_checker_reads(self):
        for data in program.documents():
            with self.subTest(document=program.name_of(data)):
                self.assertEqual(structure.outline(poppler(data)),
                                 structure.outline(structure.own(subject(data))))

    @unittest.skipIf(structure.without_pdfjs(), 'there is no %s' % structure.without_pdfjs())
    def test_pdfjs_reads_roles_texts_alternatives_and_language(self):
        for data in program.documents():
            read = structure.pdfjs(program.render(data, 'pdf', 'pdf'))
            with self.subTest(document=program.name_of(data)):
                self.assertEqual((read['language'], read['marks']['Marked']), ('zh-CN', True))
                self.assertTrue(read['title'])
            for number, (page, (ref, _)) in enumerate(
                    zip(read['pages'], subject(data).doc.pages), 1):
                with self.subTest(document=program.name_of(data), page=number):
                    self.assertNotIn('outside', page['text'])
                    words = {'attributes': False, 'ids': False, 'alt': True}
                    self.assertEqual(
                        structure.outline(page['nodes'], **words),
                        structure.outline(structure.own(subject(data), ref), **words))

    @unittest.skipIf(structure.pdfium_folder() is None,
                     'there is no PDFium; tools/judges.sh fetches it')
    def test_pdfium_reads_the_same_cells(self):
        for data in program.documents():
            read = structure.pdfium(program.render(data, 'pdf', 'pdf'))
            for number, (page, (ref, _)) in enumerate(
                    zip(read['pages'], subject(data).doc.pages), 1):
                with self.subTest(document=program.name_of(data), page=number):
                    self.assertEqual(
                        structure.outline(page['nodes'], alt=True),
                        structure.outline(structure.own(subject(data), ref), alt=True))


if __name__ == '__main__':
    unittest.main()
