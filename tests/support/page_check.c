#include "support/page_check.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "page/display.h"

struct check {
    struct gs_arena *arena;
    const struct plan *plan;
    const struct gs_table *table;
    const struct gs_pages *pages;
    const struct gs_diag *diag;
    GHashTable *texts; /* of cells: GString, what was drawn so far */
    size_t row; /* the next one */
    size_t brought; /* by the numbers of rows of the body on pages before */
    char *failure;
};

/* The first failure stays. */
G_GNUC_PRINTF(2, 3)
static bool fail(struct check *check, const char *format, ...)
{
    if (check->failure == NULL) {
        va_list args;
        va_start(args, format);
        check->failure = g_strdup_vprintf(format, args);
        va_end(args);
    }
    return false;
}

/* --- geometry ----------------------------------------------------------------------- */

static bool inside(const struct gs_rect *outer, const struct gs_rect *inner)
{
    return inner->x >= outer->x && inner->y >= outer->y &&
            inner->x + inner->width <= outer->x + outer->width &&
            inner->y + inner->height <= outer->y + outer->height;
}

static bool apart(const struct gs_rect *a, const struct gs_rect *b)
{
    return a->x + a->width <= b->x || b->x + b->width <= a->x ||
            a->y + a->height <= b->y || b->y + b->height <= a->y;
}

/* All cells of a part, in one array of pointers. */
static GPtrArray *cells_of(const struct gs_frag_table *part)
{
    GPtrArray *cells = g_ptr_array_new();
    for (size_t i = 0; i < part->row_count; i++) {
        for (size_t j = 0; j < part->rows[i].cell_count; j++) {
            g_ptr_array_add(cells, &part->rows[i].cells[j]);
        }
    }
    return cells;
}

/* The cells of a part tile it: full, without overlap. */
static bool check_tiles(
        struct check *check, const GPtrArray *cells, const struct gs_rect *rect)
{
    gs_len area = 0;
    for (guint i = 0; i < cells->len; i++) {
        const struct gs_frag_cell *a = g_ptr_array_index(cells, i);
        if (!inside(rect, &a->rect)) {
            return fail(check, "a cell leaves its table: row %zu", a->row);
        }
        area += a->rect.width * a->rect.height;
        for (guint j = i + 1; j < cells->len; j++) {
            const struct gs_frag_cell *b = g_ptr_array_index(cells, j);
            if (!apart(&a->rect, &b->rect)) {
                return fail(check, "cells overlap: rows %zu and %zu", a->row,
                        b->row);
            }
        }
    }
    return area == rect->width * rect->height ||
            fail(check, "cells leave a hole");
}

/* Lines stand in their cell, one under the other; a mark may hang by half an em. */
static bool check_lines(struct check *check, const struct gs_frag_cell *cell)
{
    gs_len y = cell->rect.y, right = cell->rect.x + cell->rect.width;
    for (size_t i = 0; i < cell->line_count; i++) {
        const struct gs_frag_line *line = &cell->lines[i];
        gs_len x = line->x + line->line->x;
        if (line->y < y || x < cell->rect.x ||
                x + line->line->width > right + PLAN_EM / 2) {
            return fail(check, "a line leaves its place: row %zu", cell->row);
        }
        y = line->y + line->line->height;
    }
    return y <= cell->rect.y + cell->rect.height ||
            fail(check, "text leaves its cell: row %zu", cell->row);
}

/* --- rules -------------------------------------------------------------------------- */

/* Whether one rule of the page runs along a line from end to end. */
static bool is_ruled(const struct gs_display *display, bool vertical, gs_len x,
        gs_len y, gs_len length)
{
    for (size_t i = 0; i < display->count; i++) {
        const struct gs_rule *rule = &display->ops[i].u.rule;
        if (display->ops[i].kind != GS_OP_RULE || rule->vertical != vertical) {
            continue;
        }
        bool along = vertical ? rule->x == x && rule->y <= y &&
                        rule->y + rule->length >= y + length
                              : rule->y == y && rule->x <= x &&
                        rule->x + rule->length >= x + length;
        if (along) {
            return true;
        }
    }
    return false;
}

/* Whether a rule of the page runs through the inside of a cell. */
static bool is_crossed(
        const struct gs_display *display, const struct gs_rect *rect)
{
    for (size_t i = 0; i < display->count; i++) {
        const struct gs_rule *rule = &display->ops[i].u.rule;
        if (display->ops[i].kind != GS_OP_RULE) {
            continue;
        }
        gs_len thin = rule->style.width;
        struct gs_rect ink = {rule->x, rule->y,
                rule->vertical ? 0 : rule->length,
                rule->vertical ? rule->length : 0};
        struct gs_rect core = {rect->x + thin, rect->y + thin,
                rect->width - 2 * thin, rect->height - 2 * thin};
        if (core.width > 0 && core.height > 0 && ink.x < core.x + core.width &&
                ink.x + ink.width > core.x && ink.y < core.y + core.height &&
                ink.y + ink.height > core.y) {
            return true;
        }
    }
    return false;
}

/* Every cell is closed on all four sides, also where a page cut it. */
static bool check_rules(struct check *check, const GPtrArray *cells,
        const struct gs_display *display)
{
    for (guint i = 0; i < cells->len; i++) {
        const struct gs_frag_cell *cell = g_ptr_array_index(cells, i);
        const struct gs_rect *rect = &cell->rect;
        if (!is_ruled(display, false, rect->x, rect->y, rect->width) ||
                !is_ruled(display, false, rect->x, rect->y + rect->height,
                        rect->width) ||
                !is_ruled(display, true, rect->x, rect->y, rect->height) ||
                !is_ruled(display, true, rect->x + rect->width, rect->y,
                        rect->height)) {
            return fail(check, "a rule is open: row %zu column %zu", cell->row,
                    cell->column);
        }
        if (is_crossed(display, rect)) {
            return fail(check, "a rule runs through a cell: row %zu column %zu",
                    cell->row, cell->column);
        }
    }
    return true;
}

/* --- text --------------------------------------------------------------------------- */

static void free_string(gpointer string)
{
    g_string_free(string, TRUE);
}

/* Drawn again is drawn whole, as what it is. */
static bool is_whole(
        const struct gs_frag_cell *cell, const char *text, const char *here)
{
    bool marked = cell->part > 1 && cell->cell->label == GS_LABEL_REPEAT_MARK;
    return g_str_has_prefix(here, text) &&
            strcmp(here + strlen(text), marked ? PLAN_MARK : "") == 0;
}

static bool collect(struct check *check, const struct gs_frag_cell *cell)
{
    GString *text = g_hash_table_lookup(check->texts, cell->cell);
    if (text == NULL) {
        text = g_string_new(NULL);
        g_hash_table_insert(
                check->texts, (gpointer)(uintptr_t)cell->cell, text);
    }
    GString *here = g_string_new(NULL);
    for (size_t i = 0; i < cell->line_count; i++) {
        g_string_append(here, cell->lines[i].line->text);
    }
    for (size_t i = 0; i < cell->clipped_count; i++) {
        g_string_append(here, cell->clipped[i].line->text);
    }
    bool ok = true;
    if (!cell->repeated) {
        g_string_append(text, here->str);
    } else if (!is_whole(cell, text->str, here->str)) {
        ok = fail(check, "drawn again, but not whole: row %zu column %zu",
                cell->row, cell->column);
    }
    g_string_free(here, TRUE);
    return ok;
}

static bool check_texts(struct check *check)
{
    for (size_t i = 0; i < check->table->row_count; i++) {
        const struct gs_row *row = &check->table->rows[i];
        for (size_t j = 0; j < row->cell_count; j++) {
            const struct gs_para *para = &row->cells[j].blocks[0].u.para;
            GString *bound = g_string_new(NULL);
            for (size_t k = 0; k < para->run_count; k++) {
                g_string_append(bound, para->runs[k].text);
            }
            const GString *drawn =
                    g_hash_table_lookup(check->texts, &row->cells[j]);
            bool same = drawn != NULL && g_string_equal(bound, drawn);
            g_string_free(bound, TRUE);
            if (!same) {
                return fail(check, "text is lost or doubled: row %zu cell %zu",
                        i, j);
            }
        }
    }
    return true;
}

/* --- rows and heads ------------------------------------------------------------------ */

/* The head that governs a row of the body; NULL: none. */
static const struct gs_row_group *head_over(
        const struct gs_table *table, size_t row)
{
    const struct gs_row_group *head = NULL;
    for (size_t i = 0; i < table->group_count; i++) {
        const struct gs_row_group *group = &table->groups[i];
        if (group->kind == GS_GROUP_HEAD) {
            head = group;
        }
        if (row < group->first + group->count) {
            return group->kind == GS_GROUP_HEAD ? NULL : head;
        }
    }
    return NULL;
}

/* Or may have been, where there are more than are kept. */
static bool was_reported(const struct gs_diag *diag, enum gs_diag_id id)
{
    if (gs_diag_errors(diag) + gs_diag_warnings(diag) > gs_diag_count(diag)) {
        return true;
    }
    for (size_t i = 0; i < gs_diag_count(diag); i++) {
        if (gs_diag_entry(diag, i).id == id) {
            return true;
        }
    }
    return false;
}

/* --- rows of pages -------------------------------------------------------------------- */

/* The sum of the numbers, from 1, of rows of the body that end here. */
static size_t sum_rows(
        const struct check *check, const struct gs_frag_table *part)
{
    size_t sum = 0;
    for (size_t i = 0; i < part->row_count; i++) {
        const struct gs_frag_row *row = &part->rows[i];
        if (!row->repeated && row->part == row->of
                && plan_group_of(check->plan, row->index)->kind
                        == GS_GROUP_BODY) {
            sum += row->index + 1;
        }
    }
    return sum;
}

static bool says(const struct gs_frag_row *row, size_t number)
{
    const struct gs_frag_cell *cell = &row->cells[row->cell_count - 1];
    GString *text = g_string_new(NULL);
    char *expected = g_strdup_printf("%zu", number);
    for (size_t i = 0; i < cell->line_count; i++) {
        g_string_append(text, cell->lines[i].line->text);
    }
    bool same = strcmp(text->str, expected) == 0;
    g_string_free(text, TRUE);
    g_free(expected);
    return same;
}

/* Those of one kind: there once where they are due, with their total. */
static bool check_page_row(struct check *check,
        const struct gs_frag_table *part, size_t number, size_t sum)
{
    enum gs_page_rows_kind kind = check->table->page_rows[number].kind;
    size_t index = check->table->row_count + number, count = 0;
    bool due = kind == GS_PAGE_ROWS_FOOT
            || (kind == GS_PAGE_ROWS_HEAD ? part->part > 1
                                          : part->part < part->of);
    size_t expected = kind == GS_PAGE_ROWS_HEAD ? check->brought
            : kind == GS_PAGE_ROWS_FOOT         ? sum
                                                : check->brought + sum;
    for (size_t i = 0; i < part->row_count; i++) {
        if (!part->rows[i].of_page || part->rows[i].index != index) {
            continue;
        }
        count++;
        if (!says(&part->rows[i], expected)) {
            return fail(check, "a page's total is wrong: %zu", expected);
        }
    }
    return count == due
            || fail(check, "rows of pages that are due: %zu times", count);
}

static bool check_page_rows(
        struct check *check, const struct gs_frag_table *part)
{
    size_t sum = sum_rows(check, part), count = check->table->page_rows_count;
    bool ok = true;
    for (size_t i = 0; i < count && ok; i++) {
        ok = check_page_row(check, part, i, sum);
    }
    for (size_t i = 0; i < part->row_count && ok; i++) {
        bool blank = part->rows[i].of_page
                && part->rows[i].index >= check->table->row_count + count;
        ok = !blank || (check->plan->fill > 0 && part->part == part->of)
                || fail(check, "blank rows in mid table");
    }
    check->brought += sum;
    return ok;
}

/* The part without its rows of pages. */
static struct gs_frag_table without_page_rows(
        struct check *check, const struct gs_frag_table *part)
{
    struct gs_frag_table bare = *part;
    bare.rows = GS_MAKE_ARRAY(
            check->arena, struct gs_frag_row, part->row_count + 1);
    bare.row_count = 0;
    for (size_t i = 0; i < part->row_count; i++) {
        if (!part->rows[i].of_page) {
            bare.rows[bare.row_count++] = part->rows[i];
        }
    }
    return bare;
}

/* Which rows come again above a part: all that must, or none with a reason. */
static bool check_repeat(
        struct check *check, const struct gs_frag_table *part, size_t again)
{
    const struct gs_row_group *head =
            head_over(check->table, part->rows[again].index);
    size_t must = 0;
    if (part->part > 1 && head != NULL && head->repeat != GS_REPEAT_NONE) {
        must = head->repeat == GS_REPEAT_LAST ? 1 : head->count;
    }
    for (size_t i = 0; i < again; i++) {
        if (head == NULL ||
                part->rows[i].index != head->first + head->count - again + i) {
            return fail(check, "the wrong row comes again: %zu",
                    part->rows[i].index);
        }
    }
    return again == must ||
            (again == 0 &&
                    (was_reported(check->diag, GS_DIAG_HEAD_TOO_TALL) ||
                            was_reported(check->diag, GS_DIAG_KEEP_BROKEN))) ||
            fail(check, "a head does not come again above row %zu",
                    part->rows[again].index);
}

static bool check_rows(struct check *check, const struct gs_frag_table *part)
{
    size_t again = 0;
    while (again < part->row_count && part->rows[again].repeated) {
        again++;
    }
    if (again == part->row_count) {
        return fail(check, "a part of nothing but heads");
    }
    for (size_t i = again; i < part->row_count; i++) {
        const struct gs_frag_row *row = &part->rows[i];
        bool goes_on = i == again && row->part > 1;
        if (row->repeated || row->index != check->row - goes_on) {
            return fail(check, "row %zu out of order", row->index);
        }
        check->row = row->index + 1;
        for (size_t j = 0; j < row->cell_count; j++) {
            if (!check_lines(check, &row->cells[j]) ||
                    !collect(check, &row->cells[j])) {
                return false;
            }
        }
    }
    return check_repeat(check, part, again);
}

/* --- labels -------------------------------------------------------------------------- */

/*
 * A label stands whole in every part, unless it is higher than what a page has
 * for it under the head that is drawn again.
 */
static bool check_label(
        struct check *check, const struct gs_frag_cell *cell, gs_len heads)
{
    if (cell->cell->label == GS_LABEL_FLOW || cell->of == 1 ||
            cell->part == 1 || cell->repeated || cell->row == 0 ||
            (check->table->rows[cell->row - 1].keep & GS_KEEP_NEXT) != 0 ||
            plan_group_of(check->plan, cell->row)->kind != GS_GROUP_BODY ||
            plan_group_of(check->plan, cell->row - 1)->kind != GS_GROUP_BODY) {
        return true;
    }
    const GString *text = g_hash_table_lookup(check->texts, cell->cell);
    gs_len lines = (gs_len)(text->len / strlen("国")) + 3; /* at most */
    gs_len need = lines * check->plan->line + 2 * check->plan->padding;
    return need + heads > check->plan->height ||
            was_reported(check->diag, GS_DIAG_HEAD_TOO_TALL) ||
            fail(check, "a label does not come again: row %zu column %zu",
                    cell->row, cell->column);
}

/* --- all of it ------------------------------------------------------------------------ */

static bool check_part(struct check *check, const struct gs_frag_block *block,
        const struct gs_display *display)
{
    const struct gs_frag_table *part = block->table;
    GPtrArray *cells = cells_of(part);
    gs_len heads = 0;
    for (size_t i = 0; i < part->row_count; i++) {
        heads += part->rows[i].repeated ? part->rows[i].height : 0;
    }
    /* A page in mid table has these too. */
    gs_len line = check->plan->line;
    heads += (check->plan->around & PLAN_CAPTION) != 0 ? line : 0;
    heads += (check->plan->around & PLAN_GOES_ON) != 0
            ? line + 2 * check->plan->padding
            : 0;
    /* The room kept for totals is that of the widest. */
    heads += 4 * line * (gs_len)check->table->page_rows_count;
    const struct gs_frag_table bare = without_page_rows(check, part);
    bool ok = check_tiles(check, cells, &block->rect) &&
            check_rules(check, cells, display) && check_rows(check, &bare) &&
            check_page_rows(check, part);
    for (guint i = 0; ok && i < cells->len; i++) {
        const struct gs_frag_cell *cell = g_ptr_array_index(cells, i);
        if (cell->row >= check->table->row_count) {
            continue; /* of a page */
        }
        ok = check_label(check, cell, heads);
    }
    g_ptr_array_free(cells, TRUE);
    return ok;
}

/* Above every part but the first, where there is room for it. */
static bool check_caption(
        struct check *check, unsigned captions, unsigned part)
{
    bool due = part > 1 && (check->plan->around & PLAN_CAPTION) != 0;
    return captions == due ||
            (due && was_reported(check->diag, GS_DIAG_CAPTION_TOO_TALL)) ||
            fail(check, "%u captions above part %u", captions, part);
}

static bool check_pages(struct check *check)
{
    const struct plan *plan = check->plan;
    struct gs_rect frame = {
            PLAN_MARGIN, PLAN_MARGIN, plan->width, plan->height};
    unsigned parts = 0, captions = 0;
    for (size_t i = 0; i < check->pages->count; i++) {
        const struct gs_page *page = &check->pages->pages[i];
        const struct gs_display *display = gs_display_make(check->arena, page, 0);
        gs_len y = frame.y;
        if (page->block_count == 0) {
            return fail(check, "page %zu is empty", i + 1);
        }
        for (size_t j = 0; j < page->block_count; j++) {
            const struct gs_frag_block *block = &page->blocks[j];
            if (!inside(&frame, &block->rect) || block->rect.y < y) {
                return fail(check, "a block leaves its place: page %zu", i + 1);
            }
            y = block->rect.y + block->rect.height;
            if (block->kind != GS_FRAG_TABLE) {
                captions += block->repeated;
                continue;
            }
            if (block->part != ++parts || !check_part(check, block, display)) {
                return fail(check, "parts are not numbered in order");
            }
            if (!check_caption(check, captions, parts)) {
                return false;
            }
            captions = 0;
        }
    }
    return check->row == check->table->row_count ||
            fail(check, "the last rows are missing");
}

char *page_check(struct gs_arena *arena, const struct plan *plan,
        const struct gs_doc *doc, const struct gs_pages *pages,
        const struct gs_diag *diag)
{
    struct check check = {
            .arena = arena,
            .plan = plan,
            .table = plan_table(doc),
            .pages = pages,
            .diag = diag,
            .texts = g_hash_table_new_full(NULL, NULL, NULL, free_string),
    };
    (void)(check_pages(&check) && check_texts(&check));
    g_hash_table_destroy(check.texts);
    return check.failure;
}
