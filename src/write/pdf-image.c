/*
 * The direct PDF writer: pictures, each embedded once.
 *
 * Pixels go out in the smallest colour space that holds them.  Transparency
 * becomes a soft mask; PDF/A-1 has none (ISO 19005-1, 6.4), so there a picture is
 * laid on white and a mask of one bit leaves out what is rather clear than not,
 * and what is white in a seal, since white is no ink.
 */
#include "write/pdf.h"

#include <string.h>

#include "model/image.h"

#define PALETTE_MAX 256u
#define CLEAR 128u /* less is left out by a mask of one bit */
#define WHITE 250u /* no ink, in a seal */

/* --- what is in a picture ------------------------------------------------------------ */

struct survey {
    bool gray, clear; /* all pixels are gray; some are not opaque */
    GHashTable *colors; /* 0xRRGGBB -> index; NULL: more than a palette holds */
    uint8_t palette[3 * PALETTE_MAX];
};

static void note_color(struct survey *survey, const uint8_t *pixel)
{
    guint key = (guint)pixel[0] << 16 | (guint)pixel[1] << 8 | pixel[2];
    guint count = g_hash_table_size(survey->colors);

    if (g_hash_table_contains(survey->colors, GUINT_TO_POINTER(key))) {
        return;
    }
    if (count == PALETTE_MAX) {
        g_hash_table_destroy(survey->colors);
        survey->colors = NULL;
        return;
    }
    g_hash_table_insert(
            survey->colors, GUINT_TO_POINTER(key), GUINT_TO_POINTER(count));
    memcpy(survey->palette + 3 * (size_t)count, pixel, 3);
}

static void survey_pixels(
        struct survey *survey, const uint8_t *rgba, size_t count)
{
    survey->gray = true;
    survey->clear = false;
    survey->colors = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; i < count; i++, rgba += 4) {
        survey->gray &= rgba[0] == rgba[1] && rgba[1] == rgba[2];
        survey->clear |= rgba[3] != 0xFF;
        if (survey->colors != NULL) {
            note_color(survey, rgba);
        }
    }
}

/* --- streams ---------------------------------------------------------------------------- */

static void put_size(struct gs_pdf_buffer *entries,
        const struct gs_image *image, unsigned bits)
{
    gs_pdf_puts(entries, "/Type/XObject/Subtype/Image/Width ");
    gs_pdf_put_int(entries, image->width);
    gs_pdf_puts(entries, "/Height ");
    gs_pdf_put_int(entries, image->height);
    gs_pdf_puts(entries, "/BitsPerComponent ");
    gs_pdf_put_int(entries, bits);
}

static unsigned write_stream(struct gs_pdf *pdf, unsigned number,
        struct gs_pdf_buffer *entries, const void *data, size_t size)
{
    gs_pdf_put(entries, "", 1);
    gs_pdf_stream(pdf->file, number, entries->bytes, data, size);
    gs_pdf_buffer_release(entries);
    return number;
}

static unsigned write_soft_mask(
        struct gs_pdf *pdf, const struct gs_image *image)
{
    struct gs_pdf_buffer entries = {0};
    size_t count = (size_t)image->width * image->height;
    uint8_t *alpha = g_malloc(count);

    for (size_t i = 0; i < count; i++) {
        alpha[i] = image->rgba[4 * i + 3];
    }
    put_size(&entries, image, 8);
    gs_pdf_puts(&entries, "/ColorSpace/DeviceGray");
    unsigned number = write_stream(
            pdf, gs_pdf_reserve(pdf->file), &entries, alpha, count);
    g_free(alpha);
    return number;
}

/* A bit that is set is left out (ISO 32000-1, 8.9.6.3). */
static unsigned write_hard_mask(
        struct gs_pdf *pdf, const struct gs_image *image, bool of_seal)
{
    struct gs_pdf_buffer entries = {0};
    size_t stride = ((size_t)image->width + 7) / 8;
    uint8_t *bits = g_malloc0(stride * image->height);

    for (size_t y = 0; y < image->height; y++) {
        for (size_t x = 0; x < image->width; x++) {
            const uint8_t *pixel = image->rgba + 4 * (y * image->width + x);
            bool white =
                    pixel[0] >= WHITE && pixel[1] >= WHITE && pixel[2] >= WHITE;
            if (pixel[3] < CLEAR || (of_seal && white)) {
                bits[y * stride + x / 8] |= (uint8_t)(0x80u >> (x % 8));
            }
        }
    }
    put_size(&entries, image, 1);
    gs_pdf_puts(&entries, "/ImageMask true");
    unsigned number = write_stream(pdf, gs_pdf_reserve(pdf->file), &entries,
            bits, stride * image->height);
    g_free(bits);
    return number;
}

/* Fills `out` with the samples and says in `entries` what they are. */
static size_t put_samples(const struct survey *survey,
        const struct gs_image *image, struct gs_pdf_buffer *entries,
        uint8_t *out)
{
    size_t count = (size_t)image->width * image->height;
    const uint8_t *pixel = image->rgba;
    uint8_t *begin = out;

    if (survey->gray) {
        gs_pdf_puts(entries, "/ColorSpace/DeviceGray");
    } else if (survey->colors != NULL) {
        guint colors = g_hash_table_size(survey->colors);
        gs_pdf_puts(entries, "/ColorSpace[/Indexed/DeviceRGB ");
        gs_pdf_put_int(entries, (int64_t)colors - 1);
        gs_pdf_puts(entries, "<");
        gs_pdf_put_hex(entries, survey->palette, 3 * (size_t)colors);
        gs_pdf_puts(entries, ">]");
    } else {
        gs_pdf_puts(entries, "/ColorSpace/DeviceRGB");
    }
    for (size_t i = 0; i < count; i++, pixel += 4) {
        if (survey->gray) {
            *out++ = pixel[0];
        } else if (survey->colors != NULL) {
            guint key = (guint)pixel[0] << 16 | (guint)pixel[1] << 8 | pixel[2];
            *out++ = (uint8_t)GPOINTER_TO_UINT(
                    g_hash_table_lookup(survey->colors, GUINT_TO_POINTER(key)));
        } else {
            memcpy(out, pixel, 3);
            out += 3;
        }
    }
    return (size_t)(out - begin);
}

/* The picture on white paper. */
static uint8_t *flatten(const struct gs_image *image)
{
    size_t size = 4 * (size_t)image->width * image->height;
    uint8_t *flat = g_malloc(size);

    for (size_t i = 0; i < size; i += 4) {
        unsigned alpha = image->rgba[i + 3];
        for (size_t k = 0; k < 3; k++) {
            unsigned mixed = image->rgba[i + k] * alpha + 255 * (255 - alpha);
            flat[i + k] = (uint8_t)((mixed + 127) / 255);
        }
        flat[i + 3] = 0xFF;
    }
    return flat;
}

/* Whether white is left out: of a seal, where nothing can be blended. */
static bool needs_mask(
        const struct gs_pdf *pdf, const struct gs_pdf_used_image *used)
{
    return used->of_seal && pdf->options.standard == GS_PDF_A_1B;
}

static void put_mask(struct gs_pdf *pdf, const struct gs_image *image,
        bool of_seal, bool blends, struct gs_pdf_buffer *entries)
{
    unsigned mask = blends ? write_soft_mask(pdf, image)
                           : write_hard_mask(pdf, image, of_seal);
    gs_pdf_puts(entries, blends ? "/SMask " : "/Mask ");
    gs_pdf_put_ref(entries, mask);
}

/* A JPEG file is passed on as it is (ISO 32000-1, 7.4.8). */
static void write_jpeg(struct gs_pdf *pdf, const struct gs_pdf_used_image *used)
{
    const struct gs_image *image = used->image;
    struct gs_pdf_buffer entries = {0};

    put_size(&entries, image, 8);
    gs_pdf_puts(&entries,
            image->jpeg_is_grey ? "/ColorSpace/DeviceGray"
                                : "/ColorSpace/DeviceRGB");
    gs_pdf_puts(&entries, "/Filter/DCTDecode");
    gs_pdf_put(&entries, "", 1);
    gs_pdf_stream_plain(pdf->file, used->number, entries.bytes, image->jpeg,
            image->jpeg_size);
    gs_pdf_buffer_release(&entries);
}

static void write_pixels(struct gs_pdf *pdf, struct gs_pdf_used_image *used)
{
    bool blends = pdf->options.standard != GS_PDF_A_1B;
    struct gs_image image = *used->image;
    struct gs_pdf_buffer entries = {0};
    struct survey survey;
    size_t count = (size_t)image.width * image.height;

    survey_pixels(&survey, image.rgba, count);
    used->blends = survey.clear && blends;
    put_size(&entries, &image, 8);
    if (survey.clear || needs_mask(pdf, used)) {
        put_mask(pdf, &image, used->of_seal, blends, &entries);
    }
    uint8_t *flat = NULL;
    if (survey.clear && !blends) {
        image.rgba = flat = flatten(&image);
        if (survey.colors != NULL) {
            g_hash_table_destroy(survey.colors);
        }
        survey_pixels(&survey, flat, count);
    }
    uint8_t *samples = g_malloc(3 * count);
    size_t size = put_samples(&survey, &image, &entries, samples);
    write_stream(pdf, used->number, &entries, samples, size);
    g_free(samples);
    g_free(flat);
    if (survey.colors != NULL) {
        g_hash_table_destroy(survey.colors);
    }
}

/* --- drawing ------------------------------------------------------------------------------ */

static const struct gs_pdf_used_image *find_image(
        struct gs_pdf *pdf, const struct gs_image *image)
{
    for (guint i = 0; i < pdf->images->len; i++) {
        const struct gs_pdf_used_image *used =
                &g_array_index(pdf->images, struct gs_pdf_used_image, i);
        if (used->image == image && used->of_seal == pdf->in_seal) {
            return used;
        }
    }
    struct gs_pdf_used_image used = {
            .image = image,
            .of_seal = pdf->in_seal,
            .number = gs_pdf_reserve(pdf->file),
            .resource = pdf->images->len,
    };
    if (image->jpeg != NULL && !needs_mask(pdf, &used)) {
        write_jpeg(pdf, &used);
    } else {
        write_pixels(pdf, &used);
    }
    g_array_append_val(pdf->images, used);
    return &g_array_index(pdf->images, struct gs_pdf_used_image, used.resource);
}

void gs_pdf_show_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    if (base->failed || rect.width <= 0 || rect.height <= 0) {
        return;
    }
    const struct gs_pdf_used_image *used = find_image(pdf, image);
    pdf->transparent |= used->blends;
    gs_pdf_draws(pdf, GS_PDF_GRAPHICS);
    gs_pdf_content_image(&pdf->content, rect, used->resource);
}
