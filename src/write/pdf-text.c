/*
 * The direct PDF writer: faces and text.
 *
 * A glyph is shown by a two-byte code that stands for it and for its characters,
 * so that text copies right.  Viewers advance by the widths of the face; where
 * layout has put a glyph elsewhere, the difference is written between the codes.
 */
#include "write/pdf.h"

#include <string.h>

#include "text/fonts.h"
#include "text/text.h"
#include "write/pdf-font.h"
#include "write/pdf-slots.h"

/* --- faces ----------------------------------------------------------------------- */

static void fail_face(
        struct gs_pdf *pdf, const struct gs_face *face, const char *error)
{
    gs_writer_fail(&pdf->base, GS_DIAG_WRITER_FACE, GS_NO_LOC,
            GS_ARGS(pdf->base.ops->name, gs_face_path(face), error));
}

static const struct gs_pdf_used_font *add_font(
        struct gs_pdf *pdf, const struct gs_face *face)
{
    const char *error = NULL;
    struct gs_pdf_used_font used = {.face = face};

    used.font = gs_pdf_font_new(face, gs_pdf_file_is_small(pdf->file), &error);
    if (used.font == NULL) {
        fail_face(pdf, face, error);
        return NULL;
    }
    used.number = gs_pdf_reserve(pdf->file);
    used.resource = pdf->fonts->len;
    g_array_append_val(pdf->fonts, used);
    return &g_array_index(
            pdf->fonts, struct gs_pdf_used_font, pdf->fonts->len - 1);
}

/* A document has few faces. */
static const struct gs_pdf_used_font *find_font(
        struct gs_pdf *pdf, const struct gs_face *face)
{
    for (guint i = 0; i < pdf->fonts->len; i++) {
        const struct gs_pdf_used_font *used =
                &g_array_index(pdf->fonts, struct gs_pdf_used_font, i);
        if (used->face == face) {
            return used;
        }
    }
    return add_font(pdf, face);
}

void gs_pdf_write_fonts(struct gs_pdf *pdf)
{
    for (guint i = 0; i < pdf->fonts->len; i++) {
        struct gs_pdf_used_font *used =
                &g_array_index(pdf->fonts, struct gs_pdf_used_font, i);
        gs_pdf_font_write(used->font, pdf->file, used->number);
    }
}

void gs_pdf_free_fonts(struct gs_pdf *pdf)
{
    for (guint i = 0; i < pdf->fonts->len; i++) {
        gs_pdf_font_free(
                g_array_index(pdf->fonts, struct gs_pdf_used_font, i).font);
    }
    g_array_free(pdf->fonts, TRUE);
}

/* --- codes ------------------------------------------------------------------------ */

/* Where a viewer puts the next glyph of an array, by the widths of the face. */
struct pen {
    int64_t size; /* of type, thousandths of a pt */
    gs_len start; /* x where the array begins */
    int64_t at; /* from there, millionths of a pt */
};

/* A line of text that is being shown. */
struct show {
    struct gs_pdf *pdf;
    const struct gs_pdf_used_font *used;
    const struct gs_pdf_slots *slots; /* of the font */
    const struct gs_glyph_run *run;
    struct gs_point origin;
    bool open; /* an array has begun, and a string in it */
    gs_len y; /* of the open array */
    struct pen pen;
};

/* What a glyph may take in an array: a number between two strings, its code. */
#define GLYPH_MOST \
    (1 + GS_PDF_INT_MOST + 1 + sizeof((struct gs_pdf_slot *)0)->shown)

static unsigned add_code(
        const struct show *show, uint32_t glyph, const char *text, size_t size)
{
    const char *error = NULL;
    const unsigned code =
            gs_pdf_font_add(show->used->font, glyph, text, size, &error);
    if (code == 0) {
        fail_face(show->pdf, show->used->face, error);
    }
    return code;
}

/* 0: there is none, which has been reported. */
static inline unsigned find_code(
        const struct show *show, uint32_t glyph, const char *text, size_t size)
{
    const unsigned code = gs_pdf_slots_find(show->slots, glyph, text, size);
    return code != 0 ? code : add_code(show, glyph, text, size);
}

static void close_array(struct show *show)
{
    if (show->open) {
        gs_pdf_puts(&show->pdf->content.out, ")]TJ\n");
        show->open = false;
    }
}

/* One that stands on the glyph's line. */
static void open_array(struct show *show, const struct gs_glyph *glyph)
{
    struct gs_pdf_content *content = &show->pdf->content;

    if (show->open && glyph->y == show->y) {
        return;
    }
    close_array(show);
    gs_pdf_content_move(content,
            gs_glyph_run_point(show->run, show->origin, glyph->x, glyph->y),
            show->run->turn);
    gs_pdf_puts(&content->out, "[(");
    show->open = true;
    show->y = glyph->y;
    show->pen.start = glyph->x;
    show->pen.at = 0;
}

/* Thousandths of an em by which a glyph at x is not where the pen is. */
static inline int64_t find_shift(const struct pen *pen, gs_len x)
{
    const int64_t shift = (x - pen->start) * 1000000 / GS_LEN_PER_PT - pen->at;
    const int64_t half = pen->size / 2;

    if (shift < half && shift > -half) { /* nearly always, and no division */
        return 0;
    }
    return (shift < 0 ? shift - half : shift + half) / pen->size;
}

/* Appends a glyph to the open array; the room for it has been reserved. */
static inline char *format_glyph(
        char *out, const struct gs_pdf_slot *slot, gs_len x, struct pen *pen)
{
    const int64_t shift = find_shift(pen, x);
    if (shift != 0) {
        *out++ = ')';
        out = gs_pdf_format_int(out, -shift);
        *out++ = '(';
    }
    pen->at += (shift + slot->width) * pen->size;
    memcpy(out, slot->shown, sizeof slot->shown);
    return out + slot->shown_size;
}

static void show_glyph(struct show *show, const struct gs_glyph *glyph,
        const char *text, size_t size)
{
    struct gs_pdf_buffer *out = &show->pdf->content.out;
    const unsigned code = find_code(show, glyph->id, text, size);

    if (code == 0) {
        return;
    }
    open_array(show, glyph);
    char *const begin = gs_pdf_buffer_reserve(out, GLYPH_MOST);
    const char *const end = format_glyph(
            begin, &show->slots->slots[code], glyph->x, &show->pen);
    out->size += (size_t)(end - begin);
}

/* --- clusters ---------------------------------------------------------------------- */

static size_t character_size(const char *text, size_t size)
{
    return MIN((size_t)(g_utf8_next_char(text) - text), size);
}

/* One glyph a character, as where marks stand over letters. */
static void show_one_by_one(struct show *show, const struct gs_glyph *glyphs,
        const char *text, size_t size)
{
    for (size_t done = 0; done < size; glyphs++) {
        size_t step = character_size(text + done, size - done);
        show_glyph(show, glyphs, text + done, step);
        done += step;
    }
}

/*
 * Several glyphs for several characters, in no order that codes could tell: the
 * text stands beside them (ISO 32000-1, 14.9.4).
 */
static void show_with_actual_text(struct show *show,
        const struct gs_glyph *glyphs, size_t count, const char *text,
        size_t size)
{
    struct gs_pdf_buffer *out = &show->pdf->content.out;
    char *copy = g_strndup(text, size);

    close_array(show);
    gs_pdf_puts(out, "/Span<</ActualText");
    gs_pdf_put_text(out, copy);
    gs_pdf_puts(out, ">>BDC\n");
    for (size_t i = 0; i < count; i++) {
        show_glyph(show, &glyphs[i], text, i == 0 ? size : 0);
    }
    close_array(show);
    gs_pdf_puts(out, "EMC\n");
    g_free(copy);
}

static void show_cluster(struct show *show, const struct gs_glyph *glyphs,
        const struct gs_cluster *cluster, const char *text)
{
    size_t size = cluster->bytes;

    if (cluster->glyphs == (size_t)g_utf8_strlen(text, (gssize)size)) {
        show_one_by_one(show, glyphs, text, size);
    } else if (cluster->glyphs > 0) {
        show_with_actual_text(show, glyphs, cluster->glyphs, text, size);
    }
}

/* What is still to be shown of a run. */
struct rest {
    const struct gs_cluster *cluster, *end;
    const struct gs_glyph *glyph;
    const char *text;
};

/*
 * Clusters of one glyph on one line, as far as they go: nearly all text, so it has
 * its state at hand and its room at once.
 */
static void show_plain(struct show *show, struct rest *rest)
{
    struct gs_pdf_buffer *out = &show->pdf->content.out;
    open_array(show, rest->glyph);
    char *const begin = gs_pdf_buffer_reserve(
            out, (size_t)(rest->end - rest->cluster) * GLYPH_MOST);
    char *end = begin;
    const struct gs_cluster *cluster = rest->cluster, *last = rest->end;
    const struct gs_glyph *glyph = rest->glyph;
    const char *text = rest->text;
    const gs_len y = show->y;
    struct pen pen = show->pen;

    while (cluster < last && cluster->glyphs == 1 && glyph->y == y) {
        const unsigned code = find_code(show, glyph->id, text, cluster->bytes);
        if (code != 0) {
            end = format_glyph(end, &show->slots->slots[code], glyph->x, &pen);
        }
        text += cluster->bytes;
        cluster++, glyph++;
    }
    show->pen = pen;
    out->size += (size_t)(end - begin);
    rest->cluster = cluster;
    rest->glyph = glyph;
    rest->text = text;
}

void gs_pdf_show_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);
    const struct gs_pdf_used_font *used;

    if (base->failed || run->size <= 0 ||
            (used = find_font(pdf, run->face)) == NULL) {
        return;
    }
    struct show show = {
            .pdf = pdf,
            .used = used,
            .slots = gs_pdf_font_slots(used->font),
            .run = run,
            .origin = origin,
            .pen.size = (run->size * 1000 + GS_LEN_PER_PT / 2) / GS_LEN_PER_PT,
    };
    struct rest rest = {run->clusters, run->clusters + run->cluster_count,
            run->glyphs, run->text};
    gs_pdf_draws(pdf, GS_PDF_TEXT);
    gs_pdf_content_font(&pdf->content, used->resource, run->size);
    gs_pdf_content_text_color(&pdf->content, run->color, run->embolden);
    while (rest.cluster < rest.end) {
        if (rest.cluster->glyphs == 1) {
            show_plain(&show, &rest);
            continue;
        }
        show_cluster(&show, rest.glyph, rest.cluster, rest.text);
        rest.glyph += rest.cluster->glyphs;
        rest.text += rest.cluster->bytes;
        rest.cluster++;
    }
    close_array(&show);
}
