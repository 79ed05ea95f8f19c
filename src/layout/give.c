/*
 * Giving: pages to whoever takes them, as they are done.
 */
#include "layout/pager.h"

#include "layout/table.h"

/* Notes the strips of a table: whose parts are numbered page by page. */
void gs_pager_note(struct gs_pager *pager, struct gs_table_set *set)
{
    for (; set != NULL; set = gs_table_set_next(set)) {
        gs_table_set_expect(set, pager->taker->strip_parts);
        g_ptr_array_add(pager->sets, set);
    }
}

/* The number of parts that a block is known to have; 0: not known. */
static unsigned known_parts(
        const struct gs_pager *pager, const struct gs_block *block)
{
    return pager->taker != NULL && pager->taker->parts != NULL
            ? GPOINTER_TO_UINT(
                      g_hash_table_lookup(pager->taker->parts, block))
            : 0;
}

static void number_blocks(struct gs_pager *pager, const struct gs_page *page)
{
    for (size_t i = 0; i < page->block_count; i++) {
        struct gs_frag_block *frag = &page->blocks[i];
        frag->of = MAX(known_parts(pager, frag->block), frag->part);
    }
}

/* The set that a fragment is of. */
static struct gs_table_set *find_set(
        const struct gs_pager *pager, const struct gs_frag_table *table)
{
    guint i = 0;
    while (!gs_table_set_is_of(g_ptr_array_index(pager->sets, i), table)) {
        i++;
    }
    return g_ptr_array_index(pager->sets, i);
}

/* Numbers the parts of rows and cells on a page; false where some go on still. */
static bool number_page(struct gs_pager *pager, const struct gs_page *page)
{
    bool all = true;
    for (size_t i = 0; i < page->block_count && all; i++) {
        struct gs_frag_table *table = page->blocks[i].table;
        all = table == NULL
                || gs_table_set_number(find_set(pager, table), table);
    }
    return all;
}

/* The first row of a table on the pages that are still here. */
static size_t first_row_here(
        const struct gs_pager *pager, const struct gs_table_set *set)
{
    for (guint i = 0; i < pager->pages->len; i++) {
        const struct gs_page *page =
                &g_array_index(pager->pages, struct gs_page, i);
        for (size_t j = 0; j < page->block_count; j++) {
            const struct gs_frag_table *table = page->blocks[j].table;
            for (size_t k = 0; table != NULL && k < table->row_count
                    && gs_table_set_is_of(set, table); k++) {
                if (!table->rows[k].repeated) {
                    return table->rows[k].index;
                }
            }
        }
    }
    return SIZE_MAX;
}

/*
 * Hands out the pages that are closed, and lets go of the rows on them.  A page on
 * which a cell or row goes on waits until it ends, so that its parts are numbered.
 */
void gs_pager_give(struct gs_pager *pager)
{
    guint given = 0;
    while (given < pager->pages->len && !pager->refused) {
        struct gs_page *page =
                &g_array_index(pager->pages, struct gs_page, given);
        if (!number_page(pager, page)) {
            break;
        }
        number_blocks(pager, page);
        pager->refused = !pager->taker->take(pager->taker->user, page,
                g_ptr_array_index(pager->arenas, given));
        given++;
    }
    if (given == 0) {
        return;
    }
    pager->taken += given;
    g_array_remove_range(pager->pages, 0, given);
    g_ptr_array_remove_range(pager->arenas, 0, given);
    for (guint i = 0; i < pager->sets->len; i++) {
        struct gs_table_set *set = g_ptr_array_index(pager->sets, i);
        gs_table_set_release(set, first_row_here(pager, set));
    }
}
