/*
 * Formats: a value of the data as the document prints it.
 */
#ifndef GS_BIND_FORMAT_H
#define GS_BIND_FORMAT_H

#include <stdbool.h>

#include "model/amount.h"
#include "model/doc.h"

struct gs_arena;
struct gs_diag;
struct gs_format;

/* What was to be a value of some kind, and is none. */
struct gs_refusal {
    enum gs_diag_id id;
    const char *text;
    const char *wanted; /* or NULL */
};

/*
 * Formats `text`, which is stripped of white space around it.  False for a value of
 * the wrong kind.  The result lives in the arena, or is `text` or a text of the
 * format.
 */
bool gs_format_apply(struct gs_arena *arena, const struct gs_format *format,
        const char *text, const char **out, struct gs_refusal *refusal);

/* `origin`: the place of the value, and its path. */
void gs_format_report(const struct gs_refusal *refusal,
        const struct gs_origin *origin, struct gs_diag *diag);

/* How the amounts of a format of kind amount or capital are printed. */
struct gs_amount_format gs_format_amount(const struct gs_format *format);

/*
 * A date of the data by a pattern of yyyy, M, MM, d and dd, anything else
 * standing for itself.  What the date lacks (the day of 2022-03) ends the
 * pattern: 2022年3月.  NULL where `text` is no date.  (format-date.c)
 */
char *gs_format_date(
        struct gs_arena *arena, const char *text, const char *pattern);

#endif
