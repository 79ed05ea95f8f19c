/*
 * Diagnostics: what a person is told about the input and the outside world.
 *
 * Every kind has a stable id in diag-list.h, with its English message, what was
 * expected and a hint as templates; gettext translates them.  A stage adds a
 * diagnostic where it finds one and goes on checking; whoever called it prints
 * them at the end.  `%1` to `%9` in a template stand for the arguments; an
 * "expected" or "hint" template of which an argument is NULL or missing is left
 * out.
 *
 * Adding stops being recorded after 200 entries of one run, but the counts go on
 * (so a broken input of 800 000 lines does not fill a disk with messages).
 */
#ifndef GS_BASE_DIAG_H
#define GS_BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>

struct gs_arena;
struct gs_diag;
struct gs_lang;

/* A text that diagnostics point into.  `text` is UTF-8 or NULL if unknown. */
struct gs_source {
    const char *name; /* file name as the user gave it, or "-" */
    const char *text;
    size_t size;
};

/* Line and column from 1; 0 where unknown.  Columns count characters. */
struct gs_loc {
    const struct gs_source *source; /* may be NULL: no place at all */
    unsigned line, column;
};

enum gs_severity { GS_WARNING, GS_ERROR };

/* Whose matter it is: decides the exit code. */
enum gs_fault { GS_FAULT_INPUT, GS_FAULT_OUTSIDE, GS_FAULT_INTERNAL };

enum gs_diag_id {
#define GS_DIAG(id, name, severity, fault, message, expected, hint) id,
#include "base/diag-list.h"
#undef GS_DIAG
    GS_DIAG_COUNT
};

struct gs_diag *gs_diag_new(void);
void gs_diag_free(struct gs_diag *diag);

/*
 * The language the texts below come in, from the next call on; NULL, as at
 * first, is English.  Borrowed.
 */
void gs_diag_set_lang(struct gs_diag *diag, const struct gs_lang *lang);

/*
 * Everything that is needed later is copied: the source may die before the
 * message is printed.
 *
 * `args` is a NULL-terminated list of UTF-8 strings for %1, %2 …; write
 * GS_ARGS(a, b).  A NULL in the list ends it.
 */
void gs_diag_add(struct gs_diag *diag, enum gs_diag_id id, struct gs_loc loc,
        const char *const *args);
#define GS_ARGS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define GS_NO_ARGS ((const char *const[]){NULL})
/*
 * An argument that is a text of ours and to be translated itself: write
 * GS_ARGS(GS_WORD(N_("lines"))).
 */
#ifndef N_
#define N_(text) text /* marks a text for xgettext */
#endif
#define GS_WORD(text) GS_WORD_MARK text
#define GS_WORD_MARK "\001"
#define GS_NO_LOC ((struct gs_loc){NULL, 0, 0})

size_t gs_diag_errors(const struct gs_diag *diag);
size_t gs_diag_warnings(const struct gs_diag *diag);

/* Whether any error was GS_FAULT_OUTSIDE. */
bool gs_diag_has_outside(const struct gs_diag *diag);

/* Whether any error was GS_FAULT_INTERNAL: one of the program's own. */
bool gs_diag_has_internal(const struct gs_diag *diag);

/*
 * All of them, in the order added (stable), as text for a person:
 *
 *   form.xml:12:9: error: <tabel> is not allowed in <body> [unknown-element]
 *      12 |     <tabel columns="3">
 *         |      ^
 *         = expected: …
 *         = hint: …
 *
 * The caret stands under the character, CJK counted as two cells wide.  The
 * caller frees the result with g_free().
 */
char *gs_diag_text(const struct gs_diag *diag);

/*
 * `text` made fit to be shown: control characters, invalid bytes and marks that
 * turn the direction of writing come out as \n, \x1b, \u202e, and what is longer
 * than `limit` characters is cut with an ellipsis.
 */
char *gs_diag_printable(struct gs_arena *arena, const char *text, size_t limit);

/* One entry at a time, for programs.  Of loc.source only the name is known. */
struct gs_diag_entry {
    enum gs_diag_id id;
    const char *name; /* "unknown-element" */
    enum gs_severity severity;
    struct gs_loc loc;
    const char *message; /* translated; borrowed, as long as diag lives */
};
size_t gs_diag_count(const struct gs_diag *diag);
struct gs_diag_entry gs_diag_entry(const struct gs_diag *diag, size_t index);

#endif
