/*
 * Display list: what one page draws, in order.  All writers draw the same list.
 *
 * Order: fills, rules, text and images, then seals.  Tags open and close around
 * the content they describe and nest properly; whatever stands outside of any tag
 * is inside an artifact.
 */
#ifndef GS_PAGE_DISPLAY_H
#define GS_PAGE_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "layout/fragment.h"
#include "text/text.h"

struct gs_arena;

/* A straight line along an axis: from (x, y), `length` to the right or down. */
struct gs_rule {
    gs_len x, y, length;
    bool vertical;
    struct gs_rule_style style;
};

enum gs_op_kind {
    GS_OP_GLYPHS,
    GS_OP_RULE,
    GS_OP_FILL,
    GS_OP_LINE, /* from (rect.x, rect.y) to the opposite corner: diagonals */
    GS_OP_PATH,
    GS_OP_IMAGE,
    GS_OP_PUSH_CLIP,
    GS_OP_POP_CLIP,
    GS_OP_BEGIN_TAG,
    GS_OP_END_TAG,
    GS_OP_BEGIN_ARTIFACT,
    GS_OP_END_ARTIFACT,
    GS_OP_LINK, /* rect leads to `target` */
    GS_OP_BEGIN_SEAL, /* ink on paper: what lies below stays readable */
    GS_OP_END_SEAL,
};

enum gs_tag_kind {
    GS_TAG_HEADING,
    GS_TAG_PARAGRAPH,
    GS_TAG_TABLE,
    GS_TAG_ROW,
    GS_TAG_HEAD_CELL,
    GS_TAG_CELL,
    GS_TAG_FIGURE,
};

struct gs_tag {
    enum gs_tag_kind kind;
    unsigned level; /* of a heading */
    const struct gs_block *block; /* what it describes; one of these is set */
    const struct gs_frag_row *row;
    const struct gs_frag_cell *cell;
    const char *alt; /* of a figure */
};

struct gs_op {
    enum gs_op_kind kind;
    union {
        struct {
            struct gs_point origin; /* of the run, on the baseline */
            const struct gs_glyph_run *run;
        } glyphs;
        struct gs_rule rule;
        struct {
            struct gs_rect rect;
            struct gs_color color;
        } fill; /* and PUSH_CLIP (colour unused) */
        struct {
            struct gs_point from, to;
            struct gs_rule_style style;
        } line;
        const struct gs_path *path;
        struct {
            struct gs_rect rect;
            const struct gs_image *image;
        } image;
        struct gs_tag tag;
        struct {
            struct gs_rect rect;
            const char *target;
        } link;
    } u;
};

struct gs_display {
    struct gs_size size;
    const struct gs_op *ops;
    size_t count;
};

/* The list of one page; lives in `arena`, points into the pages. */
const struct gs_display *gs_display_make(
        struct gs_arena *arena, const struct gs_page *page);

#endif
