/*
 * Fuzz: any bytes as a picture.  What is passed on to writers must read as the
 * same picture again.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "data/decode.h"
#include "model/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Larger inputs find nothing new, slowly. */
#define SIZE_MAX_FUZZ ((size_t)64 << 10)

typedef uint8_t *decode_fn(struct gs_arena *, const struct gs_encoded *,
        struct gs_image *, struct gs_diag *);

static bool decode(decode_fn *decoder, struct gs_arena *arena,
        const uint8_t *bytes, size_t size, struct gs_image *image)
{
    struct gs_diag *diag = gs_diag_new();
    struct gs_encoded encoded = {bytes, size, "picture", GS_NO_LOC};
    bool ok = decoder(arena, &encoded, image, diag) != NULL;
    if (ok != (gs_diag_count(diag) == 0)) {
        abort();
    }
    gs_diag_free(diag);
    return ok;
}

static void check_passed_on(
        struct gs_arena *arena, const struct gs_image *image)
{
    struct gs_image again;
    if (image->jpeg == NULL) {
        return;
    }
    if (!decode(gs_decode_jpeg, arena, image->jpeg, image->jpeg_size, &again) ||
            again.jpeg_size != image->jpeg_size ||
            memcmp(again.jpeg, image->jpeg, image->jpeg_size) != 0 ||
            again.width != image->width || again.height != image->height ||
            memcmp(again.rgba, image->rgba,
                    (size_t)image->width * image->height * GS_CHANNELS) != 0) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_image image;
    if (size <= SIZE_MAX_FUZZ) {
        decode(gs_decode_png, arena, data, size, &image);
        if (decode(gs_decode_jpeg, arena, data, size, &image)) {
            check_passed_on(arena, &image);
        }
    }
    gs_arena_free(arena);
    return 0;
}
