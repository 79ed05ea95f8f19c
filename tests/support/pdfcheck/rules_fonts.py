"""Rules: fonts. A font is reported under its BaseFont."""
import re

from .objects import Name, Stream
from .registry import rule
from .structure import Piece

STANDARD = ('WinAnsiEncoding', 'MacRomanEncoding', 'MacExpertEncoding')
FORBIDDEN = {'\0', '\ufeff', '\ufffe'}


def each(s):
    for font in s.content.fonts.all():
        if font.used and font.dict.get('Subtype') != 'Type3':
            yield font


def hexes(codes):
    codes = sorted(codes)
    return ' '.join('%04X' % c for c in codes[:6]) + (' …' if len(codes) > 6 else '')


def glyph_fonts(s):
    """Fonts whose codes can be looked up in their programs."""
    for font in each(s):
        if font.program is not None and font.unread is None:
            yield font


@rule('readable', OURS='checker')
def readable(s):
    for font in each(s):
        if font.unread:
            yield '%s: %s' % (font.where, font.unread)


@rule('embedded', A1='6.3.4', A2='6.2.11.4.1', UA='7.21.4.1')
def embedded(s):
    for font in each(s):
        if font.embedded[1] is None and font.used_visible:
            yield '%s is not embedded' % font.where


@rule('program', A1='6.3.2', A2='6.2.11.2', UA='7.21.2')
def program(s):
    kinds = {('CIDFontType2', 'FontFile2'), ('CIDFontType0', 'FontFile3'), ('Type1', 'FontFile'),
             ('Type1', 'FontFile3'), ('TrueType', 'FontFile2')}
    for font in each(s):
        if font.program_error:
            yield '%s: %s' % (font.where, font.program_error)
        key, stream = font.embedded
        if key is None:
            continue
        if (font.cid_font.get('Subtype'), key) not in kinds:
            yield '%s: /%s in a %s' % (font.where, key, font.cid_font.get('Subtype'))
        if key == 'FontFile3' and stream.dict.get('Subtype') not in ('CIDFontType0C', 'Type1C'):
            yield '%s: /FontFile3 is a %s' % (font.where, stream.dict.get('Subtype'))


@rule('length1', PDF='9.9')
def length1(s):
    for font in each(s):
        key, stream = font.embedded
        if key == 'FontFile2' and s.doc.get(stream.dict.get('Length1')) != len(
                s.doc.decode(stream)):
            yield '%s: /Length1 is %s, the program has %d bytes' % (
                font.where, stream.dict.get('Length1'), len(s.doc.decode(stream)))


@rule('descriptor', PDF='9.8.1')
def descriptor(s):
    wanted = ('FontName', 'Flags', 'FontBBox', 'ItalicAngle', 'Ascent', 'Descent', 'CapHeight',
              'StemV')
    for font in each(s):
        missing = [k for k in wanted if k not in font.descriptor]
        if missing:
            yield '%s: its descriptor has no /%s' % (font.where, missing[0])


@rule('cid-system', A1='6.3.3.1', A2='6.2.11.3.1', PDF='9.7.3')
def cid_system(s):
    for font in each(s):
        if font.is_composite:
            info = s.doc.sub(font.cid_font, 'CIDSystemInfo')
            if not all(k in info for k in ('Registry', 'Ordering', 'Supplement')):
                yield '%s: its CIDSystemInfo is not whole' % font.where


@rule('cid-to-gid', A1='6.3.3.2', A2='6.2.11.3.2', UA='7.21.3.2')
def cid_to_gid(s):
    for font in each(s):
        mapping = s.doc.get(font.cid_font.get('CIDToGIDMap'))
        if font.cid_font.get('Subtype') == 'CIDFontType2':
            if font.embedded[1] is not None and font.used_visible and mapping != 'Identity' and not isinstance(mapping, Stream):
                yield '%s: CIDToGIDMap is %s' % (font.where, mapping)
        elif mapping is not None:
            yield '%s: a CIDToGIDMap, which only CIDFontType2 has' % font.where


@rule('cmap', A1='6.3.3.3', A2='6.2.11.3.3', UA='7.21.3.3')
def cmap(s):
    for font in each(s):
        encoding = s.doc.get(font.dict.get('Encoding'))
        if font.is_composite and encoding not in ('Identity-H', 'Identity-V') and \
                not isinstance(encoding, Stream):
            yield '%s: CMap %s is not embedded' % (font.where, encoding)


@rule('cmap-inside', A1='6.3.3.1', A2='6.2.11.3.1', UA='7.21.3.1')
def cmap_inside(s):
    """An embedded CMap agrees with its dictionary and with the CIDFont."""
    for font in each(s):
        stream = s.doc.get(font.dict.get('Encoding'))
        if not isinstance(stream, Stream):
            continue
        ours, its = (s.doc.sub(d, 'CIDSystemInfo') for d in (font.cid_font, stream.dict))
        for key in ('Registry', 'Ordering'):
            if s.doc.get(ours.get(key)) != s.doc.get(its.get(key)):
                yield '%s: /%s of its CIDFont and of its CMap differ' % (font.where, key)
        if s.profile.part != 1 and s.doc.get(ours.get('Supplement', 0)) > s.doc.get(
                its.get('Supplement', 0)):
            yield '%s: the /Supplement of its CIDFont is beyond that of its CMap' % font.where


@rule('cmap-mode', A1='6.3.3.3', A2='6.2.11.3.3', UA='7.21.3.3')
def cmap_mode(s):
    for font in each(s):
        stream = s.doc.get(font.dict.get('Encoding'))
        if isinstance(stream, Stream):
            mode = re.search(rb'/WMode\s+(\d)\s+def', s.doc.decode(stream))
            if int(mode.group(1) if mode else 0) != s.doc.get(stream.dict.get('WMode', 0)):
                yield '%s: /WMode of its CMap differs inside' % font.where
            used = s.doc.get(stream.dict.get('UseCMap'))
            if isinstance(used, Name) and not re.fullmatch(r'[\w-]+-[HV]|H|V', used):
                yield '%s: its CMap uses %s' % (font.where, used)


@rule('cid-limit', A1='6.1.12', A2='6.1.13')
def cid_limit(s):
    for font in each(s):
        stream = s.doc.get(font.dict.get('Encoding'))
        if isinstance(stream, Stream):
            for end in re.findall(rb'<[0-9A-Fa-f]+>\s*(\d+)', s.doc.decode(stream)):
                if int(end) > 65535:
                    yield '%s: CID %s' % (font.where, end.decode())


@rule('subset-tag', OURS='3.1')
def subset_tag(s):
    for font in each(s):
        names = {str(font.cid_font.get('BaseFont')), str(font.descriptor.get('FontName'))}
        if font.is_composite:  # a CFF font's may add "-" and its CMap
            names.add(re.sub(r'-Identity-[HV]$', '', str(font.dict.get('BaseFont'))))
        for name in sorted(names):
            if not re.match(r'[A-Z]{6}\+.', name):
                yield '%s: %s has no subset tag' % (font.where, name)
        if len(names) > 1:
            yield '%s: it has names %s' % (font.where, ', '.join(sorted(names)))


@rule('one-tag', PDF='9.6.4')
def one_tag(s):
    """Two subsets of one face in a file have different tags."""
    seen = {}
    for font in each(s):
        _, stream = font.embedded
        first = seen.setdefault(str(font.cid_font.get('BaseFont')), stream)
        if first is not stream:
            yield '%s: two programs of this name' % font.where


@rule('cid-set', A1='6.3.5', A2='6.2.11.4.2', UA='7.21.4.2')
def cid_set(s):
    for font in each(s):
        stream = s.doc.get(font.descriptor.get('CIDSet'))
        if not isinstance(stream, Stream) or font.program is None or (
                font.unread and not font.program.is_cid_keyed):
            continue
        bits = s.doc.decode(stream)
        marked = {8 * i + b for i, byte in enumerate(bits) for b in range(8) if byte & 128 >> b}
        if font.program.charset is not None and font.program.is_cid_keyed:
            there = may_be = set(font.program.charset)
        else:
            may_be = set(range(font.program.count))
            there = font.program.drawn | font.used & may_be
        if there - marked - {0}:
            yield '%s: CIDSet lacks %s' % (font.where, hexes(there - marked - {0}))
        if marked - may_be:
            yield '%s: CIDSet has %s, the program has not' % (font.where, hexes(marked - may_be))


@rule('cid-set-there', A1='6.3.5')
def cid_set_there(s):
    for font in each(s):
        if font.is_composite and 'CIDSet' not in font.descriptor:
            yield '%s: a subset without CIDSet' % font.where


@rule('glyphs', A1='6.3.5', A2='6.2.11.4.1', UA='7.21.4.1')
def glyphs(s):
    for font in glyph_fonts(s):
        missing = {c for c in font.used_visible if font.gid_of(c) is None}
        if missing:
            yield '%s: shown, but not in the program: %s' % (font.where, hexes(missing))


@rule('notdef', A2='6.2.11.8', UA='7.21.8', OURS='3.1')
def notdef(s):
    for font in glyph_fonts(s):
        shown = {c for c in font.used if font.gid_of(c) == 0}
        if shown:
            yield '%s: .notdef is shown for %s' % (font.where, hexes(shown))


@rule('symbolic', A1='6.3.7', A2='6.2.11.6', UA='7.21.6')
def symbolic(s):
    for font in each(s):
        if font.dict.get('Subtype') == 'TrueType' and font.descriptor.get('Flags', 0) & 4 and \
                'Encoding' in font.dict:
            yield '%s: a symbolic TrueType font with /Encoding' % font.where


@rule('true-type-encoding', A1='6.3.7', A2='6.2.11.6', UA='7.21.6')
def true_type_encoding(s):
    for font in each(s):
        if font.dict.get('Subtype') == 'TrueType' and not font.descriptor.get('Flags', 4) & 4:
            encoding = s.doc.get(font.dict.get('Encoding'))
            if isinstance(encoding, dict):
                encoding = encoding.get('BaseEncoding')
            if encoding not in ('WinAnsiEncoding', 'MacRomanEncoding'):
                yield '%s: a TrueType font that is not symbolic, with encoding %s' % (
                    font.where, encoding)


@rule('char-set', A1='6.3.5')
def char_set(s):
    for font in each(s):
        if font.dict.get('Subtype') in ('Type1', 'MMType1') and font.embedded[1] is not None and \
                not s.doc.get(font.descriptor.get('CharSet')):
            yield '%s: a Type 1 font without /CharSet' % font.where


@rule('widths', A1='6.3.6', A2='6.2.11.5', UA='7.21.5')
def widths(s):
    for (font, code), real in s.content.glyphs.items():
        if real is not None and abs(real - font.widths.get(code, 0)) > 1:
            yield '%s: %02X is %g wide, drawn %g' % (
                font.where, code, font.widths.get(code, 0), real)
    for font in glyph_fonts(s):
        for code in sorted(font.used):
            gid = font.gid_of(code)
            if gid is None:
                continue
            said, real = font.width(code), font.program.widths[gid]
            if abs(said - real) > 1:
                yield '%s: %04X is %g wide, in the program %g' % (font.where, code, said, real)


def tells_characters(s, font):
    """Whether its codes are known without a ToUnicode (9.10.2)."""
    encoding = s.doc.get(font.dict.get('Encoding'))
    if font.is_composite:
        ordering = s.doc.get(s.doc.sub(font.cid_font, 'CIDSystemInfo').get('Ordering'))
        return ordering in (b'GB1', b'CNS1', b'Japan1', b'Korea1')
    if encoding in STANDARD:
        return True
    # The names of its glyphs are not looked up in the Adobe Glyph List.
    return font.dict.get('Subtype') != 'TrueType' or not font.descriptor.get('Flags', 0) & 4


@rule('to-unicode', level='u', A2='6.2.11.7.2', UA='7.21.7')
def to_unicode(s):
    for font in s.content.fonts.all():
        if not font.used or tells_characters(s, font):
            continue
        if font.to_unicode is None:
            yield '%s has no ToUnicode' % font.where
            continue
        missing = {c for c in font.used if not font.to_unicode.map.get(c)}
        if missing:
            yield '%s: no Unicode for %s' % (font.where, hexes(missing))


@rule('forbidden-unicode', level='u', A2='6.2.11.7.2', UA='7.21.7')
def forbidden_unicode(s):
    for font in each(s):
        for code, text in (font.to_unicode.map if font.to_unicode else {}).items():
            if FORBIDDEN & set(text):
                yield '%s: %04X is mapped to U+%04X' % (
                    font.where, code, ord((FORBIDDEN & set(text)).pop()))


@rule('unicode-syntax', PDF='9.10.3')
def unicode_syntax(s):
    for font in each(s):
        if font.to_unicode is not None:
            for words in font.to_unicode.problems:
                yield '%s: ToUnicode: %s' % (font.where, words)

@rule('unicode-width', OURS='3.1')
def unicode_width(s):
    for font in each(s):
        if font.to_unicode is not None and font.to_unicode.width != font.code_size:
            yield '%s: ToUnicode has codes of %s bytes, the font of %d' % (
                font.where, font.to_unicode.width, font.code_size)


@rule('private-use', level='a', A2='6.2.11.7.3')
def private_use(s):
    told = {(kid.owner, kid.mcid) for e in s.structure.all() if 'ActualText' in e.dict
            for kid in e.kids if isinstance(kid, Piece)}
    for key, mark in s.content.marks.items():
        if mark.private_use and key not in told:
            yield 'MCID %s shows %r without ActualText' % (key[1], ''.join(mark.text)[:20])
