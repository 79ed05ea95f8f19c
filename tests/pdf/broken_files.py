"""
The sample, broken in one place each: what rule must find it.

    @broken('a2/6.1.3-id')        profile a-2a,ua-1, unless told otherwise
    def _(s): ...                 changes a pdfsample.Sample

`also` names findings that cannot be told apart from the break.
"""
import re
import zlib
from dataclasses import dataclass

from pdfcheck.objects import Name, Ref, Stream, String
from pdfsample.sample import text

CASES = []
A1 = 'a-1b'


@dataclass
class Case:
    id: str
    profile: str
    face: str
    also: tuple
    damage: object


def broken(finding, profile='a-2a,ua-1', face='truetype', also=()):
    def add(damage):
        CASES.append(Case(finding, profile, face, tuple(also), damage))
        return damage
    return add


def rewrite(s, function):
    s.after.append(function)


# --- bytes ---------------------------------------------------------------------


@broken('a2/6.1.2-header')
def _(s):
    rewrite(s, lambda d: d.replace(b'\xe2\xe3\xcf\xd3', b'abcd'))


@broken('ours/3.1-version', A1)
def _(s):
    s.writer.version = b'1.5'


@broken('ours/3.1-version')
def _(s):
    s.writer.version = b'1.4'


@broken('a2/6.1.3-end')
def _(s):
    rewrite(s, lambda d: d + b'more\n')


@broken('a2/6.1.3-id')
def _(s):
    s.writer.modern = False
    rewrite(s, lambda d: re.sub(rb'/ID \[<\w+> <\w+>\]', b'', d))


@broken('pdf/7.5.5-size')
def _(s):
    s.writer.modern = False
    rewrite(s, lambda d: re.sub(rb'/Size (\d+)', rb'/Size 9\1', d))


@broken('a2/6.1.3-encrypt')
def _(s):
    s.trailer['Encrypt'] = {}


@broken('a2/6.1.3-info-ref')
def _(s):
    s.trailer['Info'] = s.info
    s.writer.objects.pop()


@broken('a1/6.1.4-xref', A1)
def _(s):
    rewrite(s, lambda d: re.sub(rb'xref\n0', b'xref \n0', d))


@broken('a1/6.1.4-classic', A1)
def _(s):
    s.writer.modern = True


@broken('a2/6.1.9-framing')
def _(s):
    rewrite(s, lambda d: re.sub(rb'\nendstream\nendobj', b'\nendstream endobj', d, count=1))


@broken('a2/6.1.6-hex')
def _(s):
    s.info['Producer'] = String(b'sampl`')  # ends in the digit 0
    s.info['Producer'].odd = True
    s.edit_xmp('>sample<', '>sampl`<')


@broken('a2/6.1.7.1-stream')
def _(s):
    rewrite(s, lambda d: d.replace(b'\nendstream', b' endstream', 1))


@broken('a2/6.1.7.1-stream')
def _(s):
    """A length that stops short of the last byte."""
    size = len(s.to_unicode.raw)
    rewrite(s, lambda d: d.replace(b'/Length %d>>' % size, b'/Length %d>>' % (size - 1)))


@broken('a2/6.1.7.1-external')
def _(s):
    s.picture.dict['F'] = String(b'picture.bin')


@broken('a2/6.1.7.2-lzw')
def _(s):
    s.picture.dict['Filter'] = Name('LZWDecode')


@broken('a2/6.1.7.2-filters')
def _(s):
    s.catalog['Plain'] = s.add(Stream({'Filter': Name('Crypt')}, b''))


@broken('a2/6.1.12-perms')
def _(s):
    s.catalog['Perms'] = {'Other': 1}


@broken('a2/6.1.13-integers')
def _(s):
    s.catalog['Large'] = 2 ** 31


@broken('a2/6.1.13-names')
def _(s):
    s.catalog['Long'] = Name('n' * 128)


@broken('a2/6.1.8-utf8-names')
def _(s):
    s.catalog['Odd'] = Name(b'\xff'.decode('utf-8', 'surrogateescape'))


@broken('a2/6.1.13-strings')
def _(s):
    s.catalog['Long'] = String(b'x' * 32768)


@broken('a1/6.1.12-arrays', A1)
def _(s):
    s.catalog['Long'] = [0] * 8192


@broken('a2/6.1.13-nesting')
def _(s):
    s.lines += [b'q'] * 29 + [b'Q'] * 29


@broken('a2/6.1.13-page-size')
def _(s):
    s.page['MediaBox'] = [0, 0, 595, 14401]


@broken('pdf/7.3.10-dangling')
def _(s):
    s.catalog['Gone'] = Ref(999, 0)


@broken('ours/small-garbage')
def _(s):
    s.add({})


@broken('pdf/7.7.3-pages')
def _(s):
    s.pages['Count'] = 2


@broken('pdf/7-readable')
def _(s):
    rewrite(s, lambda d: d[:-60])


@broken('a2/6.1.12-digests')
def _(s):
    s.catalog['Perms'] = {'DocMDP': {'Reference': [
        {'TransformMethod': Name('DocMDP'), 'DigestMethod': Name('MD5')}]}}


@broken('a2/6.1.13-integers')
def _(s):
    s.lines.append(b'2147483648 0 m n')


@broken('a1/6.1.12-reals', A1)
def _(s):
    s.lines.append(b'40000.5 0 m n')


@broken('a2/6.1.13-strings')
def _(s):
    s.lines.append(b'(' + b'x' * 32768 + b') n')


@broken('a2/6.1.6-hex')
def _(s):
    s.lines.append(b'<123> n')


@broken('a2/6.1.13-page-size')
def _(s):
    s.page['TrimBox'] = [0, 0, 2, 842]


# --- graphics --------------------------------------------------------------------


@broken('ours/3.1-intent')
def _(s):
    del s.intent['OutputConditionIdentifier']


@broken('a2/6.2.3-one-intent')
def _(s):
    other = s.add(Stream(dict(s.profile.dict), zlib.compress(s.icc)))
    s.catalog['OutputIntents'].append(s.add(dict(
        s.intent, S=Name('GTS_PDFX'), DestOutputProfile=other)))


@broken('a2/6.2.3-icc', also=['ours/3.1-icc-rgb', 'a2/6.2.4.3-device', 'a2/6.2.10-blend-space'])
def _(s):
    s.profile.dict['N'] = 4


@broken('ours/3.1-icc-rgb', also=['a2/6.2.4.3-device', 'a2/6.2.10-blend-space'])
def _(s):
    s.profile.dict['N'] = 4
    s.icc = s.icc[:16] + b'CMYK' + s.icc[20:]


@broken('a1/6.2.2-icc', A1)
def _(s):
    s.icc = s.icc[:8] + b'\4' + s.icc[9:]


@broken('a2/6.2.3-icc')
def _(s):
    s.icc = s.icc[:-4]


@broken('a2/6.2.4.3-device')
def _(s):
    s.lines.append(b'0 0 0 1 k')


@broken('a1/6.4-transparency', A1, also=['ours/3.1-idle-group'])
def _(s):
    s.page['Group'] = {'S': Name('Transparency'), 'CS': Name('DeviceRGB')}


@broken('a1/6.4-transparency', A1, also=['ours/3.1-group'])
def _(s):
    s.state['ca'] = 0.5


@broken('a1/6.4-transparency', A1, also=['ours/3.1-group'])
def _(s):
    s.picture.dict['SMask'] = s.add(Stream(dict(
        s.picture.dict, ColorSpace=Name('DeviceGray')), zlib.compress(b'abcd')))


@broken('a2/6.2.10-blend')
def _(s):
    s.state['BM'] = Name('Odd')


@broken('ours/3.1-group')
def _(s):
    del s.page['Group']


@broken('ours/3.1-idle-group')
def _(s):
    del s.picture.dict['SMask']
    s.mask.dict, s.mask.raw = {}, b''
    s.catalog['Kept'] = Ref(s.writer.objects.index(s.mask) + 1, 0)


@broken('a2/6.2.10-blend-space')
def _(s):
    s.page['Group']['CS'] = Name('DeviceCMYK')


@broken('a2/6.2.10-blend-space', also=['ours/3.1-intent', 'ours/3.1-group', 'a2/6.2.4.3-device',
                                       'a2/6.2.3-profile-there'])
def _(s):
    del s.intent['DestOutputProfile'], s.page['Group']['CS']
    s.catalog['Kept'] = Ref(s.writer.objects.index(s.profile) + 1, 0)


@broken('a2/6.2.3-profile-there', also=['ours/3.1-intent', 'a2/6.2.4.3-device'])
def _(s):
    del s.intent['DestOutputProfile']
    s.catalog['Kept'] = Ref(s.writer.objects.index(s.profile) + 1, 0)


@broken('a2/6.2.4.3-device')
def _(s):
    """In an inline picture."""
    s.lines += [b'/Artifact <</Type /Layout>> BDC',
                b'BI /W 1 /H 1 /BPC 8 /CS /CMYK ID abcd EI', b'EMC']


@broken('a2/6.2.5-state')
def _(s):
    s.state['HT'] = {'HalftoneType': 6}


@broken('a2/6.2.5-state')
def _(s):
    s.state['TR'] = Name('Identity')


@broken('a2/6.2.6-ri')
def _(s):
    s.lines.append(b'/Odd ri')


@broken('a2/6.2.6-ri')
def _(s):
    s.state['RI'] = Name('Odd')


@broken('a2/6.2.8-interpolate')
def _(s):
    s.mask.dict['Interpolate'] = True


@broken('a2/6.2.8-image-keys')
def _(s):
    s.picture.dict['Alternates'] = []


@broken('pdf/8.9.5-image-size')
def _(s):
    s.picture.dict['Height'] = 3


@broken('a2/6.2.9-xobject')
def _(s):
    s.page['Resources']['XObject']['Fm1'] = s.add(Stream({
        'Subtype': Name('Form'), 'BBox': [0, 0, 1, 1], 'Resources': {}, 'OPI': {}}, b''))
    s.lines.append(b'/Fm1 Do')


@broken('a2/6.2.9-reference')
def _(s):
    s.page['Resources']['XObject']['Fm1'] = s.add(Stream({
        'Subtype': Name('Form'), 'BBox': [0, 0, 1, 1], 'Resources': {}, 'Ref': {}}, b''))
    s.lines.append(b'/Fm1 Do')


@broken('a2/6.2.2-own-resources')
def _(s):
    s.pages['Resources'] = s.page.pop('Resources')


@broken('ours/checker-unchecked')
def _(s):
    s.picture.dict['ColorSpace'] = [Name('CalRGB'), {'WhitePoint': [0.95, 1, 1.09]}]
    s.picture.raw = zlib.compress(b'abcd')


@broken('a2/6.2.2-operators')
def _(s):
    s.lines.append(b'odd')


@broken('a2/6.2.2-resources')
def _(s):
    s.lines.append(b'/G2 gs')


@broken('pdf/8.4.2-balance')
def _(s):
    s.lines.append(b'q')


# --- fonts -----------------------------------------------------------------------


@broken('ours/checker-readable', also=['a2/6.2.11.3.1-cmap-inside'])
def _(s):
    s.font['Encoding'] = s.add(Stream({'Type': Name('CMap')}, b''))


@broken('a2/6.2.11.4.1-embedded')
def _(s):
    del s.descriptor['FontFile2']
    s.catalog['Kept'] = Ref(s.writer.objects.index(s.font_file) + 1, 0)


@broken('a2/6.2.11.2-program')
def _(s):
    s.font_file.raw = b'OTTO' + s.font_file.raw[4:]


@broken('pdf/9.9-length1')
def _(s):
    s.font_file.dict['Length1'] += 1


@broken('pdf/9.8.1-descriptor')
def _(s):
    del s.descriptor['StemV']


@broken('a2/6.2.11.3.1-cid-system')
def _(s):
    del s.cid_font['CIDSystemInfo']['Ordering']


@broken('a2/6.2.11.3.2-cid-to-gid')
def _(s):
    del s.cid_font['CIDToGIDMap']


@broken('a2/6.2.11.3.2-cid-to-gid', face='cff')
def _(s):
    s.cid_font['CIDToGIDMap'] = Name('Identity')


@broken('a2/6.2.11.3.3-cmap', also=['ours/checker-readable'])
def _(s):
    s.font['Encoding'] = Name('GBK-EUC-H')


@broken('ours/3.1-subset-tag')
def _(s):
    for one in (s.font, s.cid_font):
        one['BaseFont'] = Name('Sample')
    s.descriptor['FontName'] = Name('Sample')


@broken('pdf/9.6.4-one-tag')
def _(s):
    file_ = s.add(Stream(dict(s.font_file.dict), s.font_file.raw))
    below = s.add(dict(s.cid_font, FontDescriptor=s.add(dict(s.descriptor, FontFile2=file_))))
    s.page['Resources']['Font']['F2'] = s.add(dict(s.font, DescendantFonts=[below]))
    s.replace(b'/F1', b'/F2')


@broken('a2/6.2.11.4.2-cid-set')
def _(s):
    s.cid_set.raw = s.bits(range(len(s.gids)))


@broken('a1/6.3.5-cid-set', A1, face='cff')
def _(s):
    s.cid_set.raw = s.bits(range(len(s.gids) + 8))


@broken('a1/6.3.5-cid-set-there', A1)
def _(s):
    del s.descriptor['CIDSet']
    s.catalog['Kept'] = Ref(s.writer.objects.index(s.cid_set) + 1, 0)


@broken('a1/6.3.5-glyphs', A1)
def _(s):
    s.lines += [b'/Artifact <</Type /Layout>> BDC', b'BT /F1 9 Tf <0099> Tj ET', b'EMC']


@broken('a2/6.2.11.8-notdef', also=['a2/6.2.11.7.2-to-unicode'])
def _(s):
    s.cid_font['W'] += [0, [500]]
    s.lines += [b'/Artifact <</Type /Layout>> BDC', b'BT /F1 9 Tf <0000> Tj ET', b'EMC']


@broken('a2/6.2.11.5-widths')
def _(s):
    s.cid_font['W'][1][0] += 2


@broken('a2/6.2.11.5-widths', face='cff')
def _(s):
    s.cid_font['W'][1][0] += 2


@broken('a2/6.2.11.7.2-to-unicode')
def _(s):
    s.to_unicode.raw = s.to_unicode.raw.replace(b'<0001>', b'<0051>')


@broken('a2/6.2.11.7.2-forbidden-unicode')
def _(s):
    s.to_unicode.raw = re.sub(rb'<0001> <\w+>', b'<0001> <FEFF>', s.to_unicode.raw)


@broken('pdf/9.10.3-unicode-syntax')
def _(s):
    s.to_unicode.raw = s.to_unicode.raw.replace(
        b'endbfchar\n', b'endbfchar 1 begincidrange <0> <0> 0 endcidrange\n')


@broken('pdf/9.10.3-unicode-syntax')
def _(s):
    s.to_unicode.raw = s.to_unicode.raw.replace(
        b'endbfchar\n', b'endbfchar 1 beginbfrange <00F0> <00F9> <4EFB> endbfrange\n')


@broken('a2/6.2.11.7.3-private-use')
def _(s):
    gid = s.gids['甲']
    s.to_unicode.raw = re.sub(rb'<%04X> <\w+>' % gid, b'<%04X> <E000>' % gid, s.to_unicode.raw)


@broken('ours/3.1-unicode-width')
def _(s):
    s.to_unicode.raw = s.to_unicode.raw.replace(b'<0000> <FFFF>', b'<00> <FF>')


def make_cmap(s, inside=b'/WMode 0 def', **keys):
    """The font's encoding, an embedded CMap."""
    info = dict(s.cid_font['CIDSystemInfo'])
    s.font['Encoding'] = s.add(Stream(dict({'Type': Name('CMap'), 'CIDSystemInfo': info},
                                           **keys), inside))
    return info


@broken('a2/6.2.11.3.1-cmap-inside', also=['ours/checker-readable'])
def _(s):
    make_cmap(s)['Ordering'] = String(b'Other')


@broken('a2/6.2.11.3.1-cmap-inside', also=['ours/checker-readable'])
def _(s):
    make_cmap(s)
    s.cid_font['CIDSystemInfo']['Supplement'] = 1


@broken('a2/6.2.11.3.3-cmap-mode', also=['ours/checker-readable'])
def _(s):
    make_cmap(s, WMode=1)


@broken('a2/6.2.11.3.3-cmap-mode', also=['ours/checker-readable'])
def _(s):
    make_cmap(s, UseCMap=Name('Unheard'))


@broken('a2/6.1.13-cid-limit', also=['ours/checker-readable'])
def _(s):
    make_cmap(s, b'1 begincidchar <0001> 65536 endcidchar')


def make_simple(s, kind, **keys):
    """The font a simple one."""
    s.catalog['Kept'] = s.font.pop('DescendantFonts')
    s.font.update(Subtype=Name(kind), FontDescriptor=s.cid_font['FontDescriptor'], FirstChar=0,
                  Widths=[600] * 256, **keys)
    del s.font['ToUnicode']
    s.catalog['Other'] = Ref(s.writer.objects.index(s.to_unicode) + 1, 0)


@broken('a2/6.2.11.6-symbolic', also=['ours/checker-readable'])
def _(s):
    make_simple(s, 'TrueType', Encoding=Name('WinAnsiEncoding'))


@broken('a2/6.2.11.6-true-type-encoding', also=['ours/checker-readable'])
def _(s):
    make_simple(s, 'TrueType', Encoding={'Differences': [1, Name('a')]})
    s.descriptor['Flags'] = 32


@broken('a1/6.3.5-char-set', A1, face='cff', also=['ours/checker-readable'])
def _(s):
    make_simple(s, 'Type1', Encoding=Name('WinAnsiEncoding'))


@broken('a2/6.2.11.5-widths')
def _(s):
    """A glyph of a Type 3 font is narrower than its font says."""
    s.page['Resources']['Font']['F3'] = s.add({
        'Type': Name('Font'), 'Subtype': Name('Type3'), 'FontBBox': [0, 0, 1, 1],
        'FontMatrix': [1, 0, 0, 1, 0, 0], 'FirstChar': 65, 'LastChar': 65, 'Widths': [10],
        'Encoding': {'Differences': [65, Name('A')]}, 'Resources': {},
        'CharProcs': {'A': s.add(Stream({}, b'5 0 d0 0 0 1 1 re f'))}})
    s.lines += [b'/Artifact <</Type /Layout>> BDC', b'BT /F3 9 Tf <41> Tj ET', b'EMC']


# --- annotations, actions, attachments ---------------------------------------------


@broken('a2/6.3.1-annotation-kind', also=['ua/7.18.5-links', 'a2/6.3.3-appearance'])
def _(s):
    s.link['Subtype'] = Name('Movie')


@broken('a2/6.3.2-annotation-flags')
def _(s):
    del s.link['F']


@broken('a2/6.3.2-annotation-flags')
def _(s):
    s.link['F'] = 6


@broken('a2/6.3.3-appearance', also=['ua/7.18.5-links'])
def _(s):
    s.link['Subtype'] = Name('Stamp')


@broken('a2/6.3.3-appearance-kind')
def _(s):
    s.link['AP'] = {'N': {'Off': s.add(Stream({'Resources': {}}, b''))}}


@broken('a2/6.4.1-widgets', also=['ua/7.18.5-links', 'ua/7.18.5-link-words'])
def _(s):
    s.link['Subtype'] = Name('Widget')
    s.link['A'] = {'S': Name('URI'), 'URI': String(b'x')}
    s.link['AP'] = {'N': s.add(Stream({'Resources': {}}, b''))}


@broken('ua/7.18.2-annotation-standard', also=['ua/7.18.5-links', 'a2/6.3.3-appearance'])
def _(s):
    s.link['Subtype'] = Name('TrapNet')


@broken('a1/6.5.3-opacity', A1)
def _(s):
    s.link['CA'] = 0.5


@broken('pdf/12.5.2-rect')
def _(s):
    s.link['Rect'] = [150, 600, 50, 620]


@broken('a2/6.5.1-actions')
def _(s):
    s.catalog['OpenAction'] = {'S': Name('JavaScript'), 'JS': String(b'')}


@broken('a2/6.5.1-actions')
def _(s):
    s.link['A'] = {'S': Name('Named'), 'N': Name('Print')}


@broken('a2/6.5.2-triggers')
def _(s):
    s.catalog['AA'] = {}


@broken('a2/6.4.1-form')
def _(s):
    s.catalog['AcroForm'] = {'Fields': [], 'NeedAppearances': True}


@broken('a2/6.4.2-xfa')
def _(s):
    s.catalog['AcroForm'] = {'Fields': [], 'XFA': []}


@broken('a2/6.11-requirements')
def _(s):
    s.catalog['Requirements'] = []


@broken('a2/6.10-presentations')
def _(s):
    s.catalog['Names']['AlternatePresentations'] = {}


def attach(s, **keys):
    data = s.add(Stream({'Type': Name('EmbeddedFile'), 'Subtype': Name('text/xml')}, b'<a/>'))
    file_ = s.add(dict({'Type': Name('Filespec'), 'F': String(b'a.xml'), 'UF': text('a.xml'),
                        'AFRelationship': Name('Source'), 'EF': {'F': data, 'UF': data}}, **keys))
    s.catalog['AF'] = [file_]


@broken('a2/6.8-attachment')
def _(s):
    attach(s)


@broken('a3/6.8-attachment-whole', 'a-3a,ua-1')
def _(s):
    attach(s)
    del s.catalog['AF']
    s.catalog['Kept'] = Ref(len(s.writer.objects), 0)


@broken('ua/7.11-attachment-names', 'a-3a,ua-1')
def _(s):
    attach(s, UF=String(b''))


@broken('ours/3.1-attachment-source', 'a-3a,ua-1')
def _(s):
    attach(s, AFRelationship=Name('Data'))


@broken('a1/6.1.13-layers', A1)
def _(s):
    s.catalog['OCProperties'] = {'D': {'Name': String(b'all')}}


@broken('a2/6.9-layer-names')
def _(s):
    s.catalog['OCProperties'] = {'D': {}}


@broken('pdf/12.3.2-destinations')
def _(s):
    s.link['Dest'] = String(b'nowhere')


@broken('pdf/12.3.3-outline')
def _(s):
    s.outline['Last'] = s.page_ref


# --- metadata ----------------------------------------------------------------------


@broken('a2/6.6.2.1-metadata')
def _(s):
    s.metadata.dict['Subtype'] = Name('Text')


@broken('a2/6.6.2.1-metadata')
def _(s):
    s.metadata.raw = s.xmp.encode('gb18030')


@broken('ours/3.1-metadata-plain')
def _(s):
    s.metadata.dict['Filter'] = Name('FlateDecode')
    s.metadata.raw = zlib.compress(s.xmp.encode())


@broken('a2/6.6.2.1-packet')
def _(s):
    s.edit_xmp('id="W5M0', 'encoding="UTF-8" id="W5M0')


@broken('ours/3.4-packet-there')
def _(s):
    s.edit_xmp('<?xpacket end="r"?>', '')


@broken('ours/3.1-utf8')
def _(s):
    s.metadata.raw = b'\xfe\xff' + s.xmp.encode('utf-16-be')


@broken('a2/6.6.4-identification')
def _(s):
    s.edit_xmp('<pdfaid:part>2<', '<pdfaid:part>1<')


@broken('a2/6.6.4-identification')
def _(s):
    s.edit_xmp('conformance>A<', 'conformance>B<')


@broken('ua/5-ua-identification')
def _(s):
    s.edit_xmp('<pdfuaid:part>1</pdfuaid:part>', '')


@broken('ua/5-ua-identification')
def _(s):
    s.xmp = s.xmp.replace('pdfuaid', 'pdfua')


@broken('a2/6.6.2.3.3-schema')
def _(s):
    """A value type that is not whole."""
    s.edit_xmp('</pdfaSchema:property>', '''</pdfaSchema:property>
<pdfaSchema:valueType xmlns:pdfaType="http://www.aiim.org/pdfa/ns/type#"><rdf:Seq>
<rdf:li rdf:parseType="Resource"><pdfaType:type>Odd</pdfaType:type></rdf:li>
</rdf:Seq></pdfaSchema:valueType>''')


@broken('ua/7.1-title', also=['ours/3.1-info'])
def _(s):
    s.edit_xmp('>标题<', '><')


@broken('ours/3.4-language-default', also=['ours/3.1-info'])
def _(s):
    s.edit_xmp('x-default', 'zh-CN')


@broken('a2/6.6.2.3.1-values')
def _(s):
    s.edit_xmp('<pdf:Producer>', '<dc:creator><rdf:Bag><rdf:li>甲</rdf:li></rdf:Bag></dc:creator>'
               '<pdf:Producer>')


@broken('a2/6.6.2.3.1-values', also=['ua/5-ua-identification'])
def _(s):
    """A value against its schema's type."""
    s.edit_xmp('<pdfuaid:part>1<', '<pdfuaid:part>one<')


@broken('a1/6.7.2-extension', A1)
def _(s):
    """A property of the later XMP."""
    s.edit_xmp('<pdf:Producer>', '<xmp:Label>一</xmp:Label><pdf:Producer>')


@broken('ours/3.1-info')
def _(s):
    s.info['Title'] = text('他题')


@broken('a1/6.7.3-info', A1)
def _(s):
    s.info['CreationDate'] = String(b"(20240301090000+08'00)")


@broken('ours/privacy-info-keys')
def _(s):
    s.info['Path'] = String(b'/home/somebody')


@broken('a2/6.6.2.3.1-extension')
def _(s):
    s.edit_xmp('namespaceURI>http://www.aiim.org/pdfua', 'namespaceURI>http://www.aiim.org/other')


@broken('a2/6.6.2.3.1-extension')
def _(s):
    s.edit_xmp('<pdf:Producer>', '<pdf:Trapped>False</pdf:Trapped><pdf:Producer>')


@broken('a2/6.6.2.3.3-schema')
def _(s):
    s.edit_xmp('category>internal<', 'category>secret<')


@broken('a2/6.6.2.3.1-values')
def _(s):
    s.edit_xmp('<xmp:CreateDate>', '<xmp:ModifyDate>yesterday</xmp:ModifyDate><xmp:CreateDate>')


# --- structure -------------------------------------------------------------------------


@broken('a2/6.7.2.2-mark-info')
def _(s):
    s.catalog['MarkInfo'] = {}


@broken('ua/7.1-suspects')
def _(s):
    s.catalog['MarkInfo']['Suspects'] = True


@broken('a2/6.7.3.3-tree')
def _(s):
    del s.root['Type']


@broken('ua/7.1-title-shown')
def _(s):
    del s.catalog['ViewerPreferences']


@broken('ours/3.1-language-there', also=['ua/7.2-language-told'])
def _(s):
    del s.catalog['Lang']


@broken('a2/6.7.4-language')
def _(s):
    s.heading['Lang'] = String(b'zh_CN')


@broken('a2/6.7.4-language')
def _(s):
    s.replace(b'/H1 <<', b'/H1 <</Lang (zh_CN) ')


@broken('ua/7.2-language-told', also=['ours/3.1-language-there'])
def _(s):
    """No language of the file, and only the words of one heading have their own."""
    del s.catalog['Lang']
    s.heading['Lang'] = String(b'zh-CN')


@broken('ua/7.9-notes')
def _(s):
    s.paragraph['S'] = Name('Note')


@broken('a2/6.7.3.4-roles')
def _(s):
    s.paragraph['S'] = Name('Absatz')


@broken('a2/6.7.3.4-role-circle')
def _(s):
    s.root['RoleMap'] = {'One': Name('Two'), 'Two': Name('One')}


@broken('a2/6.7.3.4-role-standard')
def _(s):
    s.root['RoleMap'] = {'P': Name('Span')}


@broken('ua/7.1-empty-tag')
def _(s):
    s.replace(b'/H1 <<', b'/ <<')


@broken('ua/7.1-all-tagged')
def _(s):
    s.lines.append(b'50 20 m 500 20 l S')


@broken('ua/7.1-all-tagged')
def _(s):
    s.lines.append(s.show('页', 10, 10))


@broken('ua/7.1-artifact-in-tagged')
def _(s):
    s.replace(b'/H1 <</MCID 0>> BDC', b'/H1 <</MCID 0>> BDC /Artifact <</Type /Layout>> BDC '
              b'0 0 1 1 re f EMC')


@broken('ua/7.1-tagged-in-artifact')
def _(s):
    s.replace(b'/H1 <</MCID 0>> BDC', b'/Artifact <</Type /Layout>> BDC /H1 <</MCID 0>> BDC')
    s.lines.append(b'EMC')


@broken('pdf/14.7.4-mcid')
def _(s):
    s.lines += [b'/H1 <</MCID 0>> BDC', s.show('页', 10, 10), b'EMC']


@broken('ua/7.20-form-twice', also=['pdf/14.7.4-kids'])
def _(s):
    s.page['Resources']['XObject']['Fm1'] = s.add(Stream({
        'Subtype': Name('Form'), 'BBox': [0, 0, 1, 1], 'Resources': {}, 'StructParents': 9},
        b'/P <</MCID 0>> BDC 0 0 1 1 re f EMC'))
    s.lines += [b'/Fm1 Do'] * 2


@broken('pdf/14.7.2-tree-links')
def _(s):
    s.heading['P'] = s.paragraph['#']


@broken('pdf/14.7.4-kids', also=['ours/3.3-empty-element'])
def _(s):
    s.heading['K'] = []


@broken('pdf/14.7.4-kids')
def _(s):
    s.heading['K'].append(99)


@broken('pdf/14.7.4-kids')
def _(s):
    s.cells['一']['K'] = list(s.cells['二']['K'])


@broken('pdf/14.7.4.4-parent-tree')
def _(s):
    s.parents[0] = s.paragraph['#']


@broken('ours/3.3-idle-entries')
def _(s):
    s.parents.append(s.paragraph['#'])


@broken('pdf/14.7.4.4-parent-tree', also=['ours/3.3-idle-entries'])
def _(s):
    del s.link['StructParent']


@broken('pdf/14.7.4.4-parent-tree')
def _(s):
    s.root['ParentTreeNextKey'] = 1


@broken('pdf/14.7.4-one-page', also=['pdf/14.7.4-kids'])
def _(s):
    del s.heading['Pg']


@broken('pdf/7.9.7-tree-limits')
def _(s):
    names = s.root['IDTree']['Names']
    s.root['IDTree'] = {'Kids': [s.add({'Names': names, 'Limits': [names[0], names[0]]})]}


@broken('ua/7.4.2-headings')
def _(s):
    s.heading['S'] = Name('H2')


@broken('ua/7.4.4-heading-kinds')
def _(s):
    s.paragraph['S'] = Name('H')


@broken('ua/7.3-alt')
def _(s):
    del s.figure['Alt']


@broken('ours/3.2-bbox')
def _(s):
    del s.figure['A']


@broken('ours/3.2-bbox')
def _(s):
    s.figure['A']['BBox'] = [300, 500, 700, 540]


@broken('ours/3.3-empty-element')
def _(s):
    s.element('P', s.document)


@broken('ua/7.18.3-tabs')
def _(s):
    del s.page['Tabs']


@broken('ua/7.18.5-links')
def _(s):
    s.link_element['S'] = Name('Span')


@broken('ua/7.18.5-link-words')
def _(s):
    del s.link['Contents']


@broken('pdf/14.7.4-object-pages')
def _(s):
    s.link_element['K'][-1]['Pg'] = s.pages['Kids'][0].__class__(1, 0)


@broken('pdf/14.7.2-ids', also=['ours/3.3-idle-entries', 'ours/3.3-headers-whole', 'ua/7.5-headers'])
def _(s):
    s.cells['决算']['ID'] = String(b'h3')


@broken('pdf/14.7.2-id-tree')
def _(s):
    del s.root['IDTree']


# --- tables -----------------------------------------------------------------------------


@broken('ua/7.2-captions', also=['ours/3.3-empty-element'])
def _(s):
    list_ = s.element('L', s.document)
    for role in ('LI', 'Caption'):
        s.element(role, list_)


@broken('ua/7.2-containment')
def _(s):
    s.cells['四']['S'] = Name('P')
    s.cells['四']['A'] = []
    s.cells['三']['A']['ColSpan'] = 2


@broken('ua/7.2-groups')
def _(s):
    s.groups['TBody']['S'] = Name('TFoot')


@broken('ua/7.2-columns')
def _(s):
    s.cells['四']['A']['ColSpan'] = 2


@broken('ua/7.2-columns', also=['ours/3.3-headers-whole'])
def _(s):
    s.cells['甲']['A']['RowSpan'] = 1


@broken('ua/7.2-columns')
def _(s):
    s.cells['甲']['A']['RowSpan'] = 3


@broken('pdf/14.8.5.7-spans', also=['ua/7.2-columns', 'ours/3.3-headers-whole'])
def _(s):
    s.cells['项目']['A']['RowSpan'] = 3


@broken('ours/3.2-scope')
def _(s):
    del s.cells['项目']['A']['Scope']


@broken('pdf/14.8.5-owner')
def _(s):
    s.paragraph['A'] = {'O': Name('Table'), 'RowSpan': 1}


@broken('ours/3.2-headers-given')
def _(s):
    del s.cells['一']['A']['Headers']


@broken('ua/7.5-headers')
def _(s):
    s.cells['一']['A']['Headers'].append(String(b'h9'))


@broken('ours/3.3-headers-whole')
def _(s):
    s.cells['一']['A']['Headers'].pop()


@broken('ours/3.3-headers-whole')
def _(s):
    s.cells['一']['A']['Headers'].reverse()


@broken('ua/7.5-headed', also=['ours/3.2-scope'])
def _(s):
    """Heads without scopes; one cell says its own."""
    for cell in s.cells.values():
        cell['A'].pop('Scope', None)
    s.cells['一']['A'].pop('Headers')


@broken('ua/7.5-headers-there', also=['ours/3.3-idle-entries', 'ua/7.5-headers'])
def _(s):
    for cell in s.cells.values():
        cell['S'] = Name('TD')
        cell.pop('ID', None)


@broken('ours/3.3-repeated-head')
def _(s):
    """The first row of heads again, tagged, as a page's repeated head would be."""
    row = s.element('TR', s.groups['THead'])
    for string, columns in (('项目', 1), ('金额', 2)):
        cell = s.element('TH', row, A={
            'O': Name('Table'), 'Scope': Name('Column'), 'ColSpan': columns})
        s.mark(cell, s.show(string, 50, 100))
    for key in ('一', '二', '三', '四'):
        s.cells[key]['A'].pop('Headers')
        s.cells[key]['S'] = Name('TH')
        s.cells[key]['A']['Scope'] = Name('Row')


# --- pages -------------------------------------------------------------------------------


@broken('ours/3.3-artifact-type')
def _(s):
    s.replace(b'/Type /Layout', b'')


@broken('ours/3.3-artifact-type')
def _(s):
    s.replace(b'/Subtype /Footer', b'/Subtype /Odd')


@broken('ours/3.3-empty-artifact')
def _(s):
    s.artifact(b'/Type /Layout')
