#!/usr/bin/env bash
# tools/soak.sh BUILD: the long run of the property tests, on all cores. COUNT
# tables (200 000) from SEED (1) on, in portions that say where they begin.
set -eu
cd "$(dirname "$0")/.."

export BUILD=$1 TESTS_SOURCE_DIR=tests
count=${COUNT:-200000} first=${SEED:-1}
export PORTION=$((count < 5000 ? count : 5000))

portion() {
    for test in test_tables test_streams; do
        if ! log=$(SEED=$1 COUNT=$PORTION "$BUILD/tests/property/$test" 2>&1); then
            printf '%s\n' "$log"
            exit 255 # xargs then starts no more
        fi
    done
    echo "$PORTION tables from seed $1: good"
}
export -f portion

seq "$first" "$PORTION" $((first + count - 1)) |
    xargs -P "$(nproc)" -I{} bash -c 'portion {}'
