/*
 * Lines in the page tree: where they stand, what they say, which of their marks
 * are narrow, and the pictures and links in them.
 */
#include "page/tree-lines.h"

#include <glib.h>

#include "layout/fragment.h"
#include "page/markup.h"

void gs_tree_write_image(
        struct gs_markup *out, struct gs_rect rect, const char *alt)
{
    gs_markup_open(out, "image");
    gs_markup_rect(out, rect);
    gs_markup_text(out, "alt", alt);
    gs_markup_close(out);
}

static bool has_children(const struct gs_line *line)
{
    for (size_t i = 0; i < line->mark_count; i++) {
        if (line->marks[i].kind == GS_MARK_IMAGE ||
                line->marks[i].kind == GS_MARK_LINK) {
            return true;
        }
    }
    return false;
}

static void write_marks(struct gs_markup *out, const struct gs_frag_line *frag)
{
    for (size_t i = 0; i < frag->line->mark_count; i++) {
        const struct gs_mark *mark = &frag->line->marks[i];
        gs_len x = frag->x + frag->line->x + mark->x;
        gs_len baseline = frag->y + frag->line->baseline;
        if (mark->run == NULL) {
            continue;
        }
        if (mark->kind == GS_MARK_IMAGE) {
            gs_tree_write_image(out,
                    (struct gs_rect){x, baseline - mark->run->height,
                            mark->width, mark->run->height},
                    mark->run->alt);
        } else if (mark->kind == GS_MARK_LINK) {
            gs_markup_open(out, "link");
            gs_markup_length(out, "x", x);
            gs_markup_length(out, "width", mark->width);
            gs_markup_text(out, "to", mark->run->link);
            gs_markup_close(out);
        }
    }
}

/* The one line of an empty paragraph says nothing. */
static bool is_said(const struct gs_line *line)
{
    return (line->text != NULL && line->text[0] != '\0') ||
            line->run_count > 0 || has_children(line);
}

bool gs_tree_has_lines(const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (is_said(lines[i].line)) {
            return true;
        }
    }
    return false;
}

/* The advance of a cluster that is one mark of full width; 0 for anything else. */
static gs_len mark_advance(const struct gs_glyph_run *run, const char *text,
        const struct gs_cluster *cluster, const struct gs_glyph *glyph)
{
    const gunichar code = g_utf8_get_char(text);
    const bool mark = cluster->glyphs == 1 &&
            cluster->bytes == (unsigned)g_utf8_skip[(guchar)*text] &&
            (g_unichar_iswide(code) || (code >= 0x2018 && code <= 0x201D)) &&
            g_unichar_ispunct(code);
    return mark && run->turn == 0 ? glyph->advance : 0;
}

/* Appends "3:5.25" for each mark narrower than an em; `number` is its character's. */
static void note_squeezed(
        GString *out, const struct gs_glyph_run *run, size_t *number)
{
    const char *text = run->text;
    const struct gs_glyph *glyph = run->glyphs;
    for (size_t i = 0; i < run->cluster_count; i++) {
        const struct gs_cluster *cluster = &run->clusters[i];
        const gs_len advance = mark_advance(run, text, cluster, glyph);
        *number += 1;
        if (advance > 0 && advance < run->size - run->size / 64) {
            g_string_append_printf(out, "%s%" G_GSIZE_FORMAT ":",
                    out->len > 0 ? " " : "", *number);
            gs_markup_append_length(out, advance);
        }
        *number += (size_t)g_utf8_strlen(text, cluster->bytes) - 1;
        text += cluster->bytes;
        glyph += cluster->glyphs;
    }
}

/* Marks that take up less than an em: by R10 to R12, or squeezed by R20. */
static void squeezed_attribute(
        struct gs_markup *out, const struct gs_line *line)
{
    GString *squeezed = g_string_new(NULL);
    size_t number = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        if (!line->runs[i].leader) { /* the space beside it is its character */
            note_squeezed(squeezed, &line->runs[i], &number);
        }
    }
    gs_markup_text(out, "squeezed", squeezed->len > 0 ? squeezed->str : NULL);
    g_string_free(squeezed, TRUE);
}

static void turn_attributes(struct gs_markup *out, const struct gs_line *line)
{
    if (line->turned) {
        gs_markup_count(out, "turn", 90);
        gs_markup_length(out, "height", line->height);
    }
}

void gs_tree_write_lines(
        struct gs_markup *out, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_line *line = lines[i].line;
        bool children = has_children(line);
        if (!is_said(line)) {
            continue;
        }
        gs_markup_open(out, "line");
        gs_markup_length(out, "x", lines[i].x + line->x);
        gs_markup_length(out, "baseline", lines[i].y + line->baseline);
        gs_markup_length(out, "width", line->width);
        turn_attributes(out, line);
        squeezed_attribute(out, line);
        gs_markup_text(out, "text", line->text == NULL ? "" : line->text);
        if (children) {
            gs_markup_enter(out);
            write_marks(out, &lines[i]);
            gs_markup_leave(out, "line");
        } else {
            gs_markup_close(out);
        }
    }
}
