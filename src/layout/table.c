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
#include "layout/pager.h"
#include "layout/strips.h"
#include "layout/table-set.h"
#include "model/doc.h"

static void free_drawn(void *object)
{
    g_ptr_array_free(object, TRUE);
}

struct gs_table_set *gs_set_make(const struct gs_layout_context *context,
        const struct gs_table *table, size_t number,
        const struct gs_strip *strip, struct gs_band *band)
{
    struct gs_arena *arena = context->arena;
    size_t errors = gs_diag_errors(context->diag);
    struct gs_table_set *set = GS_MAKE(arena, struct gs_table_set);
    set->context = *context;
    set->table = table;
    set->number = number;
    set->strip = strip;
    set->columns = strip->grid->columns;
    set->edges = strip->edges;
    set->rows = GS_MAKE(arena, struct gs_rows_held);
    set->rows->set = set;
    set->rows->ok = true;
    set->rows->complete = band->arena == NULL;
    set->drawn = g_ptr_array_new();
    gs_arena_on_free(arena, free_drawn, set->drawn);
    bool continued = gs_continued_make(set);
    band->grid = strip->grid;
    if (!gs_set_add_band(set, band) || !continued) {
        return NULL;
    }
    return gs_diag_errors(context->diag) == errors ? set : NULL;
}

/* Rows are as high in every strip, so that they can be read on beside each other. */
static void level_strips(struct gs_table_set *first)
{
    size_t rows = first->rows->end;
    gs_len *floors = GS_MAKE_ARRAY(first->context.arena, gs_len, rows + 1);
    for (struct gs_table_set *set = first; set != NULL && rows > 0;
            set = set->next) {
        struct gs_window window;
        gs_window_make(
                set, set->context.arena, 0, rows, INT64_MAX / 4, &window);
        for (size_t row = 0; row < window.end; row++) {
            floors[row] = MAX(floors[row], window.heights[row]);
        }
    }
    for (struct gs_table_set *set = first; set != NULL; set = set->next) {
        set->floors = floors;
        gs_set_base_heights(set, set->rows->first);
    }
}

/* All rows of a table, or the first that come; NULL after diagnostics. */
static struct gs_band *first_band(
        const struct gs_layout_context *context, const struct gs_table *table)
{
    struct gs_row_source *source = table->source;
    struct gs_band *band = source != NULL && source->rewind(source)
            ? gs_band_fetch(context, table)
            : NULL;
    if (band == NULL) { /* all of them, or there are none */
        band = GS_MAKE(context->arena, struct gs_band);
        band->grid = gs_grid_make(context->arena, table, context->diag);
    }
    return band;
}

static struct gs_band *new_band(const struct gs_layout_context *context)
{
    return GS_MAKE(context->arena, struct gs_band);
}

/* … its first strip, that is: the others follow on it. */
static struct gs_table_set *set_strips(const struct gs_layout_context *context,
        const struct gs_table *table, size_t number, gs_len measure,
        struct gs_band *band)
{
    const struct gs_grid *grid = band->grid;
    size_t errors = gs_diag_errors(context->diag), count = 0;
    struct gs_layout_context own = *context;
    own.tails = grid != NULL ? gs_tails_make(context, grid) : NULL;
    const gs_len *edges =
            grid != NULL ? gs_columns_make(&own, grid, measure) : NULL;
    if (edges == NULL) {
        return NULL;
    }
    const struct gs_strip *strips =
            gs_strips_make(&own, grid, edges, measure, &count);
    struct gs_table_set *first = NULL, **end = &first;
    for (size_t i = 0; i < count; i++) {
        *end = gs_set_make(&own, table, number, &strips[i],
                i == 0 ? band : new_band(context));
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

struct gs_table_set *gs_table_set_make(const struct gs_layout_context *context,
        const struct gs_table *table, size_t number, gs_len measure)
{
    struct gs_band *band = first_band(context, table);
    struct gs_table_set *set = set_strips(context, table, number, measure, band);
    if (set == NULL && band->arena != NULL) {
        gs_band_release(table, band);
    }
    return set;
}

void gs_table_set_expect(struct gs_table_set *set, GHashTable *parts)
{
    set->by_page = true;
    set->of = parts != NULL
            ? GPOINTER_TO_UINT(g_hash_table_lookup(
                      parts, gs_strip_key(set->number, set->strip_number)))
            : 0;
}

struct gs_table_set *gs_table_set_next(const struct gs_table_set *set)
{
    return set->next;
}

gs_len gs_table_set_width(const struct gs_table_set *set)
{
    return set->edges[set->columns];
}

bool gs_table_set_is_done(const struct gs_table_set *set)
{
    return !gs_set_has(set, set->row);
}

/* --- what comes first --------------------------------------------------------- */

/*
 * The least part of a row that may be split: of its cells, what no break wants
 * to part, or with `force` a line; and a line of a merged cell over it.
 */
static gs_len least_of_row(
        const struct gs_table_set *set, size_t row, bool force)
{
    gs_len least = 0;
    for (size_t column = 0; column < set->columns; column++) {
        const struct gs_cell_set *cell = gs_set_cell_at(set, row, column);
        const struct gs_grid_cell *at = cell->at;
        const struct gs_flow *flow = gs_cell_flow(cell);
        const struct gs_edges *padding = &at->cell->style->padding;
        size_t from = gs_flow_skip_space(
                flow, MIN(cell->done, flow->count));
        size_t to = at->row_span == 1 && !force
                ? gs_flow_first_end(flow, from)
                : MIN(flow->count, from + 1);
        if (cell->parts == 0) {
            from = MIN(cell->done, from);
        }
        if (gs_cell_repeats(cell)) {
            from = 0;
            to = at->row_span == 1 ? flow->count : MIN(flow->count, 1);
        }
        least = MAX(least, padding->top + padding->bottom
                        + gs_flow_height(flow, from, to));
    }
    return least;
}

gs_len gs_table_set_least(
        const struct gs_table_set *set, struct gs_arena *arena)
{
    if (gs_table_set_is_done(set)) {
        return 0;
    }
    size_t end = set->row;
    while (gs_row_keeps_next(set, end)) {
        end++;
    }
    struct gs_window window;
    gs_window_make(set, arena, set->row, end + 1, GS_LEN_MAX, &window);
    gs_len sum = 0;
    for (size_t row = set->row; row < end; row++) {
        sum += window.heights[row - set->row];
    }
    gs_len last = window.heights[end - set->row];
    return sum + gs_page_rows_height(set, !gs_set_has(set, end + 1))
            + (gs_row_may_split(set, end)
                            ? MIN(last, least_of_row(set, end, false))
                                          : last);
}

bool gs_table_set_parts(const struct gs_table_set *set, struct gs_arena *arena,
        gs_len room, enum gs_strength limit)
{
    size_t first = set->row, row = first;
    while (gs_row_keeps_next(set, row)) {
        row++;
    }
    struct gs_window window;
    room -= gs_page_rows_height(set, false);
    gs_window_make(set, arena, first, row + 1, MAX(room, 0), &window);
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
    return gs_set_group(set, at - 1)->kind != GS_GROUP_HEAD
            && gs_row_next_strength(set, at - 1) <= limit;
}

/* --- repeated heads ------------------------------------------------------------- */

static bool is_head(const struct gs_table_set *set, size_t row)
{
    return gs_set_group(set, row)->kind == GS_GROUP_HEAD;
}

/* The rows of the head over the row at hand that are drawn again above it. */
static struct gs_repeat_rows find_repeat(const struct gs_table_set *set)
{
    struct gs_repeat_rows repeat = {0, 0, 0};
    if (set->parts == 0 || is_head(set, set->row)) {
        return repeat;
    }
    const struct gs_row_group *group = gs_set_head_over(set, set->row);
    if (group == NULL || group->repeat == GS_REPEAT_NONE
            || group->count == 0) {
        return repeat;
    }
    const struct gs_band *band = gs_set_band(set, group->first);
    size_t end = group->first + group->count;
    if (end == set->tall_head) {
        return repeat;
    }
    size_t first = group->repeat == GS_REPEAT_LAST ? end - 1 : group->first;
    for (size_t row = first; row < end; row++) {
        if (band->row_parts[row - band->grid->first] != 1) {
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
            gs_set_row(set, repeat->first)->origin.loc,
            GS_ARGS(gs_layout_pt(arena, repeat->height)));
    set->tall_head = repeat->end;
    *repeat = (struct gs_repeat_rows){0, 0, 0};
}

/* --- a page ------------------------------------------------------------------------ */

/*
 * Rows up to the next one that must begin a page, or up to where they are higher
 * than `room`.  Heads above it go with it, so that behind the table's first one no
 * page begins.
 */
static size_t find_forced(const struct gs_table_set *set, gs_len room)
{
    size_t row = set->row + 1;
    gs_len sum = gs_set_row_base(set, set->row);
    while (sum <= room && gs_set_has(set, row)) {
        size_t begin = row;
        while (is_head(set, row) && gs_set_has(set, row + 1)) {
            sum += gs_set_row_base(set, row++);
        }
        if (gs_set_row(set, row)->break_before && !is_head(set, begin - 1)) {
            return begin;
        }
        sum += gs_set_row_base(set, row++);
    }
    return row;
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
    for (size_t column = 0; column < set->columns; column++) {
        done += gs_set_cell_at(set, row, column)->done;
    }
    return done;
}

static bool report_too_tall(
        struct gs_table_set *set, const struct gs_window *window, gs_len room)
{
    struct gs_arena *arena = set->context.arena;
    gs_diag_add(set->context.diag, GS_DIAG_BLOCK_TOO_TALL,
            gs_set_row(set, set->row)->origin.loc,
            GS_ARGS(gs_layout_pt(arena, window->heights[0]),
                    gs_layout_pt(arena, MAX(room, 0))));
    return false;
}

bool gs_table_set_is_of(
        const struct gs_table_set *set, const struct gs_frag_table *table)
{
    return set->number == table->number && set->strip_number == table->strip;
}

bool gs_table_set_number(struct gs_table_set *set, struct gs_frag_table *table)
{
    bool all = true;
    table->of = gs_table_set_is_done(set) ? set->parts : set->of;
    for (size_t i = 0; i < table->row_count; i++) {
        struct gs_frag_row *row = &table->rows[i];
        if (row->repeated) {
            continue;
        }
        const struct gs_band *band = gs_set_band(set, row->index);
        row->of = band->row_parts[row->index - band->grid->first];
        for (size_t j = 0; j < row->cell_count; j++) {
            struct gs_frag_cell *cell = &row->cells[j];
            const struct gs_cell_set *state =
                    gs_set_cell_at(set, cell->row, cell->column);
            cell->of = state->parts;
            all = all && state->at->row + state->at->row_span <= set->row;
        }
    }
    return all;
}

static struct gs_frag_table *make_part(
        struct gs_table_set *set, gs_len x, GArray *rows)
{
    struct gs_arena *arena = set->context.page;
    struct gs_frag_table *table = GS_MAKE(arena, struct gs_frag_table);
    table->table = set->table;
    table->number = set->number;
    table->strip = set->strip_number;
    table->strips = set->strips;
    table->column_count = set->columns;
    table->columns = set->strip->columns;
    table->part = ++set->parts;
    table->row_count = rows->len;
    table->rows = GS_MAKE_ARRAY(arena, struct gs_frag_row, rows->len + 1);
    memcpy(table->rows, rows->data, rows->len * sizeof(struct gs_frag_row));
    gs_len *edges = GS_MAKE_ARRAY(arena, gs_len, set->columns + 1);
    for (size_t i = 0; i <= set->columns; i++) {
        edges[i] = x + set->edges[i];
    }
    table->column_x = edges;
    if (set->by_page) {
        return table;
    }
    g_ptr_array_add(set->drawn, table);
    for (guint i = 0; i < set->drawn->len && gs_table_set_is_done(set); i++) {
        gs_table_set_number(set, g_ptr_array_index(set->drawn, i));
    }
    return table;
}

/* Whether all that is left of the table fits. */
static bool rest_fits(struct gs_table_set *set, gs_len room)
{
    struct gs_window window;
    gs_window_make(set, set->context.page, set->row, SIZE_MAX, MAX(room, 0),
            &window);
    gs_len sum = 0;
    for (size_t row = window.first; row < window.end; row++) {
        sum += window.heights[row - window.first];
    }
    return sum <= room && !gs_set_has(set, window.end);
}

/* What the next part's page rows take: less where the table ends with it. */
static gs_len page_rows_height(
        struct gs_table_set *set, size_t last, gs_len room)
{
    gs_len ends = gs_page_rows_height(set, true);
    gs_len goes_on = gs_page_rows_height(set, false);
    return ends < goes_on && !gs_set_has(set, last)
                    && rest_fits(set, room - ends)
            ? ends
            : goes_on;
}

bool gs_table_set_page(struct gs_table_set *set, struct gs_arena *arena,
        gs_len x, gs_len y, gs_len room, gs_len page, bool fresh,
        struct gs_table_part *out)
{
    *out = (struct gs_table_part){0};
    set->context.page = arena;
    gs_len all = room;
    size_t last = find_forced(set, room);
    struct gs_repeat_rows repeat = find_repeat(set);
    check_repeat(set, page - gs_page_rows_height(set, false), &repeat);
    gs_len around = repeat.height
            + page_rows_height(set, last, room - repeat.height);
    room -= around;
    page -= around;

    struct gs_window window;
    gs_window_make(set, arena, set->row, last, MAX(room, 0), &window);
    struct gs_cut cut = gs_cut_choose(set, &window, room, page, fresh);
    if (nothing_fits(set, &cut)) {
        out->ended = cut.why;
        return !fresh || report_too_tall(set, &window, room);
    }
    if (cut.why == NULL && gs_set_has(set, last)) {
        cut.why = gs_why_forced(set, last);
    }
    size_t row = set->row, done = progress_of(set, row);
    gs_len used = set->inside ? set->used : 0;
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(struct gs_frag_row));
    out->height = gs_page_rows_draw(
            set, &window, &cut, &repeat, x, y, all, rows);
    out->table = make_part(set, x, rows);
    out->ended = cut.why;
    g_array_free(rows, TRUE);
    /* Neither text nor, of a row that waits, height: so it would go on for ever. */
    if (set->row == row && progress_of(set, row) == done && set->used <= used
            && fresh) {
        return report_too_tall(set, &window, room);
    }
    return true;
}
