/*
 * Binding: form + data -> document model.  Repeats, groups, patterns, formats.
 */
#ifndef GS_BIND_BIND_H
#define GS_BIND_BIND_H

struct gs_arena;
struct gs_data;
struct gs_diag;
struct gs_doc;
struct gs_form;
struct gs_private_use;

/* Bounds on what a data file can make a layout produce. */
#define GS_BIND_ROWS_MAX 2000000
#define GS_BIND_BLOCKS_MAX 1000000
#define GS_BIND_PIECES_MAX 20000000 /* cells, paragraphs, runs */
#define GS_BIND_TEXT_MAX ((size_t)256 << 20)
#define GS_BIND_REPEATS_MAX 20000000 /* turns of each, whatever they make */

struct gs_bind_options {
    const char *root; /* pictures must lie under it */
    const char *base; /* folder of the data file */
    const struct gs_private_use *private_use; /* for values; or NULL */
};

/*
 * The rows of tables that stream (of a skeleton: xml/records.h) are bound when their
 * source is asked for them, and reported to `diag` then; the form, the data and
 * `diag` must live as long as the arena.
 *
 * NULL after diagnostics: a required value missing, a bad amount, a picture. */
const struct gs_doc *gs_bind(struct gs_arena *arena, const struct gs_form *form,
        const struct gs_data *data, const struct gs_bind_options *options,
        struct gs_diag *diag);

#endif
