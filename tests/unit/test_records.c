/*
 * Records one by one: the skeleton, the records in their places in it, and bounds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "xml/records.h"

struct fixture {
    struct gs_arena *arena;
    struct gs_diag *diag;
    char *path;
    const struct gs_xpath *records;
    struct gs_xml *xml;
};

static void open_text(struct fixture *f, const char *text, const char *records)
{
    const char *error;
    size_t offset;
    f->arena = gs_arena_new();
    f->diag = gs_diag_new();
    int fd = g_file_open_tmp("gongshi-records-XXXXXX", &f->path, NULL);
    assert_true(fd >= 0);
    g_close(fd, NULL);
    assert_true(g_file_set_contents(f->path, text, -1, NULL));
    f->records = gs_xpath_compile(f->arena, records, &offset, &error);
    f->xml = gs_xml_open(f->arena, f->path, 1);
}

static bool read_skeleton(struct fixture *f)
{
    return gs_xml_read_skeleton(f->arena, f->xml, &f->records, 1, f->diag);
}

static void close_text(struct fixture *f)
{
    gs_arena_free(f->arena);
    gs_diag_free(f->diag);
    g_unlink(f->path);
    g_free(f->path);
}

static const char *text_of(struct fixture *f, const char *expression)
{
    const char *error;
    size_t offset;
    const struct gs_xpath *xpath =
            gs_xpath_compile(f->arena, expression, &offset, &error);
    const struct gs_scope scope = {.node = gs_xml_root(f->xml), .size = 1};
    struct gs_value value;
    assert_true(gs_query_eval(gs_query_make(f->arena, f->xml), f->arena, xpath,
            &scope, GS_NO_LOC, f->diag, &value));
    return gs_value_string(f->arena, &value);
}

/* path line:column text, one a line, of all records; each dropped at once. */
static char *list_records(struct fixture *f)
{
    GString *list = g_string_new(NULL);
    struct gs_records *records = gs_records_new(f->xml, f->records, f->diag);
    const struct gs_node *node;
    while ((node = gs_records_next(records)) != NULL) {
        struct gs_loc loc = gs_node_loc(node);
        g_string_append_printf(list, "%s %u:%u %s\n",
                gs_node_path(f->arena, node), loc.line, loc.column,
                gs_node_text(f->arena, node));
        gs_records_drop(node);
    }
    gs_records_free(records);
    return g_string_free(list, FALSE);
}

static const char towns[] =
        "<?xml version=\"1.0\"?>\n"
        "<?gongshi-layout grants?>\n"
        "<doc><title>甲</title>\n"
        " <town><name>一</name><grant><who>子</who></grant>\n"
        "  <grant><who>丑</who></grant><sum>2</sum></town>\n"
        " <town><name>二</name></town>\n"
        " <grant>不在镇</grant>\n"
        " <town><grant><grant>寅</grant></grant></town>\n"
        "</doc>\n";

static void records_stand_in_their_places(void **state)
{
    (void)state;
    struct fixture f;
    open_text(&f, towns, "town/grant");
    assert_true(read_skeleton(&f));
    assert_true(gs_xml_has_records(f.xml, f.records));
    assert_string_equal(text_of(&f, "count(town/grant)"), "0");
    assert_string_equal(text_of(&f, "count(grant)"), "1");
    assert_string_equal(text_of(&f, "town[1]/sum"), "2");
    assert_string_equal(text_of(&f, "title"), "甲");
    for (int round = 0; round < 2; round++) {
        char *list = list_records(&f);
        assert_string_equal(list,
                "/doc/town[1]/grant[1] 4:22 子\n"
                "/doc/town[1]/grant[2] 5:3 丑\n"
                "/doc/town[3]/grant 8:8 寅\n");
        g_free(list);
    }
    assert_string_equal(text_of(&f, "count(town/grant)"), "0");
    assert_int_equal(gs_diag_errors(f.diag), 0);
    close_text(&f);
}

static void records_are_there_as_long_as_their_arena(void **state)
{
    (void)state;
    struct fixture f;
    open_text(&f, towns, "town/grant");
    assert_true(read_skeleton(&f));
    struct gs_records *records = gs_records_new(f.xml, f.records, f.diag);
    struct gs_arena *arena = gs_arena_new();
    gs_records_give(gs_records_next(records), arena);
    gs_records_give(gs_records_next(records), arena);
    assert_string_equal(text_of(&f, "count(town[1]/grant)"), "2");
    assert_string_equal(text_of(&f, "town[1]/grant[2]/who"), "丑");
    assert_string_equal(text_of(&f, "/doc/town[grant/who = '子']/name"), "一");
    gs_arena_free(arena);
    gs_records_free(records); /* with what it has read ahead */
    assert_string_equal(text_of(&f, "count(town/grant)"), "0");
    close_text(&f);
}

static void many_records_come_in_order(void **state)
{
    (void)state;
    struct fixture f;
    GString *text = g_string_new("<d xmlns:n=\"urn:n\"><rs>\n");
    for (int i = 0; i < 20000; i++) {
        g_string_append_printf(text,
                "  <r n=\"%d\"><a>值&amp;%d</a><n:b><![CDATA[<%d>]]></n:b></r>\n",
                i, i, i);
    }
    g_string_append(text, "</rs></d>");
    open_text(&f, text->str, "rs/r");
    assert_true(read_skeleton(&f));
    assert_string_equal(text_of(&f, "string-length(.)"), "0");
    struct gs_records *records = gs_records_new(f.xml, f.records, f.diag);
    for (int i = 0; i < 20000; i++) {
        const struct gs_node *node = gs_records_next(records);
        assert_non_null(node);
        struct gs_arena *arena = gs_arena_new();
        char *expected = g_strdup_printf("值&%d<%d>", i, i);
        assert_string_equal(gs_node_text(arena, node), expected);
        assert_int_equal(gs_node_loc(node).line, i + 2);
        g_free(expected);
        gs_records_give(node, arena);
        gs_arena_free(arena);
    }
    assert_null(gs_records_next(records));
    gs_records_free(records);
    g_string_free(text, TRUE);
    close_text(&f);
}

static void layout_is_found_before_reading(void **state)
{
    (void)state;
    struct fixture f;
    struct gs_loc loc;
    open_text(&f, "<?xml version=\"1.0\"?><!-- <?gongshi-layout no?> -->\n"
                  "<?other x?><?gongshi-layout  yes?><d/><?gongshi-layout late?>",
            "r");
    assert_string_equal(
            gs_xml_peek_instruction(f.arena, f.xml, "gongshi-layout", &loc),
            "yes");
    assert_int_equal(loc.line, 2);
    assert_int_equal(loc.column, 30);
    assert_null(gs_xml_peek_instruction(f.arena, f.xml, "late", &loc));
    close_text(&f);
}

static void what_is_to_be_held_is_not_opened(void **state)
{
    (void)state;
    static const char *const texts[] = {
            "<?xml version=\"1.0\" encoding=\"GB18030\"?><d/>",
            "\xef\xbb\xbf<d/>",
            "<d>\xff</d>",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct fixture f;
        open_text(&f, texts[i], "r");
        assert_null(f.xml);
        assert_int_equal(gs_diag_errors(f.diag), 0);
        close_text(&f);
    }
    struct gs_arena *arena = gs_arena_new();
    assert_null(gs_xml_open(arena, "/no/such/file", 1));
    assert_null(gs_xml_open(arena, "/", 1));
    gs_arena_free(arena);
}

static void mistakes_are_told_in_their_places(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum gs_diag_id id;
        unsigned line, column;
    } cases[] = {
            {"<d>\n<r><a></r></d>", GS_DIAG_XML_SYNTAX, 2, 7},
            {"<d>\n<r>", GS_DIAG_XML_SYNTAX, 2, 4},
            {"<!DOCTYPE d><d><r/></d>", GS_DIAG_XML_DTD, 1, 1},
            {"<d><r>&nbsp;</r></d>", GS_DIAG_XML_SYNTAX, 1, 13},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct fixture f;
        open_text(&f, cases[i].text, "r");
        assert_false(read_skeleton(&f));
        struct gs_diag_entry entry = gs_diag_entry(f.diag, 0);
        assert_int_equal(entry.id, cases[i].id);
        assert_int_equal(entry.loc.line, cases[i].line);
        assert_int_equal(entry.loc.column, cases[i].column);
        close_text(&f);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(records_stand_in_their_places),
            cmocka_unit_test(records_are_there_as_long_as_their_arena),
            cmocka_unit_test(many_records_come_in_order),
            cmocka_unit_test(layout_is_found_before_reading),
            cmocka_unit_test(what_is_to_be_held_is_not_opened),
            cmocka_unit_test(mistakes_are_told_in_their_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
