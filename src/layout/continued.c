/*
 * Captions of a table's further parts: <continued>, set once, drawn above every
 * part but the first.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "layout/pager.h"
#include "layout/table-set.h"
#include "model/doc.h"

bool gs_continued_make(struct gs_table_set *set)
{
    const struct gs_table *table = set->table;
    bool ok = true;
    set->continued = GS_MAKE_ARRAY(set->context.arena, struct gs_flow,
            table->continued_count + 1);
    for (size_t i = 0; i < table->continued_count; i++) {
        ok = gs_flow_make(&set->context, &table->continued[i], 1,
                     gs_table_set_width(set), &set->continued[i])
                && ok;
    }
    return ok;
}

/* Space above the caption is no use at the head of a page. */
static size_t first_item(const struct gs_table_set *set, size_t i)
{
    return i == 0 ? gs_flow_skip_space(&set->continued[i], 0) : 0;
}

gs_len gs_table_set_caption(struct gs_table_set *set, gs_len page)
{
    gs_len height = 0;
    bool further = set->parts > 0 || set->strip_number > 1;
    for (size_t i = 0; further && i < set->table->continued_count; i++) {
        const struct gs_flow *flow = &set->continued[i];
        height += gs_flow_height(flow, first_item(set, i), flow->count);
    }
    if (height == 0 || height + gs_set_least_below(set) <= page) {
        return height;
    }
    if (!set->caption_reported) {
        struct gs_arena *arena = set->context.arena;
        gs_diag_add(set->context.diag, GS_DIAG_CAPTION_TOO_TALL,
                set->table->continued[0].origin.loc,
                GS_ARGS(gs_layout_pt(arena, height)));
        set->caption_reported = true;
    }
    return 0;
}

void gs_table_set_add_caption(
        const struct gs_table_set *set, gs_len x, gs_len y, GArray *blocks)
{
    for (size_t i = 0; i < set->table->continued_count; i++) {
        const struct gs_flow *flow = &set->continued[i];
        size_t from = first_item(set, i);
        gs_len height = gs_flow_height(flow, from, flow->count);
        struct gs_rect rect = {x, y, gs_table_set_width(set), height};
        gs_frag_add_flow(set->context.page, blocks, &set->table->continued[i],
                flow, from, flow->count, rect, 1, true);
        y += height;
    }
}
