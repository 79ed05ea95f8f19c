/*
 * Formats: values as they are printed, and what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <locale.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "bind/format.h"
#include "form/form.h"

static struct gs_arena *arena;

static int set_up(void **state)
{
    (void)state;
    setlocale(LC_ALL, "");
    arena = gs_arena_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    gs_arena_free(arena);
    return 0;
}

static const struct gs_origin origin = {.path = "/unit/budget/total"};

static void prints(
        const struct gs_format *format, const char *in, const char *out)
{
    struct gs_refusal refusal;
    const char *text = NULL;

    bool ok = gs_format_apply(arena, format, in, &text, &refusal);
    if (!ok || strcmp(text, out) != 0) {
        fail_msg(
                "“%s” gives “%s”, not “%s”", in, ok ? text : "(an error)", out);
    }
}

/* Refused as `id`, with the value and its path in the message. */
static void refuses(
        const struct gs_format *format, const char *in, enum gs_diag_id id)
{
    struct gs_diag *diag = gs_diag_new();
    struct gs_refusal refusal;
    const char *text = NULL;

    if (gs_format_apply(arena, format, in, &text, &refusal)) {
        fail_msg("“%s” gives “%s”, not an error", in, text);
    }
    gs_format_report(&refusal, &origin, diag);
    assert_int_equal(gs_diag_count(diag), 1);
    struct gs_diag_entry entry = gs_diag_entry(diag, 0);
    assert_int_equal(entry.id, id);
    assert_non_null(strstr(entry.message, in));
    assert_non_null(strstr(entry.message, origin.path));
    gs_diag_free(diag);
}

static void amounts_stay_as_entered(void **state)
{
    const struct gs_format format = {.kind = GS_FORMAT_AMOUNT, .amount.decimals = -1};
    (void)state;

    prints(&format, "390", "390");
    prints(&format, "208.71", "208.71");
    prints(&format, "12900.80", "12900.80");
    prints(&format, "1,041.50", "1041.50");
    prints(&format, "", "");
    prints(&format, "0", "0");
    refuses(&format, "19.8万元", GS_DIAG_NOT_AN_AMOUNT);
    refuses(&format, "1 2", GS_DIAG_NOT_AN_AMOUNT);
}

static void money_has_two_decimals_and_thousands(void **state)
{
    const struct gs_format format = {
            .kind = GS_FORMAT_AMOUNT,
            .amount = {.decimals = 2, .thousands = true}};
    (void)state;

    prints(&format, "4733.14", "4,733.14");
    prints(&format, "1000000", "1,000,000.00");
    prints(&format, "0.005", "0.01");
    prints(&format, "-1234.5", "-1,234.50");
    prints(&format, "-0.001", "0.00");
    refuses(&format, "999999999999999999999999999999999999",
            GS_DIAG_NOT_AN_AMOUNT);
}

static void yuan_become_ten_thousands_exactly(void **state)
{
    struct gs_format format = {
            .kind = GS_FORMAT_AMOUNT,
            .amount = {.decimals = 2, .power = -4}};
    (void)state;

    prints(&format, "47331400", "4733.14");
    prints(&format, "50", "0.01"); /* half away from zero */
    prints(&format, "49.99", "0.00");
    format.amount.decimals = -1;
    prints(&format, "47331400", "4733.14");
    prints(&format, "1000000", "100");
    prints(&format, "1041.50", "0.10415");
    format.amount.power = 4;
    prints(&format, "12900.84", "129008400");
}

static void zero_may_be_blank_or_a_dash(void **state)
{
    struct gs_format format = {
            .kind = GS_FORMAT_AMOUNT,
            .amount = {.decimals = 2, .zero = GS_ZERO_BLANK}};
    (void)state;

    prints(&format, "0.00", "");
    prints(&format, "0.004", "0.00"); /* little is not nothing */
    format.amount.zero = GS_ZERO_DASH;
    prints(&format, "-0", "-");
    prints(&format, "", "");
}

static void negatives_may_stand_in_parentheses(void **state)
{
    const struct gs_format format = {
            .kind = GS_FORMAT_AMOUNT,
            .amount = {.decimals = 2, .thousands = true, .parentheses = true},
    };
    (void)state;

    prints(&format, "-4316.59", "(4,316.59)");
    prints(&format, "4316.59", "4,316.59");
    prints(&format, "-0.001", "0.00");
}

static void percentages_are_ratios_or_percent(void **state)
{
    struct gs_format format = {.kind = GS_FORMAT_PERCENT,
            .amount = {.decimals = -1, .power = 2},
            .sign = true};
    (void)state;

    prints(&format, "0.9563", "95.63%");
    prints(&format, "1", "100%");
    prints(&format, "98.5%", "98.5%"); /* is one already */
    prints(&format, "98％", "98%");
    format.amount.decimals = 1;
    prints(&format, "0.95650", "95.7%");
    format.amount.power = 0;
    prints(&format, "95.65", "95.7%");
    format.sign = false;
    prints(&format, "95.65%", "95.7");
    refuses(&format, "%", GS_DIAG_NOT_AN_AMOUNT);
    refuses(&format, "≥95%", GS_DIAG_NOT_AN_AMOUNT);
}

static void dates_are_printed_by_their_pattern(void **state)
{
    struct gs_format format = {
            .kind = GS_FORMAT_DATE,
            .pattern = "yyyy年M月d日",
            .blank = "    年  月  日",
    };
    (void)state;

    prints(&format, "2022-03-01", "2022年3月1日");
    prints(&format, "20221231", "2022年12月31日");
    prints(&format, "2022年3月1日", "2022年3月1日");
    prints(&format, "2024-02-29", "2024年2月29日");
    prints(&format, "2021-12", "2021年12月");
    prints(&format, "2021年12月", "2021年12月");
    prints(&format, "2021", "2021年");
    prints(&format, "", "    年  月  日");
    format.pattern = "yyyy-MM-dd";
    prints(&format, "2022年3月1日", "2022-03-01");
    prints(&format, "2022-03", "2022-03");
    prints(&format, "2022年", "2022");
    format.pattern = "M月d日";
    prints(&format, "2022-03-01", "3月1日");
    refuses(&format, "2022", GS_DIAG_NOT_A_DATE);
}

static void what_is_no_date_is_refused(void **state)
{
    static const char *const cases[] = {"2022-13-01", "2022-00-01",
            "2022-02-30", "2023-02-29", "2022-03-00", "2022-3-1", "202203",
            "22", "0000-01-01", "2022-03-01x", "2022-03年", "2022年3",
            "2022/03/01", "二〇二二年", "2022-", "2022年13月", "20220399",
            "2022-03-01T00:00"};
    const struct gs_format format = {
            .kind = GS_FORMAT_DATE, .pattern = "yyyy年M月d日"};
    (void)state;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        refuses(&format, cases[i], GS_DIAG_NOT_A_DATE);
    }
}

static void amounts_in_words_are_in_yuan(void **state)
{
    struct gs_format format = {.kind = GS_FORMAT_CAPITAL};
    (void)state;

    prints(&format, "12300.5", "壹万贰仟叁佰元伍角整");
    prints(&format, "", "");
    format.amount.power = 4; /* from 万元 */
    prints(&format, "1.2", "壹万贰仟元整");
    refuses(&format, "10000000000000000", GS_DIAG_NOT_AN_AMOUNT);
    refuses(&format, "壹元", GS_DIAG_NOT_AN_AMOUNT);
}

static void numbers_get_their_style_and_marks(void **state)
{
    struct gs_format format = {
            .kind = GS_FORMAT_NUMBER,
            .number = GS_NUMBER_CHINESE,
            .before = "（",
            .after = "）",
    };
    (void)state;

    prints(&format, "12", "（十二）");
    prints(&format, "", "");
    format = (struct gs_format){
            .kind = GS_FORMAT_NUMBER, .number = GS_NUMBER_PADDED};
    prints(&format, "1", "01");
    prints(&format, "3.0", "03");
    refuses(&format, "1.5", GS_DIAG_NOT_A_NUMBER);
    refuses(&format, "one", GS_DIAG_NOT_A_NUMBER);
    refuses(&format, "99999999999", GS_DIAG_NOT_A_NUMBER);
}

static void masks_hide_the_middle(void **state)
{
    struct gs_format format = {.kind = GS_FORMAT_MASK,
            .keep_first = 3,
            .keep_last = 4,
            .with = "*"};
    (void)state;

    prints(&format, "13812345678", "138****5678");
    prints(&format, "1234567", "*******"); /* too short to show any */
    prints(&format, "", "");
    format = (struct gs_format){
            .kind = GS_FORMAT_MASK, .keep_first = 1, .with = "某"};
    prints(&format, "张三丰", "张某某");
    format.keep_first = G_MAXUINT;
    format.keep_last = G_MAXUINT;
    prints(&format, "张三丰", "某某某");
}

static void texts_have_a_stand_in(void **state)
{
    const struct gs_format format = {.kind = GS_FORMAT_TEXT, .blank = "—"};
    (void)state;

    prints(&format, "", "—");
    prints(&format, "其他资金", "其他资金");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(amounts_stay_as_entered),
            cmocka_unit_test(money_has_two_decimals_and_thousands),
            cmocka_unit_test(yuan_become_ten_thousands_exactly),
            cmocka_unit_test(zero_may_be_blank_or_a_dash),
            cmocka_unit_test(negatives_may_stand_in_parentheses),
            cmocka_unit_test(percentages_are_ratios_or_percent),
            cmocka_unit_test(dates_are_printed_by_their_pattern),
            cmocka_unit_test(what_is_no_date_is_refused),
            cmocka_unit_test(amounts_in_words_are_in_yuan),
            cmocka_unit_test(numbers_get_their_style_and_marks),
            cmocka_unit_test(masks_hide_the_middle),
            cmocka_unit_test(texts_have_a_stand_in),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
