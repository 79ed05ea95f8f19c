/*
 * Words: a hash table by face and bytes.
 */
#include "text/words.h"

#include <string.h>

#include <glib.h>

#define WORDS_MAX 2048

struct word {
    const struct gs_face *face;
    size_t size;
    char text[GS_WORD_SIZE_MAX];
    size_t count;
    struct gs_word_glyph *glyphs;
};

struct gs_words {
    GHashTable *table; /* struct word, both key and value */
};

static guint hash_word(gconstpointer key)
{
    const struct word *word = key;
    guint hash = GPOINTER_TO_UINT(word->face) >> 4;
    for (size_t i = 0; i < word->size; i++) {
        hash = hash * 33 + (unsigned char)word->text[i];
    }
    return hash;
}

static gboolean equal_words(gconstpointer a, gconstpointer b)
{
    const struct word *one = a, *other = b;
    return one->face == other->face && one->size == other->size &&
            memcmp(one->text, other->text, one->size) == 0;
}

static void free_word(gpointer object)
{
    struct word *word = object;
    g_free(word->glyphs);
    g_free(word);
}

struct gs_words *gs_words_new(void)
{
    struct gs_words *words = g_new0(struct gs_words, 1);
    words->table =
            g_hash_table_new_full(hash_word, equal_words, free_word, NULL);
    return words;
}

void gs_words_free(struct gs_words *words)
{
    g_hash_table_destroy(words->table);
    g_free(words);
}

static struct word make_key(
        const struct gs_face *face, const char *text, size_t size)
{
    struct word word = {.face = face, .size = size};
    memcpy(word.text, text, size);
    return word;
}

const struct gs_word_glyph *gs_words_find(struct gs_words *words,
        const struct gs_face *face, const char *text, size_t size,
        size_t *count)
{
    if (size > GS_WORD_SIZE_MAX) {
        return NULL;
    }
    const struct word key = make_key(face, text, size);
    const struct word *word = g_hash_table_lookup(words->table, &key);
    if (word == NULL) {
        return NULL;
    }
    *count = word->count;
    return word->glyphs;
}

void gs_words_add(struct gs_words *words, const struct gs_face *face,
        const char *text, size_t size, const struct gs_word_glyph *glyphs,
        size_t count)
{
    g_assert(size <= GS_WORD_SIZE_MAX);
    if (g_hash_table_size(words->table) >= WORDS_MAX) {
        g_hash_table_remove_all(words->table);
    }
    struct word *word = g_new(struct word, 1);
    *word = make_key(face, text, size);
    word->count = count;
    word->glyphs = g_new(struct gs_word_glyph, count);
    if (count > 0) {
        memcpy(word->glyphs, glyphs, count * sizeof *glyphs);
    }
    g_hash_table_add(words->table, word);
}
