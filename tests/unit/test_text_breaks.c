/*
 * Break levels, drawn into the text:
 *
 *   |  free        :  group       ~  unit      ^  sign
 *   (nothing)  word   '  marks    x  禁则      =  never
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "text/breaks.h"

static char *draw(const char *text)
{
    static const char *const signs[] = {"|", ":", "~", "^", "", "'", "x", "="};
    const size_t size = strlen(text);
    const size_t count = (size_t)g_utf8_strlen(text, -1);
    struct gs_char *chars = g_new0(struct gs_char, count + 1);
    gs_breaks_find(text, size, chars, count);
    GString *drawn = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            g_string_append(drawn, signs[chars[i].before]);
        }
        g_string_append_unichar(drawn, chars[i].code);
    }
    g_free(chars);
    return g_string_free(drawn, FALSE);
}

static void assert_drawn(const char *text, const char *expected)
{
    char *drawn = draw(text);
    assert_string_equal(drawn, expected);
    g_free(drawn);
}

static void closing_marks_never_begin_a_line(void **state)
{
    (void)state;
    assert_drawn("字，字。字、字", "字x，|字x。|字x、|字");
    assert_drawn("字）字》字】字", "字x）|字x》|字x】|字");
    assert_drawn("字；字：字？字！", "字x；|字x：|字x？|字x！");
    assert_drawn("字·字～字", "字x·|字x～|字");
    assert_drawn("字,字;字)字", "字x,|字x;|字x)|字");
}

static void opening_marks_never_end_a_line(void **state)
{
    (void)state;
    assert_drawn("字（字《字【字", "字|（x字|《x字|【x字");
    assert_drawn("字（ 字", "字|（x x字");
    assert_drawn("共￥9", "共|￥x9");
}

static void curly_quotes_have_a_direction(void **state)
{
    (void)state;
    assert_drawn("的“中国”是", "的|“x中|国x”|是");
    assert_drawn("的‘中’是", "的|‘x中x’|是");
    assert_drawn("it’s", "it’s");
}

static void third_of_three_marks_may_part(void **state)
{
    (void)state;
    assert_drawn("字。”）字", "字x。x”'）|字");
    assert_drawn("字（《“字", "字|（'《x“x字");
}

static void dashes_and_ellipses_stay_whole(void **state)
{
    (void)state;
    assert_drawn("是——的", "是|—=—|的");
    assert_drawn("是……的", "是:…=…|的");
    assert_drawn("是…………的", "是:…=…:…=…|的");
}

static void numbers_keep_marks_signs_and_units(void **state)
{
    (void)state;
    assert_drawn("约1,234.56万元", "约|1x,234x.56~万~元");
    assert_drawn("率≥95%以", "率|≥^95x%|以");
    assert_drawn("共12个月的", "共|12~个~月|的");
    assert_drawn("至2022年3月", "至|2022~年|3~月");
    assert_drawn("约９８％的", "约|９８x％|的");
    assert_drawn("为-5.3℃的", "为|-^5x.3x℃|的");
    assert_drawn("达12 个", "达|12x :个");
    assert_drawn("年3-5天", "年|3-^5~天");
    assert_drawn("元/人", "元:/x人");
}

static void bracketed_years_hold_their_numbers(void **state)
{
    (void)state;
    assert_drawn("预〔2022〕62号", "预|〔x2022x〕:62~号");
    assert_drawn("【2021】70号", "【x2021x】:70~号");
    assert_drawn("第3条", "第:3~条");
    assert_drawn("（略）62号", "（x略x）|62~号");
}

static void latin_words_and_codes_are_whole(void **state)
{
    (void)state;
    assert_drawn("的A4纸hello", "的|A4|纸|hello");
    assert_drawn("ＡＢ", "ＡＢ");
    assert_drawn("GB/T 9704", "GB/:Tx |9704");
}

static void graphemes_are_never_split(void **state)
{
    (void)state;
    assert_drawn("e\xCC\x81字", "e=\xCC\x81|字");
    assert_drawn("辻\xF3\xA0\x84\x80字", "辻=\xF3\xA0\x84\x80|字");
}

static void a_line_feed_ends_the_line(void **state)
{
    (void)state;
    assert_drawn("甲\xE2\x80\xA8，", "甲x\xE2\x80\xA8|，");
    assert_true(gs_code_is_break(0x2028));
    assert_false(gs_code_is_break(' '));
}

static void no_text_is_fine(void **state)
{
    (void)state;
    gs_breaks_find("", 0, NULL, 0);
    assert_drawn("字", "字");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(closing_marks_never_begin_a_line),
            cmocka_unit_test(opening_marks_never_end_a_line),
            cmocka_unit_test(curly_quotes_have_a_direction),
            cmocka_unit_test(third_of_three_marks_may_part),
            cmocka_unit_test(dashes_and_ellipses_stay_whole),
            cmocka_unit_test(numbers_keep_marks_signs_and_units),
            cmocka_unit_test(bracketed_years_hold_their_numbers),
            cmocka_unit_test(latin_words_and_codes_are_whole),
            cmocka_unit_test(graphemes_are_never_split),
            cmocka_unit_test(a_line_feed_ends_the_line),
            cmocka_unit_test(no_text_is_fine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
