"""Rules: XMP, the information dictionary, what version the file says it is."""
import re

from . import xmp, xmp_types
from .objects import Broken, Stream, String, text_string
from .registry import rule

PAIRS = (('Title', xmp.DC, 'title'), ('Author', xmp.DC, 'creator'),
         ('Subject', xmp.DC, 'description'), ('Keywords', xmp.PDF, 'Keywords'),
         ('Creator', xmp.BASIC, 'CreatorTool'), ('Producer', xmp.PDF, 'Producer'),
         ('CreationDate', xmp.BASIC, 'CreateDate'), ('ModDate', xmp.BASIC, 'ModifyDate'))
PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-]\d\d)'(\d\d)'?)?")


def stream_of(s):
    stream = s.doc.get(s.doc.catalog.get('Metadata'))
    return stream if isinstance(stream, Stream) else None


def packet(s):
    """Read once; None where there is none that can be read."""
    if not hasattr(s, 'packet'):
        s.packet, s.packet_error = None, None
        try:
            if stream_of(s) is not None:
                s.packet = xmp.Packet(s.doc.decode(stream_of(s)))
        except Broken as error:
            s.packet_error = str(error)
    return s.packet


@rule('metadata', A1='6.7.2', A2='6.6.2.1', UA='7.1')
def metadata(s):
    stream = stream_of(s)
    if stream is None:
        yield 'the catalog has no /Metadata'
    elif packet(s) is None:
        yield s.packet_error
    elif stream.dict.get('Type') != 'Metadata' or stream.dict.get('Subtype') != 'XML':
        yield '/Metadata is not of /Type /Metadata /Subtype /XML'


@rule('metadata-plain', A1='6.7.2', OURS='3.1')
def metadata_plain(s):
    stream = stream_of(s)
    if stream is not None and 'Filter' in stream.dict:
        yield 'the metadata have a /Filter'


@rule('packet', A1='6.7.5', A2='6.6.2.1')
def packet_wrapper(s):
    found = packet(s)
    if found is None:
        return
    if found.header is not None and re.search(r'\b(bytes|encoding)\s*=', found.header.group(1)):
        yield 'the packet header has bytes or encoding'


@rule('packet-there', OURS='3.4')
def packet_there(s):
    found = packet(s)
    if found is not None and (found.header is None or found.trailer is None):
        yield 'there is no <?xpacket …?> around the metadata'
    elif found is not None and 'W5M0MpCehiHzreSzNTczkc9d' not in found.header.group(1):
        yield 'the packet header has not the id of XMP'


@rule('utf8', OURS='3.1')
def utf8(s):
    if packet(s) is not None and packet(s).encoding != 'utf-8':
        yield 'the metadata are in %s' % packet(s).encoding


@rule('identification', A1='6.7.11', A2='6.6.4')
def identification(s):
    found = packet(s)
    if found is None:
        return
    part, level = (found.get(xmp.PDFAID, k) for k in ('part', 'conformance'))
    if part != str(s.profile.part):
        yield 'pdfaid:part is %s, not %d' % (part, s.profile.part)
    if level != s.profile.level.upper():
        yield 'pdfaid:conformance is %s, not %s' % (level, s.profile.level.upper())
    if (xmp.PDFAID, 'part') in found.values and found.prefixes.get('pdfaid') != xmp.PDFAID:
        yield 'the prefix of %s is not pdfaid' % xmp.PDFAID


@rule('ua-identification', UA='5')
def ua_identification(s):
    found = packet(s)
    if found is not None and found.get(xmp.PDFUAID, 'part') != '1':
        yield 'pdfuaid:part is %s, not 1' % found.get(xmp.PDFUAID, 'part')
    if found is not None and {p for p, uri in found.prefixes.items()
                              if uri == xmp.PDFUAID} - {'pdfuaid'}:
        yield 'the prefix of %s is not pdfuaid' % xmp.PDFUAID


@rule('title', UA='7.1')
def title(s):
    found = packet(s)
    value = found.values.get((xmp.DC, 'title')) if found is not None else None
    if found is not None and (value is None or not any(one[1] if value.form == 'Alt' else one for one in value.items)):
        yield 'the metadata have no dc:title'


def info_date(text):
    """A date of the information dictionary as XMP has it; None: it is none."""
    match = PDF_DATE.fullmatch(text)
    if match is None:
        return None
    y, mo, d, h, mi, sec, zone, minutes = match.groups()
    out = '-'.join(p for p in (y, mo, d) if p)
    if h:
        out += 'T%s:%s' % (h, mi or '00') + (':' + sec if sec else '')
        out += '%s:%s' % (zone, minutes) if zone else 'Z'
    return out


@rule('info', A1='6.7.3', OURS='3.1')
def info(s):
    found, values = packet(s), s.doc.sub(s.doc.trailer, 'Info')
    if found is None:
        return
    for key, uri, name in PAIRS:
        value = s.doc.get(values.get(key))
        if value is None:
            continue
        if not isinstance(value, String):
            yield 'Info /%s is no string' % key
            continue
        text = text_string(value)
        if key.endswith('Date'):
            text = info_date(text)
            if text is None:
                yield 'Info /%s is no date: %r' % (key, value)
                continue
        said = found.get(uri, name)
        if key.endswith('Date'):  # one moment, written in two ways
            text, said = (v and re.sub(r'[+-]00:00$', 'Z', v) for v in (text, said))
        if said != text:
            yield 'Info /%s is %r, in XMP it is %r' % (key, text, said)


@rule('info-keys', OURS='privacy')
def info_keys(s):
    strange = set(s.doc.sub(s.doc.trailer, 'Info')) - {k for k, _, _ in PAIRS} - {'Trapped'}
    if strange:
        yield 'Info has /%s' % ', /'.join(sorted(strange))


def described(packet_):
    """{(namespace, name): type or None} of what extension schemas describe."""
    return {(schema.fields.get('namespaceURI'), p.get('name')):
            xmp_types.kind_of(p.get('valueType', ''))
            for schema in packet_.schemas for p in schema.properties}


@rule('extension', A1='6.7.2', A2='6.6.2.3.1')
def extension(s):
    found = packet(s)
    if found is None:
        return
    known = described(found).keys() | xmp_types.properties(s.profile.part).keys()
    for uri, name in found.values:
        if (uri, name) not in known:
            yield '{%s}%s is in no schema, predefined or described' % (uri, name)


@rule('schema', A1='6.7.8', A2='6.6.2.3.3')
def schemas(s):
    found = packet(s)
    if found is None:
        return
    for schema in found.schemas:
        yield from schema.problems
    if found.schemas:
        for prefix, uri in (('pdfaExtension', xmp.EXTENSION), ('pdfaSchema', xmp.SCHEMA),
                            ('pdfaProperty', xmp.PROPERTY), ('pdfaType', xmp.TYPE),
                            ('pdfaField', xmp.FIELD)):
            is_there = any(e.tag.startswith('{%s}' % uri) for e in found.root.iter())
            if is_there and found.prefixes.get(prefix) != uri:
                yield 'the prefix of %s is not %s' % (uri, prefix)
        for schema in found.schemas:
            prefix, uri = (schema.fields.get(k) for k in ('prefix', 'namespaceURI'))
            if any(key[0] == uri for key in found.values) and found.prefixes.get(prefix) != uri:
                yield 'the schema of %s says prefix %s, the packet has another' % (uri, prefix)


@rule('values', A1='6.7.2', A2='6.6.2.3.1')
def values(s):
    found = packet(s)
    if found is None:
        return
    for name in found.twice:
        yield '%s is there twice' % name
    known = described(found) | xmp_types.properties(s.profile.part)
    for key, value in found.values.items():
        kind = known.get(key)
        if kind is not None and not xmp_types.has_type(value, kind):
            yield '%s is no %s: %s of %s' % (key[1], kind, value.form, value.items[:3])


@rule('language-default', OURS='3.4')
def language_default(s):
    found = packet(s)
    for (_, name), value in (found.values if found is not None else {}).items():
        if value.form == 'Alt' and value.text is None:
            yield '%s has no x-default' % name
