/*
 * Pictures: decoded, 8-bit RGBA, not premultiplied, rows from the top.
 */
#ifndef GS_MODEL_IMAGE_H
#define GS_MODEL_IMAGE_H

#include <stdint.h>

struct gs_image {
    unsigned width, height; /* pixels, each ≥ 1 */
    const uint8_t *rgba;    /* width * height * 4 bytes */
    const char *path;       /* the file it came from, for messages */
};

#endif
