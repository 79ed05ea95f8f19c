/*
 * Random tables over pages: nothing lost, nothing doubled, nothing overlapping.
 * Replayed by seed, and made smaller where they fail: support/plan_runs.h.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "support/page_check.h"
#include "support/structure_check.h"
#include "support/fonts_fixture.h"
#include "support/plan.h"
#include "support/plan_runs.h"
#include "text/fonts.h"

#define RUNS 1500

/* --- laying out --------------------------------------------------------------- */

struct run {
    struct gs_arena *arena;
    struct gs_diag *diag;
    const struct gs_doc *doc;
    const struct gs_pages *pages; /* or NULL */
};

static struct run run_plan(const struct plan *plan)
{
    struct run run = {.arena = gs_arena_new(), .diag = gs_diag_new()};
    run.doc = plan_doc(plan, run.arena);
    run.pages = gs_layout(run.arena, run.doc, fonts, run.diag);
    return run;
}

static void free_run(struct run *run)
{
    gs_diag_free(run->diag);
    gs_arena_free(run->arena);
}

/* The table as it stands on the pages of a plan from `first` on. */
static char *dump_plan(const struct plan *plan, size_t first, gs_len lift)
{
    struct run run = run_plan(plan);
    GString *dump = g_string_new(NULL);
    if (run.pages != NULL) {
        page_dump(run.pages, first, lift, dump);
    }
    free_run(&run);
    return g_string_free(dump, FALSE);
}

/* --- checks of more than one run --------------------------------------------------- */

static char *compare(char *one, char *other, const char *failure)
{
    bool same = strcmp(one, other) == 0;
    g_free(one);
    g_free(other);
    return same ? NULL : g_strdup(failure);
}

static char *check_again(const struct plan *plan)
{
    return compare(dump_plan(plan, 0, 0), dump_plan(plan, 0, 0),
            "laid out twice, two results");
}

/* Text on pages before the table changes nothing; nor does text above it on a
 * page that is so much higher, where the table stays on one. */
static char *check_block_before(const struct plan *plan, bool one_page)
{
    struct plan *bare = plan_copy(plan), *with = plan_copy(plan);
    bare->before = 0;
    with->before = 1;
    with->page_break = true;
    char *failure = compare(dump_plan(bare, 0, 0), dump_plan(with, 1, 0),
            "a page before the table changes it");
    if (failure == NULL && one_page) {
        with->before = 2;
        with->page_break = false;
        with->height += 2 * plan->line;
        failure = compare(dump_plan(bare, 0, 0),
                dump_plan(with, 0, 2 * plan->line),
                "text above the table changes it");
    }
    plan_free(bare);
    plan_free(with);
    return failure;
}

/*
 * Refusing is right only with a reason: a page too small for a line and the
 * padding of its cell, or a column narrower than a character.
 */
static char *check_refusal(const struct plan *plan, const struct run *run)
{
    if (gs_diag_errors(run->diag) == 0) {
        return g_strdup("refused without a reason");
    }
    for (size_t i = 0; i < gs_diag_count(run->diag); i++) {
        struct gs_diag_entry entry = gs_diag_entry(run->diag, i);
        bool crowded = plan->around != 0 && plan->height < GS_PT(200) &&
                (entry.id == GS_DIAG_BLOCK_TOO_TALL ||
                        entry.id == GS_DIAG_CAPTION_TOO_TALL);
        if (entry.id != GS_DIAG_KEEP_BROKEN &&
                entry.id != GS_DIAG_HEAD_TOO_TALL &&
                entry.id != GS_DIAG_OVERFULL &&
                entry.id != GS_DIAG_TEXT_CLIPPED &&
                entry.id != GS_DIAG_SPLIT_WORD && !crowded) {
            return g_strdup_printf("refused: %s", entry.name);
        }
    }
    return NULL;
}

/* --- one plan ---------------------------------------------------------------------- */

/* What is wrong with the pages of a plan; NULL: nothing. */
static char *check_plan(const struct plan *plan)
{
    struct run run = run_plan(plan);
    if (run.pages == NULL) {
        char *failure = check_refusal(plan, &run);
        free_run(&run);
        return failure;
    }
    bool one_page = run.pages->count == 1;
    char *failure = page_check(run.arena, plan, run.doc, run.pages, run.diag);
    /* What else a page could hold is not known with rows around it. */
    if (failure == NULL && plan->around == 0 && plan->fill == 0) {
        failure = page_check_keeps(plan, fonts, run.pages);
    }
    if (failure == NULL) {
        failure = structure_check(run.pages, plan_table(run.doc), 0);
    }
    if (failure == NULL && !one_page) { /* some of the pages alone */
        failure = structure_check(
                run.pages, plan_table(run.doc), run.pages->count / 2);
    }
    free_run(&run);
    if (failure == NULL) {
        failure = check_again(plan);
    }
    if (failure == NULL) {
        failure = check_block_before(plan, one_page);
    }
    return failure;
}

static char *dump_pages(const struct plan *plan)
{
    return dump_plan(plan, 0, 0);
}

static void nothing_is_lost(void **state)
{
    (void)state;
    plan_runs(check_plan, dump_pages, RUNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
