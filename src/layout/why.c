/*
 * Why: the reason for the end of a table's part, in words with the numbers.
 *
 * Rows count from 1 here, as everywhere that a person reads.
 */
#include "base/diag.h"
#include "layout/strips.h"
#include "layout/table-set.h"
#include "model/doc.h"

static const char *row_number(const struct gs_table_set *set, size_t row)
{
    return gs_layout_number(set->context.page, row + 1);
}

static const char *pt(const struct gs_table_set *set, gs_len len)
{
    return gs_layout_pt(set->context.page, len);
}

/* What holds rows [first, row] together. */
static const char *moved_text(
        const struct gs_table_set *set, size_t first, size_t row)
{
    for (size_t i = first; i < row; i++) {
        if (gs_set_group(set, i)->kind == GS_GROUP_HEAD) {
            return N_("row %1 takes %2, %3 was left; the head, from row %4 on, "
                      "stays with it");
        }
    }
    if (gs_set_group(set, row)->kind == GS_GROUP_FOOT) {
        return N_(
                "row %1 takes %2, %3 was left; it is of the foot, which stays "
                "with row %4");
    }
    return N_("row %1 takes %2, %3 was left; it is kept together with the rows "
              "from %4 on");
}

const struct gs_why *gs_why_row(const struct gs_table_set *set,
        const struct gs_cut *cut, size_t row, gs_len height, gs_len left)
{
    const char *text, *more = NULL, *taken, *was_left;
    gs_layout_pt_pair(set->context.page, height, left, &taken, &was_left);
    if (cut->row < row) {
        text = moved_text(set, cut->row, row);
        more = row_number(set, cut->row);
    } else if (cut->row > row) {
        text = N_("row %1 takes %2, %3 was left; merged cells over it go on");
    } else if (cut->inside) {
        text = N_("row %1 takes %2, %3 was left; it is split after %4");
        more = pt(set, cut->height);
    } else {
        text = N_("row %1 takes %2, %3 was left");
    }
    return gs_layout_why(set->context.page, text,
            GS_ARGS(row_number(set, row), taken, was_left, more));
}

const struct gs_why *gs_why_label(const struct gs_table_set *set,
        const struct gs_cell_set *cell, gs_len height, gs_len left)
{
    return gs_layout_why(set->context.page,
            N_("the label of row %1 takes %2, %3 was left for it"),
            GS_ARGS(row_number(set, cell->at->row),
                    pt(set, height), pt(set, left)));
}

const struct gs_why *gs_why_parted(const struct gs_table_set *set, size_t first,
        size_t row, gs_len height, gs_len page)
{
    return gs_layout_why(set->context.page,
            N_("rows %1 to %2 are kept together and take %3, the page has %4; "
               "they are parted"),
            GS_ARGS(row_number(set, first), row_number(set, row),
                    pt(set, height), pt(set, page)));
}

const struct gs_why *gs_why_forced(const struct gs_table_set *set, size_t row)
{
    return gs_layout_why(set->context.page, N_("row %1 begins a new page"),
            GS_ARGS(row_number(set, row)));
}

const struct gs_why *gs_why_columns(
        const struct gs_table_set *set, struct gs_arena *arena)
{
    const struct gs_strip *strip = set->strip;
    size_t last = strip->columns[strip->grid->columns - 1];
    return gs_layout_why(arena,
            N_("columns %1 to %2 of the table follow on pages of their own"),
            GS_ARGS(gs_layout_number(
                            arena, strip->columns[strip->repeated] + 1),
                    gs_layout_number(arena, last + 1)));
}
