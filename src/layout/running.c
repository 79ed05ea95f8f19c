/*
 * Page heads and feet, and blocks at fixed places: what stands on a page without
 * being part of its flow.
 */
#include <glib.h>

#include "base/arena.h"
#include "layout/pager.h"
#include "model/doc.h"

/* --- fixed places ------------------------------------------------------------- */

/* The widest paragraph or picture, on one line each. */
static gs_len natural_width(const struct gs_layout_context *context,
        const struct gs_block *blocks, size_t count)
{
    gs_len width = 0;
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].kind == GS_BLOCK_IMAGE) {
            width = MAX(width, blocks[i].u.image.width);
        } else if (blocks[i].kind == GS_BLOCK_PARA) {
            const struct gs_para *para = &blocks[i].u.para;
            gs_len least = 0, natural = 0;
            (void)gs_text_measure(context->arena, context->fonts, para->style,
                    para->runs, para->run_count, context->diag, &least,
                    &natural);
            width = MAX(width,
                    natural + para->style->left + para->style->right);
        }
    }
    return width;
}

bool gs_placed_add(const struct gs_layout_context *context,
        const struct gs_block *block, struct gs_size page, bool repeated,
        GArray *blocks)
{
    const struct gs_edges *at = &block->u.placed.at;
    const struct gs_block *inner = block->u.placed.blocks;
    size_t count = block->u.placed.block_count;
    gs_len width = block->u.placed.width;
    if (width == GS_PLACED_NONE || width <= 0) {
        bool both = at->left != GS_PLACED_NONE && at->right != GS_PLACED_NONE;
        width = both ? page.width - at->left - at->right
                     : natural_width(context, inner, count);
    }
    gs_len x = at->left != GS_PLACED_NONE ? at->left
            : at->right != GS_PLACED_NONE ? page.width - at->right - width
                                          : 0;
    gs_len y = at->top != GS_PLACED_NONE ? at->top : 0;
    if (at->top == GS_PLACED_NONE && at->bottom != GS_PLACED_NONE) {
        struct gs_flow all;
        if (!gs_flow_make(context, inner, count, width, &all)) {
            return false;
        }
        y = page.height - at->bottom - gs_flow_height(&all, 0, all.count);
    }
    for (size_t i = 0; i < count; i++) {
        struct gs_flow flow;
        if (!gs_flow_make(context, &inner[i], 1, width, &flow)) {
            return false;
        }
        gs_len height = gs_flow_height(&flow, 0, flow.count);
        struct gs_rect rect = {x, y, width, height};
        gs_frag_add_flow(context->arena, blocks, &inner[i], &flow, 0,
                flow.count, rect, 1, repeated);
        y += height;
    }
    return true;
}

/* --- heads and feet -------------------------------------------------------------- */

static bool set_running(const struct gs_layout_context *context,
        const struct gs_running *running, const struct gs_page *page,
        bool at_foot, struct gs_frag_block **out, size_t *out_count)
{
    const struct gs_page_style *style = page->section->page;
    gs_len measure =
            style->size.width - style->margin.left - style->margin.right;
    struct gs_flow *flows = g_new0(struct gs_flow, running->block_count + 1);
    gs_len height = 0;
    bool ok = true;
    for (size_t i = 0; i < running->block_count; i++) {
        if (running->blocks[i].kind != GS_BLOCK_PLACED) {
            ok = gs_flow_make(context, &running->blocks[i], 1, measure,
                         &flows[i])
                    && ok;
            height += gs_flow_height(&flows[i], 0, flows[i].count);
        }
    }
    gs_len y = at_foot ? style->size.height - style->footer_bottom - height
                       : style->header_top;
    GArray *blocks = g_array_new(FALSE, TRUE, sizeof(struct gs_frag_block));
    for (size_t i = 0; ok && i < running->block_count; i++) {
        const struct gs_block *block = &running->blocks[i];
        if (block->kind == GS_BLOCK_PLACED) {
            ok = gs_placed_add(context, block, style->size, true, blocks);
            continue;
        }
        gs_len part = gs_flow_height(&flows[i], 0, flows[i].count);
        struct gs_rect rect = {style->margin.left, y, measure, part};
        gs_frag_add_flow(context->arena, blocks, block, &flows[i], 0,
                flows[i].count, rect, 1, true);
        y += part;
    }
    g_free(flows);
    *out_count = blocks->len;
    *out = gs_layout_copy(context->arena, blocks);
    g_array_free(blocks, TRUE);
    return ok;
}

/* Pages of the run of numbers that the page belongs to: 共n页. */
static size_t run_length(const struct gs_page *pages, size_t count, size_t *i)
{
    size_t end = *i + 1;
    while (end < count
            && !(pages[end].section != pages[end - 1].section
                    && pages[end].section->restart_numbers)) {
        end++;
    }
    size_t length = end - *i;
    *i = end;
    return length;
}

bool gs_running_set_page(const struct gs_layout_context *context,
        struct gs_page *page, bool first_of_section, const char *total)
{
    struct gs_layout_context own = *context;
    own.fields.page_number = page->number;
    own.fields.page_count = total;
    const struct gs_section *section = page->section;
    bool ok = true;
    if (!(section->header.skip_first && first_of_section)) {
        ok = set_running(&own, &section->header, page, false, &page->header,
                &page->header_count);
    }
    if (!(section->footer.skip_first && first_of_section)) {
        ok = set_running(&own, &section->footer, page, true, &page->footer,
                     &page->footer_count)
                && ok;
    }
    return ok;
}

bool gs_running_set(const struct gs_layout_context *context,
        struct gs_page *pages, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t first = i;
        size_t length = run_length(pages, count, &i);
        const char *total = gs_arena_printf(context->arena, "%zu", length);
        for (size_t j = first; j < i; j++) {
            bool first_of_section =
                    j == 0 || pages[j].section != pages[j - 1].section;
            if (!gs_running_set_page(
                        context, &pages[j], first_of_section, total)) {
                return false; /* the same words would fail on every page */
            }
        }
    }
    return true;
}
