/*
 * Fuzz: any bytes as a font file, of which the direct PDF writer embeds some
 * glyphs.  What comes out is checked too: the coded program is as long as the
 * plain one.
 */
#include <stdint.h>
#include <stdlib.h>

#include "write/pdf-face.h"
#include "write/pdf-font.h"

/* Larger inputs only take longer. */
#define SIZE_MAX_FUZZED 65536u

#define GLYPHS 24u

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void embed(struct gs_pdf_face *face)
{
    const char *error = NULL;
    struct gs_pdf_font *font = gs_pdf_font_new_from(face, &error);
    if (font == NULL) {
        return;
    }
    unsigned codes = 0;
    for (uint32_t glyph = 0; glyph < GLYPHS; glyph++) {
        codes += gs_pdf_font_code(font, glyph, "a", 1, &error) != 0;
    }
    struct gs_pdf_buffer plain = {0}, coded = {0};
    if (codes > 0) {
        gs_pdf_font_put_program(font, &plain);
        if (gs_pdf_font_put_coded_program(font, &coded) != plain.size) {
            abort();
        }
    }
    gs_pdf_buffer_release(&plain);
    gs_pdf_buffer_release(&coded);
    gs_pdf_font_free(font);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *error = NULL;
    for (unsigned index = 0; index < 2 && size <= SIZE_MAX_FUZZED; index++) {
        struct gs_pdf_face *face = gs_pdf_face_new(
                data, size, index, index * GS_PDF_TOLERANCE_SMALL, &error);
        if (face != NULL) {
            embed(face);
        }
        gs_pdf_face_free(face);
    }
    return 0;
}
