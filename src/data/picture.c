/*
 * Pictures: reading PNG through libpng's simplified interface.
 */
#include "data/picture.h"

#include <stdint.h>

#include <glib.h>
#include <png.h>

#include "base/arena.h"
#include "base/file.h"
#include "model/image.h"

#define CHANNELS 4

/* Paper is at least this light; what is lighter fades out towards 255. */
#define PAPER_LIGHTNESS 200

static void refuse_size(struct gs_arena *arena, const char *path,
        const png_image *header, struct gs_loc loc, struct gs_diag *diag)
{
    gs_diag_add(diag, GS_DIAG_PICTURE_TOO_LARGE, loc,
            GS_ARGS(path, gs_arena_printf(arena, "%u", header->width),
                    gs_arena_printf(arena, "%u", header->height),
                    gs_arena_printf(arena, "%u", GS_PICTURE_PIXELS_MAX)));
}

static void refuse_format(const char *path, const char *words,
        struct gs_loc loc, struct gs_diag *diag)
{
    gs_diag_add(diag, GS_DIAG_PICTURE_FORMAT, loc, GS_ARGS(path, words));
}

/*
 * Reads the header, checks the bounds, and only then makes room for the pixels.
 * The image is libpng's to free.
 */
static uint8_t *decode(struct gs_arena *arena, const char *path,
        png_image *image, const char *bytes, size_t size, struct gs_loc loc,
        struct gs_diag *diag)
{
    if (!png_image_begin_read_from_memory(image, bytes, size)) {
        refuse_format(path, image->message, loc, diag);
        return NULL;
    }
    uint64_t pixels = (uint64_t)image->width * image->height;
    if (pixels == 0 || pixels > GS_PICTURE_PIXELS_MAX) {
        refuse_size(arena, path, image, loc, diag);
        return NULL;
    }
    image->format = PNG_FORMAT_RGBA;
    uint8_t *rgba = GS_MAKE_ARRAY(arena, uint8_t, pixels * CHANNELS);
    if (!png_image_finish_read(image, NULL, rgba, 0, NULL) ||
            PNG_IMAGE_FAILED(*image)) {
        refuse_format(path, image->message, loc, diag);
        return NULL;
    }
    return rgba;
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
        uint8_t *pixel = rgba + i * CHANNELS;
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
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (gs_file_read(
                passing, file, GS_PICTURE_SIZE_MAX, loc, diag, &bytes, &size)) {
        rgba = decode(arena, path, &image, bytes, size, loc, diag);
    }
    png_image_free(&image);
    gs_arena_free(passing);
    if (rgba == NULL) {
        return NULL;
    }
    if (white_to_transparent) {
        remove_paper(rgba, (size_t)image.width * image.height);
    }
    struct gs_image *result = GS_MAKE(arena, struct gs_image);
    *result = (struct gs_image){.width = image.width,
            .height = image.height,
            .rgba = rgba,
            .path = gs_arena_strdup(arena, path)};
    return result;
}
