/*
 * A layout and data from strings to the document model, and the model as text.
 */
#ifndef GS_TESTS_BIND_DUMP_H
#define GS_TESTS_BIND_DUMP_H

#include <stdbool.h>

#include "base/diag.h"
#include "model/doc.h"

struct gs_arena;

/* What one run has made; everything is freed by bind_free(). */
struct bind_run {
    struct gs_arena *arena;
    struct gs_diag *diag;
    const struct gs_doc *doc; /* NULL after errors */
};

/*
 * `body` is put into <layout><body>; one that begins with "<layout" stands for
 * itself.  Pictures are looked for in `root`, or nowhere for NULL.  Fails the
 * test where layout or data cannot be read.
 */
struct bind_run bind_strings(
        const char *body, const char *data, const char *root);
void bind_free(struct bind_run *run);

/*
 * The document, a line for a block, row or section:
 *
 *   section default
 *   h1 "title" #h-1
 *   p "literal" | "value" | BREAK | PAGE | BLANK | [pic 96×48]
 *   table
 *   head all
 *   - A 2×1 | B
 *
 * In a cell: its text, then rows×columns if not 1×1, then what else is so: th
 * as !, label repeat as ~.  Paragraphs of a cell are parted by ¶.
 */
char *bind_dump(const struct bind_run *run); /* g_free() it */

/* Binds, dumps, compares; prints the diagnostics when there are any. */
void assert_binds(const char *body, const char *data, const char *expected);

/* Binding fails with this one error, whose message or place holds `words`. */
void assert_refused(const char *body, const char *data, enum gs_diag_id id,
        const char *words);

#endif
