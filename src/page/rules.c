/*
 * Rules of a table: resolves each edge of the grid, then joins them to lines.
 *
 *      column   0     1               Edges above row r stand in `across`
 *             +-----+-----+           at r * columns + c; edges left of
 *      row 0  |     |     |           column c stand in `down`
 *             +-----+-----+           at r * (columns + 1) + c.
 */
#include "page/rules.h"

#include <assert.h>

#include <glib.h>

#include "base/arena.h"

/* Rules that most parts of tables have. */
#define RULES_FIRST 64

struct edges {
    size_t rows, columns;
    struct gs_rule_style *across; /* (rows + 1) * columns */
    struct gs_rule_style *down; /* rows * (columns + 1) */
    bool *covered; /* rows * columns: some cell lies there */
};

/* --- which rule an edge gets ----------------------------------------------- */

static unsigned lightness(struct gs_color color)
{
    return 299u * color.red + 587u * color.green + 114u * color.blue;
}

static bool is_drawn(const struct gs_rule_style *style)
{
    return style->kind != GS_RULE_NONE && style->width > 0;
}

static bool is_same(
        const struct gs_rule_style *a, const struct gs_rule_style *b)
{
    return a->kind == b->kind && a->width == b->width &&
            a->color.red == b->color.red && a->color.green == b->color.green &&
            a->color.blue == b->color.blue;
}

/* Whether `later` takes the edge that `earlier` has. */
static bool wins(
        const struct gs_rule_style *later, const struct gs_rule_style *earlier)
{
    if (!is_drawn(later) || !is_drawn(earlier)) {
        return is_drawn(later);
    }
    if (later->width != earlier->width) {
        return later->width > earlier->width;
    }
    if (later->kind != earlier->kind) {
        return later->kind == GS_RULE_SOLID;
    }
    return lightness(later->color) <= lightness(earlier->color);
}

/* Neighbours mostly ask for the same. */
static void ask(struct gs_rule_style *edge, const struct gs_rule_style *style)
{
    if (!is_same(style, edge) && wins(style, edge)) {
        *edge = *style;
    }
}

/* --- collecting ------------------------------------------------------------- */

static struct gs_rule_style *across_at(
        const struct edges *edges, size_t row, size_t column)
{
    assert(row <= edges->rows && column < edges->columns);
    return &edges->across[row * edges->columns + column];
}

static struct gs_rule_style *down_at(
        const struct edges *edges, size_t row, size_t column)
{
    assert(row < edges->rows && column <= edges->columns);
    return &edges->down[row * (edges->columns + 1) + column];
}

static void add_cell(
        struct edges *edges, const struct gs_frag_cell *cell, size_t first_row)
{
    if (cell->column >= edges->columns) {
        return;
    }
    const struct gs_rule_style *rules = cell->cell->style->rules;
    size_t left = cell->column;
    size_t right = left + MIN(cell->column_span, edges->columns - left);
    size_t end = first_row + MIN(cell->row_span, edges->rows - first_row);

    for (size_t column = left; column < right; column++) {
        ask(across_at(edges, first_row, column), &rules[GS_TOP]);
        ask(across_at(edges, end, column), &rules[GS_BOTTOM]);
    }
    for (size_t row = first_row; row < end; row++) {
        ask(down_at(edges, row, left), &rules[GS_LEFT]);
        ask(down_at(edges, row, right), &rules[GS_RIGHT]);
        for (size_t column = left; column < right; column++) {
            edges->covered[row * edges->columns + column] = true;
        }
    }
}

/* The frame runs along the outer edges, but not past slots without a cell. */
static void add_frame(struct edges *edges, const struct gs_rule_style *frame)
{
    size_t rows = edges->rows, columns = edges->columns;

    for (size_t column = 0; column < columns; column++) {
        if (edges->covered[column]) {
            *across_at(edges, 0, column) = *frame;
        }
        if (edges->covered[(rows - 1) * columns + column]) {
            *across_at(edges, rows, column) = *frame;
        }
    }
    for (size_t row = 0; row < rows; row++) {
        if (edges->covered[row * columns]) {
            *down_at(edges, row, 0) = *frame;
        }
        if (edges->covered[row * columns + columns - 1]) {
            *down_at(edges, row, columns) = *frame;
        }
    }
}

static struct edges collect(
        struct gs_arena *arena, const struct gs_frag_table *table)
{
    struct edges edges = {
            .rows = table->row_count,
            .columns = table->column_count,
    };
    edges.across = GS_MAKE_ARRAY(
            arena, struct gs_rule_style, (edges.rows + 1) * edges.columns);
    edges.down = GS_MAKE_ARRAY(
            arena, struct gs_rule_style, edges.rows * (edges.columns + 1));
    edges.covered = GS_MAKE_ARRAY(arena, bool, edges.rows *edges.columns);

    for (size_t row = 0; row < table->row_count; row++) {
        const struct gs_frag_row *frag = &table->rows[row];
        for (size_t i = 0; i < frag->cell_count; i++) {
            add_cell(&edges, &frag->cells[i], row);
        }
    }
    if (table->table->frame.kind != GS_RULE_NONE) {
        add_frame(&edges, &table->table->frame);
    }
    return edges;
}

/* --- joining ---------------------------------------------------------------- */

static gs_len drawn_width(const struct gs_rule_style *style)
{
    return is_drawn(style) ? style->width : 0;
}

/* Half of the widest vertical rule at the corner above row `row`. */
static gs_len reach_of_down(
        const struct edges *edges, size_t row, size_t column)
{
    gs_len above = row == 0 ? 0 : drawn_width(down_at(edges, row - 1, column));
    gs_len below =
            row == edges->rows ? 0 : drawn_width(down_at(edges, row, column));
    return MAX(above, below) / 2;
}

static gs_len reach_of_across(
        const struct edges *edges, size_t row, size_t column)
{
    gs_len left =
            column == 0 ? 0 : drawn_width(across_at(edges, row, column - 1));
    gs_len right = column == edges->columns
            ? 0
            : drawn_width(across_at(edges, row, column));
    return MAX(left, right) / 2;
}

/* Where the edge above row `row` lies; `row` may be one past the last. */
static gs_len row_y(const struct gs_frag_table *table, size_t row)
{
    if (row < table->row_count) {
        return table->rows[row].y;
    }
    return table->rows[row - 1].y + table->rows[row - 1].height;
}

static void join_across(GArray *rules, const struct gs_frag_table *table,
        const struct edges *edges, size_t row)
{
    size_t end;

    for (size_t from = 0; from < edges->columns; from = end) {
        const struct gs_rule_style *style = across_at(edges, row, from);
        end = from + 1;
        if (!is_drawn(style)) {
            continue;
        }
        while (end < edges->columns &&
                is_same(style, across_at(edges, row, end))) {
            end++;
        }
        gs_len left = table->column_x[from] - reach_of_down(edges, row, from);
        gs_len right = table->column_x[end] + reach_of_down(edges, row, end);
        struct gs_rule rule = {
                .x = left,
                .y = row_y(table, row),
                .length = right - left,
                .style = *style,
        };
        g_array_append_val(rules, rule);
    }
}

static void join_down(GArray *rules, const struct gs_frag_table *table,
        const struct edges *edges, size_t column)
{
    size_t end;

    for (size_t from = 0; from < edges->rows; from = end) {
        const struct gs_rule_style *style = down_at(edges, from, column);
        end = from + 1;
        if (!is_drawn(style)) {
            continue;
        }
        while (end < edges->rows &&
                is_same(style, down_at(edges, end, column))) {
            end++;
        }
        gs_len top = row_y(table, from) - reach_of_across(edges, from, column);
        gs_len bottom = row_y(table, end) + reach_of_across(edges, end, column);
        struct gs_rule rule = {
                .x = table->column_x[column],
                .y = top,
                .length = bottom - top,
                .vertical = true,
                .style = *style,
        };
        g_array_append_val(rules, rule);
    }
}

const struct gs_rule *gs_rules_make(struct gs_arena *arena,
        const struct gs_frag_table *table, size_t *count)
{
    *count = 0;
    if (table->row_count == 0 || table->column_count == 0) {
        return NULL;
    }
    struct edges edges = collect(arena, table);
    GArray *rules = g_array_sized_new(
            FALSE, FALSE, sizeof(struct gs_rule), RULES_FIRST);

    for (size_t row = 0; row <= edges.rows; row++) {
        join_across(rules, table, &edges, row);
    }
    for (size_t column = 0; column <= edges.columns; column++) {
        join_down(rules, table, &edges, column);
    }

    struct gs_rule *result = GS_MAKE_ARRAY(arena, struct gs_rule, rules->len);
    for (guint i = 0; i < rules->len; i++) {
        result[i] = g_array_index(rules, struct gs_rule, i);
    }
    *count = rules->len;
    g_array_free(rules, TRUE);
    return result;
}
