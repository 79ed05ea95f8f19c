/*
 * Sample, as balance-sample.h describes it.
 */
#include "layout/balance-sample.h"

#include <glib.h>
#include <stdlib.h>

#include "base/arena.h"
#include "layout/balance.h"
#include "layout/context.h"
#include "layout/grid.h"
#include "model/doc.h"

/* --- rows ------------------------------------------------------------------------ */

static bool is_head(const struct gs_grid *grid, size_t row)
{
    return gs_grid_group(grid, row)->kind == GS_GROUP_HEAD;
}

/* Heads, and as many other rows at even distances as the bound allows. */
static void choose_rows(struct gs_balance_sample *sample)
{
    const struct gs_grid *grid = sample->grid;
    size_t most = MAX(GS_BALANCE_SLOTS / grid->columns, 1);
    size_t heads = 0, body = 0, head_rows = 0;
    for (size_t row = 0; row < grid->rows; row++) {
        head_rows += is_head(grid, row);
    }
    sample->body_rows = grid->rows - head_rows;
    size_t room = most - MIN(most - 1, head_rows);
    size_t looked_at = MIN(room, sample->body_rows);
    sample->rows = GS_MAKE_ARRAY(sample->context->arena,
            struct gs_balance_row, MIN(most, grid->rows));
    for (size_t row = 0; row < grid->rows; row++) {
        bool head = is_head(grid, row), take;
        if (head) {
            take = heads++ < most - 1;
        } else {
            take = (body + 1) * looked_at / sample->body_rows
                    > body * looked_at / sample->body_rows;
            body++;
        }
        if (take) {
            const struct gs_row *model = &grid->table->rows[row];
            sample->body_looked_at += !head;
            sample->rows[sample->row_count++] = (struct gs_balance_row){
                    .index = row,
                    .least = model->height,
                    .fixed = model->fit != GS_FIT_LEAST && model->height > 0,
                    .head = head,
            };
        }
    }
}

/* The highest number of rows that a page's continuation draws again. */
static void choose_repeat(struct gs_balance_sample *sample)
{
    const struct gs_table *table = sample->grid->table;
    for (size_t i = 0; i < table->group_count; i++) {
        const struct gs_row_group *group = &table->groups[i];
        size_t end = group->first + group->count;
        size_t first = group->repeat == GS_REPEAT_LAST ? end - 1 : group->first;
        if (group->kind == GS_GROUP_HEAD && group->repeat != GS_REPEAT_NONE
                && group->count > 0
                && end - first
                        > sample->repeat_end - sample->repeat_first) {
            sample->repeat_first = first;
            sample->repeat_end = end;
        }
    }
}

/* --- cells ----------------------------------------------------------------------- */

static void add_cell(struct gs_balance_sample *sample,
        const struct gs_grid_cell *at, size_t first, size_t rows)
{
    gs_len width = 0;
    size_t balanced = 0;
    for (size_t i = at->column; i < at->column + at->column_span; i++) {
        width += sample->columns[i].width;
        balanced += sample->balanced[i];
    }
    struct gs_balance_cell *cell = &sample->cells[sample->cell_count++];
    *cell = (struct gs_balance_cell){
            .row = first,
            .row_span = rows,
            .column = at->column,
            .column_span = at->column_span,
    };
    gs_trial_make(sample->context, sample->scratch, at->cell, width,
            sample->step, balanced > 0 ? GS_BALANCE_STEPS : 0, &cell->trial);
    /* Of a merged cell only the part is needed that stands in rows looked at. */
    for (size_t i = 0; i < cell->trial.count && rows < at->row_span; i++) {
        cell->trial.heights[i] = gs_len_scale(cell->trial.heights[i],
                (int64_t)rows, (int64_t)at->row_span);
    }
}

static void add_single_cells(struct gs_balance_sample *sample)
{
    const struct gs_grid *grid = sample->grid;
    for (size_t i = 0; i < sample->row_count; i++) {
        struct gs_balance_row *row = &sample->rows[i];
        row->first = sample->cell_count;
        size_t cell = grid->row_first[row->index];
        for (; cell < grid->row_first[row->index + 1] && !row->fixed; cell++) {
            if (grid->cells[cell].row_span == 1) {
                add_cell(sample, &grid->cells[cell], i, 1);
            }
        }
        row->end = sample->cell_count;
    }
    sample->merged_first = sample->cell_count;
}

static int by_span(const void *a, const void *b)
{
    const struct gs_balance_cell *x = a, *y = b;
    if (x->row_span != y->row_span) {
        return x->row_span < y->row_span ? -1 : 1;
    }
    return x->row != y->row ? (x->row < y->row ? -1 : 1)
                            : (x->column < y->column ? -1 : 1);
}

/* Merged cells, found where their first slot in a row looked at lies. */
static void add_merged_cells(struct gs_balance_sample *sample)
{
    const struct gs_grid *grid = sample->grid;
    for (size_t i = 0; i < sample->row_count; i++) {
        size_t row = sample->rows[i].index;
        for (size_t column = 0; column < grid->columns; column++) {
            const struct gs_grid_cell *at =
                    &grid->cells[gs_grid_slot(grid, row, column)];
            if (at->row_span == 1 || at->column != column
                    || (i > 0 && sample->rows[i - 1].index >= at->row)) {
                continue;
            }
            size_t end = i;
            while (end < sample->row_count
                    && sample->rows[end].index < at->row + at->row_span) {
                end++;
            }
            add_cell(sample, at, i, end - i);
        }
    }
    qsort(sample->cells + sample->merged_first,
            sample->cell_count - sample->merged_first,
            sizeof *sample->cells, by_span);
}

void gs_balance_sample_make(struct gs_balance_sample *sample)
{
    struct gs_arena *arena = sample->context->arena;
    size_t columns = sample->grid->columns;
    choose_rows(sample);
    choose_repeat(sample);
    sample->cells = GS_MAKE_ARRAY(
            arena, struct gs_balance_cell, sample->row_count * columns);
    sample->scratch = gs_arena_new();
    add_single_cells(sample);
    add_merged_cells(sample);
    gs_arena_free(sample->scratch);
    sample->scratch = NULL;
    sample->given = GS_MAKE_ARRAY(arena, size_t, columns);
}

/* --- heights ------------------------------------------------------------------- */

struct gs_balance_heights gs_balance_heights_make(
        const struct gs_balance_sample *sample)
{
    struct gs_arena *arena = sample->context->arena;
    return (struct gs_balance_heights){
            .rows = GS_MAKE_ARRAY(arena, gs_len, sample->row_count),
            .lack = GS_MAKE_ARRAY(arena, bool, sample->cell_count),
    };
}

gs_len gs_balance_cell_height(const struct gs_balance_sample *sample,
        const struct gs_balance_cell *cell)
{
    return gs_balance_height_at(
            cell, gs_balance_steps_of(cell, sample->given));
}

gs_len gs_balance_row_height(const struct gs_balance_sample *sample,
        const struct gs_balance_row *row)
{
    gs_len height = row->least;
    for (size_t i = row->first; i < row->end; i++) {
        height = MAX(
                height, gs_balance_cell_height(sample, &sample->cells[i]));
    }
    return height;
}

/* Raises the rows of a merged cell evenly; false when they are high enough. */
static bool stretch(const struct gs_balance_sample *sample,
        const struct gs_balance_cell *cell, gs_len *heights)
{
    gs_len lack = gs_balance_cell_height(sample, cell);
    size_t elastic = 0;
    for (size_t i = cell->row; i < cell->row + cell->row_span; i++) {
        lack -= heights[i];
        elastic += !sample->rows[i].fixed;
    }
    if (lack <= 0) {
        return false;
    }
    for (size_t i = cell->row; i < cell->row + cell->row_span; i++) {
        if (!sample->rows[i].fixed) {
            gs_len share = lack / (gs_len)elastic--;
            heights[i] += share;
            lack -= share;
        }
    }
    return true;
}

/* The height of all pages that the table takes, heads drawn again included. */
static gs_len value_of(
        const struct gs_balance_sample *sample, const gs_len *heights)
{
    gs_len head = 0, body = 0, again = 0, page = sample->context->page_height;
    for (size_t i = 0; i < sample->row_count; i++) {
        const struct gs_balance_row *row = &sample->rows[i];
        *(row->head ? &head : &body) += heights[i];
        again += row->index >= sample->repeat_first
                        && row->index < sample->repeat_end
                ? heights[i]
                : 0;
    }
    if (sample->body_looked_at > 0) {
        body = gs_len_scale(body, (int64_t)sample->body_rows,
                (int64_t)sample->body_looked_at);
    }
    gs_len sum = head + body;
    return sum <= page || again > page / 2
            ? sum
            : gs_len_scale(sum, page, page - again);
}

void gs_balance_work_out(const struct gs_balance_sample *sample,
        struct gs_balance_heights *out)
{
    for (size_t i = 0; i < sample->row_count; i++) {
        out->rows[i] = gs_balance_row_height(sample, &sample->rows[i]);
    }
    for (size_t i = sample->merged_first; i < sample->cell_count; i++) {
        out->lack[i] = stretch(sample, &sample->cells[i], out->rows);
    }
    out->value = value_of(sample, out->rows);
}
