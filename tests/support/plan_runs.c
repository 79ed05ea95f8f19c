#include "support/plan_runs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/plan.h"
#include "support/random_plan.h"
#include "support/shrink.h"

struct failing {
    plan_check *check;
    char *failure;
};

/* The same kind of failure: up to the colon, after which come places. */
static bool fails_alike(const struct plan *plan, void *user)
{
    const struct failing *failing = user;
    const char *failure = failing->failure;
    char *now = failing->check(plan);
    bool alike = now != NULL &&
            strncmp(now, failure, strcspn(failure, ":") + 1) == 0;
    g_free(now);
    return alike;
}

/* print_error() of cmocka ends after 1024 bytes. */
static void explain(const struct plan *plan, struct failing *failing,
        char *(*dump)(const struct plan *))
{
    struct plan *small = shrink(plan, fails_alike, failing);
    GString *layout = g_string_new(NULL), *data = g_string_new(NULL);
    plan_print(small, layout, data);
    char *pages = dump(small), *now = failing->check(small);
    fprintf(stderr, "%s\n--- layout.xml\n%s--- data.xml\n%s--- pages\n%s\n",
            now, layout->str, data->str, pages);
    g_free(now);
    g_free(pages);
    g_string_free(layout, TRUE);
    g_string_free(data, TRUE);
    plan_free(small);
}

void plan_runs(plan_check *check, char *(*dump)(const struct plan *plan),
        unsigned count)
{
    const char *seed = getenv("SEED"), *more = getenv("COUNT");
    guint first = seed != NULL ? (guint)strtoul(seed, NULL, 10) : 1;
    guint runs = more != NULL ? (guint)strtoul(more, NULL, 10)
            : seed != NULL    ? 1
                              : count;
    for (guint i = 0; i < runs; i++) {
        struct plan *plan = random_plan(first + i);
        struct failing failing = {check, check(plan)};
        if (failing.failure != NULL) {
            explain(plan, &failing, dump);
            fail_msg("seed %u: %s", first + i, failing.failure);
        }
        plan_free(plan);
    }
}
