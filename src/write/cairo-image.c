/*
 * Pictures for the Cairo writer: RGBA to Cairo's premultiplied words.
 */
#include "write/cairo-image.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "model/image.h"

static uint32_t premultiplied(const uint8_t *rgba)
{
    uint32_t alpha = rgba[3];
    uint32_t red = (rgba[0] * alpha + 127) / 255;
    uint32_t green = (rgba[1] * alpha + 127) / 255;
    uint32_t blue = (rgba[2] * alpha + 127) / 255;

    return alpha << 24 | red << 16 | green << 8 | blue;
}

static bool is_opaque(const struct gs_image *image)
{
    size_t count = (size_t)image->width * image->height;

    for (size_t i = 0; i < count; i++) {
        if (image->rgba[i * 4 + 3] != 255) {
            return false;
        }
    }
    return true;
}

static void copy_pixels(cairo_surface_t *surface, const struct gs_image *image)
{
    cairo_surface_flush(surface);
    unsigned char *rows = cairo_image_surface_get_data(surface);
    size_t stride = (size_t)cairo_image_surface_get_stride(surface);

    for (size_t y = 0; y < image->height; y++) {
        const uint8_t *rgba = image->rgba + y * image->width * 4;
        for (size_t x = 0; x < image->width; x++) {
            uint32_t pixel = premultiplied(rgba + x * 4);
            memcpy(rows + y * stride + x * sizeof(pixel), &pixel,
                    sizeof(pixel));
        }
    }
    cairo_surface_mark_dirty(surface);
}

static void free_text(void *text)
{
    g_free(text);
}

cairo_surface_t *gs_cairo_image(const struct gs_image *image, unsigned number)
{
    cairo_surface_t *surface = cairo_image_surface_create(
            is_opaque(image) ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32,
            (int)image->width, (int)image->height);

    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS) {
        return surface;
    }
    copy_pixels(surface, image);
    if (image->jpeg != NULL) { /* the document's, which outlives the surface */
        cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_JPEG, image->jpeg,
                image->jpeg_size, NULL, NULL);
    }
    char *id = g_strdup_printf("gongshi-%u", number);
    if (cairo_surface_set_mime_data(surface, CAIRO_MIME_TYPE_UNIQUE_ID,
                (const unsigned char *)id, strlen(id), free_text,
                id) != CAIRO_STATUS_SUCCESS) {
        g_free(id);
    }
    return surface;
}
