/*
 * Words: the program's own texts, translated and filled in.
 *
 * Templates have %1 to %9 as diagnostics have, not printf's: a catalogue of
 * translations is a file, and must not be able to ask for what is not there.
 */
#ifndef GS_BASE_WORDS_H
#define GS_BASE_WORDS_H

struct gs_arena;
struct gs_lang;

/* `args` as for gs_diag_add(). */
const char *gs_words(struct gs_arena *arena, const struct gs_lang *lang,
        const char *text, const char *const *args);

#endif
