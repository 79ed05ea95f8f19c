/*
 * JPEG files: their segments.  What the pixels are is for a decoder to say; here
 * the file is taken apart and put together without what is not the picture.
 */
#ifndef GS_DATA_JPEG_H
#define GS_DATA_JPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_arena;

struct gs_jpeg {
    /*
     * The file from SOI to EOI without comments and without application
     * segments, but for the fixed parts of JFIF (no thumbnail) and Adobe.
     */
    const uint8_t *bytes;
    size_t size;

    bool is_arithmetic; /* its coding, which PDF readers do not know */
    bool has_adobe; /* the Adobe segment, and what it says: */
    unsigned transform; /* 0 as stored, 1 YCbCr, 2 YCCK */
    unsigned orientation; /* EXIF, 1 to 8; 1 is upright, also if not given */
};

bool gs_jpeg_is_one(const void *bytes, size_t size);

/* False: a segment leaves the file, or the file ends before the picture does. */
bool gs_jpeg_parse(struct gs_arena *arena, const void *bytes, size_t size,
        struct gs_jpeg *jpeg);

#endif
