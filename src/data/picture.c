/*
 * Pictures: from the name in the data to pixels; what kind of file it is, its
 * first bytes say.
 */
#include "data/picture.h"

#include <stdint.h>

#include <glib.h>

#include "base/arena.h"
#include "base/file.h"
#include "data/decode.h"
#include "data/jpeg.h"
#include "model/image.h"

/* Paper is at least this light; what is lighter fades out towards 255. */
#define PAPER_LIGHTNESS 200

void gs_decode_refuse(const struct gs_encoded *encoded, const char *words,
        struct gs_diag *diag)
{
    gs_diag_add(diag, GS_DIAG_PICTURE_FORMAT, encoded->loc,
            GS_ARGS(encoded->path, words));
}

uint8_t *gs_decode_room(struct gs_arena *arena,
        const struct gs_encoded *encoded, unsigned width, unsigned height,
        struct gs_diag *diag)
{
    uint64_t pixels = (uint64_t)width * height;
    if (pixels == 0 || pixels > GS_PICTURE_PIXELS_MAX) {
        gs_diag_add(diag, GS_DIAG_PICTURE_TOO_LARGE, encoded->loc,
                GS_ARGS(encoded->path, gs_arena_printf(arena, "%u", width),
                        gs_arena_printf(arena, "%u", height),
                        gs_arena_printf(arena, "%u", GS_PICTURE_PIXELS_MAX)));
        return NULL;
    }
    return GS_MAKE_ARRAY(arena, uint8_t, pixels * GS_CHANNELS);
}

static uint8_t *decode(struct gs_arena *arena, const struct gs_encoded *encoded,
        struct gs_image *image, struct gs_diag *diag)
{
    return gs_jpeg_is_one(encoded->bytes, encoded->size)
            ? gs_decode_jpeg(arena, encoded, image, diag)
            : gs_decode_png(arena, encoded, image, diag);
}

/*
 * Lightness is that of the darkest channel: a red impression on white paper has
 * a full red channel everywhere, and its green and blue tell ink from paper.
 * The white is taken out of the colour as well as out of the alpha, so that over
 * white the picture looks as it did.
 */
static void remove_paper(uint8_t *rgba, size_t pixels)
{
    for (size_t i = 0; i < pixels; i++) {
        uint8_t *pixel = rgba + i * GS_CHANNELS;
        int lightness = MIN(pixel[0], MIN(pixel[1], pixel[2]));
        if (lightness <= PAPER_LIGHTNESS) {
            continue;
        }
        int alpha = (255 - lightness) * 255 / (255 - PAPER_LIGHTNESS);
        for (int c = 0; c < 3; c++) {
            int ink = alpha > 0 ? 255 - (255 - pixel[c]) * 255 / alpha : 255;
            pixel[c] = (uint8_t)CLAMP(ink, 0, 255);
        }
        pixel[3] = (uint8_t)(pixel[3] * alpha / 255);
    }
}

/* A file's path after the root was checked, or NULL after a diagnostic. */
static const char *find_file(struct gs_arena *arena, const char *root,
        const char *base, const char *path, struct gs_loc loc,
        struct gs_diag *diag)
{
    char *file = NULL;
    switch (gs_file_find(arena, root, base, path, &file)) {
    case GS_FILE_FOUND:
        break;
    case GS_FILE_MISSING:
        gs_diag_add(diag, GS_DIAG_PICTURE_MISSING, loc, GS_ARGS(path, root));
        break;
    case GS_FILE_OUTSIDE:
        gs_diag_add(diag, GS_DIAG_PATH_OUTSIDE_ROOT, loc, GS_ARGS(path, root));
        break;
    }
    return file;
}

const struct gs_image *gs_picture_load(struct gs_arena *arena, const char *root,
        const char *base, const char *path, bool white_to_transparent,
        struct gs_loc loc, struct gs_diag *diag)
{
    const char *file = find_file(arena, root, base, path, loc, diag);
    if (file == NULL) {
        return NULL;
    }
    /* The file's bytes are needed no longer than its decoding. */
    struct gs_arena *passing = gs_arena_new();
    const char *bytes;
    size_t size;
    uint8_t *rgba = NULL;
    struct gs_image *image = GS_MAKE(arena, struct gs_image);
    if (gs_file_read(
                passing, file, GS_PICTURE_SIZE_MAX, loc, diag, &bytes, &size)) {
        struct gs_encoded encoded = {bytes, size, path, loc};
        rgba = decode(arena, &encoded, image, diag);
    }
    gs_arena_free(passing);
    if (rgba == NULL) {
        return NULL;
    }
    image->path = gs_arena_strdup(arena, path);
    if (white_to_transparent) {
        remove_paper(rgba, (size_t)image->width * image->height);
        image->jpeg = NULL; /* it shows the paper */
    }
    return image;
}
