/*
 * Search, as balance-search.h describes it.
 */
#include "layout/balance-search.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "layout/balance-sample.h"
#include "layout/context.h"
#include "layout/grid.h"

/* Tries to narrow every column; most tables settle in two or three. */
#define SWEEPS_MAX 4

/* Steps that columns get together, and what that makes the value smaller. */
struct move {
    size_t *steps; /* by column */
    size_t sum;
    gs_len gain;
};

struct search {
    struct gs_balance_sample *sample;
    size_t left; /* steps not given */
    struct gs_balance_heights now, then;
    struct move trial, best;
};

/* --- moves: steps for all that keeps a row at its height ------------------------ */

static void clear(const struct gs_balance_sample *sample, struct move *move)
{
    memset(move->steps, 0, sample->grid->columns * sizeof *move->steps);
    move->sum = 0;
}

/* Adds what makes a cell lower than `height`; false when nothing does. */
static bool lower_cell(const struct search *search,
        const struct gs_balance_cell *cell, gs_len height, struct move *move)
{
    const struct gs_balance_sample *sample = search->sample;
    size_t has = gs_balance_steps_of(cell, sample->given);
    size_t wants = has, balanced = 0;
    while (gs_balance_height_at(cell, wants) >= height) {
        if (++wants >= cell->trial.count) {
            return false;
        }
    }
    for (size_t i = 0; i < cell->column_span; i++) {
        balanced += sample->balanced[cell->column + i];
    }
    size_t lack = wants
            - MIN(wants, has + gs_balance_steps_of(cell, move->steps));
    for (size_t i = cell->column; lack > 0; i++) {
        if (sample->balanced[i]) {
            size_t share = (lack + balanced - 1) / balanced;
            balanced--;
            move->steps[i] += share;
            move->sum += share;
            lack -= share;
        }
    }
    return move->sum <= search->left;
}

static bool lower_row(const struct search *search,
        const struct gs_balance_row *row, struct move *move)
{
    const struct gs_balance_sample *sample = search->sample;
    gs_len height = gs_balance_row_height(sample, row);
    clear(sample, move);
    for (size_t i = row->first; i < row->end; i++) {
        const struct gs_balance_cell *cell = &sample->cells[i];
        if (gs_balance_cell_height(sample, cell) == height
                && !lower_cell(search, cell, height, move)) {
            return false;
        }
    }
    return height > row->least && move->sum > 0;
}

static void apply(struct search *search, const struct move *move)
{
    for (size_t i = 0; i < search->sample->grid->columns; i++) {
        search->sample->given[i] += move->steps[i];
    }
    search->left -= move->sum;
}

static void take_back(struct search *search, const struct move *move)
{
    for (size_t i = 0; i < search->sample->grid->columns; i++) {
        search->sample->given[i] -= move->steps[i];
    }
    search->left += move->sum;
}

/* Takes the move at hand for the best if it gains more for each step. */
static void weigh(struct search *search)
{
    struct move *move = &search->trial, *best = &search->best;
    apply(search, move);
    gs_balance_work_out(search->sample, &search->then);
    take_back(search, move);
    move->gain = search->now.value - search->then.value;
    if (move->gain > 0
            && (best->gain == 0
                    || move->gain * (gs_len)best->sum
                            > best->gain * (gs_len)move->sum)) {
        struct move other = *best;
        *best = *move;
        *move = other;
    }
}

/* The best move there is; false when none makes the table shorter. */
static bool find_best(struct search *search)
{
    const struct gs_balance_sample *sample = search->sample;
    search->best.gain = 0;
    for (size_t i = 0; i < sample->row_count; i++) {
        if (lower_row(search, &sample->rows[i], &search->trial)) {
            weigh(search);
        }
    }
    for (size_t i = sample->merged_first; i < sample->cell_count; i++) {
        const struct gs_balance_cell *cell = &sample->cells[i];
        clear(sample, &search->trial);
        if (search->now.lack[i]
                && lower_cell(search, cell,
                        gs_balance_cell_height(sample, cell), &search->trial)
                && search->trial.sum > 0) {
            weigh(search);
        }
    }
    return search->best.gain > 0;
}

static void spend(struct search *search)
{
    gs_balance_work_out(search->sample, &search->now);
    while (search->left > 0 && find_best(search)) {
        apply(search, &search->best);
        gs_balance_work_out(search->sample, &search->now);
    }
}

/* --- the choice ------------------------------------------------------------------ */

/* Takes back the steps of a column that make no difference by now. */
static void trim(struct search *search, size_t column)
{
    size_t *given = &search->sample->given[column];
    gs_len value = search->now.value;
    while (*given > 0) {
        --*given;
        gs_balance_work_out(search->sample, &search->then);
        if (search->then.value > value) {
            ++*given;
            return;
        }
        search->left++;
    }
}

/* Whether others use steps of a column better; if not, all stays as it was. */
static bool try_narrower(struct search *search, size_t column, size_t steps)
{
    struct gs_balance_sample *sample = search->sample;
    size_t size = sample->grid->columns * sizeof *sample->given;
    size_t *given = g_memdup2(sample->given, size);
    size_t left = search->left;
    gs_len value = search->now.value;
    sample->given[column] -= steps;
    search->left += steps;
    spend(search);
    bool better = search->now.value < value;
    if (!better) {
        memcpy(sample->given, given, size);
        search->left = left;
        gs_balance_work_out(sample, &search->now);
    }
    g_free(given);
    return better;
}

static bool sweep(struct search *search)
{
    bool better = false;
    for (size_t i = 0; i < search->sample->grid->columns; i++) {
        for (size_t steps = 1; steps <= search->sample->given[i]; steps *= 2) {
            better = try_narrower(search, i, steps) || better;
        }
    }
    return better;
}

void gs_balance_search(struct gs_balance_sample *sample, size_t steps)
{
    struct gs_arena *arena = sample->context->arena;
    size_t columns = sample->grid->columns;
    struct search search = {
            .sample = sample,
            .left = steps,
            .now = gs_balance_heights_make(sample),
            .then = gs_balance_heights_make(sample),
            .trial.steps = GS_MAKE_ARRAY(arena, size_t, columns),
            .best.steps = GS_MAKE_ARRAY(arena, size_t, columns),
    };
    spend(&search);
    for (int i = 0; i < SWEEPS_MAX && sweep(&search); i++) {
    }
    for (size_t i = 0; i < columns; i++) {
        trim(&search, i);
    }
}
