"""XMP packets (ISO 16684-1), and what extension schemas describe in them."""
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from .objects import Broken
from .xmp_types import DC, EXTENSION, PDF, PDFAID, XMP as BASIC  # noqa: F401

RDF = '{http://www.w3.org/1999/02/22-rdf-syntax-ns#}'
XML = '{http://www.w3.org/XML/1998/namespace}'
PDFUAID = 'http://www.aiim.org/pdfua/ns/id/'
SCHEMA = 'http://www.aiim.org/pdfa/ns/schema#'
TYPE = 'http://www.aiim.org/pdfa/ns/type#'
FIELD = 'http://www.aiim.org/pdfa/ns/field#'
PROPERTY = 'http://www.aiim.org/pdfa/ns/property#'

MARKS = ((b'\xff\xfe\0\0', 'utf-32'), (b'\0\0\xfe\xff', 'utf-32'), (b'\xff\xfe', 'utf-16'),
         (b'\xfe\xff', 'utf-16'), (b'<\0\0\0', 'utf-32-le'), (b'\0\0\0<', 'utf-32-be'),
         (b'<\0', 'utf-16-le'), (b'\0<', 'utf-16-be'))
VALUE_TYPES = {'Text', 'Integer', 'Boolean', 'Date', 'Real', 'URI', 'URL', 'ProperName',
               'AgentName', 'Lang Alt', 'MIMEType', 'Locale', 'RenditionClass'}


@dataclass
class Value:
    form: str           # text, Alt, Seq, Bag, Struct
    items: list         # strings, None for a struct; of Alt (language, string)

    @property
    def text(self):
        """The string; of Alt the default; of Seq and Bag the only one; or None."""
        if self.form == 'Alt':
            return dict(self.items).get('x-default')
        return self.items[0] if len(self.items) == 1 else None


@dataclass
class Schema:
    fields: dict                  # local name -> text
    properties: list = field(default_factory=list)  # of such dicts
    problems: list = field(default_factory=list)


def split(tag):
    uri, _, name = tag[1:].partition('}')
    return uri, name


class Packet:
    def __init__(self, data):
        self.encoding = next((name for mark, name in MARKS if data.startswith(mark)), 'utf-8')
        try:
            self.text = data.decode(self.encoding).lstrip('\ufeff').rstrip('\0')
        except UnicodeDecodeError as error:
            raise Broken('XMP cannot be decoded: %s' % error)
        self.header = re.match(r'\s*<\?xpacket\s+(.*?)\?>', self.text)
        self.trailer = re.search(r'<\?xpacket\s+end=["\'][rw]["\']\s*\?>\s*\Z', self.text)
        self.prefixes = dict(re.findall(r'xmlns:([\w.-]+)\s*=\s*["\']([^"\']*)["\']', self.text))
        try:
            root = ET.fromstring(self.text)
        except ET.ParseError as error:
            raise Broken('XMP is no XML: %s' % error)
        self.root = root if root.tag == RDF + 'RDF' else root.find(RDF + 'RDF')
        if self.root is None:
            raise Broken('XMP without rdf:RDF')
        self.values = {}   # (namespace, name) -> Value
        self.twice = []
        for description in self.root.findall(RDF + 'Description'):
            self.read(description)
        self.schemas = list(self.read_schemas())

    def read(self, description):
        for name, text in description.attrib.items():
            uri, local = split(name) if name[0] == '{' else ('', name)
            if '{%s}' % uri not in (RDF, XML):
                self.add((uri, local), Value('text', [text]))
        for element in description:
            self.add(split(element.tag), self.value_of(element))

    def add(self, key, value):
        if key in self.values:
            self.twice.append(key[1])
        self.values[key] = value

    def value_of(self, element):
        for form in ('Alt', 'Seq', 'Bag'):
            found = element.find(RDF + form)
            if found is not None:
                rows = found.findall(RDF + 'li')
                items = [self.text_of(li) for li in rows]
                if form == 'Alt':
                    items = [(li.get(XML + 'lang'), t) for li, t in zip(rows, items)]
                return Value(form, items)
        text = self.text_of(element)
        return Value('Struct', []) if text is None else Value('text', [text])

    @staticmethod
    def text_of(element):
        """Its text, or that of its rdf:value, beside which qualifiers stand; None: a struct."""
        inner = element if element.find(RDF + 'Description') is None else \
            element.find(RDF + 'Description')
        if inner.find(RDF + 'value') is not None:
            return inner.find(RDF + 'value').text or ''
        if len(element) or element.get(RDF + 'parseType') == 'Resource':
            return None
        return element.text or element.get(RDF + 'resource', '')

    def get(self, uri, name):
        value = self.values.get((uri, name))
        return value.text if value is not None else None

    # --- extension schemas (ISO 19005-1 6.7.8, 19005-2 6.6.2.3.3) ------------------

    def read_schemas(self):
        for bag in self.root.iter('{%s}schemas' % EXTENSION):
            for item in bag.findall('%sBag/%sli' % (RDF, RDF)):
                yield self.read_schema(item)
            if bag.find(RDF + 'Bag') is None:
                yield Schema({}, problems=['the schemas are in no rdf:Bag'])

    @staticmethod
    def fields_of(item, uri):
        inner = item.find(RDF + 'Description')
        item = item if inner is None else inner
        fields = {split(e.tag)[1]: e for e in item if split(e.tag)[0] == uri}
        strange = [e.tag for e in item if split(e.tag)[0] != uri]
        return fields, strange

    def read_schema(self, item):
        fields, strange = self.fields_of(item, SCHEMA)
        schema = Schema({k: (e.text or '').strip() for k, e in fields.items()})
        schema.problems += ['%s in a schema' % tag for tag in strange]
        schema.problems += ['a schema without %s' % k
                            for k in ('schema', 'namespaceURI', 'prefix') if k not in fields]
        for kind, wanted in ((TYPE, ('type', 'namespaceURI', 'prefix', 'description', 'field')),
                             (FIELD, ('name', 'valueType', 'description'))):
            for one in item.iter():
                keys = {split(e.tag)[1] for e in one if split(e.tag)[0] == kind}
                schema.problems += ['%s without %s' % (kind, k)
                                    for k in wanted if keys and k not in keys]
        types = {e.text for e in item.iter('{%s}type' % TYPE)} | VALUE_TYPES
        if 'property' in fields:
            for one in fields['property'].findall('%sSeq/%sli' % (RDF, RDF)):
                self.read_property(schema, one, types)
        return schema

    def read_property(self, schema, item, types):
        fields, strange = self.fields_of(item, PROPERTY)
        texts = {k: (e.text or '').strip() for k, e in fields.items()}
        schema.properties.append(texts)
        schema.problems += ['%s in a property' % tag for tag in strange]
        schema.problems += ['property %s without %s' % (texts.get('name'), k)
                            for k in ('name', 'valueType', 'category', 'description')
                            if not texts.get(k)]
        if texts.get('category', 'internal') not in ('internal', 'external'):
            schema.problems.append('property %s: category %s' % (
                texts.get('name'), texts['category']))
        kind = re.sub('^(bag|seq|alt|open Choice of|closed Choice of) ', '',
                      texts.get('valueType', 'Text'), flags=re.I)
        if kind not in types:
            schema.problems.append('property %s: value type %s' % (
                texts.get('name'), texts['valueType']))
