/*
 * Layouts that are wrong: every kind of error, at its place, all in one run.
 */
#include "form-sample.h"

#define NESTED "<if test='1'>"

static void root_that_is_no_layout_is_refused(void **state)
{
    (void)state;
    expect_errors("<layout name='a'/>", "not-a-layout 1:1");
    expect_errors("<fragments xmlns='urn:gongshi:layout:1'/>",
            "not-a-layout 1:1");
    expect_errors("<a", "xml-syntax 1:3");
}

static void layout_needs_one_body(void **state)
{
    (void)state;
    expect_errors("<layout xmlns='urn:gongshi:layout:1' name='t'/>",
            "missing-element 1:1");
    expect_errors(LAYOUT("<body/>\n", ""), "repeated-element 3:1");
    expect_errors("<layout xmlns='urn:gongshi:layout:1'><body/></layout>",
            "missing-attribute 1:1");
}

static void elements_are_known_and_in_their_place(void **state)
{
    (void)state;
    expect_errors(BODY("<tabel/>"), "unknown-element 2:7");
    expect_words(BODY("<tabel columns='1*'/>"), "did you mean <table>?");
    expect_errors(BODY("\n  <td/>"), "misplaced-element 3:3");
    expect_errors(BODY("<p><table columns='1*'/></p>"),
            "misplaced-element 2:10");
    expect_errors(BODY("<section><section/></section>"),
            "misplaced-element 2:16");
    expect_errors(BODY("<page-break><br/></page-break>"),
            "misplaced-element 2:19");
    expect_errors(BODY("<x xmlns='urn:other'/>"), "unknown-element 2:7");
    expect_errors(BODY("<p xmlns=''/>"), "unknown-element 2:7");
    expect_errors(BODY("<if test='1'><header/></if>"), "misplaced-element 2:20");
    expect_errors(BODY("<section><if test='1'><header/></if></section>"),
            "misplaced-element 2:29");
}

static void checking_goes_on_inside_of_a_misplaced_element(void **state)
{
    (void)state;
    expect_errors(BODY("<td><p>{(}</p></td>"),
            "misplaced-element 2:7; bad-xpath 2:16");
}

static void text_stands_only_among_inline_content(void **state)
{
    (void)state;
    expect_errors(BODY("\n 正文"), "misplaced-text 3:2");
    expect_errors(BODY("<table columns='1*'><row>x</row></table>"),
            "misplaced-text 2:32");
    expect_errors(BODY("<br/>"), "misplaced-element 2:7");
}

static void cell_holds_blocks_or_text(void **state)
{
    (void)state;
    expect_errors(BODY("<table columns='1*'><row><td>a<p/></td></row></table>"),
            "misplaced-text 2:36");
    expect_errors(BODY("<table columns='1*'><row><td><p/><b>x</b></td></row>"
                       "</table>"),
            "misplaced-element 2:40");
    expect_errors(BODY("<table columns='1*'><row><td>x<if test='1'><p/></if>"
                       "</td></row></table>"),
            "misplaced-text 2:36");
    expect_errors(BODY("<table columns='1*'><row><td><h1/></td></row></table>"),
            "misplaced-element 2:36");
}

static void attributes_are_known_and_there(void **state)
{
    (void)state;
    expect_errors(BODY("<p colour='red'/>"), "unknown-attribute 2:10");
    expect_words(BODY("<p colour='red'/>"), "did you mean “color”?");
    expect_errors(BODY("<space/>"), "missing-attribute 2:7");
    expect_errors(BODY("<p least='2'/>"), "missing-attribute 2:7");
    expect_errors(BODY("<place left='1mm'/>"), "missing-attribute 2:7");
    expect_errors(BODY("<table columns='1*'><row fit='fixed'/></table>"),
            "missing-attribute 2:27");
}

static void values_are_good(void **state)
{
    (void)state;
    static const struct {
        const char *element, *at;
    } bad[] = {
            {"<p align='middle'/>", "2:17"},
            {"<p bold='true'/>", "2:16"},
            {"<p size='big'/>", "2:16"},
            {"<p size='0.5pt'/>", "2:16"},
            {"<p color='#12345'/>", "2:17"},
            {"<p color='#12345g'/>", "2:17"},
            {"<p line='0'/>", "2:16"},
            {"<p line='-1'/>", "2:16"},
            {"<p orphans='0'/>", "2:19"},
            {"<p font='arial'/>", "2:16"},
            {"<p border='1pt wavy'/>", "2:18"},
            {"<p border='solid'/>", "2:18"},
            {"<p border='1pt red solid'/>", "2:18"},
            {"<p padding='1mm 1mm 1mm 1mm 1mm'/>", "2:19"},
            {"<p padding=''/>", "2:19"},
            {"<p padding='-1mm'/>", "2:19"},
            {"<p background='blue'/>", "2:22"},
            {"<p keep='page'/>", "2:16"},
            {"<space height='10'/>", "2:22"},
            {"<toc levels='4'/>", "2:20"},
            {"<p each='.' least='-1'/>", "2:26"},
            {"<let name='1a' select='1'/>", "2:18"},
            {"<section number='greek'/>", "2:24"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
        char *text = g_strdup_printf(BODY("%s"), bad[i].element);
        char *told = g_strdup_printf("bad-value %s", bad[i].at);
        expect_errors(text, told);
        g_free(told);
        g_free(text);
    }
    expect_words(BODY("<p align='centre'/>"), "did you mean “center”?");
}

static void spans_are_numbers_or_patterns(void **state)
{
    (void)state;
    expect_errors(BODY("<table columns='1*'><row><td colspan='0'/></row>"
                       "</table>"),
            "bad-value 2:45");
    expect_errors(BODY("<table columns='1*'><row><td rowspan='two'/></row>"
                       "</table>"),
            "bad-value 2:45");
    struct sample sample = sample_good(BODY(
            "<table columns='1*'><row><td colspan='{@n}'/></row></table>"));
    assert_int_equal(
            ITEM(sample, 0, 0, 0)->u.cell.column_span->count, 1);
    sample_free(&sample);
}

static void names_are_defined(void **state)
{
    (void)state;
    expect_errors(BODY("<p style='a'/>"), "unknown-style 2:17");
    expect_errors(BODY("<p><value select='.' format='a'/></p>"),
            "unknown-format 2:36");
    expect_errors(BODY("<section page='a'/>"), "unknown-page 2:22");
    expect_errors(BODY("<include fragment='a'/>"), "unknown-fragment 2:26");
    expect_words(LAYOUT("<style name='prose'/>", "<p style='porse'/>"),
            "did you mean “prose”?");
    expect_words(BODY("<p><value select='.' format='amont'/></p>"),
            "did you mean “amount”?");
}

static void names_are_defined_once(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<style name='a'/>\n<style name='a'/>\n", ""),
            "duplicate-name 3:14");
    expect_words(LAYOUT("<style name='a'/>\n<style name='a'/>\n", ""),
            "first in t.xml:2");
    expect_errors(LAYOUT("<format name='a' kind='text'/>"
                         "<format name='a' kind='text'/>\n",
                          ""),
            "duplicate-name 2:45");
    expect_errors(LAYOUT("<page name='a'/><page name='a'/>\n", ""),
            "duplicate-name 2:29");
    expect_errors(LAYOUT("<fragment name='a'/><fragment name='a'/>\n", ""),
            "duplicate-name 2:37");
}

static void expressions_are_checked_at_their_place(void **state)
{
    (void)state;
    expect_errors(BODY("<p>{a/}</p>"), "bad-xpath 2:13");
    expect_errors(BODY("<p>总{ a + }</p>"), "bad-xpath 2:16");
    expect_errors(BODY("<p each='a['/>"), "bad-xpath 2:18");
    expect_errors(BODY("<p id='x{1 2}'/>"), "bad-xpath 2:18");
    expect_errors(BODY("<if test=''/>"), "bad-xpath 2:17");
}

static void variables_are_in_scope(void **state)
{
    (void)state;
    expect_errors(BODY("<p>{$a}</p>"), "unknown-variable 2:11");
    expect_errors(BODY("<p>{1 + $ab + $a}</p><let name='a' select='1'/>"),
            "unknown-variable 2:15; unknown-variable 2:21");
    expect_errors(BODY("<if test='1'><let name='a' select='1'/></if>"
                       "<p>{$a}</p>"),
            "unknown-variable 2:55");
    expect_errors(BODY("<p>{$position}</p>"), "unknown-variable 2:11");
    expect_errors(BODY("<p each='a[$count]'/>"), "unknown-variable 2:18");

    struct sample sample = sample_good(
            BODY("<let name='a' select='1'/><p each='b[$a]' if='$position'>"
                 "{$a + $count}</p>"));
    sample_free(&sample);
}

static void braces_have_partners(void **state)
{
    (void)state;
    expect_errors(BODY("<p>a{b</p>"), "bad-pattern 2:11");
    expect_errors(BODY("<p>a}b</p>"), "bad-pattern 2:11");
    expect_errors(BODY("<p id='{a}}'/>"), "bad-pattern 2:17");
}

static void choose_is_in_order(void **state)
{
    (void)state;
    expect_errors(BODY("<choose/>"), "missing-element 2:7");
    expect_errors(BODY("<choose><otherwise/><when test='1'/></choose>"),
            "misplaced-element 2:27");
    expect_errors(BODY("<choose><otherwise/><otherwise/></choose>"),
            "repeated-element 2:27");
    expect_errors(BODY("<choose>x<when/></choose>"),
            "misplaced-text 2:15; missing-attribute 2:16");
    expect_errors(BODY("<when test='1'/>"), "misplaced-element 2:7");
}

static void all_errors_come_in_one_run(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<style name='a' siz='1'/>\n",
                          "\n<p style='b'>{(}</p>\n<h9/>\n<td x='1'/>"),
            "unknown-attribute 2:17; unknown-style 4:11; bad-xpath 4:16; "
            "unknown-element 5:1; misplaced-element 6:1; "
            "unknown-attribute 6:5");
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    GString *text = g_string_new("<layout xmlns='urn:gongshi:layout:1' "
                                 "name='t'><fragment name='f'>");
    for (int i = 0; i < 240; i++) {
        g_string_append(text, NESTED);
    }
    g_string_append(text, "<include fragment='g'/>");
    for (int i = 0; i < 240; i++) {
        g_string_append(text, "</if>");
    }
    g_string_append(text, "</fragment><fragment name='g'>");
    for (int i = 0; i < 240; i++) {
        g_string_append(text, NESTED);
    }
    for (int i = 0; i < 240; i++) {
        g_string_append(text, "</if>");
    }
    g_string_append(text,
            "</fragment><body><include fragment='f'/></body></layout>");
    struct sample sample = sample_parse(text->str, NULL);
    assert_null(sample.form);
    assert_int_equal(gs_diag_count(sample.diag), 1);
    assert_string_equal(
            gs_diag_entry(sample.diag, 0).name, "layout-too-large");
    sample_free(&sample);
    g_string_free(text, TRUE);
}

static void shape_of_items(void **state)
{
    (void)state;
    struct sample sample = sample_good(BODY(
            "<h2 if='a' each='b' by='c' least='3'>x</h2>"
            "<line><left>l</left><right>r</right></line>"
            "<table columns='1* 1*'><group each='g'><th>t</th>"
            "<row><td/><td><p>b</p></td></row></group></table>"));
    const struct gs_item *each = ITEM(sample, 0);
    assert_int_equal(each->kind, GS_ITEM_EACH);
    assert_int_equal(each->u.each.least, 3);
    assert_non_null(each->u.each.by);
    assert_int_equal(each->u.each.by_loc.column, 31);
    assert_int_equal(ITEM(sample, 0, 0)->kind, GS_ITEM_IF);
    const struct gs_item *heading = ITEM(sample, 0, 0, 0);
    assert_int_equal(heading->kind, GS_ITEM_PARA);
    assert_int_equal(heading->u.para.heading, 2);
    assert_true(heading->u.para.in_outline);
    assert_int_equal(heading->u.para.keep, GS_KEEP_NEXT);

    const struct gs_item *line = ITEM(sample, 1);
    assert_int_equal(line->u.line.left.count, 1);
    assert_int_equal(line->u.line.center.count, 0);
    assert_int_equal(line->u.line.right_style->para.align, GS_ALIGN_RIGHT);

    const struct gs_item *label = ITEM(sample, 2, 0, 0, 0);
    assert_int_equal(label->kind, GS_ITEM_CELL);
    assert_int_equal(label->u.cell.label, GS_LABEL_REPEAT);
    assert_true(label->u.cell.head);
    const struct gs_item *empty = ITEM(sample, 2, 0, 0, 1, 0);
    assert_false(empty->u.cell.has_blocks);
    assert_int_equal(empty->content.count, 0);
    assert_int_equal(empty->u.cell.label, GS_LABEL_FLOW);
    assert_true(ITEM(sample, 2, 0, 0, 1, 1)->u.cell.has_blocks);
    sample_free(&sample);
}

static void section_has_its_own_head(void **state)
{
    (void)state;
    struct sample sample = sample_good(
            LAYOUT("<page name='a'><footer skip-first='yes'><p>1</p></footer>"
                   "</page>",
                    "<section restart='yes' number='roman'>"
                    "<header><p>x</p></header><p>y</p></section>"));
    const struct gs_item *section = ITEM(sample, 0);
    assert_non_null(section->u.section.header);
    assert_null(section->u.section.footer);
    assert_int_equal(section->content.count, 1);
    assert_true(section->u.section.restart);
    assert_int_equal(section->u.section.number, GS_NUMBER_ROMAN_LOWER);
    assert_ptr_equal(section->u.section.page, sample.form->page);
    assert_true(sample.form->page->footer->skip_first);
    assert_null(sample.form->page->header);
    sample_free(&sample);

    expect_errors(BODY("<section><header/><header/></section>"),
            "repeated-element 2:25");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(root_that_is_no_layout_is_refused),
            cmocka_unit_test(layout_needs_one_body),
            cmocka_unit_test(elements_are_known_and_in_their_place),
            cmocka_unit_test(checking_goes_on_inside_of_a_misplaced_element),
            cmocka_unit_test(text_stands_only_among_inline_content),
            cmocka_unit_test(cell_holds_blocks_or_text),
            cmocka_unit_test(attributes_are_known_and_there),
            cmocka_unit_test(values_are_good),
            cmocka_unit_test(spans_are_numbers_or_patterns),
            cmocka_unit_test(names_are_defined),
            cmocka_unit_test(names_are_defined_once),
            cmocka_unit_test(expressions_are_checked_at_their_place),
            cmocka_unit_test(variables_are_in_scope),
            cmocka_unit_test(braces_have_partners),
            cmocka_unit_test(choose_is_in_order),
            cmocka_unit_test(all_errors_come_in_one_run),
            cmocka_unit_test(nesting_is_bounded),
            cmocka_unit_test(shape_of_items),
            cmocka_unit_test(section_has_its_own_head),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
