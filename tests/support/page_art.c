#include "support/page_art.h"

#include <string.h>

#include "page/display.h"
#include "support/plan.h"

/* Stands right of a wide character. */
#define WIDE 0

struct canvas {
    gunichar *at;
    size_t rows, columns;
};

struct artist {
    const struct gs_display *display;
    const struct gs_frag_table *table;
    gs_len line;
    size_t *across; /* columns of the canvas where the grid's edges stand */
    size_t *down; /* rows of the canvas, of the edges above table rows */
    struct canvas canvas;
};

static gunichar *dot(const struct canvas *canvas, size_t row, size_t column)
{
    g_assert(row < canvas->rows && column < canvas->columns);
    return &canvas->at[row * canvas->columns + column];
}

static size_t lines_of(const struct artist *artist, gs_len height)
{
    if (height % artist->line != 0) {
        g_error("%.2f pt are not whole lines", gs_len_to_pt(height));
    }
    return (size_t)(height / artist->line);
}

/* --- the grid --------------------------------------------------------------------- */

static void make_edges(struct artist *artist)
{
    const struct gs_frag_table *table = artist->table;
    size_t columns = table->table->column_count;
    artist->across = g_new0(size_t, columns + 1);
    artist->down = g_new0(size_t, table->row_count + 1);
    for (size_t i = 0; i < columns; i++) {
        gs_len width = table->column_x[i + 1] - table->column_x[i];
        artist->across[i + 1] =
                artist->across[i] + 1 + (size_t)(2 * width / PLAN_EM);
    }
    for (size_t i = 0; i < table->row_count; i++) {
        artist->down[i + 1] =
                artist->down[i] + 1 + lines_of(artist, table->rows[i].height);
    }
    artist->canvas.columns = artist->across[columns] + 1;
    artist->canvas.rows = artist->down[table->row_count] + 1;
    size_t size = artist->canvas.rows * artist->canvas.columns;
    artist->canvas.at = g_new(gunichar, size);
    for (size_t i = 0; i < size; i++) {
        artist->canvas.at[i] = ' ';
    }
}

static bool is_across(gunichar c)
{
    return c == '-' || c == '~' || c == '+';
}

static bool is_down(gunichar c)
{
    return c == '|' || c == '+';
}

static gs_len row_edge(const struct gs_frag_table *table, size_t row)
{
    return row < table->row_count
            ? table->rows[row].y
            : table->rows[row - 1].y + table->rows[row - 1].height;
}

static bool covers(gs_len from, gs_len to, gs_len middle)
{
    return from <= middle && middle <= to;
}

static void draw_rule(struct artist *artist, const struct gs_rule *rule)
{
    const struct gs_frag_table *table = artist->table;
    size_t columns = table->table->column_count;
    for (size_t row = 0; row <= table->row_count; row++) {
        for (size_t i = 0; !rule->vertical && i < columns; i++) {
            gs_len middle = (table->column_x[i] + table->column_x[i + 1]) / 2;
            for (size_t at = artist->across[i] + 1;
                    rule->y == row_edge(table, row) &&
                    covers(rule->x, rule->x + rule->length, middle) &&
                    at < artist->across[i + 1];
                    at++) {
                *dot(&artist->canvas, artist->down[row], at) = '-';
            }
        }
    }
    for (size_t i = 0; i <= columns; i++) {
        for (size_t row = 0; rule->vertical && row < table->row_count; row++) {
            gs_len middle =
                    (row_edge(table, row) + row_edge(table, row + 1)) / 2;
            for (size_t at = artist->down[row] + 1;
                    rule->x == table->column_x[i] &&
                    covers(rule->y, rule->y + rule->length, middle) &&
                    at < artist->down[row + 1];
                    at++) {
                *dot(&artist->canvas, at, artist->across[i]) = '|';
            }
        }
    }
}

static gunichar corner(const struct canvas *canvas, size_t row, size_t column)
{
    bool left = column > 0 && is_across(*dot(canvas, row, column - 1));
    bool right = column + 1 < canvas->columns &&
            is_across(*dot(canvas, row, column + 1));
    bool above = row > 0 && is_down(*dot(canvas, row - 1, column));
    bool below =
            row + 1 < canvas->rows && is_down(*dot(canvas, row + 1, column));
    if (above || below) {
        return left || right ? '+' : '|';
    }
    return left || right ? '-' : ' ';
}

static void draw_corners(struct artist *artist)
{
    for (size_t row = 0; row <= artist->table->row_count; row++) {
        for (size_t i = 0; i <= artist->table->table->column_count; i++) {
            *dot(&artist->canvas, artist->down[row], artist->across[i]) =
                    corner(&artist->canvas, artist->down[row],
                            artist->across[i]);
        }
    }
}

static void draw_open_edge(
        struct artist *artist, const struct gs_frag_cell *cell, size_t row)
{
    for (size_t at = artist->across[cell->column] + 1;
            at < artist->across[cell->column + cell->column_span]; at++) {
        gunichar *c = dot(&artist->canvas, artist->down[row], at);
        *c = *c == '-' ? '~' : *c;
    }
}

/* --- text ------------------------------------------------------------------------- */

static void draw_text(
        struct canvas *canvas, size_t row, size_t column, const char *text)
{
    for (; *text != '\0'; text = g_utf8_next_char(text)) {
        gunichar c = g_utf8_get_char(text);
        if (*dot(canvas, row, column) != ' ') {
            g_error("“%s” lies over something", text);
        }
        *dot(canvas, row, column) = c;
        *dot(canvas, row, column + 1) = WIDE;
        column += 2;
    }
}

/* A line that stands between two lines is drawn in the upper one. */
static void draw_line(struct artist *artist, const struct gs_frag_cell *cell,
        const struct gs_frag_line *line)
{
    const struct gs_frag_table *table = artist->table;
    size_t row = 0;
    while (row + 1 < table->row_count && line->y >= table->rows[row + 1].y) {
        row++;
    }
    size_t down = (size_t)((line->y - table->rows[row].y) / artist->line);
    gs_len x = line->x + line->line->x - table->column_x[cell->column];
    draw_text(&artist->canvas, artist->down[row] + 1 + down,
            artist->across[cell->column] + 1 + (size_t)(2 * x / PLAN_EM),
            line->line->text);
}

static void draw_cells(struct artist *artist)
{
    for (size_t i = 0; i < artist->table->row_count; i++) {
        const struct gs_frag_row *row = &artist->table->rows[i];
        for (size_t j = 0; j < row->cell_count; j++) {
            const struct gs_frag_cell *cell = &row->cells[j];
            if (!cell->closes_top) {
                draw_open_edge(artist, cell, i);
            }
            if (!cell->closes_bottom) {
                draw_open_edge(artist, cell, i + cell->row_span);
            }
            for (size_t k = 0; k < cell->line_count; k++) {
                draw_line(artist, cell, &cell->lines[k]);
            }
        }
    }
}

/* --- out -------------------------------------------------------------------------- */

static void print_canvas(const struct artist *artist, GString *out)
{
    const struct canvas *canvas = &artist->canvas;
    size_t at = 0;
    for (size_t row = 0; row < canvas->rows; row++) {
        for (size_t column = 0; column < canvas->columns; column++) {
            gunichar c = *dot(canvas, row, column);
            if (c != WIDE) {
                g_string_append_unichar(out, c);
            }
        }
        if (at < artist->table->row_count && row == artist->down[at] + 1) {
            g_string_append(
                    out, artist->table->rows[at].repeated ? " again" : "");
            at++;
        }
        g_string_append_c(out, '\n');
    }
}

static void draw_table(const struct gs_display *display,
        const struct gs_frag_table *table, gs_len line, GString *out)
{
    struct artist artist = {.display = display, .table = table, .line = line};
    make_edges(&artist);
    for (size_t i = 0; i < display->count; i++) {
        if (display->ops[i].kind == GS_OP_RULE) {
            draw_rule(&artist, &display->ops[i].u.rule);
        }
    }
    draw_corners(&artist);
    draw_cells(&artist);
    print_canvas(&artist, out);
    g_free(artist.across);
    g_free(artist.down);
    g_free(artist.canvas.at);
}

void page_art_draw(struct gs_arena *arena, const struct gs_pages *pages,
        gs_len line, GString *out)
{
    for (size_t i = 0; i < pages->count; i++) {
        const struct gs_page *page = &pages->pages[i];
        const struct gs_display *display = gs_display_make(arena, page, 0);
        g_string_append_printf(out, "%spage %zu\n", i > 0 ? "\n" : "", i + 1);
        for (size_t j = 0; j < page->block_count; j++) {
            const struct gs_frag_block *block = &page->blocks[j];
            if (block->kind == GS_FRAG_TABLE) {
                draw_table(display, block->table, line, out);
                continue;
            }
            for (size_t k = 0; k < block->line_count; k++) {
                g_string_append_printf(out, "%s\n", block->lines[k].line->text);
            }
        }
    }
}
