/*
 * Tables at random: grids of any spans, and forms as offices draw them, with
 * labels over labels over rows.
 */
#ifndef GS_TESTS_SUPPORT_RANDOM_PLAN_H
#define GS_TESTS_SUPPORT_RANDOM_PLAN_H

#include "support/plan.h"

/* One seed, one plan. */
struct plan *random_plan(guint32 seed);

#endif
