"""Rules: annotations, actions, forms, attachments, optional content, outlines."""
from .objects import Name, Ref, Stream
from .registry import rule

PRINT, FORBIDDEN = 4, 1 | 2 | 32 | 256  # Invisible, Hidden, NoView, ToggleNoView
KINDS = set('''Text Link FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly
    StrikeOut Stamp Caret Ink Popup FileAttachment Widget PrinterMark TrapNet Watermark
    Redact'''.split())
ACTIONS = {'GoTo', 'GoToR', 'GoToE', 'Thread', 'URI', 'Named', 'SubmitForm', 'GoToDp'}
MOVES = {'NextPage', 'PrevPage', 'FirstPage', 'LastPage'}


def annotations(s):
    """(words for the place, page reference, reference, dictionary)."""
    for number, (ref, page) in enumerate(s.doc.pages, 1):
        for value in s.doc.list_of(page.get('Annots')):
            annotation = s.doc.get(value)
            yield 'page %d, %s' % (number, annotation.get('Subtype')), ref, value, annotation


@rule('annotation-kind', A1='6.5.2', A2='6.3.1')
def annotation_kind(s):
    for where, _, _, annotation in annotations(s):
        kind = annotation.get('Subtype')
        late = {'Polygon', 'PolyLine', 'Caret', 'Watermark', 'Redact', 'FileAttachment'}
        if kind not in KINDS or (s.profile.part == 1 and kind in late):
            yield '%s: an annotation that may not be' % where


@rule('annotation-flags', A1='6.5.3', A2='6.3.2')
def annotation_flags(s):
    for where, _, _, annotation in annotations(s):
        if annotation.get('Subtype') == 'Popup':
            continue
        flags = s.doc.get(annotation.get('F'))
        if flags is None:
            yield '%s: no /F' % where
        elif not flags & PRINT or flags & FORBIDDEN:
            yield '%s: /F is %d' % (where, flags)


@rule('appearance', A2='6.3.3')
def appearance(s):
    for where, _, _, annotation in annotations(s):
        rect = [s.doc.get(v) for v in s.doc.list_of(annotation.get('Rect'))]
        empty = len(rect) == 4 and rect[0] == rect[2] and rect[1] == rect[3]
        if annotation.get('Subtype') in ('Popup', 'Link') or empty:
            continue
        states = s.doc.get(annotation.get('AP'))
        if not isinstance(states, dict) or set(states) != {'N'}:
            yield '%s: its /AP does not hold /N alone' % where


@rule('appearance-kind', A1='6.5.3', A2='6.3.3')
def appearance_kind(s):
    for where, _, _, annotation in annotations(s):
        states = s.doc.sub(annotation, 'AP')
        if 'N' in states:
            is_button = annotation.get('Subtype') == 'Widget' and \
                s.doc.get(annotation.get('FT')) == 'Btn'
            if isinstance(s.doc.get(states['N']), Stream) == is_button:
                yield '%s: /N of its /AP is %s' % (
                    where, 'one stream' if is_button else 'not one stream')


@rule('widgets', A1='6.9', A2='6.4.1')
def widgets(s):
    for where, _, _, annotation in annotations(s):
        if annotation.get('Subtype') == 'Widget':
            if 'A' in annotation or 'AA' in annotation:
                yield '%s: it has an action' % where
            if 'AP' not in annotation and any(s.doc.list_of(annotation.get('Rect'))):
                yield '%s: it has no /AP' % where


@rule('annotation-standard', UA='7.18.2')
def annotation_standard(s):
    for where, _, _, annotation in annotations(s):
        if annotation.get('Subtype') == 'TrapNet':
            yield '%s: an annotation that may not be' % where


@rule('opacity', A1='6.5.3')
def opacity(s):
    for where, _, _, annotation in annotations(s):
        if annotation.get('CA', 1) != 1:
            yield '%s: /CA %s' % (where, annotation['CA'])


@rule('rect', PDF='12.5.2')
def rect(s):
    for where, _, _, annotation in annotations(s):
        box = [s.doc.get(v) for v in s.doc.list_of(annotation.get('Rect'))]
        if len(box) != 4 or box[0] > box[2] or box[1] > box[3]:
            yield '%s: /Rect is %s' % (where, box)


# --- actions --------------------------------------------------------------------


def dictionaries(s):
    for number, value in s.doc.walk():
        if isinstance(value, Stream):
            value = value.dict
        if isinstance(value, dict):
            yield number, value


def actions(s):
    """Dictionaries that are actions: in /A, /OpenAction, /AA, /Next of another."""
    stack = []
    for number, one in dictionaries(s):
        for key in ('A', 'OpenAction'):
            stack.append((number, one.get(key)))
        stack += [(number, v) for v in s.doc.sub(one, 'AA').values()]
    seen = set()
    while stack:
        number, value = stack.pop()
        action = s.doc.get(value)
        if isinstance(action, dict) and isinstance(action.get('S'), Name) and \
                'O' not in action and id(action) not in seen:
            seen.add(id(action))
            yield number, action
            following = s.doc.get(action.get('Next', []))
            stack += [(number, v) for v in (
                following if isinstance(following, list) else [following])]


@rule('actions', A1='6.6.1', A2='6.5.1')
def allowed_actions(s):
    allowed = ACTIONS - ({'GoToE', 'GoToDp', 'SubmitForm'} if s.profile.part == 1 else
                         {'SubmitForm'})
    for number, action in actions(s):
        if action['S'] not in allowed:
            yield 'object %d: action %s' % (number, action['S'])
        elif action['S'] == 'Named' and action.get('N') not in MOVES:
            yield 'object %d: named action %s' % (number, action.get('N'))
    if 'JavaScript' in s.doc.sub(s.doc.catalog, 'Names'):
        yield 'the catalog names JavaScript'


@rule('triggers', A1='6.6.2', A2='6.5.2')
def triggers(s):
    for number, one in dictionaries(s):
        if 'AA' in one:
            yield 'object %d has /AA' % number


@rule('form', A1='6.9', A2='6.4.1')
def form(s):
    value = s.doc.sub(s.doc.catalog, 'AcroForm')
    if value.get('NeedAppearances', False) is not False:
        yield 'AcroForm has /NeedAppearances'


@rule('xfa', A1='6.9', A2='6.4.2', UA='7.15')
def xfa(s):
    if 'XFA' in s.doc.sub(s.doc.catalog, 'AcroForm'):
        yield 'AcroForm has /XFA'
    if 'NeedsRendering' in s.doc.catalog:
        yield 'the catalog has /NeedsRendering'


@rule('requirements', A2='6.11')
def requirements(s):
    if 'Requirements' in s.doc.catalog:
        yield 'the catalog has /Requirements'


@rule('presentations', A2='6.10')
def presentations(s):
    if 'AlternatePresentations' in s.doc.sub(s.doc.catalog, 'Names') or any(
            'PresSteps' in page for _, page in s.doc.pages):
        yield 'there are alternate presentations'


# --- attachments ------------------------------------------------------------------


def attachments(s):
    for number, one in dictionaries(s):
        if 'EF' in one:
            yield number, one


@rule('attachment', A1='6.1.11', A2='6.8', A3=None)
def no_attachment(s):
    for number, one in attachments(s):
        if s.profile.part in (1, 2):
            yield 'object %d attaches %s' % (number, one.get('F'))


@rule('attachment-whole', A3='6.8')
def attachment_whole(s):
    listed = [v for _, d in dictionaries(s) for v in s.doc.list_of(d.get('AF'))]
    for number, one in attachments(s):
        for key in ('F', 'UF', 'AFRelationship'):
            if key not in one:
                yield 'object %d: a file specification without /%s' % (number, key)
        for value in s.doc.sub(one, 'EF').values():
            stream = s.doc.get(value)
            if not isinstance(stream, Stream) or '/' not in str(stream.dict.get('Subtype')):
                yield 'object %d: the attached file has no /Subtype of a MIME type' % number
        if not any(s.doc.get(v) is one for v in listed):
            yield 'object %d: the file specification is in no /AF' % number


@rule('attachment-names', UA='7.11')
def attachment_names(s):
    for number, one in attachments(s):
        for key in ('F', 'UF'):
            if not s.doc.get(one.get(key)):
                yield 'object %d: a file specification without /%s' % (number, key)


@rule('attachment-source', OURS='3.1')
def attachment_source(s):
    if s.profile.part == 3:
        kinds = [one.get('AFRelationship') for _, one in attachments(s)]
        if 'Source' not in kinds:
            yield 'no attachment is the /Source'


# --- optional content ---------------------------------------------------------------


@rule('layers', A1='6.1.13')
def layers(s):
    if 'OCProperties' in s.doc.catalog:
        yield 'the catalog has /OCProperties'


@rule('layer-names', A2='6.9', UA='7.10')
def layer_names(s):
    properties = s.doc.sub(s.doc.catalog, 'OCProperties')
    if not properties:
        return
    sets = [s.doc.sub(properties, 'D')] + [s.doc.get(v) for v in
                                           s.doc.list_of(properties.get('Configs'))]
    names = [s.doc.get(one.get('Name')) for one in sets]
    if not all(names) or len(set(names)) != len(names):
        yield 'configurations of optional content without names of their own'
    if any('AS' in one for one in sets):
        yield 'a configuration of optional content has /AS'


# --- where things lead -----------------------------------------------------------------


def destination_problem(s, value):
    goal = s.doc.get(value)
    if isinstance(goal, dict):
        goal = s.doc.get(goal.get('D'))
    if isinstance(goal, bytes) or isinstance(goal, Name):
        named = dict(s.structure.leaves(s.doc.sub(s.doc.catalog, 'Names').get('Dests'), 'Names'))
        named.update(s.doc.sub(s.doc.catalog, 'Dests'))
        if goal not in named:
            return 'destination %r is not there' % (goal,)
        return destination_problem(s, named[goal])
    if not isinstance(goal, list) or not goal or goal[0] not in [r for r, _ in s.doc.pages]:
        return 'a destination that is no page: %s' % (goal,)
    return None


@rule('destinations', PDF='12.3.2')
def destinations(s):
    for number, one in dictionaries(s):
        for key in ('Dest', 'D'):
            is_goto = key == 'Dest' or one.get('S') == 'GoTo'
            if key in one and is_goto and one.get('Type') != 'OCG':
                words = destination_problem(s, one[key])
                if words:
                    yield 'object %d: %s' % (number, words)


@rule('outline', PDF='12.3.3')
def outline(s):
    root = s.doc.catalog.get('Outlines')
    if root is None:
        return
    seen = set()

    def kids(parent):
        """Checks the links of the kids; how many are visible when all are open."""
        node, before, count = s.doc.sub({'x': parent}, 'x'), None, 0
        at = node.get('First')
        while at is not None and at not in seen:
            seen.add(at)
            item = s.doc.get(at)
            if item.get('Parent') != parent or item.get('Prev') != before:
                problems.append('outline item %s: /Parent or /Prev is wrong' % (at,))
            if not item.get('Title'):
                problems.append('outline item %s has no /Title' % (at,))
            below = kids(at)
            said = item.get('Count', 0)
            if abs(said) != below:
                problems.append('outline item %s: /Count is %s, not %d' % (at, said, below))
            count += 1 + (below if said > 0 else 0)
            before, at = at, item.get('Next')
        if node.get('Last') != before:
            problems.append('outline: /Last of %s is wrong' % (parent,))
        return count

    problems = []
    if not isinstance(root, Ref):
        problems.append('the outline is not indirect')
    else:
        kids(root)
    yield from problems
