/*
 * Itemizing: asks chains of faces for characters.
 */
#include "text/itemize.h"

#include <string.h>

#include <glib.h>

#include "base/diag.h"
#include "model/doc.h"
#include "text/fontlist.h"
#include "text/fontset.h"
#include "text/packages.h"
#include "text/plain.h"

/* Drawn by nothing, and so never missing: joiners, selectors, controls. */
static bool is_ignorable(uint32_t code)
{
    if (code >= 0x20 && code < 0x7F) {
        return false;
    }
    if ((code >= 0xFE00 && code <= 0xFE0F) ||
            (code >= 0xE0100 && code <= 0xE01EF) || code == 0x034F ||
            (code >= 0x180B && code <= 0x180F)) {
        return true;
    }
    const GUnicodeType type = g_unichar_type(code);
    return type == G_UNICODE_FORMAT || type == G_UNICODE_CONTROL ||
            type == G_UNICODE_LINE_SEPARATOR ||
            type == G_UNICODE_PARAGRAPH_SEPARATOR;
}

/* HarfBuzz makes every space out of U+0020, with its right width. */
static bool face_has(const struct gs_face *face, uint32_t code)
{
    if (gs_face_glyph(face, code) != 0) {
        return true;
    }
    return code > 0x7F && g_unichar_type(code) == G_UNICODE_SPACE_SEPARATOR &&
            gs_face_glyph(face, ' ') != 0;
}

static bool face_has_all(
        const struct gs_face *face, const struct gs_char *chars, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_ignorable(chars[i].code) && !face_has(face, chars[i].code)) {
            return false;
        }
    }
    return true;
}

/* What the `latin` role is for: Latin letters, digits and ASCII marks. */
static bool is_latin(uint32_t code)
{
    return (code >= 0x20 && code < 0x7F) || (code >= 0xC0 && code <= 0x24F) ||
            (code >= 0x1E00 && code <= 0x1EFF);
}

/* The first face that has the first `need` characters; NULL for none. */
static const struct gs_chain_face *ask(const struct gs_chain *chain,
        size_t limit, const struct gs_char *chars, size_t need,
        struct gs_diag *diag)
{
    for (size_t i = 0; i < limit; i++) {
        if (gs_face_open(chain->faces[i].face, diag) &&
                face_has_all(chain->faces[i].face, chars, need)) {
            return &chain->faces[i];
        }
    }
    return NULL;
}

static const struct gs_chain_face *first_usable(
        const struct gs_chain *chain, struct gs_diag *diag)
{
    for (size_t i = 0; i < chain->count; i++) {
        if (gs_face_open(chain->faces[i].face, diag)) {
            return &chain->faces[i];
        }
    }
    return NULL;
}

static void report_missing(const struct gs_fonts *fonts,
        const struct gs_run *run, uint32_t code, struct gs_diag *diag)
{
    const char *role = run->style->font;
    if (!gs_fonts_note_missing(fonts, diag, role, code, &run->origin)) {
        return;
    }
    char number[16], character[8];
    g_snprintf(number, sizeof number, "U+%04X", code);
    character[g_unichar_to_utf8(code, character)] = '\0';
    const char *path = run->origin.path;
    const enum gs_diag_id id = gs_code_is_private(code)
            ? GS_DIAG_PRIVATE_GLYPH
            : GS_DIAG_MISSING_GLYPH;
    gs_diag_add(diag, id, run->origin.loc,
            GS_ARGS(role, number, character,
                    path != NULL && path[0] != '\0' ? path : "—",
                    gs_fonts_name(fonts), gs_package_with(code)));
}

/* A role that the font list does not have: told once for every place. */
static void report_role(const struct gs_fonts *fonts, const struct gs_run *run,
        struct gs_diag *diag)
{
    const char *role = run->style->font;
    if (!gs_fonts_note_missing(fonts, diag, role, 0, &run->origin)) {
        return;
    }
    GString *names = g_string_new(NULL);
    const char *last = GS_ROLE_FALLBACK;
    for (size_t i = 0; i < gs_fonts_count(fonts); i++) {
        const char *name = gs_fonts_entry(fonts, i).role;
        if (strcmp(name, last) != 0 && strcmp(name, GS_ROLE_FALLBACK) != 0) {
            g_string_append_printf(
                    names, "%s%s", names->len > 0 ? ", " : "", name);
            last = name;
        }
    }
    gs_diag_add(diag, GS_DIAG_UNKNOWN_ROLE, run->origin.loc,
            GS_ARGS(role, names->str));
    g_string_free(names, TRUE);
}

/* No face has all of it: one for its beginning. */
static struct gs_choice choose_for_first(const struct gs_fonts *fonts,
        const struct gs_run *run, const struct gs_chain *chain,
        const struct gs_char *chars, size_t count, struct gs_diag *diag)
{
    const struct gs_chain_face *found =
            ask(chain, chain->count, chars, 1, diag);
    const bool missing = found == NULL;
    if (missing) {
        found = first_usable(chain, diag);
        if (found == NULL) { /* that the files are bad has been told */
            return (struct gs_choice){.missing = true, .used = count};
        }
        report_missing(fonts, run, chars[0].code, diag);
    }
    size_t used = 1;
    while (used < count && face_has_all(found->face, chars + used, 1)) {
        used++;
    }
    return (struct gs_choice){
            .face = found->face,
            .embolden = found->embolden,
            .missing = missing,
            .used = used,
    };
}

struct gs_choice gs_choose_face(const struct gs_fonts *fonts,
        const struct gs_run *run, const struct gs_char *chars, size_t count,
        struct gs_diag *diag)
{
    const struct gs_text_style *style = run->style;
    const struct gs_chain *chain =
            gs_fonts_chain(fonts, style->font, style->bold);
    if (chain->own == 0) { /* the fallback alone: no such role */
        report_role(fonts, run, diag);
        return (struct gs_choice){.missing = true, .used = count};
    }
    const struct gs_chain_face *found = NULL;
    if (style->latin != NULL && is_latin(chars[0].code)) {
        const struct gs_chain *latin =
                gs_fonts_chain(fonts, style->latin, style->bold);
        found = ask(latin, latin->own, chars, count, diag);
    }
    if (found == NULL) {
        found = ask(chain, chain->count, chars, count, diag);
    }
    if (found == NULL) {
        return choose_for_first(fonts, run, chain, chars, count, diag);
    }
    return (struct gs_choice){
            .face = found->face, .embolden = found->embolden, .used = count};
}

const struct gs_face *gs_fonts_face_with(const struct gs_fonts *fonts,
        const char *role, uint32_t code, struct gs_diag *diag)
{
    const struct gs_chain *chain = gs_fonts_chain(fonts, role, false);
    const struct gs_char chr = {.code = code};
    const struct gs_chain_face *found =
            ask(chain, chain->count, &chr, 1, diag);
    return found != NULL ? found->face : NULL;
}

const char *gs_fonts_package_with(uint32_t code)
{
    return gs_package_with(code);
}

struct gs_run_faces gs_style_faces(
        const struct gs_fonts *fonts, const struct gs_text_style *style)
{
    return (struct gs_run_faces){
            .chain = gs_fonts_chain(fonts, style->font, style->bold),
            .latin = style->latin != NULL
                    ? gs_fonts_chain(fonts, style->latin, style->bold)
                    : NULL,
    };
}

/* NULL with *found: a face has it, but it is not plain there. */
static struct gs_plain_glyph *ask_plain(const struct gs_chain *chain,
        size_t limit, uint32_t code, struct gs_diag *diag,
        const struct gs_chain_face **found)
{
    *found = NULL;
    for (size_t i = 0; i < limit; i++) {
        struct gs_face *face = chain->faces[i].face;
        if (!gs_face_open(face, diag)) {
            continue;
        }
        struct gs_plain_glyph *plain = gs_plain_find(face->plain, code);
        if (plain != NULL || is_ignorable(code) || face_has(face, code)) {
            *found = &chain->faces[i];
            return plain;
        }
    }
    return NULL;
}

struct gs_plain_glyph *gs_choose_plain(const struct gs_run_faces *faces,
        uint32_t code, struct gs_diag *diag,
        const struct gs_chain_face **chosen)
{
    struct gs_plain_glyph *plain = NULL;
    *chosen = NULL;
    if (faces->chain->own == 0) {
        return NULL;
    }
    if (faces->latin != NULL && is_latin(code)) {
        plain = ask_plain(faces->latin, faces->latin->own, code, diag, chosen);
    }
    if (*chosen == NULL) {
        plain = ask_plain(
                faces->chain, faces->chain->count, code, diag, chosen);
    }
    return plain;
}
