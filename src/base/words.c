/*
 * Words: templates to texts.
 */
#include "base/words.h"

#include <stddef.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/lang.h"

#define ARGUMENT_MAX 400 /* characters */

const char *gs_words(struct gs_arena *arena, const struct gs_lang *lang,
        const char *text, const char *const *args)
{
    size_t count = 0;
    while (args[count] != NULL) {
        count++;
    }
    GString *filled = g_string_new(NULL);
    for (const char *p = gs_lang_text(lang, text); *p != '\0'; p++) {
        if (p[0] == '%' && p[1] >= '1' && p[1] <= '9' &&
                (size_t)(p[1] - '1') < count) {
            const char *arg = args[p[1] - '1'];
            g_string_append(
                    filled, gs_diag_printable(arena, arg, ARGUMENT_MAX));
            p++;
        } else {
            g_string_append_c(filled, *p);
        }
    }
    const char *kept = gs_arena_strndup(arena, filled->str, filled->len);
    g_string_free(filled, TRUE);
    return kept;
}
