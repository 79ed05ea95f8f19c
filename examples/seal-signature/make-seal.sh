#!/usr/bin/env bash
# Draws seal.png, the seal of an organ that does not exist, on white paper.
# Needs ImageMagick; the picture it made is kept, so nobody has to run it.
set -eu
cd "$(dirname "$0")"
font=../../fonts/fandol/FandolSong-Bold.otf
convert -size 480x480 xc:white -fill none -stroke '#d40000' -strokewidth 12 \
    -draw 'circle 240,240 240,12' -stroke none -fill '#d40000' -font "$font" \
    -gravity north -pointsize 62 -annotate +0+70 '示例单位乙' \
    -gravity center -pointsize 112 -annotate +0+0 '样 章' \
    -colors 16 -strip PNG8:seal.png
