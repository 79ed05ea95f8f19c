/*
 * Exact decimals: examples of the field and identities that hold for all.
 *
 * The properties are tried on numbers made from a seed that is printed when one
 * fails; GS_TEST_SEED replays it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"

#define TURNS 20000

static struct gs_arena *arena;
static GRand *chance;
static guint32 seed;

static int set_up(void **state)
{
    const char *wanted = getenv("GS_TEST_SEED");
    (void)state;

    seed = wanted != NULL ? (guint32)strtoul(wanted, NULL, 10) : 20221101;
    chance = g_rand_new_with_seed(seed);
    arena = gs_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_rand_free(chance);
    gs_arena_free(arena);
    return 0;
}

static struct gs_decimal parse(const char *text)
{
    struct gs_decimal out = {0, 0};

    if (!gs_decimal_parse(text, &out)) {
        fail_msg("%s is no decimal", text);
    }
    return out;
}

static const char *text_of(struct gs_decimal value)
{
    return gs_decimal_format(arena, value, false);
}

static void assert_same(struct gs_decimal a, struct gs_decimal b)
{
    if (gs_decimal_compare(a, b) != 0) {
        fail_msg("%s is not %s (seed %u)", text_of(a), text_of(b), seed);
    }
}

/* Up to `most` digits of which up to `after` stand after the point. */
static struct gs_decimal any_decimal(int most, int after)
{
    int count = g_rand_int_range(chance, 1, most + 1);
    struct gs_decimal out = {0, 0};

    for (int i = 0; i < count; i++) {
        out.digits = out.digits * 10 + g_rand_int_range(chance, 0, 10);
    }
    out.digits = g_rand_boolean(chance) ? -out.digits : out.digits;
    out.scale = g_rand_int_range(chance, 0, MIN(after, count) + 1);
    return out;
}

/* --- examples -------------------------------------------------------------- */

static void amounts_are_read_and_written(void **state)
{
    static const struct {
        const char *in, *plain, *thousands;
    } cases[] = {
            {"1041.5", "1041.5", "1,041.5"},
            {"-3", "-3", "-3"},
            {"+0.50", "0.50", "0.50"},
            {"1,234.56", "1234.56", "1,234.56"},
            {"12,345,678", "12345678", "12,345,678"},
            {"0", "0", "0"},
            {"-0.00", "0.00", "0.00"},
            {"007", "7", "7"},
            {"999999", "999999", "999,999"},
            {"-1234567.891", "-1234567.891", "-1,234,567.891"},
            {"１２３４．５０", "1234.50", "1,234.50"},
            {"－１，２３４", "-1234", "-1,234"},
            {"\u22125", "-5", "-5"},
    };
    (void)state;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct gs_decimal value = parse(cases[i].in);
        assert_string_equal(text_of(value), cases[i].plain);
        assert_string_equal(
                gs_decimal_format(arena, value, true), cases[i].thousands);
    }
}

static void what_is_no_amount_is_refused(void **state)
{
    static const char *const cases[] = {"", "-", "+", ".", "1.", ".5", "1..2",
            "1.2.3", "--1", "1-", "1 2", " 1", "1 ", "1,23", "12,34",
            "1234,567", "1,2345", ",123", "1,", "1,,234", "1.2,345",
            "1.234,567", "1e3", "0x1f", "万", "390万", "NaN", "1%",
            "1000000000000000000000000000000000000", /* 37 digits */
            "0.0000000000000000001"}; /* 19 after the point */
    (void)state;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct gs_decimal value = {42, 7};
        if (gs_decimal_parse(cases[i], &value)) {
            fail_msg("“%s” was taken for an amount", cases[i]);
        }
        assert_true(value.digits == 42 && value.scale == 7);
    }
}

static void sums_are_exact(void **state)
{
    struct gs_decimal sum;
    (void)state;

    assert_true(gs_decimal_add(parse("8584.25"), parse("4316.59"), &sum));
    assert_string_equal(text_of(sum), "12900.84");
    assert_true(gs_decimal_add(parse("0.1"), parse("0.2"), &sum));
    assert_int_equal(gs_decimal_compare(sum, parse("0.3")), 0);
    assert_true(gs_decimal_add(parse("1.5"), parse("-2"), &sum));
    assert_string_equal(text_of(sum), "-0.5");
}

static void halves_are_rounded_away_from_zero(void **state)
{
    static const struct {
        const char *in;
        int scale;
        const char *out;
    } cases[] = {
            {"2.5", 0, "3"},
            {"-2.5", 0, "-3"},
            {"2.4999", 0, "2"},
            {"0.125", 2, "0.13"},
            {"1.005", 2, "1.01"},
            {"-1.005", 2, "-1.01"},
            {"0.004", 2, "0.00"},
            {"-0.004", 2, "0.00"},
            {"9.995", 2, "10.00"},
            {"390", 2, "390.00"},
    };
    (void)state;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct gs_decimal out;
        assert_true(gs_decimal_round(parse(cases[i].in), cases[i].scale, &out));
        assert_string_equal(text_of(out), cases[i].out);
    }
}

static void points_are_shifted(void **state)
{
    struct gs_decimal out;
    (void)state;

    assert_true(gs_decimal_shift(parse("4733.14"), 4, &out));
    assert_string_equal(text_of(out), "47331400");
    assert_true(gs_decimal_shift(parse("129008400"), -4, &out));
    assert_string_equal(text_of(out), "12900.8400");
    assert_true(gs_decimal_shift(parse("1000"), -19, &out));
    assert_string_equal(text_of(out), "0.000000000000000100");
    assert_false(gs_decimal_shift(parse("1"), -19, &out));
    assert_false(gs_decimal_shift(parse("1"), 36, &out));
    assert_false(gs_decimal_shift(parse("1"), 100000, &out));
    assert_false(gs_decimal_shift(parse("1"), -100000, &out));
}

static void range_ends_at_36_digits(void **state)
{
    const char *most = "999999999999999999999999999999999999";
    struct gs_decimal out = {7, 1};
    (void)state;

    assert_string_equal(text_of(parse(most)), most);
    assert_false(gs_decimal_add(parse(most), parse("1"), &out));
    assert_false(gs_decimal_round(parse(most), 1, &out));
    assert_false(gs_decimal_shift(parse(most), 1, &out));
    assert_false(gs_decimal_round(parse("1"), 19, &out));
    assert_false(gs_decimal_round(parse("1"), -1, &out));
    assert_true(out.digits == 7 && out.scale == 1);

    struct gs_decimal all = parse(most);
    all.scale = 18;
    assert_string_equal(gs_decimal_format(arena, all, true),
            "999,999,999,999,999,999.999999999999999999");
    assert_true(gs_decimal_add(parse(most), parse("-1"), &out));
    assert_int_equal(gs_decimal_compare(out, parse(most)), -1);
}

static void order_reaches_over_scales(void **state)
{
    (void)state;
    assert_int_equal(gs_decimal_compare(parse("1.50"), parse("1.5")), 0);
    assert_int_equal(gs_decimal_compare(parse("-1.5"), parse("1.5")), -1);
    assert_int_equal(gs_decimal_compare(parse("-1.4"), parse("-1.5")), 1);
    assert_int_equal(
            gs_decimal_compare(parse("100000000000000000000000000000000000"),
                    parse("0.000000000000000001")),
            1);
    assert_true(gs_decimal_is_zero(parse("-0.00")));
    assert_false(gs_decimal_is_zero(parse("0.01")));
}

static void capitals_follow_the_rules_of_banks(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
            {"12300.5", "壹万贰仟叁佰元伍角整"},
            {"0", "零元整"},
            {"0.05", "伍分"},
            {"0.5", "伍角整"},
            {"0.55", "伍角伍分"},
            {"1409.50", "壹仟肆佰零玖元伍角整"},
            {"6007.14", "陆仟零柒元壹角肆分"},
            {"16409.02", "壹万陆仟肆佰零玖元零贰分"},
            {"325.04", "叁佰贰拾伍元零肆分"},
            {"10", "壹拾元整"},
            {"100005", "壹拾万零伍元整"},
            {"100000000", "壹亿元整"},
            {"100000005", "壹亿零伍元整"},
            {"105000000", "壹亿零伍佰万元整"},
            {"1000000000000", "壹万亿元整"},
            {"9999999999999999.99",
                    "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿"
                    "玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"},
            {"-12", "负壹拾贰元整"},
            {"0.005", "壹分"},
            {"0.004", "零元整"},
            {"-0.004", "零元整"},
    };
    (void)state;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        assert_string_equal(
                gs_decimal_capital(arena, parse(cases[i].in)), cases[i].out);
    }
    assert_null(gs_decimal_capital(arena, parse("10000000000000000")));
    assert_null(gs_decimal_capital(arena, parse("9999999999999999.995")));
    assert_null(gs_decimal_capital(
            arena, parse("999999999999999999999999999999999999")));
}

/* --- properties ------------------------------------------------------------ */

static void formatting_and_reading_return_the_value(void **state)
{
    (void)state;
    for (int i = 0; i < TURNS; i++) {
        struct gs_decimal value = any_decimal(36, 18);
        for (int thousands = 0; thousands < 2; thousands++) {
            struct gs_decimal back =
                    parse(gs_decimal_format(arena, value, thousands == 1));
            assert_true(
                    back.digits == value.digits && back.scale == value.scale);
        }
    }
}

static void sums_do_not_depend_on_order(void **state)
{
    (void)state;
    for (int i = 0; i < TURNS; i++) {
        struct gs_decimal a = any_decimal(17, 9), b = any_decimal(17, 9);
        struct gs_decimal c = any_decimal(17, 9), ab, ba, bc, left, right;
        assert_true(gs_decimal_add(a, b, &ab));
        assert_true(gs_decimal_add(b, a, &ba));
        assert_same(ab, ba);
        assert_true(gs_decimal_add(b, c, &bc));
        assert_true(gs_decimal_add(ab, c, &left));
        assert_true(gs_decimal_add(a, bc, &right));
        assert_same(left, right);
    }
}

static void adding_and_taking_away_return_the_value(void **state)
{
    (void)state;
    for (int i = 0; i < TURNS; i++) {
        struct gs_decimal a = any_decimal(17, 9), b = any_decimal(17, 9);
        struct gs_decimal minus = {-b.digits, b.scale}, out;
        assert_true(gs_decimal_add(a, b, &out));
        assert_true(gs_decimal_add(out, minus, &out));
        assert_same(out, a);
    }
}

static void shifting_there_and_back_returns_the_value(void **state)
{
    (void)state;
    for (int i = 0; i < TURNS; i++) {
        struct gs_decimal value = any_decimal(20, 9), out;
        int power = g_rand_int_range(chance, -9, 10);
        assert_true(gs_decimal_shift(value, power, &out));
        assert_true(gs_decimal_shift(out, -power, &out));
        assert_same(out, value);
    }
}

/* |value - rounded| is at most half a unit of the last digit. */
static void rounding_moves_by_half_a_unit_at_most(void **state)
{
    (void)state;
    for (int i = 0; i < TURNS; i++) {
        struct gs_decimal value = any_decimal(30, 12), rounded, gap;
        int scale = g_rand_int_range(chance, 0, 7);
        assert_true(gs_decimal_round(value, scale, &rounded));
        assert_int_equal(rounded.scale, scale);
        struct gs_decimal minus = {-rounded.digits, rounded.scale};
        assert_true(gs_decimal_add(value, minus, &gap));
        gap.digits = gap.digits < 0 ? -gap.digits : gap.digits;
        struct gs_decimal half = {5, scale + 1};
        assert_true(gs_decimal_compare(gap, half) <= 0);
        if (gs_decimal_compare(gap, half) == 0) { /* away from zero */
            struct gs_decimal size = {
                    value.digits < 0 ? -value.digits : value.digits,
                    value.scale};
            struct gs_decimal up = {
                    rounded.digits < 0 ? -rounded.digits : rounded.digits,
                    rounded.scale};
            assert_int_equal(gs_decimal_compare(up, size), 1);
        }
    }
}

static void rounding_is_odd_and_settles(void **state)
{
    (void)state;
    for (int i = 0; i < TURNS; i++) {
        struct gs_decimal value = any_decimal(30, 12), once, twice, other;
        struct gs_decimal minus = {-value.digits, value.scale};
        int scale = g_rand_int_range(chance, 0, 7);
        assert_true(gs_decimal_round(value, scale, &once));
        assert_true(gs_decimal_round(once, scale, &twice));
        assert_true(gs_decimal_round(minus, scale, &other));
        assert_same(once, twice);
        assert_true(other.digits == -once.digits);
    }
}

static void order_agrees_with_differences(void **state)
{
    (void)state;
    for (int i = 0; i < TURNS; i++) {
        struct gs_decimal a = any_decimal(12, 6), b = any_decimal(12, 6), gap;
        struct gs_decimal minus = {-b.digits, b.scale};
        assert_true(gs_decimal_add(a, minus, &gap));
        int sign = gap.digits < 0 ? -1 : gap.digits > 0;
        assert_int_equal(gs_decimal_compare(a, b), sign);
        assert_int_equal(gs_decimal_compare(b, a), -sign);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(amounts_are_read_and_written),
            cmocka_unit_test(what_is_no_amount_is_refused),
            cmocka_unit_test(sums_are_exact),
            cmocka_unit_test(halves_are_rounded_away_from_zero),
            cmocka_unit_test(points_are_shifted),
            cmocka_unit_test(range_ends_at_36_digits),
            cmocka_unit_test(order_reaches_over_scales),
            cmocka_unit_test(capitals_follow_the_rules_of_banks),
            cmocka_unit_test(formatting_and_reading_return_the_value),
            cmocka_unit_test(sums_do_not_depend_on_order),
            cmocka_unit_test(adding_and_taking_away_return_the_value),
            cmocka_unit_test(shifting_there_and_back_returns_the_value),
            cmocka_unit_test(rounding_moves_by_half_a_unit_at_most),
            cmocka_unit_test(rounding_is_odd_and_settles),
            cmocka_unit_test(order_agrees_with_differences),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
