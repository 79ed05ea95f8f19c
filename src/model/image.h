/*
 * Pictures: decoded, 8-bit RGBA, not premultiplied, upright, rows from the top.
 *
 * Where a JPEG file shows just these pixels it is kept beside them, so that a
 * writer can pass it on instead of encoding the pixels again.  It is a whole
 * file, baseline or progressive, Huffman coded, of 8 bits a sample, with one
 * component (grey) or three (RGB or YCbCr, as readers take them to be), and holds
 * nothing but the picture: no EXIF, no profile, no thumbnail, no comment.
 */
#ifndef GS_MODEL_IMAGE_H
#define GS_MODEL_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_image {
    unsigned width, height; /* pixels, each ≥ 1 */
    const uint8_t *rgba;    /* width * height * 4 bytes */
    const char *path;       /* the file it came from, for messages */

    const uint8_t *jpeg; /* or NULL: there are only pixels */
    size_t jpeg_size;
    bool jpeg_is_grey; /* one component */
};

#endif
