#include "support/random_plan.h"

#include <string.h>

#define MAX_COLUMNS 6
#define MAX_ROWS 24

struct dice {
    GRand *random;
    struct plan *plan;
};

static int roll(struct dice *dice, int low, int high)
{
    return g_rand_int_range(dice->random, low, high + 1);
}

static bool chance(struct dice *dice, int percent)
{
    return roll(dice, 1, 100) <= percent;
}

/* --- cells ------------------------------------------------------------------------ */

/* `count` Han characters in an order of their own. */
static const char *make_text(struct dice *dice, int count)
{
    static const char *const stock =
            "国年政府部门预算绩效目标工作任务资金项目管理服务公共法律社区"
            "人民调解指标数量质量时效成本效益满意度完成率";
    GString *text = g_string_new(NULL);
    glong size = g_utf8_strlen(stock, -1);
    for (int i = 0; i < count; i++) {
        const char *at =
                g_utf8_offset_to_pointer(stock, roll(dice, 0, (int)size - 1));
        g_string_append_len(text, at, g_utf8_next_char(at) - at);
        if (chance(dice, 1)) {
            g_string_append(text, "\n法");
        }
    }
    const char *kept = plan_text(dice->plan, text->str);
    g_string_free(text, TRUE);
    return kept;
}

static int text_length(struct dice *dice)
{
    int kind = roll(dice, 1, 100);
    return kind <= 10    ? 0
            : kind <= 70 ? roll(dice, 1, 8)
            : kind <= 95 ? roll(dice, 9, 60)
                         : roll(dice, 200, 900);
}

static enum gs_label any_label(struct dice *dice)
{
    return chance(dice, 30) ? GS_LABEL_REPEAT_MARK : GS_LABEL_REPEAT;
}

static void add_cell(struct dice *dice, struct plan_cell cell, int length)
{
    cell.valign = (enum gs_valign)roll(dice, 0, 2);
    cell.text = make_text(dice, length);
    g_array_append_val(dice->plan->cells, cell);
}

/* --- grids of any spans ------------------------------------------------------------ */

/* Fills the slots of rows [first, end) with cells of random spans. */
static void fill_grid(struct dice *dice, size_t first, size_t end, bool head)
{
    size_t columns = dice->plan->columns->len;
    bool taken[MAX_ROWS][MAX_COLUMNS] = {{false}};
    for (size_t row = first; row < end; row++) {
        for (size_t column = 0; column < columns; column++) {
            if (taken[row - first][column]) {
                continue;
            }
            struct plan_cell cell = {
                    row, column, 1, 1, GS_LABEL_FLOW, GS_VALIGN_TOP, NULL};
            while (column + cell.column_span < columns &&
                    !taken[row - first][column + cell.column_span] &&
                    chance(dice, 20)) {
                cell.column_span++;
            }
            int more = chance(dice, 10) ? 85 : 25;
            while (row + cell.row_span < end && chance(dice, more)) {
                cell.row_span++;
            }
            for (size_t i = 0; i < cell.row_span; i++) {
                for (size_t j = 0; j < cell.column_span; j++) {
                    taken[row - first + i][column + j] = true;
                }
            }
            bool label = chance(dice, 30);
            cell.label = label ? any_label(dice) : GS_LABEL_FLOW;
            add_cell(dice, cell,
                    head || label ? roll(dice, 1, 6) : text_length(dice));
        }
    }
}

/* --- nested groups ----------------------------------------------------------------- */

/* Labels in column `column` over rows [first, end), and what they hold. */
static void fill_nested(
        struct dice *dice, size_t first, size_t end, size_t column)
{
    size_t columns = dice->plan->columns->len;
    if (column >= columns) {
        return;
    }
    bool label = column + 1 < columns && column < 3;
    for (size_t row = first, next; row < end; row = next) {
        next = label ? row + (size_t)roll(dice, 1, (int)(end - row)) : row + 1;
        struct plan_cell cell = {
                row, column, next - row, 1, GS_LABEL_FLOW, GS_VALIGN_TOP, NULL};
        if (label && chance(dice, 80)) {
            cell.label = any_label(dice);
        }
        add_cell(dice, cell, label ? roll(dice, 1, 5) : text_length(dice));
        fill_nested(dice, row, next, column + 1);
    }
}

/* --- the table --------------------------------------------------------------------- */

static void add_group(struct dice *dice, enum gs_group_kind kind, int rows)
{
    struct plan *plan = dice->plan;
    size_t first = plan->rows->len;
    plan_add_group(plan, kind,
            kind == GS_GROUP_HEAD ? (enum gs_repeat)roll(dice, 0, 2)
                                  : GS_REPEAT_NONE);
    for (int i = 0; i < rows; i++) {
        struct plan_row *row = plan_add_row(plan);
        row->keep = (chance(dice, 10) ? GS_KEEP_NEXT : 0u) |
                (chance(dice, 10) ? GS_KEEP_TOGETHER : 0u);
        row->strength = (enum gs_strength)roll(
                dice, GS_STRENGTH_WEAK, GS_STRENGTH_STRONG);
        row->height = chance(dice, 15) ? GS_PT(roll(dice, 10, 80)) : 0;
        row->break_before = kind == GS_GROUP_BODY && i > 0 && chance(dice, 3);
    }
    if (kind == GS_GROUP_BODY && chance(dice, 35)) {
        fill_nested(dice, first, plan->rows->len, 0);
    } else {
        fill_grid(dice, first, plan->rows->len, kind == GS_GROUP_HEAD);
    }
}

static void add_columns(struct dice *dice)
{
    int count = roll(dice, 1, MAX_COLUMNS);
    for (int i = 0; i < count; i++) {
        struct gs_column column = {
                .kind = GS_COLUMN_SHARE, .weight = roll(dice, 1, 3)};
        g_array_append_val(dice->plan->columns, column);
    }
}

/* Last, so that the tables are what they are without. */
static void add_around(struct dice *dice)
{
    struct plan *plan = dice->plan;
    if (chance(dice, 50)) {
        return;
    }
    for (unsigned flag = PLAN_CAPTION; flag <= PLAN_GOES_ON; flag <<= 1) {
        plan->around |= chance(dice, 40) ? flag : 0;
    }
    plan->fill = chance(dice, 40) ? GS_PT(roll(dice, 8, 40)) : 0;
    for (size_t i = 0; i < plan->rows->len; i++) {
        struct plan_row *row = plan_row(plan, i);
        row->clip = row->height > 0 && chance(dice, 40);
    }
}

struct plan *random_plan(guint32 seed)
{
    struct plan *plan = plan_new();
    struct dice dice = {g_rand_new_with_seed(seed), plan};
    plan->width = GS_PT(roll(&dice, 120, 400));
    plan->height = GS_PT(roll(&dice, 80, 400));
    plan->line = GS_PT(13);
    plan->padding = GS_PT(roll(&dice, 0, 4));
    plan->gap = GS_PT(2);
    plan->orphans = chance(&dice, 30) ? 2 : 1;
    plan->widows = chance(&dice, 30) ? 2 : 1;
    plan->before = chance(&dice, 30) ? (unsigned)roll(&dice, 1, 6) : 0;
    add_columns(&dice);
    if (chance(&dice, 60)) {
        add_group(&dice, GS_GROUP_HEAD, roll(&dice, 1, 3));
    }
    add_group(&dice, GS_GROUP_BODY, roll(&dice, 1, MAX_ROWS - 3));
    if (chance(&dice, 10)) {
        add_group(&dice, GS_GROUP_HEAD, roll(&dice, 1, 2));
        add_group(&dice, GS_GROUP_BODY, roll(&dice, 1, MAX_ROWS / 2));
    }
    if (chance(&dice, 20)) {
        add_group(&dice, GS_GROUP_FOOT, roll(&dice, 1, 2));
    }
    add_around(&dice);
    g_rand_free(dice.random);
    return plan;
}
