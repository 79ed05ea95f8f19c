/*
 * Bands: the rows of a table as they are held, and looked up by number.
 *
 * A table whose rows come piece by piece has a band for each piece.  It is fetched
 * when a row in it is first asked for, and released when its pages are done with;
 * but the band of the head that is drawn again stays as long as it may be.
 */
#include <assert.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/ledger.h"
#include "layout/strips.h"
#include "layout/table-set.h"
#include "model/doc.h"

/* --- setting -------------------------------------------------------------------- */

static bool set_one(struct gs_table_set *set, struct gs_cell_set *cell,
        struct gs_arena *arena)
{
    const struct gs_grid_cell *at = cell->at;
    const struct gs_edges *padding = &at->cell->style->padding;
    gs_len width =
            set->edges[at->column + at->column_span] - set->edges[at->column];
    gs_len measure = width - padding->left - padding->right;
    if (measure <= 0) {
        gs_diag_add(set->context.diag, GS_DIAG_COLUMN_TOO_NARROW,
                at->cell->origin.loc,
                GS_ARGS(gs_layout_number(arena,
                                set->strip->columns[at->column] + 1),
                        gs_layout_pt(arena, width),
                        gs_layout_pt(arena, padding->left + padding->right)));
        return false;
    }
    if (!gs_set_cell(set, arena, cell, at->cell->blocks, measure)) {
        return false;
    }
    gs_flow_pair_lines(&cell->flow);
    return true;
}

static bool set_cells(
        struct gs_table_set *set, struct gs_band *band, struct gs_arena *arena)
{
    const struct gs_grid *grid = band->grid;
    /* What is repeated was reported with the strip before. */
    size_t repeated = set->strip->repeated;
    struct gs_diag *diag = set->context.diag;
    struct gs_diag *scratch = repeated > 0 ? gs_diag_new() : NULL;
    bool ok = true;
    for (size_t i = 0; i < grid->cell_count; i++) {
        band->cells[i].at = &grid->cells[i];
        set->context.diag = grid->cells[i].column < repeated ? scratch : diag;
        ok = set_one(set, &band->cells[i], arena) && ok;
    }
    set->context.diag = diag;
    gs_diag_free(scratch);
    return ok;
}

/* The last head of a band, else the one that stands over it. */
static const struct gs_row_group *last_head(const struct gs_band *band)
{
    const struct gs_table *piece = band->grid->table;
    for (size_t i = piece->group_count; i-- > 0;) {
        if (piece->groups[i].kind == GS_GROUP_HEAD) {
            return &piece->groups[i];
        }
    }
    return band->head;
}

bool gs_set_add_band(struct gs_table_set *set, struct gs_band *band)
{
    struct gs_arena *arena =
            band->arena != NULL ? band->arena : set->context.arena;
    const struct gs_grid *grid = band->grid;
    struct gs_rows_held *rows = set->rows;
    size_t count = grid->rows + 1;
    band->cells =
            GS_MAKE_ARRAY(arena, struct gs_cell_set, grid->cell_count + 1);
    band->base = GS_MAKE_ARRAY(arena, gs_len, count);
    band->base_below = GS_MAKE_ARRAY(arena, gs_len, count);
    band->row_parts = GS_MAKE_ARRAY(arena, unsigned, count);
    band->drawn_height = GS_MAKE_ARRAY(arena, gs_len, count);
    if (rows->last != NULL) {
        band->head = last_head(rows->last);
        rows->last->next = band;
    } else {
        rows->first = band;
    }
    rows->last = band;
    rows->end = grid->first + grid->rows;
    bool ok = set_cells(set, band, arena);
    if (ok) {
        gs_set_base_heights(set, band);
    }
    rows->ok = rows->ok && ok;
    return ok;
}

/* --- fetching ------------------------------------------------------------------- */

void gs_band_release(const struct gs_table *table, const struct gs_band *band)
{
    struct gs_arena *arena = band->arena;
    table->source->release(table->source, &band->piece);
    gs_arena_free(arena);
}

struct gs_band *gs_band_fetch(
        const struct gs_layout_context *context, const struct gs_table *table)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_band *band = GS_MAKE(arena, struct gs_band);
    band->arena = arena;
    if (!table->source->next(table->source, &band->piece)) {
        gs_arena_free(arena);
        return NULL;
    }
    if (context->ledger != NULL) {
        gs_ledger_bind_rows(context->ledger, &band->piece);
    }
    band->grid = gs_grid_make(arena, &band->piece, context->diag);
    return band;
}

/* The next band; false at the end of the table, and where it cannot be set. */
static bool fetch(struct gs_table_set *set)
{
    struct gs_rows_held *rows = set->rows;
    struct gs_band *band = rows->complete
            ? NULL
            : gs_band_fetch(&set->context, set->table);
    if (band == NULL) {
        rows->complete = true;
        return false;
    }
    if (band->grid == NULL) {
        gs_band_release(set->table, band);
        rows->ok = false;
        rows->complete = true;
        return false;
    }
    (void)gs_set_add_band(set, band);
    return true;
}

/* --- rows and cells ---------------------------------------------------------------- */

static bool holds(const struct gs_band *band, size_t row)
{
    return row - band->grid->first < band->grid->rows;
}

bool gs_set_has(const struct gs_table_set *set, size_t row)
{
    while (row >= set->rows->end && set->rows->ok) {
        if (!fetch(set->rows->set)) {
            return false;
        }
    }
    return row < set->rows->end;
}

struct gs_band *gs_set_band(const struct gs_table_set *set, size_t row)
{
    struct gs_rows_held *rows = set->rows;
    struct gs_band *band = rows->recent;
    if (band != NULL && holds(band, row)) {
        return band;
    }
    for (band = rows->first; band != NULL && !holds(band, row);) {
        band = band->next;
    }
    assert(band != NULL);
    rows->recent = band;
    return band;
}

const struct gs_row *gs_set_row(const struct gs_table_set *set, size_t row)
{
    const struct gs_grid *grid = gs_set_band(set, row)->grid;
    return &grid->table->rows[row - grid->first];
}

const struct gs_row_group *gs_set_group(
        const struct gs_table_set *set, size_t row)
{
    return gs_grid_group(gs_set_band(set, row)->grid, row);
}

struct gs_cell_set *gs_set_cell_at(
        const struct gs_table_set *set, size_t row, size_t column)
{
    const struct gs_band *band = gs_set_band(set, row);
    return &band->cells[gs_grid_slot(band->grid, row, column)];
}

struct gs_cell_set *gs_set_cells_of(const struct gs_table_set *set, size_t row,
        struct gs_cell_set **end)
{
    const struct gs_band *band = gs_set_band(set, row);
    size_t last;
    size_t first = gs_grid_cells_of(band->grid, row, &last);
    *end = &band->cells[last];
    return &band->cells[first];
}

const struct gs_row_group *gs_set_head_over(
        const struct gs_table_set *set, size_t row)
{
    const struct gs_band *band = gs_set_band(set, row);
    const struct gs_row_group *first = band->grid->table->groups;
    const struct gs_row_group *group = gs_grid_group(band->grid, row);
    while (group > first) {
        group--;
        if (group->kind == GS_GROUP_HEAD) {
            return group;
        }
    }
    return band->head;
}

/* --- done with --------------------------------------------------------------------- */

void gs_table_set_release(struct gs_table_set *set, size_t first)
{
    struct gs_rows_held *rows = set->rows;
    first = MIN(first, set->row);
    const struct gs_row_group *head =
            gs_set_has(set, first) ? gs_set_head_over(set, first) : NULL;
    for (struct gs_band **link = &rows->first; *link != NULL;) {
        struct gs_band *band = *link;
        bool done = band->grid->first + band->grid->rows <= first;
        if (band->arena == NULL || !done
                || (head != NULL && holds(band, head->first))) {
            link = &band->next;
            continue;
        }
        *link = band->next;
        if (rows->last == band) {
            rows->last = NULL; /* of a table that is done */
        }
        rows->recent = NULL;
        gs_band_release(set->table, band);
    }
}

void gs_table_set_drop(struct gs_table_set *set)
{
    struct gs_rows_held *rows = set->rows;
    while (rows->first != NULL) {
        struct gs_band *band = rows->first;
        rows->first = band->next;
        if (band->arena != NULL) {
            gs_band_release(set->table, band);
        }
    }
    *rows = (struct gs_rows_held){.set = set, .complete = true};
}

bool gs_table_set_fails(struct gs_table_set *set)
{
    if (set->rows->ok) {
        return false;
    }
    /* What else is wrong is told as well; nothing is placed any more. */
    while (fetch(set)) {
        struct gs_rows_held *rows = set->rows;
        while (rows->first != rows->last) {
            struct gs_band *band = rows->first;
            rows->first = band->next;
            gs_band_release(set->table, band);
        }
        rows->recent = NULL;
    }
    return true;
}
