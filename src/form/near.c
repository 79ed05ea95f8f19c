/*
 * Words, as near.h describes it.
 */
#include "form/near.h"

#include <string.h>

#include "base/arena.h"

#define WORD_MAX 64 /* longer words are no typing errors */
#define LIST_MAX 40

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edits (insert, delete, replace, swap of neighbours) from a to b. */
static size_t distance(const gunichar *a, size_t a_count, const gunichar *b,
        size_t b_count)
{
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];

    for (size_t j = 0; j <= b_count; j++) {
        last[j] = j;
        before[j] = j;
    }
    for (size_t i = 1; i <= a_count; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t replaced = last[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0);
            row[j] = smaller(replaced, smaller(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2]
                    && a[i - 2] == b[j - 1]) {
                row[j] = smaller(row[j], before[j - 2] + 1);
            }
        }
        size_t *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[b_count];
}

/* The characters of a word; false for one that is too long. */
static bool spell(const char *word, gunichar *out, size_t *count)
{
    *count = 0;
    for (const char *at = word; *at != '\0'; at += g_utf8_skip[(guchar)*at]) {
        if (*count == WORD_MAX) {
            return false;
        }
        out[(*count)++] = g_utf8_get_char(at);
    }
    return true;
}

const char *gs_near(const char *word, const char *const *words, size_t count)
{
    gunichar found[WORD_MAX], other[WORD_MAX];
    size_t found_count, other_count;

    if (!spell(word, found, &found_count) || found_count == 0) {
        return NULL;
    }
    const char *best = NULL;
    size_t best_distance = 1 + found_count / 3;
    for (size_t i = 0; i < count; i++) {
        if (!spell(words[i], other, &other_count)) {
            continue;
        }
        size_t edits = distance(found, found_count, other, other_count);
        if (edits < other_count
                && (edits < best_distance
                        || (edits == best_distance && best == NULL))) {
            best = words[i];
            best_distance = edits;
        }
    }
    return best;
}

bool gs_is_slip(const char *word, const char *other)
{
    gunichar a[WORD_MAX], b[WORD_MAX];
    size_t a_count, b_count;

    if (g_ascii_strcasecmp(word, other) == 0) {
        return true;
    }
    return spell(word, a, &a_count) && spell(other, b, &b_count)
            && distance(a, a_count, b, b_count) == 1;
}

const char *gs_join(struct gs_arena *arena, const char *const *words,
        size_t count, const char *separator)
{
    if (count == 0) {
        return NULL;
    }
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            g_string_append(text, separator);
        }
        if (i == LIST_MAX) {
            g_string_append(text, "…");
            break;
        }
        g_string_append(text, words[i]);
    }
    const char *result = gs_arena_strdup(arena, text->str);
    g_string_free(text, TRUE);
    return result;
}

static int compare_words(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GArray *gs_sorted_keys(GHashTable *table)
{
    GArray *keys = g_array_new(FALSE, FALSE, sizeof(const char *));
    GHashTableIter iter;
    gpointer key;

    g_hash_table_iter_init(&iter, table);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        const char *word = key;
        g_array_append_val(keys, word);
    }
    g_array_sort(keys, compare_words);
    return keys;
}

const char *const *gs_name_list(const GArray *words)
{
    return (const char *const *)(void *)words->data;
}
