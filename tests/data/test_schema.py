#!/usr/bin/env python3
"""
Check the example data against its schemas, and the schemas against mistakes.

Every data/*.xml must be valid by the schema of the
layout it names; every broken copy below must be refused for the reason given;
every element and attribute a schema declares must say, in Chinese and in
English, what it is.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
XS = '{http://www.w3.org/2001/XMLSchema}'
LANG = '{http://www.w3.org/XML/1998/namespace}lang'
INVALID = 3  # xmllint's exit status for "well-formed, but not valid"

# What is wrong, file, pattern, its replacement, and words in which xmllint must
# name the fault: 'element', 'value' or ( what was expected ).
BROKEN = [
    ('no document title', 'guanxian-2022',
     r'<title>.*</title>', '', '( title )'),
    ('no introduction to the notice', 'guanxian-2022',
     r'<introduction>.*</introduction>', '', '( introduction )'),
    ('blank unit name', 'guanxian-2022',
     r'(<unit_name>).*(</unit_name>)', r'\1 \2', "'unit_name'"),
    ('letters in an amount', 'guanxian-2022',
     '<amount>1379.59<', '<amount>12,3x<', "'12,3x'"),
    ('thousands separator in the total', 'guanxian-2022',
     '<total>1631.59<', '<total>1,631.59<', "'1,631.59'"),
    ('empty total', 'guanxian-2022',
     '<total>1631.59</total>', '<total/>', "'total'"),
    ('two-digit year', 'guanxian-2022',
     '<year>2022<', '<year>22<', "'year'"),
    ('absent cell in a column that never merges', 'guanxian-2022',
     r'<annual_target>≥26人</annual_target>', '', '( annual_target )'),
    ('columns in another order', 'guanxian-2022',
     r'(<planned_value/>)\s*(<standard_value/>)', r'\2\1',
     "'standard_value'"),
    ('misspelt element', 'guanxian-2022',
     r'work_activity>(.*)</work_activity>',
     r'work_activty>\1</work_activty>', "'work_activty'"),
    ('task without a goal', 'guanxian-2022',
     r'(?s)<goal>.*?</goal>', '', '( goal )'),

    ('bookmark used twice', 'zunhua-2022',
     '_Toc_4_4_0000000005', '_Toc_4_4_0000000004', "'bookmarks'"),
    ('section without a bookmark', 'zunhua-2022',
     r'<section bookmark="[^"]*">', '<section>', "'bookmark'"),
    ('goals and paragraphs in one section', 'zunhua-2022',
     '</goals>', '</goals><paragraphs><paragraph>x</paragraph></paragraphs>',
     "'paragraphs'"),
    ('ratio without a percent sign', 'zunhua-2022',
     '<ratio>30%<', '<ratio>30<', "'ratio'"),
    ('unknown unit of amounts', 'zunhua-2022',
     '<amount_unit>万元<', '<amount_unit>千元<', "'amount_unit'"),
    ('no project code', 'zunhua-2022',
     r'<project_code>.*</project_code>', '', '( project_code )'),
    ('no performance goals', 'zunhua-2022',
     r'(?s)<performance_goals>.*?</performance_goals>',
     '<performance_goals/>', "'performance_goals'"),
    ('level 2 indicator without a name', 'zunhua-2022',
     r'<level2 name="[^"]*">', '<level2>', "'name'"),
    ('level 1 indicator with an empty name', 'zunhua-2022',
     r'<level1 name="[^"]*">', '<level1 name="">', "'name'"),

    ('no reporting unit', 'chaoyang-2021',
     r'<reporting_unit>.*</reporting_unit>', '', '( reporting_unit )'),
    ('words in a number of staff', 'chaoyang-2021',
     '<staff_supported>53<', '<staff_supported>53人<', "'53人'"),
    ('unknown operator', 'chaoyang-2021',
     '<operator>≤<', '<operator>约<', "'operator'"),
    ('indicator without its unit of measure', 'chaoyang-2021',
     '<unit>%</unit>', '', '( unit )'),
    ('indicator of another form', 'chaoyang-2021',
     '<operator>=</operator>', '<description/>', "'description'"),
    ('no opinion of the finance office', 'chaoyang-2021',
     r'(?s)<finance_opinion>.*?</finance_opinion>', '', '( finance_opinion )'),

    ('comma for the decimal point', 'huizhou-2022',
     '<basic_expenditure>4120.17<', '<basic_expenditure>4120,17<',
     "'4120,17'"),
    ('full-width digits', 'huizhou-2022',
     '<other_funds>0.00<', '<other_funds>０.００<', "'０.００'"),
    ('no key tasks', 'huizhou-2022',
     r'(?s)<key_tasks>.*</key_tasks>', '', '( key_tasks )'),
    ('paragraphs where the form has one text', 'huizhou-2022',
     r'<expected_goal>(.*)</expected_goal>',
     r'<expected_goal><paragraph>\1</paragraph></expected_goal>',
     "'expected_goal'"),
    ('no value for the period', 'huizhou-2022',
     r'<period_value>.*</period_value>', '', '( period_value )'),

    ('no department in charge', 'zhanjiang-2022',
     r'<department_in_charge>.*</department_in_charge>', '',
     '( department_in_charge )'),
    ('text outside the paragraphs', 'zhanjiang-2022',
     '<expected_goal>', '<expected_goal>x', "'expected_goal'"),
    ('blank name of a key task', 'zhanjiang-2022',
     r'(<key_tasks>\s*<task>\s*)<name>.*</name>', r'\1<name/>', "'name'"),
    ('unit of money in an amount', 'zhanjiang-2022',
     '<amount>390<', '<amount>390万元<', "'390万元'"),
    ('indicator without a value', 'zhanjiang-2022',
     r'<value>.*</value>', '', '( value )'),
]


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def schema_of(text):
    """The schema file for the layout that a data file names."""
    layout = re.search(r'<\?gongshi-layout (\S+)\?>', text)
    return layout and 'data/schema/%s.xsd' % layout.group(1)


def lint(schema, path):
    """xmllint's exit status and what it says."""
    run = subprocess.run(
        ['xmllint', '--nonet', '--noout', '--schema', schema, path],
        stderr=subprocess.PIPE, encoding='utf-8',
        errors='replace',  # it cuts long values between any two bytes
        check=False)
    return run.returncode, run.stderr


def check_valid(path):
    schema = schema_of(read(path))
    if schema is None:
        return 'names no layout'
    status, said = lint(schema, path)
    return None if status == 0 else said


def check_refused(name, pattern, replacement, named, folder):
    """The first match is replaced, so one mistake is made and no more."""
    text = read('data/%s.xml' % name)
    broken, count = re.subn(pattern, replacement, text, count=1)
    if count == 0:
        return 'the test does not fit the data any more'
    path = os.path.join(folder, 'broken.xml')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(broken)
    status, said = lint(schema_of(text), path)
    if status != INVALID:
        return 'expected exit status %d, not %d\n%s' % (INVALID, status, said)
    return None if named in said else 'not refused for %s:\n%s' % (named, said)


def check_documented(schema):
    for node in ET.parse(schema).iter():
        if node.tag in (XS + 'element', XS + 'attribute'):
            words = {doc.get(LANG): (doc.text or '').strip()
                     for doc in node.iterfind('%sannotation/%sdocumentation'
                                              % (XS, XS))}
            if not (words.get('zh') and words.get('en')):
                return 'no words in zh and en for %s' % node.get('name')
    return None


def checks(folder):
    """Pairs of a check's name and its failure, None if it passed."""
    for path in sorted(glob.glob('data/*.xml')):
        yield 'valid: %s' % path, check_valid(path)
    for what, name, pattern, replacement, named in BROKEN:
        yield ('refused: %s: %s' % (name, what),
               check_refused(name, pattern, replacement, named, folder))
    for schema in sorted(glob.glob('data/schema/*.xsd')):
        yield 'documented: %s' % schema, check_documented(schema)


def main():
    if shutil.which('xmllint') is None:
        sys.exit('xmllint is needed (Debian: libxml2-utils)')
    os.chdir(ROOT)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, failure in checks(folder):
            if failure is None:
                passed += 1
            else:
                failed += 1
                print('FAIL %s\n     %s' % (name, failure.strip()))
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed or passed == 0 else 0


if __name__ == '__main__':
    sys.exit(main())
