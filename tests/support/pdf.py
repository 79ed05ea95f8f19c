"""Reads a PDF back, with poppler's and qpdf's tools."""
import functools
import json
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import dataclass

XHTML = '{http://www.w3.org/1999/xhtml}'


def run(*command):
    return subprocess.run(command, capture_output=True, check=True).stdout


@dataclass
class Word:
    left: float
    top: float
    right: float
    bottom: float
    text: str

    def is_on(self, line):
        """Whether it is a piece of this line of the page tree."""
        middle = (self.left + self.right) / 2
        if line.turned:
            return line.x - 1 <= middle <= line.right + 1 and \
                line.baseline < (self.top + self.bottom) / 2 < \
                line.baseline + line.turned
        return line.x - 1 <= middle <= line.right + 1 and \
            self.top < line.baseline < self.bottom + 0.5


def printable(xml):
    """Without the control characters that poppler writes for lost ones."""
    return bytes(c for c in xml if c >= 0x20 or c in (9, 10, 13))


def words(path):
    """A list of Word for every page."""
    root = ET.fromstring(printable(run('pdftotext', '-bbox', path, '-')))
    return [[Word(float(w.get('xMin')), float(w.get('yMin')),
                  float(w.get('xMax')), float(w.get('yMax')), w.text or '')
             for w in page.iter(XHTML + 'word')]
            for page in root.iter(XHTML + 'page')]


def page_texts(path):
    text = run('pdftotext', '-raw', path, '-').decode('utf-8')
    return text.split('\f')[:-1]


@functools.lru_cache(maxsize=None)
def document(path):
    return json.loads(run('qpdf', '--json=2', path, '-'))


def objects(path):
    return document(path)['qpdf'][1]


def resolve(path, value):
    """What an indirect reference stands for; anything else as it is."""
    while isinstance(value, str) and value.endswith(' R'):
        entry = objects(path)['obj:' + value]
        value = entry['value'] if 'value' in entry else entry['stream']['dict']
    return value


def outline(path):
    """(level, title, page from 1) of every bookmark, in order."""
    def walk(items, level):
        for item in items:
            yield level, item['title'], item['destpageposfrom1']
            yield from walk(item['kids'], level + 1)
    return list(walk(document(path)['outlines'], 1))


def page_references(path):
    return [page['object'] for page in document(path)['pages']]


def destinations(path):
    """Names of destinations -> page from 1."""
    found = {}
    for line in run('pdfinfo', '-dests', path).decode('utf-8').splitlines():
        page, _, rest = line.strip().partition(' ')
        if page.isdigit() and '"' in rest:
            found[rest[rest.index('"') + 1:rest.rindex('"')]] = int(page)
    return found


def text_of(value):
    """A string of qpdf's JSON."""
    return value[2:] if value.startswith(('u:', 'b:')) else value


def links(path):
    """For every page, the pages from 1 that its links lead to."""
    order = {ref: i for i, ref in enumerate(page_references(path), 1)}
    named = destinations(path)
    out = []
    for ref in page_references(path):
        page = resolve(path, ref)
        found = []
        for annotation in resolve(path, page.get('/Annots', [])):
            annotation = resolve(path, annotation)
            if annotation.get('/Subtype') != '/Link':
                continue
            action = resolve(path, annotation.get('/A', {}))
            goal = resolve(path, annotation.get('/Dest', action.get('/D')))
            if isinstance(goal, list):
                found.append(order[goal[0]])
            else:
                found.append(named[text_of(goal)])
        out.append(found)
    return out


def fonts(path):
    """Rows of pdffonts: name, embedded, subset, has a map to Unicode."""
    rows = run('pdffonts', path).decode('utf-8').splitlines()
    out = []
    for row in rows[2:]:
        # the flags stand at the end: emb sub uni object generation
        fields = row.split()
        out.append((fields[0],) + tuple(f == 'yes' for f in fields[-5:-2]))
    return out
