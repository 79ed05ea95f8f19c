"""
Expected grids: the .grid files of tests/golden/forms, read with a data file.

A grid file is a form written down by hand (the syntax is in its README.md); it
knows nothing of layouts. expected() gives what a page tree must hold: a list of
Text and Table in reading order.
"""
import os
import re
from dataclasses import dataclass, field


def squeeze(text):
    """Text without white space, as all comparisons see it."""
    return ''.join(text.split())


@dataclass
class Text:
    text: str
    where: str


@dataclass
class Cell:
    row: int  # from 1
    column: int
    rowspan: int
    colspan: int
    text: str
    where: str

    def key(self):
        return (self.row, self.column)


@dataclass
class Table:
    widths: list  # mm; None where any will do
    cells: dict = field(default_factory=dict)  # by (row, column)
    rows: int = 0
    latest: dict = field(default_factory=dict)  # column: cell of a ^ there


@dataclass
class Line:
    """One line of a grid file, with what is indented below it."""
    text: str
    where: str
    below: list = field(default_factory=list)


class GridError(Exception):
    pass


def read(path):
    """The lines of a file as a tree; included files stand in their place."""
    root = Line('', path)
    stack = [(-1, root)]
    with open(path, encoding='utf-8') as file:
        for number, raw in enumerate(file, 1):
            text = raw.strip()
            if not text or text.startswith('#'):
                continue
            where = '%s:%d' % (os.path.basename(path), number)
            indent = len(raw) - len(raw.lstrip())
            while stack[-1][0] >= indent:
                stack.pop()
            above = stack[-1][1]
            if text.startswith('include '):
                other = os.path.join(os.path.dirname(path), text[8:].strip())
                above.below += read(other).below
                continue
            line = Line(text, where)
            above.below.append(line)
            stack.append((indent, line))
    return root


@dataclass
class Scope:
    """A turn of an `each`, or a `group`: what @name refers to."""
    name: str
    node: object
    first_row: int
    turn: int = 1
    cells: dict = field(default_factory=dict)


TOKEN = re.compile(r'"([^"]*)"|\{([^}]*)\}|\[(first|with)\s+|(\])|\s+')


class Filler:
    def __init__(self, root):
        self.root = root
        self.blocks = []
        self.table = None
        self.scopes = []

    # --- data ---

    def find(self, node, path, where):
        if path == '.':
            return [node]
        if path.startswith('/'):
            return self.root.findall(path[1:])
        if path.startswith('@'):
            return [node.attrib[path[1:]]] if path[1:] in node.attrib else []
        return node.findall(path)

    def value(self, found, path, where):
        if isinstance(found, str):
            return found
        if len(found) > 0:
            raise GridError('%s: {%s} has elements in it' % (where, path))
        return found.text or ''

    def text(self, source, node, where):
        """The text of a pattern; None when a path of it is absent."""
        out, position, absent = [], 0, False
        skipping = False
        while position < len(source):
            token = TOKEN.match(source, position)
            if token is None:
                raise GridError('%s: cannot read %r' % (where, source[position:]))
            position = token.end()
            literal, path, condition, close = token.groups()
            if condition == 'first':
                skipping = self.scopes[-1].turn != 1
            elif condition == 'with':
                path = re.compile(r'\S+').match(source, position)
                position = path.end()
                found = self.find(node, path.group(), where)
                skipping = not any(self.value(f, path.group(), where)
                                   for f in found)
            elif close:
                skipping = False
            elif skipping:
                continue
            elif literal is not None:
                out.append(literal)
            elif path is not None:
                several = path.endswith('[]')
                found = self.find(node, path[:-2] if several else path, where)
                if not found:
                    absent = True
                elif len(found) > 1 and not several:
                    raise GridError('%s: {%s} is found %d times'
                                    % (where, path, len(found)))
                out += [self.value(f, path, where) for f in found]
        return None if absent else squeeze(''.join(out))

    def needed_text(self, source, node, where):
        text = self.text(source, node, where)
        if text is None:
            raise GridError('%s: %s finds nothing' % (where, source))
        return text

    # --- lines ---

    def fill(self, lines, node):
        for line in lines:
            word, _, rest = line.text.partition(' ')
            if word == 'p':
                self.blocks.append(
                    Text(self.needed_text(rest, node, line.where), line.where))
            elif word == 'at':
                found = self.find(node, rest, line.where)
                if len(found) != 1:
                    raise GridError('%s: %s is found %d times'
                                    % (line.where, rest, len(found)))
                self.fill(line.below, found[0])
            elif word == 'each':
                self.each(line, rest, node)
            elif word == 'group':
                self.scope(line, Scope('group', node, self.table.rows + 1))
            elif word == 'table':
                self.table = Table([None if w == '*' else float(w)
                                    for w in rest.split()])
                self.blocks.append(self.table)
                self.fill(line.below, node)
                self.table = None
            else:
                self.row(line, node)

    def each(self, line, rest, node):
        path, _, name = rest.partition(' as ')
        for turn, found in enumerate(self.find(node, path, line.where), 1):
            first = self.table.rows + 1 if self.table else 0
            self.scope(line, Scope(name, found, first, turn))

    def scope(self, line, scope):
        self.scopes.append(scope)
        self.fill(line.below, scope.node)
        self.scopes.pop()
        for cell in scope.cells.values():
            cell.rowspan = self.table.rows - scope.first_row + 1

    def row(self, line, node):
        self.table.rows += 1
        for source in line.text.split('|'):
            self.cell(source.strip(), node, line.where)

    def cell(self, source, node, where):
        match = re.match(
            r'c(\d+)(?:-(\d+))?(?:\s+(?:x(\d+)|@(\w+)|(\^)))?\s*(.*)$', source)
        if match is None:
            raise GridError('%s: no cell: %r' % (where, source))
        first, last, rows, name, absent, text = match.groups()
        column = int(first)
        cell = Cell(self.table.rows, column, int(rows or 1),
                    int(last or first) - column + 1, '', where)
        if name is not None:
            scope = next(s for s in reversed(self.scopes) if s.name == name)
            if column in scope.cells:
                return
            cell.row = scope.first_row
            scope.cells[column] = cell
            node = scope.node
        cell.text = self.text(text, node, where)
        if cell.text is None:
            if not absent:
                raise GridError('%s: %s finds nothing' % (where, source))
            self.table.latest[column].rowspan += 1
            return
        if absent:
            self.table.latest[column] = cell
        if cell.key() in self.table.cells:
            raise GridError('%s: two cells at row %d, column %d'
                            % (where, cell.row, cell.column))
        self.table.cells[cell.key()] = cell


def expected(path, root):
    """What grid file `path` makes of the data below element `root`."""
    filler = Filler(root)
    filler.fill(read(path).below, root)
    return filler.blocks


def faults(rows, columns, cells):
    """Where cells overlap, leave the table or leave a hole, in words."""
    owner, found = {}, []
    for cell in cells:
        if cell.row + cell.rowspan - 1 > rows or \
                cell.column + cell.colspan - 1 > columns or \
                cell.rowspan < 1 or cell.colspan < 1:
            found.append('%r leaves the table of %d rows and %d columns'
                         % (cell, rows, columns))
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                other = owner.setdefault((row, column), cell)
                if other is not cell:
                    found.append('%r and %r overlap' % (other, cell))
    found += ['nothing at row %d, column %d' % (row, column)
              for row in range(1, rows + 1) for column in range(1, columns + 1)
              if (row, column) not in owner]
    return found
