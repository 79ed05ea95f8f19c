"""
The sample: a page with a heading, a table of two levels of heads and a merged
label, a link, a picture, a rule and a page number.
"""
import zlib

from pdfcheck.objects import Name, Ref, Stream, String

from . import programs
from .writer import Writer

DATE = ("D:20000101000000Z", "2000-01-01T00:00:00Z")
WORDS = '标题项目金额预算决甲一二三四目录图第页'
TABLE = '''
THead  TR   TH h1 项目 rows=2 Column;  TH h2 金额 columns=2 Column
THead  TR   TH h3 预算 Column;         TH h4 决算 Column
TBody  TR   TH r1 甲 rows=2 Row;       TD - 一;               TD - 二
TBody  TR   TD - 三;                   TD - 四
'''
HEADERS = {'一': 'h2 h3 r1', '二': 'h2 h4 r1', '三': 'h2 h3 r1', '四': 'h2 h4 r1'}
XMP = '''<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">标题</rdf:li></rdf:Alt></dc:title>
<pdf:Producer>sample</pdf:Producer>
<xmp:CreateDate>%(date)s</xmp:CreateDate>
<pdfaid:part>%(part)s</pdfaid:part><pdfaid:conformance>%(level)s</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>'''


def text(string):
    return String(b'\xfe\xff' + string.encode('utf-16-be'))


class Sample:
    def __init__(self, profile='a-2a', face='truetype'):
        self.part, self.level = profile[2], profile[3].upper()
        old = self.part == '1'
        self.writer = Writer(b'1.4' if old else b'1.7', not old)
        self.has_alpha = not old
        self.lines = []      # of the page's content
        self.parents = []    # elements by MCID
        self.after = []      # functions on the finished bytes
        self.add = self.writer.add
        self.make_fonts(face)
        self.make_picture()
        self.make_document()
        self.make_structure()
        self.finish()

    # --- resources -------------------------------------------------------------

    def make_fonts(self, face):
        self.gids = {c: i for i, c in enumerate(sorted(set(WORDS)), 1)}
        widths = [500] + [600 + 10 * i for i in range(len(self.gids))] + [250]
        is_cff = face == 'cff'
        if is_cff:
            program = programs.cff(widths[:-1], range(1, len(widths) - 1))
            self.font_file = Stream({'Subtype': Name('CIDFontType0C')}, program)
        else:
            program = programs.truetype(widths)
            self.font_file = Stream({'Length1': len(program)}, program)
        base = Name('ABCDEF+Sample')
        self.cid_set = Stream({}, self.bits(range(len(self.gids) + 1)))
        self.descriptor = {
            'Type': Name('FontDescriptor'), 'FontName': base, 'Flags': 4,
            'FontBBox': [50, 0, 450, 700], 'ItalicAngle': 0, 'Ascent': 800, 'Descent': -200,
            'CapHeight': 700, 'StemV': 80, 'CIDSet': self.add(self.cid_set),
            'FontFile3' if is_cff else 'FontFile2': self.add(self.font_file)}
        self.cid_font = {
            'Type': Name('Font'), 'Subtype': Name('CIDFontType0' if is_cff else 'CIDFontType2'),
            'BaseFont': base, 'FontDescriptor': self.add(self.descriptor), 'DW': 1000,
            'CIDSystemInfo': {'Registry': String(b'Adobe'), 'Ordering': String(b'Identity'),
                              'Supplement': 0},
            'W': [1, widths[1:len(self.gids) + 1]]}
        if not is_cff:
            self.cid_font['CIDToGIDMap'] = Name('Identity')
        self.to_unicode = Stream({}, self.cmap(self.gids))
        self.font = {'Type': Name('Font'), 'Subtype': Name('Type0'), 'BaseFont': base,
                     'Encoding': Name('Identity-H'),
                     'DescendantFonts': [self.add(self.cid_font)],
                     'ToUnicode': self.add(self.to_unicode)}

    @staticmethod
    def bits(numbers):
        out = bytearray(max(numbers) // 8 + 1)
        for n in numbers:
            out[n // 8] |= 128 >> n % 8
        return bytes(out)

    @staticmethod
    def cmap(gids):
        rows = b''.join(b'<%04X> <%s>\n' % (gid, c.encode('utf-16-be').hex().encode())
                        for c, gid in gids.items())
        return b'''/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Sample def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%d beginbfchar
%sendbfchar
endcmap CMapName currentdict /CMap defineresource pop end end
''' % (len(gids), rows)

    def make_picture(self):
        common = {'Type': Name('XObject'), 'Subtype': Name('Image'), 'Width': 2, 'Height': 2,
                  'BitsPerComponent': 8, 'Filter': Name('FlateDecode')}
        self.picture = Stream(dict(common, ColorSpace=Name('DeviceRGB')),
                              zlib.compress(bytes(range(12))))
        if self.has_alpha:
            self.mask = Stream(dict(common, ColorSpace=Name('DeviceGray')),
                               zlib.compress(b'\0\x80\xc0\xff'))
            self.picture.dict['SMask'] = self.add(self.mask)

    def make_document(self):
        self.xmp = XMP % {'part': self.part, 'level': self.level, 'date': DATE[1]}
        self.metadata = Stream({'Type': Name('Metadata'), 'Subtype': Name('XML')}, b'')
        self.profile = Stream({'N': 3, 'Filter': Name('FlateDecode')}, b'')
        self.icc = programs.icc()
        self.intent = {'Type': Name('OutputIntent'), 'S': Name('GTS_PDFA1'),
                       'OutputConditionIdentifier': String(b'sRGB'),
                       'DestOutputProfile': self.add(self.profile)}
        self.info = {'Title': text('标题'), 'Producer': String(b'sample'),
                     'CreationDate': String(DATE[0].encode())}
        self.contents = Stream({'Filter': Name('FlateDecode')}, b'')
        self.state = {'Type': Name('ExtGState'), 'BM': Name('Normal')}
        self.page = {
            'Type': Name('Page'), 'MediaBox': [0, 0, 595, 842], 'Contents': self.add(self.contents),
            'Resources': {'Font': {'F1': self.add(self.font)},
                          'XObject': {'Im1': self.add(self.picture)},
                          'ExtGState': {'G1': self.add(self.state)}},
            'StructParents': 0, 'Tabs': Name('S')}
        if self.has_alpha:
            self.page['Group'] = {'S': Name('Transparency'), 'CS': Name('DeviceRGB')}
        self.page_ref = self.add(self.page)
        self.pages = {'Type': Name('Pages'), 'Kids': [self.page_ref], 'Count': 1}
        self.page['Parent'] = self.add(self.pages)
        self.link = {'Type': Name('Annot'), 'Subtype': Name('Link'), 'F': 4,
                     'Rect': [50, 600, 150, 620], 'Dest': String(b'top'),
                     'Contents': text('目录'), 'StructParent': 1}
        self.link_ref = self.add(self.link)
        self.page['Annots'] = [self.link_ref]
        self.item = {'Title': text('标题'), 'Dest': String(b'top')}
        item = self.add(self.item)
        self.outline = {'Type': Name('Outlines'), 'First': item, 'Last': item, 'Count': 1}
        self.item['Parent'] = self.add(self.outline)
        self.catalog = {
            'Type': Name('Catalog'), 'Pages': self.page['Parent'], 'Lang': String(b'zh-CN'),
            'Metadata': self.add(self.metadata), 'OutputIntents': [self.add(self.intent)],
            'MarkInfo': {'Marked': True}, 'ViewerPreferences': {'DisplayDocTitle': True},
            'Outlines': self.item['Parent'],
            'Names': {'Dests': {'Names': [String(b'top'), [
                self.page_ref, Name('XYZ'), 0, 842, None]]}}}

    # --- structure ---------------------------------------------------------------

    def element(self, role, parent, **keys):
        """Its dictionary; `ref` by self.refs."""
        element = dict({'Type': Name('StructElem'), 'S': Name(role), 'P': parent['#'],
                        'Pg': self.page_ref, 'K': []}, **keys)
        ref = self.add(element)
        element['#'] = ref
        parent['K'].append(ref)
        return element

    def mark(self, element, *operators):
        mcid = len(self.parents)
        self.parents.append(element['#'])
        element['K'].append(mcid)
        self.lines.append(b'/%s <</MCID %d>> BDC' % (element['S'].encode(), mcid))
        self.lines += operators
        self.lines.append(b'EMC')

    def show(self, string, x, y):
        codes = b''.join(b'%04X' % self.gids[c] for c in string)
        return b'BT /F1 12 Tf %d %d Td <%s> Tj ET' % (x, y, codes)

    def artifact(self, properties, *operators):
        self.lines.append(b'/Artifact <<%s>> BDC' % properties)
        self.lines += operators
        self.lines.append(b'EMC')

    def make_structure(self):
        self.root = {'Type': Name('StructTreeRoot'), 'K': []}
        self.root['#'] = self.catalog['StructTreeRoot'] = self.add(self.root)
        self.document = self.element('Document', self.root)
        self.heading = self.element('H1', self.document)
        self.mark(self.heading, self.show('标题', 50, 780))
        self.make_table()
        self.paragraph = self.element('P', self.document)
        self.link_element = self.element('Link', self.paragraph)
        self.mark(self.link_element, self.show('目录', 50, 605))
        self.link_element['K'].append({'Type': Name('OBJR'), 'Obj': self.link_ref,
                                       'Pg': self.page_ref})
        self.figure = self.element('Figure', self.document, Alt=text('图'), A={
            'O': Name('Layout'), 'BBox': [300, 500, 340, 540]})
        self.mark(self.figure, b'q /G1 gs 40 0 0 40 300 500 cm /Im1 Do Q')
        self.artifact(b'/Type /Layout', b'0.5 w 50 650 m 500 650 l S')
        self.artifact(b'/Type /Pagination /Subtype /Footer', self.show('第一页', 280, 40))

    def make_table(self):
        self.table = self.element('Table', self.document)
        self.groups, self.rows, self.cells, ids = {}, [], {}, {}
        for y, line in enumerate(TABLE.strip().splitlines()):
            group, _, rest = line.split(None, 2)
            if group not in self.groups:
                self.groups[group] = self.element(group, self.table)
            row = self.element('TR', self.groups[group])
            self.rows.append(row)
            for x, words in enumerate(rest.split(';')):
                cell = self.make_cell(row, words.split(), 50 + 100 * x, 740 - 20 * y)
                if 'ID' in cell:
                    ids[cell['ID']] = cell['#']
        self.root['IDTree'] = {'Names': [v for key in sorted(ids) for v in (key, ids[key])]}

    def make_cell(self, row, words, x, y):
        role, name, string = words[:3]
        attributes = {'O': Name('Table')}
        for word in words[3:]:
            key, _, value = word.partition('=')
            if value:
                attributes['RowSpan' if key == 'rows' else 'ColSpan'] = int(value)
            else:
                attributes['Scope'] = Name(key)
        if string in HEADERS:
            attributes['Headers'] = [String(h.encode()) for h in HEADERS[string].split()]
        cell = self.element(role, row, A=attributes)
        if name != '-':
            cell['ID'] = String(name.encode())
        self.mark(cell, self.show(string, x, y))
        self.cells[string] = cell
        return cell

    def finish(self):
        self.parent_tree = {'Nums': [0, self.parents, 1, self.link_element['#']]}
        self.root['ParentTree'] = self.add(self.parent_tree)
        self.root['ParentTreeNextKey'] = 2
        self.trailer = {'Root': self.add(self.catalog), 'Info': self.add(self.info)}

    # --- for tests -----------------------------------------------------------------

    def replace(self, old, new):
        """In the page's content; `old` must be there."""
        content = b'\n'.join(self.lines)
        assert old in content, old
        self.lines = content.replace(old, new, 1).split(b'\n')

    def edit_xmp(self, old, new):
        assert old in self.xmp, old
        self.xmp = self.xmp.replace(old, new, 1)

    def edit_bytes(self, old, new):
        """In the finished file; offsets after it are as they were."""
        def edit(data):
            assert old in data, old
            return data.replace(old, new, 1)
        self.after.append(edit)

    def bytes(self):
        self.contents.raw = zlib.compress(b'\n'.join(self.lines))
        self.metadata.raw = self.metadata.raw or self.xmp.encode('utf-8')
        self.profile.raw = zlib.compress(self.icc)
        self.writer.objects = [without_mark(v) for v in self.writer.objects]
        data = self.writer.bytes(self.trailer)
        for edit in self.after:
            data = edit(data)
        return data


def without_mark(value):
    if isinstance(value, dict):
        return {k: v for k, v in value.items() if k != '#'}
    return value


__all__ = ['Sample', 'text', 'Name', 'Ref', 'Stream', 'String']
