/*
 * Layout: runs the pager, again where the document speaks of its own pages
 * (passes.h).
 */
#include "layout/layout.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/ledger.h"
#include "layout/pager.h"
#include "layout/passes.h"

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

static struct gs_pages *collect(
        struct gs_arena *arena, const struct gs_pager *pager)
{
    struct gs_pages *pages = GS_MAKE(arena, struct gs_pages);
    pages->doc = pager->doc;
    pages->count = pager->pages->len;
    pages->pages = gs_layout_copy(arena, pager->pages);
    pages->anchor_count = pager->anchors->len;
    pages->anchors = gs_layout_copy(arena, pager->anchors);
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

static bool take_numbers(
        struct gs_numbers *numbers, const struct gs_pages *pages)
{
    for (size_t i = 0; i < pages->anchor_count; i++) {
        const struct gs_anchor *anchor = &pages->anchors[i];
        gs_numbers_note(
                numbers, anchor->id, pages->pages[anchor->page].number);
    }
    return gs_numbers_take(numbers);
}

static struct gs_pages *run_passes(struct gs_layout_context *context,
        const struct gs_doc *doc, struct gs_numbers *numbers)
{
    bool again = gs_body_needs_numbers(doc);
    struct gs_pages *pages = run_pass(context, doc, context->diag);
    for (int pass = 1; again && pages != NULL && pass < GS_PASSES_MAX; pass++) {
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
    struct gs_numbers numbers;
    gs_numbers_init(&numbers, arena);
    struct gs_layout_context context = {
            .arena = arena,
            .page = arena,
            .fonts = fonts,
            .diag = diag,
            .fields = {.page_of = gs_numbers_page_of, .user = &numbers},
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
    gs_numbers_release(&numbers);
    ok = ok && gs_ledger_close(doc, pages, diag);
    return ok && gs_diag_errors(diag) == errors ? pages : NULL;
}
