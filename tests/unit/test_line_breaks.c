/*
 * UAX #14: every case of Unicode's LineBreakTest.txt, and each place where Chinese
 * line setting wants something else.
 *
 * The file is that of Debian's unicode-data (Unicode 15.0, which GLib 2.74 and
 * Pango 1.50 implement); without it the tests are skipped.  The default rules of
 * uax14.h pass all cases.  A line may end where breaks.h says GS_BREAK_FREE; where
 * that differs from UAX #14, `tailored` has the reason, by rule and number of
 * cases, and nothing differs that is not in it.  With LIST=1 each case is printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "text/breaks.h"
#include "text/uax14.h"

#define CASES_FILE "/usr/share/unicode/auxiliary/LineBreakTest.txt"
#define CASES 7654

struct sample {
    const char *comment;
    GString *text;
    GArray *breaks; /* bool: before each character, and at the end */
    size_t count; /* of characters */
};

typedef void check_sample(const struct sample *sample, void *user);

/* × 0023 × 0020 ÷ 0023 ÷ # comment */
static void read_sample(char *line, struct sample *sample)
{
    char *comment = strchr(line, '#');
    sample->comment = comment != NULL ? comment : "";
    if (comment != NULL) {
        comment[-1] = '\0';
    }
    g_string_truncate(sample->text, 0);
    g_array_set_size(sample->breaks, 0);
    char **words = g_strsplit_set(line, " \t", -1);
    for (size_t i = 0; words[i] != NULL; i++) {
        const bool may = strcmp(words[i], "÷") == 0;
        if (may || strcmp(words[i], "×") == 0) {
            g_array_append_val(sample->breaks, may);
        } else if (words[i][0] != '\0') {
            g_string_append_unichar(sample->text,
                    (gunichar)g_ascii_strtoull(words[i], NULL, 16));
        }
    }
    g_strfreev(words);
    sample->count = (size_t)g_utf8_strlen(
            sample->text->str, (gssize)sample->text->len);
}

static bool is_break(const struct sample *sample, size_t i)
{
    return g_array_index(sample->breaks, bool, i);
}

static size_t each_sample(check_sample *check, void *user)
{
    char *all = NULL;
    if (!g_file_get_contents(CASES_FILE, &all, NULL, NULL)) {
        skip();
    }
    char **lines = g_strsplit(all, "\n", -1);
    struct sample sample = {
            .text = g_string_new(NULL),
            .breaks = g_array_new(FALSE, FALSE, sizeof(bool)),
    };
    size_t count = 0;
    for (size_t i = 0; lines[i] != NULL; i++) {
        if (lines[i][0] != '#' && lines[i][0] != '\0') {
            read_sample(lines[i], &sample);
            check(&sample, user);
            count++;
        }
    }
    g_string_free(sample.text, TRUE);
    g_array_free(sample.breaks, TRUE);
    g_strfreev(lines);
    g_free(all);
    return count;
}

static struct gs_char *find_breaks(const struct sample *sample)
{
    struct gs_char *chars = g_new0(struct gs_char, sample->count);
    gs_breaks_find(
            sample->text->str, sample->text->len, chars, sample->count);
    return chars;
}

/* --- UAX #14 itself -------------------------------------------------------- */

static void check_default(const struct sample *sample, void *user)
{
    (void)user;
    struct gs_char *chars = find_breaks(sample);
    for (size_t i = 1; i < sample->count; i++) {
        const bool may =
                (chars[i].place &
                        (GS_OPPORTUNITY_BREAK | GS_OPPORTUNITY_FORCED)) != 0;
        if (may != is_break(sample, i)) {
            fail_msg("before character %zu: %s", i, sample->comment);
        }
    }
    g_free(chars);
}

static void the_default_rules_are_those_of_unicode(void **state)
{
    (void)state;
    assert_int_equal(each_sample(check_default, NULL), CASES);
}

/* --- what is tailored ------------------------------------------------------ */

#define ANY 0xFFFFFFFFu

/* Everywhere UAX #14 would let a line end, and the rule says no. */
static struct tailored {
    const char *rule;
    uint32_t before; /* the last character that is no space */
    uint32_t after;
    size_t cases, seen;
} tailored[] = {
        {"R1 a postfix begins no line", ANY, '%', 114, 0},
        {"R1 a stop, after U+200B", 0x200B, '!', 2, 0},
        {"R1 a closing mark, after U+200B", 0x200B, ')', 2, 0},
        {"R1 a closing mark, after U+200B", 0x200B, '}', 2, 0},
        {"R1 a pause, after U+200B", 0x200B, ',', 2, 0},
        {"R2 a currency sign ends no line", '$', ANY, 37, 0},
        {"R3 a solidus ends no line", '/', ANY, 23, 0},
        {"R6 a number keeps its unit: 2本", '2', 0x672C, 1, 0},
        {"R6 a number keeps its unit: 3 本", '3', 0x672C, 1, 0},
        {"white space hangs at the line's end", ANY, '\t', 84, 0},
        {"a grapheme is whole: a mark on a space", ANY, 0x0308, 89, 0},
        {"a grapheme is whole: joiners", ANY, 0x200D, 83, 0},
        {"a grapheme is whole: joiners, after U+200B", 0x200B, 0x2060, 2, 0},
        {"a grapheme is whole: emoji modifiers", ANY, 0x1F3FB, 141, 0},
        {"a grapheme is whole: emoji modifiers", 0x00A9, 0x1F3FF, 1, 0},
};

static struct tailored *find_tailored(uint32_t before, uint32_t after)
{
    for (size_t i = 0; i < G_N_ELEMENTS(tailored); i++) {
        struct tailored *at = &tailored[i];
        if ((at->before == ANY || at->before == before) &&
                (at->after == ANY || at->after == after)) {
            return at;
        }
    }
    return NULL;
}

static void check_tailored(const struct sample *sample, void *user)
{
    const bool *list = user;
    struct gs_char *chars = find_breaks(sample);
    for (size_t i = 1; i < sample->count; i++) {
        const bool may = chars[i].before == GS_BREAK_FREE;
        if (may == is_break(sample, i)) {
            continue;
        }
        size_t ink = i - 1;
        while (ink > 0 && chars[ink].code == ' ') {
            ink--;
        }
        struct tailored *why = find_tailored(chars[ink].code, chars[i].code);
        if (may || why == NULL) {
            fail_msg("U+%04X U+%04X, before character %zu: %s", chars[ink].code,
                    chars[i].code, i, sample->comment);
        }
        why->seen++;
        if (*list) {
            print_message("%s: character %zu of %s\n", why->rule, i,
                    sample->comment);
        }
    }
    g_free(chars);
}

static void what_differs_has_its_rule(void **state)
{
    (void)state;
    bool list = g_getenv("LIST") != NULL;
    each_sample(check_tailored, &list);
    for (size_t i = 0; i < G_N_ELEMENTS(tailored); i++) {
        if (tailored[i].seen != tailored[i].cases) {
            fail_msg("%s: %zu cases, expected %zu", tailored[i].rule,
                    tailored[i].seen, tailored[i].cases);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(the_default_rules_are_those_of_unicode),
            cmocka_unit_test(what_differs_has_its_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
