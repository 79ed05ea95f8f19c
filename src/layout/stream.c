/*
 * Layout page by page, as stream.h describes it.
 */
#include "layout/stream.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/ledger.h"
#include "layout/pager.h"
#include "layout/passes.h"
#include "model/doc.h"

struct stream {
    struct gs_layout_context context;
    const struct gs_doc *doc;
    const struct gs_page_sink *sink;
    struct gs_pages *pages;
    struct gs_diag *diag; /* of heads and feet, whatever the pass reports to */

    /* Found by a counting pass. */
    GArray *runs;          /* size_t: pages of each run of page numbers */
    GHashTable *parts;     /* block -> its parts, where there are several */
    GHashTable *strip_parts; /* by gs_strip_key() */
    struct gs_numbers numbers; /* printed number of the page of each id */

    /* The pass at hand. */
    struct gs_pager *pager;
    bool counting;
    const struct gs_section *section; /* of the last page */
    size_t run;
    size_t anchor; /* the next whose page is still to come */
    GHashTable *placed; /* seals */
};

static bool begins_run(
        const struct stream *stream, const struct gs_page *page)
{
    return stream->section == NULL
            || (page->section != stream->section
                    && page->section->restart_numbers);
}

/* --- counting --------------------------------------------------------------------- */

static void note_parts(struct stream *stream, const struct gs_page *page)
{
    for (size_t i = 0; i < page->block_count; i++) {
        const struct gs_frag_block *frag = &page->blocks[i];
        if (frag->part > 1) {
            g_hash_table_insert(stream->parts,
                    (gpointer)(uintptr_t)frag->block,
                    GUINT_TO_POINTER(frag->part));
        }
        if (frag->table != NULL) {
            g_hash_table_insert(stream->strip_parts,
                    gs_strip_key(frag->table->number, frag->table->strip),
                    GUINT_TO_POINTER(frag->table->part));
        }
    }
}

static bool count_page(
        void *user, struct gs_page *page, struct gs_arena *arena)
{
    struct stream *stream = user;
    const GArray *anchors = stream->pager->anchors;
    (void)arena;
    if (begins_run(stream, page)) {
        const size_t none = 0;
        g_array_append_val(stream->runs, none);
    }
    stream->section = page->section;
    g_array_index(stream->runs, size_t, stream->runs->len - 1)++;
    note_parts(stream, page);
    for (; stream->anchor < anchors->len; stream->anchor++) {
        const struct gs_anchor *anchor = &g_array_index(
                anchors, struct gs_anchor, stream->anchor);
        if (anchor->page > page->index) {
            break;
        }
        gs_numbers_note(&stream->numbers, anchor->id, page->number);
    }
    return true;
}

/* --- handing out ------------------------------------------------------------------ */

static bool give_page(void *user, struct gs_page *page, struct gs_arena *arena)
{
    struct stream *stream = user;
    struct gs_layout_context context = stream->context;
    context.arena = context.page = arena;
    context.diag = stream->diag;
    bool first = page->section != stream->section;
    if (stream->section != NULL && begins_run(stream, page)) {
        stream->run++;
    }
    stream->section = page->section;
    const char *total = stream->run < stream->runs->len
            ? gs_layout_number(arena,
                      g_array_index(stream->runs, size_t, stream->run))
            : NULL;
    if (!gs_running_set_page(&context, page, first, total)
            || !gs_seals_place(&context, page, stream->placed)) {
        return false;
    }
    gs_ledger_place(stream->context.ledger, page);
    if (!stream->sink->counted) {
        stream->pages->anchor_count = stream->pager->anchors->len;
        stream->pages->anchors = (struct gs_anchor *)(void *)
                                         stream->pager->anchors->data;
    }
    return stream->sink->page(stream->sink->user, page);
}

/* --- passes ----------------------------------------------------------------------- */

static void keep_anchors(struct stream *stream, const struct gs_pager *pager)
{
    struct gs_pages *pages = stream->pages;
    pages->count = pager->taken;
    pages->anchor_count = pager->anchors->len;
    pages->anchors = gs_layout_copy(stream->context.arena, pager->anchors);
}

static bool run_pass(struct stream *stream, struct gs_diag *diag)
{
    struct gs_pager pager;
    struct gs_page_taker taker = {
            .take = stream->counting ? count_page : give_page,
            .user = stream,
            .parts = stream->counting ? NULL : stream->parts,
            .strip_parts = stream->counting ? NULL : stream->strip_parts,
    };
    struct gs_layout_context context = stream->context;
    context.diag = diag;
    gs_pager_init(&pager, &context, stream->doc);
    pager.taker = &taker;
    stream->pager = &pager;
    stream->section = NULL;
    stream->run = stream->anchor = 0;
    bool ok = gs_pager_run(&pager);
    keep_anchors(stream, &pager);
    gs_pager_release(&pager);
    return ok;
}

static bool count_pass(struct stream *stream, struct gs_diag *diag)
{
    stream->counting = true;
    g_array_set_size(stream->runs, 0);
    g_hash_table_remove_all(stream->parts);
    g_hash_table_remove_all(stream->strip_parts);
    bool ok = run_pass(stream, diag);
    stream->counting = false;
    return ok;
}

/* Passes that count, until page numbers in the body have settled. */
static bool count_pages(struct stream *stream, bool settle)
{
    bool ok = count_pass(stream, stream->diag);
    for (int pass = 1; ok && settle && pass < GS_PASSES_MAX; pass++) {
        if (gs_numbers_take(&stream->numbers)) {
            break;
        }
        stream->context.fields.page_count = gs_layout_number(
                stream->context.arena, stream->pages->count);
        /* The first pass has reported what there is to say. */
        struct gs_diag *scratch = gs_diag_new();
        ok = count_pass(stream, scratch);
        gs_diag_free(scratch);
        if (!ok) {
            (void)count_pass(stream, stream->diag);
        }
    }
    return ok;
}

static bool give_pages(struct stream *stream, bool counted)
{
    stream->context.ledger = gs_ledger_new(stream->doc);
    stream->placed = g_hash_table_new(NULL, NULL);
    struct gs_diag *scratch = gs_diag_new();
    bool ok = stream->sink->begin(stream->sink->user, stream->pages)
            && run_pass(stream, counted ? scratch : stream->diag)
            && gs_ledger_even(stream->context.ledger, stream->diag);
    gs_diag_free(scratch);
    g_hash_table_destroy(stream->placed);
    gs_ledger_free(stream->context.ledger);
    return ok;
}

bool gs_layout_stream(struct gs_arena *arena, const struct gs_doc *doc,
        const struct gs_fonts *fonts, const struct gs_page_sink *sink,
        struct gs_pages *pages, struct gs_diag *diag)
{
    struct stream stream = {
            .doc = doc,
            .sink = sink,
            .pages = pages,
            .diag = diag,
            .runs = g_array_new(FALSE, TRUE, sizeof(size_t)),
            .parts = g_hash_table_new(NULL, NULL),
            .strip_parts = g_hash_table_new(NULL, NULL),
    };
    gs_numbers_init(&stream.numbers, arena);
    stream.context = (struct gs_layout_context){
            .arena = arena,
            .page = arena,
            .fonts = fonts,
            .diag = diag,
            .fields = {.page_of = gs_numbers_page_of,
                    .user = &stream.numbers},
    };
    size_t errors = gs_diag_errors(diag);
    bool settle = gs_body_needs_numbers(doc);
    bool counted = settle || sink->counted || gs_running_counts(doc);
    *pages = (struct gs_pages){.doc = doc};
    bool ok = !counted || count_pages(&stream, settle);
    if (ok && !sink->counted) {
        *pages = (struct gs_pages){.doc = doc};
    }
    ok = ok && give_pages(&stream, counted);
    gs_numbers_release(&stream.numbers);
    g_hash_table_destroy(stream.parts);
    g_hash_table_destroy(stream.strip_parts);
    g_array_free(stream.runs, TRUE);
    return ok && gs_diag_errors(diag) == errors;
}
