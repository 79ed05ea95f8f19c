/*
 * Marks: what of their width they can do without.
 *
 * A full-width mark has a free half, before its ink or after it (R10 to R12); an
 * interpunct a quarter on either side.  Where two marks meet they share one free
 * half (R10).
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_MARKS_H
#define GS_TEXT_MARKS_H

struct gs_shaped;

/* Finds it for all atoms that are marks, once they have their glyphs. */
void gs_marks_settle(struct gs_shaped *shaped);

#endif
