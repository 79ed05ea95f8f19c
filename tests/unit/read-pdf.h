/*
 * Writing a sample to memory and reading the PDF back with poppler.
 */
#ifndef GS_TESTS_UNIT_READ_PDF_H
#define GS_TESTS_UNIT_READ_PDF_H

#include <poppler.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "unit/sample.h"
#include "write/writer.h"

struct bytes {
    char *data;
    size_t size;
};

static inline struct gs_fonts *load_fonts(
        enum gs_outlines outlines, struct gs_diag *diag)
{
    const char *list = g_getenv("GONGSHI_FONTS"); /* set by ctest */
    char *folder = g_path_get_dirname(list == NULL ? "fonts/fonts.xml" : list);
    char *path = g_build_filename(folder,
            outlines == GS_OUTLINES_TRUETYPE ? "fonts-truetype.xml"
                                             : "fonts.xml",
            NULL);
    struct gs_fonts *fonts = gs_fonts_load(path, outlines, diag);
    g_free(path);
    g_free(folder);
    return fonts;
}

/* data is NULL when writing failed. */
static inline struct bytes write_sample(struct sample *sample,
        const struct gs_writer_ops *ops, enum gs_file_format format, size_t first,
        size_t last)
{
    struct gs_write_options options = {.format = format, .dpi = 72};
    struct gs_output *output = gs_output_memory();
    struct bytes bytes = {0};

    if (gs_write(ops, &options, &sample->pages, first, last, output,
                sample->diag)) {
        bytes.data = gs_output_take(output, &bytes.size);
    }
    gs_output_free(output);
    return bytes;
}

static inline PopplerDocument *open_pdf(struct bytes bytes)
{
    GBytes *data = g_bytes_new(bytes.data, bytes.size);
    PopplerDocument *pdf = poppler_document_new_from_bytes(data, NULL, NULL);
    g_bytes_unref(data);
    return pdf;
}

/* White space removed; the caller frees it with g_free(). */
static inline char *page_text(PopplerDocument *pdf, int index)
{
    PopplerPage *page = poppler_document_get_page(pdf, index);
    char *text = poppler_page_get_text(page);
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (!g_ascii_isspace(*from)) {
            *to++ = *from;
        }
    }
    *to = '\0';
    g_object_unref(page);
    return text;
}

static inline int target_page(PopplerDocument *pdf, const PopplerAction *action)
{
    if (action->type != POPPLER_ACTION_GOTO_DEST) {
        return 0;
    }
    const PopplerDest *dest = action->goto_dest.dest;
    if (dest->type != POPPLER_DEST_NAMED) {
        return dest->page_num;
    }
    PopplerDest *found = poppler_document_find_dest(pdf, dest->named_dest);
    int page = found == NULL ? 0 : found->page_num;
    if (found != NULL) {
        poppler_dest_free(found);
    }
    return page;
}

static inline void append_outline(
        GString *text, PopplerDocument *pdf, PopplerIndexIter *iter)
{
    do {
        PopplerAction *action = poppler_index_iter_get_action(iter);
        g_string_append_printf(
                text, "%s@%d", action->any.title, target_page(pdf, action));
        poppler_action_free(action);
        PopplerIndexIter *child = poppler_index_iter_get_child(iter);
        if (child != NULL) {
            g_string_append_c(text, '(');
            append_outline(text, pdf, child);
            g_string_append_c(text, ')');
            poppler_index_iter_free(child);
        }
        g_string_append_c(text, ' ');
    } while (poppler_index_iter_next(iter));
    g_string_truncate(text, text->len - 1);
}

/* "A@1(B@2 C@3) D@4": titles, pages, nesting. */
static inline char *outline_text(PopplerDocument *pdf)
{
    GString *text = g_string_new(NULL);
    PopplerIndexIter *iter = poppler_index_iter_new(pdf);
    if (iter != NULL) {
        append_outline(text, pdf, iter);
        poppler_index_iter_free(iter);
    }
    return g_string_free(text, FALSE);
}

/* Page that the only link of a page leads to; 0: it has another number. */
static inline int link_target(PopplerDocument *pdf, int index)
{
    PopplerPage *page = poppler_document_get_page(pdf, index);
    GList *links = poppler_page_get_link_mapping(page);
    int target = 0;
    if (g_list_length(links) == 1) {
        const PopplerLinkMapping *link = links->data;
        target = target_page(pdf, link->action);
    }
    poppler_page_free_link_mapping(links);
    g_object_unref(page);
    return target;
}

static inline int count_images(PopplerDocument *pdf, int index)
{
    PopplerPage *page = poppler_document_get_page(pdf, index);
    GList *images = poppler_page_get_image_mapping(page);
    int count = (int)g_list_length(images);
    poppler_page_free_image_mapping(images);
    g_object_unref(page);
    return count;
}

/* The number of fonts; 0 if one of them is not embedded and subset. */
static inline int count_fonts(PopplerDocument *pdf)
{
    PopplerFontInfo *info = poppler_font_info_new(pdf);
    PopplerFontsIter *iter = NULL;
    int count = 0;
    bool good = true;
    poppler_font_info_scan(info, poppler_document_get_n_pages(pdf), &iter);
    if (iter != NULL) {
        do {
            good = good && poppler_fonts_iter_is_embedded(iter) &&
                    poppler_fonts_iter_is_subset(iter);
            count++;
        } while (poppler_fonts_iter_next(iter));
        poppler_fonts_iter_free(iter);
    }
    poppler_font_info_free(info);
    return good ? count : 0;
}

static inline size_t count_bytes(struct bytes bytes, const char *needle)
{
    size_t count = 0;
    size_t size = strlen(needle);
    for (size_t i = 0; i + size <= bytes.size; i++) {
        count += memcmp(bytes.data + i, needle, size) == 0;
    }
    return count;
}

#endif
