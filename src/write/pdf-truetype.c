/*
 * TrueType programs, up to the data of the table glyf, which is the last one.
 */
#include "write/pdf-program.h"

#include <glib.h>

/* In the order of the file; the directory is sorted by tag, as it has to be. */
enum table { HEAD, HHEA, HMTX, LOCA, MAXP, GLYF, TABLES };

static const enum table directory_order[TABLES] = {
        GLYF, HEAD, HHEA, HMTX, LOCA, MAXP};

static const char tags[TABLES][5] = {
        "head", "hhea", "hmtx", "loca", "maxp", "glyf"};

#define DIRECTORY_SIZE (12u + 16u * TABLES)

/* Of the file's sum, in which it counts as zero (OpenType, head). */
#define CHECKSUM_MAGIC 0xB1B0AFBAu

static void put16(struct gs_pdf_buffer *out, int value)
{
    gs_pdf_put_be(out, (uint16_t)value, 2);
}

static void put_zeros(struct gs_pdf_buffer *out, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        gs_pdf_put_be(out, 0, 2);
    }
}

/* --- tables ----------------------------------------------------------------------- */

static void put_head(
        struct gs_pdf_buffer *out, const struct gs_pdf_metrics *metrics)
{
    gs_pdf_put_be(out, 0x00010000, 4); /* version */
    gs_pdf_put_be(out, 0x00010000, 4); /* revision */
    gs_pdf_put_be(out, 0, 4); /* checkSumAdjustment, later */
    gs_pdf_put_be(out, 0x5F0F3CF5, 4); /* magic */
    put16(out, 3); /* baseline at y = 0, left side bearing at x = 0 */
    put16(out, metrics->units);
    put_zeros(out, 8); /* created, modified */
    put16(out, metrics->x_min);
    put16(out, metrics->y_min);
    put16(out, metrics->x_max);
    put16(out, metrics->y_max);
    put16(out, 0); /* macStyle */
    put16(out, 8); /* lowestRecPPEM */
    put16(out, 2); /* fontDirectionHint */
    put16(out, 1); /* long offsets in loca */
    put16(out, 0); /* glyphDataFormat */
}

static void put_hhea(struct gs_pdf_buffer *out,
        const struct gs_pdf_metrics *metrics,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    int advance = 0, left = 0, right = 0, extent = 0;
    for (size_t i = 0; i < count; i++) {
        const struct gs_pdf_glyph *glyph = glyphs[i];
        advance = MAX(advance, glyph->advance);
        left = MIN(left, glyph->glyf.x_min);
        right = MIN(right, glyph->advance - glyph->glyf.x_max);
        extent = MAX(extent, glyph->glyf.x_max);
    }
    gs_pdf_put_be(out, 0x00010000, 4);
    put16(out, metrics->ascent);
    put16(out, metrics->descent);
    put16(out, 0); /* lineGap */
    put16(out, advance);
    put16(out, left);
    put16(out, MAX(right, INT16_MIN));
    put16(out, extent);
    put16(out, 1); /* caret: upright */
    put_zeros(out, 7); /* its run and offset, reserved, metricDataFormat */
    put16(out, (int)count); /* numberOfHMetrics */
}

static void put_hmtx(struct gs_pdf_buffer *out,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put16(out, glyphs[i]->advance);
        put16(out, glyphs[i]->glyf.x_min);
    }
}

static void put_loca(struct gs_pdf_buffer *out,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    size_t offset = 0;
    for (size_t i = 0; i <= count; i++) {
        gs_pdf_put_be(out, offset, 4);
        offset += i < count ? glyphs[i]->size : 0;
    }
}

static void put_maxp(struct gs_pdf_buffer *out,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    unsigned points = 0, contours = 0;
    for (size_t i = 0; i < count; i++) {
        points = MAX(points, glyphs[i]->glyf.points);
        contours = MAX(contours, glyphs[i]->glyf.contours);
    }
    gs_pdf_put_be(out, 0x00010000, 4);
    put16(out, (int)count);
    put16(out, (int)points);
    put16(out, (int)contours);
    put_zeros(out, 2); /* composite glyphs: there are none */
    put16(out, 1); /* maxZones */
    put_zeros(out, 8); /* instructions, components: none */
}

static void put_table(struct gs_pdf_buffer *out, enum table table,
        const struct gs_pdf_metrics *metrics,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    switch (table) {
    case HEAD:
        put_head(out, metrics);
        break;
    case HHEA:
        put_hhea(out, metrics, glyphs, count);
        break;
    case HMTX:
        put_hmtx(out, glyphs, count);
        break;
    case LOCA:
        put_loca(out, glyphs, count);
        break;
    case MAXP:
        put_maxp(out, glyphs, count);
        break;
    case GLYF: /* comes after the head part */
    case TABLES:
        break;
    }
}

/* --- the file ----------------------------------------------------------------------- */

struct place {
    size_t offset, size;
    uint32_t sum;
};

static uint32_t sum_words(const char *bytes, size_t size)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < size; i += 4) {
        for (size_t k = 0; k < 4; k++) {
            sum += (uint32_t)(unsigned char)bytes[i + k] << (24 - 8 * k);
        }
    }
    return sum;
}

/* Over the bytes that were left for it. */
static void put_directory(
        struct gs_pdf_buffer *out, const struct place places[TABLES])
{
    gs_pdf_put_be(out, 0x00010000, 4);
    put16(out, TABLES);
    put16(out, 64); /* searchRange: the largest power of two, times 16 */
    put16(out, 2); /* its logarithm */
    put16(out, TABLES * 16 - 64);
    for (int i = 0; i < TABLES; i++) {
        const enum table table = directory_order[i];
        gs_pdf_put(out, tags[table], 4);
        gs_pdf_put_be(out, places[table].sum, 4);
        gs_pdf_put_be(out, places[table].offset, 4);
        gs_pdf_put_be(out, places[table].size, 4);
    }
}

void gs_pdf_truetype_put_head(struct gs_pdf_buffer *out,
        const struct gs_pdf_face *face,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    const struct gs_pdf_metrics *metrics = gs_pdf_face_metrics(face);
    struct place places[TABLES] = {{0}};
    uint32_t sum = 0;
    const size_t began = out->size;
    put_zeros(out, DIRECTORY_SIZE / 2);
    for (int i = 0; i < TABLES; i++) {
        struct place *place = &places[i];
        const size_t start = out->size;
        place->offset = start - began;
        put_table(out, (enum table)i, metrics, glyphs, count);
        place->size = out->size - start;
        put_zeros(out, (unsigned)(place->size % 4 / 2));
        place->sum = sum_words(out->bytes + start, out->size - start);
    }
    for (size_t i = 0; i < count; i++) {
        places[GLYF].size += glyphs[i]->size;
        places[GLYF].sum += glyphs[i]->sum;
    }
    const size_t end = out->size;
    out->size = began;
    put_directory(out, places);
    sum = sum_words(out->bytes + began, DIRECTORY_SIZE);
    for (int i = 0; i < TABLES; i++) {
        sum += places[i].sum;
    }
    out->size = began + places[HEAD].offset + 8;
    gs_pdf_put_be(out, CHECKSUM_MAGIC - sum, 4);
    out->size = end;
}
