/*
 * Layouts from memory, for the tests of src/form.
 */
#ifndef GS_TESTS_FORM_SAMPLE_H
#define GS_TESTS_FORM_SAMPLE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "form/form.h"

/* What stands in TOP begins in line 2, the body's content after it. */
#define LAYOUT(top, body)                                                      \
    "<layout xmlns='urn:gongshi:layout:1' name='t'>\n" top "<body>" body       \
    "</body></layout>"
#define BODY(body) LAYOUT("", body)

struct sample {
    struct gs_arena *arena;
    struct gs_diag *diag;
    const struct gs_form *form;
};

static inline struct sample sample_parse(
        const char *text, const char *const *path)
{
    struct sample sample = {gs_arena_new(), gs_diag_new(), NULL};
    sample.form = gs_form_parse(
            sample.arena, "t.xml", text, strlen(text), path, sample.diag);
    return sample;
}

static inline void sample_free(struct sample *sample)
{
    gs_diag_free(sample->diag);
    gs_arena_free(sample->arena);
}

/* A layout that has to be good. */
static inline struct sample sample_good(const char *text)
{
    struct sample sample = sample_parse(text, NULL);
    if (sample.form == NULL) {
        char *told = gs_diag_text(sample.diag);
        print_error("%s", told);
        g_free(told);
    }
    assert_non_null(sample.form);
    return sample;
}

/* "unknown-element 2:7; bad-value 3:1", in the order told. */
static inline char *sample_told(const struct sample *sample)
{
    GString *told = g_string_new(NULL);
    for (size_t i = 0; i < gs_diag_count(sample->diag); i++) {
        struct gs_diag_entry entry = gs_diag_entry(sample->diag, i);
        g_string_append_printf(told, "%s%s %u:%u", i > 0 ? "; " : "",
                entry.name, entry.loc.line, entry.loc.column);
    }
    return g_string_free(told, FALSE);
}

/* A layout that has to be refused, with all its errors and their places. */
static inline void expect_errors(const char *text, const char *expected)
{
    struct sample sample = sample_parse(text, NULL);
    char *told = sample_told(&sample);
    assert_string_equal(told, expected);
    assert_null(sample.form);
    g_free(told);
    sample_free(&sample);
}

/* … and the message of its first error has these words in it. */
static inline void expect_words(const char *text, const char *words)
{
    struct sample sample = sample_parse(text, NULL);
    char *told = gs_diag_text(sample.diag);
    assert_null(sample.form);
    if (strstr(told, words) == NULL) {
        print_error("%s", told);
    }
    assert_non_null(strstr(told, words));
    g_free(told);
    sample_free(&sample);
}

/* The item at the end of a path of indexes, -1 at its end. */
static inline const struct gs_item *sample_item(
        const struct sample *sample, const int *path)
{
    const struct gs_items *items = &sample->form->body;
    const struct gs_item *item = NULL;
    for (; *path >= 0; path++) {
        assert_true((size_t)*path < items->count);
        item = items->items[*path];
        items = &item->content;
    }
    return item;
}
#define ITEM(sample, ...) sample_item(&(sample), (const int[]){__VA_ARGS__, -1})

#endif
