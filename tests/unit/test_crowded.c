/*
 * Pages and rows with too little room, as random tables have found them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"
#include "layout/fragment.h"
#include "layout/layout.h"
#include "support/bind_dump.h"
#include "support/fonts_fixture.h"

#define LAYOUT(size, padding, body) \
    "<layout xmlns='urn:gongshi:layout:1' name='case' lang='zh-CN'>" \
    "<page name='p' size='" size "' margin='20pt'/>" \
    "<style name='s' size='10pt' line='13pt' padding='" padding \
    "' orphans='1' widows='1'/><body style='s'>" body "</body></layout>"

/* Text of every cell stands in its cell; the pages, or NULL. */
static const struct gs_pages *lay_out(struct bind_run *run, const char *layout)
{
    *run = bind_strings(layout, "<data/>", NULL);
    assert_non_null(run->doc);
    const struct gs_pages *pages =
            gs_layout(run->arena, run->doc, fonts, run->diag);
    for (size_t i = 0; pages != NULL && i < pages->count; i++) {
        const struct gs_frag_table *table = pages->pages[i].blocks[0].table;
        for (size_t j = 0; j < table->row_count; j++) {
            for (size_t k = 0; k < table->rows[j].cell_count; k++) {
                const struct gs_frag_cell *cell = &table->rows[j].cells[k];
                for (size_t n = 0; n < cell->line_count; n++) {
                    assert_true(cell->lines[n].y + cell->lines[n].line->height
                            <= cell->rect.y + cell->rect.height);
                }
            }
        }
    }
    return pages;
}

/* Rows of pages leave 2 pt: no line of the row ever fits. */
static void rows_of_pages_that_leave_no_line(void **state)
{
    (void)state;
    struct bind_run run;
    assert_null(lay_out(&run,
            LAYOUT("295pt 120pt", "0pt 2pt",
                    "<table columns='1* 1*'>"
                    "<foot repeat='all'><row height='78pt'><td/><td/></row></foot>"
                    "<row height='23pt'><td>共时度社作</td><td/></row></table>")));
    assert_int_equal(gs_diag_entry(run.diag, gs_diag_count(run.diag) - 1).id,
            GS_DIAG_BLOCK_TOO_TALL);
    bind_free(&run);
}

/* 7 pt below the cell's last line on page 1 are missing in its last row. */
static void a_cut_cell_over_a_row_of_fixed_height(void **state)
{
    (void)state;
    struct bind_run run;
    const struct gs_pages *pages = lay_out(&run,
            LAYOUT("373pt 158pt", "0pt 2pt",
                    "<table columns='2* 2*'><row height='62pt'><td/><td/></row>"
                    "<row><td rowspan='2'>一<br/>二<br/>三<br/>四<br/>五</td>"
                    "<td/></row><row height='45pt' fit='clip'><td/></row>"
                    "</table>"));
    assert_non_null(pages);
    assert_int_equal(pages->count, 2);
    bind_free(&run);
}

/* Higher than its page, a clipped row is parted: what it loses counts once. */
static void a_clipped_row_over_two_pages(void **state)
{
    (void)state;
    struct bind_run run;
    const struct gs_pages *pages = lay_out(&run,
            LAYOUT("295pt 100pt", "3pt 2pt",
                    "<table columns='1* 6*'><row height='80pt' fit='clip'>"
                    "<td>管标政理项目解质预率社律</td>"
                    "<td label='repeat'>法</td></row></table>"));
    assert_non_null(pages);
    assert_int_equal(pages->count, 2);
    assert_false(gs_diag_has_internal(run.diag));
    bind_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(rows_of_pages_that_leave_no_line),
            cmocka_unit_test(a_cut_cell_over_a_row_of_fixed_height),
            cmocka_unit_test(a_clipped_row_over_two_pages),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
