"""Rules: the file's bytes, objects, limits."""
import re

from .objects import Name, Ref, Stream, String
from .registry import rule


@rule('header', A1='6.1.2', A2='6.1.2', PDF='7.5.2')
def header(s):
    number = rb'\d\.\d' if s.profile.part == 1 else rb'1\.[0-7]'
    match = re.match(rb'%PDF-(' + number + rb')(\r\n|\r|\n)%(.*)', s.data)
    if match is None:
        yield 'the file does not begin with %PDF-1.n and a comment line'
    elif len(re.match(rb'[\x80-\xff]*', match.group(3)).group()) < 4:
        yield 'the second line is no comment of four bytes above 127'


@rule('version', OURS='3.1')
def version(s):
    match = re.match(rb'%PDF-(1\.\d)', s.data)
    want = b'1.4' if s.profile.part == 1 else b'1.7'
    if match and match.group(1) != want:
        yield 'the header says %s, not %s' % (match.group(1).decode(), want.decode())


@rule('end', A1='6.1.3', A2='6.1.3', PDF='7.5.5')
def end(s):
    if not re.search(rb'%%EOF(\r\n|\r|\n)?\Z', s.data):
        yield 'something stands after %%EOF'


@rule('id', A1='6.1.3', A2='6.1.3', OURS='3.1')
def file_id(s):
    value = s.doc.get(s.doc.trailer.get('ID'))
    if not isinstance(value, list) or len(value) != 2 or not all(
            isinstance(v, String) and v for v in value):
        yield 'the trailer has no /ID of two strings'


@rule('encrypt', A1='6.1.3', A2='6.1.3', UA='7.16')
def encrypt(s):
    if 'Encrypt' in s.doc.trailer:
        yield 'the trailer has /Encrypt'


@rule('info-ref', A1='6.1.3', A2='6.1.3', PDF='7.5.5')
def trailer_keys(s):
    for key in ('Root', 'Info'):
        if key in s.doc.trailer and not isinstance(s.doc.trailer[key], Ref):
            yield '/%s of the trailer is not indirect' % key


@rule('size', PDF='7.5.5')
def trailer_size(s):
    if s.doc.trailer.get('Size') != s.doc.highest + 1:
        yield '/Size is %s, the highest object %d' % (s.doc.trailer.get('Size'), s.doc.highest)


@rule('xref', A1='6.1.4', A2='6.1.4', PDF='7.5.4')
def cross_references(s):
    yield from s.problems('xref')


@rule('classic', A1='6.1.4')
def classic(s):
    if s.doc.has_xref_stream:
        yield 'there is a cross-reference stream'
    if s.doc.packed:
        yield 'there are object streams'


@rule('framing', A1='6.1.8', A2='6.1.9', OURS='3.1')
def framing(s):
    yield from s.problems('framing')


@rule('hex', A1='6.1.6', A2='6.1.6', OURS='3.1')
def hexadecimal(s):
    for number, value in s.doc.walk():
        if isinstance(value, String) and value.odd:
            yield 'object %d: a string of an odd number of digits' % number
    yield from s.problems('hex')


@rule('stream', A1='6.1.7', A2='6.1.7.1', PDF='7.3.8')
def streams(s):
    yield from s.problems('stream')


@rule('external', A1='6.1.7', A2='6.1.7.1', OURS='3.1')
def external_streams(s):
    for number, value in s.doc.walk():
        if isinstance(value, Stream):
            keys = [k for k in ('F', 'FFilter', 'FDecodeParms') if k in value.dict]
            if keys:
                yield 'object %d: a stream with /%s' % (number, keys[0])


@rule('lzw', A1='6.1.10', A2='6.1.7.2', OURS='3.1')
def lzw(s):
    for number, value in s.doc.walk():
        if isinstance(value, Stream):
            for name in s.doc.filters(value):
                if name == 'LZWDecode':
                    yield 'object %d: a stream with LZW' % number
    yield from s.problems('inline-lzw')


@rule('filters', A2='6.1.7.2')
def filters(s):
    known = {'ASCIIHexDecode', 'ASCII85Decode', 'FlateDecode', 'RunLengthDecode', 'LZWDecode',
             'CCITTFaxDecode', 'JBIG2Decode', 'DCTDecode', 'JPXDecode'}
    for number, value in s.doc.walk():
        if isinstance(value, Stream):
            for name in s.doc.filters(value):
                if name not in known:
                    yield 'object %d: filter %s' % (number, name)


@rule('perms', A2='6.1.12')
def permissions(s):
    strange = set(s.doc.sub(s.doc.catalog, 'Perms')) - {'UR3', 'DocMDP'}
    if strange:
        yield 'the catalog has /Perms with /%s' % sorted(strange)[0]


@rule('digests', A2='6.1.12')
def signature_digests(s):
    if 'DocMDP' in s.doc.sub(s.doc.catalog, 'Perms'):
        for number, value in s.doc.walk():
            if isinstance(value, dict) and value.get('TransformMethod') == 'DocMDP':
                for key in ('DigestLocation', 'DigestMethod', 'DigestValue'):
                    if key in value:
                        yield 'object %d: a signature reference with /%s' % (number, key)


# --- limits --------------------------------------------------------------------


@rule('integers', A1='6.1.12', A2='6.1.13', PDF='C.2')
def integers(s):
    for number, value in s.doc.walk():
        if type(value) is int and not -2 ** 31 <= value < 2 ** 31:
            yield 'object %d: %d takes more than 32 bits' % (number, value)
    yield from s.problems('integer')


@rule('reals', A1='6.1.12')
def reals(s):
    for number, value in s.doc.walk():
        if type(value) is float and abs(value) > 32767:
            yield 'object %d: %g is beyond 32767' % (number, value)
    yield from s.problems('real')


@rule('names', A1='6.1.12', A2='6.1.13', PDF='C.2')
def names(s):
    for number, value in s.doc.walk():
        if isinstance(value, Name):
            size = len(value.encode('utf-8', 'surrogateescape'))
            if size > 127:
                yield 'object %d: a name of %d bytes' % (number, size)


@rule('utf8-names', A2='6.1.8')
def names_are_utf8(s):
    for number, value in s.doc.walk():
        if isinstance(value, Name) and any('\udc80' <= c <= '\udcff' for c in value):
            yield 'object %d: a name that is not UTF-8: %r' % (number, value)


@rule('strings', A1='6.1.12', A2='6.1.13', PDF='C.2')
def strings(s):
    most = 65535 if s.profile.part == 1 else 32767
    for number, value in s.doc.walk():
        if isinstance(value, String) and len(value) > most:
            yield 'object %d: a string of %d bytes' % (number, len(value))
    yield from s.problems('long-string', *['string'] * (s.profile.part != 1))


@rule('arrays', A1='6.1.12')
def arrays(s):
    for number, value in s.doc.walk():
        if isinstance(value, list) and len(value) > 8191:
            yield 'object %d: an array of %d items, 8191 may be' % (number, len(value))
        value = value.dict if isinstance(value, Stream) else value
        if isinstance(value, dict) and len(value) > 4095:
            yield 'object %d: a dictionary of %d entries, 4095 may be' % (number, len(value))


@rule('nesting', A1='6.1.12', A2='6.1.13', PDF='C.2')
def nesting(s):
    if s.content.deepest > 28:
        yield 'q is nested %d deep, 28 may be' % s.content.deepest


@rule('page-size', A2='6.1.13', PDF='14.11.2')
def page_size(s):
    for number, (_, page) in enumerate(s.doc.pages, 1):
        for key in ('MediaBox', 'CropBox', 'BleedBox', 'TrimBox', 'ArtBox'):
            box = [s.doc.get(v) for v in s.doc.list_of(page.get(key))]
            if len(box) != 4:
                if key == 'MediaBox' or key in page:
                    yield 'page %d has no %s' % (number, key)
            elif not all(3 <= abs(b - a) <= 14400 for a, b in zip(box[:2], box[2:])):
                yield 'page %d: its /%s is %s' % (number, key, box)


# --- what no standard forbids, and no file of ours has ---------------------------


@rule('dangling', PDF='7.3.10')
def dangling(s):
    for number, value in s.doc.walk():
        if isinstance(value, Ref) and value.number not in s.doc.entries:
            yield 'object %d refers to %s, which is not there' % (number, value)


@rule('garbage', OURS='small')
def garbage(s):
    used, stack = set(), [v for t in s.doc.trailers for v in t.values()]
    while stack:
        value = stack.pop()
        if isinstance(value, Ref):
            if value.number not in used:
                used.add(value.number)
                stack.append(s.doc.load(value.number))
        elif isinstance(value, Stream):
            stack += value.dict.values()
        elif isinstance(value, dict):
            stack += value.values()
        elif isinstance(value, list):
            stack += value
    for number in sorted(set(s.doc.entries) - used):
        value = s.doc.load(number)
        if not (isinstance(value, Stream) and value.dict.get('Type') in ('ObjStm', 'XRef')):
            yield 'object %d: nothing refers to it' % number


@rule('pages', PDF='7.7.3')
def page_tree(s):
    yield from s.problems('pages')
    if not s.doc.pages:
        yield 'there is no page'
