/*
 * Styles, formats, pages, column lists.
 */
#include "form-sample.h"

static const struct gs_style *style_of(
        const struct sample *sample, const int *path)
{
    return sample_item(sample, path)->style;
}
#define STYLE(sample, ...) style_of(&(sample), (const int[]){__VA_ARGS__, -1})

static void defaults(void **state)
{
    (void)state;
    struct sample sample = sample_good(BODY("<p>x</p>"));
    const struct gs_style *style = STYLE(sample, 0);
    assert_string_equal(style->text.font, "song");
    assert_null(style->text.latin);
    assert_int_equal(style->text.size, GS_PT(12));
    assert_int_equal(style->para.line_height, gs_len_scale(GS_PT(12), 13, 10));
    assert_int_equal(style->para.align, GS_ALIGN_LEFT);
    assert_int_equal(style->para.orphans, 1);
    assert_int_equal(style->cell.padding.left, gs_len_from_mm(1.5));
    assert_int_equal(style->cell.valign, GS_VALIGN_MIDDLE);
    assert_int_equal(style->cell.rules[GS_LEFT].width, GS_PT(1) / 2);
    assert_int_equal(style->cell.rules[GS_LEFT].kind, GS_RULE_SOLID);
    assert_false(style->cell.has_background);
    assert_ptr_equal(STYLE(sample, 0, 0), style); /* nothing set: shared */
    sample_free(&sample);
}

static void parent_then_style_then_own(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<style name='a' size='10pt' align='right' bold='yes'/>"
            "<style name='b' like='a' align='center' color='red'/>\n",
            "<section font='kai' bold='no'><p style='b' color='#010203'>"
            "<span size='20pt'>x</span></p></section>"));
    const struct gs_style *style = STYLE(sample, 0, 0);
    assert_string_equal(style->text.font, "kai");
    assert_true(style->text.bold);
    assert_int_equal(style->text.size, GS_PT(10));
    assert_int_equal(style->para.align, GS_ALIGN_CENTER);
    assert_int_equal(style->text.color.blue, 3);
    style = STYLE(sample, 0, 0, 0);
    assert_int_equal(style->text.size, GS_PT(20));
    assert_string_equal(style->text.font, "kai");
    sample_free(&sample);
}

static void em_and_factors_are_of_the_final_size(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<style name='a' indent='2em' line='1.5' size='三号'/>\n",
            "<p style='a' size='10pt'>x</p>"
            "<section style='a'><p size='0.5em'>x</p></section>"));
    const struct gs_style *style = STYLE(sample, 0);
    assert_int_equal(style->para.indent, GS_PT(20));
    assert_int_equal(style->para.line_height, GS_PT(15));
    style = STYLE(sample, 1, 0);
    assert_int_equal(style->text.size, GS_PT(8));
    assert_int_equal(style->para.indent, GS_PT(16));
    assert_int_equal(style->para.line_height, GS_PT(12));
    sample_free(&sample);
}

static void headings_and_cells_bring_a_look_along(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<style name='h2' size='16pt'/><style name='td' color='red'/>\n",
            "<h1>x</h1><h2>x</h2>"
            "<table columns='1* 1*' align='right' style='td'><row valign='top'>"
            "<th>x</th><td>x</td></row></table>"));
    assert_string_equal(STYLE(sample, 0)->text.font, "hei");
    assert_int_equal(STYLE(sample, 0)->text.size, GS_PT(18));
    assert_int_equal(STYLE(sample, 0)->para.align, GS_ALIGN_CENTER);
    assert_int_equal(STYLE(sample, 0)->para.space_after, GS_PT(6));
    assert_int_equal(STYLE(sample, 1)->text.size, GS_PT(16));
    assert_string_equal(STYLE(sample, 1)->text.font, "hei");
    const struct gs_style *th = STYLE(sample, 2, 0, 0);
    assert_int_equal(th->para.align, GS_ALIGN_CENTER);
    assert_int_equal(th->cell.valign, GS_VALIGN_MIDDLE);
    const struct gs_style *td = STYLE(sample, 2, 0, 1);
    assert_int_equal(td->para.align, GS_ALIGN_LEFT); /* not the table's own */
    assert_int_equal(td->cell.valign, GS_VALIGN_TOP);
    assert_int_equal(td->text.color.red, 255);
    assert_int_equal(ITEM(sample, 2)->u.table.align, GS_ALIGN_RIGHT);
    sample_free(&sample);
}

static void border_comes_before_its_edges(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<style name='a' border-top='2pt dashed red' border='none'/>\n",
            "<p style='a'/><p style='a' border='1pt #000001'/>"
            "<p border='0'/>"));
    const struct gs_rule_style *rules = STYLE(sample, 0)->cell.rules;
    assert_int_equal(rules[GS_TOP].kind, GS_RULE_DASHED);
    assert_int_equal(rules[GS_TOP].width, GS_PT(2));
    assert_int_equal(rules[GS_TOP].color.red, 255);
    assert_int_equal(rules[GS_BOTTOM].kind, GS_RULE_NONE);
    rules = STYLE(sample, 1)->cell.rules;
    assert_int_equal(rules[GS_TOP].kind, GS_RULE_SOLID);
    assert_int_equal(rules[GS_TOP].color.blue, 1);
    assert_int_equal(STYLE(sample, 2)->cell.rules[GS_LEFT].kind, GS_RULE_NONE);
    sample_free(&sample);
}

static void paddings_are_those_of_css(void **state)
{
    (void)state;
    struct sample sample = sample_good(BODY("<p padding='1pt 2pt 3pt'/>"));
    struct gs_edges padding = STYLE(sample, 0)->cell.padding;
    assert_int_equal(padding.top, GS_PT(1));
    assert_int_equal(padding.right, GS_PT(2));
    assert_int_equal(padding.bottom, GS_PT(3));
    assert_int_equal(padding.left, GS_PT(2));
    sample_free(&sample);
}

static void styles_are_like_one_another_without_cycles(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<style name='a' like='b'/>\n"
                         "<style name='b' like='a'/>\n",
                          ""),
            "cycle 3:23");
    expect_errors(LAYOUT("<style name='a' like='a'/>\n", ""), "cycle 2:23");
    expect_errors(LAYOUT("<style name='a' like='x'/>\n", ""),
            "unknown-style 2:23");
}

static void long_chain_of_styles_is_no_recursion(void **state)
{
    (void)state;
    GString *text = g_string_new("<layout xmlns='urn:gongshi:layout:1' "
                                 "name='t'>");
    for (int i = 0; i < 20000; i++) {
        g_string_append_printf(
                text, "<style name='s%d' like='s%d'/>", i, i + 1);
    }
    g_string_append(text, "<style name='s20000' size='20pt'/>"
                          "<body><p style='s0'/></body></layout>");
    struct sample sample = sample_good(text->str);
    assert_int_equal(STYLE(sample, 0)->text.size, GS_PT(20));
    sample_free(&sample);
    g_string_free(text, TRUE);
}

/* --- columns --------------------------------------------------------------- */

static void columns_are_lengths_shares_or_auto(void **state)
{
    (void)state;
    struct sample sample = sample_good(BODY(
            "<table size='10pt' columns=' 18mm 2.5* *\nauto 2em '/>"));
    const struct gs_item *table = ITEM(sample, 0);
    const struct gs_column *columns = table->u.table.columns;
    assert_int_equal(table->u.table.column_count, 5);
    assert_int_equal(columns[0].kind, GS_COLUMN_FIXED);
    assert_int_equal(columns[0].width, gs_len_from_mm(18));
    assert_int_equal(columns[1].kind, GS_COLUMN_SHARE);
    assert_true(columns[1].weight == 2.5);
    assert_true(columns[2].weight == 1);
    assert_int_equal(columns[3].kind, GS_COLUMN_CONTENT);
    assert_int_equal(columns[4].width, GS_PT(20));
    sample_free(&sample);
}

static void columns_repeat(void **state)
{
    (void)state;
    struct sample sample = sample_good(
            BODY("<table columns='auto repeat( 3 , 12pt 1* ) 5pt'/>"));
    const struct gs_item *table = ITEM(sample, 0);
    const struct gs_column *columns = table->u.table.columns;
    assert_int_equal(table->u.table.column_count, 8);
    assert_int_equal(columns[5].width, GS_PT(12));
    assert_int_equal(columns[6].kind, GS_COLUMN_SHARE);
    assert_int_equal(columns[7].width, GS_PT(5));
    sample_free(&sample);
}

static void bad_columns_are_told_one_by_one(void **state)
{
    (void)state;
    /* the list begins at 2:23 */
    expect_errors(BODY("<table columns='18mm wide 0* -3mm 0'/>"),
            "bad-columns 2:28; bad-columns 2:33; bad-columns 2:36; "
            "bad-columns 2:41");
    expect_errors(BODY("<table columns=''/>"), "bad-columns 2:23");
    expect_errors(BODY("<table columns='repeat(0, 1*)'/>"), "bad-columns 2:23");
    expect_errors(BODY("<table columns='1* repeat(2, 1*'/>"),
            "bad-columns 2:26");
    expect_errors(BODY("<table columns='repeat(x, 1*)'/>"), "bad-columns 2:23");
    expect_errors(BODY("<table columns='1* )'/>"), "bad-columns 2:26");
    expect_errors(BODY("<table columns='repeat(2, repeat(2, 1*))'/>"),
            "bad-columns 2:33; bad-columns 2:39; bad-columns 2:40; "
            "bad-columns 2:41; bad-columns 2:46");
    expect_errors(BODY("<table columns='repeat(200, 1* 1*)'/>"),
            "layout-too-large 2:23");
    expect_errors(BODY("<table/>"), "missing-attribute 2:7");
}

/* --- pages ----------------------------------------------------------------- */

static void page_sizes_and_orientations(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<page name='a' size='A3' orientation='landscape' margin='1pt 2pt'"
            " header-top='3pt'/>"
            "<page name='b' size='100mm 200mm'/>\n",
            "<section page='b'/>"));
    const struct gs_page_style *page = &sample.form->page->style;
    assert_string_equal(page->name, "a");
    assert_int_equal(page->size.width, gs_len_from_mm(420));
    assert_int_equal(page->size.height, gs_len_from_mm(297));
    assert_int_equal(page->margin.bottom, GS_PT(1));
    assert_int_equal(page->margin.left, GS_PT(2));
    assert_int_equal(page->header_top, GS_PT(3));
    assert_int_equal(page->footer_bottom, gs_len_from_mm(12));
    page = &ITEM(sample, 0)->u.section.page->style;
    assert_int_equal(page->size.height, gs_len_from_mm(200));
    sample_free(&sample);

    sample = sample_good(BODY(""));
    page = &sample.form->page->style;
    assert_int_equal(page->size.width, gs_len_from_mm(210));
    assert_int_equal(page->margin.top, gs_len_from_mm(25));
    assert_int_equal(page->margin.right, gs_len_from_mm(20));
    sample_free(&sample);

    expect_errors(LAYOUT("<page name='a' size='B9'/>\n", ""),
            "bad-value 2:22");
    expect_errors(LAYOUT("<page name='a'>x<p/></page>\n", ""),
            "misplaced-text 2:16; misplaced-element 2:17");
}

/* --- formats --------------------------------------------------------------- */

static const struct gs_format *format_of(const struct sample *sample)
{
    return ITEM(*sample, 0, 0)->u.text.pieces[0].format;
}

static void formats_are_read(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<format name='a' kind='amount' decimals='2' thousands='yes' "
            "zero='dash' divide='10000' negative='parentheses'/>\n",
            "<p><value select='.' format='a'/></p>"));
    const struct gs_format *format = format_of(&sample);
    assert_int_equal(format->kind, GS_FORMAT_AMOUNT);
    assert_int_equal(format->amount.decimals, 2);
    assert_true(format->amount.thousands);
    assert_int_equal(format->amount.zero, GS_ZERO_DASH);
    assert_int_equal(format->amount.power, -4);
    assert_true(format->amount.parentheses);
    sample_free(&sample);
}

static void built_in_formats_are_there(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum gs_format_kind kind;
        const char *before, *after;
    } formats[] = {
            {"amount", GS_FORMAT_AMOUNT, "", ""},
            {"percent", GS_FORMAT_PERCENT, "", ""},
            {"date", GS_FORMAT_DATE, "", ""},
            {"capital", GS_FORMAT_CAPITAL, "", ""},
            {"一、", GS_FORMAT_NUMBER, "", "、"},
            {"（一）", GS_FORMAT_NUMBER, "（", "）"},
            {"1.", GS_FORMAT_NUMBER, "", "."},
            {"01", GS_FORMAT_NUMBER, "", ""},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        char *text = g_strdup_printf(
                BODY("<p><value select='.' format='%s'/></p>"),
                formats[i].name);
        struct sample sample = sample_good(text);
        const struct gs_format *format = format_of(&sample);
        assert_int_equal(format->kind, formats[i].kind);
        assert_string_equal(format->before, formats[i].before);
        assert_string_equal(format->after, formats[i].after);
        sample_free(&sample);
        g_free(text);
    }
}

static void attributes_of_another_kind_of_format_are_refused(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<format name='a' kind='date' decimals='2'/>\n", ""),
            "unknown-attribute 2:30");
    expect_errors(LAYOUT("<format name='a' kind='amount' divide='20'/>\n", ""),
            "bad-value 2:40");
    expect_errors(
            LAYOUT("<format name='a' kind='amount' decimals='19'/>\n", ""),
            "bad-value 2:42");
    expect_errors(LAYOUT("<format name='a'/>\n", ""), "missing-attribute 2:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(defaults),
            cmocka_unit_test(parent_then_style_then_own),
            cmocka_unit_test(em_and_factors_are_of_the_final_size),
            cmocka_unit_test(headings_and_cells_bring_a_look_along),
            cmocka_unit_test(border_comes_before_its_edges),
            cmocka_unit_test(paddings_are_those_of_css),
            cmocka_unit_test(styles_are_like_one_another_without_cycles),
            cmocka_unit_test(long_chain_of_styles_is_no_recursion),
            cmocka_unit_test(columns_are_lengths_shares_or_auto),
            cmocka_unit_test(columns_repeat),
            cmocka_unit_test(bad_columns_are_told_one_by_one),
            cmocka_unit_test(page_sizes_and_orientations),
            cmocka_unit_test(formats_are_read),
            cmocka_unit_test(built_in_formats_are_there),
            cmocka_unit_test(attributes_of_another_kind_of_format_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
