/*
 * CFF programs, up to their charstrings.
 *
 *   header | Name | Top DICT | String | Global Subr (none)
 *          | charset | FDSelect | Private | FDArray | CharStrings
 *
 * Offsets in the Top DICT have a fixed size, so that it can be written before
 * what it points to.
 */
#include "write/pdf-program.h"

#include <string.h>

#include <glib.h>

#define STANDARD_STRINGS 391 /* 5176, appendix A */

/* Operators of DICTs (5176, tables 9, 10, 23); two-byte ones begin with 12. */
enum operator{
    FONT_BBOX = 5,
    CHARSET = 15,
    CHAR_STRINGS = 17,
    PRIVATE = 18,
    DEFAULT_WIDTH = 20,
    NOMINAL_WIDTH = 21,
    FONT_MATRIX = 12 << 8 | 7,
    ROS = 12 << 8 | 30,
    CID_COUNT = 12 << 8 | 34,
    FD_ARRAY = 12 << 8 | 36,
    FD_SELECT = 12 << 8 | 37,
    FONT_NAME = 12 << 8 | 38,
};

/* --- DICTs ----------------------------------------------------------------------- */

static void put_operator(struct gs_pdf_buffer *out, enum operator operator)
{
    gs_pdf_put_be(out, operator, operator> 0xFF ? 2 : 1);
}

/*
 * Offsets take five bytes, so that the size of a DICT is known before they are.
 * A negative number, which is one of the font's own units, takes three: FreeType
 * reads five bytes as unsigned.
 */
static void put_integer(struct gs_pdf_buffer *out, int64_t value)
{
    if (value < 0) {
        gs_pdf_put_be(out, 28, 1);
        gs_pdf_put_be(out, (uint16_t)value, 2);
        return;
    }
    gs_pdf_put_be(out, 29, 1);
    gs_pdf_put_be(out, (uint32_t)value, 4);
}

static void put_entry(
        struct gs_pdf_buffer *out, enum operator operator, int64_t value)
{
    put_integer(out, value);
    put_operator(out, operator);
}

/* 1 / units as a real number: nibbles of digits, a is the point, f the end. */
static void put_unit(struct gs_pdf_buffer *out, int units)
{
    enum { DIGITS = 14 };
    int64_t scale = 1;
    for (int i = 0; i < DIGITS; i++) {
        scale *= 10;
    }
    int64_t rest = (scale + units / 2) / units;
    uint64_t nibbles = 0xF;
    for (int i = 0; i < DIGITS; i++) {
        nibbles |= (uint64_t)(rest % 10) << (4 + 4 * i);
        rest /= 10;
    }
    /* 30, then .dddddddddddddd and the end: sixteen nibbles. */
    gs_pdf_put_be(out, 30, 1);
    gs_pdf_put_be(out, UINT64_C(0xA) << 60 | nibbles, 8);
}

/* [1/units 0 0 1/units 0 0]: what is left out means 1000 units. */
static void put_matrix(struct gs_pdf_buffer *out, int units)
{
    if (units == 1000) {
        return;
    }
    for (int i = 0; i < 6; i++) {
        if (i == 0 || i == 3) {
            put_unit(out, units);
        } else {
            put_integer(out, 0);
        }
    }
    put_operator(out, FONT_MATRIX);
}

/* --- INDEXes ---------------------------------------------------------------------- */

static void put_index(struct gs_pdf_buffer *out,
        const struct gs_pdf_buffer *const *items, unsigned count)
{
    size_t offset = 1;
    gs_pdf_put_be(out, count, 2);
    if (count == 0) {
        return;
    }
    gs_pdf_put_be(out, 4, 1); /* bytes of an offset */
    for (unsigned i = 0; i <= count; i++) {
        gs_pdf_put_be(out, offset, 4);
        offset += i < count ? items[i]->size : 0;
    }
    for (unsigned i = 0; i < count; i++) {
        gs_pdf_put(out, items[i]->bytes, items[i]->size);
    }
}

static void put_string_index(
        struct gs_pdf_buffer *out, const char *const *strings, unsigned count)
{
    struct gs_pdf_buffer items[3] = {{0}};
    const struct gs_pdf_buffer *pointers[3];
    g_assert(count <= G_N_ELEMENTS(items));
    for (unsigned i = 0; i < count; i++) {
        gs_pdf_puts(&items[i], strings[i]);
        pointers[i] = &items[i];
    }
    put_index(out, pointers, count);
    for (unsigned i = 0; i < count; i++) {
        gs_pdf_buffer_release(&items[i]);
    }
}

static void put_dict_index(
        struct gs_pdf_buffer *out, const struct gs_pdf_buffer *dict)
{
    put_index(out, &dict, 1);
}

/* Counts and offsets; the charstrings themselves come later. */
static void put_charstring_offsets(struct gs_pdf_buffer *out,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    size_t end = 1;
    for (size_t i = 0; i < count; i++) {
        end += glyphs[i]->size;
    }
    const unsigned size = end <= 0xFFFF ? 2 : end <= 0xFFFFFF ? 3 : 4;
    gs_pdf_put_be(out, count, 2);
    gs_pdf_put_be(out, size, 1);
    /* All four bytes are written; those behind `size` are the next one's. */
    const unsigned unused = 8 * (4 - size);
    char *at = gs_pdf_buffer_reserve(out, (count + 2) * sizeof(uint32_t));
    size_t offset = 1;
    for (size_t i = 0; i <= count; i++) {
        const uint32_t stored = GUINT32_TO_BE((uint32_t)offset << unused);
        memcpy(at, &stored, sizeof stored);
        at += size;
        offset += i < count ? glyphs[i]->size : 0;
    }
    out->size += (count + 1) * size;
}

/* --- the program -------------------------------------------------------------------- */

struct offsets {
    size_t charset, fd_select, private, private_size, fd_array, charstrings;
};

static void put_top_dict(struct gs_pdf_buffer *out,
        const struct gs_pdf_metrics *metrics, size_t count,
        const struct offsets *offsets)
{
    struct gs_pdf_buffer dict = {0};
    put_integer(&dict, STANDARD_STRINGS); /* Adobe */
    put_integer(&dict, STANDARD_STRINGS + 1); /* Identity */
    put_entry(&dict, ROS, 0);
    put_matrix(&dict, metrics->units);
    put_integer(&dict, metrics->x_min);
    put_integer(&dict, metrics->y_min);
    put_integer(&dict, metrics->x_max);
    put_entry(&dict, FONT_BBOX, metrics->y_max);
    put_entry(&dict, CID_COUNT, (int64_t)count);
    put_entry(&dict, CHARSET, (int64_t)offsets->charset);
    put_entry(&dict, FD_SELECT, (int64_t)offsets->fd_select);
    put_entry(&dict, FD_ARRAY, (int64_t)offsets->fd_array);
    put_entry(&dict, CHAR_STRINGS, (int64_t)offsets->charstrings);
    put_dict_index(out, &dict);
    gs_pdf_buffer_release(&dict);
}

static void put_fd_array(
        struct gs_pdf_buffer *out, const struct offsets *offsets)
{
    struct gs_pdf_buffer dict = {0};
    put_entry(&dict, FONT_NAME, STANDARD_STRINGS + 2);
    put_integer(&dict, (int64_t)offsets->private_size);
    put_entry(&dict, PRIVATE, (int64_t)offsets->private);
    put_dict_index(out, &dict);
    gs_pdf_buffer_release(&dict);
}

/* One pass; the second knows the offsets. */
static void put_all(struct gs_pdf_buffer *out, const struct gs_pdf_face *face,
        const char *name, size_t count, struct offsets *offsets)
{
    const size_t began = out->size;
    gs_pdf_put_be(out, 0x01000404, 4); /* version, header size, offset size */
    put_string_index(out, &name, 1);
    put_top_dict(out, gs_pdf_face_metrics(face), count, offsets);
    put_string_index(out, (const char *const[]){"Adobe", "Identity", name}, 3);
    gs_pdf_put_be(out, 0, 2); /* no global subroutines */

    offsets->charset = out->size - began;
    gs_pdf_put_be(out, 2, 1); /* format 2: ranges */
    gs_pdf_put_be(out, 1, 2); /* from CID 1 */
    gs_pdf_put_be(out, count - 2, 2); /* this many more */

    offsets->fd_select = out->size - began;
    gs_pdf_put_be(out, 3, 1); /* format 3: ranges */
    gs_pdf_put_be(out, 1, 2);
    gs_pdf_put_be(out, 0, 2); /* from glyph 0 */
    gs_pdf_put_be(out, 0, 1); /* the first of FDArray */
    gs_pdf_put_be(out, count, 2); /* up to here */

    offsets->private = out->size - began;
    put_entry(out, DEFAULT_WIDTH, gs_pdf_face_default_advance(face));
    put_entry(out, NOMINAL_WIDTH, 0);
    offsets->private_size = out->size - began - offsets->private;

    offsets->fd_array = out->size - began;
    put_fd_array(out, offsets);
    offsets->charstrings = out->size - began;
}

void gs_pdf_cff_put_head(struct gs_pdf_buffer *out,
        const struct gs_pdf_face *face, const char *name,
        const struct gs_pdf_glyph *const *glyphs, size_t count)
{
    g_assert(count >= 2);
    const size_t began = out->size;
    struct offsets offsets = {0};
    put_all(out, face, name, count, &offsets);
    out->size = began;
    put_all(out, face, name, count, &offsets);
    put_charstring_offsets(out, glyphs, count);
}
