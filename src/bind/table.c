/*
 * Tables: rows, groups and their cells -> the rows of the model.
 */
#include "bind/table.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "xml/records.h"
#include "xml/xml.h"

static void add_to_list(struct cell_list *list, struct cell_draft *cell)
{
    if (list->last != NULL) {
        list->last->next = cell;
    } else {
        list->first = cell;
    }
    list->last = cell;
    list->count++;
}

/* Moves all of `from` to the end of `to`. */
static void move_list(struct cell_list *to, struct cell_list *from)
{
    if (from->first == NULL) {
        return;
    }
    if (to->last != NULL) {
        to->last->next = from->first;
    } else {
        to->first = from->first;
    }
    to->last = from->last;
    to->count += from->count;
    *from = (struct cell_list){0};
}

/* --- rows ------------------------------------------------------------------ */

static struct row_draft *row_at(const struct table_draft *draft, size_t row)
{
    return &g_array_index(
            draft->rows, struct row_draft, row - draft->rows_given);
}

size_t gs_draft_end(const struct table_draft *draft)
{
    return draft->rows_given + draft->rows->len;
}

/* The next row is the first of all groups that have none; outer cells first. */
static void open_frames(
        struct table_draft *draft, struct group_frame *frame, size_t row)
{
    if (frame == NULL || frame->has_row) {
        return;
    }
    open_frames(draft, frame->outer, row);
    frame->has_row = true;
    frame->first_row = row;
    move_list(&row_at(draft, row)->cells, &frame->before);
}

static void add_to_row_group(struct table_draft *draft, size_t row)
{
    if (draft->new_group) {
        struct gs_row_group group = {
                .kind = draft->kind,
                .repeat = draft->repeat,
                .first = row,
        };
        g_array_append_val(draft->groups, group);
        draft->new_group = false;
    }
    g_array_index(draft->groups, struct gs_row_group, draft->groups->len - 1)
            .count++;
}

/* Where the cells of a row go. */
struct row_sink {
    struct table_draft *draft;
    size_t row;
};

static void visit_row_cell(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *data)
{
    struct row_sink *sink = data;
    struct table_draft *draft = sink->draft;
    struct gs_cell *above = NULL;
    (void)binder;

    g_assert(item->kind == GS_ITEM_CELL); /* form.h, invariant (1) */
    struct cell_draft *cell = gs_draft_cell(
            draft, item, scope, sink->row, draft->frame, &above);
    if (cell != NULL) {
        add_to_list(&row_at(draft, sink->row)->cells, cell);
    } else {
        above->row_span++;
    }
}

static void visit_row(struct table_draft *draft, const struct gs_item *item,
        const struct gs_scope *scope)
{
    struct gs_binder *binder = draft->binder;
    size_t index = gs_draft_end(draft);
    struct row_draft row = {
            .row =
                    {
                            .height = item->u.row.height,
                            .fit = item->u.row.fit,
                            .keep = item->u.row.keep,
                            .next_strength = item->u.row.strength,
                            .together_strength = item->u.row.strength,
                            .break_before = item->u.row.break_before,
                            .origin = gs_bind_origin(binder, item->loc, scope),
                    },
    };

    if (!gs_bind_count(binder, &binder->made.rows, 1, GS_BIND_ROWS_MAX,
                GS_WORD(N_("rows")), item->loc)) {
        return;
    }
    add_to_row_group(draft, index);
    g_array_append_val(draft->rows, row);
    open_frames(draft, draft->frame, index);
    struct row_sink sink = {draft, index};
    gs_bind_walk(binder, &item->content, scope, visit_row_cell, &sink);
}

/* --- drafts ---------------------------------------------------------------- */

void gs_draft_begin(struct table_draft *draft, struct gs_binder *binder)
{
    *draft = (struct table_draft){
            .binder = binder,
            .rows = g_array_new(FALSE, FALSE, sizeof(struct row_draft)),
            .groups = g_array_new(FALSE, FALSE, sizeof(struct gs_row_group)),
            .page_rows = g_array_new(FALSE, FALSE, sizeof(struct gs_page_rows)),
            .continued = g_array_new(FALSE, FALSE, sizeof(struct gs_block)),
            .merges = g_hash_table_new(NULL, NULL),
            .kind = GS_GROUP_BODY,
            .repeat = GS_REPEAT_NONE,
            .new_group = true,
    };
}

static size_t count_amounts(const struct row_draft *row)
{
    size_t count = 0;
    for (const struct cell_draft *cell = row->cells.first; cell != NULL;
            cell = cell->next) {
        count += cell->adds;
    }
    return count;
}

void gs_draft_finish_rows(
        struct table_draft *draft, size_t count, struct gs_table *table)
{
    struct gs_arena *arena = draft->binder->arena;

    table->row_count = count;
    table->rows = GS_MAKE_ARRAY(arena, struct gs_row, table->row_count);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct row_draft *from =
                &g_array_index(draft->rows, struct row_draft, i);
        struct gs_row *row = &table->rows[i];
        *row = from->row;
        row->cells = GS_MAKE_ARRAY(arena, struct gs_cell, from->cells.count);
        row->amounts =
                GS_MAKE_ARRAY(arena, struct gs_amount, count_amounts(from));
        for (const struct cell_draft *cell = from->cells.first; cell != NULL;
                cell = cell->next) {
            row->cells[row->cell_count++] = cell->cell;
            if (cell->adds) {
                row->amounts[row->amount_count++] = cell->amount;
            }
        }
    }
}

static void finish_groups(struct table_draft *draft, struct gs_table *table)
{
    struct gs_arena *arena = draft->binder->arena;

    table->group_count = draft->groups->len;
    table->groups =
            GS_MAKE_ARRAY(arena, struct gs_row_group, table->group_count);
    if (table->group_count > 0) {
        memcpy(table->groups, draft->groups->data,
                table->group_count * sizeof *table->groups);
    }
}

void gs_draft_finish_pages(struct table_draft *draft, struct gs_table *table)
{
    table->page_rows_count = draft->page_rows->len;
    table->page_rows = GS_MAKE_ARRAY(draft->binder->arena, struct gs_page_rows,
            table->page_rows_count);
    for (size_t i = 0; i < table->page_rows_count; i++) {
        table->page_rows[i] =
                g_array_index(draft->page_rows, struct gs_page_rows, i);
    }
    table->continued = gs_bind_take_blocks(
            draft->binder, draft->continued, &table->continued_count);
    draft->continued = NULL;
}

/* Moves what has been drafted into the table. */
static void end_draft(struct table_draft *draft, struct gs_table *table)
{
    gs_draft_finish_rows(draft, draft->rows->len, table);
    finish_groups(draft, table);
    gs_draft_finish_pages(draft, table);
    gs_draft_release(draft);
}

void gs_draft_release(struct table_draft *draft)
{
    if (draft->continued != NULL) {
        g_array_free(draft->continued, TRUE);
    }
    g_hash_table_destroy(draft->merges);
    g_array_free(draft->page_rows, TRUE);
    g_array_free(draft->groups, TRUE);
    g_array_free(draft->rows, TRUE);
}

/* --- groups ---------------------------------------------------------------- */

/* A cell that stands in a group: it spans the rows of the group. */
static void visit_group_cell(struct table_draft *draft,
        const struct gs_item *item, const struct gs_scope *scope)
{
    struct group_frame *frame = draft->frame;
    struct gs_cell *above = NULL;
    size_t row = frame->has_row ? frame->first_row : gs_draft_end(draft);
    struct cell_draft *cell =
            gs_draft_cell(draft, item, scope, row, frame->outer, &above);

    if (cell == NULL) {
        g_ptr_array_add(frame->spanning, above);
        return;
    }
    cell->cell.row_span = 0; /* grows when the group ends */
    cell->cell.labels = !frame->has_row;
    g_ptr_array_add(frame->spanning, &cell->cell);
    add_to_list(frame->has_row ? &frame->after : &frame->before, cell);
}

static void keep_row(struct gs_row *row, enum gs_keep keep,
        enum gs_strength *now, enum gs_strength strength)
{
    bool kept = (row->keep & (unsigned)keep) != 0;

    *now = kept ? MAX(*now, strength) : strength;
    row->keep |= (unsigned)keep;
}

/* None is parted from the next, and none is split. */
static void keep_rows(
        struct table_draft *draft, size_t first, enum gs_strength strength)
{
    for (size_t i = first; i < gs_draft_end(draft); i++) {
        struct gs_row *row = &row_at(draft, i)->row;
        keep_row(row, GS_KEEP_TOGETHER, &row->together_strength, strength);
        if (i + 1 < gs_draft_end(draft)) {
            keep_row(row, GS_KEEP_NEXT, &row->next_strength, strength);
        }
    }
}

/* Settles the cells of a group now that its rows are known. */
static void end_group(struct table_draft *draft, const struct gs_item *item,
        const struct gs_scope *scope, struct group_frame *frame)
{
    struct gs_binder *binder = draft->binder;

    if (!frame->has_row) {
        if (frame->spanning->len > 0 && !binder->stopped) {
            const char *path = gs_bind_path(binder, scope->node);
            gs_diag_add(binder->diag, GS_DIAG_GROUP_WITHOUT_ROWS, item->loc,
                    GS_ARGS(path != NULL ? path : ""));
        }
        return;
    }
    unsigned count = (unsigned)(gs_draft_end(draft) - frame->first_row);
    for (guint i = 0; i < frame->spanning->len; i++) {
        struct gs_cell *cell = g_ptr_array_index(frame->spanning, i);
        cell->row_span += count;
    }
    move_list(&row_at(draft, frame->first_row)->cells, &frame->after);
    if (item->u.group.keep_together) {
        keep_rows(draft, frame->first_row, item->u.group.strength);
    }
    if (item->u.group.break_before) {
        row_at(draft, frame->first_row)->row.break_before = true;
    }
}

static void visit_group(struct table_draft *draft, const struct gs_item *item,
        const struct gs_scope *scope)
{
    struct group_frame frame = {
            .outer = draft->frame,
            .number = ++draft->frame_count,
            .spanning = g_ptr_array_new(),
    };

    draft->frame = &frame;
    gs_bind_walk(draft->binder, &item->content, scope, gs_draft_visit, draft);
    draft->frame = frame.outer;
    end_group(draft, item, scope, &frame);
    g_ptr_array_free(frame.spanning, TRUE);
}

/* Rows of pages: a table of their own, on the columns of this one. */
static void visit_page_rows(struct table_draft *outer,
        const struct gs_item *item, const struct gs_scope *scope)
{
    struct gs_binder *binder = outer->binder;
    struct table_draft draft;
    struct gs_page_rows rows = {
            .kind = item->u.rows.kind,
            .at = gs_draft_end(outer),
            .table = GS_MAKE(binder->arena, struct gs_table),
    };

    gs_draft_begin(&draft, binder);
    draft.kind = item->kind == GS_ITEM_HEAD ? GS_GROUP_HEAD : GS_GROUP_FOOT;
    binder->tally->page_rows = true;
    gs_bind_walk(binder, &item->content, scope, gs_draft_visit, &draft);
    binder->tally->page_rows = false;
    *rows.table = *outer->table;
    rows.table->id = NULL;
    rows.table->fill = 0;
    rows.table->origin = gs_bind_origin(binder, item->loc, scope);
    end_draft(&draft, rows.table);
    if (rows.table->row_count > 0) {
        g_array_append_val(outer->page_rows, rows);
    }
}

/* A head or foot: a row group of its own. */
static void visit_row_group(struct table_draft *draft,
        const struct gs_item *item, const struct gs_scope *scope)
{
    if (item->u.rows.page_rows) {
        visit_page_rows(draft, item, scope);
        return;
    }
    draft->kind =
            item->kind == GS_ITEM_HEAD ? GS_GROUP_HEAD : GS_GROUP_FOOT;
    draft->repeat = item->u.rows.repeat;
    draft->new_group = true;
    gs_bind_walk(draft->binder, &item->content, scope, gs_draft_visit, draft);
    draft->kind = GS_GROUP_BODY;
    draft->repeat = GS_REPEAT_NONE;
    draft->new_group = true;
}

void gs_draft_visit(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, void *data)
{
    struct table_draft *draft = data;
    (void)binder;

    if (item->kind == GS_ITEM_ROW) {
        visit_row(draft, item, scope);
    } else if (item->kind == GS_ITEM_GROUP) {
        visit_group(draft, item, scope);
    } else if (item->kind == GS_ITEM_CONTINUED) {
        gs_bind_walk(binder, &item->content, scope, gs_bind_block,
                draft->continued);
    } else if (item->kind == GS_ITEM_HEAD || item->kind == GS_ITEM_FOOT) {
        visit_row_group(draft, item, scope);
    } else {
        g_assert(item->kind == GS_ITEM_CELL && draft->frame != NULL);
        visit_group_cell(draft, item, scope);
    }
}

/* --- the table ------------------------------------------------------------- */

static struct gs_column *copy_columns(
        struct gs_arena *arena, const struct gs_column *columns, size_t count)
{
    struct gs_column *out = GS_MAKE_ARRAY(arena, struct gs_column, count);

    if (count > 0) {
        memcpy(out, columns, count * sizeof *out);
    }
    return out;
}

static void bind_rows(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct gs_table *table)
{
    struct table_draft draft;
    struct gs_tally tally, *outer = binder->tally;

    gs_tally_begin(binder, &tally, table->total_count);
    binder->tally = &tally;
    gs_draft_begin(&draft, binder);
    draft.table = table;
    gs_bind_walk(binder, &item->content, scope, gs_draft_visit, &draft);
    end_draft(&draft, table);
    gs_tally_end(binder, &tally);
    binder->tally = outer;
}

struct gs_table *gs_bind_table(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope)
{
    struct gs_table *table = GS_MAKE(binder->arena, struct gs_table);

    table->id = gs_bind_id(binder, item->u.table.id, scope);
    table->column_count = item->u.table.column_count;
    table->columns = copy_columns(
            binder->arena, item->u.table.columns, table->column_count);
    table->width = item->u.table.width;
    table->overflow = item->u.table.overflow;
    table->repeat_columns = item->u.table.repeat_columns;
    table->align = item->u.table.align;
    table->frame = item->u.table.frame;
    table->fill = item->u.table.fill;
    table->total_count = item->u.table.total_count;
    table->space_before = item->u.table.space_before;
    table->space_after = item->u.table.space_after;
    table->origin = gs_bind_origin(binder, item->loc, scope);
    if (item->u.table.streamed != NULL
            && gs_xml_has_records(
                    binder->xml, item->u.table.streamed->u.each.select)) {
        gs_bind_stream_rows(binder, item, scope, table);
    } else {
        bind_rows(binder, item, scope, table);
    }
    return table;
}
