/*
 * Rules R10 to R12, R20 to R22: what marks take up beside each other and at the
 * ends of lines, and in which order lines are squeezed and stretched.
 */
#include "rules-set.h"

#include "text/adjust.h"
#include "text/fill.h"
#include "text/paragraph.h"
#include "text/shape.h"

static const char *const openings[] = {
        "（", "〔", "【", "《", "〈", "「", "『", "“", "‘"};
static const char *const closings[] = {
        "）", "〕", "】", "》", "〉", "」", "』", "”", "’"};
static const char *const pauses[] = {"，", "、", "；", "："};
static const char *const stops[] = {"。"};

/* 字 and two marks and 字: the marks take an em and a half. */
static void assert_pairs(const char *const *first, size_t first_count,
        const char *const *second, size_t second_count)
{
    for (size_t i = 0; i < first_count; i++) {
        for (size_t k = 0; k < second_count; k++) {
            char *text = g_strconcat("字", first[i], second[k], "字", NULL);
            const struct gs_lines lines = set(text, para(GS_ALIGN_LEFT), 900);
            const int marks = advance(lines, 0, 1) + advance(lines, 0, 2);
            if (marks != 150) {
                print_message("%s: %d\n", text, marks);
            }
            assert_int_equal(marks, 150);
            assert_int_equal(width(lines, 0), 350);
            g_free(text);
        }
    }
}

#define PAIRS(a, b) assert_pairs(a, G_N_ELEMENTS(a), b, G_N_ELEMENTS(b))

static void r10_two_marks_share_a_free_half(void **state)
{
    (void)state;
    PAIRS(openings, openings);
    PAIRS(closings, closings);
    PAIRS(closings, openings);
    PAIRS(pauses, openings);
    PAIRS(stops, openings);
    PAIRS(closings, pauses);
    PAIRS(closings, stops);
    PAIRS(pauses, closings);
    PAIRS(stops, closings);
}

static void r10_marks_that_face_each_other_keep_their_halves(void **state)
{
    (void)state;
    assert_int_equal(width(set("字（）字", para(GS_ALIGN_LEFT), 900), 0), 400);
}

/* Of two marks between Han, in the tight style. */
static int tight_width(const char *a, const char *b)
{
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    style.tight_marks = true;
    char *text = g_strconcat("字", a, b, "字", NULL);
    const struct gs_lines lines = set(text, style, 900);
    const int marks = advance(lines, 0, 1) + advance(lines, 0, 2);
    assert_int_equal(width(lines, 0), 200 + marks);
    g_free(text);
    return marks;
}

static void r10_tight_marks_take_one_em(void **state)
{
    (void)state;
    static const struct {
        const char *const *marks;
        size_t count;
    } sets[] = {{openings, G_N_ELEMENTS(openings)},
            {closings, G_N_ELEMENTS(closings)},
            {pauses, G_N_ELEMENTS(pauses)}, {stops, G_N_ELEMENTS(stops)}};
    for (size_t s = 0; s < 4 * G_N_ELEMENTS(sets); s++) {
        const size_t first = s / 4, second = s % 4;
        for (size_t i = 0; i < sets[first].count; i++) {
            for (size_t k = 0; k < sets[second].count; k++) {
                const bool face_to_face = first == 0 && second > 0; /* （） */
                assert_int_equal(tight_width(sets[first].marks[i],
                                         sets[second].marks[k]),
                        face_to_face ? 200 : 100);
            }
        }
    }
    /* Three in a row: each half an em. */
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    style.tight_marks = true;
    assert_int_equal(width(set("字。”（字", style, 900), 0), 350);
    assert_int_equal(width(set("字“《（字", style, 900), 0), 350);
}

static void r11_an_opening_mark_begins_a_line_with_its_ink(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(openings); i++) {
        char *text = g_strconcat(openings[i], "预算", NULL);
        struct gs_para_style style = para(GS_ALIGN_LEFT);
        assert_int_equal(advance(set(text, style, 900), 0, 0), 50);
        style.indent = 2 * EM;
        const struct gs_lines lines = set(text, style, 900);
        assert_int_equal(advance(lines, 0, 0), 50);
        assert_int_equal(lines.lines[0].x, 2 * EM);
        g_free(text);
    }
}

static void r12_a_mark_ends_a_line_half_an_em_wide(void **state)
{
    (void)state;
    static const struct {
        const char *const *marks;
        size_t count;
    } sets[] = {{closings, G_N_ELEMENTS(closings)},
            {pauses, G_N_ELEMENTS(pauses)}, {stops, G_N_ELEMENTS(stops)}};
    for (size_t s = 0; s < G_N_ELEMENTS(sets); s++) {
        for (size_t i = 0; i < sets[s].count; i++) {
            char *text = g_strconcat("预算", sets[s].marks[i], "执行", NULL);
            const struct gs_lines lines = set(text, para(GS_ALIGN_LEFT), 300);
            assert_int_equal(lines.count, 2);
            assert_int_equal(advance(lines, 0, 2), 50);
            assert_int_equal(width(lines, 0), 250);
            g_free(text);
        }
    }
    /* The last line too, and it stands where its ink does. */
    const struct gs_lines last = set("预算。", para(GS_ALIGN_RIGHT), 300);
    assert_int_equal(last.lines[0].x, HUNDREDTHS(50));
}

/* --- R13, R14 -------------------------------------------------------------- */

static void r13_one_mark_may_hang(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    assert_lines(set("预算执行。情况", style, 400), "预算执/行。情况");
    style.hanging = true;
    const struct gs_lines lines = set("预算执行。情况", style, 400);
    assert_lines(lines, "预算执行。/情况");
    assert_int_equal(width(lines, 0), 450);
    /* Not where there is room, never several, and only these marks. */
    assert_int_equal(width(set("预算执。", style, 400), 0), 350);
    assert_lines(set("预算执行》。情况", style, 400), "预算执/行》。情况");
    assert_lines(set("预算执行；情况", style, 400), "预算执/行；情况");
    style.align = GS_ALIGN_RIGHT;
    assert_int_equal(set("预算执行。情况", style, 400).lines[0].x, 0);
}

static void r13_prose_is_justified_inside_of_the_mark(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_JUSTIFY);
    style.hanging = true;
    const struct gs_lines lines =
            set("预算执行情况良好各项资金，使用合规无", style, 1210);
    assert_string_equal(lines.lines[0].text, "预算执行情况良好各项资金，");
    assert_int_equal(width(lines, 0), 1260);
}

/* A paragraph with gaps of a quarter. */
static struct gs_lines gapped(
        const char *text, enum gs_align align, int measure)
{
    struct gs_para_style style = para(align);
    style.gap = EM / 4;
    return set(text, style, measure);
}

static void r14_a_gap_parts_han_from_latin_and_digits(void **state)
{
    (void)state;
    const struct gs_lines lines = gapped("预12算A字", GS_ALIGN_LEFT, 900);
    assert_int_equal(advance(lines, 0, 0), 125);
    assert_int_equal(advance(lines, 0, 1), 50);
    assert_int_equal(advance(lines, 0, 2), 75);
    assert_int_equal(advance(lines, 0, 3), 125);
    const struct gs_lines none = set("预12算A字", para(GS_ALIGN_LEFT), 900);
    assert_int_equal(width(lines, 0), width(none, 0) + 100);
}

static void r14_no_gap_beside_marks_or_at_the_ends_of_lines(void **state)
{
    (void)state;
    static const char *const texts[] = {
            "字，12", "12。字", "（12）", "《A》", "12/34", "A－B", "——12"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_int_equal(width(gapped(texts[i], GS_ALIGN_LEFT, 900), 0),
                width(set(texts[i], para(GS_ALIGN_LEFT), 900), 0));
    }
    const struct gs_lines lines = gapped("预算\n12\n预算", GS_ALIGN_LEFT, 900);
    assert_int_equal(width(lines, 0), 200);
    assert_int_equal(width(lines, 1), 100);
    /* A percent sign goes with its number. */
    assert_int_equal(
            advance(gapped("达95%以上", GS_ALIGN_LEFT, 900), 0, 0), 125);
    assert_int_equal(advance(gapped("达95%以上", GS_ALIGN_LEFT, 900), 0, 3),
            advance(set("达95%以上", para(GS_ALIGN_LEFT), 900), 0, 3) + 25);
}

static void r14_gaps_give_way_before_a_line_breaks(void **state)
{
    (void)state;
    static const char *const texts[] = {
            "共12个月", "2022年1月1日", "预算12.5万元", "第3号"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const int natural = width(set(texts[i], para(GS_ALIGN_LEFT), 2000), 0);
        const struct gs_lines lines =
                gapped(texts[i], GS_ALIGN_LEFT, natural);
        assert_int_equal(lines.count, 1);
        assert_int_equal(width(lines, 0), natural);
        assert_false(lines.lines[0].overfull);
    }
}

static void r14_prose_has_gaps_unless_told_otherwise(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_JUSTIFY);
    style.gap = GS_GAP_AUTO;
    assert_int_equal(advance(set("预12算", style, 1200), 0, 0), 125);
    assert_int_equal(advance(set("预12算", style, 1100), 0, 0), 100);
    style.align = GS_ALIGN_LEFT;
    assert_int_equal(advance(set("预12算", style, 1200), 0, 0), 100);
}

/* --- R20 ------------------------------------------------------------------- */

/* What the characters of a text take up when it is squeezed into `measure`. */
static void squeeze(const char *text, gs_len gap, int measure, int *advances)
{
    const struct gs_run run = {.kind = GS_RUN_TEXT,
            .text = text,
            .size = strlen(text),
            .style = &song};
    const struct gs_setting setting = {
            .align = GS_ALIGN_JUSTIFY, .gap = gap, .squeeze = true};
    struct gs_shaped shaped;
    gs_shape(&shaped, arena, fonts, &run, 1, NULL, (struct gs_shrink){1, 1},
            diag);
    const size_t count = shaped.count;
    struct gs_span span = {.end = count, .next = count};
    struct gs_change *changes = g_new0(struct gs_change, count);
    gs_fill_settle(&shaped, &setting, &span, HUNDREDTHS(measure));
    gs_adjust_line(&shaped, &span, &setting, HUNDREDTHS(measure), changes);
    gs_len all = 0;
    for (size_t i = 0; i < count; i++) {
        const gs_len taken = gs_shaped_atom(&shaped, i)->width -
                changes[i].front + changes[i].back;
        advances[i] = (int)((taken * 100 + EM / 2) / EM);
        all += taken;
    }
    assert_int_equal(all, HUNDREDTHS(measure));
    gs_shaped_release(&shaped);
    g_free(changes);
}

static void assert_marks(int measure, int bracket, int pause, int stop)
{
    int advances[32];
    squeeze("预算（万元）执行，情况。良好的各项", 0, measure, advances);
    assert_int_equal(advances[2], bracket);
    assert_int_equal(advances[5], bracket);
    assert_int_equal(advances[8], pause);
    assert_int_equal(advances[11], stop);
    assert_int_equal(advances[0], 100);
}

static void r20_brackets_give_before_pauses_before_stops(void **state)
{
    (void)state;
    assert_marks(1700, 100, 100, 100);
    assert_marks(1650, 75, 100, 100);
    assert_marks(1600, 50, 100, 100);
    assert_marks(1570, 50, 70, 100);
    assert_marks(1550, 50, 50, 100);
    assert_marks(1525, 50, 50, 75);
    assert_marks(1500, 50, 50, 50);
}

static void r20_one_class_gives_evenly(void **state)
{
    (void)state;
    int advances[32];
    squeeze("预算、执行、情况、良好、的各项目", 0, 1480, advances);
    for (size_t i = 2; i < 12; i += 3) {
        assert_int_equal(advances[i], 70);
    }
}

static void r20_gaps_give_to_an_eighth_after_pauses(void **state)
{
    (void)state;
    static const struct {
        int taken, pause, gap, stop;
    } steps[] = {{0, 100, 25, 100}, {50, 50, 25, 100}, {60, 50, 15, 100},
            {75, 50, 13, 88}, {113, 50, 13, 50}, {120, 50, 5, 50}};
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        int advances[32];
        const char *text = "预，算。执A";
        const int natural = width(gapped(text, GS_ALIGN_LEFT, 2000), 0);
        squeeze(text, EM / 4, natural - steps[i].taken, advances);
        assert_in_range(advances[1], steps[i].pause, steps[i].pause + 1);
        assert_in_range(advances[3], steps[i].stop - 1, steps[i].stop + 1);
        assert_in_range(
                advances[4], 100 + steps[i].gap - 1, 100 + steps[i].gap);
    }
}

static void r20_prose_is_squeezed_rather_than_stretched_far(void **state)
{
    (void)state;
    const struct gs_lines lines = set("预算（万元）执行，情况。良好的各项（万元）",
            para(GS_ALIGN_JUSTIFY), 1650);
    assert_lines(lines, "预算（万元）执行，情况。良好的各项/（万元）");
    assert_int_equal(advance(lines, 0, 2), 75);
    assert_int_equal(advance(lines, 0, 8), 100);
}

static void r20_only_prose_is_squeezed(void **state)
{
    (void)state;
    const struct gs_lines lines = set(
            "预算（万元）执行，情况。良好的各项", para(GS_ALIGN_LEFT), 1500);
    assert_lines(lines, "预算（万元）执行，情况。良好的/各项");
    assert_int_equal(advance(lines, 0, 8), 100);
}

static void r20_spaces_give_before_marks(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_JUSTIFY);
    const char *text = "预算执行（万元）情况良好 ab";
    const struct gs_lines natural = set(text, style, 2000);
    const int space = advance(natural, 0, 12);
    assert_true(space > 25);
    const struct gs_lines lines =
            set(text, style, width(natural, 0) - (space - 25));
    assert_int_equal(lines.count, 1);
    assert_int_equal(advance(lines, 0, 12), 25);
    assert_int_equal(advance(lines, 0, 4), 100);
}

/* --- R21 ------------------------------------------------------------------- */

/*
 * Prose whose first line lacks something: what follows cannot be broken and does
 * not fit.
 */
static struct gs_lines stretched(const char *line, int measure)
{
    char *text = g_strconcat(line, " Abcdefghijklmnopqrstuvwxyz", NULL);
    const struct gs_lines lines = set(text, para(GS_ALIGN_JUSTIFY), measure);
    assert_string_equal(lines.lines[0].text, line);
    assert_int_equal(width(lines, 0), measure);
    g_free(text);
    return lines;
}

static void r21_spaces_take_before_anything_else(void **state)
{
    (void)state;
    const char *line = "预算执行情况良好 ab cd";
    const int natural = width(set(line, para(GS_ALIGN_LEFT), 2000), 0);
    const int space =
            advance(set(line, para(GS_ALIGN_LEFT), 2000), 0, 8);
    const struct gs_lines some = stretched(line, natural + 20);
    assert_int_equal(advance(some, 0, 8), space + 10);
    assert_int_equal(advance(some, 0, 11), space + 10);
    assert_int_equal(advance(some, 0, 0), 100);
    /* To half an em, then all gaps alike. */
    const struct gs_lines more =
            stretched(line, natural + 2 * (50 - space) + 90);
    assert_int_equal(advance(more, 0, 8), 60);
    assert_int_equal(advance(more, 0, 0), 110);
}

static void r21_gaps_take_to_a_third_before_others(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_JUSTIFY);
    style.gap = EM / 4;
    const char *text = "预算执行情况良好12资金 Abcdefghijklmnopqrstuvwxyz";
    const struct gs_lines some = set(text, style, 1160);
    assert_int_equal(advance(some, 0, 0), 100);
    assert_int_equal(advance(some, 0, 7), 130);
    assert_int_equal(advance(some, 0, 8), 50);
    assert_int_equal(advance(some, 0, 9), 80);
    const struct gs_lines more = set(text, style, 1190);
    assert_int_equal(advance(more, 0, 0), 102);
    assert_int_equal(advance(more, 0, 7), 133 + 3);
}

static void r21_pairs_numbers_words_and_connectors_are_not_stretched(
        void **state)
{
    (void)state;
    const char *line = "预——算12.5%和x86～万／元·项……目的各项资金";
    const struct gs_lines before = set(line, para(GS_ALIGN_LEFT), 4000);
    const struct gs_lines after = stretched(line, width(before, 0) + 120);
    /* By characters: what has nothing put in after it. */
    static const size_t fixed[] = {
            1, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 19};
    for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++) {
        assert_int_equal(glyph_of(&after.lines[0], fixed[i]).advance,
                glyph_of(&before.lines[0], fixed[i]).advance);
    }
    assert_true(advance(after, 0, 0) > 100);
    assert_true(advance(after, 0, 2) > 100);
    assert_int_equal(advance(after, 0, 23), advance(after, 0, 24));
}

static void r21_the_last_line_is_natural(void **state)
{
    (void)state;
    const struct gs_lines lines =
            set("预算执行情况良好各项资金使用", para(GS_ALIGN_JUSTIFY), 1250);
    assert_int_equal(width(lines, 0), 1250);
    assert_int_equal(width(lines, 1), 200);
}

/* --- R22 ------------------------------------------------------------------- */

static void r22_no_character_is_alone_in_the_last_line(void **state)
{
    (void)state;
    const struct gs_para_style left = para(GS_ALIGN_LEFT);
    assert_lines(set("绩效指标", left, 300), "绩效/指标");
    assert_lines(set("预算执行情况。", left, 500), "预算执行/情况。");
    /* One squeeze avoids it. */
    const struct gs_lines up = set("合规，无违规的", left, 650);
    assert_lines(up, "合规，无违规的");
    assert_int_equal(advance(up, 0, 2), 50);
    /* A line keeps two characters at least. */
    assert_lines(set("预算表", left, 200), "预算/表");
    assert_lines(set("绩效\n指", left, 300), "绩效/指");
}

static void r22_holds_in_prose(void **state)
{
    (void)state;
    GString *text = g_string_new(NULL);
    for (int count = 13; count < 60; count++) {
        g_string_truncate(text, 0);
        for (int i = 0; i < count; i++) {
            g_string_append(text, i % 7 == 5 ? "，" : "算");
        }
        g_string_append(text, "元。");
        for (int measure = 1200; measure < 1500; measure += 50) {
            const struct gs_lines lines =
                    set(text->str, para(GS_ALIGN_JUSTIFY), measure);
            assert_true(lines.count > 0);
            assert_string_not_equal(lines.lines[lines.count - 1].text, "元。");
        }
    }
    g_string_free(text, TRUE);
}

/* --- best fit -------------------------------------------------------------- */

static void best_fit_is_never_worse_than_greedy(void **state)
{
    (void)state;
    static const char *const pieces[] = {"预算", "，", "执行", "。", "（万元）",
            "GB/T", "12.5%", "、", "《办法》", "的", "资金", "hello ", "2022年"};
    GRand *rand = g_rand_new_with_seed(7);
    int better = 0;
    for (int sample = 0; sample < 300; sample++) {
        GString *text = g_string_new(NULL);
        for (int i = 0; i < 60; i++) {
            g_string_append(text,
                    pieces[g_rand_int_range(
                            rand, 0, (gint32)G_N_ELEMENTS(pieces))]);
        }
        const struct gs_run run = {.kind = GS_RUN_TEXT,
                .text = text->str,
                .size = text->len,
                .style = &song};
        struct gs_shaped shaped;
        gs_shape(&shaped, arena, fonts, &run, 1, NULL,
                (struct gs_shrink){1, 1}, diag);
        const struct gs_setting setting = {
                .align = GS_ALIGN_JUSTIFY, .squeeze = true};
        const struct gs_rooms rooms = {20 * EM, 22 * EM};
        GArray *best = g_array_new(FALSE, FALSE, sizeof(struct gs_span));
        GArray *greedy = g_array_new(FALSE, FALSE, sizeof(struct gs_span));
        gs_paragraph_fill_best(&shaped, &setting, rooms, best);
        gs_paragraph_fill_greedily(&shaped, &setting, rooms, greedy);
        const int64_t a =
                gs_paragraph_badness(&shaped, &setting, rooms, best);
        const int64_t b =
                gs_paragraph_badness(&shaped, &setting, rooms, greedy);
        assert_true(a <= b);
        better += a < b;
        g_array_free(best, TRUE);
        g_array_free(greedy, TRUE);
        gs_shaped_release(&shaped);
        g_string_free(text, TRUE);
    }
    g_rand_free(rand);
    assert_true(better > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(r10_two_marks_share_a_free_half),
            cmocka_unit_test(r10_marks_that_face_each_other_keep_their_halves),
            cmocka_unit_test(r10_tight_marks_take_one_em),
            cmocka_unit_test(r11_an_opening_mark_begins_a_line_with_its_ink),
            cmocka_unit_test(r12_a_mark_ends_a_line_half_an_em_wide),
            cmocka_unit_test(r13_one_mark_may_hang),
            cmocka_unit_test(r13_prose_is_justified_inside_of_the_mark),
            cmocka_unit_test(r14_a_gap_parts_han_from_latin_and_digits),
            cmocka_unit_test(r14_no_gap_beside_marks_or_at_the_ends_of_lines),
            cmocka_unit_test(r14_gaps_give_way_before_a_line_breaks),
            cmocka_unit_test(r14_prose_has_gaps_unless_told_otherwise),
            cmocka_unit_test(r20_gaps_give_to_an_eighth_after_pauses),
            cmocka_unit_test(r20_brackets_give_before_pauses_before_stops),
            cmocka_unit_test(r20_one_class_gives_evenly),
            cmocka_unit_test(r20_prose_is_squeezed_rather_than_stretched_far),
            cmocka_unit_test(r20_only_prose_is_squeezed),
            cmocka_unit_test(r20_spaces_give_before_marks),
            cmocka_unit_test(r21_spaces_take_before_anything_else),
            cmocka_unit_test(r21_gaps_take_to_a_third_before_others),
            cmocka_unit_test(
                    r21_pairs_numbers_words_and_connectors_are_not_stretched),
            cmocka_unit_test(r21_the_last_line_is_natural),
            cmocka_unit_test(r22_no_character_is_alone_in_the_last_line),
            cmocka_unit_test(r22_holds_in_prose),
            cmocka_unit_test(best_fit_is_never_worse_than_greedy),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
