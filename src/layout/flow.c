/*
 * Flow: pours items into a given height, and puts them in their places.
 */
#include "layout/flow.h"

#include <assert.h>

#include "base/arena.h"
#include "model/doc.h"

gs_len gs_flow_height(const struct gs_flow *flow, size_t from, size_t to)
{
    assert(from <= to && to <= flow->count);
    return flow->below[to] - flow->below[from];
}

size_t gs_flow_first_end(const struct gs_flow *flow, size_t from)
{
    while (from < flow->count) {
        const struct gs_flow_item *item = &flow->items[from++];
        if (!item->keep_next && item->kind != GS_FLOW_SPACE) {
            break;
        }
    }
    return from;
}

/* Where items (from, end] all keep together: the break that hurts least. */
static size_t weakest_break(const struct gs_flow *flow, size_t from, size_t end)
{
    size_t best = end;
    for (size_t i = end; i > from; i--) {
        if (flow->items[i - 1].strength < flow->items[best - 1].strength) {
            best = i;
        }
    }
    return best;
}

size_t gs_flow_fit(
        const struct gs_flow *flow, size_t from, gs_len room, bool force)
{
    size_t end = from, best = from;
    while (end < flow->count && gs_flow_height(flow, from, end + 1) <= room) {
        end++;
        if (end == flow->count || !flow->items[end - 1].keep_next) {
            best = end;
        }
    }
    /* Space that does not fit at the end needs no room of its own. */
    if (gs_flow_is_done(flow, best)) {
        best = flow->count;
    }
    return best == from && force ? weakest_break(flow, from, end) : best;
}

size_t gs_flow_skip_space(const struct gs_flow *flow, size_t from)
{
    while (from < flow->count && flow->items[from].kind == GS_FLOW_SPACE) {
        from++;
    }
    return from;
}

bool gs_flow_is_done(const struct gs_flow *flow, size_t from)
{
    return gs_flow_skip_space(flow, from) == flow->count;
}

/* How much stands in items [from, to). */
static void count_placed(const struct gs_flow *flow, size_t from, size_t to,
        struct gs_flow_placed *out)
{
    *out = (struct gs_flow_placed){0};
    for (size_t i = from; i < to; i++) {
        out->line_count += flow->items[i].piece_count;
        out->image_count += flow->items[i].kind == GS_FLOW_IMAGE;
    }
}

void gs_flow_place(const struct gs_flow *flow, size_t from, size_t to, gs_len x,
        gs_len y, struct gs_arena *arena, struct gs_flow_placed *out)
{
    count_placed(flow, from, to, out);
    struct gs_frag_line *line = NULL;
    struct gs_frag_image *image = NULL;
    if (out->line_count > 0) {
        out->lines = line = GS_MAKE_ARRAY(
                arena, struct gs_frag_line, out->line_count);
    }
    if (out->image_count > 0) {
        out->images = image = GS_MAKE_ARRAY(
                arena, struct gs_frag_image, out->image_count);
    }
    for (size_t i = from; i < to; i++) {
        const struct gs_flow_item *item = &flow->items[i];
        for (size_t j = 0; j < item->piece_count; j++) {
            const struct gs_flow_piece *piece = &item->pieces[j];
            *line++ = (struct gs_frag_line){.x = x + piece->dx,
                    .y = y + piece->dy,
                    .line = piece->line,
                    .block = item->number,
                    .part = piece->part};
        }
        if (item->kind == GS_FLOW_IMAGE) {
            *image++ = (struct gs_frag_image){
                    .rect = {x + item->x, y, item->width, item->height},
                    .image = item->block->u.image.image,
                    .alt = item->block->u.image.alt,
                    .block = item->number,
            };
        }
        y += item->height;
    }
}
