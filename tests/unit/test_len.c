/*
 * Lengths: reading, converting, scaling.
 */
#include "base/len.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <glib.h>

#define EM GS_PT(10)

static void lengths_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        gs_len len;
    } cases[] = {
            {"12pt", GS_PT(12)},
            {"0.5pt", 512},
            {".5pt", 512},
            {"5.pt", GS_PT(5)},
            {"-2em", -GS_PT(20)},
            {"+1in", GS_PT(72)},
            {"25.4mm", GS_PT(72)},
            {"2.54cm", GS_PT(72)},
            {"10mm", 29027},
            {" 3pt\n", GS_PT(3)},
            {"0", 0},
            {"0mm", 0},
            {"-0.0", 0},
            {"初号", GS_PT(42)},
            {"小初", GS_PT(36)},
            {"一号", GS_PT(26)},
            {"小一", GS_PT(24)},
            {"二号", GS_PT(22)},
            {"小二", GS_PT(18)},
            {"三号", GS_PT(16)},
            {"小三", GS_PT(15)},
            {"四号", GS_PT(14)},
            {" 小四 ", GS_PT(12)},
            {"五号", GS_PT(21) / 2},
            {"小五", GS_PT(9)},
            {"六号", GS_PT(15) / 2},
            {"小六", GS_PT(13) / 2},
            {"七号", GS_PT(11) / 2},
            {"八号", GS_PT(5)},
            {"1000000pt", GS_LEN_MAX},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        gs_len len = -1;
        assert_true(gs_len_parse(cases[i].text, EM, &len));
        assert_int_equal(len, cases[i].len);
    }
}

static void what_is_no_length_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " ", "pt", "12", "1 pt", "1,5pt",
            "1e3pt", "0x1pt", "nanpt", "infpt", "--1pt", "1.2.3pt", ".pt",
            "12px", "12ptx", "12PT", "九号", "小四号", "四", "1000001pt",
            "-99999999999999mm", "１２pt", "12pt;",
            "1111111111111111111111111111111111111111111111111pt"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        gs_len len = 77;
        assert_false(gs_len_parse(texts[i], EM, &len));
        assert_int_equal(len, 77);
    }
}

static void numbers_are_read(void **state)
{
    (void)state;
    double number = 0;
    assert_true(gs_number_parse(" 1.25 ", &number));
    assert_true(number > 1.249 && number < 1.251);
    assert_true(gs_number_parse("-3", &number));
    assert_true(number < -2.9);
    static const char *const texts[] = {
            "", "x", "1,5", "1 2", "0x10", "inf", "nan", "1e9", "-", "."};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        assert_false(gs_number_parse(texts[i], &number));
    }
}

static void conversions_round_to_nearest(void **state)
{
    (void)state;
    assert_int_equal(gs_len_from_pt(1.0 / 2048), 1);
    assert_int_equal(gs_len_from_pt(-1.0 / 2048), -1);
    assert_int_equal(gs_len_from_mm(210), 609562);
    assert_int_equal(gs_len_from_pt((double)NAN), 0);
    assert_int_equal(gs_len_from_pt((double)INFINITY), GS_LEN_MAX);
    assert_int_equal(gs_len_from_pt(-1e300), -GS_LEN_MAX);
    assert_true(gs_len_to_pt(512) > 0.499 && gs_len_to_pt(512) < 0.501);
}

static void scaling_rounds_half_away_from_zero(void **state)
{
    (void)state;
    assert_int_equal(gs_len_scale(10, 1, 4), 3);
    assert_int_equal(gs_len_scale(-10, 1, 4), -3);
    assert_int_equal(gs_len_scale(10, 1, 3), 3);
    assert_int_equal(gs_len_scale(11, 1, 3), 4);
    assert_int_equal(gs_len_scale(10, -1, 4), -3);
    assert_int_equal(
            gs_len_scale(GS_LEN_MAX, 1000000000, 1000000000), GS_LEN_MAX);
    assert_int_equal(gs_len_scale(7, 0, 9), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(lengths_are_read),
            cmocka_unit_test(what_is_no_length_is_refused),
            cmocka_unit_test(numbers_are_read),
            cmocka_unit_test(conversions_round_to_nearest),
            cmocka_unit_test(scaling_rounds_half_away_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
