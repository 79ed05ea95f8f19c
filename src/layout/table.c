/*
 * Tables over pages: sets the cells once, then fills page after page.
 */
#include "layout/table.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/columns.h"
#include "layout/page-rows.h"
#include "layout/strips.h"
#include "layout/table-set.h"
#include "model/doc.h"

static bool set_cells(struct gs_table_set *set)
{
    const struct gs_grid *grid = set->grid;
    struct gs_diag *scratch = gs_diag_new();
    bool ok = true;
    for (size_t i = 0; i < grid->cell_count; i++) {
        const struct gs_grid_cell *at = &grid->cells[i];
        const struct gs_edges *padding = &at->cell->style->padding;
        gs_len width = set->edges[at->column + at->column_span]
                - set->edges[at->column];
        gs_len measure = width - padding->left - padding->right;
        if (measure <= 0) {
            struct gs_arena *arena = set->context.arena;
            gs_diag_add(set->context.diag, GS_DIAG_COLUMN_TOO_NARROW,
                    at->cell->origin.loc,
                    GS_ARGS(gs_arena_printf(arena, "%zu",
                                    set->strip->columns[at->column] + 1),
                            gs_layout_pt(arena, width),
                            gs_layout_pt(arena,
                                    padding->left + padding->right)));
            ok = false;
            continue;
        }
        /* What is repeated was reported with the strip before. */
        struct gs_diag *diag = set->context.diag;
        set->context.diag = at->column < set->strip->repeated ? scratch : diag;
        ok = gs_set_cell(set, i, at->cell->blocks, measure) && ok;
        set->context.diag = diag;
        gs_flow_pair_lines(&set->cells[i].flow);
    }
    gs_diag_free(scratch);
    return ok;
}

static void free_drawn(void *object)
{
    g_ptr_array_free(object, TRUE);
}

struct gs_table_set *gs_set_make(const struct gs_layout_context *context,
        const struct gs_table *table, size_t number,
        const struct gs_strip *strip)
{
    struct gs_arena *arena = context->arena;
    const struct gs_grid *grid = strip->grid;
    size_t errors = gs_diag_errors(context->diag);
    struct gs_table_set *set = GS_MAKE(arena, struct gs_table_set);
    set->context = *context;
    set->table = table;
    set->number = number;
    set->strip = strip;
    set->grid = grid;
    set->edges = strip->edges;
    set->cells = GS_MAKE_ARRAY(arena, struct gs_cell_set, grid->cell_count + 1);
    set->base = GS_MAKE_ARRAY(arena, gs_len, grid->rows + 1);
    set->base_below = GS_MAKE_ARRAY(arena, gs_len, grid->rows + 1);
    set->row_parts = GS_MAKE_ARRAY(arena, unsigned, grid->rows + 1);
    set->drawn_height = GS_MAKE_ARRAY(arena, gs_len, grid->rows + 1);
    set->drawn = g_ptr_array_new();
    gs_arena_on_free(arena, free_drawn, set->drawn);
    bool continued = gs_continued_make(set);
    if (!set_cells(set) || !continued) {
        return NULL;
    }
    gs_set_base_heights(set);
    return gs_diag_errors(context->diag) == errors ? set : NULL;
}

/* Rows are as high in every strip, so that they can be read on beside each other. */
static void level_strips(struct gs_table_set *first)
{
    size_t rows = first->grid->rows;
    gs_len *floors = GS_MAKE_ARRAY(first->context.arena, gs_len, rows + 1);
    for (struct gs_table_set *set = first; set != NULL && rows > 0;
            set = set->next) {
        struct gs_window window;
        gs_window_make(set, 0, rows, INT64_MAX / 4, &window);
        for (size_t row = 0; row < window.end; row++) {
            floors[row] = MAX(floors[row], window.heights[row]);
        }
    }
    for (struct gs_table_set *set = first; set != NULL; set = set->next) {
        set->floors = floors;
        gs_set_base_heights(set);
    }
}

struct gs_table_set *gs_table_set_make(const struct gs_layout_context *context,
        const struct gs_table *table, size_t number, gs_len measure)
{
    const struct gs_grid *grid =
            gs_grid_make(context->arena, table, context->diag);
    if (grid == NULL) {
        return NULL;
    }
    size_t errors = gs_diag_errors(context->diag), count = 0;
    const gs_len *edges = gs_columns_make(context, grid, measure);
    if (edges == NULL) {
        return NULL;
    }
    const struct gs_strip *strips =
            gs_strips_make(context, grid, edges, measure, &count);
    struct gs_table_set *first = NULL, **end = &first;
    for (size_t i = 0; i < count; i++) {
        *end = gs_set_make(context, table, number, &strips[i]);
        if (*end == NULL || !gs_page_rows_make(*end)) {
            return NULL;
        }
        (*end)->strip_number = (unsigned)i + 1;
        (*end)->strips = (unsigned)count;
        end = &(*end)->next;
    }
    if (count > 1) {
        level_strips(first);
        gs_page_rows_level(first);
    }
    return gs_diag_errors(context->diag) == errors ? first : NULL;
}

struct gs_table_set *gs_table_set_next(const struct gs_table_set *set)
{
    return set->next;
}

gs_len gs_table_set_width(const struct gs_table_set *set)
{
    return set->edges[set->grid->columns];
}

bool gs_table_set_is_done(const struct gs_table_set *set)
{
    return set->row == set->grid->rows;
}

/* --- what comes first --------------------------------------------------------- */

/*
 * The least part of a row that may be split: of its cells, what no break wants
 * to part, or with `force` a line; and a line of a merged cell over it.
 */
static gs_len least_of_row(
        const struct gs_table_set *set, size_t row, bool force)
{
    const struct gs_grid *grid = set->grid;
    gs_len least = 0;
    for (size_t column = 0; column < grid->columns; column++) {
        size_t i = gs_grid_slot(grid, row, column);
        const struct gs_grid_cell *at = &grid->cells[i];
        const struct gs_flow *flow = gs_set_flow(set, i);
        const struct gs_edges *padding = &at->cell->style->padding;
        size_t from = gs_flow_skip_space(
                flow, MIN(set->cells[i].done, flow->count));
        size_t to = at->row_span == 1 && !force
                ? gs_flow_first_end(flow, from)
                : MIN(flow->count, from + 1);
        if (set->cells[i].parts == 0) {
            from = MIN(set->cells[i].done, from);
        }
        if (gs_set_repeats(set, i)) {
            from = 0;
            to = at->row_span == 1 ? flow->count : MIN(flow->count, 1);
        }
        least = MAX(least, padding->top + padding->bottom
                        + gs_flow_height(flow, from, to));
    }
    return least;
}

gs_len gs_table_set_least(const struct gs_table_set *set)
{
    if (gs_table_set_is_done(set)) {
        return 0;
    }
    size_t end = set->row;
    while (gs_row_keeps_next(set, end)) {
        end++;
    }
    struct gs_table_set state = *set;
    struct gs_window window;
    gs_window_make(&state, set->row, end + 1, GS_LEN_MAX, &window);
    gs_len sum = 0;
    for (size_t row = set->row; row < end; row++) {
        sum += window.heights[row - set->row];
    }
    gs_len last = window.heights[end - set->row];
    return sum + gs_page_rows_height(set, end + 1 == set->grid->rows)
            + (gs_row_may_split(set, end)
                            ? MIN(last, least_of_row(set, end, false))
                                          : last);
}

bool gs_table_set_parts(
        const struct gs_table_set *set, gs_len room, enum gs_strength limit)
{
    size_t first = set->row, row = first;
    while (gs_row_keeps_next(set, row)) {
        row++;
    }
    struct gs_table_set state = *set;
    struct gs_window window;
    room -= gs_page_rows_height(set, false);
    gs_window_make(&state, first, row + 1, MAX(room, 0), &window);
    gs_len used = 0;
    for (row = first; row < window.end; row++) {
        used += window.heights[row - first];
        if (used > room) {
            break;
        }
    }
    if (row == first || row == window.end) {
        return false;
    }
    size_t at = gs_cut_weakest(set, first, row);
    return gs_grid_group(set->grid, at - 1)->kind != GS_GROUP_HEAD
            && gs_row_next_strength(set, at - 1) <= limit;
}

/* --- repeated heads ------------------------------------------------------------- */

/* The rows of the head over the row at hand that are drawn again above it. */
static struct gs_repeat_rows find_repeat(const struct gs_table_set *set)
{
    struct gs_repeat_rows repeat = {0, 0, 0};
    const struct gs_row_group *group = gs_grid_group(set->grid, set->row);
    if (set->parts == 0 || group->kind == GS_GROUP_HEAD) {
        return repeat;
    }
    while (group > set->table->groups && group->kind != GS_GROUP_HEAD) {
        group--;
    }
    if (group->kind != GS_GROUP_HEAD || group->repeat == GS_REPEAT_NONE
            || group->count == 0) {
        return repeat;
    }
    size_t end = group->first + group->count;
    if (end == set->tall_head) {
        return repeat;
    }
    size_t first = group->repeat == GS_REPEAT_LAST ? end - 1 : group->first;
    for (size_t row = first; row < end; row++) {
        if (set->row_parts[row] != 1) {
            return repeat; /* it had to be split itself */
        }
        repeat.height += gs_set_head_height(set, first, row);
    }
    repeat.first = first;
    repeat.end = end;
    return repeat;
}

gs_len gs_set_least_below(const struct gs_table_set *set)
{
    return find_repeat(set).height + gs_page_rows_height(set, false)
            + least_of_row(set, set->row, true);
}

/* A head that leaves no room for a row is reported, and not repeated any more. */
static void check_repeat(
        struct gs_table_set *set, gs_len page, struct gs_repeat_rows *repeat)
{
    if (repeat->height == 0
            || repeat->height + least_of_row(set, set->row, true) <= page) {
        return;
    }
    struct gs_arena *arena = set->context.arena;
    gs_diag_add(set->context.diag, GS_DIAG_HEAD_TOO_TALL,
            set->table->rows[repeat->first].origin.loc,
            GS_ARGS(gs_layout_pt(arena, repeat->height)));
    set->tall_head = repeat->end;
    *repeat = (struct gs_repeat_rows){0, 0, 0};
}

/* --- a page ------------------------------------------------------------------------ */

static bool is_head(const struct gs_table_set *set, size_t row)
{
    return gs_grid_group(set->grid, row)->kind == GS_GROUP_HEAD;
}

/*
 * Rows up to the next one that must begin a page; heads above it go with it, so
 * that behind the table's first one no page begins.
 */
static size_t find_forced(const struct gs_table_set *set)
{
    size_t row = set->row + 1;
    while (row < set->grid->rows) {
        size_t begin = row;
        while (is_head(set, row) && row + 1 < set->grid->rows) {
            row++;
        }
        if (set->table->rows[row].break_before
                && !is_head(set, begin - 1)) {
            return begin;
        }
        row++;
    }
    return row;
}

/* Looked for once for all the pages up to there. */
static size_t forced_end(struct gs_table_set *set)
{
    if (set->forced <= set->row) {
        set->forced = find_forced(set);
    }
    return set->forced;
}

static bool nothing_fits(const struct gs_table_set *set,
        const struct gs_cut *cut)
{
    return cut->row == set->row && !cut->inside;
}

/* What has been placed of the row at hand: grows with every page it takes. */
static size_t progress_of(const struct gs_table_set *set, size_t row)
{
    size_t done = 0;
    for (size_t column = 0; column < set->grid->columns; column++) {
        done += set->cells[gs_grid_slot(set->grid, row, column)].done;
    }
    return done;
}

static bool report_too_tall(
        struct gs_table_set *set, const struct gs_window *window, gs_len room)
{
    struct gs_arena *arena = set->context.arena;
    gs_diag_add(set->context.diag, GS_DIAG_BLOCK_TOO_TALL,
            set->table->rows[set->row].origin.loc,
            GS_ARGS(gs_layout_pt(arena, window->heights[0]),
                    gs_layout_pt(arena, MAX(room, 0))));
    return false;
}

/* How many parts each cell, row and the table itself were cut into. */
static void number_parts(struct gs_table_set *set)
{
    for (guint i = 0; i < set->drawn->len; i++) {
        struct gs_frag_table *table = g_ptr_array_index(set->drawn, i);
        table->of = set->parts;
        for (size_t j = 0; j < table->row_count; j++) {
            struct gs_frag_row *row = &table->rows[j];
            if (row->repeated) {
                continue;
            }
            row->of = set->row_parts[row->index];
            for (size_t k = 0; k < row->cell_count; k++) {
                struct gs_frag_cell *cell = &row->cells[k];
                cell->of = set->cells[gs_grid_slot(
                                              set->grid, cell->row, cell->column)]
                                   .parts;
            }
        }
    }
}

static struct gs_frag_table *make_part(
        struct gs_table_set *set, gs_len x, GArray *rows)
{
    struct gs_arena *arena = set->context.arena;
    struct gs_frag_table *table = GS_MAKE(arena, struct gs_frag_table);
    table->table = set->table;
    table->number = set->number;
    table->strip = set->strip_number;
    table->strips = set->strips;
    table->column_count = set->grid->columns;
    table->columns = set->strip->columns;
    table->part = ++set->parts;
    table->row_count = rows->len;
    table->rows = GS_MAKE_ARRAY(arena, struct gs_frag_row, rows->len + 1);
    memcpy(table->rows, rows->data, rows->len * sizeof(struct gs_frag_row));
    gs_len *edges = GS_MAKE_ARRAY(arena, gs_len, set->grid->columns + 1);
    for (size_t i = 0; i <= set->grid->columns; i++) {
        edges[i] = x + set->edges[i];
    }
    table->column_x = edges;
    g_ptr_array_add(set->drawn, table);
    if (gs_table_set_is_done(set)) {
        number_parts(set);
    }
    return table;
}

/* Whether all that is left of the table fits. */
static bool rest_fits(struct gs_table_set *set, gs_len room)
{
    struct gs_window window;
    gs_window_make(set, set->row, set->grid->rows, MAX(room, 0), &window);
    gs_len sum = 0;
    for (size_t row = window.first; row < window.end; row++) {
        sum += window.heights[row - window.first];
    }
    return window.end == set->grid->rows && sum <= room;
}

/* What the next part's page rows take: less where the table ends with it. */
static gs_len page_rows_height(
        struct gs_table_set *set, size_t last, gs_len room)
{
    gs_len ends = gs_page_rows_height(set, true);
    gs_len goes_on = gs_page_rows_height(set, false);
    return ends < goes_on && last == set->grid->rows
                    && rest_fits(set, room - ends)
            ? ends
            : goes_on;
}

bool gs_table_set_page(struct gs_table_set *set, gs_len x, gs_len y, gs_len room,
        gs_len page, bool fresh, struct gs_table_part *out)
{
    *out = (struct gs_table_part){0};
    gs_len all = room;
    size_t last = forced_end(set);
    struct gs_repeat_rows repeat = find_repeat(set);
    check_repeat(set, page - gs_page_rows_height(set, false), &repeat);
    gs_len around = repeat.height
            + page_rows_height(set, last, room - repeat.height);
    room -= around;
    page -= around;

    struct gs_window window;
    gs_window_make(set, set->row, last, MAX(room, 0), &window);
    struct gs_cut cut = gs_cut_choose(set, &window, room, page, fresh);
    if (nothing_fits(set, &cut)) {
        out->ended = cut.why;
        return !fresh || report_too_tall(set, &window, room);
    }
    if (cut.why == NULL && last < set->grid->rows) {
        cut.why = gs_why_forced(set, last);
    }
    size_t row = set->row, done = progress_of(set, row);
    bool waits = gs_row_least(set, row) > (set->inside ? set->used : 0);
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct gs_frag_row));
    out->height = gs_page_rows_draw(
            set, &window, &cut, &repeat, x, y, all, rows);
    out->table = make_part(set, x, rows);
    out->ended = cut.why;
    g_array_free(rows, TRUE);
    if (set->row == row && progress_of(set, row) == done && !waits && fresh) {
        return report_too_tall(set, &window, room);
    }
    return true;
}
