/*
 * A face as one document uses it: which codes stand for which glyphs and texts,
 * and the objects of the font in the file.
 *
 * A code is given to each pair of a glyph and the text it stands for, so that a
 * glyph that two characters share (一 and the Kangxi radical ⼀) copies as what it
 * was each time.  Code, CID and glyph index in the font program are the same
 * number; 0 is .notdef.
 */
#ifndef GS_WRITE_PDF_FONT_H
#define GS_WRITE_PDF_FONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "write/pdf-buffer.h"

struct gs_face;
struct gs_pdf_face;
struct gs_pdf_file;
struct gs_pdf_font;
struct gs_pdf_slots;

/*
 * NULL where the file cannot be embedded: it is damaged, or its licence forbids
 * that.  *error then says why, in static words.  The face outlives the font.
 * `is_small`: size is worth more than time, as in the file that it is written to.
 */
struct gs_pdf_font *gs_pdf_font_new(
        const struct gs_face *face, bool is_small, const char **error);
struct gs_pdf_font *gs_pdf_font_new_from(
        struct gs_pdf_face *face, const char **error);
void gs_pdf_font_free(struct gs_pdf_font *font); /* NULL is fine */

/*
 * The two-byte code that shows `glyph` and copies as `text` (valid UTF-8, `size`
 * bytes, none: not known).  0 where the glyph cannot be had, or there are more
 * pairs than codes; *error then says why, in static words.
 */
unsigned gs_pdf_font_code(struct gs_pdf_font *font, uint32_t glyph,
        const char *text, size_t size, const char **error);

/*
 * The same in two steps, for text, most of whose pairs have their code: what
 * there is, to look it up (pdf-slots.h), and a new one for a pair that is not.
 */
const struct gs_pdf_slots *gs_pdf_font_slots(const struct gs_pdf_font *font);
unsigned gs_pdf_font_add(struct gs_pdf_font *font, uint32_t glyph,
        const char *text, size_t size, const char **error);

/* The advance of a code as the file tells it, in 1/1000 em. */
int gs_pdf_font_width(const struct gs_pdf_font *font, unsigned code);

/* Writes the objects of the font.  `number` was reserved for its Type 0 font. */
void gs_pdf_font_write(
        struct gs_pdf_font *font, struct gs_pdf_file *file, unsigned number);

/*
 * Appends the font program of the codes there are: as it is, or as a zlib stream
 * of glyphs that were coded before; the latter returns what is the former's size.
 */
void gs_pdf_font_put_program(
        const struct gs_pdf_font *font, struct gs_pdf_buffer *out);
size_t gs_pdf_font_put_coded_program(
        const struct gs_pdf_font *font, struct gs_pdf_buffer *out);

#endif
