/*
 * Makes a failing table smaller while it fails: fewer rows, columns, spans,
 * words and wishes.
 */
#ifndef GS_TESTS_SUPPORT_SHRINK_H
#define GS_TESTS_SUPPORT_SHRINK_H

#include "support/plan.h"

/*
 * `fails` says whether a plan still shows the failure.  The result is a new
 * plan of which no single step makes a smaller one that fails.
 */
struct plan *shrink(const struct plan *plan,
        bool (*fails)(const struct plan *plan, void *user), void *user);

#endif
