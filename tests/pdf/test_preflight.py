#!/usr/bin/env python3
"""
PDFBox's preflight, a judge of PDF/A-1b that is not ours, on every document.

Skipped where Java or its libraries are not there; tools/setup.sh installs them.
"""
import os
import shutil
import subprocess
import sys
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(
    os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import judge  # noqa: E402
import pdfsample  # noqa: E402
import program  # noqa: E402

FOLDER = '/usr/share/java'
# The last two are of the Java that preflight was written for.
LIBRARIES = [os.path.join(FOLDER, name + '.jar') for name in (
    'preflight', 'pdfbox2', 'fontbox2', 'xmpbox', 'commons-logging', 'commons-io',
    'javax.activation', 'jaxb-api')]
PASSES = 'is a valid PDF/A-1b file'


def missing():
    if shutil.which('java') is None:
        return 'java'
    return next((path for path in LIBRARIES if not os.path.exists(path)), None)


def preflight(path):
    """Its findings; none where the file passes."""
    done = subprocess.run(
        ['java', '-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', ':'.join(LIBRARIES),
         'org.apache.pdfbox.preflight.Validator_A1b', path],
        capture_output=True, text=True)
    if done.returncode == 0 and PASSES in done.stdout:
        return []
    return [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]


class Preflight(unittest.TestCase):
    def test_every_document_passes(self):
        for data in program.documents():
            with self.subTest(document=program.name_of(data)):
                self.assertEqual(
                    preflight(program.render(data, 'pdf', 'pdf', 'a-1b')), [])

    def test_the_sample_passes_and_a_broken_one_does_not(self):
        for face in ('truetype', 'cff'):
            self.assertEqual(self.judge_sample(face, {}), [])
            self.assertNotEqual(self.judge_sample(face, {
                'Group': {'S': pdfsample.sample.Name('Transparency')}}), [])

    def judge_sample(self, face, keys_of_page):
        sample = pdfsample.Sample('a-1b', face)
        sample.page.update(keys_of_page)
        path = os.path.join(program.scratch(), 'sample-%s.pdf' % face)
        with open(path, 'wb') as file:
            file.write(sample.bytes())
        return preflight(path)


if __name__ == '__main__':
    judge.main(missing())
