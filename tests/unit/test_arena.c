/*
 * Arena: zeroed, aligned memory; releases; bounds.
 */
#include "base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

static void memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    GRand *random = g_rand_new_with_seed(3);
    enum { COUNT = 2000 };
    unsigned char *objects[COUNT];
    size_t sizes[COUNT], total = 0;
    for (int i = 0; i < COUNT; i++) {
        sizes[i] =
                (size_t)g_rand_int_range(random, 0, i % 50 == 0 ? 90000 : 99);
        objects[i] = gs_arena_alloc(arena, sizes[i]);
        total += sizes[i];
        assert_int_equal((uintptr_t)objects[i] % 16, 0);
        for (size_t n = 0; n < sizes[i]; n++) {
            assert_int_equal(objects[i][n], 0);
        }
        memset(objects[i], i & 0xff, sizes[i]);
    }
    for (int i = 0; i < COUNT; i++) {
        for (size_t n = 0; n < sizes[i]; n++) {
            assert_int_equal(objects[i][n], i & 0xff);
        }
    }
    assert_int_equal(gs_arena_used(arena), total);
    assert_ptr_not_equal(gs_arena_alloc(arena, 0), gs_arena_alloc(arena, 0));
    g_rand_free(random);
    gs_arena_free(arena);
}

static void count_release(void *object)
{
    int *count = object;
    *count += 1;
}

static void a_cleared_arena_is_as_new(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    int released = 0;
    for (int round = 0; round < 3; round++) {
        gs_arena_on_free(arena, count_release, &released);
        for (int i = 0; i < 3000; i++) {
            const size_t size = i % 100 == 0 ? 70000 : 100;
            unsigned char *object = gs_arena_alloc(arena, size);
            for (size_t n = 0; n < size; n++) {
                assert_int_equal(object[n], 0);
            }
            memset(object, 0xAA, size);
        }
        gs_arena_clear(arena);
        assert_int_equal(gs_arena_used(arena), 0);
        assert_int_equal(released, round + 1);
    }
    gs_arena_free(arena);
}

static void strings_are_copied(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    char text[] = "甲乙";
    char *copy = gs_arena_strdup(arena, text);
    char *part = gs_arena_strndup(arena, text, 3);
    text[0] = 'x';
    assert_string_equal(copy, "甲乙");
    assert_string_equal(part, "甲");
    assert_string_equal(gs_arena_strndup(arena, "", 0), "");
    assert_string_equal(gs_arena_printf(arena, "%s-%d", copy, 7), "甲乙-7");
    char *filling = g_strnfill(100000, 'y');
    assert_int_equal(strlen(gs_arena_printf(arena, "%s!", filling)), 100001);
    g_free(filling);
    gs_arena_free(arena);
}

struct released {
    GString *order;
    char name;
};

static void note(void *object)
{
    const struct released *entry = object;
    g_string_append_c(entry->order, entry->name);
}

static void releases_run_latest_first(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    GString *order = g_string_new(NULL);
    struct released entries[] = {{order, 'a'}, {order, 'b'}, {order, 'c'}};
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        gs_arena_on_free(arena, note, &entries[i]);
    }
    assert_string_equal(order->str, "");
    gs_arena_free(arena);
    assert_string_equal(order->str, "cba");
    g_string_free(order, TRUE);
    gs_arena_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(memory_is_zeroed_aligned_and_apart),
            cmocka_unit_test(a_cleared_arena_is_as_new),
            cmocka_unit_test(strings_are_copied),
            cmocka_unit_test(releases_run_latest_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
