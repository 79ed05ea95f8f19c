#!/usr/bin/env bash
# Builds and tests twice: as released, and under AddressSanitizer and UBSan
# (not with GONGSHI_SKIP_ASAN=1). The summaries come last.
set -eu
cd "$(dirname "$0")/.."

presets=(release)
if [ "${GONGSHI_SKIP_ASAN:-0}" != 1 ]; then
    presets+=(asan)
fi

# CTest's verdict and, after it, the tests that failed.
summary() { sed -n '/tests passed, /,$p' "$1"; }

status=0
for preset in "${presets[@]}"; do
    printf '\n== %s\n' "$preset"
    [ -f "build/$preset/build.ninja" ] || cmake --preset "$preset"
    cmake --build "build/$preset"
    ctest --preset "$preset" -j "$(nproc)" --output-log "build/$preset/tests.log" ||
        status=1
done

for preset in "${presets[@]}"; do
    printf '\n== %s: ' "$preset"
    summary "build/$preset/tests.log"
done
exit "$status"
