/*
 * Filling: which atoms stand in which line.
 *
 * Greedy: a line takes what fits and ends at the least unwilling break in it
 * (breaks.h).  Before that is judged, full-width marks at its edges lose their
 * free half (R11, R12), gaps between Han and Latin give way, and where the setting
 * allows it marks inside the line are squeezed (R20).
 *
 * In narrow measures 禁则 holds like this.  A mark that may not begin a line, or
 * an opening mark with the character after it, may stand out of the measure by
 * up to half an em; the line is not overfull then.  What a line's rules hold
 * together beyond that is taken apart at the weakest place, 禁则 last of all, and
 * the line is overfull where 禁则 had to give way.  —— and …… are never split.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_FILL_H
#define GS_TEXT_FILL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"

struct gs_setting;
struct gs_shaped;

struct gs_span {
    size_t first,
            end; /* atoms in the line, white space at its break left out */
    size_t next; /* the next line's first atom */
    bool last; /* the paragraph ends here, or the line by force */
    bool cut_front, cut_back; /* marks at its edges lose their free half */
    bool squeeze; /* marks inside it may be squeezed, not gaps alone */
    bool overfull;
    bool split_word; /* a word or number longer than the line was split */
    gs_len width; /* with gaps, without the cuts, neither squeezed nor stretched */
    gs_len hang; /* of its last mark, outside of the measure and the width (R13) */
};

/* The line that begins with atom `first` and has `room`. */
void gs_fill_line(const struct gs_shaped *shaped,
        const struct gs_setting *setting, size_t first, gs_len room,
        struct gs_span *span);

/*
 * Works out the rest of a span whose first, end (of the ink) and next are known.
 */
void gs_fill_settle(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_span *span, gs_len room);

/* Width of a settled span when it is squeezed as far as it goes. */
gs_len gs_fill_least(const struct gs_shaped *shaped,
        const struct gs_setting *setting, const struct gs_span *span);

/* Width of atoms [first, end), white space at the end included. */
gs_len gs_fill_width(const struct gs_shaped *shaped, size_t first, size_t end);

/* Width of the line that has them, its marks at the edges cut. */
gs_len gs_fill_natural(
        const struct gs_shaped *shaped, size_t first, size_t end);

/* First break in [first, count), or count: where the line ends by force. */
size_t gs_fill_forced(const struct gs_shaped *shaped, size_t first);

#endif
