/*
 * Which tables of a layout may have their records one by one, and which may not
 * because something looks at them.
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
#include "form/form.h"

/* How many tables of a layout with this body stream. */
static size_t count_streams(const char *body)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new();
    char *text = g_strdup_printf(
            "<layout xmlns=\"urn:gongshi:layout:1\" name=\"case\">"
            "<page name=\"a4\" size=\"A4\"/><body>%s</body></layout>",
            body);
    const struct gs_form *form =
            gs_form_parse(arena, "case", text, strlen(text), NULL, diag);
    if (form == NULL) {
        char *words = gs_diag_text(diag);
        fail_msg("%s", words);
    }
    size_t count = form->stream_count;
    g_free(text);
    gs_diag_free(diag);
    gs_arena_free(arena);
    return count;
}

#define ROWS(content) \
    "<table columns=\"1* 1*\"><row each=\"records/record\">" content \
    "</row></table>"
#define PLAIN ROWS("<td>{name}</td><td>{amount}</td>")

static const char *const stream[] = {
        PLAIN,
        "<h1>{title}</h1>" PLAIN "<p>{note/text}</p>",
        "<section>" PLAIN "</section>",
        ROWS("<td>{position()}</td><td>{$position}</td>"),
        ROWS("<td>{number(amount) * 2}</td><td>{concat(name, '/', amount)}</td>"),
        ROWS("<td>{part/name}</td><td>{sum(part//amount)}</td>"),
        ROWS("<td>{.}</td><td>{string()}</td>"),
        "<table columns=\"1* 20mm\"><head><row><th>甲</th><th>乙</th></row></head>"
        "<group each=\"records/record\" by=\"unit\"><td>{unit}</td>"
        "<row each=\"current-group()\"><td>{sum(current-group()/amount)}</td>"
        "</row></group></table>",
        "<each select=\"years/year\"><p>{.}</p></each>" PLAIN,
        "<p>{count(years/year) + 1}</p>" PLAIN,
        "<p if=\"records/@closed\">{1.5 + .5}</p>" PLAIN,
        "<table columns=\"1* 1*\"><foot repeat=\"all\"><row><td>小计</td><td/></row>"
        "</foot><row each=\"records/record\"><td/><td/></row></table>",
        "<let name=\"n\" select=\"years/year\"/><p>{count($n)}</p>" PLAIN,
};

static const char *const whole[] = {
        /* Something else looks at the records. */
        PLAIN "<p>{sum(records/record/amount)}</p>",
        PLAIN "<p>{records}</p>",
        PLAIN "<p>{.}</p>",
        PLAIN "<p>{string()}</p>",
        PLAIN "<p>{count(//amount)}</p>",
        PLAIN "<p>{count(records/*)}</p>",
        PLAIN "<p>{count(*)}</p>",
        PLAIN "<p if=\"records/record\">有</p>",
        PLAIN "<p>{count(records/node())}</p>",
        PLAIN "<p>{count(descendant::record)}</p>",
        PLAIN "<each select=\"records\"><p>{count(record)}</p></each>",
        PLAIN "<each select=\"records/record\"><p>{name}</p></each>",
        PLAIN PLAIN,
        /* A record looks beyond itself. */
        ROWS("<td>{../title}</td><td/>"),
        ROWS("<td>{/data/title}</td><td/>"),
        ROWS("<td>{1 - /data/n}</td><td/>"),
        ROWS("<td>{count(preceding-sibling::record)}</td><td/>"),
        ROWS("<td>{position()}/{last()}</td><td/>"),
        ROWS("<td>{position() = last ()}</td><td/>"),
        ROWS("<td>{$count}</td><td/>"),
        ROWS("<td>{id('a')}</td><td/>"),
        /* The table wants all of them. */
        "<table columns=\"auto 1*\"><row each=\"records/record\"><td/><td/></row>"
        "</table>",
        "<table columns=\"1* balance\"><row each=\"records/record\"><td/><td/>"
        "</row></table>",
        "<table columns=\"20mm 20mm\" overflow=\"continue\">"
        "<row each=\"records/record\"><td/><td/></row></table>",
        /* What records make must be remembered. */
        ROWS("<td><p id=\"{name}\">{name}</p></td><td/>"),
        ROWS("<td><seal organ=\"{name}\"/></td><td/>"),
        ROWS("<td><page-number/></td><td/>"),
        /* It is not there once for all. */
        "<each select=\"units/unit\">" PLAIN "</each>",
        "<table columns=\"1* 1*\"><row each=\"records/record[1]\"><td/><td/></row>"
        "</table>",
        "<table columns=\"1* 1*\"><row><td/><td/></row></table>",
};

static void tables_that_stream(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(stream); i++) {
        if (count_streams(stream[i]) != 1) {
            fail_msg("it should stream: %s", stream[i]);
        }
    }
}

static void tables_that_are_held(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(whole); i++) {
        if (count_streams(whole[i]) != 0) {
            fail_msg("it should not stream: %s", whole[i]);
        }
    }
}

static void two_tables_of_other_records(void **state)
{
    (void)state;
    assert_int_equal(count_streams(PLAIN "<table columns=\"1*\">"
                                         "<row each=\"others/other\"><td/></row>"
                                         "</table>"),
            2);
    assert_int_equal(count_streams(PLAIN "<table columns=\"1*\">"
                                         "<row each=\"records/record/part\">"
                                         "<td/></row></table>"),
            1); /* the parts; the records are held, without them */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(tables_that_stream),
            cmocka_unit_test(tables_that_are_held),
            cmocka_unit_test(two_tables_of_other_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
