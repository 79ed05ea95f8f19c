#include "support/shrink.h"

#include <string.h>

/* What came of a step at a place: no such place, nothing to do, done. */
enum outcome { PAST, SAME, SMALLER };

typedef enum outcome (*step_fn)(struct plan *plan, size_t at);

/* --- rows and columns -------------------------------------------------------------- */

/* Takes line `at` out of [*first, *first + *span); false when nothing is left. */
static bool close_up(size_t *first, size_t *span, size_t at)
{
    if (*first > at) {
        (*first)--;
    } else if (at < *first + *span) {
        (*span)--;
    }
    return *span > 0;
}

static enum outcome drop_row(struct plan *plan, size_t at)
{
    if (at >= plan->rows->len || plan->rows->len == 1) {
        return PAST;
    }
    for (guint i = plan->cells->len; i-- > 0;) {
        struct plan_cell *cell = plan_cell(plan, i);
        if (!close_up(&cell->row, &cell->row_span, at)) {
            g_array_remove_index(plan->cells, i);
        }
    }
    for (guint i = plan->groups->len; i-- > 0;) {
        struct gs_row_group *group = plan_group(plan, i);
        if (!close_up(&group->first, &group->count, at)) {
            g_array_remove_index(plan->groups, i);
        }
    }
    g_array_remove_index(plan->rows, (guint)at);
    return SMALLER;
}

static enum outcome drop_rows(struct plan *plan, size_t at, size_t count)
{
    size_t first = at * count;
    if (first >= plan->rows->len) {
        return PAST;
    }
    for (size_t i = 0; i < count && first < plan->rows->len; i++) {
        if (drop_row(plan, first) != SMALLER) {
            return SAME;
        }
    }
    return SMALLER;
}

static enum outcome drop_eight_rows(struct plan *plan, size_t at)
{
    return drop_rows(plan, at, 8);
}

static enum outcome drop_three_rows(struct plan *plan, size_t at)
{
    return drop_rows(plan, at, 3);
}

static enum outcome drop_column(struct plan *plan, size_t at)
{
    if (at >= plan->columns->len || plan->columns->len == 1) {
        return PAST;
    }
    for (guint i = plan->cells->len; i-- > 0;) {
        struct plan_cell *cell = plan_cell(plan, i);
        if (!close_up(&cell->column, &cell->column_span, at)) {
            g_array_remove_index(plan->cells, i);
        }
    }
    g_array_remove_index(plan->columns, (guint)at);
    return SMALLER;
}

/* --- cells -------------------------------------------------------------------------- */

/* An empty cell of one slot. */
static void fill_slot(struct plan *plan, size_t row, size_t column)
{
    struct plan_cell cell = {row, column, 1, 1, GS_LABEL_FLOW, GS_VALIGN_TOP,
            plan_text(plan, "")};
    g_array_append_val(plan->cells, cell);
}

static enum outcome lower_cell(struct plan *plan, size_t at)
{
    if (at >= plan->cells->len) {
        return PAST;
    }
    struct plan_cell *cell = plan_cell(plan, at);
    if (cell->row_span == 1) {
        return SAME;
    }
    cell->row_span--;
    struct plan_cell left = *cell;
    for (size_t i = 0; i < left.column_span; i++) {
        fill_slot(plan, left.row + left.row_span, left.column + i);
    }
    return SMALLER;
}

static enum outcome narrow_cell(struct plan *plan, size_t at)
{
    if (at >= plan->cells->len) {
        return PAST;
    }
    struct plan_cell *cell = plan_cell(plan, at);
    if (cell->column_span == 1) {
        return SAME;
    }
    cell->column_span--;
    struct plan_cell left = *cell;
    for (size_t i = 0; i < left.row_span; i++) {
        fill_slot(plan, left.row + i, left.column + left.column_span);
    }
    return SMALLER;
}

static enum outcome cut_text(struct plan *plan, size_t at, glong divisor)
{
    if (at >= plan->cells->len) {
        return PAST;
    }
    struct plan_cell *cell = plan_cell(plan, at);
    glong size = g_utf8_strlen(cell->text, -1);
    glong keep = divisor == 0 ? 0 : divisor == 1 ? size - 1 : size / divisor;
    if (size == 0) {
        return SAME;
    }
    char *text = g_utf8_substring(cell->text, 0, keep);
    cell->text = plan_text(plan, text);
    g_free(text);
    return SMALLER;
}

static enum outcome empty_cell(struct plan *plan, size_t at)
{
    return cut_text(plan, at, 0);
}

static enum outcome halve_text(struct plan *plan, size_t at)
{
    return cut_text(plan, at, 2);
}

static enum outcome shorten_text(struct plan *plan, size_t at)
{
    return cut_text(plan, at, 1);
}

static enum outcome plain_label(struct plan *plan, size_t at)
{
    if (at >= plan->cells->len) {
        return PAST;
    }
    struct plan_cell *cell = plan_cell(plan, at);
    if (cell->label == GS_LABEL_FLOW) {
        return SAME;
    }
    cell->label = GS_LABEL_FLOW;
    return SMALLER;
}

static enum outcome plain_valign(struct plan *plan, size_t at)
{
    if (at >= plan->cells->len) {
        return PAST;
    }
    struct plan_cell *cell = plan_cell(plan, at);
    if (cell->valign == GS_VALIGN_TOP) {
        return SAME;
    }
    cell->valign = GS_VALIGN_TOP;
    return SMALLER;
}

/* --- wishes ------------------------------------------------------------------------- */

static enum outcome plain_keep(struct plan *plan, size_t at)
{
    if (at >= 2 * plan->rows->len) {
        return PAST;
    }
    struct plan_row *row = plan_row(plan, at / 2);
    unsigned keep = at % 2 == 0 ? GS_KEEP_NEXT : GS_KEEP_TOGETHER;
    if ((row->keep & keep) == 0) {
        return SAME;
    }
    row->keep &= ~keep;
    return SMALLER;
}

static enum outcome plain_strength(struct plan *plan, size_t at)
{
    if (at >= plan->rows->len) {
        return PAST;
    }
    struct plan_row *row = plan_row(plan, at);
    if (row->strength == GS_STRENGTH_NORMAL) {
        return SAME;
    }
    row->strength = GS_STRENGTH_NORMAL;
    return SMALLER;
}

static enum outcome plain_height(struct plan *plan, size_t at)
{
    if (at >= plan->rows->len) {
        return PAST;
    }
    struct plan_row *row = plan_row(plan, at);
    if (row->height == 0) {
        return SAME;
    }
    row->height = 0;
    row->fixed = row->clip = false;
    return SMALLER;
}

static enum outcome plain_break(struct plan *plan, size_t at)
{
    if (at >= plan->rows->len) {
        return PAST;
    }
    struct plan_row *row = plan_row(plan, at);
    if (!row->break_before) {
        return SAME;
    }
    row->break_before = false;
    return SMALLER;
}

static enum outcome plain_page(struct plan *plan, size_t at)
{
    switch (at) {
    case 0:
        plan->before = 0;
        return SMALLER;
    case 1:
        plan->orphans = plan->widows = 1;
        return SMALLER;
    case 2:
        plan->padding = 0;
        return SMALLER;
    case 3:
        plan->fill = 0;
        return SMALLER;
    case 4:
    case 5:
    case 6:
    case 7:
        plan->around &= ~(1u << (at - 4));
        return SMALLER;
    default:
        return PAST;
    }
}

/* --- all of them -------------------------------------------------------------------- */

static const step_fn steps[] = {drop_eight_rows, drop_three_rows, drop_row,
        drop_column, empty_cell, halve_text, lower_cell, narrow_cell,
        plain_keep, plain_strength, plain_height, plain_break, plain_label,
        plain_valign, shorten_text};

/* One step at every place; true when a smaller plan was found. */
static bool walk(struct plan **best, step_fn step,
        bool (*fails)(const struct plan *plan, void *user), void *user)
{
    bool found = false;
    for (size_t at = 0;;) {
        struct plan *copy = plan_copy(*best);
        enum outcome outcome = step(copy, at);
        if (outcome == SMALLER && fails(copy, user)) {
            plan_free(*best);
            *best = copy;
            found = true;
            continue; /* another stands at this place now */
        }
        plan_free(copy);
        if (outcome == PAST) {
            return found;
        }
        at++;
    }
}

/* These never make a plan smaller than itself for good: once is enough. */
static void try_plain_page(struct plan **best,
        bool (*fails)(const struct plan *plan, void *user), void *user)
{
    for (size_t at = 0;; at++) {
        struct plan *copy = plan_copy(*best);
        bool past = plain_page(copy, at) == PAST;
        if (!past && fails(copy, user)) {
            plan_free(*best);
            *best = copy;
        } else {
            plan_free(copy);
        }
        if (past) {
            return;
        }
    }
}

struct plan *shrink(const struct plan *plan,
        bool (*fails)(const struct plan *plan, void *user), void *user)
{
    struct plan *best = plan_copy(plan);
    bool found = true;
    while (found) {
        found = false;
        try_plain_page(&best, fails, user);
        for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
            found = walk(&best, steps[i], fails, user) || found;
        }
    }
    return best;
}
