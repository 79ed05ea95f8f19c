/*
 * The Cairo writer: what its sources share.
 */
#ifndef GS_WRITE_CAIRO_H
#define GS_WRITE_CAIRO_H

#include <stdbool.h>

#include <cairo.h>

#include "write/base.h"

struct gs_cairo {
    struct gs_writer base;
    struct gs_write_options options;
    struct gs_doc_info info;
    size_t next_anchor; /* of the document's: not yet a destination */
    GHashTable *images; /* gs_writer_image(); `embedded` is a surface */
    size_t page; /* number of this page, from 1 */
    bool has_labels;
    cairo_surface_t *surface;
    cairo_t *cr; /* NULL between pages */
    GString *svg; /* all of it, before it is written; else NULL */
    /* What the font of `cr` is set to. */
    cairo_font_face_t *face;
    gs_len size;
    uint16_t turn;
};

struct gs_cairo *gs_cairo_cast(struct gs_writer *base);

/* Keeps a failure; true if there is none so far. */
bool gs_cairo_check(struct gs_cairo *writer, cairo_status_t status);

/* Whether there is a page and nothing has failed. */
bool gs_cairo_can_draw(const struct gs_cairo *writer);

/* Operations of the writer's table: see gs_writer_ops. */
void gs_cairo_push_clip(struct gs_writer *base, struct gs_rect rect);
void gs_cairo_pop_clip(struct gs_writer *base);
void gs_cairo_fill_rect(
        struct gs_writer *base, struct gs_rect rect, struct gs_color color);
void gs_cairo_stroke_line(struct gs_writer *base, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style);
void gs_cairo_stroke_rule(struct gs_writer *base, const struct gs_rule *rule);
void gs_cairo_show_path(struct gs_writer *base, const struct gs_path *path);
void gs_cairo_show_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run);
void gs_cairo_show_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image);
void gs_cairo_begin_seal(struct gs_writer *base);
void gs_cairo_end_seal(struct gs_writer *base);

#endif
