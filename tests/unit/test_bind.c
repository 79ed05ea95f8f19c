/*
 * Binding: values, control, paragraphs, sections, the outline.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "support/bind_dump.h"

#define UNIT \
    "<unit code='07'><name> 司法局 </name><note/>" \
    "<goal>\n  第一，普法。\n  第二，调解。\n</goal>" \
    "<task><name>普法</name><cost>208.71</cost></task>" \
    "<task><name>调解</name><cost>19.8</cost></task></unit>"

/* --- values ---------------------------------------------------------------- */

static void a_run_for_every_piece(void **state)
{
    (void)state;
    assert_binds("<p>单位：{name}（{@code}）</p>", UNIT,
            "p \"单位：\" | \"司法局\" | \"（\" | \"07\" | \"）\"\n");
}

static void an_empty_element_is_no_missing_one(void **state)
{
    (void)state;
    assert_binds("<p>{note}</p>", UNIT, "p \n");
    assert_refused("<p>{remark}</p>", UNIT, GS_DIAG_MISSING_VALUE,
            "“remark” finds nothing in the data at /unit");
    assert_binds("<p>备注{?remark}</p>", UNIT, "p \"备注\"\n");
}

static void assert_says(const char *body, const char *data, const char *words)
{
    struct bind_run run = bind_strings(body, data, NULL);
    char *text = gs_diag_text(run.diag);
    assert_non_null(strstr(text, words));
    g_free(text);
    bind_free(&run);
}

static void assert_suggests(
        const char *body, const char *data, const char *words)
{
    struct bind_run run = bind_strings(body, data, NULL);
    char *text = gs_diag_text(run.diag);
    assert_non_null(strstr(text, "[missing-value]"));
    if (words != NULL) {
        assert_non_null(strstr(text, words));
    } else {
        assert_null(strstr(text, "perhaps"));
    }
    g_free(text);
    bind_free(&run);
}

static void a_name_that_is_near_is_suggested(void **state)
{
    (void)state;
    assert_suggests("<p each='task'>{coats}</p>", UNIT,
            "at /unit/task[1] (data.xml:4)");
    assert_suggests("<p each='task'>{coats}</p>", UNIT, "perhaps “cost”");
    assert_suggests("<p>{code}</p>", UNIT, "perhaps “@code”");
    assert_suggests("<p>{name/code}</p>", UNIT, NULL);
    assert_suggests("<p>{remark}</p>", UNIT, NULL);
}

/* How many warnings a layout gives, all of them of one kind. */
static size_t suspicions(const char *body, const char *data)
{
    struct bind_run run = bind_strings(body, data, NULL);
    assert_non_null(run.doc);
    size_t count = gs_diag_warnings(run.diag);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(
                gs_diag_entry(run.diag, i).id, GS_DIAG_PERHAPS_MISSPELT);
    }
    bind_free(&run);
    return count;
}

static void what_may_be_absent_is_suspected_of_a_slip(void **state)
{
    (void)state;
    assert_int_equal(suspicions("<p each='tasks'>x</p>", UNIT), 1);
    assert_int_equal(suspicions("<p>x{?Note}</p>", UNIT), 1);
    /* Once, however many records there are. */
    assert_int_equal(suspicions("<p each='task'>x{?cots}</p>", UNIT), 1);
    /* Names of their own, and records that are blank. */
    assert_int_equal(suspicions("<p>x{?remark}</p>", UNIT), 0);
    assert_int_equal(suspicions("<p each='task[3]'>x</p>", UNIT), 0);
    assert_int_equal(
            suspicions("<p each='x' least='1'>x{?nane}</p>", UNIT), 0);
    assert_int_equal(suspicions("<p each='level1/level2'>x</p>",
                             "<r><level1><level3/></level1></r>"),
            0);
}

static void what_is_no_number_is_not_printed(void **state)
{
    const char *data = "<r><a>1.5</a><a/><b>2</b><z>0</z></r>";
    (void)state;

    assert_refused(
            "<p>{sum(a)}</p>", data, GS_DIAG_NO_RESULT, "“sum(a)” gives no");
    assert_refused("<p>{b div z}</p>", data, GS_DIAG_NO_RESULT, "(/r)");
    assert_says("<p>{sum(a | b)}</p>", data, "at /r/a[2] (data.xml:1), where");
    assert_says("<p>{sum(a)}</p>", "<r><a>-.5</a><a> 1. </a><a>1,5</a></r>",
            "where “1,5” stands");
    assert_says("<p>{sum(a) + sum(b)}</p>", data, "or a word is no number");
    assert_binds("<p>{sum(a[. != '']) + b}</p>", data, "p \"3.5\"\n");
    assert_binds("<p>-{?b div z}</p>", data, "p \"-\"\n");
    assert_binds("<p each='x' least='1'>-{a + b}</p>", data, "p \"-\"\n");
}

static void several_values_are_refused(void **state)
{
    (void)state;
    assert_refused(
            "<p>{task/name}</p>", UNIT, GS_DIAG_SEVERAL_VALUES, "2 values");
    assert_binds("<p>{count(task)}{name = 'x'}{string(task/name)}</p>", UNIT,
            "p \"2\" | \"false\" | \"普法\"\n");
}

static void all_errors_are_seen_in_one_run(void **state)
{
    struct bind_run run =
            bind_strings("<p>{a}{b}</p><table columns='1* 1*'><row><td>{c}</td>"
                         "<td>{task}</td></row></table>",
                    UNIT, NULL);
    (void)state;

    assert_null(run.doc);
    assert_int_equal(gs_diag_errors(run.diag), 4);
    bind_free(&run);
}

static void line_feeds_begin_paragraphs(void **state)
{
    (void)state;
    assert_binds("<p keep='together'>目标：{goal}。</p>", UNIT,
            "p \"目标：\" | \"第一，普法。\" + =\n"
            "p \"第二，调解。\" | \"。\" =\n");
    assert_binds("<line><left>{goal}</left><right>{name}</right></line>", UNIT,
            "line <\"第一，普法。\" | BREAK | \"第二，调解。\"> <> "
            "<\"司法局\">\n");
    assert_binds("<p>{a}</p>", "<r><a>1&#13;2&#x2028;3&#9;4</a></r>",
            "p \"1\"\np \"2\"\np \"3 4\"\n");
}

static void control_characters_are_refused(void **state)
{
    (void)state;
    assert_refused("<p>{a}</p>", "<r>\n<a>x&#x85;y</a></r>",
            GS_DIAG_BAD_CHARACTER, "U+0085 (/r/a)");
    assert_refused("<p>{a}</p>", "<r>\n<a>&#x7f;</a></r>",
            GS_DIAG_BAD_CHARACTER, "data.xml:2:");
}

static void a_bad_amount_is_shown_in_the_data(void **state)
{
    const char *body = "<p><value select='a' format='money'/></p>";
    (void)state;

    assert_binds(body, "<r><a> 4733.14 </a></r>", "p \"4,733.14\"\n");
    assert_refused(body, "<r>\n  <a>约5万</a></r>", GS_DIAG_NOT_AN_AMOUNT,
            "data.xml:2:3");
    assert_refused("<p><value select=\"'约5万'\" format='money'/></p>", "<r/>",
            GS_DIAG_NOT_AN_AMOUNT, "layout.xml:1:");
}

static void runs_know_where_they_come_from(void **state)
{
    struct bind_run run =
            bind_strings("<p each='task'>{name}：{cost}</p>", UNIT, NULL);
    (void)state;

    const struct gs_block *block = &run.doc->sections[0].blocks[1];
    const struct gs_run *runs = block->u.para.runs;
    assert_string_equal(runs[0].origin.path, "/unit/task[2]/name");
    assert_string_equal(runs[1].origin.path, "/unit/task[2]");
    assert_string_equal(runs[2].origin.path, "/unit/task[2]/cost");
    assert_string_equal(runs[2].origin.loc.source->name, "layout.xml");
    assert_true(runs[2].origin.loc.column > runs[0].origin.loc.column);
    assert_string_equal(block->origin.path, "/unit/task[2]/name");
    bind_free(&run);
}

/* --- control --------------------------------------------------------------- */

static void repeats_number_their_turns(void **state)
{
    (void)state;
    assert_binds("<p each='task'>{position()}/{last()} {name}</p>", UNIT,
            "p \"1\" | \"/\" | \"2\" | \" \" | \"普法\"\n"
            "p \"2\" | \"/\" | \"2\" | \" \" | \"调解\"\n");
    assert_binds("<each select='task'><let name='i' select='$position'/>"
                 "<p each='cost'>{$i}-{$position}-{$count}</p></each>",
            UNIT,
            "p \"1\" | \"-\" | \"1\" | \"-\" | \"1\"\n"
            "p \"2\" | \"-\" | \"1\" | \"-\" | \"1\"\n");
}

static void blank_records_fill_up_to_the_least(void **state)
{
    (void)state;
    assert_binds("<each select='task' least='4'>"
                 "<p>{$position} {name} {concat('(', cost, ')')}</p></each>",
            UNIT,
            "p \"1\" | \" \" | \"普法\" | \" \" | \"(208.71)\"\n"
            "p \"2\" | \" \" | \"调解\" | \" \" | \"(19.8)\"\n"
            "p \"3\" | \" \" | \" \" | \"()\"\n"
            "p \"4\" | \" \" | \" \" | \"()\"\n");
}

static void equal_neighbours_are_a_group(void **state)
{
    (void)state;
    assert_binds("<each select='r' by='@k'><p>{@k} {count(current-group())}"
                 "<each select='current-group()'>{.}</each></p></each>",
            "<d><r k='a'>1</r><r k='a'>2</r><r k='b'>3</r><r k='a'>4</r></d>",
            "p \"a\" | \" \" | \"2\" | \"1\" | \"2\"\n"
            "p \"b\" | \" \" | \"1\" | \"3\"\n"
            "p \"a\" | \" \" | \"1\" | \"4\"\n");
}

static void conditions_choose(void **state)
{
    (void)state;
    assert_binds("<each select='task'><choose>"
                 "<when test='cost &gt; 100'><p>大</p></when>"
                 "<when test='cost &gt; 10'><p>中</p></when>"
                 "<otherwise><p>小</p></otherwise></choose></each>"
                 "<p if='missing'>不印</p><if test='note'><p>印</p></if>",
            UNIT, "p \"大\"\np \"中\"\np \"印\"\n");
}

static void what_is_repeated_must_be_nodes(void **state)
{
    (void)state;
    assert_refused("<p each='count(task)'>x</p>", UNIT, GS_DIAG_NOT_NODES,
            "layout.xml:1:");
}

#define FRAGMENT(include) \
    "<layout xmlns='urn:gongshi:layout:1' name='t'>" \
    "<fragment name='f'><param name='label'/><param name='n' default='7'/>" \
    "<p>{$label}{name}{$n}</p></fragment><body>" include "</body></layout>"

static void includes_take_parameters_and_a_node(void **state)
{
    (void)state;
    assert_binds(FRAGMENT("<include fragment='f'>"
                          "<with name='label' select='@code'/></include>"),
            UNIT, "p \"07\" | \"司法局\" | \"7\"\n");
    /* The parameter is worked out outside. */
    assert_binds(FRAGMENT("<include fragment='f' select='task[2]'>"
                          "<with name='label' select='@code'/>"
                          "<with name='n' select='name'/></include>"),
            UNIT, "p \"07\" | \"调解\" | \"司法局\"\n");
    assert_refused(FRAGMENT("<include fragment='f' select='task'>"
                            "<with name='label' select='1'/></include>"),
            UNIT, GS_DIAG_SEVERAL_VALUES, "2 values at /unit");
    assert_refused(FRAGMENT("<include fragment='f' select='x'>"
                            "<with name='label' select='1'/></include>"),
            UNIT, GS_DIAG_MISSING_VALUE, "“x”");
    assert_binds(FRAGMENT("<include fragment='f' select='x' optional='yes'>"
                          "<with name='label' select='1'/></include>"
                          "<p>.</p>"),
            UNIT, "p \".\"\n");
}

/* --- sections -------------------------------------------------------------- */

#define PAGES(body) \
    "<layout xmlns='urn:gongshi:layout:1' name='t'>" \
    "<metadata title='{name}预算' author='{?author}'/>" \
    "<page name='tall'><footer skip-first='yes'><p>- <page-number/> / " \
    "<page-count/> -</p></footer></page>" \
    "<page name='wide' orientation='landscape'><header><p>{name}</p></header>" \
    "</page><body>" body "</body></layout>"

#define TALL \
    "section tall\nfooter (not first):\n" \
    "p \"- \" | PAGE | \" / \" | COUNT | \" -\"\n"

static void content_outside_of_sections_gets_the_default_page(void **state)
{
    (void)state;
    assert_binds(PAGES("<p>1</p><p>2</p>"
                       "<section page='wide' each='task' restart='yes'>"
                       "<p>3</p></section><p>4</p>"),
            UNIT,
            TALL "p \"1\"\np \"2\"\n"
                 "section wide from 1\nheader:\np \"普法\"\np \"3\"\n"
                 "section wide from 1\nheader:\np \"调解\"\np \"3\"\n" TALL
                 "p \"4\"\n");
    assert_binds(PAGES("<p if='no'>1</p>"), UNIT, TALL);
    assert_binds(PAGES("<section page='wide'><header><p>own</p></header>"
                       "<p>1</p></section>"),
            UNIT, "section wide\nheader:\np \"own\"\np \"1\"\n");
}

static void metadata_is_bound(void **state)
{
    struct bind_run run = bind_strings(PAGES("<p/>"), UNIT, NULL);
    (void)state;

    assert_string_equal(run.doc->metadata.title, "司法局预算");
    assert_null(run.doc->metadata.author);
    assert_null(run.doc->metadata.date);
    bind_free(&run);
}

#define DATED \
    "<layout xmlns='urn:gongshi:layout:1' name='t'>" \
    "<metadata number='{number}' date='{date}'/><body><p/></body></layout>"

static void date_and_number_of_the_document_are_bound(void **state)
{
    struct bind_run run = bind_strings(DATED,
            "<a><number>惠财〔2022〕62号</number><date>2022年3月1日</date></a>",
            NULL);
    (void)state;

    assert_string_equal(run.doc->metadata.number, "惠财〔2022〕62号");
    assert_string_equal(run.doc->metadata.date, "2022-03-01");
    bind_free(&run);
    assert_refused(DATED, "<a><number/><date>三月初</date></a>",
            GS_DIAG_NOT_A_DATE, "“三月初” is no date (/a/date)");
}

static void blocks_of_every_kind(void **state)
{
    (void)state;
    assert_binds("<rule/><space height='3mm'/><page-break/><toc levels='2'/>"
                 "<place top='10mm' left='20mm'><p>{name}</p></place>"
                 "<p>a<br/>b<blank width='4em'/><leader/></p><p/>",
            UNIT,
            "rule\nspace 8.5\npage-break\ntoc 2\nplace\np \"司法局\"\nplaced\n"
            "p \"a\" | BREAK | \"b\" | BLANK | LEADER\np \n");
}

/* --- outline and links ------------------------------------------------------ */

static void headings_make_the_outline(void **state)
{
    struct bind_run run =
            bind_strings("<h1>{name}</h1><h2 each='task' id='h-2'>x</h2>"
                         "<h2 outline='{@code}号'>第一行<br/>第二行</h2>"
                         "<h2 in-outline='no'>不列</h2><h3>a<br/>b</h3>",
                    "<unit code='1'><name>局</name><task/></unit>", NULL);
    (void)state;

    assert_non_null(run.doc);
    static const struct {
        unsigned level;
        const char *title, *id;
    } wanted[] = {{1, "局", "h-1"}, {2, "x", "h-2"}, {2, "1号", "h-3"},
            {3, "a b", "h-4"}};
    assert_int_equal(run.doc->heading_count, G_N_ELEMENTS(wanted));
    size_t next = 0;
    for (size_t i = 0; i < run.doc->sections[0].block_count; i++) {
        const struct gs_block *block = &run.doc->sections[0].blocks[i];
        if (block->heading == NULL) {
            continue;
        }
        assert_ptr_equal(block->heading, &run.doc->headings[next]);
        assert_int_equal(block->heading->level, wanted[next].level);
        assert_string_equal(block->heading->title, wanted[next].title);
        assert_string_equal(block->heading->id, wanted[next].id);
        assert_string_equal(block->id, wanted[next].id);
        next++;
    }
    assert_int_equal(next, G_N_ELEMENTS(wanted));
    bind_free(&run);
}

static void ids_are_unique_and_links_lead_somewhere(void **state)
{
    (void)state;
    assert_binds("<p><link to='t-{@code}'>见{name}</link>第<page-of "
                 "id='t-07'/>页</p><p id='t-{@code}'>这里</p>",
            UNIT,
            "p \"见\" ->t-07 | \"司法局\" ->t-07 | \"第\" | PAGE OF t-07 | "
            "\"页\"\np \"这里\" #t-07\n");
    assert_refused("<p><link to='{name}'>x</link></p>", UNIT,
            GS_DIAG_UNKNOWN_TARGET, "“司法局”");
    assert_refused("<p each='task' id='same'>x</p>", UNIT,
            GS_DIAG_DUPLICATE_NAME, "“same”");
}

/* --- bounds ---------------------------------------------------------------- */

static void a_record_for_every_record_is_too_much(void **state)
{
    GString *data = g_string_new("<d>");
    (void)state;

    for (int i = 0; i < 6000; i++) {
        g_string_append(data, "<r/>");
    }
    g_string_append(data, "</d>");
    assert_refused("<each select='r'><let name='all' select='//r'/></each>"
                   "<p>x</p>",
            data->str, GS_DIAG_TOO_MUCH, "repeats");
    g_string_free(data, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(a_run_for_every_piece),
            cmocka_unit_test(an_empty_element_is_no_missing_one),
            cmocka_unit_test(a_name_that_is_near_is_suggested),
            cmocka_unit_test(what_may_be_absent_is_suspected_of_a_slip),
            cmocka_unit_test(what_is_no_number_is_not_printed),
            cmocka_unit_test(several_values_are_refused),
            cmocka_unit_test(all_errors_are_seen_in_one_run),
            cmocka_unit_test(line_feeds_begin_paragraphs),
            cmocka_unit_test(control_characters_are_refused),
            cmocka_unit_test(a_bad_amount_is_shown_in_the_data),
            cmocka_unit_test(runs_know_where_they_come_from),
            cmocka_unit_test(repeats_number_their_turns),
            cmocka_unit_test(blank_records_fill_up_to_the_least),
            cmocka_unit_test(equal_neighbours_are_a_group),
            cmocka_unit_test(conditions_choose),
            cmocka_unit_test(what_is_repeated_must_be_nodes),
            cmocka_unit_test(includes_take_parameters_and_a_node),
            cmocka_unit_test(content_outside_of_sections_gets_the_default_page),
            cmocka_unit_test(metadata_is_bound),
            cmocka_unit_test(date_and_number_of_the_document_are_bound),
            cmocka_unit_test(blocks_of_every_kind),
            cmocka_unit_test(headings_make_the_outline),
            cmocka_unit_test(ids_are_unique_and_links_lead_somewhere),
            cmocka_unit_test(a_record_for_every_record_is_too_much),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
