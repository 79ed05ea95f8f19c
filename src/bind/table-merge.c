/*
 * Merging: cells that continue the one above, by absence or by equal text.
 *
 * What counts is the last cell made from the same <td> in this table.  Where a
 * <td> is repeated inside of its row, each of its turns is a column of its own.
 */
#include "bind/table.h"

#include <string.h>

#include "base/arena.h"

/* The last cell of one column. */
struct owner {
    struct gs_cell *cell; /* NULL: none yet */
    size_t row, parent;
    size_t row_group;
    const char *text;
};

/* The columns made from one <td>; `row` is the last that used it. */
struct merges {
    size_t row, used;
    bool has_row;
    GArray *owners; /* struct owner */
};

static void free_merges(void *data)
{
    struct merges *merges = data;

    g_array_free(merges->owners, TRUE);
}

static struct merges *merges_of(
        struct table_draft *draft, const struct gs_item *item)
{
    struct merges *merges = g_hash_table_lookup(draft->merges, item);

    if (merges == NULL) {
        struct gs_arena *scratch = draft->binder->lasting;
        merges = GS_MAKE(scratch, struct merges);
        merges->owners = g_array_new(FALSE, TRUE, sizeof(struct owner));
        gs_arena_on_free(scratch, free_merges, merges);
        union {
            const struct gs_item *in;
            void *out;
        } key = {.in = item};
        g_hash_table_insert(draft->merges, key.out, merges);
    }
    return merges;
}

/* The owner for the turn of the <td> that is at hand. */
static struct owner *owner_of(
        struct table_draft *draft, const struct merge_key *key, bool next)
{
    struct merges *merges = merges_of(draft, key->item);

    if (!merges->has_row || merges->row != key->row) {
        merges->has_row = true;
        merges->row = key->row;
        merges->used = 0;
    }
    merges->used += next ? 1 : 0;
    if (merges->used > merges->owners->len) {
        g_array_set_size(merges->owners, (guint)merges->used);
    }
    return &g_array_index(merges->owners, struct owner, merges->used - 1);
}

/* The row group that `row` falls into, or will. */
static size_t row_group_of(const struct table_draft *draft, size_t row)
{
    bool begins = draft->new_group && row == gs_draft_end(draft);

    return draft->groups_given + draft->groups->len + (begins ? 1 : 0);
}

struct gs_cell *gs_merge_find(
        struct table_draft *draft, const struct merge_key *key)
{
    const struct owner *owner = owner_of(draft, key, true);

    if (owner->cell == NULL || key->blank ||
            owner->row + owner->cell->row_span != key->row ||
            owner->row_group != row_group_of(draft, key->row)) {
        return NULL;
    }
    if (key->item->u.cell.merge == GS_MERGE_ABSENT) {
        return key->absent ? owner->cell : NULL;
    }
    return owner->parent == key->parent && strcmp(owner->text, key->text) == 0
            ? owner->cell
            : NULL;
}

void gs_merge_own(struct table_draft *draft, const struct merge_key *key,
        struct gs_cell *cell)
{
    *owner_of(draft, key, false) = (struct owner){
            .cell = cell,
            .row = key->row,
            .parent = key->parent,
            .row_group = row_group_of(draft, key->row),
            .text = key->text,
    };
}

size_t gs_merge_first_open(const struct table_draft *draft, size_t end)
{
    GHashTableIter iter;
    gpointer value;
    size_t first = end;

    g_hash_table_iter_init(&iter, draft->merges);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct merges *merges = value;
        for (guint i = 0; i < merges->owners->len; i++) {
            const struct owner *owner =
                    &g_array_index(merges->owners, struct owner, i);
            if (owner->cell != NULL
                    && owner->row + owner->cell->row_span == end) {
                first = MIN(first, owner->row);
            }
        }
    }
    return first;
}

void gs_merge_forget(struct table_draft *draft, size_t row)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, draft->merges);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct merges *merges = value;
        for (guint i = 0; i < merges->owners->len; i++) {
            struct owner *owner =
                    &g_array_index(merges->owners, struct owner, i);
            if (owner->row < row) {
                owner->cell = NULL;
            }
        }
    }
}

const char *gs_merge_text(struct gs_binder *binder, const struct gs_cell *cell)
{
    GString *text = g_string_new(NULL);

    for (size_t i = 0; i < cell->block_count; i++) {
        const struct gs_block *block = &cell->blocks[i];
        if (block->kind != GS_BLOCK_PARA) {
            continue;
        }
        for (size_t j = 0; j < block->u.para.run_count; j++) {
            const struct gs_run *run = &block->u.para.runs[j];
            if (run->kind == GS_RUN_TEXT) {
                g_string_append_len(text, run->text, (gssize)run->size);
            }
        }
        g_string_append_c(text, '\n');
    }
    char *out = gs_arena_strdup(binder->scratch, text->str);
    g_string_free(text, TRUE);
    return out;
}
