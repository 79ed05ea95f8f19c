/*
 * Decoders of pictures, one a kind of file: the header is read and its bounds
 * checked before room is made for pixels.
 */
#ifndef GS_DATA_DECODE_H
#define GS_DATA_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct gs_arena;
struct gs_image;

#define GS_CHANNELS 4

struct gs_encoded {
    const void *bytes;
    size_t size;
    const char *path; /* for messages */
    struct gs_loc loc;
};

/*
 * They fill in all of the image but its path, and return its pixels, which may
 * still be changed; NULL after a diagnostic.
 */
uint8_t *gs_decode_png(struct gs_arena *arena, const struct gs_encoded *encoded,
        struct gs_image *image, struct gs_diag *diag);
uint8_t *gs_decode_jpeg(struct gs_arena *arena,
        const struct gs_encoded *encoded, struct gs_image *image,
        struct gs_diag *diag);

/* Room for the pixels, or NULL after a diagnostic. */
uint8_t *gs_decode_room(struct gs_arena *arena,
        const struct gs_encoded *encoded, unsigned width, unsigned height,
        struct gs_diag *diag);

/* `words` are what is wrong with the file. */
void gs_decode_refuse(const struct gs_encoded *encoded, const char *words,
        struct gs_diag *diag);

#endif
