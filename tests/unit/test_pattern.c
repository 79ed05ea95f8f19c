/*
 * Patterns: literals and bindings, and the white space of a layout's text.
 */
#include "form-sample.h"

#include "xml/xpath.h"

/* "a|{x}|b" for the pieces of a pattern. */
static char *spell(const struct gs_pattern *pattern)
{
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < pattern->count; i++) {
        const struct gs_piece *piece = &pattern->pieces[i];
        g_string_append(text, i > 0 ? "|" : "");
        if (piece->literal != NULL) {
            g_string_append(text, piece->literal);
        } else {
            g_string_append_printf(text, "{%s%s}", piece->optional ? "?" : "",
                    gs_xpath_text(piece->xpath));
        }
    }
    return g_string_free(text, FALSE);
}

/* The text items of one paragraph, parted by '/', other items as '#'. */
static void expect_text(const char *content, const char *expected)
{
    char *layout = g_strdup_printf(BODY("<p>%s</p>"), content);
    struct sample sample = sample_good(layout);
    GString *text = g_string_new(NULL);
    const struct gs_item *para = ITEM(sample, 0);
    for (size_t i = 0; i < para->content.count; i++) {
        const struct gs_item *item = para->content.items[i];
        g_string_append(text, i > 0 ? "/" : "");
        if (item->kind == GS_ITEM_TEXT) {
            char *part = spell(&item->u.text);
            g_string_append(text, part);
            g_free(part);
        } else {
            g_string_append(text, "#");
        }
    }
    assert_string_equal(text->str, expected);
    g_string_free(text, TRUE);
    g_free(layout);
    sample_free(&sample);
}

static void literals_and_bindings_alternate(void **state)
{
    (void)state;
    expect_text("第{n}页", "第|{n}|页");
    expect_text("{a}{b}", "{a}|{b}");
    expect_text("{?a}", "{?a}");
    expect_text("{ a }", "{a}");
    expect_text("{? a }", "{?a}");
    expect_text("", "");
}

static void doubled_braces_are_text(void **state)
{
    (void)state;
    expect_text("{{a}}", "{a}");
    expect_text("{{{a}}}", "{|{a}|}");
}

static void brace_in_a_string_is_no_end(void **state)
{
    (void)state;
    expect_text("{concat('}', \"}\")}x", "{concat('}', \"}\")}|x");
}

static void line_break_beside_chinese_text_is_nothing(void **state)
{
    (void)state;
    expect_text("甲\n   乙", "甲乙");
    expect_text("甲\n   b", "甲b");
    expect_text("a\n   乙", "a乙");
    expect_text("a，\n   b", "a，b");
    expect_text("a\n   b", "a b");
    expect_text("a\n\n\n   b", "a b");
    expect_text("a\r\n   b", "a b");
}

static void line_break_at_an_edge_is_nothing(void **state)
{
    (void)state;
    expect_text("\n  a\n  ", "a");
    expect_text("a\n<br/>\nb", "a/#/b");
    expect_text("\n <br/>\n <br/>\n", "#/#");
    expect_text("a\n<b>b</b>", "a/b");
}

static void line_break_beside_a_binding_is_a_space(void **state)
{
    (void)state;
    expect_text("{a}\n {b}", "{a}| |{b}");
    expect_text("a\n {b}", "a |{b}");
    expect_text("甲\n {b}", "甲|{b}");
}

static void blanks_on_a_line_stay(void **state)
{
    (void)state;
    expect_text("甲  乙", "甲  乙");
    expect_text(" a ", " a ");
    expect_text("a <br/> b", "a /#/ b");
    expect_text("甲　\n　乙", "甲　　乙"); /* ideographic spaces are text */
}

static void white_space_in_a_binding_is_its_own(void **state)
{
    (void)state;
    expect_text("{a\n and\n b}", "{a\n and\n b}");
}

static void comment_in_a_text_is_no_edge(void **state)
{
    (void)state;
    expect_text("甲<!-- x -->乙", "甲乙");
    expect_text("a<!-- x -->\nb", "a b");
    expect_text("a<![CDATA[<b\nc>]]>\n<?x y?>乙", "a<b c>乙");
}

static void places_are_those_of_the_expressions(void **state)
{
    (void)state;
    struct sample sample = sample_good(BODY("\n<p id='x{ n }'>\n 总{ a }</p>"));
    const struct gs_item *para = ITEM(sample, 0);
    const struct gs_pattern *id = para->u.para.id;
    assert_int_equal(id->count, 2);
    assert_int_equal(id->pieces[0].loc.column, 8);
    assert_int_equal(id->pieces[1].loc.line, 3);
    assert_int_equal(id->pieces[1].loc.column, 11);
    const struct gs_pattern *text = &para->content.items[0]->u.text;
    assert_int_equal(text->pieces[0].loc.line, 4);
    assert_int_equal(text->pieces[0].loc.column, 2);
    assert_int_equal(text->pieces[1].loc.line, 4);
    assert_int_equal(text->pieces[1].loc.column, 5);
    sample_free(&sample);
}

static void format_of_a_cell_is_that_of_its_bindings(void **state)
{
    (void)state;
    struct sample sample = sample_good(BODY(
            "<table columns='1*'><row><td format='money' colspan='{n}'>"
            "{a}<span format='date'>{b}</span><value select='c'/></td></row>"
            "</table>"));
    const struct gs_item *cell = ITEM(sample, 0, 0, 0);
    assert_null(cell->u.cell.column_span->pieces[0].format);
    const char *const formats[] = {"money", "date", "money"};
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        const struct gs_piece *piece =
                &cell->content.items[i]->u.text.pieces[0];
        assert_string_equal(piece->format->name, formats[i]);
    }
    sample_free(&sample);
}

static void variables_of_a_span_end_with_it(void **state)
{
    (void)state;
    expect_text("<b>a<span>b</span></b>", "a/b");
    expect_text("<b><let name='x' select='1'/>{$x}</b>", "#");
    expect_errors(BODY("<p><b><let name='x' select='1'/></b>{$x}</p>"),
            "unknown-variable 2:44");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(literals_and_bindings_alternate),
            cmocka_unit_test(doubled_braces_are_text),
            cmocka_unit_test(brace_in_a_string_is_no_end),
            cmocka_unit_test(line_break_beside_chinese_text_is_nothing),
            cmocka_unit_test(line_break_at_an_edge_is_nothing),
            cmocka_unit_test(line_break_beside_a_binding_is_a_space),
            cmocka_unit_test(blanks_on_a_line_stay),
            cmocka_unit_test(white_space_in_a_binding_is_its_own),
            cmocka_unit_test(comment_in_a_text_is_no_edge),
            cmocka_unit_test(places_are_those_of_the_expressions),
            cmocka_unit_test(format_of_a_cell_is_that_of_its_bindings),
            cmocka_unit_test(variables_of_a_span_end_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
