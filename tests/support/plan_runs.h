/*
 * Runs a check over random tables: SEED=n in the environment replays one, COUNT=n
 * takes more or fewer.  A table that fails is made as small as it can be while it
 * fails alike, and printed as a layout and its data.
 */
#ifndef GS_TESTS_SUPPORT_PLAN_RUNS_H
#define GS_TESTS_SUPPORT_PLAN_RUNS_H

#include <stddef.h>

struct plan;

/* What is wrong with a plan, up to a colon its kind, to be freed; NULL: nothing. */
typedef char *plan_check(const struct plan *plan);

/* `dump` shows the pages of a plan that fails; the result is freed. */
void plan_runs(plan_check *check, char *(*dump)(const struct plan *plan),
        unsigned count);

#endif
