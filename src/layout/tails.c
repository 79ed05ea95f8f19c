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

/* The widest tail of a cell into that of its column; whether it has one. */
static bool look_at_cell(const struct gs_layout_context *context,
        const struct gs_cell *cell, gs_len *tail)
{
    bool any = false;
    for (size_t i = 0; i < cell->block_count; i++) {
        const struct gs_para *para = &cell->blocks[i].u.para;
        if (is_aligned(&cell->blocks[i])) {
            gs_len own = gs_text_tail(context->arena, context->fonts,
                    para->style, para->text, para->runs, para->run_count,
                    context->diag);
            *tail = MAX(*tail, own);
            any = true;
        }
    }
    return any;
}

static bool look_at_grid(const struct gs_layout_context *context,
        const struct gs_grid *grid, gs_len *tails)
{
    bool any = false;
    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct gs_grid_cell *at = &grid->cells[i];
        size_t last = at->column + at->column_span - 1;
        any = look_at_cell(context, at->cell, &tails[last]) || any;
    }
    return any;
}

const gs_len *gs_tails_make(
        const struct gs_layout_context *context, const struct gs_grid *grid)
{
    gs_len *tails = GS_MAKE_ARRAY(context->arena, gs_len, grid->columns + 1);
    /* What is wrong with the cells is reported when they are set. */
    struct gs_layout_context own = *context;
    own.diag = gs_diag_new();
    bool any = look_at_grid(&own, grid, tails);
    for (size_t i = 0; i < grid->table->page_rows_count; i++) {
        const struct gs_grid *rows = gs_grid_make(
                context->arena, grid->table->page_rows[i].table, own.diag);
        any = (rows != NULL && look_at_grid(&own, rows, tails)) || any;
    }
    gs_diag_free(own.diag);
    return any ? tails : NULL;
}
