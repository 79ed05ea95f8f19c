#!/usr/bin/env python3
"""
Measures the program and prints a table; see README.md.

    measure.py BUILD WORK [--runs 15]

WORK/units holds the units' XML. All runs are pinned to one core.
"""
import argparse
import glob
import os
import re
import statistics
import subprocess
import time

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
FORM = os.path.join(ROOT, 'data', 'huizhou-2022.xml')
WRITERS = ['pdf', 'cairo', 'haru']
STAGES = ['data', 'form', 'bind', 'fonts', 'layout', 'write']


def cold(program, writer, out):
    """One process: milliseconds, peak memory in kB, milliseconds by stage."""
    command = [program, 'render', FORM, '--writer', writer, '--to', 'pdf',
               '-o', out, '--time']
    began = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    errors = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    took = (time.perf_counter() - began) * 1000
    process.stderr.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(errors)
    stages = {name: float(ms) for name, ms in
              re.findall(r'^(\w+) +([0-9.]+) ms$', errors, re.M)}
    return took, usage.ru_maxrss, stages


def small_size(program, out):
    """Of the direct writer's file where size is worth more than time."""
    subprocess.run([program, 'render', FORM, '--compress', 'small', '-o', out],
                   check=True)
    return os.path.getsize(out)


def numbers(text):
    """Lines of "name 1.5"; others are left out."""
    return {name: float(value) for name, value in
            re.findall(r'^([\w-]+) ([0-9.]+)$', text, re.M)}


def warm(driver, writer, files):
    done = subprocess.run([driver, writer] + files, stdout=subprocess.PIPE,
                          check=True, text=True)
    return numbers(done.stdout)


def text_stage(driver, files):
    done = subprocess.run([driver] + files, stdout=subprocess.PIPE,
                          check=True, text=True)
    return numbers(done.stdout)


def megabytes(kilobytes):
    return '%.1f MB' % (kilobytes / 1024)


def row(label, *values):
    print('  %-34s %s' % (label, '  '.join('%12s' % v for v in values)))


def stage_rows(title, per_writer):
    row(title)
    for stage in STAGES:
        row('  ' + stage, *('%.2f ms' % times.get(stage, 0)
                            for times in per_writer))


def measure_writer(options, writer, files):
    out = os.path.join(options.work, writer + '.pdf')
    program = os.path.join(options.build, 'bin', 'gongshi')
    cold(program, writer, out)  # brings the files into the page cache
    samples = [cold(program, writer, out) for _ in range(options.runs)]
    many = warm(os.path.join(options.build, 'bin', 'bench_warm'), writer, files)
    return {
        'cold': statistics.median(s[0] for s in samples),
        'cold-memory': max(s[1] for s in samples),
        'cold-stages': {stage: statistics.median(
            s[2].get(stage, 0) for s in samples) for stage in STAGES},
        'size': os.path.getsize(out),
        'warm': many,
        'warm-stages': {s: many['stage-' + s] for s in STAGES},
    }


def peer(options):
    """What another program says of itself; {} where there is none."""
    folder = os.environ.get('PEER_DIR')
    if not folder:
        return {}
    out = os.path.join(options.work, 'peer')
    os.makedirs(out, exist_ok=True)
    done = subprocess.run(
        [os.path.join(folder, 'peer.sh'), os.path.join(options.work, 'units'),
         out], stdout=subprocess.PIPE, check=True, text=True)
    return numbers(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[1])
    parser.add_argument('build')
    parser.add_argument('work')
    parser.add_argument('--runs', type=int, default=15)
    options = parser.parse_args()
    options.runs = max(options.runs, 10)

    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    files = sorted(glob.glob(os.path.join(options.work, 'units', '*.xml')))
    results = [measure_writer(options, w, files) for w in WRITERS]
    text = text_stage(os.path.join(options.build, 'bin', 'bench_text'), files)
    other = peer(options)

    print('core %d; cold: median of %d processes; warm: %d distinct units'
          % (core, options.runs, len(files)))
    row('', *WRITERS)
    row('cold, one Huizhou form', *('%.1f ms' % r['cold'] for r in results))
    row('  peak memory', *(megabytes(r['cold-memory']) for r in results))
    row('  file', *('%.1f kB' % (r['size'] / 1000) for r in results))
    row('  file with --compress small', '%.1f kB' % (small_size(
        os.path.join(options.build, 'bin', 'gongshi'),
        os.path.join(options.work, 'small.pdf')) / 1000))
    row('warm, a form: median',
        *('%.2f ms' % r['warm']['median'] for r in results))
    row('  mean', *('%.2f ms' % r['warm']['mean'] for r in results))
    row('  slowest', *('%.2f ms' % r['warm']['slowest'] for r in results))
    row('  first, fonts and layout loaded',
        *('%.1f ms' % r['warm']['first'] for r in results))
    row('  peak memory', *(megabytes(r['warm']['memory']) for r in results))
    row('  file, mean', *('%.1f kB' % (r['warm']['size'] / 1000)
                          for r in results))
    row('  pages, mean', *('%.2f' % r['warm']['pages'] for r in results))
    stage_rows('cold, by stage (median)', [r['cold-stages'] for r in results])
    stage_rows('warm, by stage (median)', [r['warm-stages'] for r in results])
    row('text alone, warm, a form: PangoLayout', '%.3f ms' % text['pango'])
    row('  ours', '%.3f ms' % text['text'], '%.1f times' % text['ratio'])
    row('  of that, the breaks of prose', '%.0f %%' % (100 * text['fit']))
    for name, ms in other.items():
        ours = {'cold': 'cold', 'warm': 'mean'}.get(name)
        ratios = [ms / (r['cold'] if ours == 'cold' else r['warm']['mean'])
                  for r in results] if ours else []
        row('peer, %s: %.2f ms, times ours' % (name, ms),
            *('%.2f' % ratio for ratio in ratios))


if __name__ == '__main__':
    main()
