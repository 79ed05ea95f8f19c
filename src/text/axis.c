/*
 * Axis: reads the atoms of a paragraph as an amount.
 */
#include "text/axis.h"

#include <glib.h>

#include "model/doc.h"
#include "text/face.h"
#include "text/fill.h"
#include "text/itemize.h"
#include "text/shape.h"

static size_t count_of(const struct gs_shaped *shaped)
{
    return shaped->count;
}

static bool is_digit(const struct gs_shaped *shaped, size_t index)
{
    return index < count_of(shaped) &&
            gs_shaped_atom(shaped, index)->kind == GS_ATOM_TEXT &&
            gs_shaped_atom(shaped, index)->klass == GS_CLASS_DIGIT;
}

static uint32_t code_of(const struct gs_shaped *shaped, size_t index)
{
    return g_utf8_get_char(
            shaped->text + gs_shaped_atom(shaped, index)->offset);
}

/* What may stand before the digits of an amount. */
static bool leads(const struct gs_atom *atom)
{
    return atom->kind == GS_ATOM_EMPTY || gs_atom_is_space(atom) ||
            (atom->kind == GS_ATOM_TEXT &&
                    (atom->klass == GS_CLASS_SIGN ||
                            atom->klass == GS_CLASS_CURRENCY ||
                            atom->klass == GS_CLASS_OPEN));
}

/* Between thousands: 1,234  1 234  1'234. */
static bool parts_thousands(const struct gs_shaped *shaped, size_t index)
{
    const uint32_t code = code_of(shaped, index);
    return code == ',' || code == 0xFF0C || code == '\'' || code == 0x2019 ||
            gs_atom_is_space(gs_shaped_atom(shaped, index));
}

static size_t skip_digits(
        const struct gs_shaped *shaped, size_t at, bool thousands)
{
    while (is_digit(shaped, at) ||
            (thousands && is_digit(shaped, at + 1) &&
                    parts_thousands(shaped, at))) {
        at++;
    }
    return at;
}

/* The atom after the last digit before the point; 0 for no amount. */
static size_t find_axis(const struct gs_shaped *shaped)
{
    const size_t count = count_of(shaped);
    size_t at = 0;
    while (at < count && leads(gs_shaped_atom(shaped, at))) {
        at++;
    }
    if (!is_digit(shaped, at)) {
        return 0;
    }
    const size_t axis = skip_digits(shaped, at, true);
    at = axis;
    if (at < count &&
            (code_of(shaped, at) == '.' || code_of(shaped, at) == 0xFF0E)) {
        at = skip_digits(shaped, at + 1, false);
    }
    for (; at < count; at++) { /* 2022-03-01 is no amount, nor are two lines */
        if (is_digit(shaped, at) ||
                gs_shaped_atom(shaped, at)->kind == GS_ATOM_BREAK) {
            return 0;
        }
    }
    return axis;
}

bool gs_axis_find(const struct gs_shaped *shaped, gs_len *tail)
{
    const size_t axis = find_axis(shaped);
    size_t end = count_of(shaped);
    *tail = 0;
    while (end > axis && gs_atom_is_space(gs_shaped_atom(shaped, end - 1))) {
        end--;
    }
    if (axis > 0 && end > axis) {
        *tail = gs_fill_width(shaped, axis, end) -
                gs_shaped_atom(shaped, end - 1)->free->spare_back;
    }
    return axis > 0;
}

void gs_axis_even_digits(struct gs_shaped *shaped)
{
    for (size_t i = 0; i < count_of(shaped); i++) {
        struct gs_atom *atom = &shaped->atoms[i];
        if (!is_digit(shaped, i) || atom->wide || atom->look->face == NULL) {
            continue;
        }
        gs_len widest = 0;
        for (uint32_t digit = '0'; digit <= '9'; digit++) {
            const uint32_t glyph = gs_face_glyph(atom->look->face, digit);
            widest = MAX(widest,
                    gs_face_advance(atom->look->face, glyph, atom->look->size));
        }
        const gs_len lack = widest - atom->width;
        if (lack > 0) { /* the digit stands in the middle of its room */
            atom->width += lack;
            gs_atom_own_free(shaped, atom)->cut_front -= (int32_t)(lack / 2);
        }
    }
}

gs_len gs_axis_fraction(const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        struct gs_diag *diag)
{
    if (style->fraction <= 0) {
        return 0;
    }
    const struct gs_run run = {.kind = GS_RUN_TEXT, .style = text};
    gs_len width = 0;
    for (size_t i = 0; i < 2; i++) {
        const struct gs_char chr = {.code = i == 0 ? '.' : '0'};
        const struct gs_face *face =
                gs_choose_face(fonts, &run, &chr, 1, diag).face;
        const gs_len advance = face == NULL
                ? 0
                : gs_face_advance(
                          face, gs_face_glyph(face, chr.code), text->size);
        width += i == 0 ? advance : advance * style->fraction;
    }
    return width;
}
