#!/usr/bin/env python3
"""
The page trees of all documents are the ones looked at and kept in pages/.

Small ones are kept whole, as .xml. Of large ones a digest is kept, as .txt: what
stands where, without what follows from the rest (widths of lines, rectangles
of cells) and without the places in the layout.

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
import pages  # noqa: E402
import program  # noqa: E402

GOLDEN = os.path.join(HERE, 'pages')
SMALL = 20000  # bytes


def read(path):
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8') as file:
        return file.read().splitlines()


def place(rect):
    return '%g %g %g×%g' % (rect.x, rect.y, rect.width, rect.height)


def parts(item):
    return ' part %d of %d' % (item.part, item.of) if item.of > 1 else ''


def again(item):
    return ' again' if item.repeated else ''


def digest_lines(lines, indent):
    for line in lines:
        yield '%s%g %g %s' % (indent, line.x, line.baseline, line.text)


def digest_table(table):
    yield ' %s: %s%s columns %s' % (
        table.id, place(table.rect), parts(table),
        ' '.join('%g' % x for x in table.columns))
    for row in table.rows:
        yield '  %s row %d: %g %g%s%s%s' % (
            row.group, row.index, row.y, row.height, parts(row), again(row),
            ' of page' if row.of_page else '')
        for cell in row.cells:
            yield '   %s%d,%d: %d×%d%s%s%s' % (
                'head ' if cell.head else '', cell.row, cell.column,
                cell.rowspan, cell.colspan, parts(cell),
                ' here %d' % cell.rows_here if cell.of > 1 else '', again(cell))
            yield from digest_lines(cell.lines, '    ')


def digest_block(block):
    if isinstance(block, pages.TablePart):
        yield from digest_table(block)
    else:
        yield ' %s: %s%s%s' % (
            block.kind, place(block.rect), parts(block), again(block))
        yield from digest_lines(block.lines, '  ')


def digest(page_list):
    for page in page_list:
        yield 'page %d, "%s", %g×%g: %s' % (
            page.index, page.number, page.width, page.height, page.ended)
        for name, blocks in (('header', page.header), ('', page.blocks),
                             ('footer', page.footer)):
            if name and blocks:
                yield ' ' + name
            for block in blocks:
                yield from digest_block(block)
        for seal in page.seals:
            yield ' seal: ' + place(seal)


def golden(data):
    """The name under which a document is kept, and what it is now."""
    tree = program.render(data)
    if os.path.getsize(tree) <= SMALL:
        return program.name_of(data) + '.xml', read(tree)
    return program.name_of(data) + '.txt', list(digest(pages.load(tree)))


class Pages(unittest.TestCase):
    def test_pages_are_as_kept(self):
        for data in program.documents():
            with self.subTest(document=program.name_of(data)):
                name, now = golden(data)
                path = os.path.join(GOLDEN, name)
                if program.UPDATE:
                    os.makedirs(GOLDEN, exist_ok=True)
                    with open(path, 'w', encoding='utf-8') as file:
                        file.write('\n'.join(now) + '\n')
                changes = list(difflib.unified_diff(
                    read(path), now, 'kept', 'now', lineterm='', n=1))
                if changes:
                    self.fail('%d lines of difference\n%s' % (
                        len(changes), '\n'.join(changes[:40])))

    @unittest.skipIf(program.UPDATE, 'being written')
    def test_nothing_is_kept_that_is_not_made(self):
        names = {golden(data)[0] for data in program.documents()}
        self.assertEqual(set(os.listdir(GOLDEN)), names)


if __name__ == '__main__':
    unittest.main()
