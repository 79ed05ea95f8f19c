"""
The structure tree (ISO 32000-1, 14.7, 14.8), its tables as grids, its text.
"""
from dataclasses import dataclass, field

from .objects import Ref, Stream, text_string

STANDARD = set('''Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private
    P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note
    Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form'''.split())


@dataclass(eq=False)
class Element:
    ref: object
    dict: dict
    role: str              # standard role, after the role map
    parent: object
    kids: list = field(default_factory=list)   # Elements, Pieces, Objects
    attributes: dict = field(default_factory=dict)  # owner -> {key: value}

    def elements(self):
        return [k for k in self.kids if isinstance(k, Element)]

    def get(self, owner, key, default=None):
        return self.attributes.get(owner, {}).get(key, default)

    @property
    def name(self):
        return '%s (%s)' % (self.role, self.ref)

    def above(self):
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def all(self):
        yield self
        for kid in self.elements():
            yield from kid.all()


@dataclass
class Piece:
    """Marked content: (page or form, MCID)."""
    page: object
    owner: object
    mcid: int


@dataclass
class Object:
    page: object
    ref: object


@dataclass(eq=False)
class Cell:
    element: Element
    row: int       # from 0
    column: int
    rowspan: int
    colspan: int


class Structure:
    def __init__(self, doc, content):
        self.doc, self.content = doc, content
        self.root_ref = doc.catalog.get('StructTreeRoot')
        self.root = doc.sub(doc.catalog, 'StructTreeRoot')
        self.problems = []
        self.role_map = {k: v for k, v in doc.sub(self.root, 'RoleMap').items()}
        self.by_ref = {}
        self.top = []
        for kid in self.kid_values(self.root):
            self.add_element(kid, None, self.top)
        self.ids = {}
        for element in self.all():
            if 'ID' in element.dict:
                self.ids.setdefault(doc.get(element.dict['ID']), []).append(element)

    def problem(self, kind, words, *values):
        self.problems.append((kind, words % values))

    def all(self):
        for element in self.top:
            yield from element.all()

    # --- reading -------------------------------------------------------------------

    def kid_values(self, dictionary):
        kids = self.doc.get(dictionary.get('K'))
        if kids is None:
            return []
        if isinstance(kids, list):
            return kids
        return [dictionary['K'] if isinstance(kids, dict) else kids]

    def standard_role(self, role):
        seen = []
        while role in self.role_map and role not in seen and role not in STANDARD:
            seen.append(role)
            role = self.role_map[role]
        return str(role)

    def attributes_of(self, dictionary):
        found = {}
        value = self.doc.get(dictionary.get('A', []))
        for one in value if isinstance(value, list) else [value]:
            one = self.doc.get(one)
            if isinstance(one, Stream):
                one = one.dict
            if isinstance(one, dict):
                found.setdefault(str(one.get('O')), {}).update(
                    {k: self.doc.get(v) for k, v in one.items()})
        return found

    def add_element(self, value, parent, into):
        dictionary = self.doc.get(value)
        ref = value if isinstance(value, Ref) else None
        if not isinstance(dictionary, dict) or 'S' not in dictionary:
            self.problem('kid', 'a kid of %s is no structure element: %s',
                         parent.name if parent else 'the root', value)
            return
        if ref is None:
            self.problem('kid', 'a structure element that is not indirect, in %s',
                         parent.name if parent else 'the root')
        elif ref in self.by_ref:
            self.problem('kid', '%s is there twice', ref)
            return
        element = Element(ref, dictionary, self.standard_role(dictionary['S']), parent,
                          attributes=self.attributes_of(dictionary))
        self.by_ref[ref] = element
        into.append(element)
        above = parent.ref if parent else self.root_ref
        if dictionary.get('P') != above:
            self.problem('parent', '/P of %s is %s, its parent is %s', element.name,
                         dictionary.get('P'), above)
        for kid in self.kid_values(dictionary):
            self.add_kid(kid, element, dictionary.get('Pg'))

    def add_kid(self, value, element, page):
        kid = self.doc.get(value)
        if isinstance(kid, int):
            element.kids.append(Piece(page, page, kid))
        elif isinstance(kid, dict) and kid.get('Type') == 'MCR':
            own = kid.get('Pg', page)
            element.kids.append(Piece(own, kid.get('Stm', own), kid.get('MCID')))
        elif isinstance(kid, dict) and kid.get('Type') == 'OBJR':
            element.kids.append(Object(kid.get('Pg', page), kid.get('Obj')))
        else:
            self.add_element(value, element, element.kids)

    # --- number and name trees (7.9.6, 7.9.7) ----------------------------------------

    def leaves(self, node, key):
        """(key, value) of a tree, in the order in which they are written."""
        node = self.doc.get(node)
        if not isinstance(node, dict):
            return
        items = self.doc.list_of(node.get(key))
        yield from zip(items[::2], items[1::2])
        for kid in self.doc.list_of(node.get('Kids')):
            yield from self.leaves(kid, key)

    def parent_tree(self):
        return list(self.leaves(self.root.get('ParentTree'), 'Nums'))

    # --- tables ----------------------------------------------------------------------

    def tables(self):
        return [e for e in self.all() if e.role == 'Table']

    @staticmethod
    def rows_of(table):
        """(group, row element) in order; group is THead, TBody, TFoot or ''."""
        rows = []
        for kid in table.elements():
            if kid.role == 'TR':
                rows.append(('', kid))
            elif kid.role in ('THead', 'TBody', 'TFoot'):
                rows += [(kid.role, row) for row in kid.elements() if row.role == 'TR']
        return rows

    def grid(self, table):
        """Cells by slot, number of columns of each row; clashes are None slots."""
        slots, cells, clashes = {}, [], []
        rows = self.rows_of(table)
        for r, (_, row) in enumerate(rows):
            c = 0
            for element in row.elements():
                if element.role not in ('TH', 'TD'):
                    continue
                while (r, c) in slots:
                    c += 1
                rowspan, colspan = (element.get('Table', k, 1) for k in ('RowSpan', 'ColSpan'))
                cell = Cell(element, r, c, rowspan, colspan)
                cells.append(cell)
                for y in range(r, r + rowspan):
                    for x in range(c, c + colspan):
                        if (y, x) in slots or y >= len(rows):
                            clashes.append(cell)
                        slots[y, x] = cell
        counts = [sum(1 for (y, _) in slots if y == r) for r in range(len(rows))]
        return slots, cells, counts, clashes

    # --- text ------------------------------------------------------------------------

    def text(self, element):
        if 'ActualText' in element.dict:
            return text_string(self.doc.get(element.dict['ActualText']))
        out = []
        for kid in element.kids:
            if isinstance(kid, Element):
                out.append(self.text(kid))
            elif isinstance(kid, Piece):
                mark = self.content.marks.get((kid.owner, kid.mcid))
                out += mark.text if mark else []
        return ''.join(out)

