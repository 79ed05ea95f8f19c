/*
 * Passes, as passes.h describes them.
 */
#include "layout/passes.h"

#include <string.h>

#include "base/arena.h"
#include "model/doc.h"

/* --- numbers ---------------------------------------------------------------- */

void gs_numbers_init(struct gs_numbers *numbers, struct gs_arena *arena)
{
    *numbers = (struct gs_numbers){
            .arena = arena,
            .taken = g_hash_table_new(g_str_hash, g_str_equal),
            .found = g_hash_table_new(g_str_hash, g_str_equal),
    };
}

void gs_numbers_release(struct gs_numbers *numbers)
{
    g_hash_table_destroy(numbers->taken);
    g_hash_table_destroy(numbers->found);
}

void gs_numbers_note(
        struct gs_numbers *numbers, const char *id, const char *number)
{
    if (!g_hash_table_contains(numbers->found, id)) {
        g_hash_table_insert(numbers->found, (gpointer)(uintptr_t)id,
                gs_arena_strdup(numbers->arena, number));
    }
}

static bool is_same(GHashTable *one, GHashTable *other)
{
    GHashTableIter iter;
    gpointer id, number;
    bool same = g_hash_table_size(one) == g_hash_table_size(other);
    g_hash_table_iter_init(&iter, one);
    while (same && g_hash_table_iter_next(&iter, &id, &number)) {
        const char *there = g_hash_table_lookup(other, id);
        same = there != NULL && strcmp(there, number) == 0;
    }
    return same;
}

bool gs_numbers_take(struct gs_numbers *numbers)
{
    bool same = is_same(numbers->taken, numbers->found);
    GHashTable *old = numbers->taken;
    numbers->taken = numbers->found;
    numbers->found = old;
    g_hash_table_remove_all(old);
    return same;
}

const char *gs_numbers_page_of(void *user, const char *id)
{
    return g_hash_table_lookup(((struct gs_numbers *)user)->taken, id);
}

/* --- who speaks of pages ------------------------------------------------------ */

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

bool gs_body_needs_numbers(const struct gs_doc *doc)
{
    bool needs = false;
    for (size_t i = 0; i < doc->section_count && !needs; i++) {
        needs = needs_numbers(
                doc->sections[i].blocks, doc->sections[i].block_count);
    }
    return needs;
}

static bool para_counts(const struct gs_para *para)
{
    bool counts = false;
    for (size_t i = 0; i < para->run_count && !counts; i++) {
        counts = para->runs[i].kind == GS_RUN_PAGE_COUNT;
    }
    return counts;
}

static bool blocks_count(const struct gs_block *blocks, size_t count)
{
    bool counts = false;
    for (size_t i = 0; i < count && !counts; i++) {
        const struct gs_block *block = &blocks[i];
        counts = (block->kind == GS_BLOCK_PARA && para_counts(&block->u.para))
                || (block->kind == GS_BLOCK_LINE
                        && (para_counts(&block->u.line.left)
                                || para_counts(&block->u.line.center)
                                || para_counts(&block->u.line.right)))
                || (block->kind == GS_BLOCK_PLACED
                        && blocks_count(block->u.placed.blocks,
                                block->u.placed.block_count));
    }
    return counts;
}

bool gs_running_counts(const struct gs_doc *doc)
{
    bool counts = false;
    for (size_t i = 0; i < doc->section_count && !counts; i++) {
        const struct gs_section *section = &doc->sections[i];
        counts = blocks_count(
                         section->header.blocks, section->header.block_count)
                || blocks_count(section->footer.blocks,
                        section->footer.block_count);
    }
    return counts;
}
