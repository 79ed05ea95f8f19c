/*
 * Collapsed borders.  A case is a map of letters, one cell a letter, and the
 * expected rules as a drawing:
 *
 *     - |   0.5 pt      = "   1 pt      . :   dashed
 *
 * Each slot of the drawing may be drawn by one rule only.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"
#include "page/rules.h"

#define THIN (GS_PT(1) / 2)
#define THICK GS_PT(1)
#define STEP GS_PT(20) /* width and height of a slot */
#define SIDE 4 /* columns at most, rows at most */

static const struct gs_rule_style none = {.kind = GS_RULE_NONE};
static const struct gs_rule_style thin = {GS_RULE_SOLID, THIN, {0, 0, 0}};
static const struct gs_rule_style thick = {GS_RULE_SOLID, THICK, {0, 0, 0}};
static const struct gs_rule_style dashed = {GS_RULE_DASHED, THIN, {0, 0, 0}};
static const struct gs_rule_style gray = {GS_RULE_SOLID, THIN, {128, 128, 128}};

struct sheet {
    struct gs_arena *arena;
    struct gs_table table;
    struct gs_frag_table part;
    struct gs_frag_row rows[SIDE];
    gs_len column_x[SIDE + 1];
    struct gs_cell_style styles[26]; /* by letter */
    const struct gs_rule *rules;
    size_t count;
};

static struct gs_rule_style *edges_of(struct sheet *sheet, char letter)
{
    return sheet->styles[letter - 'A'].rules;
}

static void set_all(struct sheet *sheet, struct gs_rule_style style)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sheet->styles); i++) {
        for (size_t edge = 0; edge < GS_EDGE_COUNT; edge++) {
            sheet->styles[i].rules[edge] = style;
        }
    }
}

static void add_cell(
        struct sheet *sheet, const char *const *map, size_t row, size_t column)
{
    char letter = map[row][column];
    size_t columns = 1, rows = 1;
    while (map[row][column + columns] == letter) {
        columns++;
    }
    while (map[row + rows] != NULL && map[row + rows][column] == letter) {
        rows++;
    }
    struct gs_cell *cell = GS_MAKE(sheet->arena, struct gs_cell);
    cell->style = &sheet->styles[letter - 'A'];
    struct gs_frag_row *frag = &sheet->rows[row];
    frag->cells[frag->cell_count++] = (struct gs_frag_cell){
            .cell = cell,
            .row = row,
            .column = column,
            .row_span = rows,
            .column_span = columns,
    };
}

/* The map ends with NULL; a blank is a slot without a cell. */
static void init(struct sheet *sheet, const char *const *map)
{
    *sheet = (struct sheet){.arena = gs_arena_new()};
    set_all(sheet, thin);
    size_t columns = strlen(map[0]);
    for (size_t row = 0; map[row] != NULL; row++) {
        sheet->rows[row] = (struct gs_frag_row){
                .y = (gs_len)row * STEP,
                .height = STEP,
                .cells = GS_MAKE_ARRAY(sheet->arena, struct gs_frag_cell, SIDE),
        };
        for (size_t column = 0; column < columns; column++) {
            char letter = map[row][column];
            if (letter != ' ' && (row == 0 || map[row - 1][column] != letter) &&
                    (column == 0 || map[row][column - 1] != letter)) {
                add_cell(sheet, map, row, column);
            }
        }
        sheet->part.row_count = row + 1;
    }
    for (size_t column = 0; column <= columns; column++) {
        sheet->column_x[column] = (gs_len)column * STEP;
    }
    sheet->table.column_count = columns;
    sheet->part.table = &sheet->table;
    sheet->part.rows = sheet->rows;
    sheet->part.column_count = columns;
    sheet->part.column_x = sheet->column_x;
}

static char mark_of(const struct gs_rule *rule)
{
    if (rule->style.kind == GS_RULE_DASHED) {
        return rule->vertical ? ':' : '.';
    }
    if (rule->style.width == THICK) {
        return rule->vertical ? '"' : '=';
    }
    return rule->vertical ? '|' : '-';
}

/* Which grid line is nearest: the ends of a rule reach past theirs. */
static size_t line_near(gs_len at)
{
    return (size_t)((at + STEP / 2) / STEP);
}

/* Slots and edges alternate; corners are always '+'. */
static void draw_rule(char art[][2 * SIDE + 2], const struct gs_rule *rule)
{
    if (rule->vertical) {
        size_t end = line_near(rule->y + rule->length);
        for (size_t row = line_near(rule->y); row < end; row++) {
            char *slot = &art[2 * row + 1][2 * line_near(rule->x)];
            assert_int_equal(*slot, ' ');
            *slot = mark_of(rule);
        }
    } else {
        size_t end = line_near(rule->x + rule->length);
        for (size_t column = line_near(rule->x); column < end; column++) {
            char *slot = &art[2 * line_near(rule->y)][2 * column + 1];
            assert_int_equal(*slot, ' ');
            *slot = mark_of(rule);
        }
    }
}

static void assert_drawn(struct sheet *sheet, const char *expected)
{
    char art[2 * SIDE + 1][2 * SIDE + 2];
    size_t height = 2 * sheet->part.row_count + 1;
    size_t width = 2 * sheet->table.column_count + 1;
    GString *text = g_string_new("\n");

    sheet->rules = gs_rules_make(sheet->arena, &sheet->part, &sheet->count);
    for (size_t y = 0; y < height; y++) {
        for (size_t x = 0; x < width; x++) {
            art[y][x] = y % 2 == 0 && x % 2 == 0 ? '+' : ' ';
        }
    }
    for (size_t i = 0; i < sheet->count; i++) {
        draw_rule(art, &sheet->rules[i]);
    }
    for (size_t y = 0; y < height; y++) {
        g_string_append_len(text, art[y], (gssize)width);
        g_string_append_c(text, '\n');
    }
    assert_string_equal(text->str, expected);
    g_string_free(text, TRUE);
}

/* --- cases ----------------------------------------------------------------- */

static void grid_of_four_is_six_rules(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"AB", "CD", NULL});
    assert_drawn(&sheet,
            "\n"
            "+-+-+\n"
            "| | |\n"
            "+-+-+\n"
            "| | |\n"
            "+-+-+\n");
    assert_int_equal(sheet.count, 6); /* joined: three across, three down */
    gs_arena_free(sheet.arena);
}

static void span_interrupts_the_lines_it_covers(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"ABB", "ACD", "EED", NULL});
    assert_drawn(&sheet,
            "\n"
            "+-+-+-+\n"
            "| |   |\n"
            "+ +-+-+\n"
            "| | | |\n"
            "+-+-+ +\n"
            "|   | |\n"
            "+-+-+-+\n");
    gs_arena_free(sheet.arena);
}

static void wider_rule_wins_on_either_side(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"AB", "CD", NULL});
    edges_of(&sheet, 'A')[GS_BOTTOM] = thick;
    edges_of(&sheet, 'D')[GS_LEFT] = thick;
    assert_drawn(&sheet,
            "\n"
            "+-+-+\n"
            "| | |\n"
            "+=+-+\n"
            "| \" |\n"
            "+-+-+\n");
    gs_arena_free(sheet.arena);
}

static void any_rule_wins_against_none(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"AB", "CD", NULL});
    for (size_t edge = 0; edge < GS_EDGE_COUNT; edge++) {
        edges_of(&sheet, 'A')[edge] = none;
    }
    assert_drawn(&sheet,
            "\n"
            "+ +-+\n"
            "  | |\n"
            "+-+-+\n"
            "| | |\n"
            "+-+-+\n");
    gs_arena_free(sheet.arena);
}

static void solid_wins_against_dashed_and_dark_against_light(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"ABC", NULL});
    edges_of(&sheet, 'A')[GS_RIGHT] = thin;
    edges_of(&sheet, 'B')[GS_LEFT] = dashed;
    edges_of(&sheet, 'B')[GS_RIGHT] = thin;
    edges_of(&sheet, 'C')[GS_LEFT] = gray;
    assert_drawn(&sheet,
            "\n"
            "+-+-+-+\n"
            "| | | |\n"
            "+-+-+-+\n");
    for (size_t i = 0; i < sheet.count; i++) {
        assert_int_equal(sheet.rules[i].style.color.red, 0);
    }
    gs_arena_free(sheet.arena);
}

static void dashed_where_both_ask_for_it(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"A", "B", NULL});
    edges_of(&sheet, 'A')[GS_BOTTOM] = dashed;
    edges_of(&sheet, 'B')[GS_TOP] = dashed;
    assert_drawn(&sheet,
            "\n"
            "+-+\n"
            "| |\n"
            "+.+\n"
            "| |\n"
            "+-+\n");
    gs_arena_free(sheet.arena);
}

static void frame_stands_before_the_cells_outer_edges(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"AB", "CC", NULL});
    edges_of(&sheet, 'A')[GS_LEFT] = none;
    sheet.table.frame = thick;
    assert_drawn(&sheet,
            "\n"
            "+=+=+\n"
            "\" | \"\n"
            "+-+-+\n"
            "\"   \"\n"
            "+=+=+\n");
    gs_arena_free(sheet.arena);
}

static void thin_frame_replaces_wider_cell_rules(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"AB", NULL});
    set_all(&sheet, thick);
    sheet.table.frame = thin;
    assert_drawn(&sheet,
            "\n"
            "+-+-+\n"
            "| \" |\n"
            "+-+-+\n");
    gs_arena_free(sheet.arena);
}

/* A label cut by the page's end: closed here, opened again on the next page. */
static void part_cut_by_a_page_break_is_closed(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"AB", "AC", NULL});
    sheet.rows[0].cells[0].closes_bottom = false;
    sheet.rows[0].cells[0].row_span = 7; /* says more than there is here */
    assert_drawn(&sheet,
            "\n"
            "+-+-+\n"
            "| | |\n"
            "+ +-+\n"
            "| | |\n"
            "+-+-+\n");
    gs_arena_free(sheet.arena);
}

static void slot_without_a_cell_has_no_frame(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"AB", "C ", NULL});
    sheet.table.frame = thick;
    assert_drawn(&sheet,
            "\n"
            "+=+=+\n"
            "\" | \"\n"
            "+-+-+\n"
            "\" |  \n"
            "+=+ +\n");
    gs_arena_free(sheet.arena);
}

static void ends_reach_over_the_crossing_rule(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"A", NULL});
    edges_of(&sheet, 'A')[GS_LEFT] = thick;
    assert_drawn(&sheet,
            "\n"
            "+-+\n"
            "\" |\n"
            "+-+\n");
    for (size_t i = 0; i < sheet.count; i++) {
        const struct gs_rule *rule = &sheet.rules[i];
        if (rule->vertical) { /* half of a thin rule at both ends */
            assert_int_equal(rule->y, -THIN / 2);
            assert_int_equal(rule->length, STEP + THIN);
        } else { /* the thick left, the thin right */
            assert_int_equal(rule->x, -THICK / 2);
            assert_int_equal(rule->length, STEP + THICK / 2 + THIN / 2);
        }
    }
    gs_arena_free(sheet.arena);
}

static void no_rules_of_an_empty_part(void **state)
{
    (void)state;
    struct sheet sheet;
    init(&sheet, (const char *const[]){"A", NULL});
    sheet.part.row_count = 0;
    size_t count = 1;
    assert_null(gs_rules_make(sheet.arena, &sheet.part, &count));
    assert_int_equal(count, 0);
    gs_arena_free(sheet.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(grid_of_four_is_six_rules),
            cmocka_unit_test(span_interrupts_the_lines_it_covers),
            cmocka_unit_test(wider_rule_wins_on_either_side),
            cmocka_unit_test(any_rule_wins_against_none),
            cmocka_unit_test(solid_wins_against_dashed_and_dark_against_light),
            cmocka_unit_test(dashed_where_both_ask_for_it),
            cmocka_unit_test(frame_stands_before_the_cells_outer_edges),
            cmocka_unit_test(thin_frame_replaces_wider_cell_rules),
            cmocka_unit_test(part_cut_by_a_page_break_is_closed),
            cmocka_unit_test(slot_without_a_cell_has_no_frame),
            cmocka_unit_test(ends_reach_over_the_crossing_rule),
            cmocka_unit_test(no_rules_of_an_empty_part),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
