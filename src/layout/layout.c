/*
 * Layout: runs the pager, again where the document speaks of its own pages.
 *
 * A contents list needs page numbers that are known only when the pages are
 * made.  So the first pass sets "0" for them, the next ones what the pass before
 * found, until the numbers agree.
 */
#include "layout/layout.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/ledger.h"
#include "layout/pager.h"

/* Numbers that do not settle (a contents list of changing length) stop here. */
#define PASSES_MAX 5

const struct gs_anchor *gs_pages_find_anchor(
        const struct gs_pages *pages, const char *id)
{
    for (size_t i = 0; i < pages->anchor_count; i++) {
        if (strcmp(pages->anchors[i].id, id) == 0) {
            return &pages->anchors[i];
        }
    }
    return NULL;
}

/* The printed number of the page of each id, from the pass before. */
struct numbers {
    GHashTable *by_id; /* const char * -> const char * */
};

static const char *page_of(void *user, const char *target)
{
    return g_hash_table_lookup(((struct numbers *)user)->by_id, target);
}

static struct gs_pages *collect(
        struct gs_arena *arena, const struct gs_pager *pager)
{
    struct gs_pages *pages = GS_MAKE(arena, struct gs_pages);
    pages->doc = pager->doc;
    pages->count = pager->pages->len;
    pages->pages = GS_MAKE_ARRAY(arena, struct gs_page, pages->count + 1);
    for (size_t i = 0; i < pages->count; i++) {
        pages->pages[i] = g_array_index(pager->pages, struct gs_page, i);
    }
    pages->anchor_count = pager->anchors->len;
    pages->anchors =
            GS_MAKE_ARRAY(arena, struct gs_anchor, pages->anchor_count + 1);
    for (size_t i = 0; i < pages->anchor_count; i++) {
        pages->anchors[i] =
                g_array_index(pager->anchors, struct gs_anchor, i);
    }
    return pages;
}

static struct gs_pages *run_pass(const struct gs_layout_context *context,
        const struct gs_doc *doc, struct gs_diag *diag)
{
    struct gs_layout_context own = *context;
    own.diag = diag;
    struct gs_pager pager;
    gs_pager_init(&pager, &own, doc);
    bool ok = gs_pager_run(&pager);
    struct gs_pages *pages = ok ? collect(context->arena, &pager) : NULL;
    gs_pager_release(&pager);
    return pages;
}

static bool has_fields(const struct gs_para *para)
{
    for (size_t i = 0; i < para->run_count; i++) {
        if (para->runs[i].kind == GS_RUN_PAGE_NUMBER
                || para->runs[i].kind == GS_RUN_PAGE_COUNT) {
            return true;
        }
    }
    return false;
}

static bool needs_numbers(const struct gs_block *blocks, size_t count);

static bool table_needs_numbers(const struct gs_table *table)
{
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t i = 0; i < table->rows[row].cell_count; i++) {
            const struct gs_cell *cell = &table->rows[row].cells[i];
            if (needs_numbers(cell->blocks, cell->block_count)) {
                return true;
            }
        }
    }
    for (size_t i = 0; i < table->page_rows_count; i++) {
        if (table_needs_numbers(table->page_rows[i].table)) {
            return true;
        }
    }
    return false;
}

/* Whether the body speaks of page numbers. */
static bool needs_numbers(const struct gs_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_block *block = &blocks[i];
        if (block->kind == GS_BLOCK_TOC
                || (block->kind == GS_BLOCK_PARA
                        && has_fields(&block->u.para))
                || (block->kind == GS_BLOCK_LINE
                        && (has_fields(&block->u.line.left)
                                || has_fields(&block->u.line.center)
                                || has_fields(&block->u.line.right)))) {
            return true;
        }
        if (block->kind == GS_BLOCK_TABLE
                && table_needs_numbers(block->u.table)) {
            return true;
        }
    }
    return false;
}

/* Takes the numbers of a pass; true when they are those it was set with. */
static bool take_numbers(struct numbers *numbers, const struct gs_pages *pages)
{
    bool same = g_hash_table_size(numbers->by_id) == pages->anchor_count;
    for (size_t i = 0; i < pages->anchor_count; i++) {
        const char *id = pages->anchors[i].id;
        const char *number = pages->pages[pages->anchors[i].page].number;
        const char *old = g_hash_table_lookup(numbers->by_id, id);
        same = same && old != NULL && strcmp(old, number) == 0;
        g_hash_table_insert(numbers->by_id, (gpointer)(uintptr_t)id,
                (gpointer)(uintptr_t)number);
    }
    return same;
}

static struct gs_pages *run_passes(struct gs_layout_context *context,
        const struct gs_doc *doc, struct numbers *numbers)
{
    bool again = false;
    for (size_t i = 0; i < doc->section_count; i++) {
        again = again
                || needs_numbers(doc->sections[i].blocks,
                        doc->sections[i].block_count);
    }
    struct gs_pages *pages = run_pass(context, doc, context->diag);
    for (int pass = 1; again && pages != NULL && pass < PASSES_MAX; pass++) {
        if (take_numbers(numbers, pages)) {
            break;
        }
        context->fields.page_count =
                gs_arena_printf(context->arena, "%zu", pages->count);
        /* The first pass has reported what there is to say. */
        struct gs_diag *scratch = gs_diag_new();
        pages = run_pass(context, doc, scratch);
        gs_diag_free(scratch);
        if (pages == NULL) {
            (void)run_pass(context, doc, context->diag);
        }
    }
    return pages;
}

const struct gs_pages *gs_layout(struct gs_arena *arena,
        const struct gs_doc *doc, const struct gs_fonts *fonts,
        struct gs_diag *diag)
{
    struct numbers numbers = {g_hash_table_new(g_str_hash, g_str_equal)};
    struct gs_layout_context context = {
            .arena = arena,
            .page = arena,
            .fonts = fonts,
            .diag = diag,
            .fields = {.page_of = page_of, .user = &numbers},
    };
    size_t errors = gs_diag_errors(diag);
    struct gs_pages *pages = run_passes(&context, doc, &numbers);
    bool ok = pages != NULL
            && gs_running_set(&context, pages->pages, pages->count);
    GHashTable *placed = g_hash_table_new(NULL, NULL);
    for (size_t i = 0; ok && i < pages->count; i++) {
        ok = gs_seals_place(&context, &pages->pages[i], placed);
    }
    g_hash_table_destroy(placed);
    g_hash_table_destroy(numbers.by_id);
    ok = ok && gs_ledger_close(doc, pages, diag);
    return ok && gs_diag_errors(diag) == errors ? pages : NULL;
}
