#!/usr/bin/env bash
# Puts the six Fandol faces and their licence into fonts/fandol/.
#
# They are the only free faces that have 仿宋 for simplified Chinese. Debian
# carries them inside texlive-lang-chinese: the package is downloaded (49 MB,
# kept in the cache folder) and unpacked, not installed, so TeX stays out.
set -eu
cd "$(dirname "$0")/../fonts"

package=texlive-lang-chinese
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/gongshi

# Version 0.3 of 2015. The pages that the tests compare depend on these bytes.
sums='d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9  FandolFang-Regular.otf
42ca2de27b45e16a284768673b6205a5add9e17871ee0e7db9c0d03f061d96fd  FandolHei-Bold.otf
4afa97aa8751e0118617df88272b58d43691b5cffb7ea024c4580496e9f34d28  FandolHei-Regular.otf
ea7e7fb4f9b3ac694a68d43946e04d21deed6e8c29a7c2d3081e1a4138f2f827  FandolKai-Regular.otf
ffa76a70e128947a4dd22151d5ee829b23e24ce3cb6fe8ad49891cd1c2d9e9b9  FandolSong-Bold.otf
a3820003227d4abe31fe28b493200d94a849ccfd078b50a019264f70353020b0  FandolSong-Regular.otf'

say() { printf 'fonts: %s\n' "$*" >&2; }

# has_faces folder: whether it holds all six, whole
has_faces() {
    [ -d "$1" ] && (cd "$1" && sha256sum --check --status <<<"$sums") 2>/dev/null
}

# apt_get ...: as root, apt would fetch as user _apt, who may not see the cache
apt_get() {
    if [ "$(id -u)" -eq 0 ]; then
        apt-get -q -o APT::Sandbox::User=root "$@"
    else
        apt-get -q "$@"
    fi
}

# find_package: the newest whole one in the cache. A download is renamed into
# place only when it is complete; what is cut short nevertheless goes away.
find_package() {
    local deb
    for deb in $(ls -t "$cache/$package"_*.deb 2>/dev/null); do
        if dpkg-deb --fsys-tarfile "$deb" 2>/dev/null | tar -t >/dev/null 2>&1; then
            printf '%s\n' "$deb"
            return
        fi
        say "$deb is damaged and removed"
        rm -f "$deb"
    done
    return 1
}

download_package() (
    scratch=$(mktemp -d "$cache/download.XXXXXX")
    trap 'rm -rf "$scratch"' EXIT
    cd "$scratch"
    say "downloading $package (49 MB)"
    if ! apt_get download "$package"; then
        # No package lists, or old ones.
        if [ "$(id -u)" -eq 0 ]; then
            apt_get update
        elif command -v sudo >/dev/null; then
            sudo apt-get -q update
        else
            exit 1
        fi
        apt_get download "$package" || exit 1
    fi
    mv "$package"_*.deb "$cache/"
)

if has_faces fandol; then
    exit 0
fi
if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    say "put the faces of CTAN's fandol 0.3 into fonts/fandol/"
    exit 1
fi

mkdir -p "$cache"
set -o pipefail
if ! deb=$(find_package); then
    if ! download_package || ! deb=$(find_package); then
        say "cannot download $package; put its .deb into $cache/"
        exit 1
    fi
fi

# Unpacked aside and renamed, so that fonts/fandol is whole or not there.
scratch=$(mktemp -d .fandol.XXXXXX)
trap 'rm -rf "$scratch"' EXIT
dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$scratch" --no-same-owner \
    --wildcards --transform='s,.*/,,' \
    './usr/share/texlive/*/public/fandol/*.otf' \
    './usr/share/doc/*/fonts/fandol/README' \
    './usr/share/doc/*/fonts/fandol/COPYING.gz'
rm -f "$scratch"/FandolBraille-*.otf
gunzip "$scratch/COPYING.gz"
if ! has_faces "$scratch"; then
    say "$deb holds other faces than expected; see the sums in tools/fonts.sh"
    exit 1
fi
chmod 755 "$scratch"
rm -rf fandol
mv "$scratch" fandol
say "fonts/fandol: six faces of $(basename "$deb")"
