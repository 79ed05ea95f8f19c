/*
 * Heads of a table, as heads.h describes them.
 */
#include "page/heads.h"

#include <assert.h>

#include <glib.h>

#include "layout/fragment.h"
#include "model/doc.h"

/* What covers a column in the row at hand. */
struct slot {
    size_t row, column, row_end, column_end; /* row_end 0: nothing yet */
    enum gs_scope scope;
};

struct list {
    struct gs_head *heads;
    size_t count, room;
};

/* The heads over a column. */
struct column {
    struct list heads; /* in the last head of the table */
    struct list between; /* in the nearest rows below it that hold any */
    bool closed; /* something else stands below those */
    size_t seen; /* how many have ever stood over it */
};

struct gs_heads {
    struct slot *slots;
    struct column *columns;
    size_t count;
    unsigned strip;
    bool in_head; /* the last row stood in a head of the table */
    struct gs_headed *cells; /* that begin in the row at hand */
    size_t cell_count; /* at most one a column */
    struct list lists; /* their heads, one after the other */
};

/* --- lists ------------------------------------------------------------------ */

static void append(struct list *list, struct gs_head head)
{
    if (list->count == list->room) {
        list->room = MAX(2 * list->room, 4);
        list->heads = g_renew(struct gs_head, list->heads, list->room);
    }
    list->heads[list->count++] = head;
}

static bool precedes(struct gs_head a, struct gs_head b)
{
    return a.row < b.row || (a.row == b.row && a.column < b.column);
}

/* Into its place among those from `first` on, unless it is there. */
static void insert(struct list *list, size_t first, struct gs_head head)
{
    size_t at = list->count;
    while (at > first && precedes(head, list->heads[at - 1])) {
        at--;
    }
    if (at > first && !precedes(list->heads[at - 1], head)) {
        return;
    }
    append(list, head);
    for (size_t i = list->count - 1; i > at; i--) {
        list->heads[i] = list->heads[i - 1];
    }
    list->heads[at] = head;
}

static void insert_all(
        struct list *list, size_t first, const struct list *heads)
{
    for (size_t i = 0; i < heads->count; i++) {
        insert(list, first, heads->heads[i]);
    }
}

static void reverse(struct list *list, size_t first)
{
    for (size_t end = list->count; first + 1 < end; first++) {
        struct gs_head *a = &list->heads[first], *b = &list->heads[--end];
        struct gs_head head = *a;
        *a = *b;
        *b = head;
    }
}

/* --- strips ----------------------------------------------------------------- */

struct gs_heads *gs_heads_new(void)
{
    return g_new0(struct gs_heads, 1);
}

static void release_columns(struct gs_heads *heads)
{
    for (size_t i = 0; i < heads->count; i++) {
        g_free(heads->columns[i].heads.heads);
        g_free(heads->columns[i].between.heads);
    }
    g_free(heads->columns);
    g_free(heads->slots);
    g_free(heads->cells);
}

void gs_heads_free(struct gs_heads *heads)
{
    if (heads != NULL) {
        release_columns(heads);
        g_free(heads->lists.heads);
        g_free(heads);
    }
}

/* A strip has all the rows of its table, from the first on. */
static void begin_strip(struct gs_heads *heads, const struct gs_frag_table *part)
{
    release_columns(heads);
    heads->count = part->table->column_count;
    heads->slots = g_new0(struct slot, heads->count);
    heads->columns = g_new0(struct column, heads->count);
    heads->cells = g_new(struct gs_headed, heads->count);
    heads->strip = part->strip;
    heads->in_head = false;
}

static size_t table_column(
        const struct gs_frag_table *part, const struct gs_frag_cell *cell)
{
    return part->columns != NULL ? part->columns[cell->column] : cell->column;
}

/* --- what is a head --------------------------------------------------------- */

/* Whether a <td> begins right of the cell in its rows. */
static bool has_data_beside(const struct gs_frag_table *part, size_t index,
        const struct gs_frag_cell *cell)
{
    size_t end = cell->row + cell->cell->row_span;
    for (; index < part->row_count && part->rows[index].index < end; index++) {
        const struct gs_frag_row *row = &part->rows[index];
        for (size_t i = 0; i < row->cell_count; i++) {
            if (row->cells[i].column >= cell->column + cell->column_span &&
                    !row->cells[i].cell->head) {
                return true;
            }
        }
    }
    return false;
}

/* Whether all that stands left of a column are heads of rows. */
static bool is_leading(const struct gs_heads *heads, size_t column)
{
    for (size_t i = 0; i < column; i++) {
        if (heads->slots[i].row_end > 0 &&
                heads->slots[i].scope != GS_SCOPE_ROW) {
            return false;
        }
    }
    return true;
}

static enum gs_scope find_scope(const struct gs_heads *heads,
        const struct gs_frag_table *part, size_t index,
        const struct gs_frag_cell *cell, size_t column)
{
    bool head = cell->cell->head;
    if (part->rows[index].group == GS_GROUP_HEAD) {
        return head ? GS_SCOPE_COLUMN : GS_SCOPE_NONE;
    }
    if (cell->cell->labels && is_leading(heads, column)) {
        return GS_SCOPE_ROW;
    }
    if (!head) {
        return GS_SCOPE_NONE;
    }
    return has_data_beside(part, index, cell) ? GS_SCOPE_ROW : GS_SCOPE_COLUMN;
}

/* The cells that begin in a row take their slots, from the left. */
static void take_slots(struct gs_heads *heads, const struct gs_frag_table *part,
        size_t index)
{
    const struct gs_frag_row *row = &part->rows[index];
    for (size_t i = 0; i < row->cell_count; i++) {
        const struct gs_frag_cell *cell = &row->cells[i];
        size_t column = table_column(part, cell);
        if (heads->slots[column].row_end > row->index) {
            continue; /* it has begun above */
        }
        struct slot slot = {
                .row = row->index,
                .column = column,
                .row_end = cell->row + cell->cell->row_span,
                .column_end = column + cell->column_span,
                .scope = find_scope(heads, part, index, cell, column),
        };
        for (size_t k = slot.column; k < slot.column_end; k++) {
            heads->slots[k] = slot;
        }
        assert(heads->cell_count < heads->count);
        heads->cells[heads->cell_count++] = (struct gs_headed){
                .row = slot.row,
                .column = column,
                .row_span = slot.row_end - slot.row,
                .column_span = cell->column_span,
                .scope = slot.scope,
        };
    }
}

/* --- which heads a cell has ------------------------------------------------- */

/* From the top down. */
static void add_column_heads(struct gs_heads *heads, struct gs_headed *cell)
{
    const size_t first = heads->lists.count;
    for (size_t i = cell->column; i < cell->column + cell->column_span; i++) {
        const struct column *column = &heads->columns[i];
        insert_all(&heads->lists, first, &column->heads);
        insert_all(&heads->lists, first, &column->between);
        size_t own = column->heads.count + column->between.count;
        cell->told = cell->told || own > 1 || own != column->seen;
    }
}

/* From the left; looked for from the cell to the left. */
static void add_row_heads(struct gs_heads *heads, struct gs_headed *cell)
{
    size_t first = heads->lists.count, seen = 0, height = 0;
    size_t end = cell->row + cell->row_span;
    bool beside = false; /* the slot looked at last is a head of rows */
    bool beyond = false; /* the nearest ones have been passed */
    if (cell->scope == GS_SCOPE_ROW) { /* itself the nearest, of what follows */
        beside = true;
        height = cell->row_span;
    }
    for (size_t column = cell->column; column > 0;) {
        const struct slot *slot = &heads->slots[column - 1];
        if (slot->row_end == 0) { /* a column of another strip */
            column--;
            continue;
        }
        column = slot->column;
        if (slot->scope != GS_SCOPE_ROW) {
            beyond = beyond || beside;
            beside = false;
            continue;
        }
        size_t span = slot->row_end - slot->row;
        seen++;
        if (slot->row_end >= end && (!beyond || beside || span > height)) {
            append(&heads->lists, (struct gs_head){slot->row, slot->column});
        }
        height = beyond ? height : MAX(height, span);
        beside = true;
    }
    reverse(&heads->lists, first);
    size_t own = heads->lists.count - first;
    cell->told = cell->told || own > 1 || own != seen;
}

static void find_heads(struct gs_heads *heads)
{
    heads->lists.count = 0;
    for (size_t i = 0; i < heads->cell_count; i++) {
        struct gs_headed *cell = &heads->cells[i];
        size_t first = heads->lists.count;
        if (cell->scope != GS_SCOPE_COLUMN) {
            add_column_heads(heads, cell);
            add_row_heads(heads, cell);
        }
        cell->head_count = heads->lists.count - first;
    }
    const struct gs_head *next = heads->lists.heads;
    for (size_t i = 0; i < heads->cell_count; i++) {
        struct gs_headed *cell = &heads->cells[i];
        if (cell->head_count > 0) {
            cell->heads = next;
            next += cell->head_count;
        }
    }
}

/* --- rows ------------------------------------------------------------------- */

/* The cells of the row at hand stand over those of the next ones. */
static void close_row(struct gs_heads *heads, bool in_head)
{
    for (size_t i = 0; i < heads->cell_count; i++) {
        const struct gs_headed *cell = &heads->cells[i];
        struct gs_head head = {cell->row, cell->column};
        for (size_t k = 0; k < cell->column_span; k++) {
            struct column *column = &heads->columns[cell->column + k];
            if (cell->scope != GS_SCOPE_COLUMN) {
                column->closed = true;
                continue;
            }
            if (!in_head && column->closed) {
                column->between.count = 0;
            }
            column->closed = false;
            column->seen++;
            append(in_head ? &column->heads : &column->between, head);
        }
    }
}

void gs_heads_row(struct gs_heads *heads, const struct gs_frag_table *part,
        size_t index)
{
    bool in_head = part->rows[index].group == GS_GROUP_HEAD;
    if (heads->slots == NULL || heads->strip != part->strip) {
        begin_strip(heads, part);
    } else {
        close_row(heads, heads->in_head);
    }
    if (in_head && !heads->in_head) { /* it takes the place of the one before */
        for (size_t i = 0; i < heads->count; i++) {
            heads->columns[i].heads.count = 0;
            heads->columns[i].between.count = 0;
        }
    }
    heads->in_head = in_head;
    heads->cell_count = 0;
    take_slots(heads, part, index);
    find_heads(heads);
}

const struct gs_headed *gs_heads_cell(
        const struct gs_heads *heads, size_t column)
{
    for (size_t i = 0; i < heads->cell_count; i++) {
        const struct gs_headed *cell = &heads->cells[i];
        if (cell->column == column) {
            return cell;
        }
    }
    return NULL;
}
