/*
 * The libharu writer: what its sources share.
 *
 * libharu wants origin bottom left, y up, so y is turned over at the last
 * moment (gs_haru_y).
 */
#ifndef GS_WRITE_HARU_H
#define GS_WRITE_HARU_H

#include <stdbool.h>

#include <hpdf.h>

#include "write/base.h"

struct gs_haru {
    struct gs_writer base;
    HPDF_Doc pdf;
    HPDF_Encoder encoder;
    struct gs_doc_info info;
    struct gs_protection protection;
    GPtrArray *pages; /* HPDF_Page; [0] is page info.first */
    GPtrArray *labels; /* their numbers as printed; "" for none */
    GArray *links; /* struct link: made when all pages are there */
    GHashTable *fonts; /* "path:index" -> HPDF_Font */
    GHashTable *images; /* gs_writer_image() */
    HPDF_ExtGState multiply; /* blend mode; made at the first seal */
    HPDF_Page page; /* NULL between pages */
    gs_len page_height;
    /* What the page's text state is; reset where that is lost. */
    bool in_text, bold;
    HPDF_Font font;
    gs_len size;
    GString *text; /* scratch */
};

struct gs_haru *gs_haru_cast(struct gs_writer *base);

/* Whether there is a page and nothing has failed. */
bool gs_haru_can_draw(const struct gs_haru *haru);

float gs_haru_pt(gs_len len);
float gs_haru_y(const struct gs_haru *haru, gs_len y);

/* Reports the first character that libharu cannot write; true if there is one. */
bool gs_haru_refuses(
        struct gs_haru *haru, const char *text, size_t size, struct gs_loc loc);

/* Operations of the writer's table: see gs_writer_ops. */
void gs_haru_push_clip(struct gs_writer *base, struct gs_rect rect);
void gs_haru_pop_clip(struct gs_writer *base);
void gs_haru_fill_rect(
        struct gs_writer *base, struct gs_rect rect, struct gs_color color);
void gs_haru_stroke_line(struct gs_writer *base, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style);
void gs_haru_stroke_rule(struct gs_writer *base, const struct gs_rule *rule);
void gs_haru_show_path(struct gs_writer *base, const struct gs_path *path);
void gs_haru_begin_seal(struct gs_writer *base);
void gs_haru_end_seal(struct gs_writer *base);

/* Text objects cannot hold anything else: called before all other drawing. */
void gs_haru_end_text(struct gs_haru *haru);
void gs_haru_show_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run);

void gs_haru_show_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image);

#endif
