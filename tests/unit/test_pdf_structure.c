/*
 * The structure of a PDF file: tags in, elements out.  Files are plain (PDF/A-1), so
 * that their objects can be read back here; the tree is printed as
 *
 *   Role #ID attributes [kids]     a number: content of its page;
 *                                  @2.0: of the second page; @link: an annotation
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "base/file.h"
#include "support/part_art.h"
#include "support/pdf_objects.h"
#include "write/pdf-file.h"
#include "write/pdf-structure.h"

#define PAGE_HEIGHT GS_PT(800)

struct run {
    struct gs_output *output;
    struct gs_pdf_file *file;
    struct gs_pdf_structure *structure;
    unsigned pages[4]; /* objects */
    unsigned page_count;
    unsigned root;
    struct pdf_objects objects;
};

static void run_begin(struct run *run)
{
    *run = (struct run){.output = gs_output_memory()};
    run->file = gs_pdf_file_new(run->output, NULL, GS_PDF_A_1B, false);
    run->structure = gs_pdf_structure_new(run->file);
}

static void begin_page(struct run *run)
{
    unsigned page = gs_pdf_reserve(run->file);
    run->pages[run->page_count++] = page;
    gs_pdf_puts(gs_pdf_begin(run->file, page), "<</Type/Page>>");
    gs_pdf_end(run->file);
    gs_pdf_structure_begin_page(run->structure, page, PAGE_HEIGHT);
}

static void end_page(struct run *run)
{
    gs_pdf_structure_end_page(run->structure);
}

static void begin(struct run *run, struct gs_tag tag)
{
    gs_pdf_structure_begin_tag(run->structure, &tag);
}

static void end(struct run *run)
{
    gs_pdf_structure_end_tag(run->structure);
}

/* A tag with one piece of content. */
static void leaf(struct run *run, struct gs_tag tag)
{
    begin(run, tag);
    gs_pdf_structure_mark(run->structure);
    end(run);
}

/* Rows [first, last) of a part, with content in each cell. */
static void rows(struct run *run, const struct gs_frag_table *part,
        size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const struct gs_frag_row *row = &part->rows[i];
        begin(run, (struct gs_tag){.kind = GS_TAG_ROW, .row = row});
        for (size_t k = 0; k < row->cell_count; k++) {
            if (!row->cells[k].repeated) {
                leaf(run,
                        (struct gs_tag){
                                .kind = GS_TAG_CELL, .cell = &row->cells[k]});
            }
        }
        end(run);
    }
}

/* --- reading back ----------------------------------------------------------- */

static void print_element(
        const struct run *run, GString *out, unsigned number, unsigned parent);

static unsigned page_number(const struct run *run, unsigned object_number)
{
    unsigned i = 0;
    while (i < run->page_count && run->pages[i] != object_number) {
        i++;
    }
    return i + 1;
}

/* One kid from `at` on; returns what follows. */
static const char *print_kid(
        const struct run *run, GString *out, unsigned number, const char *at)
{
    char *after;
    if (g_str_has_prefix(at, "<<")) {
        after = strstr(at, ">>") + 2;
        if (g_str_has_prefix(at, "<</Type/OBJR")) {
            g_string_append(out, "@link");
        } else {
            g_string_append_printf(out, "@%u.%u",
                    page_number(run, pdf_number(at, "/Pg ")),
                    pdf_number(at, "/MCID "));
        }
        return after;
    }
    unsigned value = (unsigned)strtoul(at, &after, 10);
    if (g_str_has_prefix(after, " 0 R")) {
        print_element(run, out, value, number);
        return after + strlen(" 0 R");
    }
    g_string_append_printf(out, "%u", value);
    return after;
}

static void print_attributes(
        const struct run *run, GString *out, const char *text)
{
    const char *id = strstr(text, "/ID(");
    if (id != NULL) {
        g_string_append_printf(out, "#%.*s", (int)strcspn(id + 4, ")"), id + 4);
    }
    const char *at = strstr(text, "/A ");
    if (at == NULL) {
        return;
    }
    at += strlen("/A ");
    if (at[0] != '<') {
        g_string_append_c(out, '=');
        at = pdf_object(&run->objects, (unsigned)strtoul(at, NULL, 10));
    }
    at += strlen("<</O/Table");
    g_string_append_len(out, at, strstr(at, ">>") - at);
}

static void print_element(
        const struct run *run, GString *out, unsigned number, unsigned parent)
{
    const char *text = pdf_object(&run->objects, number);
    assert_int_equal(pdf_number(text, "/P "), parent);
    const char *role = strstr(text, "/S/") + 3;
    g_string_append_len(out, role, (gssize)strcspn(role, "/"));
    print_attributes(run, out, text);
    const char *kids = strstr(text, "/K[");
    if (kids == NULL) {
        return;
    }
    g_string_append_c(out, '[');
    for (kids += 3; *kids != ']';) {
        if (*kids == ' ') {
            g_string_append_c(out, ' ');
            kids++;
        }
        kids = print_kid(run, out, number, kids);
    }
    g_string_append_c(out, ']');
}

/* Ends the file, whose objects stay to be looked at, and prints the tree. */
static void run_end(struct run *run)
{
    size_t size;
    run->root = gs_pdf_structure_finish(run->structure);
    gs_pdf_structure_free(run->structure);
    gs_pdf_finish(run->file, run->root, 0);
    gs_pdf_file_free(run->file);
    pdf_objects_init(&run->objects, gs_output_take(run->output, &size));
}

static void assert_tree(struct run *run, const char *expected)
{
    GString *out = g_string_new(NULL);
    print_element(run, out,
            pdf_number(pdf_object(&run->objects, run->root), "/K "), run->root);
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
}

static void run_release(struct run *run)
{
    pdf_objects_release(&run->objects);
    gs_output_free(run->output);
}

/* --- blocks ----------------------------------------------------------------- */

static void headings_skip_no_level(void **state)
{
    static const unsigned levels[] = {2, 3, 1, 3, 2, 3};
    struct run run;
    (void)state;
    run_begin(&run);
    begin_page(&run);
    for (size_t i = 0; i < G_N_ELEMENTS(levels); i++) {
        leaf(&run, (struct gs_tag){.kind = GS_TAG_HEADING, .level = levels[i]});
    }
    end_page(&run);
    run_end(&run);
    assert_tree(&run, "Document[H1[0] H2[1] H1[2] H2[3] H2[4] H3[5]]");
    run_release(&run);
}

static void block_over_pages_is_one_element(void **state)
{
    struct run run;
    struct gs_tag para = {.kind = GS_TAG_PARAGRAPH};
    (void)state;
    run_begin(&run);
    begin_page(&run);
    leaf(&run, para);
    leaf(&run, para);
    end_page(&run);
    begin_page(&run);
    para.continues = true;
    leaf(&run, para);
    para.continues = false;
    leaf(&run, para);
    end_page(&run);
    run_end(&run);
    assert_tree(&run, "Document[P[0] P[1 @2.0] P[1]]");
    run_release(&run);
}

static void what_began_on_no_page_begins_here(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run);
    begin_page(&run);
    leaf(&run, (struct gs_tag){.kind = GS_TAG_PARAGRAPH, .continues = true});
    end_page(&run);
    run_end(&run);
    assert_tree(&run, "Document[P[0]]");
    run_release(&run);
}

static void link_has_its_words_and_its_annotation(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run);
    begin_page(&run);
    begin(&run, (struct gs_tag){.kind = GS_TAG_PARAGRAPH});
    gs_pdf_structure_mark(run.structure);
    begin(&run, (struct gs_tag){.kind = GS_TAG_LINK});
    struct gs_pdf_mark mark = gs_pdf_structure_mark(run.structure);
    assert_string_equal(mark.role, "Link");
    assert_int_equal(mark.mcid, 1);
    unsigned annotation = gs_pdf_reserve(run.file);
    unsigned key = gs_pdf_structure_annotation(run.structure, annotation);
    gs_pdf_puts(gs_pdf_begin(run.file, annotation), "<</Type/Annot>>");
    gs_pdf_end(run.file);
    assert_int_equal(key, 1); /* the page has 0 */
    assert_int_equal(gs_pdf_structure_page_key(run.structure), 0);
    end(&run);
    gs_pdf_structure_mark(run.structure);
    begin(&run, (struct gs_tag){.kind = GS_TAG_LINK}); /* that leads nowhere */
    gs_pdf_structure_mark(run.structure);
    end(&run);
    end(&run);
    end_page(&run);
    run_end(&run);
    assert_tree(&run, "Document[P[0 Link[1 @link] 2 Span[3]]]");
    run_release(&run);
}

static void entry_over_pages_is_one(void **state)
{
    struct run run;
    (void)state;
    run_begin(&run);
    for (unsigned page = 0; page < 2; page++) {
        begin_page(&run);
        begin(&run,
                (struct gs_tag){
                        .kind = GS_TAG_CONTENTS, .continues = page > 0});
        for (unsigned i = page; i < page + 2; i++) {
            begin(&run, (struct gs_tag){.kind = GS_TAG_ENTRY, .number = i});
            leaf(&run, (struct gs_tag){.kind = GS_TAG_REFERENCE});
            end(&run);
        }
        end(&run);
        end_page(&run);
    }
    run_end(&run);
    assert_tree(&run,
            "Document[TOC[TOCI[Reference[0]] TOCI[Reference[1 @2.0]] "
            "TOCI[Reference[1]]]]");
    run_release(&run);
}

static void seal_stands_where_it_is_read(void **state)
{
    struct run run;
    struct gs_tag seal = {.kind = GS_TAG_FIGURE,
            .number = 1,
            .alt = "印章",
            .rect = {GS_PT(10), GS_PT(20), GS_PT(100), GS_PT(50)}};
    (void)state;
    run_begin(&run);
    begin_page(&run);
    begin(&run, (struct gs_tag){.kind = GS_TAG_PARAGRAPH});
    gs_pdf_structure_mark(run.structure);
    begin(&run, seal);
    end(&run);
    end(&run);
    leaf(&run, (struct gs_tag){.kind = GS_TAG_PARAGRAPH});
    seal.continues = true;
    leaf(&run, seal);
    end_page(&run);
    run_end(&run);
    assert_non_null(
            strstr(pdf_object(&run.objects, run.root), "/ParentTreeNextKey 1"));
    unsigned document = pdf_number(pdf_object(&run.objects, run.root), "/K ");
    unsigned para = pdf_number(pdf_object(&run.objects, document), "/K[");
    const char *figure = pdf_object(
            &run.objects, pdf_number(pdf_object(&run.objects, para), "/K[0 "));
    assert_non_null(strstr(figure, "/Alt<FEFF53707AE0>"));
    assert_non_null(strstr(figure, "/A<</O/Layout/BBox[10 730 110 780]>>"));
    assert_non_null(strstr(figure, "/K[2]"));
    run_release(&run);
}

/* --- tables ----------------------------------------------------------------- */

/* One part of a table as drawn. */
static void assert_table(
        const char *groups, const char *const *lines, const char *expected)
{
    struct run run;
    struct part_art art;
    part_art_draw(&art, groups, lines);
    run_begin(&run);
    begin_page(&run);
    begin(&run, (struct gs_tag){.kind = GS_TAG_TABLE, .table = &art.part});
    rows(&run, &art.part, 0, art.part.row_count);
    end(&run);
    end_page(&run);
    run_end(&run);
    assert_tree(&run, expected);
    run_release(&run);
    part_art_release(&art);
}

static void table_has_head_body_and_foot(void **state)
{
    static const char *const table[] = {"h1 h2", "d1 d2", "d3 <"};
    (void)state;
    assert_table("hbf", table,
            "Document[Table[THead[TR[TH#t1r1c1/Scope/Column[0] "
            "TH#t1r1c2=/Scope/Column[1]]] TBody[TR[TD[2] TD[3]]] "
            "TFoot[TR[TD/ColSpan 2[4]]]]]");
}

static void table_without_body_is_all_body(void **state)
{
    static const char *const table[] = {"h1", "h2"};
    (void)state;
    assert_table("hh", table,
            "Document[Table[TBody[TR[TH#t1r1c1/Scope/Column[0]] "
            "TR[TH#t1r2c1=/Scope/Column[1]]]]]");
    assert_table("hf", table,
            "Document[Table[THead[TR[TH#t1r1c1/Scope/Column[0]]] "
            "TBody[TR[TH#t1r2c1=/Scope/Column[1]]]]]");
}

static void heads_and_feet_amid_the_rows_are_body(void **state)
{
    static const char *const table[] = {"d1", "h1", "d2", "d3", "d4"};
    (void)state;
    assert_table("bhbfb", table,
            "Document[Table[TBody[TR[TD[0]]] "
            "TBody[TR[TH#t1r2c1/Scope/Column[1]] TR[TD[2]]] "
            "TBody[TR[TD[3]]] TBody[TR[TD[4]]]]]");
}

static void spans_and_heads_are_told(void **state)
{
    static const char *const table[] = {
            "h1 h2 <", //
            "^  h3 h4", //
            "l1 d1 d2", //
            "^  d3 d4",
    };
    (void)state;
    assert_table("hhbb", table,
            "Document[Table[THead["
            "TR[TH#t1r1c1/RowSpan 2/Scope/Column[0] "
            "TH#t1r1c2/ColSpan 2/Scope/Column[1]] "
            "TR[TH#t1r2c2/Scope/Column[2] TH#t1r2c3=/Scope/Column[3]]] "
            "TBody[TR[TH#t1r3c1/RowSpan 2/Scope/Row[4] "
            "TD/Headers[(t1r1c2)(t1r2c2)(t1r3c1)][5] "
            "TD/Headers[(t1r1c2)(t1r2c3)(t1r3c1)][6]] "
            "TR[TD=/Headers[(t1r1c2)(t1r2c2)(t1r3c1)][7] "
            "TD=/Headers[(t1r1c2)(t1r2c3)(t1r3c1)][8]]]]]");
}

/* Rows 2 and 3 on either page, row 3 cut, the label's text flowing on. */
static void table_over_pages_is_one(void **state)
{
    static const char *const table[] = {"h1 h2", "l1 d1", "^  d2", "^  d3"};
    struct run run;
    struct part_art art;
    (void)state;
    part_art_draw(&art, "hbbb", table);
    run_begin(&run);
    begin_page(&run);
    begin(&run, (struct gs_tag){.kind = GS_TAG_TABLE, .table = &art.part});
    rows(&run, &art.part, 0, 3);
    end(&run);
    end_page(&run);

    begin_page(&run);
    begin(&run,
            (struct gs_tag){.kind = GS_TAG_TABLE,
                    .continues = true,
                    .table = &art.part});
    struct gs_frag_cell parts[2] = {
            art.part.rows[1].cells[0], art.part.rows[2].cells[0]};
    art.part.rows[2].cells = parts; /* what stands at the head of the page */
    art.part.rows[2].cell_count = 2;
    art.part.rows[2].part = 2;
    rows(&run, &art.part, 2, 4);
    end(&run);
    leaf(&run, (struct gs_tag){.kind = GS_TAG_PARAGRAPH});
    end_page(&run);
    run_end(&run);
    assert_tree(&run,
            "Document[Table[THead[TR[TH#t1r1c1/Scope/Column[0] "
            "TH#t1r1c2=/Scope/Column[1]]] "
            "TBody[TR[TH#t1r2c1/RowSpan 3/Scope/Row[2 @2.0] TD[3]] "
            "TR[TD[4 @2.1]] TR[TD[2]]]] P[3]]");
    run_release(&run);
    part_art_release(&art);
}

static void paragraphs_of_a_cell_go_on_by_their_number(void **state)
{
    static const char *const table[] = {"d1"};
    struct run run;
    struct part_art art;
    (void)state;
    part_art_draw(&art, "b", table);
    run_begin(&run);
    for (unsigned page = 0; page < 2; page++) {
        begin_page(&run);
        art.part.rows[0].part = page + 1;
        begin(&run,
                (struct gs_tag){.kind = GS_TAG_TABLE,
                        .continues = page > 0,
                        .table = &art.part});
        begin(&run,
                (struct gs_tag){.kind = GS_TAG_ROW, .row = &art.part.rows[0]});
        begin(&run,
                (struct gs_tag){.kind = GS_TAG_CELL,
                        .cell = &art.part.rows[0].cells[0]});
        for (unsigned i = page; i < page + 2; i++) {
            leaf(&run, (struct gs_tag){.kind = GS_TAG_PARAGRAPH, .number = i});
        }
        end(&run);
        end(&run);
        end(&run);
        end_page(&run);
    }
    run_end(&run);
    assert_tree(&run, "Document[Table[TBody[TR[TD[P[0] P[1 @2.0] P[1]]]]]]");
    run_release(&run);
    part_art_release(&art);
}

/* Columns 1 and 2, then 1, drawn again, and 3. */
static void strips_are_one_table(void **state)
{
    static const char *const table[] = {"h1 h2", "l1 d1", "^  d2"};
    static const size_t columns[] = {0, 2};
    struct run run;
    struct part_art art;
    (void)state;
    part_art_draw(&art, "hbb", table);
    art.table.column_count = 3;
    art.part.strips = 2;
    run_begin(&run);
    for (unsigned strip = 1; strip <= 2; strip++) {
        begin_page(&run);
        art.part.strip = strip;
        if (strip == 2) {
            art.part.columns = columns;
            art.part.rows[0].cells[0].repeated = true;
            art.part.rows[1].cells[0].repeated = true;
        }
        begin(&run,
                (struct gs_tag){.kind = GS_TAG_TABLE,
                        .continues = strip > 1,
                        .table = &art.part});
        rows(&run, &art.part, 0, 3);
        end(&run);
        end_page(&run);
    }
    run_end(&run);
    assert_tree(&run,
            "Document[Table[THead[TR[TH#t1r1c1/Scope/Column[0] "
            "TH#t1r1c2=/Scope/Column[1] TH#t1r1c3=/Scope/Column[0]]] "
            "TBody[TR[TH#t1r2c1/RowSpan 2/Scope/Row[2] TD[3] TD[1]] "
            "TR[TD[4] TD[2]]]]]");
    run_release(&run);
    part_art_release(&art);
}

/* --- trees ------------------------------------------------------------------ */

/* Follows a number tree down to a key; returns the value's object. */
static unsigned look_up(const struct run *run, unsigned node, unsigned key)
{
    const char *text = pdf_object(&run->objects, node);
    const char *kids = strstr(text, "/Kids[");
    if (kids == NULL) {
        const char *at = strstr(text, "/Nums[") + strlen("/Nums[");
        for (; (unsigned)strtoul(at, NULL, 10) != key;) {
            at = strstr(at, " R ") + strlen(" R ");
        }
        return (unsigned)strtoul(strchr(at, ' '), NULL, 10);
    }
    for (kids += strlen("/Kids["); *kids != ']';) {
        char *after;
        unsigned kid = (unsigned)strtoul(kids, &after, 10);
        const char *limits = strstr(pdf_object(&run->objects, kid), "/Limits[");
        assert_non_null(limits);
        unsigned first = (unsigned)strtoul(limits + 8, &after, 10);
        unsigned last = (unsigned)strtoul(after, NULL, 10);
        if (key >= first && key <= last) {
            return look_up(run, kid, key);
        }
        kids = strstr(kids, " R") + 2;
        kids += *kids == ' ';
    }
    return 0;
}

static void parents_of_many_pages_are_found(void **state)
{
    enum { PAGES = 64 * 64 + 1 };
    struct run run;
    (void)state;
    run_begin(&run);
    for (unsigned i = 0; i < PAGES; i++) {
        run.page_count = 0;
        begin_page(&run);
        leaf(&run, (struct gs_tag){.kind = GS_TAG_PARAGRAPH});
        end_page(&run);
    }
    run_end(&run);
    unsigned tree =
            pdf_number(pdf_object(&run.objects, run.root), "/ParentTree ");
    assert_null(strstr(pdf_object(&run.objects, tree), "/Limits"));
    const char *document = pdf_object(&run.objects,
            pdf_number(pdf_object(&run.objects, run.root), "/K "));
    static const unsigned keys[] = {0, 63, 64, 4095, 4096};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *page =
                pdf_object(&run.objects, look_up(&run, tree, keys[i]));
        char *kid = g_strndup(page + 1, strlen(page) - 2);
        assert_non_null(strstr(document, kid)); /* "12 0 R" */
        g_free(kid);
    }
    run_release(&run);
}

static void ids_are_sorted_by_their_bytes(void **state)
{
    const char *lines[11];
    struct run run;
    struct part_art art;
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        lines[i] = "h1 d1";
    }
    part_art_draw(&art, "bbbbbbbbbbb", lines);
    run_begin(&run);
    begin_page(&run);
    begin(&run, (struct gs_tag){.kind = GS_TAG_TABLE, .table = &art.part});
    rows(&run, &art.part, 0, G_N_ELEMENTS(lines));
    end(&run);
    end_page(&run);
    run_end(&run);
    const char *names = pdf_object(&run.objects,
            pdf_number(pdf_object(&run.objects, run.root), "/IDTree "));
    assert_true(g_str_has_prefix(names, "<</Names[(t1r10c1) "));
    const char *last = NULL;
    for (const char *at = strchr(names, '('); at != NULL;
            at = strchr(at + 1, '(')) {
        assert_true(last == NULL || strcmp(last, at) < 0);
        last = at;
    }
    assert_true(g_str_has_prefix(last, "(t1r9c1) "));
    run_release(&run);
    part_art_release(&art);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(headings_skip_no_level),
            cmocka_unit_test(block_over_pages_is_one_element),
            cmocka_unit_test(what_began_on_no_page_begins_here),
            cmocka_unit_test(link_has_its_words_and_its_annotation),
            cmocka_unit_test(entry_over_pages_is_one),
            cmocka_unit_test(seal_stands_where_it_is_read),
            cmocka_unit_test(table_has_head_body_and_foot),
            cmocka_unit_test(table_without_body_is_all_body),
            cmocka_unit_test(heads_and_feet_amid_the_rows_are_body),
            cmocka_unit_test(spans_and_heads_are_told),
            cmocka_unit_test(table_over_pages_is_one),
            cmocka_unit_test(paragraphs_of_a_cell_go_on_by_their_number),
            cmocka_unit_test(strips_are_one_table),
            cmocka_unit_test(parents_of_many_pages_are_found),
            cmocka_unit_test(ids_are_sorted_by_their_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
