/*
 * Ledger: one balance of the whole document first, the single runs only where it
 * does not come out even.
 *
 * The quick way, for a document that is there as a whole, follows the text of each
 * run in what is placed of it, character by character.  Of a passage that has been
 * followed only its ends go into the balance, each as a number of its own; those
 * of a run whose passages lie end to end, once each, come out even.
 *
 * Where that fails, and where rows and pages come one by one, characters are summed
 * up, in whatever order they are placed.  The sum of each run is multiplied by a
 * number of the run's own, so that a loss in one run is not made good by the same
 * in another.
 */
#include "layout/ledger.h"

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "model/doc.h"
#include "text/ink.h"

/* A run's own account. */
struct entry {
    const struct gs_run *run;
    uint64_t open; /* sum bound less sum placed */
    size_t bound, placed; /* characters */
};

/* What of a run has been followed without a break: from one byte up to another. */
struct passage {
    const struct gs_run *run; /* NULL: of none */
    size_t first, end;
};

struct gs_ledger {
    uint64_t open;
    uint64_t page; /* all that stands on the page at hand */
    bool follows; /* texts, and does not sum them up */
    bool astray; /* what is placed is not what comes next in its run */
    struct passage passage;
    GHashTable *broken; /* run -> where it goes on; NULL: none is broken off */
    GArray *entries; /* in the order of the document; or NULL: not wanted */
    GHashTable *index; /* run -> place in `entries`, from 1 */
};

/* Spreads addresses over 64 bits; odd, so that a product loses nothing. */
static uint64_t number_of(const struct gs_run *run)
{
    uint64_t x = (uint64_t)(uintptr_t)run;
    x = (x ^ (x >> 31)) * UINT64_C(0x9E3779B97F4A7C15);
    return (x ^ (x >> 29)) | 1;
}

/* A place in the text of a run. */
static uint64_t mark_of(const struct gs_run *run, size_t at)
{
    uint64_t x = number_of(run) + at;
    x = (x ^ (x >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    return x ^ (x >> 29);
}

/* The text between two places of a run. */
static uint64_t stretch_of(const struct gs_run *run, size_t first, size_t end)
{
    return mark_of(run, end) - mark_of(run, first);
}

static struct entry *find_entry(struct gs_ledger *ledger, const struct gs_run *run)
{
    gpointer place = g_hash_table_lookup(ledger->index, run);
    if (place == NULL) {
        struct entry entry = {.run = run};
        g_array_append_val(ledger->entries, entry);
        place = GUINT_TO_POINTER(ledger->entries->len);
        g_hash_table_insert(ledger->index, (gpointer)(uintptr_t)run, place);
    }
    return &g_array_index(
            ledger->entries, struct entry, GPOINTER_TO_UINT(place) - 1);
}

/* --- bound ----------------------------------------------------------------- */

static void bind_run(struct gs_ledger *ledger, const struct gs_run *run)
{
    if (ledger->follows) {
        ledger->open += stretch_of(
                run, gs_ink_next(run->text, run->size, 0), run->size);
        return;
    }
    uint64_t sum = gs_ink_sum(run->text, run->size);
    ledger->open += number_of(run) * sum;
    if (ledger->entries != NULL) {
        struct entry *entry = find_entry(ledger, run);
        entry->open += sum;
        entry->bound += gs_ink_count(run->text, run->size);
    }
}

static void bind_para(struct gs_ledger *ledger, const struct gs_para *para)
{
    for (size_t i = 0; i < para->run_count; i++) {
        if (para->runs[i].kind == GS_RUN_TEXT) {
            bind_run(ledger, &para->runs[i]);
        }
    }
}

static void bind_blocks(
        struct gs_ledger *ledger, const struct gs_block *blocks, size_t count);

static void bind_table(struct gs_ledger *ledger, const struct gs_table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t j = 0; j < table->rows[i].cell_count; j++) {
            const struct gs_cell *cell = &table->rows[i].cells[j];
            bind_blocks(ledger, cell->blocks, cell->block_count);
        }
    }
}

static void bind_blocks(
        struct gs_ledger *ledger, const struct gs_block *blocks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_block *block = &blocks[i];
        switch (block->kind) {
        case GS_BLOCK_PARA:
            bind_para(ledger, &block->u.para);
            break;
        case GS_BLOCK_LINE:
            bind_para(ledger, &block->u.line.left);
            bind_para(ledger, &block->u.line.center);
            bind_para(ledger, &block->u.line.right);
            break;
        case GS_BLOCK_TABLE:
            bind_table(ledger, block->u.table);
            break;
        case GS_BLOCK_PLACED:
            bind_blocks(ledger, block->u.placed.blocks,
                    block->u.placed.block_count);
            break;
        case GS_BLOCK_IMAGE:
        case GS_BLOCK_RULE:
        case GS_BLOCK_SPACE:
        case GS_BLOCK_PAGE_BREAK:
        case GS_BLOCK_TOC: /* says again what headings say */
            break;
        }
    }
}

/* --- followed -------------------------------------------------------------- */

/* Where nothing of the run has been placed yet, or it has been broken off. */
static void begin_passage(struct gs_ledger *ledger, const struct gs_run *run)
{
    size_t first = 0;
    if (ledger->broken != NULL) {
        first = GPOINTER_TO_SIZE(g_hash_table_lookup(ledger->broken, run));
        g_hash_table_remove(ledger->broken, run);
    }
    first = gs_ink_next(run->text, run->size, first);
    ledger->passage = (struct passage){run, first, first};
}

static void end_passage(struct gs_ledger *ledger)
{
    const struct gs_run *run = ledger->passage.run;
    if (run == NULL) {
        return;
    }
    size_t end = gs_ink_next(run->text, run->size, ledger->passage.end);
    ledger->open -= stretch_of(run, ledger->passage.first, end);
    if (end < run->size) {
        if (ledger->broken == NULL) {
            ledger->broken = g_hash_table_new(NULL, NULL);
        }
        g_hash_table_insert(ledger->broken, (gpointer)(uintptr_t)run,
                GSIZE_TO_POINTER(end));
    }
    ledger->passage.run = NULL;
}

static void follow_run(struct gs_ledger *ledger, const struct gs_glyph_run *run)
{
    struct passage *passage = &ledger->passage;
    if (run->source != passage->run) {
        end_passage(ledger);
        begin_passage(ledger, run->source);
    }
    if (!gs_ink_follow(passage->run->text, passage->run->size, &passage->end,
                run->text, run->text_size)) {
        ledger->astray = true;
    }
}

/* --- placed ---------------------------------------------------------------- */

static void place_run(struct gs_ledger *ledger, const struct gs_glyph_run *run)
{
    if (ledger->follows) {
        follow_run(ledger, run);
        return;
    }
    uint64_t sum = gs_ink_sum(run->text, run->text_size);
    ledger->open -= number_of(run->source) * sum;
    if (ledger->entries != NULL) {
        struct entry *entry = find_entry(ledger, run->source);
        entry->open -= sum;
        entry->placed += gs_ink_count(run->text, run->text_size);
    }
}

/* What is drawn of it: a run without glyphs is not, if nothing is lost by that. */
static uint64_t ink_of(const struct gs_glyph_run *run)
{
    return run->glyph_count > 0 || gs_ink_count(run->text, run->text_size) > 0
            ? gs_ink_hash(run->text, run->text_size)
            : 0;
}

static void place_lines(struct gs_ledger *ledger, const struct gs_frag_line *lines,
        size_t count, bool repeated)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_line *line = lines[i].line;
        for (size_t j = 0; j < line->run_count; j++) {
            const struct gs_glyph_run *run = &line->runs[j];
            ledger->page += ink_of(run);
            if (!repeated && run->source != NULL &&
                    run->source->kind == GS_RUN_TEXT) {
                place_run(ledger, run);
            }
        }
    }
}

static void place_table(
        struct gs_ledger *ledger, const struct gs_frag_table *table, bool repeated)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct gs_frag_row *row = &table->rows[i];
        for (size_t j = 0; j < row->cell_count; j++) {
            const struct gs_frag_cell *cell = &row->cells[j];
            place_lines(ledger, cell->lines, cell->line_count,
                    repeated || row->repeated || cell->repeated);
            /* Lines that the layout has cut off are not drawn. */
            uint64_t page = ledger->page;
            place_lines(ledger, cell->clipped, cell->clipped_count,
                    repeated || row->repeated || cell->repeated);
            ledger->page = page;
        }
    }
}

static void place_blocks(struct gs_ledger *ledger,
        const struct gs_frag_block *blocks, size_t count, bool repeated)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_frag_block *frag = &blocks[i];
        bool again = repeated || frag->repeated ||
                (frag->block != NULL && frag->block->kind == GS_BLOCK_TOC);
        if (frag->table != NULL) {
            place_table(ledger, frag->table, again);
        } else {
            place_lines(ledger, frag->lines, frag->line_count, again);
        }
    }
}

static void place_page(struct gs_ledger *ledger, const struct gs_page *page)
{
    ledger->page = 0;
    place_blocks(ledger, page->header, page->header_count, true);
    place_blocks(ledger, page->blocks, page->block_count, false);
    place_blocks(ledger, page->footer, page->footer_count, true);
}

/* --- the balance ------------------------------------------------------------ */

static void bind_doc(struct gs_ledger *ledger, const struct gs_doc *doc)
{
    for (size_t i = 0; i < doc->section_count; i++) {
        bind_blocks(
                ledger, doc->sections[i].blocks, doc->sections[i].block_count);
    }
}

/* --- page by page ----------------------------------------------------------- */

struct gs_ledger *gs_ledger_new(const struct gs_doc *doc)
{
    struct gs_ledger *ledger = g_new0(struct gs_ledger, 1);
    bind_doc(ledger, doc);
    return ledger;
}

void gs_ledger_free(struct gs_ledger *ledger)
{
    g_free(ledger);
}

void gs_ledger_bind_rows(
        struct gs_ledger *ledger, const struct gs_table *piece)
{
    bind_table(ledger, piece);
}

void gs_ledger_place(struct gs_ledger *ledger, struct gs_page *page)
{
    place_page(ledger, page);
    page->ink = ledger->page;
}

bool gs_ledger_even(const struct gs_ledger *ledger, struct gs_diag *diag)
{
    if (ledger->open != 0) {
        gs_diag_add(diag, GS_DIAG_LEDGER_ROWS, GS_NO_LOC, GS_NO_ARGS);
    }
    return ledger->open == 0;
}

static void fill(struct gs_ledger *ledger, const struct gs_doc *doc,
        struct gs_pages *pages)
{
    bind_doc(ledger, doc);
    for (size_t i = 0; i < pages->count; i++) {
        gs_ledger_place(ledger, &pages->pages[i]);
    }
}

/* --- the whole -------------------------------------------------------------- */

static void report(const struct entry *entry, struct gs_diag *diag)
{
    const struct gs_run *run = entry->run;
    struct gs_arena *arena = gs_arena_new();
    gs_diag_add(diag, GS_DIAG_LEDGER, run->origin.loc,
            GS_ARGS(gs_arena_strndup(arena, run->text, run->size),
                    run->origin.path != NULL ? run->origin.path : "-",
                    gs_arena_printf(arena, "%zu", entry->placed),
                    gs_arena_printf(arena, "%zu", entry->bound)));
    gs_arena_free(arena);
}

static void report_runs(
        const struct gs_doc *doc, struct gs_pages *pages, struct gs_diag *diag)
{
    struct gs_ledger ledger = {
            .entries = g_array_new(FALSE, FALSE, sizeof(struct entry)),
            .index = g_hash_table_new(NULL, NULL),
    };
    fill(&ledger, doc, pages);
    for (guint i = 0; i < ledger.entries->len; i++) {
        const struct entry *entry =
                &g_array_index(ledger.entries, struct entry, i);
        if (entry->open != 0) {
            report(entry, diag);
        }
    }
    g_hash_table_destroy(ledger.index);
    g_array_free(ledger.entries, TRUE);
}

static bool is_followed(const struct gs_doc *doc, struct gs_pages *pages)
{
    struct gs_ledger ledger = {.follows = true};
    fill(&ledger, doc, pages);
    end_passage(&ledger);
    if (ledger.broken != NULL) {
        g_hash_table_destroy(ledger.broken);
    }
    return ledger.open == 0 && !ledger.astray;
}

static bool is_summed_up(const struct gs_doc *doc, struct gs_pages *pages)
{
    struct gs_ledger ledger = {0};
    fill(&ledger, doc, pages);
    return ledger.open == 0;
}

bool gs_ledger_close(
        const struct gs_doc *doc, struct gs_pages *pages, struct gs_diag *diag)
{
    if (is_followed(doc, pages) || is_summed_up(doc, pages)) {
        return true;
    }
    report_runs(doc, pages, diag);
    return false;
}

uint64_t gs_ledger_page(const struct gs_page *page)
{
    struct gs_ledger ledger = {0};
    place_page(&ledger, page);
    return ledger.page;
}
