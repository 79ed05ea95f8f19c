/*
 * Random ledgers over pages: the totals of every page are those of the rows that
 * end on it, and the rows of pages stand where they should.
 *
 * Every ledger comes from a seed; SEED=n and COUNT=n in the environment replay
 * one or run more, DUMP=1 prints the layout and the data.
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
#include "base/decimal.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "model/doc.h"
#include "support/bind_dump.h"
#include "support/fonts_fixture.h"
#include "text/fonts.h"

#define MARGIN GS_PT(20)

/* What a ledger has, of which the test knows what to expect. */
struct ledger {
    guint seed;
    GRand *random;
    int height; /* of the page's room, pt */
    bool head, later, all, pages, foot;
    int fill; /* pt; 0: none */
};

static int roll(struct ledger *ledger, int low, int high)
{
    return g_rand_int_range(ledger->random, low, high + 1);
}

static bool chance(struct ledger *ledger, int percent)
{
    return roll(ledger, 1, 100) <= percent;
}

/* --- making ------------------------------------------------------------------- */

static void add_rows(GString *layout, const char *begin, const char *label,
        const char *scope, const char *end)
{
    g_string_append_printf(layout,
            "%s<row><td>%s</td><td><total of='amount' scope='%s' "
            "format='amount2'/></td></row>%s",
            begin, label, scope, end);
}

/* A row of 1 to 8 lines, now and then of more than a page. */
static void add_entry(struct ledger *ledger, GString *layout)
{
    static const char *const keeps[] = {"none", "next", "together", "both"};
    int length = chance(ledger, 3) ? roll(ledger, 300, 900)
                                   : roll(ledger, 1, 60);
    g_string_append(layout, "<row");
    if (chance(ledger, 5)) {
        g_string_append(layout, " break='before'");
    }
    if (chance(ledger, 15)) {
        g_string_append_printf(layout, " height='%dpt'", roll(ledger, 5, 60));
    }
    g_string_append_printf(layout, " keep='%s'><td>",
            keeps[chance(ledger, 20) ? roll(ledger, 1, 3) : 0]);
    for (int i = 0; i < length; i++) {
        g_string_append(layout, "款");
    }
    g_string_append_printf(layout,
            "</td><td sum='amount'>{'%s%d.%02d'}</td></row>",
            chance(ledger, 15) ? "-" : "", roll(ledger, 0, 99999),
            roll(ledger, 0, 99));
}

static char *make_layout(struct ledger *ledger)
{
    GString *layout = g_string_new(
            "<layout xmlns='urn:gongshi:layout:1' name='test' lang='zh-CN'>");
    ledger->height = roll(ledger, 90, 400);
    ledger->head = chance(ledger, 60);
    ledger->later = chance(ledger, 60);
    ledger->all = chance(ledger, 60);
    ledger->pages = chance(ledger, 60);
    ledger->foot = chance(ledger, 60);
    ledger->fill = chance(ledger, 40) ? roll(ledger, 10, 40) : 0;
    g_string_append_printf(layout,
            "<page name='p' size='%dpt %dpt' margin='20pt'/><body>"
            "<table columns='1* auto' size='10pt' line='13pt' padding='2pt'",
            roll(ledger, 180, 300) + 40, ledger->height + 40);
    if (ledger->fill > 0) {
        g_string_append_printf(layout, " fill='%dpt'", ledger->fill);
    }
    g_string_append(layout, ">");
    if (ledger->head) {
        g_string_append(layout,
                "<head><row><th>摘要</th><th>金额</th></row></head>");
    }
    if (ledger->later) {
        add_rows(layout, "<head repeat='later'>", "承前页", "brought",
                "</head>");
    }
    int rows = roll(ledger, 1, 60);
    for (int i = 0; i < rows; i++) {
        add_entry(ledger, layout);
    }
    if (ledger->all) {
        add_rows(layout, "<foot repeat='all'>", "小计", "page", "</foot>");
    }
    if (ledger->pages) {
        add_rows(layout, "<foot repeat='pages'>", "转次页", "so-far",
                "</foot>");
    }
    if (ledger->foot) {
        add_rows(layout, "<foot>", "合计", "so-far", "</foot>");
    }
    g_string_append(layout, "</table></body></layout>");
    return g_string_free(layout, FALSE);
}

/* --- checking ------------------------------------------------------------------ */

#define CHECK(ledger, condition)                                               \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fail_msg("seed %u: %s", (ledger)->seed, #condition);               \
        }                                                                      \
    } while (0)

struct sums {
    struct gs_decimal page, so_far;
};

static struct gs_decimal plus(struct gs_decimal a, const char *text)
{
    struct gs_decimal b = {0}, sum = {0};
    assert_true(gs_decimal_parse(text, &b));
    assert_true(gs_decimal_add(a, b, &sum));
    return sum;
}

static void cell_says(struct ledger *ledger, struct gs_arena *arena,
        const struct gs_frag_row *row, struct gs_decimal value)
{
    struct gs_decimal rounded = {0};
    assert_true(gs_decimal_round(value, 2, &rounded));
    const char *expected = gs_decimal_format(arena, rounded, false);
    CHECK(ledger, row->cell_count == 2 && row->cells[1].line_count == 1);
    if (strcmp(row->cells[1].lines[0].line->text, expected) != 0) {
        fail_msg("seed %u: %s instead of %s", ledger->seed,
                row->cells[1].lines[0].line->text, expected);
    }
}

static bool is_labelled(const struct gs_frag_row *row, const char *label)
{
    return row->cell_count == 2 && row->cells[0].line_count == 1
            && strcmp(row->cells[0].lines[0].line->text, label) == 0;
}

/* The rows of a page of one label: there is one, saying `value`, or none. */
static void check_labelled(struct ledger *ledger, struct gs_arena *arena,
        const struct gs_frag_table *part, const char *label, bool wanted,
        struct gs_decimal value)
{
    size_t count = 0;
    for (size_t i = 0; i < part->row_count; i++) {
        if (is_labelled(&part->rows[i], label)) {
            count++;
            cell_says(ledger, arena, &part->rows[i], value);
        }
    }
    CHECK(ledger, count == (wanted ? 1 : 0));
}

/* Adds the rows of the table that end here, by their text. */
static void add_up(struct ledger *ledger, const struct gs_frag_table *part,
        struct sums *sums)
{
    sums->page = (struct gs_decimal){0};
    for (size_t i = 0; i < part->row_count; i++) {
        const struct gs_frag_row *row = &part->rows[i];
        CHECK(ledger, !row->of_page || row->repeated);
        if (row->repeated || row->group != GS_GROUP_BODY
                || row->part < row->of) {
            continue;
        }
        const struct gs_cell *cell = &part->table->rows[row->index].cells[1];
        const char *text = cell->blocks[0].u.para.runs[0].text;
        sums->page = plus(sums->page, text);
        sums->so_far = plus(sums->so_far, text);
    }
}

/* The rows lie one under the other and fill the part; it stays in the page. */
static void check_place(struct ledger *ledger, const struct gs_frag_block *block)
{
    const struct gs_frag_table *part = block->table;
    gs_len y = block->rect.y, bottom = MARGIN + GS_PT(ledger->height);
    bool has_body = false; /* a foot alone is not filled */
    for (size_t i = 0; i < part->row_count; i++) {
        CHECK(ledger, part->rows[i].y == y);
        y += part->rows[i].height;
        has_body = has_body
                || (part->rows[i].group == GS_GROUP_BODY
                        && !part->rows[i].repeated);
    }
    CHECK(ledger, y == block->rect.y + block->rect.height);
    CHECK(ledger, y <= bottom);
    bool ends = block->part == block->of;
    CHECK(ledger,
            !ends || ledger->fill == 0 || !has_body
                    || bottom - y < GS_PT(ledger->fill));
}

static void check_pages(struct ledger *ledger, struct gs_arena *arena,
        const struct gs_pages *pages)
{
    struct sums sums = {{0}, {0}};
    for (size_t i = 0; i < pages->count; i++) {
        CHECK(ledger, pages->pages[i].block_count == 1);
        const struct gs_frag_block *block = &pages->pages[i].blocks[0];
        const struct gs_frag_table *part = block->table;
        bool ends = i + 1 == pages->count;
        struct gs_decimal brought = sums.so_far;
        add_up(ledger, part, &sums);
        check_place(ledger, block);
        check_labelled(ledger, arena, part, "承前页", ledger->later && i > 0,
                brought);
        check_labelled(
                ledger, arena, part, "小计", ledger->all, sums.page);
        check_labelled(ledger, arena, part, "转次页",
                ledger->pages && !ends, sums.so_far);
        check_labelled(ledger, arena, part, "合计", ledger->foot && ends,
                sums.so_far);
    }
}

/* --- running ------------------------------------------------------------------- */

/* Refusing is right only where page rows leave no room for a line. */
static void check_refusal(struct ledger *ledger, const struct gs_diag *diag)
{
    CHECK(ledger, gs_diag_errors(diag) > 0);
    for (size_t i = 0; i < gs_diag_count(diag); i++) {
        enum gs_diag_id id = gs_diag_entry(diag, i).id;
        if (id != GS_DIAG_BLOCK_TOO_TALL && id != GS_DIAG_KEEP_BROKEN
                && id != GS_DIAG_HEAD_TOO_TALL) {
            fail_msg("seed %u: %s", ledger->seed,
                    gs_diag_entry(diag, i).message);
        }
    }
    CHECK(ledger, ledger->height < 140);
}

static void run(guint seed)
{
    struct ledger ledger = {
            .seed = seed, .random = g_rand_new_with_seed(seed)};
    char *layout = make_layout(&ledger);
    if (getenv("DUMP") != NULL) {
        printf("%s\n", layout);
    }
    struct bind_run bound = bind_strings(layout, "<data/>", NULL);
    CHECK(&ledger, bound.doc != NULL);
    const struct gs_pages *pages =
            gs_layout(bound.arena, bound.doc, fonts, bound.diag);
    if (pages == NULL) {
        check_refusal(&ledger, bound.diag);
    } else {
        check_pages(&ledger, bound.arena, pages);
    }
    bind_free(&bound);
    g_free(layout);
    g_rand_free(ledger.random);
}

static void every_page_adds_up(void **state)
{
    (void)state;
    const char *seed = getenv("SEED"), *count = getenv("COUNT");
    guint first = seed != NULL ? (guint)strtoul(seed, NULL, 10) : 1;
    guint runs = count != NULL ? (guint)strtoul(count, NULL, 10)
            : seed != NULL     ? 1
                               : 500;
    for (guint i = 0; i < runs; i++) {
        run(first + i);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_page_adds_up)};
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
