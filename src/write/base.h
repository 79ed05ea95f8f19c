/*
 * What the writers share: the sticky failure, the outline, pictures.
 *
 * Only files of this folder include it.
 */
#ifndef GS_WRITE_BASE_H
#define GS_WRITE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/diag.h"
#include "page/anchors.h"
#include "write/writer.h"

extern const struct gs_writer_ops gs_cairo_ops;
extern const struct gs_writer_ops gs_haru_ops;
extern const struct gs_writer_ops gs_pdf_ops;

/* Every writer's struct begins with this; `open` calls gs_writer_init(). */
struct gs_writer {
    const struct gs_writer_ops *ops;
    struct gs_diag *diag;
    struct gs_output *output;
    bool failed, reported;
    enum gs_diag_id failure;
    struct gs_loc loc;
    char *args[4]; /* of the failure; NULL-terminated */
};

void gs_writer_init(struct gs_writer *writer, const struct gs_writer_ops *ops,
        struct gs_output *output, struct gs_diag *diag);
void gs_writer_release(struct gs_writer *writer);

/* The first failure stays; args are copied, at most three. */
void gs_writer_fail(struct gs_writer *writer, enum gs_diag_id failure,
        struct gs_loc loc, const char *const *args);

/* GS_DIAG_WRITER with the library's own words. */
void gs_writer_fail_words(struct gs_writer *writer, const char *words);

/*
 * Plays the display list of a page.  Links lead to `targets` (page/anchors.h),
 * those to others are left out; NULL: every one leads somewhere.  False after a
 * diagnostic: a failure of the writer, or text that is not the page's.
 */
bool gs_write_page(struct gs_writer *writer, const struct gs_page *page,
        const struct gs_display *display, GHashTable *targets);

/* Takes out what the writer of these operations has left, or NULL. */
void *gs_writer_take_kept(const struct gs_write_options *options,
        const struct gs_writer_ops *ops);

/* Leaves an object for the next document, or frees it. */
void gs_writer_keep(const struct gs_write_options *options,
        const struct gs_writer_ops *ops, void *object, void (*free)(void *));

/* gs_writer_ops.report of every writer. */
bool gs_writer_report(struct gs_writer *writer);

/*
 * Seconds since 1970 to write as the time of creation: SOURCE_DATE_EPOCH, or
 * the begin of 2000, so that the same input gives the same bytes.
 */
int64_t gs_writer_time(void);

/* The same in UTC, as of g_date_time_format().  The caller frees it. */
char *gs_writer_time_text(const char *format);

/* Where a rule ends; it begins at its x and y. */
struct gs_point gs_writer_rule_end(const struct gs_rule *rule);

/* Length of dashes and of gaps of a dashed rule, in pt. */
double gs_writer_dash(const struct gs_rule_style *style);

/* --- the outline ---------------------------------------------------------- */

/*
 * The outline: headings on the pages drawn.  A heading stands under the last one
 * before it of a lower level, whatever levels are skipped between them.
 */
struct gs_outline_item {
    const struct gs_heading *heading;
    const struct gs_anchor *anchor;
    int parent; /* index of an earlier item; -1: none */
};

/*
 * Of a document that is complete, by the anchors on the pages drawn
 * (page/anchors.h).  The caller frees the result with g_array_free().
 */
GArray *gs_outline_make(const struct gs_doc_info *info, GHashTable *anchors);

/* --- pictures ------------------------------------------------------------ */

/* What a writer keeps of a picture, so that it is embedded once. */
struct gs_writer_image {
    const struct gs_image *image;
    void *embedded; /* the library's object; NULL: not yet */
    size_t page; /* on which it was drawn last, from 1; 0: on none */
};

/* A table of them; the caller destroys it. */
GHashTable *gs_writer_images_new(void);

/* The entry of a picture, made if there is none. */
struct gs_writer_image *gs_writer_image(
        GHashTable *images, const struct gs_image *image);

#endif
