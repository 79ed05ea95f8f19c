#!/usr/bin/env bash
# Renders every data document that names its layout, of data/ and examples/,
# into out/: a PDF each, and its first page as PNG. Tells what it made.
#
#   tools/demo.sh [build folder, default build/release]
set -u
cd "$(dirname "$0")/.."

program=${1:-build/release}/bin/gongshi
out=out
mkdir -p "$out"

made=0
failed=()
shopt -s nullglob
for data in data/*.xml examples/*/*.xml; do
    grep -q '<?gongshi-layout' "$data" || continue

    # examples/notice/data.xml becomes notice-data.pdf
    name=${data%.xml}
    name=${name#data/}
    name=${name#examples/}
    name=${name//\//-}
    pdf=$out/$name.pdf
    rm -f "$pdf" "$out/$name.png"
    if ! "$program" render "$data" -o "$pdf" || [ ! -s "$pdf" ] ||
        ! pdftoppm -png -r 100 -f 1 -singlefile "$pdf" "$out/$name"; then
        failed+=("$data")
        continue
    fi
    pages=$(pdfinfo "$pdf" | sed -n 's/^Pages: *//p')
    printf '%-40s %3s pages %8s bytes  from %s\n' \
        "$pdf" "$pages" "$(stat -c %s "$pdf")" "$data"
    made=$((made + 1))
done

printf '%d documents in %s/, first pages as PNG beside them\n' "$made" "$out"
if [ "${#failed[@]}" -gt 0 ]; then
    printf 'failed: %s\n' "${failed[*]}" >&2
    exit 1
fi
[ "$made" -gt 0 ]
