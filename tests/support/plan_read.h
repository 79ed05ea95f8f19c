/*
 * Reads a plan from the top of a golden in tests/golden/breaks: the language is
 * described in the README there.
 */
#ifndef GS_TESTS_SUPPORT_PLAN_READ_H
#define GS_TESTS_SUPPORT_PLAN_READ_H

#include "support/plan.h"

/* Lines of text are so high. */
#define PLAN_LINE GS_PT(12)

/* NULL where a line is not understood: *error then says which; g_free() it. */
struct plan *plan_read(const char *text, char **error);

#endif
