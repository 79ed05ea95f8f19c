/*
 * Pictures: PNG through libpng's simplified interface.
 */
#include "data/decode.h"

#include <png.h>

#include "base/arena.h"
#include "model/image.h"

static uint8_t *read_pixels(struct gs_arena *arena,
        const struct gs_encoded *encoded, png_image *png, struct gs_diag *diag)
{
    if (!png_image_begin_read_from_memory(png, encoded->bytes, encoded->size)) {
        gs_decode_refuse(encoded, png->message, diag);
        return NULL;
    }
    uint8_t *rgba =
            gs_decode_room(arena, encoded, png->width, png->height, diag);
    if (rgba == NULL) {
        return NULL;
    }
    png->format = PNG_FORMAT_RGBA;
    /* Without gAMA libpng would take 16-bit samples to be linear. */
    png->flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
    if (!png_image_finish_read(png, NULL, rgba, 0, NULL) ||
            PNG_IMAGE_FAILED(*png)) {
        gs_decode_refuse(encoded, png->message, diag);
        return NULL;
    }
    return rgba;
}

uint8_t *gs_decode_png(struct gs_arena *arena, const struct gs_encoded *encoded,
        struct gs_image *image, struct gs_diag *diag)
{
    png_image png = {.version = PNG_IMAGE_VERSION};
    uint8_t *rgba = read_pixels(arena, encoded, &png, diag);
    if (rgba != NULL) {
        *image = (struct gs_image){
                .width = png.width, .height = png.height, .rgba = rgba};
    }
    png_image_free(&png);
    return rgba;
}
