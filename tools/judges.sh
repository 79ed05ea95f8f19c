#!/usr/bin/env bash
# Fetches judges of our PDFs that Debian does not have, into build/judges: PDFium,
# as WebAssembly for Node.js. Tests use them where they are and are skipped else.
set -eu
cd "$(dirname "$0")/.."

judges=build/judges
packages=(@embedpdf/pdfium@2.15.1)

if ! command -v npm >/dev/null; then
    echo "judges: there is no npm (Debian: nodejs, npm)" >&2
    exit 1
fi
mkdir -p "$judges"
npm install --prefix "$judges" --no-audit --no-fund --no-save --ignore-scripts \
    --silent "${packages[@]}"
echo "judges: $(du -sh "$judges" | cut -f1) in $judges"
