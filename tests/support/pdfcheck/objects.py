"""
PDF objects as Python's own, and the lexer that reads them (ISO 32000-1, 7.2, 7.3).

null None, boolean bool, integer int, real float, array list, dictionary dict;
the rest are the classes below. The lexer is strict: what it cannot read raises
Broken with the offset.
"""
import re
from dataclasses import dataclass
from typing import NamedTuple


class Broken(Exception):
    """The file cannot be read any further."""


class Name(str):
    """Without its slash, #xx decoded."""


class String(bytes):
    """`odd`: written in hexadecimal with an odd number of digits."""
    odd = False


class Keyword(bytes):
    """obj, endobj, R; in content the operators."""


class Ref(NamedTuple):
    number: int
    generation: int

    def __str__(self):
        return '%d %d R' % self


@dataclass(eq=False)
class Stream:
    dict: dict
    raw: bytes


SPACE = rb'\x00\t\n\x0c\r '
REGULAR = rb'[^\x00\t\n\x0c\r ()<>\[\]{}/%]'
TOKEN = re.compile(
    rb'(?:[' + SPACE + rb']+|%[^\r\n]*)*'
    rb'(?:(?P<number>[+-]?(?:\d+\.?\d*|\.\d+)(?!' + REGULAR + rb'))'
    rb'|/(?P<name>' + REGULAR + rb'*)'
    rb'|(?P<mark><<|>>|\[|\])'
    rb'|<(?P<hex>[0-9A-Fa-f' + SPACE + rb']*)>'
    rb'|\((?P<text>[^()\\\r]*)\)'
    rb'|(?P<open>\()'
    rb'|(?P<word>' + REGULAR + rb'+))')
ESCAPES = {b'n': b'\n', b'r': b'\r', b't': b'\t', b'b': b'\b', b'f': b'\f'}
HEX_OF_NAME = re.compile(rb'#([0-9A-Fa-f]{2})')
WORDS = {b'true': True, b'false': False, b'null': None}
END = Keyword(b'')


def decode_name(raw):
    raw = HEX_OF_NAME.sub(lambda m: bytes([int(m.group(1), 16)]), raw)
    return Name(raw.decode('utf-8', 'surrogateescape'))


class Lexer:
    def __init__(self, data, position=0):
        self.data = data
        self.position = position

    def fail(self, words):
        raise Broken('byte %d: %s' % (self.position, words))

    def token(self):
        """A simple object, a Keyword, or b'<<' and the like as Keyword."""
        match = TOKEN.match(self.data, self.position)
        if match is None:
            rest = self.data[self.position:].strip(b'\x00\t\n\x0c\r ')
            if rest and not rest.startswith(b'%'):
                self.fail('cannot be read: %r' % rest[:20])
            self.position = len(self.data)
            return END
        self.position = match.end()
        kind = match.lastgroup
        value = match.group(kind)
        if kind == 'number':
            return float(value) if b'.' in value else int(value)
        if kind == 'name':
            return decode_name(value)
        if kind == 'text':
            return String(value)
        if kind == 'hex':
            digits = re.sub(rb'[' + SPACE + rb']', b'', value)
            string = String(bytes.fromhex((digits + b'0' * (len(digits) % 2)).decode()))
            string.odd = len(digits) % 2 == 1
            return string
        if kind == 'open':
            return self.literal()
        if kind == 'word' and value in WORDS:
            return WORDS[value]
        return Keyword(value)

    def literal(self):
        """A string with escapes or brackets in it; its '(' has been read."""
        data, at, depth, out = self.data, self.position, 1, bytearray()
        while at < len(data):
            c = data[at:at + 1]
            at += 1
            if c == b'\\':
                octal = re.compile(rb'[0-7]{1,3}').match(data, at)
                if octal:
                    out.append(int(octal.group(), 8) & 255)
                    at = octal.end()
                elif data[at:at + 2] == b'\r\n':
                    at += 2
                elif data[at:at + 1] in (b'\r', b'\n'):
                    at += 1
                else:
                    out += ESCAPES.get(data[at:at + 1], data[at:at + 1])
                    at += 1
                continue
            depth += (c == b'(') - (c == b')')
            if depth == 0:
                self.position = at
                return String(bytes(out))
            if c == b'\r':
                at += data[at:at + 1] == b'\n'
                c = b'\n'
            out += c
        self.fail('a string without end')

    def object(self, token=None):
        """The next object; a Keyword that begins none is returned as it is."""
        token = self.token() if token is None else token
        if isinstance(token, Keyword):
            if token == b'[':
                return self.array()
            if token == b'<<':
                return self.dictionary()
        elif type(token) is int and token >= 0:
            return self.reference(token)
        return token

    def reference(self, number):
        match = re.compile(rb'[' + SPACE + rb']+(\d+)[' + SPACE + rb']+R(?!' + REGULAR +
                           rb')').match(self.data, self.position)
        if match is None:
            return number
        self.position = match.end()
        return Ref(number, int(match.group(1)))

    def items(self, end):
        while True:
            token = self.token()
            if token == end and isinstance(token, Keyword):
                return
            value = self.object(token) if token is not None else None
            if isinstance(value, Keyword):
                self.fail('%r where an object or %r should be' % (bytes(value), end))
            yield value

    def array(self):
        return list(self.items(b']'))

    def dictionary(self):
        items = list(self.items(b'>>'))
        if len(items) % 2 or not all(isinstance(k, Name) for k in items[::2]):
            self.fail('a dictionary whose keys are not names')
        if len(set(items[::2])) != len(items) // 2:
            self.fail('a dictionary with a key twice')
        return dict(zip(items[::2], items[1::2]))


def text_string(value):
    """A text string's characters (7.9.2.2)."""
    if value[:2] == b'\xfe\xff':
        return value[2:].decode('utf-16-be', 'replace')
    return value.decode('latin-1')
