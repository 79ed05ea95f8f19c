/*
 * Pager: blocks over pages, as far as no table is concerned; a table fills its
 * pages itself.
 *
 * Space at the head of a page is dropped where the page began only because the
 * one before was full; after a forced break and at the begin of a section it
 * stays, so that a cover page can be set.
 */
#include "layout/pager.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/layout.h"
#include "layout/table.h"
#include "model/doc.h"
#include "model/number.h"

/* A block made ready: its flow, or its table. */
struct ready {
    bool made, ok;
    struct gs_flow flow;
    struct gs_table_set *table;
};

static const struct gs_why page_break = {N_("page break"), GS_NO_ARGS};
static const struct gs_why section_ends = {N_("the section ends"), GS_NO_ARGS};
static const struct gs_why blocks_parted = {
        N_("blocks kept together are higher than a page"), GS_NO_ARGS};
static const struct gs_why document_ends = {
        N_("the document ends"), GS_NO_ARGS};

static void free_arena(void *arena)
{
    gs_arena_free(arena);
}

static void drop_table(void *set)
{
    gs_table_set_drop(set);
}

void gs_pager_init(struct gs_pager *pager,
        const struct gs_layout_context *context, const struct gs_doc *doc)
{
    *pager = (struct gs_pager){
            .context = *context,
            .doc = doc,
            .arenas = g_ptr_array_new_with_free_func(free_arena),
            .sets = g_ptr_array_new_with_free_func(drop_table),
            .pages = g_array_new(FALSE, TRUE, sizeof(struct gs_page)),
            .anchors = g_array_new(FALSE, TRUE, sizeof(struct gs_anchor)),
            .blocks = g_array_new(FALSE, TRUE, sizeof(struct gs_frag_block)),
    };
}

void gs_pager_release(struct gs_pager *pager)
{
    g_ptr_array_free(pager->sets, TRUE);
    g_ptr_array_free(pager->arenas, TRUE);
    g_array_free(pager->pages, TRUE);
    g_array_free(pager->anchors, TRUE);
    g_array_free(pager->blocks, TRUE);
}

/* --- pages -------------------------------------------------------------------- */

static void close_page(struct gs_pager *pager, const struct gs_why *why)
{
    if (!pager->open) {
        return;
    }
    struct gs_page *page = &g_array_index(
            pager->pages, struct gs_page, pager->pages->len - 1);
    page->why = why;
    page->block_count = pager->blocks->len;
    page->blocks = gs_layout_copy(pager->context.page, pager->blocks);
    g_array_set_size(pager->blocks, 0);
    pager->open = false;
    if (pager->taker != NULL && !pager->refused) {
        gs_pager_give(pager);
    }
}

static size_t page_count(const struct gs_pager *pager)
{
    return pager->taken + pager->pages->len;
}

static size_t pages_max(const struct gs_pager *pager)
{
    return pager->taker != NULL ? GS_STREAM_PAGES_MAX : GS_PAGES_MAX;
}

static void open_page(struct gs_pager *pager, bool natural)
{
    const struct gs_page_style *style = pager->section->page;
    if (page_count(pager) >= pages_max(pager)) {
        pager->too_many = true;
    }
    if (pager->taker != NULL) {
        pager->context.page = gs_arena_new();
        g_ptr_array_add(pager->arenas, pager->context.page);
    }
    struct gs_page page = {
            .index = page_count(pager),
            .number = gs_number_text(pager->context.page, ++pager->number,
                    pager->section->number),
            .section = pager->section,
            .size = style->size,
    };
    g_array_append_val(pager->pages, page);
    pager->left = style->margin.left;
    pager->top = style->margin.top;
    pager->bottom = style->size.height - style->margin.bottom;
    pager->measure =
            style->size.width - style->margin.left - style->margin.right;
    pager->context.page_height = pager->bottom - pager->top;
    pager->y = pager->top;
    pager->open = true;
    pager->fresh = true;
    pager->natural = natural;
}

/* Goes on to a new page; false when there are too many. */
static bool next_page(
        struct gs_pager *pager, const struct gs_why *why, bool natural)
{
    close_page(pager, why);
    open_page(pager, natural);
    if (pager->too_many) {
        gs_diag_add(pager->context.diag, GS_DIAG_TOO_MANY_PAGES, GS_NO_LOC,
                GS_ARGS(gs_layout_number(
                        pager->context.arena, pages_max(pager))));
        return false;
    }
    return !pager->refused;
}

static gs_len room_left(const struct gs_pager *pager)
{
    return pager->bottom - pager->y;
}

static void add_anchor(struct gs_pager *pager, const char *id)
{
    if (id != NULL) {
        struct gs_anchor anchor = {
                .id = id,
                .page = page_count(pager) - 1,
                .y = pager->y,
        };
        g_array_append_val(pager->anchors, anchor);
    }
}

static void add_anchors(struct gs_pager *pager, const struct gs_block *block)
{
    if (block->heading != NULL) {
        add_anchor(pager, block->heading->id);
    }
    if (block->id != NULL
            && (block->heading == NULL
                    || !g_str_equal(block->id, block->heading->id))) {
        add_anchor(pager, block->id);
    }
}

/* --- making ready ---------------------------------------------------------------- */

static bool make_ready(struct gs_pager *pager, const struct gs_block *block,
        struct ready *ready)
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

/* Height of the first piece of a block that may stand alone on a page. */
static gs_len first_height(const struct gs_pager *pager,
        const struct gs_block *block, const struct ready *ready)
{
    if (ready->table != NULL) {
        return block->u.table->space_before
                + gs_table_set_least(ready->table, pager->context.page);
    }
    return gs_flow_height(
            &ready->flow, 0, gs_flow_first_end(&ready->flow, 0));
}

/* Blocks kept together, from some block on. */
struct chain {
    size_t end;    /* the block after them */
    gs_len height; /* that they need; of the last one its first piece */
    size_t weakest; /* the block before which a page parts them best; 0: none */
    enum gs_strength strength; /* of what keeps it */
    size_t table; /* its last one, where that is one … */
    const struct gs_table_set *set;
    gs_len above; /* … and the height of those above it */
};

/* A page may end behind a block that keeps the next one: the weakest, latest. */
static void note_break(struct chain *chain, const struct gs_block *block,
        size_t next, gs_len page)
{
    if (chain->height <= page
            && (chain->weakest == 0 || block->strength <= chain->strength)) {
        chain->weakest = next;
        chain->strength = block->strength;
    }
}

/* The chain of blocks kept together from block `i` on. */
static bool find_chain(struct gs_pager *pager, const struct gs_section *section,
        struct ready *ready, size_t i, struct chain *chain)
{
    gs_len page = pager->bottom - pager->top;
    *chain = (struct chain){.table = section->block_count};
    for (; i < section->block_count; i++) {
        const struct gs_block *block = &section->blocks[i];
        if (!make_ready(pager, block, &ready[i])) {
            return false;
        }
        if (block->kind == GS_BLOCK_PLACED) {
            continue;
        }
        if (block->kind == GS_BLOCK_PAGE_BREAK) {
            break;
        }
        if (ready[i].table != NULL) {
            chain->table = i;
            chain->set = ready[i].table;
            chain->above = chain->height + block->u.table->space_before;
        }
        if ((block->keep & GS_KEEP_NEXT) == 0 || ready[i].table != NULL) {
            chain->height += first_height(pager, block, &ready[i]);
            i++;
            break;
        }
        chain->height += gs_flow_height(&ready[i].flow, 0, ready[i].flow.count);
        note_break(chain, block, i + 1, page);
    }
    chain->end = i;
    return true;
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
                    gs_layout_pt(arena, pager->bottom - pager->top)));
    return false;
}

/* `text` speaks of what takes %1 where %2 was left. */
static const struct gs_why *why_full(
        struct gs_pager *pager, const char *text, gs_len height)
{
    struct gs_arena *arena = pager->context.page;
    const char *taken, *left;
    gs_layout_pt_pair(arena, height, room_left(pager), &taken, &left);
    return gs_layout_why(arena, text, GS_ARGS(taken, left));
}

static const struct gs_why *why_chain(
        struct gs_pager *pager, const struct gs_block *block, gs_len height)
{
    return (block->keep & GS_KEEP_NEXT) == 0
            ? why_full(pager, N_("the next block takes %1, %2 was left"), height)
            : why_full(pager,
                      N_("the next block and what it stays with take %1, %2 "
                         "was left"),
                      height);
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
        return why_full(
                pager, N_("the next block takes %1, %2 was left"), height);
    }
    return to == from + 1
            ? why_full(pager, N_("the next line takes %1, %2 was left"), height)
            : why_full(pager,
                      N_("the next lines, which stay together, take %1, %2 was "
                         "left"),
                      height);
}

static void report_broken(
        struct gs_pager *pager, const struct gs_block *block, gs_len height)
{
    struct gs_arena *arena = pager->context.arena;
    gs_diag_add(pager->context.diag, GS_DIAG_KEEP_BROKEN, block->origin.loc,
            GS_ARGS(gs_layout_pt(arena, height),
                    gs_layout_pt(arena, pager->bottom - pager->top)));
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
            && height > pager->bottom - pager->top) {
        report_broken(pager, block, height);
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
        size_t to = gs_flow_fit(flow, from, room_left(pager), pager->fresh);
        if (to > from) {
            gs_len height = gs_flow_height(flow, from, to);
            struct gs_rect rect = {
                    pager->left, pager->y, pager->measure, height};
            if (part == 0) {
                add_anchors(pager, block);
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
            if (!next_page(pager, why_flow(pager, flow, from), true)) {
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
    gs_len page = pager->bottom - pager->top;
    while (!gs_table_set_is_done(set)) {
        struct gs_table_part part;
        gs_len caption = gs_table_set_caption(set, page);
        gs_len y = pager->y + caption;
        if (!gs_table_set_page(set, pager->context.page, x, y,
                    room_left(pager) - caption, page - caption,
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
                add_anchors(pager, block);
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
                && !next_page(pager, part.ended, true)) {
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
        if (!next_page(pager, why, true)
                || !place_strip(pager, block, set, &parts)) {
            return false;
        }
    }
    pager->y = MIN(pager->y + table->space_after, pager->bottom);
    return true;
}

/* --- sections ----------------------------------------------------------------------- */

static bool place_block(struct gs_pager *pager, const struct gs_block *block,
        const struct ready *ready)
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
        return pager->fresh || next_page(pager, &page_break, false);
    case GS_BLOCK_PLACED:
        return gs_placed_add(&pager->context, block,
                pager->section->page->size, false, pager->blocks);
    }
    return false;
}

static bool check_page(struct gs_pager *pager)
{
    const struct gs_page_style *style = pager->section->page;
    gs_len width =
            style->size.width - style->margin.left - style->margin.right;
    gs_len height =
            style->size.height - style->margin.top - style->margin.bottom;
    if (width >= GS_PT(10) && height >= GS_PT(10)) {
        return true;
    }
    struct gs_arena *arena = pager->context.arena;
    gs_diag_add(pager->context.diag, GS_DIAG_PAGE_TOO_SMALL,
            pager->section->origin.loc,
            GS_ARGS(gs_layout_pt(arena, width), gs_layout_pt(arena, height)));
    return false;
}

/* Blocks before `end` have their place; there, a page ends if they are parted. */
struct kept {
    size_t end;
    bool parted;
};

/* A chain that no page can hold, at the head of one: where it is parted. */
static void part_chain(struct gs_pager *pager, const struct gs_section *section,
        const struct chain *chain, size_t i, struct kept *kept)
{
    gs_len page = pager->bottom - pager->top;
    if (chain->table < section->block_count
            && gs_table_set_parts(chain->set, pager->context.page,
                    page - chain->above, chain->strength)) {
        pager->kept = &section->blocks[chain->table];
        *kept = (struct kept){chain->table + 1, false};
        return;
    }
    *kept = (struct kept){chain->weakest, true};
    if (chain->strength >= GS_STRENGTH_NORMAL) {
        report_broken(pager, &section->blocks[i], chain->height);
    }
}

/* Sees to it that block `i` stands on a page with what it is kept with. */
static bool keep_blocks(struct gs_pager *pager,
        const struct gs_section *section, struct ready *ready, size_t i,
        struct kept *kept)
{
    const struct gs_block *block = &section->blocks[i];
    struct chain chain;
    if (i < kept->end) {
        return make_ready(pager, block, &ready[i]);
    }
    bool parted = i == kept->end && kept->parted;
    if ((parted && !next_page(pager, &blocks_parted, true))
            || !find_chain(pager, section, ready, i, &chain)) {
        return false;
    }
    if (block->kind == GS_BLOCK_PLACED || block->kind == GS_BLOCK_PAGE_BREAK
            || block->kind == GS_BLOCK_SPACE) {
        return true;
    }
    if (!pager->fresh && chain.height > room_left(pager)
            && !next_page(pager, why_chain(pager, block, chain.height), true)) {
        return false;
    }
    if (chain.height <= room_left(pager)) {
        *kept = (struct kept){chain.end, false};
    } else if (chain.weakest > 0) {
        part_chain(pager, section, &chain, i, kept);
    }
    return true;
}

/* After an error all blocks are still made ready, to report their errors too. */
static bool run_section(struct gs_pager *pager, const struct gs_section *section)
{
    pager->section = section;
    if (section->restart_numbers) {
        pager->number = 0;
    }
    if (!check_page(pager) || !next_page(pager, &section_ends, false)) {
        return false;
    }
    struct ready *ready = g_new0(struct ready, section->block_count + 1);
    bool ok = true;
    struct kept kept = {0, false};
    for (size_t i = 0; i < section->block_count; i++) {
        const struct gs_block *block = &section->blocks[i];
        if (!ok) {
            (void)make_ready(pager, block, &ready[i]);
            continue;
        }
        ok = keep_blocks(pager, section, ready, i, &kept)
                && place_block(pager, block, &ready[i]);
    }
    g_free(ready);
    return ok;
}

/* How many parts each block was cut into: known from its last one. */
static void number_parts(struct gs_pager *pager)
{
    GHashTable *parts = g_hash_table_new(NULL, NULL);
    for (guint i = pager->pages->len; i-- > 0;) {
        struct gs_page *page =
                &g_array_index(pager->pages, struct gs_page, i);
        for (size_t j = page->block_count; j-- > 0;) {
            struct gs_frag_block *frag = &page->blocks[j];
            gpointer of = g_hash_table_lookup(parts, frag->block);
            if (of == NULL) {
                of = GUINT_TO_POINTER(frag->part);
                g_hash_table_insert(
                        parts, (gpointer)(uintptr_t)frag->block, of);
            }
            frag->of = GPOINTER_TO_UINT(of);
        }
    }
    g_hash_table_destroy(parts);
}

bool gs_pager_run(struct gs_pager *pager)
{
    bool ok = true;
    for (size_t i = 0; i < pager->doc->section_count; i++) {
        ok = run_section(pager, &pager->doc->sections[i]) && ok;
        /* After an error the rest is only checked. */
        pager->refused = pager->refused || (!ok && pager->taker != NULL);
    }
    close_page(pager, &document_ends);
    if (pager->taker == NULL) {
        number_parts(pager);
    }
    return ok && !pager->refused;
}
