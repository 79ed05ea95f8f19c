#!/usr/bin/env python3
"""
The checker of PDF files, tested: the sample passes, and each rule finds the file
that is broken where it looks, and nothing else there.
"""
import os
import sys
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'support')]
import broken_files  # noqa: E402
import pdfcheck  # noqa: E402
import pdfsample  # noqa: E402
from pdfcheck import fontfile  # noqa: E402
from pdfcheck.objects import Broken, Lexer, Name, Ref, String  # noqa: E402


def sample_of(profile, face):
    return pdfsample.Sample(profile.split(',')[0], face)


class Good(unittest.TestCase):
    def test_the_sample_passes(self):
        for profile in ('a-2a,ua-1', 'a-2u', 'a-2b', 'a-1b', 'none'):
            for face in ('truetype', 'cff'):
                with self.subTest(profile=profile, face=face):
                    words = 'a-2a' if profile == 'none' else profile
                    self.assertEqual(
                        pdfcheck.check(sample_of(words, face).bytes(), profile), [])

    def test_the_sample_with_its_source_attached_passes(self):
        sample = sample_of('a-3a', 'truetype')
        broken_files.attach(sample)
        self.assertEqual(pdfcheck.check(sample.bytes(), 'a-3a,ua-1'), [])


class Broken_(unittest.TestCase):
    def test_each_break_is_found_by_its_rule_alone(self):
        for case in broken_files.CASES:
            line = case.damage.__code__.co_firstlineno
            with self.subTest(rule=case.id, line=line):
                sample = sample_of(case.profile, case.face)
                if case.profile.startswith('a-3') and 'attach' not in case.id:
                    broken_files.attach(sample)
                case.damage(sample)
                found = {f.id for f in pdfcheck.check(sample.bytes(), case.profile)}
                self.assertIn(case.id, found)
                self.assertEqual(found - {case.id}, set(case.also))

    def test_each_rule_is_broken_by_a_case(self):
        found = {case.id.split('-', 1)[1] for case in broken_files.CASES}
        self.assertEqual({rule.name for rule in pdfcheck.RULES} - found, set())

    def test_rules_have_names_of_their_own(self):
        names = [rule.name for rule in pdfcheck.RULES]
        self.assertEqual(len(names), len(set(names)))

    def test_cut_off_and_damaged_files_are_findings(self):
        data = pdfsample.Sample('a-2a').bytes()
        for end in range(0, len(data) - 1, 97):
            self.assertTrue(pdfcheck.check(data[:end], 'a-2a,ua-1'))


class Lexing(unittest.TestCase):
    def test_objects(self):
        for text, value in (
                (b'12', 12), (b'-.5', -0.5), (b'/A#20b', Name('A b')), (b'4 0 R', Ref(4, 0)),
                (b'[1 0 R 3]', [Ref(1, 0), 3]), (b'<4>', b'@'),
                (b'(a(b)\\)\\101\\\nc)', b'a(b))Ac'), (b'(a\r\nb)', b'a\nb'),
                (b'<</A true/B null>>', {'A': True, 'B': None}), (b'% x\n7', 7)):
            with self.subTest(text=text):
                self.assertEqual(Lexer(text).object(), value)

    def test_what_is_no_object_is_refused(self):
        for text in (b'(abc', b'[1 2', b'<</A>>', b'<</A 1 /A 2>>', b'<</A 1', b'<12x>', b'[1 abc]'):
            with self.subTest(text=text):
                self.assertRaises(Broken, Lexer(text).object)

    def test_odd_hexadecimal_is_told(self):
        self.assertTrue(Lexer(b'<123>').object().odd)
        self.assertFalse(Lexer(b'<12 34>').object().odd)
        self.assertIsInstance(Lexer(b'<12>').object(), String)


class Programs(unittest.TestCase):
    def test_widths_through_subroutines(self):
        from pdfsample import programs as made
        program = fontfile.Cff(made.cff([500, 700], [9]))
        self.assertEqual((program.widths, program.charset), ([500, 700], [0, 9]))
        self.assertEqual((program.gid_of(9), program.gid_of(1)), (1, None))
        program.global_subrs = [made.charstring(7) + b'\x0b', made.charstring(1) * 2 + b'\x15']
        call = made.charstring(-107) + b'\x1d' + made.charstring(-106) + b'\x1d'
        self.assertEqual(program.first_operator(call, [], [], 0), (True, 7))

    def test_cut_off_programs_are_refused(self):
        from pdfsample import programs as made
        for program, reader in ((made.cff([500, 700], [9]), fontfile.Cff),
                                (made.truetype([500, 600, 250]), fontfile.TrueType)):
            for end in range(0, len(program) - 30, 7):
                with self.subTest(reader=reader.__name__, end=end):
                    self.assertRaises(Broken, reader, program[:end])


if __name__ == '__main__':
    unittest.main()
