"""
A PDF file: cross-reference tables and streams, object streams, filters, pages.

What is wrong with its bytes, but does not hinder reading, is collected in
`problems` as (kind, words); rules report it by kind.
"""
import re
import zlib

from .objects import SPACE, Broken, Keyword, Lexer, Name, Ref, Stream

EOL = (b'\r', b'\n')


def undo_predictor(data, parms):
    """Predictors of PNG, and TIFF's for whole bytes (7.4.4.4)."""
    predictor = parms.get('Predictor', 1)
    if predictor == 1:
        return data
    bits = parms.get('Colors', 1) * parms.get('BitsPerComponent', 8)
    step = max(1, bits // 8)
    width = (parms.get('Columns', 1) * bits + 7) // 8
    if predictor == 2 and parms.get('BitsPerComponent', 8) == 8:
        out = bytearray(data)
        for i in range(len(out)):
            if i % width >= step:
                out[i] = (out[i] + out[i - step]) & 255
        return bytes(out)
    if predictor < 10:
        raise Broken('predictor %d' % predictor)
    out, above = bytearray(), bytes(width)
    for at in range(0, len(data), width + 1):
        kind, row = data[at], bytearray(data[at + 1:at + 1 + width])
        for i in range(len(row)):
            left = row[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            row[i] = (row[i] + predicted(kind, left, above[i], corner)) & 255
        out += row
        above = bytes(row)
    return bytes(out)


def predicted(kind, left, up, corner):
    if kind == 4:
        guess = left + up - corner
        return min((abs(guess - v), i, v) for i, v in enumerate((left, up, corner)))[2]
    return (0, left, up, (left + up) // 2)[kind]


class Document:
    def __init__(self, data):
        self.data = data
        self.problems = []
        self.entries = {}     # number -> (offset, generation) or (stream, index) in `packed`
        self.packed = set()
        self.highest = 0      # number in the cross-references, free or not
        self.objects = {}
        self.trailers = []    # newest first
        self.has_table = self.has_xref_stream = False
        self.read_sections()
        if not self.trailers:
            raise Broken('no trailer')
        self.trailer = self.trailers[0]
        for number in sorted(self.entries):
            self.load(number)
        self.catalog = self.dict_of(self.trailer.get('Root'), 'the catalog')
        self.pages = list(self.page_tree())

    def problem(self, kind, words, *values):
        self.problems.append((kind, words % values))

    # --- cross references (7.5.4, 7.5.8) -------------------------------------

    def read_sections(self):
        tails = re.findall(rb'startxref[\r\n]+(\d+)[\r\n]+%%EOF', self.data[-1100:])
        if not tails:
            raise Broken('no startxref at the end')
        position, seen = int(tails[-1]), set()
        while position is not None:
            if position in seen:
                raise Broken('cross-reference sections in a circle')
            seen.add(position)
            if self.data[position:position + 4] == b'xref':
                trailer = self.read_table(position)
            else:
                trailer = self.read_xref_stream(position)
            self.trailers.append(trailer)
            position = trailer.get('Prev')

    def read_table(self, position):
        self.has_table = True
        head = re.compile(rb'xref(\r\n|\r|\n)(?=\d)').match(self.data, position)
        if head is None:
            self.problem('xref', 'byte %d: xref is not followed by one end of line', position)
        lexer = Lexer(self.data, position + 4)
        while True:
            first = lexer.token()
            if first == b'trailer':
                return lexer.object()
            count = lexer.token()
            if type(first) is not int or type(count) is not int:
                raise Broken('byte %d: no cross-reference table' % position)
            header = re.compile(rb'(?:^|[\r\n])%d (%d)(\r\n| ?[\r\n])' % (first, count)).search(
                self.data, lexer.position - 24)
            if header is None:
                self.problem('xref', 'subsection %d: its header is not "first count"', first)
            at = lexer.position + len(re.compile(rb' ?\r?\n?').match(
                self.data, lexer.position).group())
            for number in range(first, first + count):
                self.read_entry(number, self.data[at:at + 20])
                at += 20
            lexer.position = at

    def read_entry(self, number, row):
        match = re.fullmatch(rb'(\d{10}) (\d{5}) ([nf])(?: \r| \n|\r\n)', row)
        if match is None:
            raise Broken('cross-reference entry %d is not 20 bytes: %r' % (number, row))
        self.highest = max(self.highest, number)
        if match.group(3) == b'n':
            self.entries.setdefault(number, (int(match.group(1)), int(match.group(2))))

    def read_xref_stream(self, position):
        self.has_xref_stream = True
        number, stream = self.read_object(position)
        if not isinstance(stream, Stream) or stream.dict.get('Type') != 'XRef':
            raise Broken('byte %d: neither xref nor a cross-reference stream' % position)
        self.objects.setdefault(number, stream)
        widths = stream.dict['W']
        rows, at = self.decode(stream), 0
        index = stream.dict.get('Index', [0, stream.dict['Size']])
        for first, count in zip(index[::2], index[1::2]):
            for number in range(first, first + count):
                fields = []
                for width in widths:
                    fields.append(int.from_bytes(rows[at:at + width], 'big') if width else None)
                    at += width
                kind = 1 if fields[0] is None else fields[0]
                self.highest = max(self.highest, number)
                if kind in (1, 2) and number not in self.entries:
                    self.entries[number] = (fields[1], fields[2] or 0)
                    if kind == 2:
                        self.packed.add(number)
        if at != len(rows):
            self.problem('xref', 'the cross-reference stream has %d bytes, its rows take %d',
                         len(rows), at)
        return stream.dict

    # --- objects (7.3.10) -----------------------------------------------------

    def read_object(self, offset):
        data = self.data
        head = re.compile(rb'(\d+)([' + SPACE + rb']+)(\d+)([' + SPACE + rb']+)obj').match(
            data, offset)
        if head is None:
            raise Broken('byte %d: no object there' % offset)
        number = int(head.group(1))
        if len(head.group(2)) != 1 or len(head.group(4)) != 1:
            self.problem('framing', 'object %d: not one blank between number, generation, obj',
                         number)
        if offset > 0 and data[offset - 1:offset] not in EOL:
            self.problem('framing', 'object %d: its number does not begin a line', number)
        if data[head.end():head.end() + 1] not in EOL:
            self.problem('framing', 'object %d: obj does not end a line', number)
        lexer = Lexer(data, head.end())
        value = lexer.object()
        if isinstance(value, Keyword):
            raise Broken('object %d: no object in it' % number)
        after = lexer.position
        word = lexer.token()
        if word == b'stream':
            value = self.read_stream(number, value, lexer)
            after = lexer.position
            word = lexer.token()
        if word != b'endobj':
            raise Broken('object %d: no endobj' % number)
        between = data[after:lexer.position - len(b'endobj')]
        if between[-1:] not in EOL or data[lexer.position:lexer.position + 1] not in EOL:
            self.problem('framing', 'object %d: endobj does not stand on a line of its own', number)
        return number, value

    def read_stream(self, number, dictionary, lexer):
        data, at = self.data, lexer.position
        mark = re.compile(rb'\r\n|\n').match(data, at)
        if mark is None:
            self.problem('stream', 'object %d: stream is not followed by CR LF or LF', number)
            at += data[at:at + 1] == b'\r'
        else:
            at = mark.end()
        length = dictionary.get('Length')
        if isinstance(length, Ref):
            length = self.load(length.number)
        end = data.find(b'endstream', at + length if type(length) is int else at)
        if end < 0:
            raise Broken('object %d: no endstream' % number)
        between = data[at + length:end] if type(length) is int else None
        if between is None or between.strip():
            end = data.find(b'endstream', at)
            self.problem('stream', 'object %d: /Length is %s, endstream comes after %d bytes',
                         number, length, end - at)
            length = end - at
        elif between not in (b'\r\n', b'\n', b'\r'):
            self.problem('stream', 'object %d: %r between the data and endstream, not one end '
                         'of line', number, between)
        lexer.position = end + len(b'endstream')
        return Stream(dictionary, data[at:at + length])

    def load(self, number):
        if number in self.objects:
            return self.objects[number]
        if number not in self.entries:
            return None
        self.objects[number] = None  # a circle of lengths ends here
        first, second = self.entries[number]
        if number in self.packed:
            value = self.load_packed(number, first, second)
        else:
            found, value = self.read_object(first)
            if found != number:
                raise Broken('object %d: the cross-reference leads to object %d' % (number, found))
        self.objects[number] = value
        return value

    def load_packed(self, number, container, index):
        stream = self.load(container)
        if not isinstance(stream, Stream) or stream.dict.get('Type') != 'ObjStm':
            raise Broken('object %d: %d is no object stream' % (number, container))
        data, first = self.decode(stream), stream.dict['First']
        table = Lexer(data[:first])
        pairs = [(table.token(), table.token()) for _ in range(stream.dict['N'])]
        if index >= len(pairs) or pairs[index][0] != number:
            raise Broken('object %d: not at index %d of object stream %d' % (
                number, index, container))
        return Lexer(data, first + pairs[index][1]).object()

    def get(self, value):
        while isinstance(value, Ref):
            value = self.load(value.number)
        return value

    def dict_of(self, value, what):
        value = self.get(value)
        if isinstance(value, Stream):
            value = value.dict
        if not isinstance(value, dict):
            raise Broken('%s is no dictionary' % what)
        return value

    def sub(self, dictionary, key):
        """A dictionary in a dictionary; {} where there is none."""
        value = self.get((dictionary or {}).get(key))
        if isinstance(value, Stream):
            value = value.dict
        return value if isinstance(value, dict) else {}

    def list_of(self, value):
        value = self.get(value)
        return value if isinstance(value, list) else []

    # --- filters (7.4) ----------------------------------------------------------

    def filters(self, stream):
        names = self.get(stream.dict.get('Filter', []))
        return [self.get(n) for n in names] if isinstance(names, list) else [names]

    def decode(self, stream):
        parms = self.get(stream.dict.get('DecodeParms', {})) or {}
        parms = parms if isinstance(parms, list) else [parms]
        data = stream.raw
        for i, name in enumerate(self.filters(stream)):
            if name == 'FlateDecode':
                unpack = zlib.decompressobj()
                try:
                    data = unpack.decompress(data) + unpack.flush()
                except zlib.error as error:
                    raise Broken('a Flate stream: %s' % error)
                if not unpack.eof or unpack.unused_data:
                    raise Broken('a Flate stream is cut off or goes on after its end')
                data = undo_predictor(data, self.get(parms[i]) or {} if i < len(parms) else {})
            elif name == 'ASCIIHexDecode':
                data = bytes.fromhex(data.rstrip(b'>\r\n ').decode('latin-1'))
            else:
                raise Broken('filter %s cannot be undone' % name)
        return data

    # --- pages (7.7.3) ------------------------------------------------------------

    def page_tree(self):
        """(reference, dictionary with what is inherited) of every page, in order."""
        seen = set()

        def walk(ref, inherited, parent):
            node = self.get(ref)
            if not isinstance(node, dict) or ref in seen:
                raise Broken('page tree: %s is no node, or there twice' % (ref,))
            seen.add(ref)
            if node.get('Parent') != parent:
                self.problem('pages', 'page tree: /Parent of %s is not %s', ref, parent)
            inherited = dict(inherited, **{
                k: node[k] for k in ('Resources', 'MediaBox', 'CropBox', 'Rotate') if k in node})
            if node.get('Type') == 'Page':
                yield ref, dict(inherited, **node)
                return
            count = 0
            for kid in self.list_of(node.get('Kids')):
                for page in walk(kid, inherited, ref):
                    count += 1
                    yield page
            if count != node.get('Count'):
                self.problem('pages', 'page tree: /Count of %s is %s, there are %d pages', ref,
                             node.get('Count'), count)
        yield from walk(self.catalog.get('Pages'), {}, None)

    def walk(self, value=None, seen=None):
        """Every object inside of every object, references not followed."""
        stack = [(number, self.objects[number]) for number in sorted(self.objects, reverse=True)]
        while stack:
            number, value = stack.pop()
            yield number, value
            if isinstance(value, Stream):
                value = value.dict
            if isinstance(value, dict):
                stack += [(number, v) for v in value.values()]
                stack += [(number, Name(k)) for k in value]
            elif isinstance(value, list):
                stack += [(number, v) for v in value]
