#!/usr/bin/env bash
# Builds the warm driver and runs all measurements; see bench/README.md.
#
#   bench/run.sh [build folder, default build/release]
set -eu
cd "$(dirname "$0")/.."

build=${1:-build/release}
[ -f "$build/build.ninja" ] || cmake --preset release -B "$build"
cmake --build "$build" --target gongshi bench_warm bench_text >&2

work=$(mktemp -d "${TMPDIR:-/tmp}/gongshi-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
python3 bench/make_units.py "$work/units" --count "${UNITS:-200}"
python3 bench/measure.py "$build" "$work" --runs "${RUNS:-15}"
python3 bench/measure_rows.py "$build" "$work" --rows "${ROWS:-1000,10000,100000}"
