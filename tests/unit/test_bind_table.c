/*
 * Binding tables: groups, merging, heads.  A table is written a row to a line:
 *
 *   - text rows×columns | …      ! th, ~ label repeated, + keep with next
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>

#include "support/bind_dump.h"

#define TREE \
    "<d><a n='产出'><b n='数量'><c>1</c><c>2</c></b><b " \
    "n='质量'><c>3</c></b></a>" \
    "<a n='效益'><b n='社会'><c>4</c></b></a></d>"

static void cells_of_a_group_span_its_rows(void **state)
{
    (void)state;
    assert_binds(
            "<table columns='1* 1* 1* 1* 1*'><group><th>指标</th>"
            "<row><th>一级</th><th>二级</th><th colspan='2'>三级</th></row>"
            "<group each='a'><td>{@n}</td><group each='b'><td>{@n}</td>"
            "<row each='c'><td>{.}</td><td>值{.}</td></row></group></group>"
            "</group></table>",
            TREE,
            "table\nbody\n"
            "- !~指标 5×1 | !一级 | !二级 | !三级 1×2\n"
            "- ~产出 3×1 | ~数量 2×1 | 1 | 值1\n"
            "- 2 | 值2\n"
            "- ~质量 | 3 | 值3\n"
            "- ~效益 | ~社会 | 4 | 值4\n");
}

static void cells_after_the_rows_end_the_first_one(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1* 1* 1* 1*'><group each='a'>"
                 "<td>{@n}</td><group each='b'><td>{@n}</td>"
                 "<row each='c'><td>{.}</td></row><td>内</td></group>"
                 "<td>外</td></group></table>",
            TREE,
            "table\nbody\n"
            "- ~产出 3×1 | ~数量 2×1 | 1 | ~内 2×1 | ~外 3×1\n"
            "- 2\n"
            "- ~质量 | 3 | ~内\n"
            "- ~效益 | ~社会 | 4 | ~内 | ~外\n");
}

static void a_group_needs_rows_for_its_cells(void **state)
{
    (void)state;
    assert_refused("<table columns='1* 1*'><group each='a'><td>{@n}</td>"
                   "<row each='x'><td>{.}</td></row></group></table>",
            "<d>\n<a n='1'/></d>", GS_DIAG_GROUP_WITHOUT_ROWS, "at /d/a ");
    assert_binds("<table columns='1* 1*'><group each='a'><td>{@n}</td>"
                 "<row each='x' least='1'><td>{.}</td></row></group></table>",
            "<d><a n='1'/></d>", "table\nbody\n- ~1 | \n");
    assert_binds("<table columns='1*'><group each='a'>"
                 "<row each='x'><td>{.}</td></row></group></table>",
            "<d><a/></d>", "table\n");
}

#define FLAT \
    "<d><r><l>产出</l><m>数量</m><v>1</v></r><r><l>产出</l><m>质量</m><v>2</" \
    "v>" \
    "</r><r><l>效益</l><m>质量</m><v>3</v></r></d>"

static void flat_records_are_grouped_by_neighbours(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1* 1*'><group each='r' by='l'>"
                 "<td>{l}</td><group each='current-group()' by='m'>"
                 "<td>{m}</td><row each='current-group()'><td>{v}</td></row>"
                 "</group></group></table>",
            FLAT,
            "table\nbody\n"
            "- ~产出 2×1 | ~数量 | 1\n"
            "- ~质量 | 2\n"
            "- ~效益 | ~质量 | 3\n");
}

static void equal_cells_merge_inside_of_their_group(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1* 1*'><row each='r'>"
                 "<td merge='equal'>{l}</td><td merge='equal'>{m}</td>"
                 "<td>{v}</td></row></table>",
            FLAT,
            "table\nbody\n"
            "- 产出 2×1 | 数量 | 1\n"
            "- 质量 2×1 | 2\n"
            "- 效益 | 3\n");
    assert_binds("<table columns='1* 1* 1*'><group each='r' by='l'>"
                 "<td>{l}</td><row each='current-group()'>"
                 "<td merge='equal'>{m}</td><td>{v}</td></row></group></table>",
            FLAT,
            "table\nbody\n"
            "- ~产出 2×1 | 数量 | 1\n"
            "- 质量 | 2\n"
            "- ~效益 | 质量 | 3\n");
}

/* Each column on its own runs, over the nesting. */
static void absence_merges_with_the_cell_above(void **state)
{
    (void)state;
    assert_binds(
            "<table columns='1* 1* 1* 1*'><group each='g'><td>{@n}</td>"
            "<row each='r'><td merge='absent'>{s}</td>"
            "<td>{v}</td><td merge='absent'>{w}</td></row></group></table>",
            "<d><g n='甲'><r><s>1</s><v>a</v><w>x</w></r><r><v>b</v></r></g>"
            "<g n='乙'><r><s>2</s><v>c</v></r><r><v>d</v><w/></r>"
            "<r><s/><v>e</v></r></g></d>",
            "table\nbody\n"
            "- ~甲 2×1 | 1 2×1 | a | x 3×1\n"
            "- b\n"
            "- ~乙 3×1 | 2 2×1 | c\n"
            "- d |  2×1\n"
            "-  | e\n");
}

static void absence_in_the_first_row_is_an_empty_cell(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'><row each='r'>"
                 "<td merge='absent'>{s}</td><td>{v}</td></row></table>",
            "<d><r><v>1</v></r><r><v>2</v></r></d>",
            "table\nbody\n-  2×1 | 1\n- 2\n");
}

/* A row in between that has no such cell parts them. */
static void merging_takes_neighbours_only(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'><each select='r'>"
                 "<row if='@t'><td colspan='2'>{@t}</td></row>"
                 "<row><td merge='equal'>{s}</td><td>{v}</td></row></each>"
                 "</table>",
            "<d><r><s>a</s><v>1</v></r><r t='题'><s>a</s><v>2</v></r></d>",
            "table\nbody\n- a | 1\n- 题 1×2\n- a | 2\n");
}

static void cells_of_groups_merge_too(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1* 1*'><group each='g'>"
                 "<td merge='absent'>{@n}</td><row each='r'><td>{.}</td></row>"
                 "<td merge='equal'>{@m}</td></group></table>",
            "<d><g n='甲' m='x'><r>1</r><r>2</r></g><g m='x'><r>3</r></g>"
            "<g n='乙' m='y'><r>4</r></g></d>",
            "table\nbody\n"
            "- ~甲 3×1 | 1 | ~x 3×1\n"
            "- 2\n"
            "- 3\n"
            "- ~乙 | 4 | ~y\n");
}

static void blank_records_do_not_merge(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'><row each='r' least='3'>"
                 "<td merge='absent'>{s}</td><td merge='equal'>{v}</td></row>"
                 "</table>",
            "<d><r><s>1</s><v/></r></d>",
            "table\nbody\n- 1 | \n-  | \n-  | \n");
}

static void a_repeated_cell_merges_column_by_column(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'><row each='r'><each select='v'>"
                 "<td merge='equal'>{.}</td></each></row></table>",
            "<d><r><v>1</v><v>1</v></r><r><v>1</v><v>2</v></r></d>",
            "table\nbody\n- 1 2×1 | 1\n- 2\n");
}

static void heads_and_feet_are_groups_of_rows(void **state)
{
    (void)state;
    assert_binds("<table columns='1*'><head repeat='last'><row><th>a</th></row>"
                 "<row><th>b</th></row></head><row each='a'><td>{@n}</td></row>"
                 "<head><row><th>c</th></row></head>"
                 "<group><row each='a'><td>{@n}</td></row></group>"
                 "<foot><row><td>合计</td></row></foot></table>",
            TREE,
            "table\nhead last\n- !a\n- !b\nbody\n- 产出\n- 效益\n"
            "head all\n- !c\nbody\n- 产出\n- 效益\nfoot\n- 合计\n");
}

static void equal_cells_do_not_merge_over_a_head(void **state)
{
    (void)state;
    assert_binds("<table columns='1*'><each select='a'>"
                 "<head><row><th merge='equal'>同</th></row></head></each>"
                 "<row><td>1</td></row></table>",
            TREE, "table\nhead all\n- !同\nhead all\n- !同\nbody\n- 1\n");
}

static void groups_and_rows_are_kept_together(void **state)
{
    (void)state;
    assert_binds(
            "<table columns='1*'>"
            "<group each='a' keep='together'><row each='b/c'><td>{.}</td>"
            "</row></group><row keep='both' break='before'><td>x</td></row>"
            "</table>",
            TREE, "table\nbody\n- 1 + =\n- 2 + =\n- 3 =\n- 4 =\n- x + = ^\n");
}

static void spans_may_come_from_the_data(void **state)
{
    const char *body = "<table columns='1* 1* 1*'><row>"
                       "<td colspan='{@n}' rowspan='1'>a</td></row></table>";
    (void)state;

    assert_binds(body, "<d n='3'/>", "table\nbody\n- a 1×3\n");
    assert_refused(body, "<d n='0'/>", GS_DIAG_NOT_A_NUMBER, "data.xml:1:");
    assert_refused(body, "<d n='2.0'/>", GS_DIAG_NOT_A_NUMBER, "“2.0”");
    assert_refused(body, "<d n='99999999999'/>", GS_DIAG_NOT_A_NUMBER, "1 … ");
}

static void cells_hold_paragraphs_or_blocks(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'><row><td>{g}</td>"
                 "<td><p each='x'>{.}</p><rule/></td></row></table>",
            "<d><g>一\n二</g><x>1</x><x>2</x></d>",
            "table\nbody\n- 一¶二 | 1¶2¶<4>\n");
}

static void formats_of_cells_reach_their_bindings(void **state)
{
    (void)state;
    assert_binds("<table columns='1*'><row each='x'>"
                 "<td format='money'>{.}元</td></row></table>",
            "<d><x>1234.5</x><x/></d>", "table\nbody\n- 1,234.50元\n- 元\n");
}

static void labels_are_marked_in_further_parts(void **state)
{
    (void)state;
    assert_binds("<table columns='1* 1*'><group each='g'>"
                 "<td label='repeat-mark'>{n}<br/>{?m}</td>"
                 "<row><td label='repeat-mark' mark=' 接{n}'><p>{n}</p>"
                 "<rule/></td></row></group></table>",
            "<d><g><n>甲</n></g><g><n/></g></d>",
            "table\nbody\n"
            "- ~甲BREAK then 甲BREAK（续） | ~甲¶<4> then 甲 接甲¶<4>\n"
            "- ~BREAK then BREAK | ~¶<4> then ¶<4>\n");
}

/* Of each row: l for a cell that labels rows, - for another. */
static void assert_labels(
        const char *body, const char *data, const char *expected)
{
    struct bind_run run = bind_strings(body, data, NULL);
    GString *out = g_string_new(NULL);
    assert_non_null(run.doc);
    const struct gs_table *table = run.doc->sections[0].blocks[0].u.table;
    for (size_t i = 0; i < table->row_count; i++) {
        for (size_t k = 0; k < table->rows[i].cell_count; k++) {
            g_string_append_c(
                    out, table->rows[i].cells[k].labels ? 'l' : '-');
        }
        g_string_append_c(out, ' ');
    }
    assert_string_equal(out->str, expected);
    g_string_free(out, TRUE);
    bind_free(&run);
}

static void cells_before_the_rows_of_a_group_label_them(void **state)
{
    (void)state;
    assert_labels("<table columns='1* 1* 1* 1* 1*'><group each='a'>"
                  "<td>{@n}</td><group each='b'><td>{@n}</td>"
                  "<row each='c'><td>{.}</td></row><td>内</td></group>"
                  "<td>外</td></group></table>",
            TREE, "ll--- - l-- ll--- ");
}

static void merged_cells_label_their_rows_if_there_is_one_only(void **state)
{
    (void)state;
    assert_labels("<table columns='1* 1*'><row each='r'>"
                  "<td merge='equal'>{l}</td><td>{v}</td></row></table>",
            FLAT, "l- - l- ");
}

static void captions_of_further_parts_are_blocks_of_the_table(void **state)
{
    (void)state;
    assert_binds("<table columns='1*'><row><td/></row><if test='n'>"
                 "<continued><p>{n}（续）</p><rule/></continued></if>"
                 "<continued if='m'><p>no</p></continued></table>",
            "<d><n>附表</n></d>",
            "table\nbody\n- \n"
            "continued\np \"附表\" | \"（续）\"\nrule\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(cells_of_a_group_span_its_rows),
            cmocka_unit_test(cells_after_the_rows_end_the_first_one),
            cmocka_unit_test(a_group_needs_rows_for_its_cells),
            cmocka_unit_test(flat_records_are_grouped_by_neighbours),
            cmocka_unit_test(equal_cells_merge_inside_of_their_group),
            cmocka_unit_test(absence_merges_with_the_cell_above),
            cmocka_unit_test(absence_in_the_first_row_is_an_empty_cell),
            cmocka_unit_test(merging_takes_neighbours_only),
            cmocka_unit_test(cells_of_groups_merge_too),
            cmocka_unit_test(blank_records_do_not_merge),
            cmocka_unit_test(a_repeated_cell_merges_column_by_column),
            cmocka_unit_test(heads_and_feet_are_groups_of_rows),
            cmocka_unit_test(equal_cells_do_not_merge_over_a_head),
            cmocka_unit_test(groups_and_rows_are_kept_together),
            cmocka_unit_test(spans_may_come_from_the_data),
            cmocka_unit_test(cells_hold_paragraphs_or_blocks),
            cmocka_unit_test(labels_are_marked_in_further_parts),
            cmocka_unit_test(cells_before_the_rows_of_a_group_label_them),
            cmocka_unit_test(
                    merged_cells_label_their_rows_if_there_is_one_only),
            cmocka_unit_test(
                    captions_of_further_parts_are_blocks_of_the_table),
            cmocka_unit_test(formats_of_cells_reach_their_bindings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
