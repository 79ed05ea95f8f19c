/*
 * The page tree as XML, compared with what docs/writers.md promises.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "page/tree.h"
#include "unit/sample.h"

static char *tree_of(const struct sample *sample, size_t first, size_t last)
{
    struct gs_output *output = gs_output_memory();
    size_t size;
    assert_true(gs_tree_write(&sample->pages, first, last, output));
    char *bytes = gs_output_take(output, &size);
    char *text = g_strndup(bytes, size);
    g_free(bytes);
    gs_output_free(output);
    return text;
}

static void page_is_written_whole(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    char *text = tree_of(&sample, 0, 0);
    assert_string_equal(text,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<pages xmlns=\"urn:gongshi:pages:1\" count=\"1\">\n"
            " <outline>\n"
            "  <item level=\"1\" title=\"第1章\" id=\"heading-1\" page=\"1\""
            " y=\"60\"/>\n"
            " </outline>\n"
            " <page number=\"1\" index=\"1\" width=\"595\" height=\"842\""
            " ended=\"the document ends\">\n"
            "  <header>\n"
            "   <block kind=\"para\" source=\"form.xml:10\" path=\"/unit\""
            " x=\"50\" y=\"20\" width=\"400\" height=\"14\">\n"
            "    <line x=\"50\" baseline=\"31\" width=\"20\" text=\"页眉\"/>\n"
            "   </block>\n"
            "  </header>\n"
            "  <block kind=\"heading\" level=\"1\" source=\"form.xml:10\""
            " path=\"/unit\" x=\"50\" y=\"60\" width=\"400\" height=\"14\""
            " id=\"heading-1\">\n"
            "   <line x=\"50\" baseline=\"71\" width=\"40\""
            " text=\"绩效目标\"/>\n"
            "  </block>\n"
            "  <block kind=\"para\" source=\"form.xml:10\" path=\"/unit\""
            " x=\"50\" y=\"90\" width=\"400\" height=\"14\">\n"
            "   <line x=\"50\" baseline=\"101\" width=\"110\""
            " text=\"一⼀ABC &amp; “文”\">\n"
            "    <link x=\"50\" width=\"20\" to=\"heading-1\"/>\n"
            "    <link x=\"70\" width=\"10\" to=\"heading-1\"/>\n"
            "    <image x=\"250\" y=\"89\" width=\"12\" height=\"12\""
            " alt=\"图\"/>\n"
            "   </line>\n"
            "  </block>\n"
            "  <table id=\"table-3\" part=\"2\" of=\"2\""
            " source=\"form.xml:18\" path=\"/\" x=\"50\" y=\"150\""
            " width=\"400\" height=\"40\" columns=\"50 250 450\">\n"
            "   <row index=\"1\" group=\"head\" repeated=\"yes\" y=\"150\""
            " height=\"20\">\n"
            "    <cell row=\"1\" column=\"1\" rowspan=\"1\" colspan=\"1\""
            " x=\"50\" y=\"150\" width=\"200\" height=\"20\""
            " source=\"form.xml:20\" path=\"/unit/name\">\n"
            "     <line x=\"54\" baseline=\"164\" width=\"20\""
            " text=\"项目\"/>\n"
            "    </cell>\n"
            "    <cell row=\"1\" column=\"2\" rowspan=\"1\" colspan=\"1\""
            " x=\"250\" y=\"150\" width=\"200\" height=\"20\""
            " source=\"form.xml:21\" path=\"/unit/name\">\n"
            "     <line x=\"254\" baseline=\"164\" width=\"20\""
            " text=\"金额\"/>\n"
            "    </cell>\n"
            "   </row>\n"
            "   <row index=\"5\" group=\"body\" y=\"170\" height=\"20\">\n"
            "    <cell row=\"5\" column=\"1\" rowspan=\"1\" colspan=\"1\""
            " part=\"2\" of=\"2\" rows-here=\"1\" x=\"50\" y=\"170\""
            " width=\"200\" height=\"20\" source=\"form.xml:20\""
            " path=\"/unit/name\">\n"
            "     <line x=\"54\" baseline=\"184\" width=\"20\""
            " text=\"一般\"/>\n"
            "    </cell>\n"
            "    <cell row=\"5\" column=\"2\" rowspan=\"1\" colspan=\"1\""
            " x=\"250\" y=\"170\" width=\"200\" height=\"20\""
            " source=\"form.xml:21\" path=\"/unit/name\"/>\n"
            "   </row>\n"
            "  </table>\n"
            "  <block kind=\"rule\" source=\"form.xml:30\" path=\"/\""
            " x=\"50\" y=\"220\" width=\"400\" height=\"1\"/>\n"
            "  <block kind=\"image\" source=\"form.xml:31\" path=\"/\""
            " x=\"50\" y=\"240\" width=\"60\" height=\"60\""
            " alt=\"一张 &lt;图&gt;\"/>\n"
            "  <footer>\n"
            "   <block kind=\"para\" source=\"form.xml:10\" path=\"/unit\""
            " x=\"50\" y=\"800\" width=\"400\" height=\"14\">\n"
            "    <line x=\"50\" baseline=\"811\" width=\"50\""
            " text=\"- 1 -\"/>\n"
            "   </block>\n"
            "  </footer>\n"
            "  <seal kind=\"picture\" organ=\"财政局\" source=\"form.xml:40\""
            " path=\"/seal\" x=\"50\" y=\"400\" width=\"100\""
            " height=\"100\"/>\n"
            "  <seal kind=\"specimen\" organ=\"财政局\""
            " source=\"form.xml:40\" path=\"/seal\" x=\"200\" y=\"400\""
            " width=\"100\" height=\"100\"/>\n"
            "  <seal kind=\"place\" organ=\"财政局\" source=\"form.xml:40\""
            " path=\"/seal\" x=\"350\" y=\"400\" width=\"100\""
            " height=\"100\"/>\n"
            " </page>\n"
            "</pages>\n");
    g_free(text);
    sample_release(&sample);
}

static void lengths_have_three_decimals_at_most(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_page *page = &sample.pages.pages[0];
    struct gs_rect *rect = &page->blocks[0].rect;
    *rect = (struct gs_rect){-1, -GS_PT(3) / 2, 1023, GS_PT(2) + 1024 / 4};

    /* Says 1,5 for 1.5, where it is installed. */
    setlocale(LC_ALL, "de_DE.UTF-8");
    char *text = tree_of(&sample, 0, 0);
    setlocale(LC_ALL, "C");
    assert_non_null(strstr(
            text, "x=\"-0.001\" y=\"-1.5\" width=\"0.999\" height=\"2.25\""));
    g_free(text);

    rect->x = 1024 * 7 + 1023 + 0; /* 7.99902 */
    rect->y = 0;
    rect->width = GS_PT(1000000);
    text = tree_of(&sample, 0, 0);
    assert_non_null(strstr(text, "x=\"7.999\" y=\"0\" width=\"1000000\""));
    g_free(text);
    sample_release(&sample);
}

static void text_is_escaped(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_page *page = &sample.pages.pages[0];
    const struct gs_why why = {"a<b>&\"c\"\t\n\x01", GS_NO_ARGS};
    page->why = &why;
    char *text = tree_of(&sample, 0, 0);
    assert_non_null(strstr(text,
            "ended=\"a&lt;b&gt;&amp;&quot;c&quot;&#9;&#10;\xEF\xBF\xBD\""));
    g_free(text);
    sample_release(&sample);
}

static void only_the_pages_asked_for_are_written(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 4);
    char *text = tree_of(&sample, 1, 2);
    assert_non_null(strstr(text, "count=\"4\""));
    assert_null(strstr(text, "<page number=\"1\""));
    assert_non_null(strstr(text, "<page number=\"2\""));
    assert_non_null(strstr(text, "<page number=\"3\""));
    assert_null(strstr(text, "<page number=\"4\""));
    assert_null(strstr(text, "title=\"第1章\""));
    assert_non_null(strstr(text, "title=\"第3章\""));
    g_free(text);
    sample_release(&sample);
}

static void cell_that_says_nothing_is_one_element(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_line empty = {.height = GS_PT(14), .text = ""};
    struct gs_frag_line line = {.line = &empty};
    struct gs_frag_cell *cell =
            &sample.pages.pages[0].blocks[2].table->rows[1].cells[1];
    cell->lines = &line;
    cell->line_count = 1;
    char *text = tree_of(&sample, 0, 0);
    assert_non_null(strstr(text,
            "height=\"20\" source=\"form.xml:21\" path=\"/unit/name\"/>"));
    g_free(text);
    sample_release(&sample);
}

static void empty_line_is_left_out(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_line empty = {.height = GS_PT(14), .text = ""};
    sample.pages.pages[0].blocks[0].lines->line = &empty;
    char *text = tree_of(&sample, 0, 0);
    assert_null(strstr(text, "text=\"\""));
    g_free(text);
    sample_release(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(page_is_written_whole),
            cmocka_unit_test(lengths_have_three_decimals_at_most),
            cmocka_unit_test(text_is_escaped),
            cmocka_unit_test(only_the_pages_asked_for_are_written),
            cmocka_unit_test(empty_line_is_left_out),
            cmocka_unit_test(cell_that_says_nothing_is_one_element),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
