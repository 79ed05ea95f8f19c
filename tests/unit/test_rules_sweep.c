/*
 * Every pair of marks at every measure from one character to twenty: where lines
 * end (R1 to R5), what marks take up beside each other (R10) and at the ends of
 * lines (R11, R12); and the whole order of squeezing (R20) and stretching (R21).
 */
#include "rules-set.h"

#include <stdlib.h>

#include "text/adjust.h"
#include "text/breaks.h"
#include "text/fill.h"
#include "text/shape.h"

#define MEASURE_MOST 2000
#define MEASURE_STEP 50

/* Of every class: opening, closing, pause, stop, connector, pair. */
static const char *const marks[] = {"（", "〔", "【", "《", "〈", "「", "『", "“",
        "‘", "［", "｛", "）", "〕", "】", "》", "〉", "」", "』", "”", "’", "］",
        "｝", "，", "、", "；", "：", "。", "！", "？", "·", "～", "–", "/", "——",
        "……", "%", "￥"};

static enum gs_class class_of(const char *mark)
{
    return gs_class_of(g_utf8_get_char(mark));
}

static bool opens(const char *mark)
{
    return class_of(mark) == GS_CLASS_OPEN;
}

static bool closes(const char *mark)
{
    const enum gs_class klass = class_of(mark);
    return klass == GS_CLASS_CLOSE || klass == GS_CLASS_PAUSE ||
            klass == GS_CLASS_STOP;
}

/* Free halves of a mark of full width; ！ and ？ stay as they are drawn. */
static int spare(const char *mark)
{
    char *text = g_strconcat("字", mark, NULL);
    const int cut = closes(mark)
            ? 200 - width(set(text, para(GS_ALIGN_LEFT), 900), 0)
            : 0;
    g_free(text);
    text = g_strconcat(mark, "字", NULL);
    const int front = opens(mark)
            ? 200 - width(set(text, para(GS_ALIGN_LEFT), 900), 0)
            : 0;
    g_free(text);
    return cut + front;
}

/* Alone between ideographs. */
static int own_width(const char *mark)
{
    char *text = g_strconcat("字", mark, "字", NULL);
    const int own = width(set(text, para(GS_ALIGN_LEFT), 900), 0) - 200;
    g_free(text);
    return own;
}

/* --- every pair ------------------------------------------------------------- */

static int widths[G_N_ELEMENTS(marks)], spares[G_N_ELEMENTS(marks)];

/* What two marks share where they meet. */
static int shared(size_t a, size_t b)
{
    if (spares[a] == 0 || spares[b] == 0) {
        return 0;
    }
    if (closes(marks[a])) {
        return spares[a];
    }
    return opens(marks[b]) ? spares[b] : 0;
}

/* What a line with both marks has to be wide; 0 for another line. */
static int expected_width(const char *line, size_t a, size_t b)
{
    char *both = g_strconcat(marks[a], marks[b], NULL);
    const char *pair = strstr(line, both);
    int total = 0;
    if (pair != NULL) {
        total = widths[a] + widths[b] - shared(a, b);
        total += 100 *
                (int)(g_utf8_strlen(line, -1) - g_utf8_strlen(both, -1));
        if (pair == line && opens(marks[a])) {
            total -= spares[a]; /* R11 */
        }
        if (pair[strlen(both)] == '\0' && closes(marks[b])) {
            total -= spares[b]; /* R12 */
        }
    }
    g_free(both);
    return total;
}

static bool never_begins(const char *line)
{
    return gs_class_never_begins(class_of(line));
}

static bool never_ends(const char *line)
{
    const char *last = g_utf8_find_prev_char(line, line + strlen(line));
    const enum gs_class klass = gs_class_of(g_utf8_get_char(last));
    return gs_class_never_ends(klass) || klass == GS_CLASS_SOLIDUS;
}

static bool splits_pair(const char *line, const char *next)
{
    const char *last = g_utf8_find_prev_char(line, line + strlen(line));
    const gunichar code = g_utf8_get_char(last);
    const char *before = g_utf8_find_prev_char(line, last);
    const bool odd = before == NULL || g_utf8_get_char(before) != code;
    return (code == 0x2014 || code == 0x2026) && odd &&
            g_utf8_get_char(next) == code;
}

/* A last character may have been taken up by squeezing (R22). */
static void check_lines(struct gs_lines lines, size_t a, size_t b, int measure)
{
    for (size_t i = 0; i < lines.count; i++) {
        const struct gs_line *line = &lines.lines[i];
        const char *next =
                i + 1 < lines.count ? lines.lines[i + 1].text : NULL;
        const bool holds = !line->overfull &&
                (next == NULL ||
                        (!never_begins(next) && !never_ends(line->text)));
        if (next != NULL && splits_pair(line->text, next)) {
            fail_msg("%s|%s at %d", line->text, next, measure); /* R5 */
        }
        if (!line->overfull && !holds) {
            fail_msg("%s|%s at %d", line->text, next, measure); /* R1 to R3 */
        }
        const int expected = expected_width(line->text, a, b);
        const bool taken_up = next == NULL && width(lines, i) == measure;
        if (expected > 0 && !taken_up && abs(expected - width(lines, i)) > 1) {
            fail_msg("%s at %d: %d, expected %d", line->text, measure,
                    width(lines, i), expected);
        }
        if (!line->overfull && width(lines, i) > measure + 51) {
            fail_msg("%s at %d is %d wide", line->text, measure,
                    width(lines, i));
        }
    }
}

/* What the lines say, all together. */
static void check_nothing_lost(struct gs_lines lines, const char *text)
{
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < lines.count; i++) {
        g_string_append(all, lines.lines[i].text);
    }
    assert_string_equal(all->str, text);
    g_string_free(all, TRUE);
}

static void every_pair_at_every_measure(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        widths[i] = own_width(marks[i]);
        spares[i] = spare(marks[i]);
    }
    for (size_t a = 0; a < G_N_ELEMENTS(marks); a++) {
        for (size_t b = 0; b < G_N_ELEMENTS(marks); b++) {
            char *text = g_strconcat(
                    "预算执行情况", marks[a], marks[b], "良好各项资金使用", NULL);
            for (int measure = 100; measure <= MEASURE_MOST;
                    measure += MEASURE_STEP) {
                const struct gs_lines lines =
                        set(text, para(GS_ALIGN_LEFT), measure);
                check_nothing_lost(lines, text);
                check_lines(lines, a, b, measure);
            }
            g_free(text);
        }
    }
}

/* Justified, lines are as wide as the measure where they can be. */
static void every_pair_in_prose(void **state)
{
    (void)state;
    for (size_t a = 0; a < G_N_ELEMENTS(marks); a++) {
        for (size_t b = 0; b < G_N_ELEMENTS(marks); b++) {
            char *text = g_strconcat("预算执行情况良好各项", marks[a], marks[b],
                    "资金使用合规无违纪违法情况发生整改到位", NULL);
            for (int measure = 1200; measure <= MEASURE_MOST;
                    measure += MEASURE_STEP) {
                const struct gs_lines lines =
                        set(text, para(GS_ALIGN_JUSTIFY), measure);
                check_nothing_lost(lines, text);
                for (size_t i = 0; i + 1 < lines.count; i++) {
                    const char *line = lines.lines[i].text;
                    const char *next = lines.lines[i + 1].text;
                    assert_int_equal(width(lines, i), measure);
                    assert_false(never_begins(next) || never_ends(line) ||
                            splits_pair(line, next));
                }
            }
            g_free(text);
        }
    }
}

/* --- the whole order -------------------------------------------------------- */

#define CHARACTERS_MOST 32

/* What each character of a text takes up when it fills a measure exactly. */
static void fill(const char *text, int measure, gs_len *taken)
{
    const struct gs_run run = {.kind = GS_RUN_TEXT,
            .text = text,
            .size = strlen(text),
            .style = &song};
    const struct gs_setting setting = {
            .align = GS_ALIGN_DISTRIBUTE, .gap = EM / 4, .squeeze = true};
    struct gs_shaped shaped;
    struct gs_change changes[CHARACTERS_MOST];
    gs_shape(&shaped, arena, fonts, &run, 1, NULL, (struct gs_shrink){1, 1},
            diag);
    struct gs_span span = {.end = shaped.count, .next = shaped.count};
    gs_fill_settle(&shaped, &setting, &span, HUNDREDTHS(measure));
    gs_adjust_line(&shaped, &span, &setting, HUNDREDTHS(measure), changes);
    for (size_t i = 0; i < shaped.count; i++) {
        taken[i] = gs_shaped_atom(&shaped, i)->width - changes[i].front +
                changes[i].back;
    }
    gs_shaped_release(&shaped);
}

/* One class: a character of it; what it takes up at last. */
struct step {
    const char *class;
    size_t character;
    gs_len last;
};

/*
 * Goes from the natural width by hundredths of an em.  A class moves only once all
 * before it have come to their last, within the rounding of a share.
 */
static void assert_order(const char *text, const struct step *steps,
        size_t count, int natural, int way, int most)
{
    gs_len first[CHARACTERS_MOST] = {0}, taken[CHARACTERS_MOST] = {0};
    fill(text, natural, first);
    for (int by = 1; by <= most; by++) {
        fill(text, natural + way * by, taken);
        for (size_t k = 1; k < count; k++) {
            const struct step *before = &steps[k - 1], *at = &steps[k];
            const gs_len moved =
                    taken[at->character] - first[at->character];
            const gs_len left =
                    way * (before->last - taken[before->character]);
            if (ABS(moved) > 2 && left > 2) {
                fail_msg("%s moved by %d before %s had come to its last, at %d",
                        at->class, (int)moved, before->class, way * by);
            }
        }
    }
    for (size_t k = 0; k < count; k++) { /* all had their turn */
        assert_true(ABS(taken[steps[k].character] - steps[k].last) <= EM / 50);
    }
}

static int natural_width(const char *text)
{
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    style.gap = EM / 4;
    return width(set(text, style, 9000), 0);
}

static void r20_the_whole_order_of_squeezing(void **state)
{
    (void)state;
    /* 0 甲, 1 a, 2 space, 3 b, 4 乙, 5 ·, 6 丙, 7 （, 8 丁, 9 ），10 戊, 11 ，… */
    const char *text = "甲a b乙·丙（丁）戊，己。庚";
    const int natural = natural_width(text);
    gs_len at[CHARACTERS_MOST];
    fill(text, natural, at);
    const struct step steps[] = {
            {"a word space", 2, EM / 4},
            {"an interpunct", 5, EM / 2},
            {"a bracket", 7, EM / 2},
            {"a pause", 11, EM / 2},
            {"a gap", 0, EM + EM / 8},
            {"a stop", 13, EM / 2},
    };
    gs_len all = 0;
    for (size_t k = 0; k < G_N_ELEMENTS(steps); k++) {
        const gs_len give = at[steps[k].character] - steps[k].last;
        const bool twice = steps[k].character == 7 || steps[k].character == 0;
        all += give * (twice ? 2 : 1); /* two brackets, two gaps */
    }
    assert_order(text, steps, G_N_ELEMENTS(steps), natural, -1,
            (int)(all * 100 / EM));
}

static void r21_the_whole_order_of_stretching(void **state)
{
    (void)state;
    const char *text = "甲a b乙丙丁";
    const int natural = natural_width(text);
    gs_len at[CHARACTERS_MOST];
    fill(text, natural, at);
    const struct step steps[] = {
            {"a word space", 2, EM / 2},
            {"a gap", 0, EM + EM / 3},
    };
    const gs_len take = EM / 2 - at[2] + 2 * (EM / 3 - EM / 4);
    assert_order(text, steps, G_N_ELEMENTS(steps), natural, 1,
            (int)((take * 100 + EM - 1) / EM));
    /* Then all evenly, but not inside words. */
    gs_len more[CHARACTERS_MOST];
    const int wide = natural + (int)(take * 100 / EM) + 100;
    fill(text, wide, more);
    assert_true(more[4] > EM + EM / 10 && more[5] > EM + EM / 10);
    assert_int_equal(more[4], more[5]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(every_pair_at_every_measure),
            cmocka_unit_test(every_pair_in_prose),
            cmocka_unit_test(r20_the_whole_order_of_squeezing),
            cmocka_unit_test(r21_the_whole_order_of_stretching),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
