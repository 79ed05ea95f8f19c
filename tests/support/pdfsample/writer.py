"""Writes PDF objects: with a cross-reference table, or with streams of both kinds."""
import hashlib
import re
import zlib

from pdfcheck.objects import Name, Ref, Stream, String


def name(text):
    raw = text.encode('utf-8', 'surrogateescape')
    return b'/' + re.sub(rb'[^!-~]|[#/()<>\[\]{}%]', lambda m: b'#%02x' % m.group()[0], raw)


def serialize(value):
    if value is None:
        return b'null'
    if value is True or value is False:
        return b'true' if value else b'false'
    if isinstance(value, (int, float)):
        return b'%d' % value if isinstance(value, int) else b'%f' % value
    if isinstance(value, Ref):
        return b'%d %d R' % value
    if isinstance(value, String):
        digits = value.hex()
        return b'<' + (digits[:-1] if value.odd else digits).encode() + b'>'
    if isinstance(value, Name):
        return name(value)
    if isinstance(value, list):
        return b'[' + b' '.join(serialize(v) for v in value) + b']'
    return b'<<' + b' '.join(name(k) + b' ' + serialize(v) for k, v in value.items()) + b'>>'


class Writer:
    """`objects`: values by number from 1. Streams get their /Length here."""

    def __init__(self, version, modern):
        self.version, self.modern = version, modern
        self.objects = []

    def add(self, value):
        self.objects.append(value)
        return Ref(len(self.objects), 0)

    def stream_bytes(self, stream):
        head = dict(stream.dict, Length=len(stream.raw))
        return serialize(head) + b'\nstream\n' + stream.raw + b'\nendstream'

    def object_bytes(self, number, value):
        body = self.stream_bytes(value) if isinstance(value, Stream) else serialize(value)
        return b'%d 0 obj\n%s\nendobj\n' % (number, body)

    def bytes(self, trailer):
        out = bytearray(b'%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n' % self.version)
        offsets, packed = {}, {}
        if self.modern:
            packed = self.pack()
        for number, value in enumerate(self.objects, 1):
            if number not in packed:
                offsets[number] = len(out)
                out += self.object_bytes(number, value)
        digest = String(hashlib.sha256(bytes(out)).digest()[:16])
        trailer = dict(trailer, ID=[digest, digest])
        start = len(out)
        if self.modern:
            out += self.xref_stream(trailer, offsets, packed, start)
        else:
            out += self.table(trailer, offsets)
        return bytes(out + b'startxref\n%d\n%%%%EOF\n' % start)

    def pack(self):
        """Puts all but streams into an object stream; number -> index in it."""
        numbers = [n for n, v in enumerate(self.objects, 1) if not isinstance(v, Stream)]
        head, body = b'', b''
        for number in numbers:
            head += b'%d %d ' % (number, len(body))
            body += serialize(self.objects[number - 1]) + b'\n'
        self.container = self.add(Stream(
            {'Type': Name('ObjStm'), 'N': len(numbers), 'First': len(head),
             'Filter': Name('FlateDecode')}, zlib.compress(head + body)))
        return {number: i for i, number in enumerate(numbers)}

    def xref_stream(self, trailer, offsets, packed, start):
        size = len(self.objects) + 2
        offsets = dict(offsets, **{}) | {size - 1: start}
        rows = b'\0\0\0\0\xff'
        for number in range(1, size):
            if number in packed:
                rows += b'\2' + self.container.number.to_bytes(3, 'big') + bytes([packed[number]])
            else:
                rows += b'\1' + offsets[number].to_bytes(3, 'big') + b'\0'
        stream = Stream(dict(trailer, Type=Name('XRef'), Size=size, W=[1, 3, 1],
                             Filter=Name('FlateDecode')), zlib.compress(rows))
        return self.object_bytes(size - 1, stream)

    def table(self, trailer, offsets):
        size = len(self.objects) + 1
        rows = b''.join(b'%010d 00000 n \n' % offsets[n] for n in range(1, size))
        return b'xref\n0 %d\n0000000000 65535 f \n%strailer\n%s\n' % (
            size, rows, serialize(dict(trailer, Size=size)))
