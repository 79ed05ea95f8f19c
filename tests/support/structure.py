"""
The structure of a PDF as five readers see it: outlines of lines that can be
compared, one an element,

    "    TH <t1r1c1> RowSpan 2 Scope Column: 项目"

with white space left out of texts. own() is read by tests/support/pdfcheck;
poppler() by pdfinfo; pdfjs() and pdfium() page by page, as these do.
"""
import glob
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field

import pdfcheck
from grid import squeeze
from pdfcheck.objects import text_string
from pdfcheck.structure import Element, Piece

HERE = os.path.dirname(os.path.abspath(__file__))
SHOWN = ('RowSpan', 'ColSpan', 'Scope', 'Headers')
PDFJS = '/usr/share/javascript/pdf/build/pdf.js'


@dataclass
class Node:
    role: str
    id: str = ''
    alt: str = ''
    attributes: dict = field(default_factory=dict)
    text: str = ''
    kids: list = field(default_factory=list)

    def all(self):
        yield self
        for kid in self.kids:
            yield from kid.all()

    def whole_text(self):
        """Of it and below it, in order, where text comes before elements."""
        return self.text + ''.join(kid.whole_text() for kid in self.kids)


def outline(nodes, attributes=True, ids=True, alt=False, depth=0):
    lines = []
    for node in nodes:
        words = [node.role]
        if ids and node.id:
            words.append('<%s>' % node.id)
        if attributes:
            words += ['%s %s' % (k, node.attributes[k]) for k in SHOWN if k in node.attributes]
        if alt and node.alt:
            words.append('Alt ' + node.alt)
        lines.append('  ' * depth + ' '.join(words) + (
            ': ' + squeeze(node.text) if squeeze(node.text) else ''))
        lines += outline(node.kids, attributes, ids, alt, depth + 1)
    return lines


# --- read here -------------------------------------------------------------------


def plain(doc, value):
    """An attribute's value as all readers show it."""
    value = doc.get(value)
    if isinstance(value, bytes):
        return text_string(value)
    if isinstance(value, list):
        return ' '.join(str(plain(doc, v)) for v in value)
    return value


def own_node(subject, element, page):
    doc = subject.doc
    node = Node(element.role, attributes={
        k: plain(doc, v) for k, v in element.attributes.get('Table', {}).items()})
    node.id = plain(doc, element.dict.get('ID', b''))
    node.alt = plain(doc, element.dict.get('Alt', b''))
    is_here = page is None
    for kid in element.kids:
        if isinstance(kid, Element):
            below = own_node(subject, kid, page)
            node.kids += [below] if below else []
        elif isinstance(kid, Piece) and page in (None, kid.page):
            is_here = True
            mark = subject.content.marks.get((kid.owner, kid.mcid))
            node.text += ''.join(mark.text) if mark else ''
    return node if is_here or node.kids else None


def subject(path):
    with open(path, 'rb') as file:
        return pdfcheck.read(file.read())


def own(read, page=None):
    """Of a subject; of one page (a reference) what has content there."""
    nodes = (own_node(read, e, page) for e in read.structure.top)
    return [n for n in nodes if n]


# --- poppler ----------------------------------------------------------------------

ELEMENT = re.compile(r'(\w+)(?: "(?:.*)")?(?: <(.*?)>)?(?: \((?:block|inline|grouping)\))?:?')


def poppler_value(text):
    strings = re.findall(r'\((.*?)\)', text)
    if strings:
        return ' '.join(strings)
    text = text.lstrip('/')
    return int(text) if text.isdigit() else text


def poppler(path):
    done = subprocess.run(['pdfinfo', '-struct-text', path], capture_output=True, check=True)
    root = Node('')
    stack = [(-1, root)]
    for line in done.stdout.decode('utf-8').splitlines():
        depth = len(line) - len(line.lstrip(' '))
        words = line.strip()
        if words.startswith('"'):
            stack[-1][1].text += words[1:-1]
        elif words.startswith('/'):
            key, _, value = words[1:].partition(' ')
            stack[-1][1].attributes[key] = poppler_value(value)
        elif words and not words.startswith('Object '):
            match = ELEMENT.fullmatch(words)
            node = Node(match.group(1), match.group(2) or '')
            while stack[-1][0] >= depth:
                stack.pop()
            stack[-1][1].kids.append(node)
            stack.append((depth, node))
    return root.kids


# --- pdf.js ------------------------------------------------------------------------


def without_pdfjs():
    if shutil.which('node') is None:
        return 'node'
    return None if os.path.exists(PDFJS) else PDFJS


def run_json(*command):
    return json.loads(subprocess.run(command, capture_output=True, check=True).stdout)


def pdfjs_node(value, text):
    node = Node(value.get('role', ''), alt=value.get('alt', ''))
    for kid in value.get('children', []):
        if 'role' in kid:
            node.kids.append(pdfjs_node(kid, text))
        else:
            node.text += text.get(kid.get('id'), '')
    return node


def pdfjs(path):
    """What the script says, with `nodes` for each page."""
    found = run_json('node', os.path.join(HERE, 'pdfjs.cjs'), path, PDFJS)
    for page in found['pages']:
        page['nodes'] = pdfjs_node(page['tree'], page['text']).kids if page['tree'] else []
    return found


# --- PDFium --------------------------------------------------------------------------


def pdfium_folder():
    """Where tools/judges.sh puts it; None where it did not."""
    folder = os.path.join(os.environ.get('SRC', os.path.join(HERE, '..', '..')), 'build', 'judges')
    there = glob.glob(os.path.join(folder, 'node_modules', '@embedpdf', 'pdfium', 'package.json'))
    return folder if there and shutil.which('node') else None


def pdfium_node(value, text):
    attributes = {k: ' '.join(v) if isinstance(v, list) and k == 'Headers' else
                  int(v) if isinstance(v, (int, float)) else v
                  for k, v in value['attributes'].items()}
    node = Node(value['role'], value['id'], value['alt'], attributes)
    for kid in value['kids']:
        if isinstance(kid, dict):
            node.kids.append(pdfium_node(kid, text))
        else:
            node.text += text.get(str(kid), '')
    return node


def pdfium(path, *drawing):
    found = run_json('node', os.path.join(HERE, 'pdfium.mjs'), pdfium_folder(), path, *drawing)
    for page in found['pages']:
        page['nodes'] = [pdfium_node(kid, page['text']) for kid in page['tree']]
    return found
