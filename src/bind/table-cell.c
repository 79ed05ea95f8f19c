/*
 * Cells of tables: what stands in them, and whether they are cells of their own
 * or go on from above (table-merge.c).
 */
#include "bind/table.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"

/* Inline content: the cell's paragraphs. */
static const char *bind_cell_inline(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope,
        struct gs_cell *cell)
{
    struct gs_paras bound =
            gs_bind_inline(binder, &item->content, item->style, scope, false);

    cell->block_count = bound.count;
    cell->blocks = GS_MAKE_ARRAY(binder->arena, struct gs_block, bound.count);
    for (size_t i = 0; i < bound.count; i++) {
        cell->blocks[i] = (struct gs_block){
                .kind = GS_BLOCK_PARA,
                .origin = cell->origin,
                .u.para = bound.paras[i],
        };
    }
    return bound.path;
}

static bool has_text(const struct gs_block *block)
{
    bool has = false;

    for (size_t i = 0; block->kind == GS_BLOCK_PARA && !has
            && i < block->u.para.run_count; i++) {
        has = block->u.para.runs[i].kind == GS_RUN_TEXT;
    }
    return has;
}

/* What a cell's further parts show: its blocks, the last text with a mark. */
static void add_mark(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct gs_cell *cell)
{
    struct gs_bound mark = item->u.cell.mark != NULL
            ? gs_bind_pattern(binder, item->u.cell.mark, scope)
            : (struct gs_bound){.text = "（续）", .origin = cell->origin};
    struct gs_block *last = NULL;

    cell->marked = GS_MAKE_ARRAY(
            binder->arena, struct gs_block, cell->block_count);
    for (size_t i = 0; i < cell->block_count; i++) {
        cell->marked[cell->marked_count++] = cell->blocks[i];
        if (has_text(&cell->blocks[i])) {
            last = &cell->marked[i];
        }
    }
    if (last == NULL || *mark.text == '\0') {
        return;
    }
    struct gs_para *para = &last->u.para;
    struct gs_run *runs =
            GS_MAKE_ARRAY(binder->arena, struct gs_run, para->run_count + 1);
    memcpy(runs, para->runs, para->run_count * sizeof *runs);
    runs[para->run_count] = (struct gs_run){
            .kind = GS_RUN_TEXT,
            .text = mark.text,
            .size = strlen(mark.text),
            .style = runs[para->run_count - 1].style,
            .origin = gs_bound_origin(&mark),
    };
    para->runs = runs;
    para->run_count++;
}

/*
 * `finds` is NULL where a binding must find something, `entries` where the cell
 * adds to no total.
 */
static struct cell_draft *bind_cell(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope,
        struct gs_finds *finds, struct gs_entries *entries)
{
    struct cell_draft *draft = GS_MAKE(binder->scratch, struct cell_draft);
    struct gs_cell *cell = &draft->cell;

    cell->head = item->u.cell.head;
    cell->label = item->u.cell.label;
    cell->style = &item->style->cell;
    cell->origin = gs_bind_origin(binder, item->loc, scope);
    cell->column_span =
            gs_bind_span(binder, item->u.cell.column_span, scope, 10000);
    cell->row_span = gs_bind_span(
            binder, item->u.cell.row_span, scope, GS_BIND_ROWS_MAX);

    struct gs_finds *outer = binder->finds;
    const char *path = NULL;
    binder->finds = finds;
    binder->entries = entries;
    if (item->u.cell.has_blocks) {
        cell->blocks = gs_bind_blocks(
                binder, &item->content, scope, &cell->block_count);
    } else {
        path = bind_cell_inline(binder, item, scope, cell);
    }
    binder->finds = outer;
    binder->entries = NULL;
    if (path != NULL) {
        cell->origin.path = path;
    }
    if (cell->label == GS_LABEL_REPEAT_MARK) {
        add_mark(binder, item, scope, cell);
    }
    gs_bind_count(binder, &binder->made.pieces, 1, GS_BIND_PIECES_MAX,
            GS_WORD(N_("pieces of text")), item->loc);
    return draft;
}

/*
 * A cell that begins in `row`.  NULL when it continues the cell above, which is
 * then in *above.
 */
static struct cell_draft *bind_merged_cell(struct table_draft *draft,
        const struct gs_item *item, const struct gs_scope *scope, size_t row,
        const struct group_frame *parent, struct gs_entries *entries,
        struct gs_cell **above)
{
    struct gs_binder *binder = draft->binder;
    struct gs_finds finds = {0, 0};
    enum gs_merge merge = item->u.cell.merge;
    struct cell_draft *cell = bind_cell(binder, item, scope,
            merge == GS_MERGE_ABSENT ? &finds : NULL, entries);

    if (merge == GS_MERGE_NONE) {
        return cell;
    }
    const struct merge_key key = {
            .item = item,
            .row = row,
            .parent = parent != NULL ? parent->number : 0,
            .text = gs_merge_text(binder, &cell->cell),
            .absent = finds.bindings > 0 && finds.missing == finds.bindings,
            .blank = scope->node == NULL,
    };
    *above = gs_merge_find(draft, &key);
    if (*above != NULL) {
        return NULL;
    }
    cell->cell.labels = true;
    gs_merge_own(draft, &key, &cell->cell);
    return cell;
}

/* One that goes on from above adds nothing to a total. */
struct cell_draft *gs_draft_cell(struct table_draft *draft,
        const struct gs_item *item, const struct gs_scope *scope, size_t row,
        const struct group_frame *parent, struct gs_cell **above)
{
    if (!item->u.cell.adds) {
        return bind_merged_cell(
                draft, item, scope, row, parent, NULL, above);
    }
    struct gs_entries entries = {.text = g_string_new(NULL)};
    struct cell_draft *cell = bind_merged_cell(
            draft, item, scope, row, parent, &entries, above);
    if (cell != NULL) {
        cell->adds = gs_tally_add(
                draft->binder, item, &entries, &cell->amount);
    }
    g_string_free(entries.text, TRUE);
    return cell;
}
