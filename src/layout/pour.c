/*
 * Pouring: a block made ready, and placed from where the pager stands over as many
 * pages as it takes.  A table fills its pages itself.
 *
 * Space at the head of a page is dropped where the page began only because the
 * one before was full; after a forced break and at the begin of a section it
 * stays, so that a cover page can be set.
 */
#include "layout/pager-inside.h"

#include "base/arena.h"
#include "base/diag.h"
#include "layout/table.h"
#include "model/doc.h"

static const struct gs_why page_break = {N_("page break"), GS_NO_ARGS};

/* --- making ready ---------------------------------------------------------------- */

bool gs_ready_make(struct gs_pager *pager, const struct gs_block *block,
        struct gs_ready *ready)
{
    if (ready->made) {
        return ready->ok;
    }
    ready->made = true;
    switch (block->kind) {
    case GS_BLOCK_TABLE:
        ready->table = gs_table_set_make(&pager->context, block->u.table,
                ++pager->tables, pager->measure);
        ready->ok = ready->table != NULL;
        if (pager->taker != NULL) {
            gs_pager_note(pager, ready->table);
        }
        break;
    case GS_BLOCK_TOC:
        ready->ok = gs_toc_make(&pager->context, pager->doc, block,
                pager->measure, &ready->flow);
        break;
    case GS_BLOCK_PARA:
    case GS_BLOCK_LINE:
    case GS_BLOCK_IMAGE:
    case GS_BLOCK_RULE:
    case GS_BLOCK_SPACE:
        ready->ok = gs_flow_make(&pager->context, block, 1, pager->measure,
                &ready->flow);
        break;
    case GS_BLOCK_PAGE_BREAK:
    case GS_BLOCK_PLACED:
        ready->ok = true;
        break;
    }
    return ready->ok;
}

/* --- flows ------------------------------------------------------------------------ */

void gs_frag_add_flow(struct gs_arena *arena, GArray *blocks,
        const struct gs_block *block, const struct gs_flow *flow, size_t from,
        size_t to, struct gs_rect rect, unsigned part, bool repeated)
{
    struct gs_flow_placed placed;
    gs_flow_place(flow, from, to, rect.x, rect.y, arena, &placed);
    struct gs_frag_block frag = {
            .kind = GS_FRAG_LINES,
            .block = block,
            .rect = rect,
            .part = part,
            .of = part,
            .repeated = repeated,
            .lines = placed.lines,
            .line_count = placed.line_count,
    };
    if (placed.image_count > 0) {
        frag.kind = GS_FRAG_IMAGE;
        frag.image = placed.images[0];
    } else if (to > from && flow->items[from].kind == GS_FLOW_RULE) {
        frag.kind = GS_FRAG_RULE;
        frag.rect.x += flow->items[from].x;
        frag.rect.width = flow->items[from].width;
    }
    if (frag.line_count > 0 || frag.kind != GS_FRAG_LINES) {
        g_array_append_val(blocks, frag);
    }
}

static bool report_too_tall(
        struct gs_pager *pager, const struct gs_block *block, gs_len height)
{
    struct gs_arena *arena = pager->context.arena;
    gs_diag_add(pager->context.diag, GS_DIAG_BLOCK_TOO_TALL, block->origin.loc,
            GS_ARGS(gs_layout_pt(arena, height),
                    gs_layout_pt(arena, gs_pager_page(pager))));
    return false;
}

/* Of a block that is being poured: its items up to where it may break. */
static const struct gs_why *why_flow(
        struct gs_pager *pager, const struct gs_flow *flow, size_t from)
{
    size_t to = from + 1;
    while (to < flow->count && flow->items[to - 1].keep_next) {
        to++;
    }
    gs_len height = gs_flow_height(flow, from, to);
    if (flow->items[from].kind != GS_FLOW_LINES) {
        return gs_pager_why_full(
                pager, N_("the next block takes %1, %2 was left"), height);
    }
    return gs_pager_why_full(pager,
            to == from + 1
                    ? N_("the next line takes %1, %2 was left")
                    : N_("the next lines, which stay together, take %1, %2 was "
                         "left"),
            height);
}

/* A paragraph that is not to be split, but higher than a page. */
static void check_together(struct gs_pager *pager, const struct gs_block *block,
        const struct gs_flow *flow)
{
    size_t from = gs_flow_skip_space(flow, 0);
    size_t to = gs_flow_first_end(flow, from);
    gs_len height = gs_flow_height(flow, from, to);
    if ((block->keep & GS_KEEP_TOGETHER) != 0
            && block->strength >= GS_STRENGTH_NORMAL
            && height > gs_pager_page(pager)) {
        gs_pager_report_broken(pager, block, height);
    }
}

static bool place_flow(struct gs_pager *pager, const struct gs_block *block,
        const struct gs_flow *flow)
{
    size_t from = 0;
    unsigned part = 0;
    check_together(pager, block, flow);
    while (from < flow->count) {
        if (pager->fresh && pager->natural) {
            from = gs_flow_skip_space(flow, from);
        }
        size_t to = gs_flow_fit(flow, from, gs_pager_room(pager), pager->fresh);
        if (to > from) {
            gs_len height = gs_flow_height(flow, from, to);
            struct gs_rect rect = {
                    pager->left, pager->y, pager->measure, height};
            if (part == 0) {
                gs_pager_add_anchors(pager, block);
            }
            gs_frag_add_flow(pager->context.page, pager->blocks, block, flow,
                    from, to, rect, ++part, false);
            pager->y = MIN(pager->y + height, pager->bottom);
            pager->fresh = false;
            from = to;
        } else if (from < flow->count) {
            gs_len height = flow->items[from].height;
            if (pager->fresh) {
                return report_too_tall(pager, block, height);
            }
            if (!gs_pager_next_page(pager, why_flow(pager, flow, from), true)) {
                return false;
            }
        }
    }
    return true;
}

/* --- tables ------------------------------------------------------------------------ */

/* One strip of a table; `parts` counts those of all its strips. */
static bool place_strip(struct gs_pager *pager, const struct gs_block *block,
        struct gs_table_set *set, unsigned *parts)
{
    gs_len width = gs_table_set_width(set);
    gs_len x = pager->left
            + gs_layout_align(block->u.table->align, pager->measure, width);
    gs_len page = gs_pager_page(pager);
    while (!gs_table_set_is_done(set)) {
        struct gs_table_part part;
        gs_len caption = gs_table_set_caption(set, page);
        gs_len y = pager->y + caption;
        if (!gs_table_set_page(set, pager->context.page, x, y,
                    gs_pager_room(pager) - caption, page - caption,
                    pager->fresh || pager->kept == block, &part)
                || gs_table_set_fails(set)) {
            pager->refused = pager->taker != NULL;
            return false;
        }
        pager->kept = NULL;
        if (part.table != NULL) {
            if (caption > 0) {
                gs_table_set_add_caption(set, x, pager->y, pager->blocks);
            }
            if (*parts == 0) {
                gs_pager_add_anchors(pager, block);
            }
            ++*parts;
            struct gs_frag_block frag = {
                    .kind = GS_FRAG_TABLE,
                    .block = block,
                    .rect = {x, y, width, part.height},
                    .part = *parts,
                    .of = *parts,
                    .table = part.table,
            };
            g_array_append_val(pager->blocks, frag);
            pager->y = y + part.height;
            pager->fresh = false;
        }
        if (!gs_table_set_is_done(set)
                && !gs_pager_next_page(pager, part.ended, true)) {
            return false;
        }
    }
    return true;
}

static bool place_table(struct gs_pager *pager, const struct gs_block *block,
        struct gs_table_set *set)
{
    const struct gs_table *table = block->u.table;
    unsigned parts = 0;
    if (!(pager->fresh && pager->natural)) {
        pager->y += table->space_before;
    }
    if (!place_strip(pager, block, set, &parts)) {
        return false;
    }
    while ((set = gs_table_set_next(set)) != NULL) {
        const struct gs_why *why = gs_why_columns(set, pager->context.page);
        if (!gs_pager_next_page(pager, why, true)
                || !place_strip(pager, block, set, &parts)) {
            return false;
        }
    }
    pager->y = MIN(pager->y + table->space_after, pager->bottom);
    return true;
}

/* --- a block ------------------------------------------------------------------------ */

bool gs_ready_pour(struct gs_pager *pager, const struct gs_block *block,
        const struct gs_ready *ready)
{
    switch (block->kind) {
    case GS_BLOCK_TABLE:
        return place_table(pager, block, ready->table);
    case GS_BLOCK_PARA:
    case GS_BLOCK_LINE:
    case GS_BLOCK_IMAGE:
    case GS_BLOCK_RULE:
    case GS_BLOCK_SPACE:
    case GS_BLOCK_TOC:
        return place_flow(pager, block, &ready->flow);
    case GS_BLOCK_PAGE_BREAK:
        return pager->fresh || gs_pager_next_page(pager, &page_break, false);
    case GS_BLOCK_PLACED:
        return gs_placed_add(&pager->context, block,
                pager->section->page->size, false, pager->blocks);
    }
    return false;
}
