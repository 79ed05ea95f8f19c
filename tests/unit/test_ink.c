/*
 * Ink: which characters count, and that sums tell texts apart.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "text/breaks.h"
#include "text/ink.h"

static size_t count(const char *text)
{
    return gs_ink_count(text, strlen(text));
}

static uint64_t sum(const char *text)
{
    return gs_ink_sum(text, strlen(text));
}

static void characters_count_and_white_space_does_not(void **state)
{
    (void)state;
    assert_int_equal(count(""), 0);
    assert_int_equal(count("预算 12"), 4);
    assert_int_equal(count("é😀𠀀。"), 4);
    assert_int_equal(count(" \t\u00a0\u2003\u200b\u3000\u2028\ufeff"), 0);
    assert_int_equal(count("e\u0301"), 2);
    assert_true(sum(" \u3000\u200d") == 0);
    assert_true(sum("预 算\u3000") == sum("预算"));
}

/* What may vanish where a line ends has no ink: no character else does. */
static void what_may_vanish_has_no_ink(void **state)
{
    (void)state;
    for (gunichar code = 1; code < 0x30000; code++) {
        char text[8];
        if (code >= 0xD800 && code < 0xE000) {
            continue;
        }
        text[g_unichar_to_utf8(code, text)] = '\0';
        if (gs_class_of(code) == GS_CLASS_SPACE || gs_code_is_break(code)) {
            assert_int_equal(count(text), 0);
        } else if (g_unichar_isgraph(code) &&
                g_unichar_type(code) != G_UNICODE_FORMAT &&
                g_unichar_type(code) != G_UNICODE_NON_SPACING_MARK) {
            assert_int_equal(count(text), 1);
        }
    }
}

static void sums_add_up_and_tell_texts_apart(void **state)
{
    (void)state;
    assert_true(sum("预算执行") == sum("预算") + sum("执行"));
    assert_true(sum("执行预算") == sum("预算执行"));
    assert_true(sum("预算预算") != sum("预算执行"));
    assert_true(sum("12") != sum("21") + 1);
    assert_true(sum("ad") != sum("bc"));
    assert_true(sum("一") != sum("⼀"));
}

static uint64_t hash(const char *text)
{
    return gs_ink_hash(text, strlen(text));
}

/* Of any length, and whatever differs in it: also what sums do not see. */
static void hashes_tell_texts_apart(void **state)
{
    (void)state;
    static const char text[] = "abcdefghijklmnopqrstuvwxyz";
    for (size_t size = 0; size < sizeof text - 1; size++) {
        char other[sizeof text];
        assert_true(gs_ink_hash(text, size) == gs_ink_hash(text, size));
        assert_true(gs_ink_hash(text, size) != gs_ink_hash(text, size + 1));
        for (size_t i = 0; i < size; i++) {
            memcpy(other, text, sizeof text);
            other[i] = '-';
            assert_true(gs_ink_hash(text, size) != gs_ink_hash(other, size));
        }
    }
    assert_true(hash("预算执行") != hash("执行预算"));
    assert_true(hash("预算执行") != hash("预算") + hash("执行"));
    assert_true(hash("ad") + hash("bc") != hash("ac") + hash("bd"));
    assert_true(hash("预 算") != hash("预算"));
}

/* Whether pieces stand one after the other in a text, up to its end. */
static bool follow(const char *text, const char *const *pieces)
{
    size_t at = 0, size = strlen(text);
    for (; *pieces != NULL; pieces++) {
        if (!gs_ink_follow(text, size, &at, *pieces, strlen(*pieces))) {
            return false;
        }
    }
    return gs_ink_next(text, size, at) == size;
}

#define PIECES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void pieces_follow_their_text(void **state)
{
    (void)state;
    assert_true(follow("预算执行", PIECES("预算", "执行")));
    assert_true(follow(" 预算\u3000执行 ", PIECES("预算", "执行")));
    assert_true(follow("预算执行", PIECES("预 算", "", "\u3000", "执行 ")));
    assert_true(follow(" \n", PIECES("")));
    assert_false(follow("预算执行", PIECES("预算")));
    assert_false(follow("预算执行", PIECES("预算", "执行", "执行")));
    assert_false(follow("预算执行", PIECES("预算", "行")));
    assert_false(follow("预算执行", PIECES("执行", "预算")));
    assert_false(follow("", PIECES("预")));
}

static void the_next_ink_is_found(void **state)
{
    (void)state;
    assert_int_equal(gs_ink_next("\u3000 预", 7, 0), 4);
    assert_int_equal(gs_ink_next("\u3000 预", 7, 4), 4);
    assert_int_equal(gs_ink_next("预 \u3000", 7, 3), 7);
    assert_int_equal(gs_ink_next("", 0, 0), 0);
}

static void broken_text_ends(void **state)
{
    (void)state;
    size_t at = 0;
    assert_true(gs_ink_follow("\xE9\xA2", 2, &at, "\xE9\xA2", 2));
    assert_int_equal(gs_ink_next("\xE3\x80", 2, 0), 0);
    assert_int_equal(gs_ink_count("预", 2), 1);
    assert_int_equal(gs_ink_count("\xF0", 1), 1);
    assert_int_equal(gs_ink_count("\x80\xFF", 2), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(characters_count_and_white_space_does_not),
            cmocka_unit_test(what_may_vanish_has_no_ink),
            cmocka_unit_test(sums_add_up_and_tell_texts_apart),
            cmocka_unit_test(hashes_tell_texts_apart),
            cmocka_unit_test(pieces_follow_their_text),
            cmocka_unit_test(the_next_ink_is_found),
            cmocka_unit_test(broken_text_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
