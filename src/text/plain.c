/*
 * Plain code points: the proof, and a table of widths in blocks.
 */
#include "text/plain.h"

#include <glib.h>
#include <hb-ot.h>

#define BLOCK_BITS 8
#define BLOCK_SIZE (1u << BLOCK_BITS)
#define BLOCK_COUNT (0x110000u >> BLOCK_BITS)

/* A script that a segment of plain text can be shaped in; none: digits, marks. */
static const hb_script_t scripts[] = {
        HB_SCRIPT_HAN, HB_SCRIPT_LATIN, HB_SCRIPT_INVALID};

enum state { STATE_UNKNOWN, STATE_PLAIN, STATE_OTHER };

struct gs_plain {
    hb_font_t *font;
    bool examined;
    bool hopeless; /* tables that we cannot prove anything about */
    hb_set_t *touched; /* glyphs that a lookup may touch */
    struct gs_plain_glyph *blocks[BLOCK_COUNT];
};

/* No ligatures: a writer may have to say every character by itself. */
const hb_feature_t *gs_shaping_features(unsigned *count)
{
    static const hb_feature_t features[] = {
            {HB_TAG('l', 'i', 'g', 'a'), 0, 0, (unsigned)-1},
            {HB_TAG('c', 'l', 'i', 'g'), 0, 0, (unsigned)-1},
    };
    *count = G_N_ELEMENTS(features);
    return features;
}

hb_language_t gs_shaping_language(void)
{
    return hb_language_from_string("zh-Hans", -1);
}

/* --- what HarfBuzz would do with the face --------------------------------- */

static bool has_table(hb_face_t *face, hb_tag_t tag)
{
    hb_blob_t *table = hb_face_reference_table(face, tag);
    const bool has = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return has;
}

static unsigned read_16(const uint8_t *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

static unsigned read_32(const uint8_t *bytes)
{
    return read_16(bytes) << 16 | read_16(bytes + 2);
}

/*
 * Whether a 'mort' table (Arphic's have one) is for vertical setting alone.
 * Apple TrueType reference, chapter 'mort': chains of subtables, of which bit 15
 * of the coverage says vertical, bit 13 both.
 */
static bool mort_is_vertical(const uint8_t *bytes, size_t size)
{
    const unsigned chains = size >= 8 ? read_32(bytes + 4) : 1;
    size_t at = 8;
    for (unsigned i = 0; i < chains; i++) {
        if (size < at + 12) {
            return false;
        }
        const size_t features = read_16(bytes + at + 8);
        const unsigned subtables = read_16(bytes + at + 10);
        at += 12 + features * 12;
        for (unsigned k = 0; k < subtables; k++) {
            const size_t length = size >= at + 8 ? read_16(bytes + at) : 0;
            if (length < 8 || (read_16(bytes + at + 2) & 0xA000) != 0x8000) {
                return false;
            }
            at += length;
        }
    }
    return true;
}

static bool has_idle_mort(hb_face_t *face)
{
    hb_blob_t *table =
            hb_face_reference_table(face, HB_TAG('m', 'o', 'r', 't'));
    unsigned size = 0;
    const char *bytes = hb_blob_get_data(table, &size);
    const bool idle =
            size == 0 || mort_is_vertical((const uint8_t *)bytes, size);
    hb_blob_destroy(table);
    return idle;
}

/* Whether kerning comes from GPOS for a script, not from the 'kern' table. */
static bool has_gpos_kerning(hb_face_t *face, hb_script_t script)
{
    hb_tag_t script_tags[HB_OT_MAX_TAGS_PER_SCRIPT];
    hb_tag_t language_tags[HB_OT_MAX_TAGS_PER_LANGUAGE];
    unsigned script_count = G_N_ELEMENTS(script_tags);
    unsigned language_count = G_N_ELEMENTS(language_tags);
    unsigned script_index = 0, language_index = 0, feature = 0;
    hb_tag_t chosen = 0;
    hb_ot_tags_from_script_and_language(script, gs_shaping_language(),
            &script_count, script_tags, &language_count, language_tags);
    hb_ot_layout_table_select_script(face, HB_OT_TAG_GPOS, script_count,
            script_tags, &script_index, &chosen);
    hb_ot_layout_script_select_language(face, HB_OT_TAG_GPOS, script_index,
            language_count, language_tags, &language_index);
    return hb_ot_layout_language_find_feature(face, HB_OT_TAG_GPOS,
            script_index, language_index, HB_TAG('k', 'e', 'r', 'n'), &feature);
}

static void collect_touched(
        struct gs_plain *plain, hb_face_t *face, hb_script_t script)
{
    static const hb_tag_t tables[] = {HB_OT_TAG_GSUB, HB_OT_TAG_GPOS};
    hb_segment_properties_t properties = HB_SEGMENT_PROPERTIES_DEFAULT;
    properties.direction = HB_DIRECTION_LTR;
    properties.script = script;
    properties.language = gs_shaping_language();
    unsigned count = 0;
    const hb_feature_t *features = gs_shaping_features(&count);
    hb_shape_plan_t *plan = hb_shape_plan_create_cached(
            face, &properties, features, count, NULL);
    hb_set_t *lookups = hb_set_create();
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++) {
        hb_codepoint_t lookup = HB_SET_VALUE_INVALID;
        hb_set_clear(lookups);
        hb_ot_shape_plan_collect_lookups(plan, tables[i], lookups);
        while (hb_set_next(lookups, &lookup)) {
            hb_ot_layout_lookup_collect_glyphs(face, tables[i], lookup,
                    plain->touched, plain->touched, plain->touched,
                    plain->touched);
        }
    }
    hb_set_destroy(lookups);
    hb_shape_plan_destroy(plan);
}

static void examine(struct gs_plain *plain)
{
    hb_face_t *face = hb_font_get_face(plain->font);
    const bool kerned = has_table(face, HB_TAG('k', 'e', 'r', 'n'));
    plain->examined = true;
    plain->hopeless = has_table(face, HB_TAG('m', 'o', 'r', 'x')) ||
            has_table(face, HB_TAG('k', 'e', 'r', 'x')) ||
            has_table(face, HB_TAG('t', 'r', 'a', 'k')) || !has_idle_mort(face);
    plain->touched = hb_set_create();
    for (size_t i = 0; i < G_N_ELEMENTS(scripts) && !plain->hopeless; i++) {
        plain->hopeless = kerned && !has_gpos_kerning(face, scripts[i]);
        collect_touched(plain, face, scripts[i]);
    }
}

/* --- code points ------------------------------------------------------------ */

static bool has_plain_category(hb_unicode_funcs_t *unicode, uint32_t code)
{
    if (code == ' ' || code == 0x3000) {
        return true;
    }
    switch (hb_unicode_general_category(unicode, code)) {
    case HB_UNICODE_GENERAL_CATEGORY_LOWERCASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_MODIFIER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_TITLECASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_UPPERCASE_LETTER:
    case HB_UNICODE_GENERAL_CATEGORY_DECIMAL_NUMBER:
    case HB_UNICODE_GENERAL_CATEGORY_LETTER_NUMBER:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_NUMBER:
    case HB_UNICODE_GENERAL_CATEGORY_CONNECT_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_DASH_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_CLOSE_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_FINAL_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_INITIAL_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_OPEN_PUNCTUATION:
    case HB_UNICODE_GENERAL_CATEGORY_CURRENCY_SYMBOL:
    case HB_UNICODE_GENERAL_CATEGORY_MODIFIER_SYMBOL:
    case HB_UNICODE_GENERAL_CATEGORY_MATH_SYMBOL:
    case HB_UNICODE_GENERAL_CATEGORY_OTHER_SYMBOL:
        return true;
    default: /* HarfBuzz's enumeration, not ours */
        return false;
    }
}

/* Emoji join with what follows; the fraction slash changes digits around it. */
static bool is_plain_character(uint32_t code)
{
    hb_unicode_funcs_t *unicode = hb_unicode_funcs_get_default();
    const hb_script_t script = hb_unicode_script(unicode, code);
    return (script == HB_SCRIPT_HAN || script == HB_SCRIPT_LATIN ||
                   script == HB_SCRIPT_COMMON) &&
            code != 0x2044 && (code < 0x1F000 || code >= 0x20000) &&
            has_plain_category(unicode, code) &&
            hb_unicode_combining_class(unicode, code) ==
            HB_UNICODE_COMBINING_CLASS_NOT_REORDERED;
}

/* HarfBuzz takes the width off what GDEF calls a mark. */
static bool prove(
        struct gs_plain *plain, uint32_t code, struct gs_plain_glyph *entry)
{
    if (!plain->examined) {
        examine(plain);
    }
    hb_codepoint_t glyph = 0;
    if (plain->hopeless || !is_plain_character(code) ||
            !hb_font_get_nominal_glyph(plain->font, code, &glyph) ||
            glyph == 0 || hb_set_has(plain->touched, glyph) ||
            hb_ot_layout_get_glyph_class(hb_font_get_face(plain->font),
                    glyph) == HB_OT_LAYOUT_GLYPH_CLASS_MARK) {
        return false;
    }
    entry->glyph = glyph;
    entry->advance = hb_font_get_glyph_h_advance(plain->font, glyph);
    return true;
}

struct gs_plain_glyph *gs_plain_find(struct gs_plain *plain, uint32_t code)
{
    if (code >= 0x110000u) {
        return NULL;
    }
    struct gs_plain_glyph **block = &plain->blocks[code >> BLOCK_BITS];
    if (*block == NULL) {
        *block = g_new0(struct gs_plain_glyph, BLOCK_SIZE);
    }
    struct gs_plain_glyph *entry = &(*block)[code & (BLOCK_SIZE - 1)];
    if (entry->state == STATE_UNKNOWN) {
        entry->state = prove(plain, code, entry) ? STATE_PLAIN : STATE_OTHER;
    }
    return entry->state == STATE_PLAIN ? entry : NULL;
}

struct gs_plain *gs_plain_new(hb_font_t *font)
{
    struct gs_plain *plain = g_new0(struct gs_plain, 1);
    plain->font = font;
    return plain;
}

void gs_plain_free(struct gs_plain *plain)
{
    if (plain == NULL) {
        return;
    }
    for (size_t i = 0; i < BLOCK_COUNT; i++) {
        g_free(plain->blocks[i]);
    }
    if (plain->touched != NULL) {
        hb_set_destroy(plain->touched);
    }
    g_free(plain);
}
