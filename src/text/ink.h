/*
 * Ink: what of a text has to be seen on the page.
 *
 * White space may vanish where a line ends, and joiners and the like draw
 * nothing.  All other characters have ink, and none of them may be lost or
 * doubled on the way from the data to the page: sums of them, taken before and
 * after, say whether that is so.
 */
#ifndef GS_TEXT_INK_H
#define GS_TEXT_INK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A sum over the characters with ink: that of a text is the sum of those of its
 * parts, in whatever order.  Two texts of equal sums have the same characters,
 * as often each, as far as 64 bits can tell.  `text` is UTF-8.
 */
uint64_t gs_ink_sum(const char *text, size_t size);

/*
 * A number for a text as it stands, white space and order included: for texts that
 * are handed on whole.  As many bits, and much less work, than a sum.
 */
uint64_t gs_ink_hash(const char *text, size_t size);

/* Where the first character with ink stands from `at` on; `size`: none does. */
size_t gs_ink_next(const char *text, size_t size, size_t at);

/*
 * Whether what has ink in a piece is what comes next with ink in the text from *at
 * on, which then goes past it.
 */
bool gs_ink_follow(const char *text, size_t size, size_t *at, const char *piece,
        size_t piece_size);

/* How many characters have ink. */
size_t gs_ink_count(const char *text, size_t size);

#endif
