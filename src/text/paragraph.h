/*
 * Paragraphs: all lines of one, so that they are good together.
 *
 * Two ways.  Short texts, narrow columns and what is not justified are filled
 * greedily, line after line; then, where one character is alone in the last line,
 * the line before is squeezed to take it up or gives it company (R22).
 *
 * Prose - justified, in a measure of GS_PROSE_EMS at least - takes the breaks of
 * least total badness.  A line's badness grows with the square of what every gap
 * is stretched by, or of the part that its marks are squeezed by; marks squeezed
 * as far as they go are as bad as gaps stretched by 1/40 em.  Breaks that part what
 * belongs together cost extra, a lone last character costs more than anything.
 * Only where no line can be made like that does the greedy one stand.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_PARAGRAPH_H
#define GS_TEXT_PARAGRAPH_H

#include <stdbool.h>

#include <glib.h>

#include "base/len.h"
#include "model/style.h"

struct gs_setting;
struct gs_shaped;

/* The least measure of prose. */
#define GS_PROSE_EMS 12

/* Rooms of the first line and of the others. */
struct gs_rooms {
    gs_len first, others;
};

/*
 * What the style's rules change of a shaped text: levels of breaks, widths of marks
 * that meet.  Once for each shaping.
 */
void gs_paragraph_rule(
        struct gs_shaped *shaped, const struct gs_para_style *style);

/* Appends the paragraph's lines, at least one, to `spans` (struct gs_span). */
void gs_paragraph_fill(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans);

/* Of least total badness, whatever the measure. */
void gs_paragraph_fill_best(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans);

/* Line after line. */
void gs_paragraph_fill_greedily(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans);

/* What the best fit makes least of, of lines filled by either. */
int64_t gs_paragraph_badness(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms,
        const GArray *spans);

#endif
