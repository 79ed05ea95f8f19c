"""
Content streams: what is drawn, in which marked content (ISO 32000-1, 14.6).

Each page's content is run once, with its form XObjects and appearances. What it
says is collected: marked content by page and MCID with its text, codes shown by
font, resources used; and `problems` as (kind, words), which rules report.
"""
from dataclasses import dataclass, field

from .fonts import Fonts
from .objects import Broken, Keyword, Lexer, Name, Stream, String, text_string

OPERATORS = set('''b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs
    h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm
    Tr Ts Tw Tz v w W W* y ' "'''.split())
PAINTS_PATH = {'b', 'B', 'b*', 'B*', 'f', 'F', 'f*', 's', 'S'}
DEVICE_COLOUR = {'RG': 'DeviceRGB', 'rg': 'DeviceRGB', 'G': 'DeviceGray', 'g': 'DeviceGray',
                 'K': 'DeviceCMYK', 'k': 'DeviceCMYK'}
SHOWS = {'Tj', 'TJ', "'", '"'}
INLINE_SPACES = {'G': 'DeviceGray', 'RGB': 'DeviceRGB', 'CMYK': 'DeviceCMYK', 'I': 'Indexed'}
SPEAKS = {'Lang', 'ActualText', 'Alt', 'E'}  # properties that are language, or have one


@dataclass
class Mark:
    tag: str
    properties: dict
    mcid: int = None
    is_artifact: bool = False
    text: list = field(default_factory=list)
    shows: bool = False      # anything at all
    private_use: bool = False  # shows such a character without ActualText
    in_no_language: bool = False  # shows text, and no mark around it says its language
    around: list = field(default_factory=list)  # marks that it stands in


@dataclass
class Shown:
    """Codes that one operator shows."""
    font: object
    codes: list
    where: str
    invisible: bool


class Content:
    def __init__(self, doc):
        self.doc = doc
        self.fonts = Fonts(doc)
        self.marks = {}       # (page or form reference, mcid) -> Mark, in order
        self.artifacts = []   # (where, Mark)
        self.shown = []
        self.speaking = []    # (where, Mark) with one of SPEAKS
        self.colours = set()  # device colour spaces, where no Default space stands for them
        self.spaces = set()   # families of all
        self.states = []      # (where, graphics state dictionary)
        self.images = {}      # reference -> (where, stream)
        self.forms = {}
        self.patterns = {}
        self.groups = []      # (where, transparency group)
        self.glyphs = {}      # (Type 3 font, code) -> its width, or None
        self.problems = []
        self.transparent = set()  # page references
        self.deepest = 0
        for number, (ref, page) in enumerate(doc.pages, 1):
            self.run_page(number, ref, page)

    def problem(self, kind, words, *values):
        self.problems.append((kind, words % values))

    def run_page(self, number, ref, page):
        contents = self.doc.get(page.get('Contents'))
        streams = contents if isinstance(contents, list) else [contents]
        data = b'\n'.join(self.doc.decode(self.doc.get(s)) for s in streams if s is not None)
        where = 'page %d' % number
        self.look_at_group(where, page)
        run = Run(self, ref, ref, where, page.get('Resources'))
        run.inherits = 'Resources' not in self.doc.get(ref)
        run.run(data)
        for annotation in self.doc.list_of(page.get('Annots')):
            for stream in self.appearances(self.doc.get(annotation)):
                # Not page content: what it draws needs no mark of its own.
                outer = [Mark('annotation', {}, is_artifact=True)]
                if self.look_at_group(where + ', an annotation', stream.dict):
                    self.transparent.add(ref)
                Run(self, ref, None, where + ', an annotation',
                    stream.dict.get('Resources'), outer).run(self.doc.decode(stream))

    def appearances(self, annotation):
        """The streams of its normal appearance, one for each state where it has states."""
        normal = self.doc.get(self.doc.sub(annotation, 'AP').get('N'))
        streams = normal.values() if isinstance(normal, dict) else [normal]
        return [s for s in map(self.doc.get, streams) if isinstance(s, Stream)]

    def look_at_group(self, where, dictionary):
        group = self.doc.sub(dictionary, 'Group')
        if group.get('S') == 'Transparency':
            self.groups.append((where, group))
        return group.get('S') == 'Transparency'


class Run:
    """One content stream."""

    def __init__(self, content, page, owner, where, resources, outer=()):
        self.content, self.doc = content, content.doc
        self.page, self.owner, self.where = page, owner, where
        self.resources = self.doc.get(resources) or {}
        self.has_resources = isinstance(self.resources, dict) and resources is not None
        self.outer = list(outer)
        self.marks = []
        self.font, self.mode, self.states = None, 0, []
        self.in_text = False
        self.inherits = False   # its resources are those of a node above the page
        self.coloured = False   # a colour has been set
        self.width = None        # of a glyph of a Type 3 font
        self.colourless = False  # a glyph that begins with d1: colours in it are not looked at

    def problem(self, kind, words, *values):
        self.content.problem(kind, self.where + ': ' + words, *values)

    def run(self, data):
        lexer, operands = Lexer(data), []
        while True:
            token = lexer.object()
            if not isinstance(token, Keyword):
                operands.append(token)
                if type(token) is int and not -2 ** 31 <= token < 2 ** 31:
                    self.problem('integer', '%d takes more than 32 bits', token)
                elif type(token) is String and (token.odd or len(token) > 32767):
                    kind = 'hex' if token.odd else \
                        'string' if len(token) < 65536 else 'long-string'
                    self.problem(kind, 'a string of %d bytes', len(token))
                elif type(token) is float and abs(token) > 32767:
                    self.problem('real', '%g is beyond 32767', token)
                continue
            if token == b'':
                break
            word = token.decode('latin-1')
            if word == 'BI':
                self.inline_image(lexer)
            elif word not in OPERATORS:
                self.problem('operator', 'operator %s is none of PDF\'s', word)
            else:
                self.operator(word, operands)
            operands = []
        if self.states or self.in_text or self.marks:
            self.problem('balance', 'q, BT or BDC without end')

    def find(self, category, name):
        if not self.has_resources:
            self.problem('resources', '%s %s, but no Resources of its own', category, name)
        elif self.inherits:
            self.problem('inherited', '%s %s of inherited Resources', category, name)
        value = self.doc.sub(self.resources, category).get(name)
        if value is None:
            self.problem('resources', 'no %s %s in the Resources', category, name)
        return value

    # --- operators -------------------------------------------------------------

    def operator(self, word, operands):
        if word in SHOWS:
            self.show(word, operands)
        elif word in PAINTS_PATH:
            if not self.coloured and self.owner == self.page:
                self.use_device('DeviceGray')  # which is where a page begins
            self.paint('a path')
        elif word == 'sh':
            self.paint('a shading')
            self.look_at(self.doc.sub({'x': self.find('Shading', operands[0])}, 'x')
                         .get('ColorSpace'))
        elif word in DEVICE_COLOUR:
            self.coloured = True
            self.use_device(DEVICE_COLOUR[word])
        elif word in ('CS', 'cs'):
            self.coloured = True
            self.use_space(operands)
        elif word in ('SCN', 'scn'):
            self.use_pattern(operands)
        elif word == 'q':
            self.states.append((self.font, self.mode))
            self.content.deepest = max(self.content.deepest, len(self.states))
        elif word == 'Q':
            if not self.states:
                self.problem('balance', 'Q without q')
            else:
                self.font, self.mode = self.states.pop()
        elif word in ('BT', 'ET'):
            if self.in_text == (word == 'BT'):
                self.problem('balance', '%s where none may be', word)
            self.in_text = word == 'BT'
        elif word == 'Tf':
            value = self.find('Font', operands[0])
            self.font = self.content.fonts.find(value, operands[0]) if value else None
        elif word == 'Tr':
            self.mode = operands[0]
        elif word == 'gs':
            self.use_state(operands[0])
        elif word in ('BMC', 'BDC'):
            self.begin_mark(operands)
        elif word == 'EMC':
            self.end_mark()
        elif word == 'Do':
            self.draw(operands[0])
        elif word == 'ri':
            self.intent(operands[0])
        elif word in ('d0', 'd1'):
            self.width, self.colourless = operands[0], word == 'd1'

    def intent(self, name):
        if name not in ('RelativeColorimetric', 'AbsoluteColorimetric', 'Perceptual',
                        'Saturation'):
            self.problem('intent', 'rendering intent %s', name)

    # --- colour ----------------------------------------------------------------

    def use_space(self, operands):
        name = operands[0]
        named = name in ('DeviceGray', 'DeviceRGB', 'DeviceCMYK', 'Pattern')
        self.look_at(name if named else self.find('ColorSpace', name))

    def use_device(self, space):
        default = space.replace('Device', 'Default')
        if not self.colourless and default not in self.doc.sub(self.resources, 'ColorSpace'):
            self.content.colours.add(space)

    def look_at(self, name):
        """Device spaces inside of a colour space."""
        space = self.doc.get(name)
        family = self.doc.get(space[0]) if isinstance(space, list) and space else space
        self.content.spaces.add(str(family))
        if isinstance(space, Name):
            if str(space).startswith('Device'):
                self.use_device(str(space))
        elif isinstance(space, list) and space:
            if family in ('Indexed', 'Pattern') and len(space) > 1:
                self.look_at(space[1])
            elif family in ('Separation', 'DeviceN'):
                self.look_at(space[2])

    def use_pattern(self, operands):
        if not operands or not isinstance(operands[-1], Name):
            return
        ref = self.find('Pattern', operands[-1])
        pattern = self.doc.get(ref)
        if ref in self.content.patterns:
            return
        self.content.patterns[ref] = pattern
        if isinstance(pattern, dict):
            self.look_at(self.doc.sub(pattern, 'Shading').get('ColorSpace'))
        if isinstance(pattern, Stream):
            Run(self.content, self.page, None, self.where + ', a pattern',
                pattern.dict.get('Resources'), [Mark('pattern', {}, is_artifact=True)]).run(
                    self.doc.decode(pattern))

    def use_state(self, name):
        state = self.doc.get(self.find('ExtGState', name)) or {}
        self.content.states.append((self.where, state))
        if state.get('SMask', 'None') != 'None' or state.get('CA', 1) != 1 or \
                state.get('ca', 1) != 1 or state.get('BM', 'Normal') not in (
                    'Normal', 'Compatible'):
            self.content.transparent.add(self.page)
        if 'Font' in state:
            self.font = self.content.fonts.find(self.doc.list_of(state['Font'])[0], name)

    # --- marks -------------------------------------------------------------------

    def begin_mark(self, operands):
        tag = operands[0] if operands else ''
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, Name):
            properties = self.doc.get(self.find('Properties', properties)) or {}
        around = self.outer + self.marks
        mark = Mark(str(tag), properties, properties.get('MCID'), tag == 'Artifact',
                    around=around)
        if SPEAKS & set(properties):
            self.content.speaking.append((self.where, mark))
        if mark.mcid is not None:
            self.begin_tagged(mark, around)
        if mark.is_artifact:
            self.content.artifacts.append((self.where, mark))
            if any(m.mcid is not None for m in around):
                self.problem('artifact-in-tagged', 'an artifact inside of tagged content')
        self.marks.append(mark)

    def begin_tagged(self, mark, around):
        if any(m.is_artifact for m in around):
            self.problem('tagged-in-artifact', 'MCID %s inside of an artifact', mark.mcid)
        if any(m.mcid is not None for m in around):
            self.problem('tagged-in-tagged', 'MCID %s inside of MCID %s', mark.mcid,
                         [m.mcid for m in around if m.mcid is not None][-1])
        key = (self.owner, mark.mcid)
        if key in self.content.marks:
            self.problem('mcid-twice' if self.owner == self.page else 'form-twice', 'MCID %s is there twice', mark.mcid)
        self.content.marks[key] = mark

    def end_mark(self):
        if not self.marks:
            self.problem('balance', 'EMC without BMC or BDC')
            return
        mark = self.marks.pop()
        if 'ActualText' in mark.properties:
            self.add_text(text_string(mark.properties['ActualText']))

    def add_text(self, text, private_use=False):
        around = self.outer + self.marks
        if any('ActualText' in m.properties for m in around):
            return
        for mark in around:
            if mark.mcid is not None:
                mark.text.append(text)
                mark.private_use |= private_use

    def paint(self, what):
        around = self.outer + self.marks
        for mark in around:
            mark.shows = True
        if not any(m.is_artifact or m.mcid is not None for m in around):
            self.problem('untagged', '%s is neither tagged nor an artifact', what)

    # --- text, pictures ------------------------------------------------------------

    def show(self, word, operands):
        strings = operands[-1] if word == 'TJ' else operands[-1:]
        strings = [s for s in strings if isinstance(s, String)]
        if not any(strings):
            return
        self.paint('text %r' % self.text_of(strings)[:20])
        if not self.in_text:
            self.problem('balance', '%s outside of BT and ET', word)
        if self.font is None:
            self.problem('resources', 'text without a font')
            return
        codes = [c for s in strings for c in self.font.codes(s)]
        self.font.used.update(codes)
        if self.mode != 3:
            self.font.used_visible.update(codes)
        self.content.shown.append(Shown(self.font, codes, self.where, self.mode == 3))
        if self.font.dict.get('Subtype') == 'Type3':
            self.draw_glyphs(codes)
        around = self.outer + self.marks
        if around and not any('Lang' in m.properties for m in around):
            around[-1].in_no_language = True
        text = self.text_of(strings)
        self.add_text(text, any(is_private(c) for c in text))

    def draw_glyphs(self, codes):
        """Glyphs of a Type 3 font: each a content stream."""
        font = self.font
        for code in codes:
            stream = self.doc.get(self.doc.sub(font.dict, 'CharProcs').get(font.name_of(code)))
            if (font, code) in self.content.glyphs or not isinstance(stream, Stream):
                continue
            self.content.glyphs[font, code] = None
            run = Run(self.content, self.page, None, '%s, a glyph of %s' % (self.where, font.where),
                      font.dict.get('Resources'), [Mark('glyph', {}, is_artifact=True)])
            run.run(self.doc.decode(stream))
            self.content.glyphs[font, code] = run.width

    def text_of(self, strings):
        if self.font is None:
            return ''
        return ''.join(self.font.text(c) for s in strings for c in self.font.codes(s))

    def draw(self, name):
        ref = self.find('XObject', name)
        stream = self.doc.get(ref)
        if not isinstance(stream, Stream):
            return
        if stream.dict.get('Subtype') == 'Image':
            self.paint('a picture')
            self.image(ref, stream)
        elif stream.dict.get('Subtype') == 'Form':
            self.form(ref, stream)
        else:
            self.problem('xobject', 'XObject %s has /Subtype %s', name, stream.dict.get('Subtype'))

    def image(self, ref, stream):
        self.content.images[ref] = (self.where, stream)
        if not stream.dict.get('ImageMask'):
            self.look_at(stream.dict.get('ColorSpace'))
        if 'SMask' in stream.dict:
            self.content.transparent.add(self.page)

    def form(self, ref, stream):
        if ref in self.content.forms and 'StructParents' not in stream.dict and \
                not self.outer and not self.marks:
            return
        self.content.forms[ref] = (self.where, stream)
        if self.content.look_at_group('%s, form %s' % (self.where, ref), stream.dict):
            self.content.transparent.add(self.page)
        if len(self.outer) > 50:
            raise Broken('%s: forms without end' % self.where)
        resources = stream.dict.get('Resources')
        outer = self.outer + self.marks + [Mark('form', {})]
        Run(self.content, self.page, ref, self.where + ', form %s' % (ref,), resources,
            outer).run(self.doc.decode(stream))

    def inline_image(self, lexer):
        """BI … ID data EI: only its dictionary is looked at."""
        values = []
        while True:
            token = lexer.object()
            if isinstance(token, Keyword):
                break
            values.append(token)
        self.paint('a picture')
        end = lexer.data.find(b'EI', lexer.position)
        lexer.position = end + 2
        image = dict(zip(values[::2], values[1::2]))
        filters = image.get('F', image.get('Filter', []))
        for name in filters if isinstance(filters, list) else [filters]:
            if name in ('LZW', 'LZWDecode'):
                self.problem('inline-lzw', 'an inline picture with LZW')
        if image.get('I', image.get('Interpolate')):
            self.problem('inline-interpolate', 'an inline picture with /Interpolate true')
        if 'Intent' in image:
            self.intent(image['Intent'])
        space = image.get('CS', image.get('ColorSpace'))
        if isinstance(space, list):
            self.look_at([Name(INLINE_SPACES.get(v, v)) if isinstance(v, Name) else v
                          for v in space])
        elif isinstance(space, Name):
            named = self.doc.sub(self.resources, 'ColorSpace').get(space)
            self.look_at(named or Name(INLINE_SPACES.get(space, space)))


def is_private(character):
    return '\ue000' <= character <= '\uf8ff' or ord(character) >= 0xf0000

