/*
 * The content stream of a page: lines, areas, paths, pictures, text, marked
 * content.
 *
 * Coordinates come as the page has them (y down) and go out in thousandths of a
 * pt, y up.  Only what changes in the graphics state is written.  Two things nest
 * badly and are kept apart here: a path that is being built takes no other
 * operator, and marked content begins and ends on the same side of a text object
 * (ISO 32000-1, 14.6.1); so the caller says what kind of operator comes
 * (gs_pdf_content_enter) before it opens marked content for it.
 */
#ifndef GS_WRITE_PDF_CONTENT_H
#define GS_WRITE_PDF_CONTENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/len.h"
#include "model/style.h"
#include "write/pdf-buffer.h"

struct gs_path;

enum gs_pdf_mode { GS_PDF_GRAPHICS, GS_PDF_TEXT };

/* The graphics state as the stream has set it. */
struct gs_pdf_state {
    struct gs_color fill, stroke;
    gs_len width; /* of lines */
    double dash; /* pt; 0: solid */
    unsigned font; /* resource number */
    gs_len size; /* of type; 0: no font is set */
    bool bold; /* text is stroked, too */
    bool multiplies;
};

/* How deep q may nest (ISO 19005-2, 6.1.13). */
#define GS_PDF_DEPTH_MAX 27

struct gs_pdf_content {
    struct gs_pdf_buffer out;
    gs_len height; /* of the page */
    enum gs_pdf_mode mode;
    bool marked; /* marked content is open */
    bool path; /* lines that have not been stroked yet */
    struct gs_pdf_state state, saved[GS_PDF_DEPTH_MAX];
    unsigned depth; /* of clips */
    int64_t text_x, text_y; /* begin of the text line, thousandths of a pt */
    unsigned turn; /* of the text line */
};

void gs_pdf_content_begin(struct gs_pdf_content *content, gs_len height);

/* Closes what is open.  The bytes stay until the next begin. */
void gs_pdf_content_end(struct gs_pdf_content *content);
void gs_pdf_content_release(struct gs_pdf_content *content);

/*
 * Before operators of that kind; ends marked content where it has to.  Then
 * `marked` tells whether it is to be begun.
 */
void gs_pdf_content_enter(
        struct gs_pdf_content *content, enum gs_pdf_mode mode);

/* "/P <</MCID 3>> BDC", or a role and the text of its properties. */
void gs_pdf_content_mark(
        struct gs_pdf_content *content, const char *role, unsigned mcid);
void gs_pdf_content_mark_artifact(
        struct gs_pdf_content *content, const char *properties);
void gs_pdf_content_unmark(struct gs_pdf_content *content);

/* --- graphics ------------------------------------------------------------------ */

void gs_pdf_content_push_clip(
        struct gs_pdf_content *content, struct gs_rect rect);
void gs_pdf_content_pop(struct gs_pdf_content *content);
void gs_pdf_content_fill(struct gs_pdf_content *content, struct gs_rect rect,
        struct gs_color color);
void gs_pdf_content_line(struct gs_pdf_content *content, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style);
void gs_pdf_content_path(
        struct gs_pdf_content *content, const struct gs_path *path);
void gs_pdf_content_image(
        struct gs_pdf_content *content, struct gs_rect rect, unsigned image);

/* Blending by the graphics states /G0 (normal) and /G1 (multiply). */
void gs_pdf_content_multiply(struct gs_pdf_content *content, bool on);

/* --- text ---------------------------------------------------------------------- */

void gs_pdf_content_font(
        struct gs_pdf_content *content, unsigned font, gs_len size);
void gs_pdf_content_text_color(
        struct gs_pdf_content *content, struct gs_color color, bool bold);

/* Where the next text is shown, turned clockwise by 0 or 90 degrees. */
void gs_pdf_content_move(
        struct gs_pdf_content *content, struct gs_point at, unsigned turn);

#endif
