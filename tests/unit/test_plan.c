/*
 * The tools of the property tests: a plan printed as layout and data comes to
 * the same pages; the shrinker finds the smallest table that fails.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/layout.h"
#include "support/bind_dump.h"
#include "support/page_check.h"
#include "support/random_plan.h"
#include "support/shrink.h"
#include "support/fonts_fixture.h"
#include "text/fonts.h"

static char *dump_doc(struct gs_arena *arena, const struct gs_doc *doc)
{
    struct gs_diag *diag = gs_diag_new();
    const struct gs_pages *pages = gs_layout(arena, doc, fonts, diag);
    GString *dump = g_string_new(NULL);
    if (pages != NULL) {
        page_dump(pages, 0, 0, dump);
    }
    gs_diag_free(diag);
    return g_string_free(dump, FALSE);
}

static void prints_what_it_lays_out(void **state)
{
    (void)state;
    for (guint32 seed = 1; seed <= 100; seed++) {
        struct plan *plan = random_plan(seed);
        plan->around &= PLAN_CAPTION; /* in print, totals are a number alone */
        GString *layout = g_string_new(NULL), *data = g_string_new(NULL);
        plan_print(plan, layout, data);
        struct bind_run run = bind_strings(layout->str, data->str, NULL);
        assert_non_null(run.doc);
        char *printed = dump_doc(run.arena, run.doc);
        char *direct = dump_doc(run.arena, plan_doc(plan, run.arena));
        assert_string_equal(printed, direct);
        g_free(printed);
        g_free(direct);
        bind_free(&run);
        g_string_free(layout, TRUE);
        g_string_free(data, TRUE);
        plan_free(plan);
    }
}

/* --- shrinking -------------------------------------------------------------------- */

/* Whether a cell over three rows says 国 beside a row kept with the next. */
static bool fails(const struct plan *plan, void *user)
{
    size_t *calls = user;
    (*calls)++;
    for (size_t i = 0; i < plan->cells->len; i++) {
        const struct plan_cell *cell = plan_cell(plan, i);
        if (cell->row_span >= 3 && strstr(cell->text, "国") != NULL &&
                (plan_row(plan, cell->row + 1)->keep & GS_KEEP_NEXT) != 0) {
            return true;
        }
    }
    return false;
}

static void shrinks_to_the_smallest(void **state)
{
    (void)state;
    size_t calls = 0, found = 0;
    for (guint32 seed = 1; seed <= 200; seed++) {
        struct plan *plan = random_plan(seed);
        if (fails(plan, &calls)) {
            found++;
            struct plan *small = shrink(plan, fails, &calls);
            assert_true(fails(small, &calls));
            assert_int_equal(small->rows->len, 3);
            assert_int_equal(small->columns->len, 1);
            assert_int_equal(small->cells->len, 1);
            assert_true(g_str_has_suffix(plan_cell(small, 0)->text, "国"));
            assert_int_equal(plan_row(small, 0)->keep, 0);
            assert_int_equal(plan_row(small, 1)->keep, GS_KEEP_NEXT);
            assert_int_equal(small->before, 0);
            plan_free(small);
        }
        plan_free(plan);
    }
    assert_true(found > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(prints_what_it_lays_out),
            cmocka_unit_test(shrinks_to_the_smallest),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
