/*
 * Words: what HarfBuzz made of short strings, kept for the next time.
 *
 * Bounded: when it is full, it begins anew.  Private to the text room.
 */
#ifndef GS_TEXT_WORDS_H
#define GS_TEXT_WORDS_H

#include <stddef.h>
#include <stdint.h>

struct gs_face;
struct gs_words;

/* Longer strings hardly come twice. */
#define GS_WORD_SIZE_MAX 48

/* In font units; the cluster in bytes from the word's start. */
struct gs_word_glyph {
    uint32_t id, cluster;
    int32_t dx, dy, advance;
};

struct gs_words *gs_words_new(void);
void gs_words_free(struct gs_words *words);

/* Its glyphs, valid until the next gs_words_add(); NULL for an unknown word. */
const struct gs_word_glyph *gs_words_find(struct gs_words *words,
        const struct gs_face *face, const char *text, size_t size,
        size_t *count);

/* A word of at most GS_WORD_SIZE_MAX bytes. */
void gs_words_add(struct gs_words *words, const struct gs_face *face,
        const char *text, size_t size, const struct gs_word_glyph *glyphs,
        size_t count);

#endif
