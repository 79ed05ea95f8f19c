/*
 * The ledger on pages that were tampered with: what is lost, doubled or mixed up
 * is found, what is drawn again on purpose is not counted.
 *
 * The document is a paragraph of two lines, a table of two cells and a contents
 * list; its pages are made by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "layout/fragment.h"
#include "layout/ledger.h"
#include "model/doc.h"

static const struct gs_source layout = {"layout.xml", NULL, 0};

struct fixture {
    struct gs_arena *arena;
    struct gs_diag *diag;
    /* The document. */
    struct gs_run prose[2], label, value, number, entry;
    struct gs_block in_cells[2], body[3];
    struct gs_cell cells[2];
    struct gs_row row;
    struct gs_table table;
    struct gs_section section;
    struct gs_doc doc;
    /* Its pages: the table's part on page 2 has its label drawn again. */
    struct gs_frag_line lines[2][8], label_line, value_lines[2], label_again;
    struct gs_frag_cell parts[2][2];
    struct gs_frag_row rows[2];
    struct gs_frag_table tables[2];
    struct gs_frag_block blocks[2][3], footer[2];
    struct gs_page page[2];
    struct gs_pages pages;
};

static struct gs_run text_run(const char *text, const char *path)
{
    return (struct gs_run){
            .kind = GS_RUN_TEXT,
            .text = text,
            .size = strlen(text),
            .origin = {{&layout, 7, 3}, path},
    };
}

/* A line of which every part is a glyph run of its own. */
static struct gs_frag_line line_of(struct fixture *f, size_t count,
        const struct gs_run *const *sources, const char *const *texts)
{
    struct gs_glyph_run *runs =
            GS_MAKE_ARRAY(f->arena, struct gs_glyph_run, count);
    for (size_t i = 0; i < count; i++) {
        runs[i].text = texts[i];
        runs[i].text_size = strlen(texts[i]);
        runs[i].source = sources[i];
    }
    struct gs_line *line = GS_MAKE(f->arena, struct gs_line);
    line->runs = runs;
    line->run_count = count;
    return (struct gs_frag_line){.line = line};
}

static struct gs_frag_line line(
        struct fixture *f, const struct gs_run *source, const char *text)
{
    return line_of(f, 1, (const struct gs_run *const[]){source},
            (const char *const[]){text});
}

static struct gs_block para_of(struct gs_run *runs, size_t count)
{
    return (struct gs_block){.kind = GS_BLOCK_PARA,
            .u.para = {.runs = runs, .run_count = count}};
}

static void make_doc(struct fixture *f)
{
    f->prose[0] = text_run("预算执行 情况良好", "/unit/prose");
    f->prose[1] = text_run("（2022年度）", "/unit/year");
    f->label = text_run("绩效", "/unit/label");
    f->value = text_run("百分之九十五", "/unit/value");
    f->number = (struct gs_run){.kind = GS_RUN_PAGE_NUMBER};
    f->entry = text_run("预算执行", "/toc");
    f->body[0] = para_of(f->prose, 2);
    f->in_cells[0] = para_of(&f->label, 1);
    f->in_cells[1] = para_of(&f->value, 1);
    for (size_t i = 0; i < 2; i++) {
        f->cells[i] =
                (struct gs_cell){.blocks = &f->in_cells[i], .block_count = 1};
    }
    f->row = (struct gs_row){.cells = f->cells, .cell_count = 2};
    f->table = (struct gs_table){.rows = &f->row, .row_count = 1};
    f->body[1] =
            (struct gs_block){.kind = GS_BLOCK_TABLE, .u.table = &f->table};
    f->body[2] = (struct gs_block){.kind = GS_BLOCK_TOC};
    f->section = (struct gs_section){.blocks = f->body, .block_count = 3};
    f->doc = (struct gs_doc){.sections = &f->section, .section_count = 1};
}

static void make_table_part(struct fixture *f, size_t i)
{
    f->parts[i][0] = (struct gs_frag_cell){
            .cell = &f->cells[0],
            .repeated = i > 0,
            .lines = i > 0 ? &f->label_again : &f->label_line,
            .line_count = 1,
    };
    f->parts[i][1] = (struct gs_frag_cell){
            .cell = &f->cells[1],
            .lines = &f->value_lines[i],
            .line_count = 1,
    };
    f->rows[i] = (struct gs_frag_row){.cells = f->parts[i], .cell_count = 2};
    f->tables[i] = (struct gs_frag_table){.rows = &f->rows[i], .row_count = 1};
}

static int set_up(void **state)
{
    struct fixture *f = g_new0(struct fixture, 1);
    f->arena = gs_arena_new();
    f->diag = gs_diag_new();
    make_doc(f);
    f->lines[0][0] = line(f, &f->prose[0], "预算执行"); /* a space is gone */
    f->lines[0][1] = line_of(f, 2,
            (const struct gs_run *const[]){&f->prose[0], &f->prose[1]},
            (const char *const[]){"情况良好", "（2022年度）"});
    f->lines[1][0] = line_of(f, 3,
            (const struct gs_run *const[]){&f->entry, NULL, &f->number},
            (const char *const[]){"预算执行", "......", "1"});
    f->label_line = line(f, &f->label, "绩效");
    f->label_again = line(f, &f->label, "绩效");
    f->value_lines[0] = line(f, &f->value, "百分之");
    f->value_lines[1] = line(f, &f->value, "九十五");
    for (size_t i = 0; i < 2; i++) {
        make_table_part(f, i);
        f->footer[i] = (struct gs_frag_block){.repeated = true,
                .lines = &f->lines[1][1 + i],
                .line_count = 1};
        f->lines[1][1 + i] = line(f, &f->number, i == 0 ? "1" : "2");
        f->page[i] = (struct gs_page){.index = i,
                .blocks = f->blocks[i],
                .block_count = 2,
                .footer = &f->footer[i],
                .footer_count = 1};
    }
    f->blocks[0][0] = (struct gs_frag_block){
            .block = &f->body[0], .lines = f->lines[0], .line_count = 2};
    f->blocks[0][1] = (struct gs_frag_block){.kind = GS_FRAG_TABLE,
            .block = &f->body[1],
            .table = &f->tables[0]};
    f->blocks[1][0] = (struct gs_frag_block){.kind = GS_FRAG_TABLE,
            .block = &f->body[1],
            .table = &f->tables[1]};
    f->blocks[1][1] = (struct gs_frag_block){
            .block = &f->body[2], .lines = f->lines[1], .line_count = 1};
    f->pages = (struct gs_pages){.doc = &f->doc, .pages = f->page, .count = 2};
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    gs_diag_free(f->diag);
    gs_arena_free(f->arena);
    g_free(f);
    return 0;
}

static bool closes(struct fixture *f)
{
    return gs_ledger_close(&f->doc, &f->pages, f->diag);
}

/* The ledger does not close, for one run: “text” (path) … placed of bound. */
static void expect(struct fixture *f, const char *words)
{
    assert_false(closes(f));
    assert_int_equal(gs_diag_errors(f->diag), 1);
    assert_true(gs_diag_has_internal(f->diag));
    struct gs_diag_entry entry = gs_diag_entry(f->diag, 0);
    assert_int_equal(entry.id, GS_DIAG_LEDGER);
    assert_int_equal(entry.loc.line, 7);
    if (strstr(entry.message, words) == NULL) {
        fail_msg("%s", entry.message);
    }
}

static void whole_pages_close(void **state)
{
    struct fixture *f = *state;
    assert_true(closes(f));
    assert_int_equal(gs_diag_errors(f->diag), 0);
    assert_true(f->page[0].ink != 0 && f->page[1].ink != 0);
    for (size_t i = 0; i < 2; i++) {
        assert_true(f->page[i].ink == gs_ledger_page(&f->page[i]));
    }
}

/* Nothing is lost where the characters of a run are placed in an order of their own. */
static void lines_in_another_order_close(void **state)
{
    struct fixture *f = *state;
    f->lines[0][2] = f->lines[0][0];
    f->lines[0][0] = f->lines[0][1];
    f->lines[0][1] = f->lines[0][2];
    assert_true(closes(f));
    f->value_lines[0] = line(f, &f->value, "九十五");
    f->value_lines[1] = line(f, &f->value, "百分之");
    assert_true(closes(f));
}

/* What no glyph shows must be white space. */
static void text_without_glyphs_is_on_its_page(void **state)
{
    struct fixture *f = *state;
    assert_true(closes(f));
    uint64_t before = f->page[0].ink;
    f->lines[0][1] = line_of(f, 3,
            (const struct gs_run *const[]){
                    &f->prose[0], &f->prose[0], &f->prose[1]},
            (const char *const[]){"\u200b", "情况良好", "（2022年度）"});
    assert_true(closes(f));
    assert_true(f->page[0].ink == before);
    f->lines[0][1] = line_of(f, 3,
            (const struct gs_run *const[]){
                    &f->prose[0], &f->prose[0], &f->prose[1]},
            (const char *const[]){"情况", "良好", "（2022年度）"});
    assert_true(closes(f));
    assert_true(f->page[0].ink != before);
}

static void repeats_count_on_their_page_only(void **state)
{
    struct fixture *f = *state;
    assert_true(closes(f));
    uint64_t before = f->page[1].ink;
    f->parts[1][0].line_count = 0;
    assert_true(closes(f));
    assert_true(f->page[1].ink != before);
}

static void a_lost_line_is_found(void **state)
{
    struct fixture *f = *state;
    f->blocks[0][0].lines++;
    f->blocks[0][0].line_count--;
    expect(f, "“预算执行 情况良好” (/unit/prose) once: 4 of its 8");
}

static void a_doubled_line_is_found(void **state)
{
    struct fixture *f = *state;
    f->lines[0][2] = f->lines[0][0];
    f->blocks[0][0].line_count++;
    expect(f, "(/unit/prose) once: 12 of its 8");
}

static void a_part_of_a_cell_that_comes_again_is_found(void **state)
{
    struct fixture *f = *state;
    f->value_lines[1] = line(f, &f->value, "百分之九十五");
    expect(f, "(/unit/value) once: 9 of its 6");
}

static void another_character_is_found(void **state)
{
    struct fixture *f = *state;
    f->value_lines[1] = line(f, &f->value, "九十六");
    expect(f, "(/unit/value) once: 6 of its 6");
}

static void one_lost_and_another_doubled_is_found(void **state)
{
    struct fixture *f = *state;
    f->value_lines[0] = f->value_lines[1];
    expect(f, "“百分之九十五” (/unit/value) once: 6 of its 6");
}

static void a_lost_part_of_a_cell_is_found(void **state)
{
    struct fixture *f = *state;
    f->parts[1][1].line_count = 0;
    expect(f, "(/unit/value) once: 3 of its 6");
}

static void a_cell_that_is_not_placed_is_found(void **state)
{
    struct fixture *f = *state;
    f->rows[0].cells++;
    f->rows[0].cell_count--;
    expect(f, "(/unit/label) once: 0 of its 2");
}

static void a_label_drawn_twice_and_not_marked_is_found(void **state)
{
    struct fixture *f = *state;
    f->parts[1][0].repeated = false;
    expect(f, "(/unit/label) once: 4 of its 2");
}

static void a_row_marked_as_repeated_does_not_count(void **state)
{
    struct fixture *f = *state;
    f->rows[1].repeated = true;
    expect(f, "(/unit/value) once: 3 of its 6");
}

/* The same characters in all, but of one cell in the place of another's. */
static void text_that_went_astray_is_found(void **state)
{
    struct fixture *f = *state;
    f->value = text_run("绩效", "/unit/value");
    f->value_lines[0] = line(f, &f->label, "绩效");
    f->value_lines[1] = line(f, &f->value, "");
    assert_false(closes(f));
    assert_int_equal(gs_diag_errors(f->diag), 2);
    /* In the order of the document. */
    assert_non_null(strstr(gs_diag_entry(f->diag, 0).message,
            "(/unit/label) once: 4 of its 2"));
    assert_non_null(strstr(gs_diag_entry(f->diag, 1).message,
            "(/unit/value) once: 0 of its 2"));
}

static void text_that_was_never_bound_is_found(void **state)
{
    struct fixture *f = *state;
    f->section.block_count = 1;
    assert_false(closes(f));
    assert_int_equal(gs_diag_errors(f->diag), 2);
    assert_non_null(strstr(gs_diag_entry(f->diag, 1).message,
            "(/unit/value) once: 6 of its 0"));
}

/* Page after page, the rows of the table apart, as they come. */
static bool is_even(struct fixture *f, bool rows)
{
    struct gs_table piece = f->table;
    f->table.row_count = 0;
    struct gs_ledger *ledger = gs_ledger_new(&f->doc);
    if (rows) {
        gs_ledger_bind_rows(ledger, &piece);
    }
    gs_ledger_place(ledger, &f->page[0]);
    gs_ledger_place(ledger, &f->page[1]);
    bool even = gs_ledger_even(ledger, f->diag);
    gs_ledger_free(ledger);
    f->table.row_count = piece.row_count;
    return even;
}

static void pages_that_come_one_by_one_close(void **state)
{
    struct fixture *f = *state;
    assert_true(is_even(f, true));
    assert_int_equal(f->page[1].ink, gs_ledger_page(&f->page[1]));
    assert_int_equal(gs_diag_errors(f->diag), 0);
}

static void rows_that_are_not_bound_or_placed_are_found(void **state)
{
    struct fixture *f = *state;
    assert_false(is_even(f, false));
    assert_int_equal(gs_diag_entry(f->diag, 0).id, GS_DIAG_LEDGER_ROWS);
    f->parts[1][1].line_count = 0;
    assert_false(is_even(f, true));
    assert_true(gs_diag_has_internal(f->diag));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
            TEST(whole_pages_close),
            TEST(lines_in_another_order_close),
            TEST(text_without_glyphs_is_on_its_page),
            TEST(repeats_count_on_their_page_only),
            TEST(a_lost_line_is_found),
            TEST(a_doubled_line_is_found),
            TEST(a_part_of_a_cell_that_comes_again_is_found),
            TEST(another_character_is_found),
            TEST(one_lost_and_another_doubled_is_found),
            TEST(a_lost_part_of_a_cell_is_found),
            TEST(a_cell_that_is_not_placed_is_found),
            TEST(a_label_drawn_twice_and_not_marked_is_found),
            TEST(a_row_marked_as_repeated_does_not_count),
            TEST(text_that_went_astray_is_found),
            TEST(text_that_was_never_bound_is_found),
            TEST(pages_that_come_one_by_one_close),
            TEST(rows_that_are_not_bound_or_placed_are_found),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
