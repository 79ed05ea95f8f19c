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

#include <stddef.h>
#include <stdint.h>

/*
 * A sum over the characters with ink: that of a text is the sum of those of its
 * parts, in whatever order.  Two texts of equal sums have the same characters,
 * as often each, as far as 64 bits can tell.  `text` is UTF-8.
 */
uint64_t gs_ink_sum(const char *text, size_t size);

/* How many characters have ink. */
size_t gs_ink_count(const char *text, size_t size);

#endif
