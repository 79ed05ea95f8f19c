"""
The page tree, `--to pages`, as objects; tables are joined over their pages.

    pages = pages.load(path)      a list of Page
    joined = pages.tables(pages)  a list of Joined, cells as the layout has them
    reading = pages.blocks(pages) texts and joined tables in reading order
"""
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from grid import Cell, squeeze

NS = '{urn:gongshi:pages:1}'
SMALLEST = 8  # type size


@dataclass
class Rect:
    x: float
    y: float
    width: float
    height: float

    @property
    def right(self):
        return self.x + self.width

    @property
    def bottom(self):
        return self.y + self.height


@dataclass
class Line:
    x: float
    baseline: float
    width: float
    text: str
    leader: bool = False  # dots in it that the text does not have
    turned: float = 0  # how far it goes down from its baseline, if it does

    @property
    def em(self):
        """The type size, from what the characters are wide; a guess."""
        if self.leader:
            return SMALLEST
        count = sum(0.5 if c < '\u2000' else 1.0 for c in self.text)
        return self.width / count if count else 0.0

    @property
    def right(self):
        return self.x + self.width


@dataclass
class Part:
    """A cell, or what stands of it on one page."""
    row: int
    column: int
    rowspan: int
    colspan: int
    part: int
    of: int
    rows_here: int
    head: bool
    repeated: bool
    rect: Rect
    lines: list
    source: str
    path: str

    def text(self):
        return squeeze(''.join(line.text for line in self.lines))


@dataclass
class Row:
    index: int
    group: str
    repeated: bool
    part: int
    of: int
    y: float
    height: float
    cells: list
    of_page: bool  # no row of the table


@dataclass
class TablePart:
    id: str
    part: int
    of: int
    columns: list  # edges
    rect: Rect
    rows: list
    numbers: list = field(default_factory=list)  # of its columns, in a strip of a table


@dataclass
class Block:
    kind: str
    rect: Rect
    lines: list
    source: str
    part: int
    of: int
    repeated: bool

    def text(self):
        return squeeze(''.join(line.text for line in self.lines))


@dataclass
class Page:
    number: str
    index: int
    width: float
    height: float
    ended: str
    header: list
    blocks: list  # of Block and TablePart
    footer: list
    seals: list

    def tables(self):
        return [b for b in self.blocks if isinstance(b, TablePart)]

    def lines(self):
        """All lines of the page, what is repeated included."""
        for block in self.header + self.blocks + self.footer:
            if isinstance(block, Block):
                yield from block.lines
                continue
            for row in block.rows:
                for cell in row.cells:
                    yield from cell.lines


@dataclass
class Joined:
    """A table as it was before it was cut."""
    id: str
    columns: list
    rows: int
    cells: dict = field(default_factory=dict)  # grid.Cell by (row, column)


def rect(element):
    return Rect(*(float(element.get(k)) for k in ('x', 'y', 'width', 'height')))


def number(element, name, default=1):
    return int(element.get(name, default))


def lines_of(element):
    leader = element.get('kind') == 'toc'
    return [Line(float(e.get('x')), float(e.get('baseline')),
                 float(e.get('width')), e.get('text'), leader,
                 float(e.get('height', 0)))
            for e in element.findall(NS + 'line')]


def repeated(element):
    return element.get('repeated') == 'yes'


def cell_of(element):
    span = number(element, 'rowspan')
    return Part(
        number(element, 'row'), number(element, 'column'), span,
        number(element, 'colspan'), number(element, 'part'),
        number(element, 'of'), number(element, 'rows-here', span),
        element.get('head') == 'yes', repeated(element), rect(element), lines_of(element),
        element.get('source', ''), element.get('path', ''))


def row_of(element):
    return Row(
        number(element, 'index'), element.get('group'), repeated(element),
        number(element, 'part'), number(element, 'of'),
        float(element.get('y')), float(element.get('height')),
        [cell_of(e) for e in element.findall(NS + 'cell')],
        element.get('of-page') == 'yes')


def strip_of(element):
    """Strips of a wide table are tables of their own here."""
    strip = element.get('strip', '1')
    return '' if strip == '1' else ' strip ' + strip


def block_of(element):
    if element.tag == NS + 'table':
        return TablePart(
            element.get('id') + strip_of(element), number(element, 'part'), number(element, 'of'),
            [float(x) for x in element.get('columns').split()], rect(element),
            [row_of(e) for e in element.findall(NS + 'row')],
            [int(n) for n in element.get('table-columns', '').split()])
    return Block(
        element.get('kind'), rect(element), lines_of(element),
        element.get('source', ''), number(element, 'part'),
        number(element, 'of'), repeated(element))


def page_of(element):
    def running(name):
        found = element.find(NS + name)
        return [] if found is None else [block_of(e) for e in found]
    return Page(
        element.get('number'), number(element, 'index'),
        float(element.get('width')), float(element.get('height')),
        element.get('ended'), running('header'),
        [block_of(e) for e in element
         if e.tag in (NS + 'block', NS + 'table')],
        running('footer'),
        [rect(e) for e in element.findall(NS + 'seal')])


def load(path):
    return [page_of(e) for e in ET.parse(path).getroot().findall(NS + 'page')]


def join(parts):
    """One table of its parts; text that is repeated counts once."""
    table = Joined(parts[0].id, parts[0].columns, 0)
    for part in parts:
        for row in part.rows:
            if not row.of_page:
                table.rows = max(table.rows, row.index)
            if row.repeated:
                continue
            for cell in row.cells:
                key = (cell.row, cell.column)
                whole = table.cells.get(key)
                if whole is None:
                    table.cells[key] = Cell(
                        cell.row, cell.column, cell.rowspan, cell.colspan,
                        cell.text(), cell.source)
                elif not cell.repeated:
                    whole.text += cell.text()
    return table


def blocks(pages):
    """Texts and joined tables in reading order, blocks cut by pages joined."""
    out, parts, open_block = [], {}, None
    for page in pages:
        for block in page.blocks:
            if isinstance(block, TablePart):
                if block.id not in parts:
                    parts[block.id] = []
                    out.append(parts[block.id])
                parts[block.id].append(block)
            elif block.repeated:
                continue
            elif block.part > 1 and open_block is not None:
                open_block.lines += block.lines
            else:
                open_block = Block(block.kind, block.rect, list(block.lines),
                                   block.source, 1, 1, False)
                out.append(open_block)
    return [join(b) if isinstance(b, list) else b for b in out]


def tables(pages):
    return [b for b in blocks(pages) if isinstance(b, Joined)]
