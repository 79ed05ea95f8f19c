"""Rules of this project: artifacts are typed, what is repeated is an artifact."""
from .registry import rule
from .structure import Structure

KINDS = {'Pagination', 'Layout', 'Page', 'Background'}
PAGINATION = {'Header', 'Footer', 'Watermark'}


@rule('artifact-type', OURS='3.3')
def artifact_types(s):
    for where, mark in s.content.artifacts:
        if mark.properties.get('Type') not in KINDS:
            yield '%s: an artifact of /Type %s' % (where, mark.properties.get('Type'))
        elif mark.properties['Type'] == 'Pagination' and \
                mark.properties.get('Subtype', 'Header') not in PAGINATION:
            yield '%s: an artifact of /Subtype %s' % (where, mark.properties.get('Subtype'))


def says(s, row):
    return [(cell.role, cell.get('Table', 'ColSpan', 1), s.structure.text(cell))
            for cell in row.elements()]


@rule('repeated-head', OURS='3.3')
def repeated_heads(s):
    """A row of heads with the words of one before it is one drawn again."""
    for table in s.structure.tables():
        seen = {}
        for _, row in Structure.rows_of(table):
            words = says(s, row)
            if len(words) < 2 or any(role != 'TH' for role, _, _ in words):
                continue
            first = seen.setdefault(str(words), row)
            if first is not row:
                yield '%s says what %s says' % (row.name, first.name)


@rule('empty-artifact', OURS='3.3')
def empty_marks(s):
    for (owner, mcid), mark in s.content.marks.items():
        if not mark.shows:
            yield 'MCID %s of %s marks nothing' % (mcid, owner)
    for where, mark in s.content.artifacts:
        if not mark.shows:
            yield '%s: an artifact that marks nothing' % where
