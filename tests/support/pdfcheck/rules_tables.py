"""Rules: what holds what, tables, their spans and heads."""
from .registry import rule
from .structure import Structure

GROUPS = ('THead', 'TBody', 'TFoot')
MAY_HOLD = {
    'Table': {'Caption', 'TR', 'THead', 'TBody', 'TFoot'},
    'THead': {'TR'}, 'TBody': {'TR'}, 'TFoot': {'TR'},
    'TR': {'TH', 'TD'},
    'L': {'Caption', 'LI', 'L'}, 'LI': {'Lbl', 'LBody'},
    'TOC': {'TOC', 'TOCI', 'Caption'}, 'TOCI': {'Lbl', 'Reference', 'P', 'NonStruct', 'TOC'},
}
STANDS_IN = {
    'TR': {'Table', 'THead', 'TBody', 'TFoot'},
    'THead': {'Table'}, 'TBody': {'Table'}, 'TFoot': {'Table'},
    'TH': {'TR'}, 'TD': {'TR'}, 'LI': {'L'}, 'LBody': {'LI'}, 'TOCI': {'TOC'},
}


@rule('containment', UA='7.2')
def containment(s):
    for element in s.structure.all():
        above = element.parent.role if element.parent else 'the root'
        allowed = STANDS_IN.get(element.role)
        if allowed and above not in allowed:
            yield '%s stands in %s' % (element.name, above)
        held = MAY_HOLD.get(element.role)
        for kid in element.elements():
            if held is not None and kid.role not in held:
                yield '%s stands in %s' % (kid.name, element.name)


@rule('groups', UA='7.2')
def groups(s):
    for table in s.structure.tables():
        kids = [k.role for k in table.elements()]
        for role in ('THead', 'TFoot', 'Caption'):
            if kids.count(role) > 1:
                yield '%s has two %s' % (table.name, role)
        if 'Caption' in kids[1:-1]:
            yield '%s: its Caption is neither first nor last' % table.name
        if ('THead' in kids or 'TFoot' in kids) and 'TBody' not in kids:
            yield '%s has a head or foot and no TBody' % table.name
        if 'TR' in kids and any(g in kids for g in GROUPS):
            yield '%s has rows beside its groups' % table.name


@rule('captions', UA='7.2')
def captions(s):
    for element in s.structure.all():
        kids = [k.role for k in element.elements()]
        if element.role in ('L', 'TOC') and 'Caption' in kids[1:]:
            yield '%s: its Caption is not its first part' % element.name


@rule('columns', UA='7.2')
def columns(s):
    for table in s.structure.tables():
        _, _, counts, clashes = s.structure.grid(table)
        if len(set(counts)) > 1:
            yield '%s: rows of %s columns' % (
                table.name, ', '.join('%d' % c for c in counts[:12]))
        for cell in clashes[:1]:
            yield '%s: row %d, column %d is taken twice, or a span leaves the table' % (
                table.name, cell.row + 1, cell.column + 1)
        if not counts:
            yield '%s has no row' % table.name


@rule('spans', PDF='14.8.5.7')
def spans(s):
    for table in s.structure.tables():
        rows = Structure.rows_of(table)
        for r, (group, row) in enumerate(rows):
            for cell in row.elements():
                spans_ = [cell.get('Table', k, 1) for k in ('RowSpan', 'ColSpan')]
                if any(type(v) is not int or v < 1 for v in spans_):
                    yield '%s: spans %s' % (cell.name, spans_)
                elif any(g != group for g, _ in rows[r:r + spans_[0]]):
                    yield '%s spans from %s into another group' % (cell.name, group)


@rule('scope', OURS='3.2')
def scope(s):
    for element in s.structure.all():
        if element.role == 'TH' and element.get('Table', 'Scope') not in (
                'Row', 'Column', 'Both'):
            yield '%s has /Scope %s' % (element.name, element.get('Table', 'Scope'))


@rule('owner', PDF='14.8.5')
def attribute_owner(s):
    """Attributes stand under the owner that defines them."""
    table_keys = {'RowSpan', 'ColSpan', 'Scope', 'Headers', 'Summary'}
    for element in s.structure.all():
        for owner, values in element.attributes.items():
            keys = table_keys & set(values)
            if owner != 'Table' and keys:
                yield '%s: /%s under /O /%s' % (element.name, sorted(keys)[0], owner)
            if owner == 'Table' and element.role not in ('TH', 'TD', 'Table'):
                yield '%s has attributes of tables' % element.name


# --- heads ----------------------------------------------------------------------------


def along(slots, cell, places, scopes):
    """Heads met on the way; it ends at a data cell that comes after a head."""
    met = False
    for place in places:
        other = slots.get(place)
        if other is None or other is cell:
            continue
        if other.element.role != 'TH':
            if met:
                return
            continue
        met = True
        if other.element.get('Table', 'Scope') in scopes:
            yield other


def heads_of(grid, cell):
    """
    TH cells over all of a cell's columns, then those left of all of its rows, as
    readers look for them (ISO 32000-2, 14.8.4.8.3); each from the outermost
    inwards. Whether a head of a part of them belongs to it no rule can say.
    """
    over, left = [], []
    for column in range(cell.column, cell.column + cell.colspan):
        over += along(grid[0], cell, ((r, column) for r in range(cell.row - 1, -1, -1)),
                      ('Column', 'Both'))
    for row in range(cell.row, cell.row + cell.rowspan):
        left += along(grid[0], cell, ((row, c) for c in range(cell.column - 1, -1, -1)),
                      ('Row', 'Both'))
    over = {h for h in over if h.column <= cell.column and
            h.column + h.colspan >= cell.column + cell.colspan}
    left = {h for h in left if h.row <= cell.row and
            h.row + h.rowspan >= cell.row + cell.rowspan}
    return sorted(over, key=lambda h: h.row), sorted(left, key=lambda h: h.column)


def is_headed(grid, cell):
    """Whether a head of its scope stands over a column or left of a row of a cell."""
    return any(True for column in range(cell.column, cell.column + cell.colspan) for _ in along(
        grid[0], cell, ((r, column) for r in range(cell.row - 1, -1, -1)), ('Column', 'Both'))) or \
        any(True for row in range(cell.row, cell.row + cell.rowspan) for _ in along(
            grid[0], cell, ((row, c) for c in range(cell.column - 1, -1, -1)), ('Row', 'Both')))


@rule('headers', UA='7.5')
def headers(s):
    for table in s.structure.tables():
        grid = s.structure.grid(table)
        for cell in grid[1]:
            element = cell.element
            said = element.get('Table', 'Headers') if element.role == 'TD' else None
            heads = [h for v in said or [] for h in s.structure.ids.get(s.doc.get(v), [])]
            if len(heads) != len(said or []):
                yield '%s: /Headers names an ID that is not there' % element.name
            for head in heads:
                if head.role != 'TH' or table not in head.above():
                    yield '%s: /Headers leads to %s, no TH of its table' % (
                        element.name, head.name)


@rule('headed', UA='7.5')
def cells_have_heads(s):
    """Where a table has heads, each cell with words has one: by Headers, or by a Scope."""
    for table in s.structure.tables():
        grid = s.structure.grid(table)
        if any(c.element.role == 'TH' for c in grid[1]):
            for cell in grid[1]:
                if cell.element.role == 'TD' and not cell.element.get('Table', 'Headers') and \
                        not is_headed(grid, cell) and s.structure.text(cell.element).strip():
                    yield '%s has no head' % cell.element.name


@rule('headers-given', OURS='3.2')
def headers_given(s):
    """With several levels of heads the scopes alone do not say it."""
    for table in s.structure.tables():
        grid = s.structure.grid(table)
        for cell in grid[1]:
            if cell.element.role == 'TD' and cell.element.get('Table', 'Headers') is None:
                for heads in heads_of(grid, cell):
                    if len(heads) > 1:
                        yield '%s has %d heads on one side and no /Headers' % (
                            cell.element.name, len(heads))


@rule('headers-whole', OURS='3.3')
def headers_whole(s):
    """Where Headers are given they are all heads: from the top, then from the left."""
    for table in s.structure.tables():
        grid = s.structure.grid(table)
        for cell in grid[1]:
            said = [s.doc.get(v) for v in cell.element.get('Table', 'Headers') or []]
            if not said or cell.element.role != 'TD':
                continue
            over, left = heads_of(grid, cell)
            wanted = [s.doc.get(h.element.dict.get('ID')) for h in over + left]
            missing = [w for w in wanted if w not in said]
            if missing:
                yield '%s: /Headers %s lacks %s' % (cell.element.name, said, missing)
            elif [v for v in said if v in wanted] != wanted:
                yield '%s: /Headers %s, in order they are %s' % (
                    cell.element.name, said, wanted)


@rule('headers-there', UA='7.5', OURS='3.2')
def tables_have_heads(s):
    for table in s.structure.tables():
        cells = s.structure.grid(table)[1]
        if len(cells) > 1 and not any(c.element.role == 'TH' for c in cells):
            yield '%s has no TH' % table.name
