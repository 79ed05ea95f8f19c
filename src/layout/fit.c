/*
 * Fit: cells of rows whose height is fixed.  What does not fit is an error, or set
 * smaller, or cut off after the last line that has room, as the row says.
 */
#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/strips.h"
#include "layout/table-set.h"
#include "model/doc.h"
#include "model/image.h"

/* How small text may become. */
#define LEAST_PERCENT 60

/* No bound: a row over which the cell spans may grow. */
#define NO_BOUND GS_LEN_MAX

bool gs_row_is_fixed(const struct gs_table_set *set, size_t row)
{
    const struct gs_row *model = gs_set_row(set, row);
    return model->fit != GS_FIT_LEAST && model->height > 0;
}

static gs_len padding_of(const struct gs_grid_cell *at)
{
    return at->cell->style->padding.top + at->cell->style->padding.bottom;
}

/* Height of the rows of a cell, if all of them are fixed. */
static gs_len bound_of(
        const struct gs_table_set *set, const struct gs_grid_cell *at)
{
    gs_len bound = 0;
    for (size_t row = at->row; row < at->row + at->row_span; row++) {
        if (!gs_row_is_fixed(set, row)) {
            return NO_BOUND;
        }
        bound += gs_set_row(set, row)->height;
    }
    return bound;
}

static gs_len flow_height(const struct gs_flow *flow)
{
    return gs_flow_height(flow, 0, flow->count);
}

/* --- setting smaller --------------------------------------------------------- */

/* Whether text of `percent` of its size fits, also in its lines. */
static bool fits_at(const struct gs_table_set *set,
        const struct gs_block *blocks, size_t count, unsigned percent,
        gs_len measure, gs_len room)
{
    struct gs_layout_context scratch = set->context;
    scratch.arena = gs_arena_new();
    scratch.diag = gs_diag_new();
    struct gs_flow flow;
    bool fits = gs_flow_make_scaled(&scratch, blocks, count, percent, measure,
                        &flow)
            && flow_height(&flow) <= room;
    gs_diag_free(scratch.diag);
    gs_arena_free(scratch.arena);
    return fits;
}

/* The largest size at which the text fits, the least one if it does not. */
static unsigned fitting_percent(const struct gs_table_set *set,
        const struct gs_block *blocks, size_t count, gs_len measure,
        gs_len room)
{
    if (fits_at(set, blocks, count, 100, measure, room)) {
        return 100;
    }
    unsigned low = LEAST_PERCENT, high = 100;
    while (high - low > 1) {
        unsigned middle = (low + high) / 2;
        if (fits_at(set, blocks, count, middle, measure, room)) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

/* --- cutting off ----------------------------------------------------------------- */

/* What the lines from item `from` on say. */
static const char *text_from(
        struct gs_arena *arena, const struct gs_flow *flow, size_t from)
{
    GString *text = g_string_new(NULL);
    for (size_t i = from; i < flow->count; i++) {
        for (size_t j = 0; j < flow->items[i].piece_count; j++) {
            g_string_append(text, flow->items[i].pieces[j].line->text);
        }
        if (flow->items[i].kind == GS_FLOW_IMAGE) {
            g_string_append(text, flow->items[i].block->u.image.image->path);
        }
    }
    const char *copy = gs_diag_printable(arena, text->str, 40);
    g_string_free(text, TRUE);
    return copy;
}

static void report(struct gs_table_set *set, enum gs_diag_id id,
        const struct gs_grid_cell *at, const char *text, gs_len need,
        gs_len bound)
{
    struct gs_arena *arena = set->context.arena;
    const char *path = at->cell->origin.path;
    const char *args[] = {text, gs_layout_pt(arena, need),
            gs_layout_pt(arena, bound), path != NULL ? path : "-", NULL};
    gs_diag_add(set->context.diag, id, at->cell->origin.loc,
            text != NULL ? args : args + 1);
}

static void clip(
        struct gs_table_set *set, struct gs_cell_set *cell, gs_len bound)
{
    const struct gs_grid_cell *at = cell->at;
    struct gs_flow *flow = &cell->flow;
    gs_len need = padding_of(at) + flow_height(flow);
    size_t kept = 0;
    while (kept < flow->count
            && padding_of(at) + gs_flow_height(flow, 0, kept + 1) <= bound) {
        kept++;
    }
    if (!gs_flow_is_done(flow, kept)) {
        report(set, GS_DIAG_TEXT_CLIPPED, at,
                text_from(set->context.arena, flow, kept), need, bound);
    }
    cell->clipped = flow->count - kept;
    flow->count = kept;
}

bool gs_set_cell(struct gs_table_set *set, struct gs_arena *arena,
        struct gs_cell_set *cell, const struct gs_block *blocks,
        gs_len measure)
{
    const struct gs_grid_cell *at = cell->at;
    const struct gs_cell *model = at->cell;
    struct gs_layout_context context = set->context;
    context.arena = arena;
    enum gs_row_fit fit = gs_set_row(set, at->row)->fit;
    struct gs_flow *flow = &cell->flow;
    gs_len bound = bound_of(set, at);
    unsigned percent = 100;
    cell->clipped = 0;
    context.tail = context.tails == NULL
            ? 0
            : context.tails[set->strip->columns[
                      at->column + at->column_span - 1]];
    if (fit == GS_FIT_SHRINK && bound < NO_BOUND) {
        percent = fitting_percent(set, blocks, model->block_count, measure,
                bound - padding_of(at));
    }
    if (!gs_flow_make_scaled(&context, blocks, model->block_count,
                percent, measure, flow)
            || (model->label == GS_LABEL_REPEAT_MARK
                    && !gs_flow_make_scaled(&context, model->marked,
                            model->marked_count, percent, measure,
                            &cell->marked))) {
        return false;
    }
    gs_len need = padding_of(at) + flow_height(flow);
    if (need <= bound) {
        return true;
    }
    if (fit == GS_FIT_CLIP) {
        clip(set, cell, bound);
        return true;
    }
    report(set, GS_DIAG_ROW_OVERFLOW, at, NULL, need, bound);
    return false;
}
