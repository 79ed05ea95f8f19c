/*
 * Column widths, as columns.h describes.
 */
#include "layout/columns.h"

#include <glib.h>
#include <math.h>
#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/balance.h"
#include "layout/context.h"
#include "layout/grid.h"
#include "model/doc.h"
#include "text/text.h"

static const struct gs_para *cell_para(const struct gs_block *block, size_t part)
{
    switch (block->kind) {
    case GS_BLOCK_PARA:
        return part == 0 ? &block->u.para : NULL;
    case GS_BLOCK_LINE:
        return part == 0 ? &block->u.line.left
                : part == 1 ? &block->u.line.center
                : part == 2 ? &block->u.line.right
                            : NULL;
    case GS_BLOCK_TABLE:
    case GS_BLOCK_IMAGE:
    case GS_BLOCK_RULE:
    case GS_BLOCK_SPACE:
    case GS_BLOCK_PAGE_BREAK:
    case GS_BLOCK_TOC:
    case GS_BLOCK_PLACED:
        return NULL;
    }
    return NULL;
}

/* Widths that one block of a cell would like to have, padding aside. */
static void measure_block(const struct gs_layout_context *context,
        const struct gs_block *block, gs_len *least, gs_len *natural)
{
    if (block->kind == GS_BLOCK_IMAGE) {
        *least = MAX(*least, block->u.image.width);
        *natural = MAX(*natural, block->u.image.width);
    }
    gs_len sum_least = 0, sum_natural = 0;
    const struct gs_para *para;
    for (size_t part = 0; (para = cell_para(block, part)) != NULL; part++) {
        gs_len one_least = 0, one_natural = 0;
        if (para->run_count == 0) {
            continue;
        }
        struct gs_para_style style = *para->style;
        style.tail = context->tail;
        (void)gs_text_measure(context->arena, context->fonts, &style,
                para->runs, para->run_count, context->diag, &one_least,
                &one_natural);
        sum_least += one_least;
        sum_natural += one_natural;
    }
    *least = MAX(*least, sum_least);
    *natural = MAX(*natural, sum_natural);
}

void gs_cell_widths(const struct gs_layout_context *context,
        const struct gs_grid_cell *at, bool report, gs_len *least,
        gs_len *natural)
{
    const struct gs_cell *cell = at->cell;
    struct gs_layout_context own = *context;
    own.tail = context->tails != NULL
            ? context->tails[at->column + at->column_span - 1]
            : 0;
    own.diag = report ? context->diag : gs_diag_new();
    *least = *natural = 0;
    for (size_t i = 0; i < cell->block_count; i++) {
        measure_block(&own, &cell->blocks[i], least, natural);
    }
    *least += cell->style->padding.left + cell->style->padding.right;
    *natural += cell->style->padding.left + cell->style->padding.right;
    if (!report) {
        gs_diag_free(own.diag);
    }
}

static bool is_by_content(const struct gs_column *column)
{
    return column->kind == GS_COLUMN_CONTENT
            || column->kind == GS_COLUMN_BALANCE;
}

static void measure_content(const struct gs_layout_context *context,
        const struct gs_grid *grid, struct gs_column_size *columns)
{
    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct gs_grid_cell *at = &grid->cells[i];
        if (at->column_span != 1
                || !is_by_content(&grid->table->columns[at->column])) {
            continue;
        }
        gs_len least, natural;
        gs_cell_widths(context, at, true, &least, &natural);
        struct gs_column_size *column = &columns[at->column];
        column->least = MAX(column->least, least);
        column->natural = MAX(column->natural, natural);
    }
}

/* Rows of pages stand on the same columns; their totals at their widest. */
static void measure_page_rows(const struct gs_layout_context *context,
        const struct gs_table *table, struct gs_column_size *columns)
{
    if (table->page_rows_count == 0) {
        return;
    }
    /* What is wrong with them is reported when they are set. */
    struct gs_diag *scratch = gs_diag_new();
    for (size_t i = 0; i < table->page_rows_count; i++) {
        const struct gs_grid *grid = gs_grid_make(
                context->arena, table->page_rows[i].table, scratch);
        if (grid != NULL) {
            measure_content(context, grid, columns);
        }
    }
    gs_diag_free(scratch);
}

struct sums {
    gs_len fixed, least, natural;
    gs_len balanced; /* least widths */
    double weight;   /* of the shares */
    size_t balance;  /* columns of the kind */
};

static struct sums add_up(
        const struct gs_table *table, const struct gs_column_size *columns)
{
    struct sums sums = {0};
    for (size_t i = 0; i < table->column_count; i++) {
        const struct gs_column *column = &table->columns[i];
        switch (column->kind) {
        case GS_COLUMN_FIXED:
            sums.fixed += column->width;
            break;
        case GS_COLUMN_SHARE:
            sums.weight += column->weight;
            break;
        case GS_COLUMN_CONTENT:
            sums.least += columns[i].least;
            sums.natural += columns[i].natural;
            break;
        case GS_COLUMN_BALANCE:
            sums.balanced += columns[i].least;
            sums.balance++;
            break;
        }
    }
    return sums;
}

/* Content columns take their part of `room`; returns what is left of it. */
static gs_len size_content(const struct gs_table *table,
        struct gs_column_size *columns, const struct sums *sums, gs_len room)
{
    gs_len lack = MAX(0, sums->natural - room);
    gs_len give = sums->natural - sums->least;
    gs_len left = room;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].kind == GS_COLUMN_CONTENT) {
            struct gs_column_size *column = &columns[i];
            gs_len own = column->natural - column->least;
            column->width = column->natural
                    - (give > 0 ? gs_len_scale(lack, own, give) : 0);
            left -= column->width;
        }
    }
    return left;
}

/* Rounded so that the shares add up to the room exactly. */
static void size_shares(const struct gs_table *table,
        struct gs_column_size *columns, double weight, gs_len room)
{
    double so_far = 0;
    gs_len given = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].kind == GS_COLUMN_SHARE) {
            so_far += table->columns[i].weight;
            gs_len edge = (gs_len)llround((double)room * so_far / weight);
            columns[i].width = edge - given;
            given = edge;
        } else if (table->columns[i].kind == GS_COLUMN_FIXED) {
            columns[i].width = table->columns[i].width;
        }
    }
}

static bool report_too_wide(const struct gs_layout_context *context,
        const struct gs_table *table, gs_len wanted, gs_len room)
{
    gs_diag_add(context->diag, GS_DIAG_TABLE_TOO_WIDE, table->origin.loc,
            GS_ARGS(gs_layout_pt(context->arena, wanted),
                    gs_layout_pt(context->arena, room)));
    return false;
}

/* What the balanced columns get of the room that they divide with shares. */
static gs_len part_of_balanced(const struct sums *sums, gs_len room)
{
    double count = (double)sums->balance;
    gs_len part = sums->weight > 0
            ? (gs_len)llround((double)room * count / (count + sums->weight))
            : room;
    return sums->balance > 0 ? MAX(part, sums->balanced) : 0;
}

/*
 * Columns of fixed widths and by content may take more than there is where the
 * table goes on beside itself.
 */
static bool may_be_wider(const struct gs_table *table, const struct sums *sums)
{
    return table->overflow == GS_OVERFLOW_CONTINUE && table->width == 0
            && sums->weight == 0 && sums->balance == 0;
}

static void bound_content(const struct gs_table *table,
        struct gs_column_size *columns, gs_len most)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].kind == GS_COLUMN_CONTENT) {
            columns[i].natural =
                    MAX(columns[i].least, MIN(columns[i].natural, most));
        }
    }
}

static bool size_columns(const struct gs_layout_context *context,
        const struct gs_grid *grid, struct gs_column_size *columns,
        gs_len measure)
{
    const struct gs_table *table = grid->table;
    struct sums sums = add_up(table, columns);
    gs_len total = table->width > 0 ? table->width : measure;
    gs_len needed = sums.fixed + sums.least + sums.balanced;
    if (total > measure + GS_COLUMNS_SLACK
            && table->overflow != GS_OVERFLOW_CONTINUE) {
        return report_too_wide(context, table, total, measure);
    }
    if (needed > total + GS_COLUMNS_SLACK) {
        if (!may_be_wider(table, &sums)) {
            return report_too_wide(context, table, needed, total);
        }
        bound_content(table, columns, measure / 3);
        sums = add_up(table, columns);
        total = sums.fixed + sums.natural;
    }
    gs_len left = size_content(table, columns, &sums,
                          total - sums.fixed - sums.balanced)
            + sums.balanced;
    gs_len balanced = part_of_balanced(&sums, left);
    if (sums.weight > 0 && left <= balanced) {
        return report_too_wide(context, table, needed, total);
    }
    size_shares(table, columns, sums.weight, left - balanced);
    if (sums.balance > 0
            && !gs_balance(context, grid, balanced, columns, &needed)) {
        return report_too_wide(
                context, table, total - balanced + needed, total);
    }
    return true;
}

const gs_len *gs_columns_make(const struct gs_layout_context *context,
        const struct gs_grid *grid, gs_len measure)
{
    struct gs_column_size *columns = GS_MAKE_ARRAY(
            context->arena, struct gs_column_size, grid->columns + 1);
    measure_content(context, grid, columns);
    measure_page_rows(context, grid->table, columns);
    if (!size_columns(context, grid, columns, measure)) {
        return NULL;
    }
    gs_len *edges = GS_MAKE_ARRAY(context->arena, gs_len, grid->columns + 1);
    for (size_t i = 0; i < grid->columns; i++) {
        edges[i + 1] = edges[i] + columns[i].width;
    }
    return edges;
}
