/*
 * Text: strings to glyphs, glyphs to lines.
 *
 * HarfBuzz shapes, Pango's default breaker gives the UAX #14 classes, the rules
 * of Chinese line setting (禁则, numbers kept whole, justification) are ours.
 *
 * Nothing here knows pages or tables.  Results live in the given arena and point
 * into the runs they were made from and into the font set.
 */
#ifndef GS_TEXT_TEXT_H
#define GS_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/len.h"
#include "model/style.h"

struct gs_arena;
struct gs_diag;
struct gs_face;
struct gs_fonts;
struct gs_origin;
struct gs_run;

struct gs_glyph {
    uint32_t id;
    gs_len x, y; /* of its origin, from the run's origin; y down */
    gs_len advance;
};

/* `bytes` of text are drawn by `glyphs` glyphs; both may be more than one. */
struct gs_cluster {
    unsigned bytes, glyphs;
};

/*
 * Glyphs of one face and size; text and clusters say what they stand for.
 *
 * A turned run (vertical labels, rotated text) is set like any other along its
 * own x axis, then turned about its origin as a whole; gs_glyph_run_point() says
 * where its glyphs stand.
 */
struct gs_glyph_run {
    const struct gs_face *face;
    gs_len size;
    bool embolden; /* the face is not bold and the font list allows to fake it */
    bool leader; /* dots that lead the eye: drawn, and no words to read */
    struct gs_color color;
    uint16_t turn; /* in degrees clockwise: 0, or 90 (read from top to bottom) */
    gs_len x; /* of its origin, from the line's left edge */
    gs_len width; /* along the run: letter spacing, justification included */
    const struct gs_glyph *glyphs;
    size_t glyph_count;
    const char *text; /* UTF-8, not terminated */
    size_t text_size;
    const struct gs_cluster *clusters;
    size_t cluster_count;
    const struct gs_run
            *source; /* the model's run; NULL for program's own text */
};

/* A point of a run, turned with it; the run's origin stands at `origin`. */
static inline struct gs_point gs_glyph_run_point(
        const struct gs_glyph_run *run, struct gs_point origin, gs_len x,
        gs_len y)
{
    return run->turn == 90
            ? (struct gs_point){origin.x - y, origin.y + x}
            : (struct gs_point){origin.x + x, origin.y + y};
}

/* What stands in a line besides glyphs, and where runs of the model lie in it. */
enum gs_mark_kind {
    GS_MARK_UNDERLINE, /* from x, `width` wide; y below the baseline */
    GS_MARK_IMAGE, /* run->image, bottom on the baseline */
    GS_MARK_SEAL, /* the extent of the run that carries run->seal */
    GS_MARK_LINK, /* the extent of the run that carries run->link */
    GS_MARK_COUNT
};

struct gs_mark {
    enum gs_mark_kind kind;
    gs_len x, width;
    gs_len y, thickness; /* of an underline */
    uint16_t turn; /* of an underline, as of its run: 90 goes down from (x, y) */
    struct gs_color color;
    const struct gs_run *run;
};

struct gs_line {
    gs_len x; /* from the measure's left edge: indent, alignment */
    gs_len width; /* of what is drawn */
    gs_len height; /* the style's, but for images and turned text */
    gs_len baseline; /* from the line's top */
    const struct gs_glyph_run *runs; /* in visual order */
    size_t run_count;
    const struct gs_mark *marks;
    size_t mark_count;
    const char
            *text; /* what it says, terminated; white space at a break gone */
    bool turned; /* all of it goes down from its top, where its baseline is */
    bool overfull; /* something is wider than the measure */
    bool split_word; /* a word or number wider than the measure was split */
    bool off_axis; /* an amount too wide to stand at its column's decimal point */
};

struct gs_lines {
    const struct gs_line *lines; /* at least one, an empty one for no text */
    size_t count;
};

/* What stands for page numbers when the lines are made. */
struct gs_fields {
    const char *page_number; /* NULL: "0", to be set again later */
    const char *page_count;
    /* page number of an id, as text; may be NULL, or give NULL: "0" */
    const char *(*page_of)(void *user, const char *target);
    void *user;
};

/*
 * Sets a paragraph in lines of at most `measure` (the style's left and right
 * included in it).  Characters that no face of the role's chain has are each
 * reported at the run's origin, and false returned; *out is still filled.
 * Text of which one character is wider than the measure sets overfull.
 */
bool gs_text_set(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, gs_len measure,
        const struct gs_fields *fields, struct gs_diag *diag,
        struct gs_lines *out);

/*
 * The same with type of `percent` of its size; lengths of the style are taken as
 * they are.
 */
bool gs_text_set_scaled(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure, const struct gs_fields *fields, struct gs_diag *diag,
        struct gs_lines *out);

/*
 * Width of what stands behind the decimal point of a paragraph's amount, the point
 * itself included, and of the decimals that its style asks for at least; 0 for
 * what is no amount.  The widest of a column goes into the styles of its paragraphs
 * as `tail`.
 */
gs_len gs_text_tail(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, struct gs_diag *diag);

/*
 * Widths of a paragraph for column sizing: `least` is that of its widest piece
 * that may not be broken, `natural` that of the text on one line (the longest
 * between forced breaks).
 */
bool gs_text_measure(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_run *runs,
        size_t run_count, struct gs_diag *diag, gs_len *least, gs_len *natural);

/*
 * A paragraph shaped once, to see how high it comes out at many measures; nothing
 * is reported.  It uses the arena and is freed by itself.
 */
struct gs_text_trial;
struct gs_text_trial *gs_text_trial_new(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_text_style *text, const struct gs_run *runs,
        size_t run_count);
void gs_text_trial_free(struct gs_text_trial *trial);

/* As of gs_text_measure(). */
void gs_text_trial_widths(
        const struct gs_text_trial *trial, gs_len *least, gs_len *natural);

/* Height of the lines that gs_text_set() makes of it. */
gs_len gs_text_trial_height(const struct gs_text_trial *trial, gs_len measure);

/*
 * One line of the program's own words (seal names, 盖章处), natural width.
 * Missing characters are reported at `origin`.
 */
bool gs_text_line(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_text_style *style, const char *text,
        const struct gs_origin *origin, struct gs_diag *diag,
        struct gs_line *out);

#endif
