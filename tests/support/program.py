"""
Runs the program for the golden tests; what it made is kept while the tests run.

Environment: GONGSHI is the program, SRC the project's folder.
"""
import atexit
import functools
import glob
import os
import re
import shutil
import subprocess
import tempfile

ROOT = os.environ.get('SRC') or os.path.abspath(
    os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
PROGRAM = os.environ.get('GONGSHI') or os.path.join(
    ROOT, 'build', 'release', 'bin', 'gongshi')
UPDATE = os.environ.get('GONGSHI_UPDATE') == '1'


def name_of(data):
    """data/huizhou-2022.xml -> huizhou-2022; examples/a/b.xml -> a-b"""
    stem = os.path.splitext(os.path.basename(data))[0]
    folder = os.path.basename(os.path.dirname(data))
    return stem if folder == 'data' else folder + '-' + stem


def names_a_layout(path):
    with open(path, encoding='utf-8', errors='replace') as file:
        return re.search(r'<\?gongshi-layout\s+\S+?\s*\?>', file.read()) is not None


def disclosures():
    """The five documents."""
    return sorted(glob.glob(os.path.join(ROOT, 'data', '*.xml')))


def documents():
    """The five, and the examples' data files that name a layout."""
    return disclosures() + sorted(
        path for path in glob.glob(os.path.join(ROOT, 'examples', '*', '*.xml'))
        if names_a_layout(path))


@functools.lru_cache(maxsize=None)
def scratch():
    folder = tempfile.mkdtemp(prefix='gongshi-golden-')
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@functools.lru_cache(maxsize=None)
def comma_locale():
    """Environment of a locale that writes 1,5; {} where none can be made."""
    folder = os.path.join(scratch(), 'locale')
    os.makedirs(folder, exist_ok=True)
    try:
        subprocess.run(['localedef', '-f', 'UTF-8', '-i', 'de_DE',
                        os.path.join(folder, 'de_DE.UTF-8')],
                       capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {'LOCPATH': folder, 'LC_ALL': 'de_DE.UTF-8'}


class Failed(Exception):
    pass


@functools.lru_cache(maxsize=None)
def render(data, to='pages', writer=None, standard=None):
    """The path of what `gongshi render` makes of a data file."""
    out = os.path.join(scratch(), '-'.join(
        [name_of(data), writer or 'default'] + [standard] * bool(standard)) + '.' + to)
    command = [PROGRAM, 'render', data, '--to', to, '-o', out]
    if writer:
        command += ['--writer', writer]
    if standard:
        command += ['--standard', standard]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0 or not os.path.exists(out):
        raise Failed('%s: status %d\n%s' % (
            ' '.join(command), done.returncode, done.stderr))
    return out
