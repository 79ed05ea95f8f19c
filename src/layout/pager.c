/*
 * Pager: pages, begun and ended, and the sections whose blocks are placed on them.
 */
#include "layout/pager.h"

#include "base/arena.h"
#include "base/diag.h"
#include "layout/layout.h"
#include "layout/pager-inside.h"
#include "layout/table.h"
#include "model/doc.h"
#include "model/number.h"

static const struct gs_why section_ends = {N_("the section ends"), GS_NO_ARGS};
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
    pager->context.page_height = gs_pager_page(pager);
    pager->y = pager->top;
    pager->open = true;
    pager->fresh = true;
    pager->natural = natural;
}

bool gs_pager_next_page(
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

gs_len gs_pager_room(const struct gs_pager *pager)
{
    return pager->bottom - pager->y;
}

gs_len gs_pager_page(const struct gs_pager *pager)
{
    return pager->bottom - pager->top;
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

void gs_pager_add_anchors(struct gs_pager *pager, const struct gs_block *block)
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

/* --- what is said of them -------------------------------------------------------- */

const struct gs_why *gs_pager_why_full(
        struct gs_pager *pager, const char *text, gs_len height)
{
    struct gs_arena *arena = pager->context.page;
    const char *taken, *left;
    gs_layout_pt_pair(arena, height, gs_pager_room(pager), &taken, &left);
    return gs_layout_why(arena, text, GS_ARGS(taken, left));
}

void gs_pager_report_broken(
        struct gs_pager *pager, const struct gs_block *block, gs_len height)
{
    struct gs_arena *arena = pager->context.arena;
    gs_diag_add(pager->context.diag, GS_DIAG_KEEP_BROKEN, block->origin.loc,
            GS_ARGS(gs_layout_pt(arena, height),
                    gs_layout_pt(arena, gs_pager_page(pager))));
}

/* --- sections ----------------------------------------------------------------------- */

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

/* After an error all blocks are still made ready, to report their errors too. */
static bool run_section(struct gs_pager *pager, const struct gs_section *section)
{
    pager->section = section;
    if (section->restart_numbers) {
        pager->number = 0;
    }
    if (!check_page(pager)
            || !gs_pager_next_page(pager, &section_ends, false)) {
        return false;
    }
    struct gs_ready *ready = g_new0(struct gs_ready, section->block_count + 1);
    bool ok = true;
    struct gs_kept kept = {0, false};
    for (size_t i = 0; i < section->block_count; i++) {
        const struct gs_block *block = &section->blocks[i];
        if (!ok) {
            (void)gs_ready_make(pager, block, &ready[i]);
            continue;
        }
        ok = gs_keep_blocks(pager, section, ready, i, &kept)
                && gs_ready_pour(pager, block, &ready[i]);
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
