"""
Fonts of a PDF: codes to glyphs, widths and text. Only composite fonts with
two-byte identity encoding are read whole (`unread` says why another is not).
"""
from .cmap import ToUnicode
from .fontfile import Cff, TrueType
from .objects import Broken, Ref, Stream


class Font:
    def __init__(self, doc, ref, name):
        self.doc = doc
        self.dict = doc.dict_of(ref, 'font %s' % name)
        self.where = 'font %s' % (self.dict.get('BaseFont', name),)
        self.unread = None
        self.used = set()
        self.used_visible = set()
        self.is_composite = self.dict.get('Subtype') == 'Type0'
        descendants = doc.list_of(self.dict.get('DescendantFonts'))
        self.cid_font = doc.get(descendants[0]) if descendants else self.dict
        self.descriptor = doc.sub(self.cid_font, 'FontDescriptor')
        self.program = None
        self.program_error = None
        self.to_unicode = None
        self.read_program()
        self.read_to_unicode()
        self.read_encoding()
        self.read_widths()

    @property
    def embedded(self):
        """(key, stream) of the font file, or (None, None)."""
        for key in ('FontFile', 'FontFile2', 'FontFile3'):
            stream = self.doc.get(self.descriptor.get(key))
            if isinstance(stream, Stream):
                return key, stream
        return None, None

    def read_program(self):
        key, stream = self.embedded
        if stream is None:
            return
        try:
            data = self.doc.decode(stream)
            if key == 'FontFile2':
                self.program = TrueType(data)
            elif key == 'FontFile3' and stream.dict.get('Subtype') in ('CIDFontType0C', 'Type1C'):
                self.program = Cff(data)
            else:
                self.unread = '%s %s is not read' % (key, stream.dict.get('Subtype'))
        except Broken as error:
            self.program_error = str(error)

    def read_to_unicode(self):
        stream = self.doc.get(self.dict.get('ToUnicode'))
        if isinstance(stream, Stream):
            self.to_unicode = ToUnicode(self.doc.decode(stream))

    def read_encoding(self):
        self.code_size = 2 if self.is_composite else 1
        if not self.is_composite:
            self.unread = self.unread or 'a simple font: its glyphs are not looked up'
        elif self.dict.get('Encoding') not in ('Identity-H', 'Identity-V'):
            self.unread = self.unread or 'encoding %s is not read' % (self.dict.get('Encoding'),)

    def read_widths(self):
        self.default_width = self.doc.get(self.cid_font.get('DW', 1000))
        self.widths = {}
        if not self.is_composite:
            first = self.dict.get('FirstChar', 0)
            for code, width in enumerate(self.doc.list_of(self.dict.get('Widths')), first):
                self.widths[code] = width
            return
        items = list(self.doc.list_of(self.cid_font.get('W')))
        while items:
            first, second = items.pop(0), self.doc.get(items.pop(0))
            if isinstance(second, list):
                for cid, width in enumerate(second, first):
                    self.widths[cid] = width
            else:
                width = items.pop(0)
                for cid in range(first, second + 1):
                    self.widths[cid] = width

    def width(self, cid):
        return self.widths.get(cid, self.default_width)

    def codes(self, string):
        size = self.code_size
        return [int.from_bytes(string[i:i + size], 'big') for i in range(0, len(string), size)]

    def gid_of(self, cid):
        """None: not in the program."""
        mapping = self.doc.get(self.cid_font.get('CIDToGIDMap', 'Identity'))
        if isinstance(mapping, Stream):
            table = self.doc.decode(mapping)
            gid = int.from_bytes(table[2 * cid:2 * cid + 2], 'big')
        else:
            gid = self.program.gid_of(cid)
        return gid if gid is not None and gid < self.program.count else None

    def name_of(self, code):
        """The glyph name that /Differences of a simple font have for a code."""
        at = None
        for value in self.doc.list_of(self.doc.sub(self.dict, 'Encoding').get('Differences')):
            if isinstance(value, int):
                at = value
            elif at == code:
                return value
            elif at is not None:
                at += 1
        return None

    def text(self, code):
        if self.to_unicode is None:
            return '\ufffd'
        return self.to_unicode.map.get(code, '\ufffd')


class Fonts:
    """Each font dictionary once."""

    def __init__(self, doc):
        self.doc = doc
        self.by_key = {}

    def find(self, value, name):
        key = value if isinstance(value, Ref) else id(value)
        if key not in self.by_key:
            self.by_key[key] = Font(self.doc, value, name)
        return self.by_key[key]

    def all(self):
        return list(self.by_key.values())
