/*
 * Keeps, looked at from outside: which rows form a chain, how high it is on a
 * page without end, and whether it was broken though a page could hold it.
 */
#include "support/page_check.h"

#include "base/arena.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "layout/layout.h"

/* Higher than any table at random. */
#define NO_END GS_PT(400000)

struct keeps {
    const struct plan *plan;
    gs_len *heights; /* of the rows, on a page without end */
    size_t *first, *last; /* pages that a row begins and ends on */
};

static bool keeps_next(const struct plan *plan, size_t row)
{
    if (row + 1 >= plan->rows->len || plan_row(plan, row + 1)->break_before) {
        return false;
    }
    return (plan_row(plan, row)->keep & GS_KEEP_NEXT) != 0 ||
            plan_group_of(plan, row)->kind == GS_GROUP_HEAD ||
            plan_group_of(plan, row + 1)->kind == GS_GROUP_FOOT;
}

static bool may_split(const struct plan *plan, size_t row)
{
    return (plan_row(plan, row)->keep & GS_KEEP_TOGETHER) == 0 &&
            !plan_row(plan, row)->fixed &&
            plan_group_of(plan, row)->kind == GS_GROUP_BODY;
}

static const struct gs_frag_table *table_on(const struct gs_page *page)
{
    for (size_t i = 0; i < page->block_count; i++) {
        if (page->blocks[i].kind == GS_FRAG_TABLE) {
            return page->blocks[i].table;
        }
    }
    return NULL;
}

static bool measure(struct keeps *keeps, const struct gs_fonts *fonts)
{
    struct plan *plan = plan_copy(keeps->plan);
    plan->height = NO_END;
    plan->before = 0;
    for (size_t i = 0; i < plan->rows->len; i++) {
        plan_row(plan, i)->break_before = false;
    }
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new();
    const struct gs_pages *pages =
            gs_layout(arena, plan_doc(plan, arena), fonts, diag);
    bool ok = pages != NULL && pages->count == 1;
    if (ok) {
        const struct gs_frag_table *table = table_on(&pages->pages[0]);
        for (size_t i = 0; i < table->row_count; i++) {
            keeps->heights[i] = table->rows[i].height;
        }
    }
    gs_diag_free(diag);
    gs_arena_free(arena);
    plan_free(plan);
    return ok;
}

static void find_places(struct keeps *keeps, const struct gs_pages *pages)
{
    for (size_t i = pages->count; i-- > 0;) {
        const struct gs_frag_table *table = table_on(&pages->pages[i]);
        for (size_t j = 0; table != NULL && j < table->row_count; j++) {
            const struct gs_frag_row *row = &table->rows[j];
            if (row->repeated) {
                continue;
            }
            keeps->first[row->index] = i;
            if (row->part == row->of) {
                keeps->last[row->index] = i;
            }
        }
    }
}

/* What merged cells over an end of the chain may need in it. */
static gs_len need_of_crossing(
        const struct keeps *keeps, size_t first, size_t last)
{
    gs_len sum = 0;
    for (size_t i = 0; i < keeps->plan->cells->len; i++) {
        const struct plan_cell *cell = plan_cell(keeps->plan, i);
        size_t end = cell->row + cell->row_span;
        if (end <= first || cell->row > last ||
                (cell->row >= first && end <= last + 1)) {
            continue;
        }
        for (size_t row = cell->row; row < end; row++) {
            sum += keeps->heights[row];
        }
    }
    return sum;
}

/* The head that may be drawn again above the chain. */
static gs_len head_over(const struct keeps *keeps, size_t row)
{
    gs_len height = 0;
    for (size_t i = 0; i < keeps->plan->groups->len; i++) {
        const struct gs_row_group *group = plan_group(keeps->plan, i);
        if (group->first > row || group->kind != GS_GROUP_HEAD) {
            continue;
        }
        height = 0;
        for (size_t j = 0; j < group->count; j++) {
            height += keeps->heights[group->first + j];
        }
        if (row < group->first + group->count) {
            height = 0;
        }
    }
    return height;
}

/* Whether rows [first, last] stand as they were wished to. */
static bool is_kept(const struct keeps *keeps, size_t first, size_t last)
{
    for (size_t row = first; row <= last; row++) {
        bool whole = keeps->first[row] == keeps->last[row];
        if (!whole && !may_split(keeps->plan, row)) {
            return false;
        }
        /* A row that may be split has at least its end with the next one. */
        if (row < last && keeps->last[row] != keeps->first[row + 1]) {
            return false;
        }
    }
    return true;
}

/* NULL, or how the chain of rows [first, last] was parted without need. */
static char *check_chain(const struct keeps *keeps, size_t first, size_t last)
{
    gs_len height =
            head_over(keeps, first) + need_of_crossing(keeps, first, last);
    for (size_t row = first; row <= last; row++) {
        height += keeps->heights[row];
    }
    if (height > keeps->plan->height || is_kept(keeps, first, last)) {
        return NULL;
    }
    return g_strdup_printf(
            "kept together, but parted: rows %zu to %zu take %.1f pt", first,
            last, gs_len_to_pt(height));
}

char *page_check_keeps(const struct plan *plan, const struct gs_fonts *fonts,
        const struct gs_pages *pages)
{
    size_t rows = plan->rows->len;
    struct keeps keeps = {
            .plan = plan,
            .heights = g_new0(gs_len, rows),
            .first = g_new0(size_t, rows),
            .last = g_new0(size_t, rows),
    };
    char *failure = NULL;
    find_places(&keeps, pages);
    if (!measure(&keeps, fonts)) {
        failure = g_strdup("does not fit a page without end");
    }
    for (size_t first = 0, last; failure == NULL && first < rows;
            first = last + 1) {
        last = first;
        while (keeps_next(plan, last)) {
            last++;
        }
        failure = check_chain(&keeps, first, last);
    }
    g_free(keeps.heights);
    g_free(keeps.first);
    g_free(keeps.last);
    return failure;
}
