"""Rules: marks in content against the structure tree, roles, headings, figures, links."""
import re

from .objects import Ref, text_string
from .registry import rule
from .rules_interactive import annotations
from .structure import STANDARD, Element, Object, Piece

LANGUAGE = re.compile(r'|[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*')


@rule('mark-info', level='a', A2='6.7.2.2', UA='6.2')
def mark_info(s):
    if s.doc.sub(s.doc.catalog, 'MarkInfo').get('Marked') is not True:
        yield 'MarkInfo /Marked is not true'


@rule('suspects', UA='7.1')
def suspects(s):
    if s.doc.sub(s.doc.catalog, 'MarkInfo').get('Suspects', False) is not False:
        yield 'MarkInfo /Suspects is not false'


@rule('tree', level='a', A2='6.7.3.3', UA='7.1')
def tree(s):
    if not s.structure.top:
        yield 'there is no structure tree with an element'
    elif s.structure.root.get('Type') != 'StructTreeRoot':
        yield 'the structure tree has not /Type /StructTreeRoot'


@rule('title-shown', UA='7.1')
def title_shown(s):
    if s.doc.sub(s.doc.catalog, 'ViewerPreferences').get('DisplayDocTitle') is not True:
        yield 'ViewerPreferences /DisplayDocTitle is not true'


@rule('language-there', OURS='3.1')
def language_there(s):
    if not s.doc.get(s.doc.catalog.get('Lang')):
        yield 'the catalog has no /Lang'


@rule('language', level='a', A2='6.7.4', UA='7.2')
def language(s):
    value = s.doc.get(s.doc.catalog.get('Lang', b'zh'))
    if not value and s.profile.ua:
        yield 'the catalog has an empty /Lang'
    if not LANGUAGE.fullmatch(text_string(value)):
        yield 'the catalog has /Lang %s' % (value,)
    for element in s.structure.all():
        value = s.doc.get(element.dict.get('Lang', b'zh'))
        if not LANGUAGE.fullmatch(text_string(value)):
            yield '%s has /Lang %r' % (element.name, value)
    for where, mark in s.content.speaking:
        value = s.doc.get(mark.properties.get('Lang', b'zh'))
        if not LANGUAGE.fullmatch(text_string(value)):
            yield '%s: marked content has /Lang %r' % (where, value)


@rule('language-told', UA='7.2')
def language_told(s):
    """Where the catalog does not say it, something around each text does."""
    if s.doc.get(s.doc.catalog.get('Lang')) is not None:
        return

    def says(element):
        return element is not None and any(
            'Lang' in e.dict for e in [element, *element.above()])

    for element in s.structure.all():
        keys = {'Alt', 'ActualText', 'E'} & set(element.dict)
        if keys and not says(element):
            yield '%s has /%s in no language' % (element.name, sorted(keys)[0])
    holders = {(p.owner, p.mcid): e for e, p in pieces(s)}
    tagged = {id(mark): key for key, mark in s.content.marks.items()}
    for mark in [m for _, m in s.content.speaking] + [
            m for m in s.content.marks.values() if m.in_no_language]:
        chain = [mark, *mark.around]
        if not any('Lang' in m.properties for m in chain) and not any(
                says(holders.get(tagged.get(id(m)))) for m in chain):
            yield 'marked content %s in no language' % mark.tag
    if s.doc.list_of(s.doc.catalog.get('Outlines')) or s.doc.sub(s.doc.catalog, 'Outlines').get(
            'First'):
        yield 'the outline is in no language'


@rule('notes', UA='7.9')
def notes(s):
    for element in s.structure.all():
        value = s.doc.get(element.dict.get('ID'))
        if element.role == 'Note' and (not value or len(s.structure.ids[value]) > 1):
            yield '%s has no ID of its own' % element.name


# --- roles ------------------------------------------------------------------------


@rule('roles', level='a', A2='6.7.3.4', UA='7.1')
def roles(s):
    for element in s.structure.all():
        if not element.dict['S']:
            yield 'an element without a role: %s' % (element.ref,)
        elif element.role not in STANDARD:
            yield '%s: neither standard nor mapped to a standard role' % element.name


@rule('role-circle', level='a', A2='6.7.3.4', UA='7.1')
def role_circle(s):
    for role in s.structure.role_map:
        seen, at = [], role
        while at in s.structure.role_map and at not in seen:
            seen.append(at)
            at = s.structure.role_map[at]
        if at in seen:
            yield 'the role map goes in a circle from %s' % role


@rule('role-standard', level='a', A2='6.7.3.4', UA='7.1')
def role_standard(s):
    for role in s.structure.role_map:
        if role in STANDARD:
            yield 'the role map maps the standard role %s' % role


@rule('empty-tag', UA='7.1', OURS='3.2')
def empty_tags(s):
    for mark in list(s.content.marks.values()) + [m for _, m in s.content.artifacts]:
        if not mark.tag:
            yield 'marked content with an empty tag'


# --- content and tree --------------------------------------------------------------


@rule('all-tagged', UA='7.1', OURS='3.2')
def all_tagged(s):
    yield from s.problems('untagged')


@rule('artifact-in-tagged', UA='7.1')
def artifact_in_tagged(s):
    yield from s.problems('artifact-in-tagged')


@rule('tagged-in-artifact', UA='7.1')
def tagged_in_artifact(s):
    yield from s.problems('tagged-in-artifact')


@rule('mcid', PDF='14.7.4')
def mcids(s):
    yield from s.problems('mcid-twice', 'tagged-in-tagged')


@rule('form-twice', UA='7.20', PDF='14.7.4')
def form_twice(s):
    """A form with tagged content of its own is drawn once."""
    yield from s.problems('form-twice')


@rule('tree-links', PDF='14.7.2')
def tree_links(s):
    yield from s.problems('kid', 'parent')


def pieces(s):
    for element in s.structure.all():
        for kid in element.kids:
            if isinstance(kid, Piece):
                yield element, kid


@rule('kids', PDF='14.7.4')
def kids(s):
    """Each marked piece is in one element, each element's pieces are there."""
    seen = {}
    for element, piece in pieces(s):
        key = (piece.owner, piece.mcid)
        if key not in s.content.marks:
            yield '%s: MCID %s of %s is not there' % (element.name, piece.mcid, piece.owner)
        if key in seen:
            yield 'MCID %s of %s is in %s and in %s' % (
                piece.mcid, piece.owner, seen[key].name, element.name)
        seen[key] = element
    for owner, mcid in s.content.marks:
        if (owner, mcid) not in seen:
            yield 'MCID %s of %s is in no element' % (mcid, owner)


def owners(s):
    """(reference, dictionary) of pages and forms."""
    yield from s.doc.pages
    for ref, (_, form) in s.content.forms.items():
        yield ref, form.dict


def entries_of_content(s, tree_, ref, dictionary):
    number = s.doc.get(dictionary.get('StructParents'))
    mcids_ = {m: key for key in s.content.marks for o, m in [key] if o == ref}
    if number is None:
        if mcids_:
            yield '%s has marked content and no /StructParents' % (ref,)
        return
    entries = s.doc.list_of(tree_.get(number))
    elements = {(p.owner, p.mcid): e for e, p in pieces(s)}
    for mcid in mcids_:
        said = entries[mcid] if mcid < len(entries) else None
        element = elements.get((ref, mcid))
        if element is not None and said != element.ref:
            yield 'MCID %s of %s: the ParentTree says %s, it is in %s' % (
                mcid, ref, said, element.name)


@rule('parent-tree', PDF='14.7.4.4')
def parent_tree(s):
    pairs = s.structure.parent_tree()
    keys = [k for k, _ in pairs]
    if keys != sorted(set(keys)):
        yield 'the keys of the ParentTree are not in order'
    if keys and s.structure.root.get('ParentTreeNextKey', max(keys) + 1) <= max(keys):
        yield '/ParentTreeNextKey is %s, the highest key %d' % (
            s.structure.root.get('ParentTreeNextKey'), max(keys))
    tree_ = dict(pairs)
    for ref, dictionary in owners(s):
        yield from entries_of_content(s, tree_, ref, dictionary)
    objects = {kid.ref: e for e in s.structure.all() for kid in e.kids
               if isinstance(kid, Object)}
    for where, _, ref, annotation in annotations(s):
        number = s.doc.get(annotation.get('StructParent'))
        if ref in objects and (number is None or tree_.get(number) != objects[ref].ref):
            yield '%s: /StructParent %s does not lead to %s' % (
                where, number, objects[ref].name)


@rule('idle-entries', OURS='3.3')
def idle_entries(s):
    """What trees of the structure have, and nothing names."""
    tree_ = dict(s.structure.parent_tree())
    used = {s.doc.get(annotation.get('StructParent')) for _, _, _, annotation in annotations(s)}
    for ref, dictionary in owners(s):
        number = s.doc.get(dictionary.get('StructParents'))
        used.add(number)
        for mcid, said in enumerate(s.doc.list_of(tree_.get(number))):
            if said is not None and (ref, mcid) not in s.content.marks:
                yield 'the ParentTree has MCID %d of %s, which is not there' % (mcid, ref)
    for key in tree_:
        if key not in used:
            yield 'the ParentTree has key %s, which nothing names' % key
    for value, _ in s.structure.leaves(s.structure.root.get('IDTree'), 'Names'):
        if value not in s.structure.ids:
            yield 'the IDTree has %r, which no element is' % value


@rule('one-page', PDF='14.7.4')
def one_page(s):
    """A piece's page is known: /Pg of the element or of the reference."""
    for element, piece in pieces(s):
        if piece.page not in [r for r, _ in s.doc.pages]:
            yield '%s: MCID %s is on no page' % (element.name, piece.mcid)


@rule('tree-limits', PDF='7.9.7')
def tree_limits(s):
    for root, key in ((s.structure.root.get('ParentTree'), 'Nums'),
                      (s.structure.root.get('IDTree'), 'Names'),
                      (s.doc.sub(s.doc.catalog, 'Names').get('Dests'), 'Names')):
        keys = [k for k, _ in s.structure.leaves(root, key)]
        if keys != sorted(keys):
            yield 'the keys of a tree of /%s are not in order' % key
        stack = [(root, True)]
        while stack:
            value, is_root = stack.pop()
            node = s.doc.get(value)
            if not isinstance(node, dict):
                continue
            found = [k for k, _ in s.structure.leaves(value, key)]
            limits = s.doc.list_of(node.get('Limits'))
            if not is_root and found and limits != [min(found), max(found)]:
                yield 'a node of /%s has /Limits %s' % (key, limits)
            stack += [(kid, False) for kid in s.doc.list_of(node.get('Kids'))]


# --- headings, figures --------------------------------------------------------------


@rule('headings', UA='7.4.2')
def headings(s):
    last = 0
    for element in s.structure.all():
        match = re.fullmatch(r'H([1-6])', element.role)
        if match:
            level = int(match.group(1))
            if level > last + 1:
                yield '%s follows a heading of level %d' % (element.name, last)
            last = level


@rule('heading-kinds', UA='7.4.4')
def heading_kinds(s):
    found = {e.role for e in s.structure.all()}
    if 'H' in found and any(re.fullmatch('H[1-6]', r) for r in found):
        yield 'there are both H and numbered headings'
    for element in s.structure.all():
        if [k.role for k in element.elements()].count('H') > 1:
            yield '%s has two H' % element.name


@rule('alt', UA='7.3', OURS='3.2')
def alternatives(s):
    for element in s.structure.all():
        if element.role in ('Figure', 'Formula') and 'ActualText' not in element.dict:
            text = s.doc.get(element.dict.get('Alt'))
            if not text or not text_string(text).strip():
                yield '%s has no Alt' % element.name


@rule('bbox', OURS='3.2')
def bbox(s):
    boxes = dict(s.doc.pages)
    for element in s.structure.all():
        if element.role != 'Figure' or not any(isinstance(k, Piece) for k in element.kids):
            continue
        box = element.get('Layout', 'BBox')
        if not isinstance(box, list) or len(box) != 4 or box[0] >= box[2] or box[1] >= box[3]:
            yield '%s has /BBox %s' % (element.name, box)
            continue
        page = next(k.page for k in element.kids if isinstance(k, Piece))
        outer = boxes[page]['MediaBox'] if page in boxes else box
        if box[0] < outer[0] - 1 or box[1] < outer[1] - 1 or \
                box[2] > outer[2] + 1 or box[3] > outer[3] + 1:
            yield '%s: its /BBox %s leaves the page %s' % (element.name, box, outer)


@rule('empty-element', OURS='3.3')
def empty_elements(s):
    for element in s.structure.all():
        if element.role not in ('TD', 'TH', 'Document') and not element.kids:
            yield '%s is empty' % element.name


# --- annotations ---------------------------------------------------------------------


@rule('tabs', UA='7.18.3')
def tabs(s):
    for number, (_, page) in enumerate(s.doc.pages, 1):
        if page.get('Annots') and page.get('Tabs') != 'S':
            yield 'page %d has annotations and /Tabs %s' % (number, page.get('Tabs'))


def is_hidden(s, annotation):
    """It is not for readers: hidden, or outside of every page."""
    rect = s.doc.list_of(annotation.get('Rect'))
    boxes = [s.doc.list_of(page.get('CropBox', page.get('MediaBox'))) for _, page in s.doc.pages]
    return bool(annotation.get('F', 0) & 2) or len(rect) == 4 and all(
        max(rect[0], rect[2]) < min(b[0], b[2]) or min(rect[0], rect[2]) > max(b[0], b[2]) or
        max(rect[1], rect[3]) < min(b[1], b[3]) or min(rect[1], rect[3]) > max(b[1], b[3])
        for b in boxes if len(b) == 4)


@rule('links', UA='7.18.5')
def links(s):
    holders = {kid.ref: e for e in s.structure.all() for kid in e.kids
               if isinstance(kid, Object)}
    wanted = {'Link': 'Link', 'Widget': 'Form'}
    for where, _, ref, annotation in annotations(s):
        kind = annotation.get('Subtype')
        if kind == 'PrinterMark' and ref in holders:
            yield '%s: a printer\'s mark in %s' % (where, holders[ref].name)
        if kind in ('Popup', 'PrinterMark') or is_hidden(s, annotation):
            continue
        element = holders.get(ref) if isinstance(ref, Ref) else None
        if element is None or element.role != wanted.get(kind, 'Annot'):
            yield '%s: it is in %s, not in a %s' % (
                where, element.name if element else 'no element', wanted.get(kind, 'Annot'))
        elif kind == 'Link' and not any(isinstance(k, (Piece, Element)) for k in element.kids):
            yield '%s: its element holds no content' % where


@rule('link-words', UA='7.18.5')
def link_words(s):
    holders = {kid.ref: e for e in s.structure.all() for kid in e.kids
               if isinstance(kid, Object)}
    for where, _, ref, annotation in annotations(s):
        element = holders.get(ref)
        kind = annotation.get('Subtype')
        key = 'TU' if kind == 'Widget' else 'Contents'
        words = annotation.get(key) or (element.dict.get('Alt') if element else None) or (
            s.doc.sub(annotation, 'Parent').get(key) if kind == 'Widget' else None)
        if kind not in ('Popup', 'PrinterMark') and not is_hidden(s, annotation) and \
                not s.doc.get(words):
            yield '%s: neither /%s nor Alt' % (where, key)


@rule('object-pages', PDF='14.7.4')
def object_pages(s):
    places = {ref: page for _, page, ref, _ in annotations(s)}
    for element in s.structure.all():
        for kid in element.kids:
            if isinstance(kid, Object) and places.get(kid.ref) != kid.page:
                yield '%s: its OBJR names page %s, the annotation is on %s' % (
                    element.name, kid.page, places.get(kid.ref))


# --- ids --------------------------------------------------------------------------------


@rule('ids', PDF='14.7.2')
def ids(s):
    for value, elements in s.structure.ids.items():
        if len(elements) > 1:
            yield 'ID %r: %s and %s' % (value, elements[0].name, elements[1].name)


@rule('id-tree', PDF='14.7.2')
def id_tree(s):
    listed = dict(s.structure.leaves(s.structure.root.get('IDTree'), 'Names'))
    for value, elements in s.structure.ids.items():
        if listed.get(value) != elements[0].ref:
            yield 'the IDTree has %s for ID %r of %s' % (
                listed.get(value), value, elements[0].name)
