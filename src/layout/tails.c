/*
 * Tails: what stands behind the decimal points of a table's columns.
 */
#include "layout/columns.h"

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/context.h"
#include "layout/grid.h"
#include "model/doc.h"
#include "text/text.h"

static bool is_aligned(const struct gs_block *block)
{
    return block->kind == GS_BLOCK_PARA
            && block->u.para.style->align == GS_ALIGN_DECIMAL;
}

/* Whether anything in a table is aligned so: in most nothing is. */
static bool has_aligned(const struct gs_table *table)
{
    bool has = false;
    for (size_t row = 0; row < table->row_count && !has; row++) {
        for (size_t i = 0; i < table->rows[row].cell_count && !has; i++) {
            const struct gs_cell *cell = &table->rows[row].cells[i];
            for (size_t j = 0; j < cell->block_count && !has; j++) {
                has = is_aligned(&cell->blocks[j]);
            }
        }
    }
    for (size_t i = 0; i < table->page_rows_count && !has; i++) {
        has = has_aligned(table->page_rows[i].table);
    }
    return has;
}

/* The widest tail of a cell into that of its column. */
static void look_at_cell(const struct gs_layout_context *context,
        const struct gs_cell *cell, gs_len *tail)
{
    for (size_t i = 0; i < cell->block_count; i++) {
        const struct gs_para *para = &cell->blocks[i].u.para;
        if (is_aligned(&cell->blocks[i])) {
            gs_len own = gs_text_tail(context->arena, context->fonts,
                    para->style, para->text, para->runs, para->run_count,
                    context->diag);
            *tail = MAX(*tail, own);
        }
    }
}

static void look_at_grid(const struct gs_layout_context *context,
        const struct gs_grid *grid, gs_len *tails)
{
    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct gs_grid_cell *at = &grid->cells[i];
        look_at_cell(context, at->cell,
                &tails[at->column + at->column_span - 1]);
    }
}

const gs_len *gs_tails_make(
        const struct gs_layout_context *context, const struct gs_grid *grid)
{
    const struct gs_table *table = grid->table;
    if (!has_aligned(table)) {
        return NULL;
    }
    gs_len *tails = GS_MAKE_ARRAY(context->arena, gs_len, grid->columns + 1);
    /* What is wrong with the cells is reported when they are set. */
    struct gs_layout_context own = *context;
    own.diag = gs_diag_new();
    look_at_grid(&own, grid, tails);
    for (size_t i = 0; i < table->page_rows_count; i++) {
        const struct gs_grid *rows = gs_grid_make(
                context->arena, table->page_rows[i].table, own.diag);
        if (rows != NULL) {
            look_at_grid(&own, rows, tails);
        }
    }
    gs_diag_free(own.diag);
    return tails;
}
