#!/usr/bin/env python3
"""Tests of tools/convert/json2xml.py on small inline JSON."""
import io
import json
import os
import subprocess
import sys
import tempfile
import textwrap
import unittest
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
TOOL = os.path.join(HERE, '..', '..', 'tools', 'convert', 'json2xml.py')
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(TOOL))
import json2xml  # noqa: E402


def document(text, **options):
    out = io.StringIO()
    json2xml.write_document(out, json2xml.parse(text), **options)
    return out.getvalue()


def huizhou(**unit):
    """The XML of a small Huizhou form whose unit has these members."""
    content = {'document': {'title': 't'},
               'unit': {'staff_supported': '', **unit}}
    return document(json.dumps(content))


def unit_of(xml):
    return ET.fromstring(xml.encode()).find('unit')


def records(text, **options):
    out = io.StringIO()
    json2xml.write_records(out, text.splitlines(True), **options)
    return out.getvalue()


class Shapes(unittest.TestCase):
    maxDiff = None

    def assert_xml(self, got, body):
        self.assertEqual(got, '<?xml version="1.0" encoding="UTF-8"?>\n'
                         + textwrap.dedent(body))

    def test_document_comes_first_and_form_labels_are_left_out(self):
        self.assert_xml(document('''
            {"form_labels": {"title": "x"},
             "unit": {"unit_name": "局", "staff_supported": ""},
             "document": {"title": "表", "year": "2022"}}'''), '''\
            <?gongshi-layout huizhou-overall?>
            <municipal_target_declaration>
              <document>
                <title>表</title>
                <year>2022</year>
              </document>
              <unit>
                <unit_name>局</unit_name>
                <staff_supported/>
              </unit>
            </municipal_target_declaration>
            ''')

    def test_guanxian_duties_nest_without_containers(self):
        self.assert_xml(document('''
            {"document": {}, "units": [{
              "budget": {"total": "1", "sources": [{"name": "a"}],
                         "structure": [{"name": "b"}, {"name": "c"}]},
              "duties": [{"duty": "d", "tasks": [
                {"content": "e", "goals": [
                  {"goal": "f", "indicators": [{"serial": "1"}, {"x": ""}]},
                  {"goal": "f", "indicators": []}]}]}]}]}'''), '''\
            <?gongshi-layout guanxian-overall?>
            <unit_targets_disclosure>
              <document/>
              <units>
                <unit>
                  <budget>
                    <total>1</total>
                    <sources>
                      <source>
                        <name>a</name>
                      </source>
                    </sources>
                    <structure>
                      <item>
                        <name>b</name>
                      </item>
                      <item>
                        <name>c</name>
                      </item>
                    </structure>
                  </budget>
                  <duties>
                    <duty>
                      <name>d</name>
                      <task>
                        <content>e</content>
                        <goal>
                          <name>f</name>
                          <indicator>
                            <serial>1</serial>
                          </indicator>
                          <indicator>
                            <x/>
                          </indicator>
                        </goal>
                        <goal>
                          <name>f</name>
                        </goal>
                      </task>
                    </duty>
                  </duties>
                </unit>
              </units>
            </unit_targets_disclosure>
            ''')

    def test_zunhua_sections_and_projects_carry_bookmarks(self):
        self.assert_xml(document('''
            {"document": {},
             "part_one": {"sections": [
               {"bookmark": "s1", "goals": [{"text": "a"}]},
               {"bookmark": "s2", "sub_goals": [
                 {"performance_goal": ["b"], "performance_indicators": "c"}]},
               {"bookmark": "s3", "paragraphs": ["d", "e"]}]},
             "part_two": {"projects": [
               {"serial": "1", "bookmark": "p1",
                "expenditure_plan": [{"ratio": "30%"}]}]}}'''), '''\
            <?gongshi-layout zunhua-performance?>
            <department_performance_text>
              <document/>
              <part_one>
                <section bookmark="s1">
                  <goals>
                    <goal>
                      <text>a</text>
                    </goal>
                  </goals>
                </section>
                <section bookmark="s2">
                  <sub_goals>
                    <sub_goal>
                      <performance_goal>
                        <paragraph>b</paragraph>
                      </performance_goal>
                      <performance_indicators>c</performance_indicators>
                    </sub_goal>
                  </sub_goals>
                </section>
                <section bookmark="s3">
                  <paragraphs>
                    <paragraph>d</paragraph>
                    <paragraph>e</paragraph>
                  </paragraphs>
                </section>
              </part_one>
              <part_two>
                <projects>
                  <project bookmark="p1">
                    <serial>1</serial>
                    <expenditure_plan>
                      <stage>
                        <ratio>30%</ratio>
                      </stage>
                    </expenditure_plan>
                  </project>
                </projects>
              </part_two>
            </department_performance_text>
            ''')

    def test_chaoyang_lines_stand_directly_under_their_total(self):
        self.assert_xml(document('''
            {"document": {},
             "overall": {
               "income": {"total": "3", "items": [{"label": "1."}]},
               "expenditure": {"total": "3", "groups": [
                 {"amount": "3", "items": [{"label": "1."}]}]}},
             "projects": [{"period_goals": [],
                           "finance_opinion": {"opinion": ""}}]}'''), '''\
            <?gongshi-layout chaoyang-declaration?>
            <performance_target_declaration>
              <document/>
              <overall>
                <income>
                  <total>3</total>
                  <item>
                    <label>1.</label>
                  </item>
                </income>
                <expenditure>
                  <total>3</total>
                  <group>
                    <amount>3</amount>
                    <item>
                      <label>1.</label>
                    </item>
                  </group>
                </expenditure>
              </overall>
              <projects>
                <project>
                  <period_goals/>
                  <finance_opinion>
                    <opinion/>
                  </finance_opinion>
                </project>
              </projects>
            </performance_target_declaration>
            ''')

    def test_zhanjiang_goals_are_paragraphs_and_blank_tasks_stay(self):
        self.assert_xml(document('''
            {"document": {},
             "unit": {"staff_active": "1",
               "key_tasks": [{"name": "a", "expected_goal": ["b", "c"]}],
               "other_tasks": [{"name": "", "expected_goal": []}]}}'''), '''\
            <?gongshi-layout zhanjiang-overall?>
            <municipal_overall_targets>
              <document/>
              <unit>
                <staff_active>1</staff_active>
                <key_tasks>
                  <task>
                    <name>a</name>
                    <expected_goal>
                      <paragraph>b</paragraph>
                      <paragraph>c</paragraph>
                    </expected_goal>
                  </task>
                </key_tasks>
                <other_tasks>
                  <task>
                    <name/>
                    <expected_goal/>
                  </task>
                </other_tasks>
              </unit>
            </municipal_overall_targets>
            ''')

    def test_indicator_levels_are_named_by_attribute(self):
        got = unit_of(huizhou(performance_indicators=[
            {'level1': '产出"&', 'items': [
                {'level2': '数量', 'items': [
                    {'level3': '', 'annual_value': '≥1', 'period_value': ''},
                    {'level3': 'b'}]}]}]))
        level1 = got.find('performance_indicators/level1')
        self.assertEqual(level1.attrib, {'name': '产出"&'})
        self.assertEqual(level1.find('level2').attrib, {'name': '数量'})
        rows = level1.findall('level2/level3')
        self.assertEqual([row.get('name') for row in rows], ['', 'b'])
        self.assertEqual([cell.tag for cell in rows[0]],
                         ['annual_value', 'period_value'])

    def test_members_keep_their_order(self):
        got = unit_of(huizhou(zebra='1', apple='2', mango='3'))
        self.assertEqual([child.tag for child in got],
                         ['staff_supported', 'zebra', 'apple', 'mango'])


class Values(unittest.TestCase):
    def test_text_survives_a_parser(self):
        for text in ('a\nb\n  c', '<&>"\']]>', 'a\r\nb', ' a ', '𠮷\t–'):
            got = unit_of(huizhou(overall_goal=text))
            self.assertEqual(got.findtext('overall_goal'), text)

    def test_line_feeds_get_no_indentation(self):
        self.assertIn('\n    <overall_goal>a\nb</overall_goal>\n',
                      huizhou(overall_goal='a\nb'))

    def test_attribute_keeps_line_feeds(self):
        got = unit_of(huizhou(performance_indicators=[{'level1': 'a\nb'}]))
        self.assertEqual(got.find('*/level1').get('name'), 'a\nb')

    def test_empty_is_not_absent(self):
        got = unit_of(huizhou(a=''))
        self.assertIsNotNone(got.find('a'))
        self.assertIsNone(got.find('b'))

    def test_numbers_keep_their_spelling(self):
        got = document('{"document": {"a": 10.00, "b": -1e2, "c": 390},'
                       ' "unit": {"staff_supported": ""}}')
        for text in ('<a>10.00</a>', '<b>-1e2</b>', '<c>390</c>'):
            self.assertIn(text, got)


class Refusals(unittest.TestCase):
    def assert_refused(self, words, make, *args, **kwargs):
        with self.assertRaises(json2xml.Problem) as caught:
            make(*args, **kwargs)
        self.assertIn(words, str(caught.exception))

    def test_list_without_a_rule(self):
        self.assert_refused('/unit/notes: ', huizhou, notes=[{'a': 'b'}])

    def test_values_that_are_no_text(self):
        for value in (None, True, float('nan')):
            self.assert_refused('/unit/a: a string', huizhou, a=value)
        self.assert_refused('/unit/key_tasks[2]: a string', huizhou,
                            key_tasks=[{'name': 'a'}, None])

    def test_characters_that_xml_cannot_hold(self):
        self.assert_refused('/unit/a: character U+0001', huizhou, a='\x01')
        self.assert_refused('/unit/a: character U+D800', huizhou, a='\ud800')

    def test_key_that_is_no_name(self):
        self.assert_refused('snake_case', huizhou, **{'a b': ''})

    def test_repeated_key(self):
        self.assert_refused('"a" stands twice', json2xml.parse,
                            '{"a": "1", "a": "2"}')

    def test_unknown_kind(self):
        self.assert_refused('give --kind', document, '{"document": {}}')

    def test_no_document(self):
        self.assert_refused('"document"', document, '{"units": []}')


class Records(unittest.TestCase):
    def test_one_record_a_line(self):
        self.assertEqual(
            records('{"unit": "甲", "value": "≥1%"}\n\n{"unit": ""}\n'),
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<records>\n'
            '  <record>\n'
            '    <unit>甲</unit>\n'
            '    <value>≥1%</value>\n'
            '  </record>\n'
            '  <record>\n'
            '    <unit/>\n'
            '  </record>\n'
            '</records>\n')

    def test_layout_can_be_named(self):
        self.assertIn('<?gongshi-layout rows?>\n<records>',
                      records('', layout='rows'))

    def test_faults_name_the_line(self):
        for line in ('{"a": {}}', '[]', '{"a"'):
            with self.assertRaises(json2xml.Problem) as caught:
                records('{}\n' + line)
            self.assertIn('line 2: ', str(caught.exception))

    def test_lines_are_read_one_by_one(self):
        seen = []

        def lines():
            for number in range(3):
                seen.append(out.getvalue().count('</record>'))
                yield '{"a": "%d"}' % number

        out = io.StringIO()
        json2xml.write_records(out, lines())
        self.assertEqual(seen, [0, 1, 2])


class CommandLine(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def run_tool(self, content, *options):
        with open(os.path.join(self.folder, 'in'), 'wb') as file:
            file.write(content.encode())
        run = subprocess.run(
            [sys.executable, TOOL, 'in', *options], cwd=self.folder,
            env={**os.environ, 'LC_ALL': 'C', 'PYTHONUTF8': '0'},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        return run.returncode, run.stdout.decode(), run.stderr.decode()

    def test_output_is_utf8_in_any_locale(self):
        status, out, err = self.run_tool('{"unit": "甲"}', '--jsonl')
        self.assertEqual((status, err), (0, ''))
        self.assertIn('<unit>甲</unit>', out)

    def test_output_file(self):
        status, out, _ = self.run_tool('{"a": "1"}', '--jsonl', '-o', 'out')
        self.assertEqual((status, out), (0, ''))
        self.assertEqual(sorted(os.listdir(self.folder)), ['in', 'out'])

    def test_a_failure_leaves_no_file(self):
        status, _, err = self.run_tool('{"a": "1"}\n{', '--jsonl', '-o', 'out')
        self.assertEqual(status, 1)
        self.assertTrue(err.startswith('json2xml: in: line 2: '), err)
        self.assertEqual(os.listdir(self.folder), ['in'])

    def test_kind_and_layout_can_be_given(self):
        status, out, _ = self.run_tool('{"document": {}}', '--kind',
                                       'huizhou-overall', '--layout', 'mine')
        self.assertEqual(status, 0)
        self.assertIn('<?gongshi-layout mine?>\n<municipal_target', out)

    def test_missing_input(self):
        run = subprocess.run([sys.executable, TOOL, 'nowhere'],
                             cwd=self.folder, stderr=subprocess.PIPE,
                             check=False)
        self.assertEqual(run.returncode, 1)
        self.assertTrue(run.stderr.startswith(b'json2xml: nowhere: '))


if __name__ == '__main__':
    unittest.main()
