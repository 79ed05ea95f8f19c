/*
 * XPath: compiling, errors and their places, evaluating.
 */
#include "xml/xpath.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"
#include "xml/xml.h"

static const char data[] =
        "<u n='1'>"
        "<t k='a'>one</t><t>two<s>!</s></t><o><t>three</t></o><e/>"
        "<v>1.5</v><v>2</v>"
        "</u>";

struct fixture {
    struct gs_arena *arena;
    struct gs_diag *diag;
    const struct gs_xml *xml;
    struct gs_query *query;
    struct gs_scope scope;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->arena = gs_arena_new();
    fixture->diag = gs_diag_new();
    fixture->xml = gs_xml_parse(
            fixture->arena, "d.xml", data, strlen(data), fixture->diag);
    assert_non_null(fixture->xml);
    fixture->query = gs_query_make(fixture->arena, fixture->xml);
    fixture->scope = (struct gs_scope){
            .node = gs_xml_root(fixture->xml), .position = 1, .size = 1};
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    gs_arena_free(fixture->arena);
    gs_diag_free(fixture->diag);
    g_free(fixture);
    return 0;
}

static struct gs_value evaluate(struct fixture *fixture, const char *text)
{
    size_t offset;
    const char *error;
    const struct gs_xpath *xpath =
            gs_xpath_compile(fixture->arena, text, &offset, &error);
    if (xpath == NULL) {
        fail_msg("%s: %zu: %s", text, offset, error + 1);
    }
    assert_string_equal(gs_xpath_text(xpath), text);
    struct gs_value value;
    if (!gs_query_eval(fixture->query, fixture->arena, xpath, &fixture->scope,
                GS_NO_LOC, fixture->diag, &value)) {
        char *messages = gs_diag_text(fixture->diag);
        print_error("%s", messages);
        g_free(messages);
        fail();
    }
    return value;
}

static void expect_words(
        struct fixture *fixture, const char *text, const char *expected)
{
    struct gs_value value = evaluate(fixture, text);
    assert_string_equal(gs_value_string(fixture->arena, &value), expected);
}

/* The nodes found, as their string values joined by '|'. */
static void expect_nodes(
        struct fixture *fixture, const char *text, const char *expected)
{
    struct gs_value value = evaluate(fixture, text);
    assert_int_equal(value.kind, GS_VALUE_NODES);
    GString *found = g_string_new(NULL);
    for (size_t i = 0; i < value.count; i++) {
        g_string_append(found, i > 0 ? "|" : "");
        g_string_append(found, gs_node_text(fixture->arena, value.nodes[i]));
    }
    assert_string_equal(found->str, expected);
    g_string_free(found, TRUE);
}

/* Fails to compile at this byte, with words that hold `words`. */
static void expect_error(struct fixture *fixture, const char *text,
        size_t expected_offset, const char *words)
{
    size_t offset = 9999;
    const char *error = NULL;
    assert_null(gs_xpath_compile(fixture->arena, text, &offset, &error));
    if (offset != expected_offset || strstr(error, words) == NULL) {
        fail_msg("%s: %zu: %s", text, offset, error + 1);
    }
    assert_int_equal(error[0], GS_WORD_MARK[0]);
}

/* --- evaluating ------------------------------------------------------------ */

static void plain_paths_find_children_and_attributes(void **state)
{
    struct fixture *fixture = *state;
    expect_nodes(fixture, "t", "one|two!");
    expect_nodes(fixture, " o/t ", "three");
    expect_nodes(fixture, "t/@k", "a");
    expect_nodes(fixture, "@n", "1");
    expect_nodes(fixture, ".", "onetwo!three1.52");
    expect_nodes(fixture, "e", "");
    expect_nodes(fixture, "none/t", "");
    expect_nodes(fixture, "@none", "");
    expect_nodes(fixture, "div", "");
    assert_int_equal(evaluate(fixture, "e").count, 1);
}

/* The direct walk and libxml2 must agree. */
static void plain_paths_equal_libxml2(void **state)
{
    struct fixture *fixture = *state;
    static const char *const paths[] = {
            "t", "o/t", "t/s", "t/@k", "@n", ".", "e", "x", "t/t", "v"};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        struct gs_value plain = evaluate(fixture, paths[i]);
        struct gs_value other = evaluate(
                fixture, gs_arena_printf(fixture->arena, "(%s)", paths[i]));
        assert_int_equal(plain.count, other.count);
        for (size_t n = 0; n < plain.count; n++) {
            assert_ptr_equal(plain.nodes[n], other.nodes[n]);
        }
    }
}

/* … and so must constants. */
static void constants_equal_libxml2(void **state)
{
    struct fixture *fixture = *state;
    static const char *const constants[] = {"0", "2", " 007 ", "999999999", "'a'",
            " \"'\" ", "''", "'1'", "1234567890123456789", "2.50", ".5", "- 1"};
    for (size_t i = 0; i < G_N_ELEMENTS(constants); i++) {
        struct gs_value constant = evaluate(fixture, constants[i]);
        struct gs_value other = evaluate(
                fixture, gs_arena_printf(fixture->arena, "(%s)", constants[i]));
        assert_int_equal(constant.kind, other.kind);
        assert_string_equal(gs_value_string(fixture->arena, &constant),
                gs_value_string(fixture->arena, &other));
    }
}

static void other_expressions_go_to_libxml2(void **state)
{
    struct fixture *fixture = *state;
    expect_nodes(fixture, "t[2]/s | t[1]", "one|!");
    expect_nodes(fixture, "//t", "one|two!|three");
    expect_nodes(fixture, "t[1]/text()", "one");
    expect_nodes(fixture, "/u/@n", "1");
    expect_nodes(fixture, "/", "");
    expect_nodes(fixture, "namespace::*", "");
    expect_words(fixture, "count(t) + 1", "3");
    expect_words(fixture, "concat('部', v[1])", "部1.5");
    expect_words(fixture, "sum(v)", "3.5");
    expect_words(fixture, "t='one'", "true");
    expect_words(fixture, "number('x')", "NaN");
    expect_words(fixture, "6 div 4 - 1 mod 2 * (1)", "0.5");
    expect_words(fixture, "string(t[2])", "two!");
    expect_words(fixture, "2 * (3)and (t) or (1)", "true");
    expect_words(fixture, "count(*)div (4)", "1.5");
}

static void numbers_are_written_without_exponent(void **state)
{
    struct fixture *fixture = *state;
    expect_words(fixture, "1234567890.12 + 0.01", "1234567890.13");
    expect_words(fixture, "999999999999.99 + 0.01", "1000000000000");
    expect_words(fixture, "1000000 * 1000000 * 1000000", "1000000000000000000");
    expect_words(fixture, "0.1 + 0.2", "0.3");
    expect_words(fixture, "0.000001 div 4", "0.00000025");
    expect_words(fixture, "-5 div 2", "-2.5");
    expect_words(fixture, "0 * -1", "0");
    expect_words(fixture, "-1 div 3000000000", "-0.000000000333333333333333");
    expect_words(fixture, "1 div 0", "Infinity");
    expect_words(fixture, "concat(sum(v), '|', 12345678901.5)",
            "3.5|12345678901.5");
    expect_words(fixture, "string(5000000000)", "5000000000");
}

static void expect_stop(struct fixture *fixture, const char *text,
        const char *path, const char *step)
{
    size_t offset;
    const char *error, *found;
    const struct gs_xpath *xpath =
            gs_xpath_compile(fixture->arena, text, &offset, &error);
    assert_non_null(xpath);
    const struct gs_node *stop =
            gs_xpath_find_stop(xpath, fixture->scope.node, &found);
    if (path == NULL) {
        assert_null(stop);
        return;
    }
    assert_non_null(stop);
    assert_string_equal(gs_node_path(fixture->arena, stop), path);
    assert_string_equal(found, step);
}

static void a_path_tells_where_it_stops(void **state)
{
    struct fixture *fixture = *state;
    expect_stop(fixture, "x", "/u", "x");
    expect_stop(fixture, "t/x/y", "/u/t[1]", "x");
    expect_stop(fixture, "t/@x", "/u/t[1]", "@x");
    expect_stop(fixture, "t", NULL, NULL);
    expect_stop(fixture, ".", NULL, NULL);
    expect_stop(fixture, "count(x)", NULL, NULL);
}

static void position_and_size_come_from_the_scope(void **state)
{
    struct fixture *fixture = *state;
    fixture->scope.position = 3;
    fixture->scope.size = 7;
    expect_words(fixture, "position()", "3");
    expect_words(fixture, "last() - position()", "4");
}

static void variables_are_looked_up_from_the_inside(void **state)
{
    struct fixture *fixture = *state;
    struct gs_value nodes = evaluate(fixture, "t");
    struct gs_variable outer = {"x", nodes, NULL};
    struct gs_variable middle = {
            "y", {.kind = GS_VALUE_NUMBER, .number = 2.5}, &outer};
    struct gs_variable inner = {
            "名", {.kind = GS_VALUE_STRING, .string = "甲"}, &middle};
    struct gs_variable shadow = {
            "y", {.kind = GS_VALUE_BOOLEAN, .boolean = true}, &inner};
    fixture->scope.variables = &inner;
    expect_words(fixture, "$y", "2.5");
    expect_words(fixture, "concat($名, $y * 2)", "甲5");
    expect_nodes(fixture, "$x", "one|two!");
    expect_nodes(fixture, "$x/s", "!");
    fixture->scope.variables = &shadow;
    expect_words(fixture, "$y", "true");
    expect_words(fixture, "not($y)", "false");
}

static void unknown_variables_are_reported(void **state)
{
    struct fixture *fixture = *state;
    size_t offset;
    const char *error;
    static const char *const texts[] = {"$z", "t[$z]"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const struct gs_xpath *xpath =
                gs_xpath_compile(fixture->arena, texts[i], &offset, &error);
        assert_non_null(xpath);
        assert_string_equal(gs_xpath_variables(xpath)[0], "z");
        assert_null(gs_xpath_variables(xpath)[1]);
        struct gs_value value;
        assert_false(gs_query_eval(fixture->query, fixture->arena, xpath,
                &fixture->scope, GS_NO_LOC, fixture->diag, &value));
        assert_int_equal(
                gs_diag_entry(fixture->diag, i).id, GS_DIAG_UNKNOWN_VARIABLE);
    }
}

static void the_current_group_is_a_set_of_nodes(void **state)
{
    struct fixture *fixture = *state;
    struct gs_value nodes = evaluate(fixture, "v");
    fixture->scope.group = nodes.nodes;
    fixture->scope.group_count = nodes.count;
    expect_words(fixture, "sum(current-group())", "3.5");
    expect_nodes(fixture, "current-group()[2]", "2");
    expect_nodes(fixture, "current-group()/../e", "");
    fixture->scope.group_count = 0;
    expect_words(fixture, "count(current-group())", "0");
}

static void a_blank_record_has_no_nodes(void **state)
{
    struct fixture *fixture = *state;
    fixture->scope.node = NULL;
    fixture->scope.position = 2;
    expect_nodes(fixture, "t/@k", "");
    expect_nodes(fixture, ".", "");
    assert_int_equal(evaluate(fixture, ".").count, 0);
    assert_int_equal(evaluate(fixture, "(.)").count, 0);
    assert_int_equal(evaluate(fixture, "//t").count, 0);
    assert_int_equal(evaluate(fixture, "..").count, 0);
    expect_words(fixture, "position()", "2");
    expect_words(fixture, "concat('-', t)", "-");
    expect_words(fixture, "name()", "");
}

static void truth_is_xpaths(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *text;
        bool is_true;
    } cases[] = {{"t", true}, {"e", true}, {"x", false}, {"''", false},
            {"'0'", true}, {"0", false}, {"-1", true}, {"0 div 0", false},
            {"1 div 0", true}, {"true()", true}, {"1=2", false}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct gs_value value = evaluate(fixture, cases[i].text);
        assert_int_equal(gs_value_is_true(&value), cases[i].is_true);
    }
}

/* --- errors ---------------------------------------------------------------- */

static void errors_have_a_place(void **state)
{
    struct fixture *fixture = *state;
    expect_error(fixture, "", 0, "empty");
    expect_error(fixture, " \n", 0, "empty");
    expect_error(fixture, "t[", 2, "bracket");
    expect_error(fixture, "t]", 1, "missing");
    expect_error(fixture, "1 + ", 4, "missing");
    expect_error(fixture, "concat('a', 'b", 12, "quote");
    expect_error(fixture, "t/none(1)", 2, "function");
    expect_error(fixture, "统计(t)", 0, "function");
    expect_error(fixture, "a/x:b", 2, "prefix");
    expect_error(fixture, "1 + $x:b", 5, "prefix");
    expect_error(fixture, " and (1)", 1, "function");
    expect_error(fixture, "1 + or(1)", 4, "function");
    expect_error(fixture, "$", 0, "variable");
    expect_error(fixture, "t[@k='a'", 8, "bracket");
}

static void wrong_arguments_are_found_when_compiling(void **state)
{
    struct fixture *fixture = *state;
    expect_error(fixture, "count(1)", 0, "type");
    expect_error(fixture, "concat('a')", 0, "arguments");
    expect_error(fixture, "current-group(1)", 0, "arguments");
    expect_error(fixture, "'a'/b", 0, "type");
    evaluate(fixture, "count(t[1]) and not(contains(t, 'x')) or e");
}

static void hostile_expressions_are_refused(void **state)
{
    struct fixture *fixture = *state;
    static const char *const pieces[] = {"(", "[", "a[", "-", "a/", "1+", "//",
            "a|", "not(", "$", "'", "@", "::", "a::", "*", "]", "..", "\xff"};
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++) {
        for (size_t size = 100; size <= 5000; size += 3950) {
            GString *text = g_string_new(NULL);
            while (text->len + strlen(pieces[i]) <= size) {
                g_string_append(text, pieces[i]);
            }
            size_t offset = 0;
            const char *error = NULL;
            g_string_append_c(text, 'a');
            const struct gs_xpath *xpath = gs_xpath_compile(
                    fixture->arena, text->str, &offset, &error);
            if (xpath == NULL) {
                assert_in_range(offset, 0, text->len);
                assert_non_null(error);
            } else {
                struct gs_value value;
                gs_query_eval(fixture->query, fixture->arena, xpath,
                        &fixture->scope, GS_NO_LOC, fixture->diag, &value);
            }
            g_string_free(text, TRUE);
        }
    }
}

static void random_expressions_do_no_harm(void **state)
{
    struct fixture *fixture = *state;
    static const char *const tokens[] = {"t", "o", "/", "//", "[", "]", "(",
            ")", "@k", "$x", "1", "'a'", "count(", "position()", " and ", "=",
            "+", "|", "*", "..", ".", "text()", "ancestor::", "concat(", ",",
            "current-group()", "-", "<", "id(", "following::", "string("};
    struct gs_variable variable = {
            "x", {.kind = GS_VALUE_STRING, .string = "v"}, NULL};
    fixture->scope.variables = &variable;
    GRand *random = g_rand_new_with_seed(7);
    size_t compiled = 0;
    for (int n = 0; n < 20000; n++) {
        GString *text = g_string_new(NULL);
        for (int i = g_rand_int_range(random, 1, 8); i > 0; i--) {
            g_string_append(text,
                    tokens[g_rand_int_range(
                            random, 0, (gint32)G_N_ELEMENTS(tokens))]);
        }
        size_t offset = 0;
        const char *error = NULL;
        struct gs_arena *arena = gs_arena_new();
        const struct gs_xpath *xpath =
                gs_xpath_compile(arena, text->str, &offset, &error);
        if (xpath != NULL) {
            struct gs_value value;
            gs_query_eval(fixture->query, arena, xpath, &fixture->scope,
                    GS_NO_LOC, fixture->diag, &value);
            compiled++;
        } else {
            assert_in_range(offset, 0, text->len);
        }
        gs_arena_free(arena);
        g_string_free(text, TRUE);
    }
    assert_true(compiled > 1000);
    g_rand_free(random);
}

static void failures_on_the_data_are_reported(void **state)
{
    struct fixture *fixture = *state;
    struct gs_variable variable = {
            "x", {.kind = GS_VALUE_STRING, .string = "v"}, NULL};
    fixture->scope.variables = &variable;
    size_t offset;
    const char *error;
    const struct gs_xpath *xpath =
            gs_xpath_compile(fixture->arena, "count($x)", &offset, &error);
    assert_non_null(xpath);
    struct gs_value value;
    assert_false(gs_query_eval(fixture->query, fixture->arena, xpath,
            &fixture->scope, GS_NO_LOC, fixture->diag, &value));
    struct gs_diag_entry entry = gs_diag_entry(fixture->diag, 0);
    assert_int_equal(entry.id, GS_DIAG_XPATH_FAILED);
    assert_non_null(strstr(entry.message, "type"));
    expect_words(fixture, "1 + 1", "2"); /* the next one is not affected */
}

/* Whether results are in document order with many nodes, and quickly. */
static void large_results_are_sorted(void **state)
{
    struct fixture *fixture = *state;
    GString *text = g_string_new("<r>");
    for (int i = 0; i < 20000; i++) {
        g_string_append_printf(text, "<a>%d</a><b/>", i);
    }
    g_string_append(text, "</r>");
    const struct gs_xml *xml = gs_xml_parse(
            fixture->arena, "l.xml", text->str, text->len, fixture->diag);
    g_string_free(text, TRUE);
    fixture->query = gs_query_make(fixture->arena, xml);
    fixture->scope.node = gs_xml_root(xml);
    struct gs_value value = evaluate(fixture, "b | a");
    assert_int_equal(value.count, 40000);
    for (size_t i = 0; i < value.count; i++) {
        assert_string_equal(
                gs_node_name(value.nodes[i]), i % 2 == 0 ? "a" : "b");
    }
    assert_string_equal(
            gs_node_path(fixture->arena, value.nodes[39998]), "/r/a[20000]");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
            TEST(plain_paths_find_children_and_attributes),
            TEST(plain_paths_equal_libxml2),
            TEST(constants_equal_libxml2),
            TEST(other_expressions_go_to_libxml2),
            TEST(numbers_are_written_without_exponent),
            TEST(a_path_tells_where_it_stops),
            TEST(position_and_size_come_from_the_scope),
            TEST(variables_are_looked_up_from_the_inside),
            TEST(unknown_variables_are_reported),
            TEST(the_current_group_is_a_set_of_nodes),
            TEST(a_blank_record_has_no_nodes),
            TEST(truth_is_xpaths),
            TEST(errors_have_a_place),
            TEST(wrong_arguments_are_found_when_compiling),
            TEST(hostile_expressions_are_refused),
            TEST(random_expressions_do_no_harm),
            TEST(failures_on_the_data_are_reported),
            TEST(large_results_are_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
