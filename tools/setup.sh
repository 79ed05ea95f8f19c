#!/usr/bin/env bash
# Installs what Gongshi needs on Debian 12: packages, then the Fandol faces.
# Where everything is there already, it says nothing and takes no network.
#
#   tools/setup.sh               to build, test and run
#   tools/setup.sh --with-clang  also for make lint, make format, the presets
#                                clang and fuzz
set -eu
cd "$(dirname "$0")/.."

packages=(
    # build
    build-essential cmake ninja-build pkg-config gettext
    libxml2-dev libglib2.0-dev libpango1.0-dev libharfbuzz-dev
    libfreetype-dev libfontconfig-dev libcairo2-dev libhpdf-dev libpng-dev
    libdeflate-dev liblcms2-dev libturbojpeg0-dev
    # test
    libcmocka-dev libpoppler-glib-dev libxml2-utils poppler-utils qpdf python3
    unicode-data mupdf-tools nodejs libjs-pdf
    # fonts; and what fonts.sh needs to fetch the rest
    fonts-arphic-gbsn00lp fonts-arphic-gkai00mp fonts-arphic-uming
    fonts-wqy-zenhei fonts-liberation fonts-dejavu-core
    ca-certificates xz-utils
)
# test: PDFBox's preflight, a judge of PDF/A-1b, and what it loads
packages+=(
    openjdk-17-jre-headless libpdfbox2-java libcommons-io-java
    libcommons-logging-java libjaxb-api-java libactivation-java
)
if [ "${1:-}" = --with-clang ]; then
    packages+=(clang clang-format clang-tidy clang-tools libclang-rt-dev)
fi

say() { printf 'setup: %s\n' "$*" >&2; }

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        case $(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) in
        *' ok installed') ;;
        *) printf '%s\n' "$package" ;;
        esac
    done
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "this is no Debian; make sure of what these packages hold:"
    say "${packages[*]}"
else
    missing=$(missing_packages | tr '\n' ' ')
    if [ -n "$missing" ]; then
        as_root=(env DEBIAN_FRONTEND=noninteractive)
        if [ "$(id -u)" -ne 0 ]; then
            if ! command -v sudo >/dev/null; then
                say "packages are missing, and this is neither root nor is there sudo."
                say "As root: apt-get install -y --no-install-recommends $missing"
                exit 1
            fi
            as_root=(sudo "${as_root[@]}")
        fi
        say "installing $missing"
        "${as_root[@]}" apt-get update -q
        # shellcheck disable=SC2086 # one word a package
        "${as_root[@]}" apt-get install -q -y --no-install-recommends $missing
    fi
fi

exec tools/fonts.sh
