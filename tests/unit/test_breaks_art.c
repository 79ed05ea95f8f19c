/*
 * Hard page breaks as drawings: every tests/golden/breaks/NN-name.txt describes
 * a table and, below a line of equals signs, draws the pages it must come to.
 *
 * The drawings are written by hand, from the rules.  ONLY=07 looks at one;
 * DRAW=1 prints what came out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/layout.h"
#include "support/page_art.h"
#include "support/plan_read.h"
#include "support/fonts_fixture.h"
#include "text/fonts.h"

#define LEAST_GOLDENS 60

static char *golden_path(const char *name)
{
    const char *source = getenv("TESTS_SOURCE_DIR");
    return g_build_filename(
            source != NULL ? source : "tests", "golden", "breaks", name, NULL);
}

/* What was reported, one line each, after the pages. */
static void draw_diagnostics(const struct gs_diag *diag, GString *out)
{
    for (size_t i = 0; i < gs_diag_count(diag); i++) {
        g_string_append_printf(out, "%sreported: %s\n", i == 0 ? "\n" : "",
                gs_diag_entry(diag, i).name);
    }
}

static char *draw(const struct plan *plan)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new();
    GString *out = g_string_new("");
    const struct gs_pages *pages =
            gs_layout(arena, plan_doc(plan, arena), fonts, diag);
    if (pages != NULL) {
        page_art_draw(arena, pages, PLAN_LINE, out);
    } else {
        g_string_append(out, "no pages\n");
    }
    draw_diagnostics(diag, out);
    gs_diag_free(diag);
    gs_arena_free(arena);
    return g_string_free(out, FALSE);
}

/* Whether one golden is as drawn; prints both drawings where not. */
static bool check_golden(const char *name)
{
    char *path = golden_path(name), *text = NULL, *error = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *line = strstr(text, "\n====\n");
    if (line == NULL) {
        fail_msg("%s: no line of four equals signs", name);
        return false;
    }
    *line = '\0';
    const char *expected = line + strlen("\n====\n");
    struct plan *plan = plan_read(text, &error);
    if (plan == NULL) {
        fail_msg("%s: %s", name, error);
        return false;
    }
    char *actual = draw(plan);
    bool same = strcmp(expected, actual) == 0;
    if (getenv("DRAW") != NULL) {
        printf("%s\n%s\n", name, actual);
    } else if (!same) {
        fprintf(stderr, "--- %s: expected\n%s--- but got\n%s\n", name, expected,
                actual);
    }
    g_free(actual);
    plan_free(plan);
    g_free(text);
    g_free(path);
    return same;
}

static void pages_are_as_drawn(void **state)
{
    (void)state;
    const char *only = getenv("ONLY");
    char *folder = golden_path(NULL);
    GDir *dir = g_dir_open(folder, 0, NULL);
    assert_non_null(dir);
    size_t count = 0, wrong = 0;
    for (const char *name; (name = g_dir_read_name(dir)) != NULL;) {
        if (!g_str_has_suffix(name, ".txt") ||
                (only != NULL && !g_str_has_prefix(name, only))) {
            continue;
        }
        count++;
        wrong += !check_golden(name);
    }
    g_dir_close(dir);
    g_free(folder);
    if (wrong > 0) {
        fail_msg("%zu of %zu are not as drawn", wrong, count);
    }
    assert_true(only != NULL || count >= LEAST_GOLDENS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(pages_are_as_drawn),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
