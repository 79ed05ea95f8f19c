/*
 * Numbering in all its styles.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "model/number.h"

static struct gs_arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = gs_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    gs_arena_free(arena);
    return 0;
}

struct number_case {
    long value;
    const char *text;
};

static void check(enum gs_number_style style, const struct number_case *cases)
{
    for (; cases->text != NULL; cases++) {
        assert_string_equal(
                gs_number_text(arena, cases->value, style), cases->text);
    }
}

static void arabic_and_padded(void **state)
{
    (void)state;
    check(GS_NUMBER_ARABIC,
            (struct number_case[]){
                    {1, "1"}, {0, "0"}, {-12, "-12"}, {0, NULL}});
    check(GS_NUMBER_PADDED,
            (struct number_case[]){
                    {1, "01"}, {17, "17"}, {100, "100"}, {0, NULL}});
}

static void chinese(void **state)
{
    (void)state;
    check(GS_NUMBER_CHINESE,
            (struct number_case[]){
                    {0, "零"},
                    {1, "一"},
                    {10, "十"},
                    {11, "十一"},
                    {20, "二十"},
                    {99, "九十九"},
                    {100, "一百"},
                    {101, "一百零一"},
                    {110, "一百一十"},
                    {111, "一百一十一"},
                    {1001, "一千零一"},
                    {1010, "一千零一十"},
                    {10000, "一万"},
                    {10010, "一万零一十"},
                    {12000, "一万二千"},
                    {120000, "十二万"},
                    {1000001, "一百万零一"},
                    {99999999, "九千九百九十九万九千九百九十九"},
                    {100000000, "100000000"},
                    {-5, "-5"},
                    {0, NULL},
            });
}

static void roman(void **state)
{
    (void)state;
    check(GS_NUMBER_ROMAN_LOWER,
            (struct number_case[]){{1, "i"}, {4, "iv"}, {9, "ix"}, {14, "xiv"},
                    {1994, "mcmxciv"}, {0, NULL}});
    check(GS_NUMBER_ROMAN_UPPER,
            (struct number_case[]){{2022, "MMXXII"}, {3999, "MMMCMXCIX"},
                    {4000, "4000"}, {0, "0"}, {-1, "-1"}, {0, NULL}});
}

static void circled_and_letters(void **state)
{
    (void)state;
    check(GS_NUMBER_CIRCLED,
            (struct number_case[]){{1, "①"}, {10, "⑩"}, {20, "⑳"}, {21, "(21)"},
                    {0, "0"}, {0, NULL}});
    check(GS_NUMBER_LETTER_LOWER,
            (struct number_case[]){{1, "a"}, {26, "z"}, {27, "aa"}, {52, "az"},
                    {703, "aaa"}, {0, "0"}, {0, NULL}});
}

/* No value makes trouble, and every one from 1 up has a text of its own. */
static void styles_hold_at_the_ends(void **state)
{
    (void)state;
    for (int style = GS_NUMBER_ARABIC; style <= GS_NUMBER_LETTER_LOWER;
            style++) {
        assert_non_null(
                gs_number_text(arena, LONG_MAX, (enum gs_number_style)style));
        assert_non_null(
                gs_number_text(arena, LONG_MIN, (enum gs_number_style)style));
        GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
        for (long i = 1; i < 12000; i++) {
            assert_true(g_hash_table_add(seen,
                    gs_number_text(arena, i, (enum gs_number_style)style)));
        }
        g_hash_table_destroy(seen);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(arabic_and_padded),
            cmocka_unit_test(chinese),
            cmocka_unit_test(roman),
            cmocka_unit_test(circled_and_letters),
            cmocka_unit_test(styles_hold_at_the_ends),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
