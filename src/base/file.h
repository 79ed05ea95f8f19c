/*
 * Files: bounded reading, whole-or-nothing writing.
 */
#ifndef GS_BASE_FILE_H
#define GS_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct gs_arena;
struct gs_output;

/*
 * Reads a whole file ("-" is standard input) of at most `limit` bytes into the
 * arena, with a NUL after the end.  Reports a missing file, a folder, a file
 * over the limit.  `loc` is where the path was named, or GS_NO_LOC.
 */
bool gs_file_read(struct gs_arena *arena, const char *path, size_t limit,
        struct gs_loc loc, struct gs_diag *diag, const char **bytes,
        size_t *size);

/* Reports what the system said of `path`: "cannot read …", "cannot write …". */
void gs_file_report(struct gs_diag *diag, enum gs_diag_id id, struct gs_loc loc,
        const char *path, int error);

/*
 * Resolves `path` (relative to `base`, or absolute) and makes sure that, all
 * symbolic links followed, it lies under `root`.  NULL and a diagnostic where it
 * does not exist or leaves the root.
 */
char *gs_file_resolve(struct gs_arena *arena, const char *root,
        const char *base, const char *path, struct gs_loc loc,
        struct gs_diag *diag);

/*
 * The same without a diagnostic, for callers that have one of their own.  A file
 * is a regular file; what cannot be reached counts as missing.  `root` NULL: no
 * file is inside.  `base` NULL: the root.
 */
enum gs_file_found { GS_FILE_FOUND, GS_FILE_MISSING, GS_FILE_OUTSIDE };
enum gs_file_found gs_file_find(struct gs_arena *arena, const char *root,
        const char *base, const char *path, char **resolved);

/*
 * An output that appears whole or not at all: a temporary file in the same
 * folder, renamed on commit.  "-" is standard output, a device or pipe is
 * written through at commit.  Opening reports a folder that is missing or may not
 * be written to, and makes no file yet.  Bytes are collected by
 * gs_output_write(); the first failure sticks and is reported by commit.
 */
struct gs_output *gs_output_open(const char *path, struct gs_diag *diag);
bool gs_output_write(struct gs_output *output, const void *bytes, size_t size);
bool gs_output_commit(struct gs_output *output, struct gs_diag *diag);
void gs_output_free(struct gs_output *output); /* uncommitted: leaves nothing */

/* One that stays in memory; commit says only whether all of it was written. */
struct gs_output *gs_output_memory(void);

/*
 * What has been written to a memory output so far, taken out of it, with a NUL
 * after its end.  The caller frees it with g_free().  Never NULL.
 */
void *gs_output_take(struct gs_output *output, size_t *size);

#endif
