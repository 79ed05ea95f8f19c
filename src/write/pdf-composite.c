/*
 * Composite glyphs of TrueType, counted before HarfBuzz puts them together.
 *
 * Parts may have parts.  HarfBuzz bounds how deep they go and how many points they
 * have in the end, but of parts without points a file of 2 kB can have more than
 * any machine goes through.
 */
#include "write/pdf-path.h"

#define PARTS_MAX 256u /* of a glyph, parts of parts included */
#define DEPTH_MAX 16u

/* The flags of a part (OpenType, glyf). */
enum flags {
    WORDS = 1 << 0,
    SCALE = 1 << 3,
    MORE = 1 << 5,
    TWO_SCALES = 1 << 6,
    MATRIX = 1 << 7,
};

struct bytes {
    const unsigned char *at;
    unsigned size;
};

static struct bytes read_bytes(hb_blob_t *blob)
{
    struct bytes bytes;
    bytes.at = (const unsigned char *)hb_blob_get_data(blob, &bytes.size);
    return bytes;
}

/* 0 behind the end. */
static uint32_t number_at(struct bytes bytes, uint64_t offset, unsigned size)
{
    uint32_t number = 0;
    for (unsigned i = 0; i < size && offset + size <= bytes.size; i++) {
        number = number << 8 | bytes.at[offset + i];
    }
    return number;
}

static struct bytes find_glyph(
        const struct gs_pdf_glyphs *glyphs, uint32_t glyph)
{
    const struct bytes loca = read_bytes(glyphs->loca);
    const struct bytes glyf = read_bytes(glyphs->glyf);
    const unsigned size = glyphs->has_long_offsets ? 4 : 2;
    const uint64_t unit = glyphs->has_long_offsets ? 1 : 2;
    const uint64_t begin = unit * number_at(loca, (uint64_t)glyph * size, size);
    const uint64_t end =
            unit * number_at(loca, ((uint64_t)glyph + 1) * size, size);
    if (begin >= glyf.size || end <= begin) {
        return (struct bytes){0};
    }
    const uint64_t rest = glyf.size - begin, wanted = end - begin;
    return (struct bytes){
            glyf.at + begin, (unsigned)(wanted < rest ? wanted : rest)};
}

static unsigned part_size(unsigned flags)
{
    const unsigned offsets = (flags & WORDS) != 0 ? 4 : 2;
    const unsigned scale = (flags & SCALE) != 0 ? 2
            : (flags & TWO_SCALES) != 0         ? 4
            : (flags & MATRIX) != 0             ? 8
                                                : 0;
    return 4 + offsets + scale;
}

/* Takes the parts of a glyph from *left; false when there are more. */
static bool count_parts(const struct gs_pdf_glyphs *glyphs, uint32_t glyph,
        unsigned depth, unsigned *left)
{
    const struct bytes data = find_glyph(glyphs, glyph);
    if ((number_at(data, 0, 2) & 0x8000) == 0) {
        return true; /* a simple glyph, or none */
    }
    if (depth == DEPTH_MAX) {
        return false;
    }
    unsigned flags = MORE;
    for (uint64_t at = 10; (flags & MORE) != 0 && at + 4 <= data.size;
            at += part_size(flags)) {
        flags = number_at(data, at, 2);
        if (*left == 0) {
            return false;
        }
        --*left;
        if (!count_parts(glyphs, number_at(data, at + 2, 2), depth + 1, left)) {
            return false;
        }
    }
    return true;
}

bool gs_pdf_glyphs_can_draw(const struct gs_pdf_glyphs *glyphs, uint32_t glyph)
{
    unsigned left = PARTS_MAX;
    return count_parts(glyphs, glyph, 0, &left);
}

void gs_pdf_glyphs_init(struct gs_pdf_glyphs *glyphs, hb_face_t *face)
{
    hb_blob_t *head = hb_face_reference_table(face, HB_TAG('h', 'e', 'a', 'd'));
    glyphs->loca = hb_face_reference_table(face, HB_TAG('l', 'o', 'c', 'a'));
    glyphs->glyf = hb_face_reference_table(face, HB_TAG('g', 'l', 'y', 'f'));
    glyphs->has_long_offsets = number_at(read_bytes(head), 50, 2) != 0;
    hb_blob_destroy(head);
}

void gs_pdf_glyphs_release(struct gs_pdf_glyphs *glyphs)
{
    hb_blob_destroy(glyphs->loca);
    hb_blob_destroy(glyphs->glyf);
    *glyphs = (struct gs_pdf_glyphs){0};
}
