#!/usr/bin/env python3
"""Convert disclosure content kept as JSON into Gongshi's XML data files.

    json2xml.py IN.json [-o OUT.xml] [--kind KIND] [--layout NAME]
    json2xml.py --jsonl IN.jsonl [-o OUT.xml] [--layout NAME]

The first form converts one document.  Its kind is recognised from its content;
data/README.md gives the naming rules.  The second converts flat records, one
JSON object a line, to <records><record>...; it holds one record at a time.

A value is written exactly as it stands ("10.00" stays "10.00", numbers keep
their spelling).  Only `form_labels`, the printed words of the blank form, is
left out: those belong to the layout.  Anything this program has no rule for is
an error that names the place; nothing is dropped silently.
"""
import argparse
import contextlib
import json
import os
import re
import sys
import xml.etree.ElementTree as ET
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

LEFT_OUT = {'form_labels'}
ATTRIBUTES = {'bookmark'}
LEVELS = {'level1', 'level2', 'level3'}

# How a list is written: "a/b" is one element <a> holding a <b> for each
# member, "b" alone puts the <b> elements directly into the parent.  A key may
# be narrowed by the element it stands in ("level1/items").  A list of strings
# that is not named here is written as "KEY/paragraph".
INDICATOR_LISTS = {
    'performance_indicators': 'performance_indicators/level1',
    'level1/items': 'level2',
    'level2/items': 'level3',
}


class Kind(NamedTuple):
    root: str      # the root element
    marks: tuple   # paths that only content of this kind has
    lists: dict    # its lists, besides INDICATOR_LISTS


KINDS = {
    'guanxian-overall': Kind('unit_targets_disclosure', ('units',), {
        'units': 'units/unit',
        'sources': 'sources/source',
        'structure': 'structure/item',
        'duties': 'duties/duty',
        'tasks': 'task',
        'goals': 'goal',
        'indicators': 'indicator',
    }),
    'zunhua-performance': Kind(
        'department_performance_text', ('part_one', 'part_two'), {
            'sections': 'section',
            'goals': 'goals/goal',
            'sub_goals': 'sub_goals/sub_goal',
            'projects': 'projects/project',
            'expenditure_plan': 'expenditure_plan/stage',
        }),
    'chaoyang-declaration': Kind(
        'performance_target_declaration', ('overall', 'projects'), {
            'items': 'item',
            'groups': 'group',
            'key_tasks': 'key_tasks/task',
            'projects': 'projects/project',
        }),
    'huizhou-overall': Kind(
        'municipal_target_declaration', ('unit/staff_supported',), {
            'key_tasks': 'key_tasks/task',
        }),
    'zhanjiang-overall': Kind(
        'municipal_overall_targets', ('unit/staff_active',), {
            'key_tasks': 'key_tasks/task',
            'other_tasks': 'other_tasks/task',
        }),
}

NAME = re.compile(r'[a-z][a-z0-9_]*')
NOT_XML = re.compile('[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]')


class Problem(Exception):
    """Something a person has to mend in the input."""


def has_path(content, path):
    for key in path.split('/'):
        if not isinstance(content, dict) or key not in content:
            return False
        content = content[key]
    return True


def detect_kind(content):
    found = [name for name, kind in KINDS.items()
             if all(has_path(content, path) for path in kind.marks)]
    if len(found) != 1:
        raise Problem('the kind of document cannot be told from the content '
                      '(%s); give --kind' % (' or '.join(found) or 'none fits'))
    return found[0]


def checked_text(value, where):
    if not isinstance(value, str):
        raise Problem('%s: a string was expected, not %s'
                      % (where, json.dumps(value)[:40]))
    bad = NOT_XML.search(value)
    if bad:
        raise Problem('%s: character U+%04X cannot stand in XML'
                      % (where, ord(bad.group())))
    return value


def list_shape(lists, parent, key, members, where):
    """The (container or None, member) element names of a list."""
    shape = lists.get('%s/%s' % (parent.tag, key)) or lists.get(key)
    if shape is None:
        if not all(isinstance(m, str) for m in members):
            raise Problem('%s: no element name is known for the members of '
                          'this list' % where)
        shape = key + '/paragraph'
    container, _, member = shape.rpartition('/')
    return container or None, member


def append(parent, key, value, lists, where):
    """Write one JSON member (key: value) into the element `parent`."""
    where = '%s/%s' % (where, key)
    if not NAME.fullmatch(key):
        raise Problem('%s: not a name in snake_case' % where)

    if key == parent.tag:           # an element's own name: {"duty": "..."}
        if key in LEVELS:
            parent.set('name', checked_text(value, where))
            return
        key = 'name'
    if key in ATTRIBUTES:
        parent.set(key, checked_text(value, where))
    elif isinstance(value, dict):
        child = ET.SubElement(parent, key)
        for name, member in value.items():
            append(child, name, member, lists, where)
    elif isinstance(value, list):
        container, name = list_shape(lists, parent, key, value, where)
        home = parent if container is None else ET.SubElement(parent, container)
        for number, member in enumerate(value, 1):
            place = '%s[%d]' % (where, number)
            child = ET.SubElement(home, name)
            if isinstance(member, dict):
                for inner, inner_value in member.items():
                    append(child, inner, inner_value, lists, place)
            else:
                child.text = checked_text(member, place)
    else:
        ET.SubElement(parent, key).text = checked_text(value, where)


def convert(content, kind_name):
    """The root element of one document."""
    kind = KINDS[kind_name]
    if not isinstance(content, dict) or 'document' not in content:
        raise Problem('/: an object with a member "document" was expected')
    lists = {**INDICATOR_LISTS, **kind.lists}
    root = ET.Element(kind.root)
    append(root, 'document', content['document'], lists, '')
    for key, value in content.items():
        if key != 'document' and key not in LEFT_OUT:
            append(root, key, value, lists, '')
    return root


def convert_record(record):
    """The <record> element of one flat JSON object."""
    if not isinstance(record, dict):
        raise Problem('an object was expected')
    element = ET.Element('record')
    for key, value in record.items():
        append(element, key, checked_text(value, '/' + key), {}, '')
    return element


def write_element(out, element, depth=0):
    """
    Indent by two spaces.  An element holds either elements or text, so the
    line breaks added here never become part of a value.
    """
    pad = '  ' * depth
    tag = element.tag
    attributes = ''.join(' %s=%s' % (name, quoteattr(value))
                         for name, value in element.items())
    if len(element):
        out.write('%s<%s%s>\n' % (pad, tag, attributes))
        for child in element:
            write_element(out, child, depth + 1)
        out.write('%s</%s>\n' % (pad, tag))
    elif element.text:
        # A parser turns a bare carriage return into a line feed.
        text = escape(element.text, {'\r': '&#13;'})
        out.write('%s<%s%s>%s</%s>\n' % (pad, tag, attributes, text, tag))
    else:
        out.write('%s<%s%s/>\n' % (pad, tag, attributes))


def write_prolog(out, layout):
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    if layout:
        out.write('<?gongshi-layout %s?>\n' % layout)


def write_document(out, content, kind=None, layout=None):
    kind = kind or detect_kind(content)
    root = convert(content, kind)
    write_prolog(out, layout or kind)
    write_element(out, root)


def write_records(out, lines, layout=None):
    write_prolog(out, layout)
    out.write('<records>\n')
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            write_element(out, convert_record(parse(line)), 1)
        except Problem as problem:
            raise Problem('line %d: %s' % (number, problem)) from None
    out.write('</records>\n')


def parse(text):
    """JSON with numbers as they are spelled; a repeated key is an error."""
    def members(pairs):
        result = {}
        for key, value in pairs:
            if key in result:
                raise Problem('the key "%s" stands twice in one object' % key)
            result[key] = value
        return result

    try:
        return json.loads(text, object_pairs_hook=members,
                          parse_int=str, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise Problem('not JSON: %s' % error) from None


@contextlib.contextmanager
def output(path):
    """A text file that appears whole or not at all; standard output if None."""
    if path is None:
        sys.stdout.reconfigure(encoding='utf-8', newline='\n')
        yield sys.stdout
        return
    part = path + '.part'
    try:
        with open(part, 'w', encoding='utf-8', newline='\n') as out:
            yield out
        os.replace(part, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(part)
        raise


def layout_name(text):
    if not re.fullmatch(r'[A-Za-z0-9][A-Za-z0-9._-]*', text):
        raise argparse.ArgumentTypeError('not a layout name: %s' % text)
    return text


def options(argv):
    parser = argparse.ArgumentParser(
        description='Convert JSON content to an XML data file.')
    parser.add_argument('input', metavar='IN')
    parser.add_argument('-o', '--output', metavar='OUT.xml',
                        help='default: standard output')
    parser.add_argument('--jsonl', action='store_true',
                        help='IN holds flat records, one JSON object a line')
    parser.add_argument('--kind', choices=KINDS,
                        help='kind of document; default: by the content')
    parser.add_argument('--layout', type=layout_name, metavar='NAME',
                        help='layout to name in the file; default: the kind, '
                             'with --jsonl none')
    opt = parser.parse_args(argv)
    if opt.jsonl and opt.kind:
        parser.error('--kind is for documents, not for --jsonl')
    return opt


def main(argv=None):
    opt = options(argv)
    try:
        with open(opt.input, encoding='utf-8-sig') as source, \
                output(opt.output) as out:
            if opt.jsonl:
                write_records(out, source, opt.layout)
            else:
                write_document(out, parse(source.read()), opt.kind, opt.layout)
    except (Problem, UnicodeDecodeError) as problem:
        sys.exit('json2xml: %s: %s' % (opt.input, problem))
    except OSError as error:
        sys.exit('json2xml: %s: %s' % (error.filename, error.strerror))


if __name__ == '__main__':
    main()
