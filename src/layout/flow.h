/*
 * Flow: the content of a cell, or a block of the body, set in lines and ready to
 * be poured: a list of items with heights, and where it may break.
 */
#ifndef GS_LAYOUT_FLOW_H
#define GS_LAYOUT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "layout/fragment.h"
#include "model/doc.h"

struct gs_arena;
struct gs_block;
struct gs_layout_context;

enum gs_flow_kind {
    GS_FLOW_LINES, /* one line; or the lines of a three-part line */
    GS_FLOW_IMAGE,
    GS_FLOW_SPACE,
    GS_FLOW_RULE,
};

/* A line, shifted from the item's top left corner. */
struct gs_flow_piece {
    gs_len dx, dy;
    const struct gs_line *line;
    unsigned part; /* of a three-part line, from 0 */
};

struct gs_flow_item {
    enum gs_flow_kind kind;
    const struct gs_block *block;
    unsigned number; /* of the block among those of the flow, from 0 */
    gs_len height;
    bool keep_next; /* no break between this item and the next */
    enum gs_strength strength; /* of that */
    struct gs_flow_piece *pieces;
    size_t piece_count;
    gs_len x, width; /* of an image or rule */
};

struct gs_flow {
    struct gs_flow_item *items;
    size_t count;
    gs_len *below; /* heights summed up; count + 1 entries, below[0] = 0 */
};

/*
 * Sets blocks (no tables, breaks, contents lists, placed) for a measure.  False
 * after diagnostics; the flow is then incomplete.
 */
bool gs_flow_make(const struct gs_layout_context *context,
        const struct gs_block *blocks, size_t count, gs_len measure,
        struct gs_flow *out);

/* The same with text of `percent` of its size, from line heights to indents. */
bool gs_flow_make_scaled(const struct gs_layout_context *context,
        const struct gs_block *blocks, size_t count, unsigned percent,
        gs_len measure, struct gs_flow *out);

/* Height of items [from, to), space at the two ends included. */
gs_len gs_flow_height(const struct gs_flow *flow, size_t from, size_t to);

/* In cells: no line stands alone before or after a break, of four or more. */
void gs_flow_pair_lines(struct gs_flow *flow);

/* The end of the first piece from `from` on that may stand alone. */
size_t gs_flow_first_end(const struct gs_flow *flow, size_t from);

/*
 * The furthest item before which a break is allowed such that [from, result)
 * is at most `room` high; `from` when nothing fits.  With `force`, breaks where
 * items would rather be kept together, to get at least one of them placed: where
 * they are kept together least firmly, as far down as that is.
 */
size_t gs_flow_fit(
        const struct gs_flow *flow, size_t from, gs_len room, bool force);

/* Whether nothing but space is left from `from` on. */
bool gs_flow_is_done(const struct gs_flow *flow, size_t from);

/* The first item at or after `from` that is not space. */
size_t gs_flow_skip_space(const struct gs_flow *flow, size_t from);

/* What stands in items that have their place; NULL where there is none. */
struct gs_flow_placed {
    struct gs_frag_line *lines;
    size_t line_count;
    struct gs_frag_image *images;
    size_t image_count;
};

/* Puts items [from, to) at (x, y); what they hold lives in the arena. */
void gs_flow_place(const struct gs_flow *flow, size_t from, size_t to, gs_len x,
        gs_len y, struct gs_arena *arena, struct gs_flow_placed *out);

#endif
