/*
 * Page rows, as page-rows.h describes them.
 */
#include "layout/page-rows.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/strips.h"
#include "layout/table-set.h"
#include "model/amount.h"
#include "model/doc.h"

/* One <head> or <foot> of the pages. */
struct gs_page_rows_set {
    const struct gs_page_rows *model;
    struct gs_table_set *rows; /* a table by itself, on the same columns */
    size_t number;             /* of its first row in fragments, from 0 */
    gs_len reserved;
    gs_len height; /* on the page at hand */
};

/* One total of the table. */
struct gs_page_sum {
    struct gs_decimal brought; /* by the pages before */
    struct gs_decimal page;
};

/* --- totals ----------------------------------------------------------------- */

/* bind has seen that all amounts together can be added. */
static struct gs_decimal add(struct gs_decimal a, struct gs_decimal b)
{
    struct gs_decimal sum = a;
    bool ok = gs_decimal_add(a, b, &sum);
    assert(ok);
    (void)ok;
    return sum;
}

/* Goes on to a page on which rows [first, end) of the table end. */
static void count_rows(struct gs_table_set *set, size_t first, size_t end)
{
    for (size_t i = 0; i < set->table->total_count; i++) {
        struct gs_page_sum *sum = &set->sums[i];
        sum->brought = add(sum->brought, sum->page);
        sum->page = (struct gs_decimal){0};
    }
    for (size_t row = first; row < end; row++) {
        const struct gs_row *model = gs_set_row(set, row);
        for (size_t i = 0; i < model->amount_count; i++) {
            struct gs_page_sum *sum = &set->sums[model->amounts[i].total];
            sum->page = add(sum->page, model->amounts[i].value);
        }
    }
}

static const char *total_text(
        const struct gs_table_set *set, const struct gs_total *total)
{
    const struct gs_page_sum *sum = &set->sums[total->number];
    struct gs_decimal value = sum->page;
    switch (total->scope) {
    case GS_TOTAL_PAGE:
        break;
    case GS_TOTAL_SO_FAR:
        value = add(sum->brought, sum->page);
        break;
    case GS_TOTAL_BROUGHT:
        value = sum->brought;
        break;
    }
    const char *text = "";
    bool ok = gs_amount_text(
            set->context.page, total->format, value, "", &text);
    assert(ok); /* bind has tried the widest */
    (void)ok;
    return text;
}

static bool para_has_total(const struct gs_para *para)
{
    for (size_t i = 0; i < para->run_count; i++) {
        if (para->runs[i].kind == GS_RUN_TOTAL) {
            return true;
        }
    }
    return false;
}

static bool cell_has_total(const struct gs_cell *cell)
{
    for (size_t i = 0; i < cell->block_count; i++) {
        const struct gs_block *block = &cell->blocks[i];
        if ((block->kind == GS_BLOCK_PARA && para_has_total(&block->u.para))
                || (block->kind == GS_BLOCK_LINE
                        && (para_has_total(&block->u.line.left)
                                || para_has_total(&block->u.line.center)
                                || para_has_total(&block->u.line.right)))) {
            return true;
        }
    }
    return false;
}

/* A paragraph whose totals have become text. */
static struct gs_para fill_para(
        const struct gs_table_set *set, const struct gs_para *para)
{
    struct gs_para out = *para;
    if (!para_has_total(para)) {
        return out;
    }
    out.runs = GS_MAKE_ARRAY(
            set->context.page, struct gs_run, para->run_count);
    for (size_t i = 0; i < para->run_count; i++) {
        struct gs_run *run = &out.runs[i];
        *run = para->runs[i];
        if (run->kind == GS_RUN_TOTAL) {
            run->kind = GS_RUN_TEXT;
            run->text = total_text(set, run->total);
            run->size = strlen(run->text);
        }
    }
    return out;
}

/* Sets a cell of page rows with the totals of the page at hand. */
static bool set_cell(const struct gs_table_set *set, struct gs_table_set *rows,
        struct gs_cell_set *cell)
{
    const struct gs_grid_cell *at = cell->at;
    const struct gs_cell *model = at->cell;
    const struct gs_edges *padding = &model->style->padding;
    struct gs_block *blocks = GS_MAKE_ARRAY(
            set->context.page, struct gs_block, model->block_count);
    for (size_t i = 0; i < model->block_count; i++) {
        struct gs_block *block = &blocks[i];
        *block = model->blocks[i];
        if (block->kind == GS_BLOCK_PARA) {
            block->u.para = fill_para(set, &block->u.para);
        } else if (block->kind == GS_BLOCK_LINE) {
            block->u.line.left = fill_para(set, &block->u.line.left);
            block->u.line.center = fill_para(set, &block->u.line.center);
            block->u.line.right = fill_para(set, &block->u.line.right);
        }
    }
    gs_len measure = rows->edges[at->column + at->column_span]
            - rows->edges[at->column] - padding->left - padding->right;
    return gs_set_cell(rows, set->context.page, cell, blocks, measure);
}

/* --- heights ---------------------------------------------------------------- */

static gs_len set_heights(struct gs_table_set *rows)
{
    struct gs_window window;
    gs_len height = 0;
    struct gs_band *band = rows->rows->first; /* its only one */
    gs_set_base_heights(rows, band);
    gs_window_make(rows, rows->context.page, 0, band->grid->rows, GS_LEN_MAX,
            &window);
    for (size_t row = 0; row < band->grid->rows; row++) {
        band->drawn_height[row] = window.heights[row];
        height += window.heights[row];
    }
    return height;
}

bool gs_page_rows_make(struct gs_table_set *set)
{
    struct gs_arena *arena = set->context.arena;
    const struct gs_table *table = set->table;
    size_t all = table->source != NULL ? table->source->rows : set->rows->end;
    size_t number = all;
    bool ok = true;
    set->sums = GS_MAKE_ARRAY(arena, struct gs_page_sum, table->total_count);
    set->page_rows = GS_MAKE_ARRAY(
            arena, struct gs_page_rows_set, table->page_rows_count);
    for (size_t i = 0; i < table->page_rows_count; i++) {
        struct gs_page_rows_set *page_rows = &set->page_rows[i];
        const struct gs_table *rows = table->page_rows[i].table;
        const struct gs_grid *grid =
                gs_grid_make(arena, rows, set->context.diag);
        page_rows->model = &table->page_rows[i];
        page_rows->number = number;
        number += rows->row_count;
        struct gs_strip *strip = GS_MAKE(arena, struct gs_strip);
        *strip = *set->strip;
        if (grid != NULL) {
            strip->grid = gs_strip_grid(arena, set->strip, grid);
            page_rows->rows = gs_set_make(&set->context, rows, set->number,
                    strip, GS_MAKE(arena, struct gs_band));
        }
        if (page_rows->rows != NULL) {
            page_rows->reserved = set_heights(page_rows->rows);
        }
        ok = ok && page_rows->rows != NULL;
    }
    set->page_rows_end = number - all;
    return ok;
}

void gs_page_rows_level(struct gs_table_set *first)
{
    for (size_t i = 0; i < first->table->page_rows_count; i++) {
        size_t count = first->page_rows[i].rows->rows->end;
        gs_len *floors =
                GS_MAKE_ARRAY(first->context.arena, gs_len, count + 1);
        for (struct gs_table_set *set = first; set != NULL; set = set->next) {
            const gs_len *heights =
                    set->page_rows[i].rows->rows->first->drawn_height;
            for (size_t row = 0; row < count; row++) {
                floors[row] = MAX(floors[row], heights[row]);
            }
        }
        for (struct gs_table_set *set = first; set != NULL; set = set->next) {
            struct gs_page_rows_set *page_rows = &set->page_rows[i];
            page_rows->rows->floors = floors;
            page_rows->reserved = set_heights(page_rows->rows);
        }
    }
}

/* Whether page rows stand on the part that comes next. */
static bool is_due(const struct gs_table_set *set,
        const struct gs_page_rows_set *page_rows, bool ends)
{
    switch (page_rows->model->kind) {
    case GS_PAGE_ROWS_HEAD:
        return set->parts > 0;
    case GS_PAGE_ROWS_FOOT:
        return true;
    case GS_PAGE_ROWS_GOES_ON:
        return !ends;
    }
    return false;
}

gs_len gs_page_rows_height(const struct gs_table_set *set, bool ends)
{
    gs_len height = 0;
    for (size_t i = 0; i < set->table->page_rows_count; i++) {
        if (is_due(set, &set->page_rows[i], ends)) {
            height += set->page_rows[i].reserved;
        }
    }
    return height;
}

/* Text that takes more room than the widest total is seen only now. */
static void check_room(const struct gs_table_set *set,
        const struct gs_page_rows_set *page_rows)
{
    if (page_rows->height > page_rows->reserved) {
        struct gs_arena *arena = set->context.arena;
        gs_diag_add(set->context.diag, GS_DIAG_ROW_OVERFLOW,
                page_rows->model->table->origin.loc,
                GS_ARGS(gs_layout_pt(arena, page_rows->height),
                        gs_layout_pt(arena, page_rows->reserved), "-"));
    }
}

/* Sets the page rows of a part; returns the height they take. */
static gs_len set_page(struct gs_table_set *set, bool ends)
{
    gs_len sum = 0;
    for (size_t i = 0; i < set->table->page_rows_count; i++) {
        struct gs_page_rows_set *page_rows = &set->page_rows[i];
        struct gs_table_set *rows = page_rows->rows;
        if (!is_due(set, page_rows, ends)) {
            continue;
        }
        rows->context.page = set->context.page;
        const struct gs_band *band = rows->rows->first;
        for (size_t j = 0; j < band->grid->cell_count; j++) {
            if (cell_has_total(band->cells[j].at->cell)) {
                /* It has told of errors. */
                (void)set_cell(set, rows, &band->cells[j]);
            }
        }
        page_rows->height = set_heights(rows);
        check_room(set, page_rows);
        sum += page_rows->height;
    }
    return sum;
}

/* --- drawing ---------------------------------------------------------------- */

struct pen {
    struct gs_table_set *set;
    bool ends;
    gs_len x, y;
    GArray *rows;
};

/* Those of a head or of a foot that stand at rows [from, to] of the table. */
static void add_page_rows(
        struct pen *pen, bool is_head, size_t from, size_t to)
{
    for (size_t i = 0; i < pen->set->table->page_rows_count; i++) {
        const struct gs_page_rows_set *page_rows = &pen->set->page_rows[i];
        const struct gs_page_rows *model = page_rows->model;
        if ((model->kind == GS_PAGE_ROWS_HEAD) != is_head || model->at < from
                || model->at > to || !is_due(pen->set, page_rows, pen->ends)) {
            continue;
        }
        guint first = pen->rows->len;
        gs_len height = 0;
        gs_part_add_head(page_rows->rows, 0, page_rows->rows->rows->end,
                pen->x, pen->y, pen->rows, &height);
        pen->y += height;
        for (guint j = first; j < pen->rows->len; j++) {
            struct gs_frag_row *row =
                    &g_array_index(pen->rows, struct gs_frag_row, j);
            row->index += page_rows->number;
            row->of_page = true;
            for (size_t k = 0; k < row->cell_count; k++) {
                row->cells[k].row += page_rows->number;
            }
        }
    }
}

static void add_head(struct pen *pen, const struct gs_repeat_rows *head)
{
    add_page_rows(pen, true, 0, head->first);
    if (head->end > head->first) {
        gs_len height = 0;
        gs_part_add_head(pen->set, head->first, head->end, pen->x, pen->y,
                pen->rows, &height);
        pen->y += height;
    }
    add_page_rows(pen, true, head->first + 1, SIZE_MAX);
}

/* Rows of the window that have not been drawn, up to the cut. */
static void add_rows(struct pen *pen, const struct gs_window *window,
        const struct gs_cut *cut)
{
    size_t drawn = pen->set->row - window->first;
    struct gs_window rest = {
            .first = pen->set->row,
            .end = window->end,
            .heights = window->heights + drawn,
    };
    gs_len height = 0;
    gs_part_add(pen->set, &rest, cut, pen->x, pen->y, pen->rows, &height);
    pen->y += height;
}

/* --- blank rows ------------------------------------------------------------- */

/* The cells of a blank row look as those of the table's last row. */
static void make_blank_row(const struct pen *pen, size_t like, gs_len height,
        struct gs_frag_row *row)
{
    const struct gs_table_set *set = pen->set;
    struct gs_arena *arena = set->context.page;
    row->cells = GS_MAKE_ARRAY(arena, struct gs_frag_cell, set->columns);
    for (size_t column = 0; column < set->columns;) {
        const struct gs_grid_cell *at =
                gs_set_cell_at(set, like, column)->at;
        struct gs_cell_style *style = GS_MAKE(arena, struct gs_cell_style);
        struct gs_cell *cell = GS_MAKE(arena, struct gs_cell);
        *style = *at->cell->style;
        style->diagonal = GS_DIAGONAL_NONE;
        *cell = (struct gs_cell){
                .row_span = 1,
                .column_span = (unsigned)at->column_span,
                .style = style,
                .origin = {.loc = set->table->origin.loc},
        };
        gs_len left = set->edges[column];
        size_t next = column + at->column_span;
        row->cells[row->cell_count++] = (struct gs_frag_cell){
                .cell = cell,
                .row = row->index,
                .column = column,
                .row_span = 1,
                .column_span = at->column_span,
                .part = 1,
                .of = 1,
                .repeated = true,
                .rect = {pen->x + left, row->y, set->edges[next] - left,
                        height},
                .closes_top = true,
                .closes_bottom = true,
        };
        column = next;
    }
}

/* As many as there is room for, which they share out. */
static void add_blank_rows(struct pen *pen, size_t like, gs_len room)
{
    gs_len least = pen->set->table->fill;
    size_t count = least > 0 && room > 0 ? (size_t)(room / least) : 0;
    gs_len top = pen->y;
    for (size_t i = 0; i < count; i++) {
        gs_len end = top + room * (gs_len)(i + 1) / (gs_len)count;
        struct gs_frag_row row = {
                .index = pen->set->rows->end + pen->set->page_rows_end + i,
                .group = GS_GROUP_BODY,
                .repeated = true,
                .of_page = true,
                .part = 1,
                .of = 1,
                .y = pen->y,
                .height = end - pen->y,
        };
        make_blank_row(pen, like, row.height, &row);
        g_array_append_val(pen->rows, row);
        pen->y = end;
    }
}

/* --- a part ----------------------------------------------------------------- */

/* The first row of the foot at the table's end, or its end. */
static size_t find_foot(const struct gs_table_set *set)
{
    size_t row = set->rows->end;
    while (row > set->row
            && gs_set_group(set, row - 1)->kind == GS_GROUP_FOOT) {
        row--;
    }
    return row;
}

static gs_len rows_height(
        const struct gs_window *window, const struct gs_cut *cut)
{
    gs_len sum = cut->inside ? cut->height : 0;
    for (size_t row = window->first; row < cut->row; row++) {
        sum += window->heights[row - window->first];
    }
    return sum;
}

/* The table's last part: its own foot is the end of it. */
static void add_last_rows(struct pen *pen, const struct gs_window *window,
        const struct gs_cut *cut, gs_len spare)
{
    size_t foot = find_foot(pen->set);
    if (foot > pen->set->row) {
        add_rows(pen, window, &(struct gs_cut){.row = foot});
        if (gs_set_group(pen->set, foot - 1)->kind == GS_GROUP_BODY) {
            add_blank_rows(pen, foot - 1, spare);
        }
    }
    add_page_rows(pen, false, 0, foot);
    if (foot < cut->row) {
        add_rows(pen, window, cut);
    }
    add_page_rows(pen, false, foot + 1, SIZE_MAX);
}

gs_len gs_page_rows_draw(struct gs_table_set *set,
        const struct gs_window *window, const struct gs_cut *cut,
        const struct gs_repeat_rows *head, gs_len x, gs_len y, gs_len room,
        GArray *rows)
{
    struct pen pen = {
            .set = set,
            .ends = !gs_set_has(set, cut->row),
            .x = x,
            .y = y,
            .rows = rows,
    };
    count_rows(set, window->first, cut->row);
    gs_len spare = room - set_page(set, pen.ends) - head->height
            - rows_height(window, cut);
    add_head(&pen, head);
    if (pen.ends) {
        add_last_rows(&pen, window, cut, spare);
    } else {
        add_rows(&pen, window, cut);
        add_page_rows(&pen, false, 0, SIZE_MAX);
    }
    return pen.y - y;
}
