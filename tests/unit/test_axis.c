/*
 * R26: amounts of a column aligned at their decimal point.
 */
#include "unit/rules-set.h"

#define MEASURE 1200

static gs_len tail_of(const char *text, int fraction)
{
    struct gs_para_style style = para(GS_ALIGN_DECIMAL);
    style.fraction = fraction;
    const struct gs_run run = {.kind = GS_RUN_TEXT,
            .text = text,
            .size = strlen(text),
            .style = &song};
    return gs_text_tail(arena, fonts, &style, &song, &run, 1, diag);
}

/* From the measure's left edge to the end of the `digits`-th character. */
static gs_len end_of(struct gs_lines lines, size_t characters)
{
    const struct gs_glyph glyph = glyph_of(&lines.lines[0], characters - 1);
    return lines.lines[0].x + glyph.x + glyph.advance;
}

static struct gs_lines set_amount(const char *text, gs_len tail, int fraction)
{
    struct gs_para_style style = para(GS_ALIGN_DECIMAL);
    style.fraction = fraction;
    style.tail = tail;
    return set(text, style, MEASURE);
}

static void r26_amounts_stand_at_one_axis(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t whole; /* characters up to the point */
    } amounts[] = {{"1,234.5", 5}, {"5", 1}, {"-12.345", 3}, {"（12.00）", 3},
            {"98.6%", 2}, {"100%", 3}, {"￥1,204,742.90", 10}, {"0.5‰", 1},
            {"1 234 567", 9}, {"3万元", 1}, {"+7", 2}, {"(350.5)", 4},
            {"≥95.5%", 3}};
    gs_len tail = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(amounts); i++) {
        tail = MAX(tail, tail_of(amounts[i].text, -1));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(amounts); i++) {
        const struct gs_lines lines = set_amount(amounts[i].text, tail, -1);
        assert_lines(lines, amounts[i].text);
        assert_int_equal(end_of(lines, amounts[i].whole),
                HUNDREDTHS(MEASURE) - tail);
    }
}

static void r26_the_widest_tail_ends_at_the_right(void **state)
{
    (void)state;
    const gs_len tail = tail_of("1.2345", -1);
    assert_true(tail > tail_of("123.456", -1));
    const struct gs_lines lines = set_amount("1.2345", tail, -1);
    assert_int_equal(end_of(lines, 6), HUNDREDTHS(MEASURE));
    assert_int_equal(tail_of("12", -1), 0);
    assert_int_equal(tail_of("（12）", -1), HUNDREDTHS(50)); /* R12 */
}

static void r26_what_is_no_amount_ends_at_the_axis(void **state)
{
    (void)state;
    static const char *const texts[] = {"—", "无", "待评估", "2022-03-01", "第3号",
            "1.2.3", "壹佰贰拾元整"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_int_equal(tail_of(texts[i], -1), 0);
        const struct gs_lines lines = set_amount(texts[i], 3 * EM, -1);
        assert_int_equal(lines.lines[0].x + lines.lines[0].width,
                HUNDREDTHS(MEASURE) - 3 * EM);
        assert_false(lines.lines[0].off_axis);
    }
    /* Where it has no room there, it is flush right, and may take lines. */
    const struct gs_lines lines =
            set_amount("壹仟贰佰叁拾肆元伍角整元整", 3 * EM, -1);
    assert_lines(lines, "壹仟贰佰叁拾肆元伍角整/元整");
    assert_int_equal(lines.lines[1].x + lines.lines[1].width,
            HUNDREDTHS(MEASURE));
}

static void r26_decimals_may_be_told_beforehand(void **state)
{
    (void)state;
    const gs_len tail = tail_of("1.00", -1);
    assert_int_equal(tail_of("12", 2), tail);
    assert_int_equal(tail_of("12.345", 2), tail_of("12.345", -1));
    assert_int_equal(
            end_of(set_amount("12", 0, 2), 2), HUNDREDTHS(MEASURE) - tail);
    assert_int_equal(
            end_of(set_amount("12.5", 0, 2), 2), HUNDREDTHS(MEASURE) - tail);
    assert_int_equal(end_of(set_amount("12", 0, 0), 2), HUNDREDTHS(MEASURE));
}

static void r26_an_amount_without_room_is_told(void **state)
{
    (void)state;
    const struct gs_lines lines = set_amount("12345678901234567", 5 * EM, -1);
    assert_true(lines.lines[0].off_axis);
    /* A wider tail than the column was given. */
    assert_true(set_amount("1.2345", EM, -1).lines[0].off_axis);
    assert_int_equal(end_of(lines, 17), HUNDREDTHS(MEASURE));
}

static void a_column_by_content_has_room_for_both_sides(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_DECIMAL);
    style.tail = tail_of("1.2345", -1);
    const struct gs_run run = {
            .kind = GS_RUN_TEXT, .text = "12345", .size = 5, .style = &song};
    gs_len least = 0, natural = 0;
    assert_true(gs_text_measure(
            arena, fonts, &style, &run, 1, diag, &least, &natural));
    assert_int_equal(natural, least + style.tail);
}

/* They are so already in every face of the font list. */
static void r26_digits_are_of_one_width(void **state)
{
    (void)state;
    const struct gs_lines lines = set_amount("1234567890", 0, -1);
    for (size_t i = 1; i < 10; i++) {
        assert_int_equal(glyph_of(&lines.lines[0], i).advance,
                glyph_of(&lines.lines[0], 0).advance);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(r26_amounts_stand_at_one_axis),
            cmocka_unit_test(r26_the_widest_tail_ends_at_the_right),
            cmocka_unit_test(r26_what_is_no_amount_ends_at_the_axis),
            cmocka_unit_test(r26_decimals_may_be_told_beforehand),
            cmocka_unit_test(r26_an_amount_without_room_is_told),
            cmocka_unit_test(r26_digits_are_of_one_width),
            cmocka_unit_test(a_column_by_content_has_room_for_both_sides),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
