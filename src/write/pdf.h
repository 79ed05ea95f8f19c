/*
 * The inside of the direct PDF writer, shared by pdf.c (document, pages,
 * drawing), pdf-text.c (faces, text), pdf-image.c (pictures), pdf-link.c
 * (links, destinations, outline), pdf-catalog.c (what is said of all pages) and
 * pdf-meta.c (what the file says of itself).
 */
#ifndef GS_WRITE_PDF_H
#define GS_WRITE_PDF_H

#include <stdbool.h>

#include <glib.h>

#include "write/base.h"
#include "write/pdf-content.h"
#include "write/pdf-file.h"

struct gs_pdf_font;
struct gs_pdf_structure;

struct gs_pdf {
    struct gs_writer base;
    struct gs_write_options options;
    struct gs_doc_info info;
    struct gs_pdf_workshop *workshop;
    struct gs_pdf_file *file;
    struct gs_pdf_content content; /* its memory is the workshop's */
    struct gs_pdf_structure *structure; /* NULL: the file has none */

    GArray *fonts; /* struct gs_pdf_used_font, by resource number */
    GArray *images; /* struct gs_pdf_used_image, by resource number */
    GArray *pages; /* struct gs_pdf_page */
    GArray *links; /* struct gs_pdf_link */
    GArray *labels; /* struct gs_pdf_label */
    guint64 next_label; /* the number that goes on with the last of them */
    GArray *page_nodes; /* unsigned: the objects that are parents of pages */
    unsigned page_tree, resources; /* object numbers */
    /* The page at hand. */
    unsigned page; /* object number */
    struct gs_size page_size;
    bool transparent; /* something on it is */
    size_t first_link; /* index in `links` */
    bool in_seal;
    bool in_artifact;
    enum gs_artifact artifact;
};

/* A page that has been written. */
struct gs_pdf_page {
    unsigned number; /* of its object */
    gs_len height;
};

/* Pages numbered on from `number`, or, if that is 0, one that is called `prefix`. */
struct gs_pdf_label {
    size_t page; /* index of the first */
    guint64 number;
    char *prefix; /* NULL: nothing */
};

/* Its annotation is written when it is known where targets are. */
struct gs_pdf_link {
    unsigned number; /* of its object */
    struct gs_rect rect;
    size_t page; /* index in `pages` */
    unsigned parent_key; /* /StructParent */
    char *target;
};

struct gs_pdf *gs_pdf_cast(struct gs_writer *base);

/*
 * Before operators of a kind: enters text or graphics and begins the marked
 * content that the innermost tag or artifact wants for them.
 */
void gs_pdf_draws(struct gs_pdf *pdf, enum gs_pdf_mode mode);

/* pdf-text.c */

struct gs_pdf_used_font {
    const struct gs_face *face;
    struct gs_pdf_font *font;
    unsigned number; /* of its object */
    unsigned resource; /* /F0, /F1 … */
};

void gs_pdf_show_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run);
void gs_pdf_write_fonts(struct gs_pdf *pdf);
void gs_pdf_free_fonts(struct gs_pdf *pdf);

/* pdf-image.c */

struct gs_pdf_used_image {
    const struct gs_image *image;
    bool of_seal; /* its white is no ink */
    unsigned number; /* of its object */
    unsigned resource; /* /I0, /I1 … */
    bool blends; /* it has a soft mask */
};

void gs_pdf_show_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image);

/* pdf-link.c */

void gs_pdf_add_link(
        struct gs_writer *base, struct gs_rect rect, const char *target);

/* At the end, by the anchors on the pages drawn (page/anchors.h). */
void gs_pdf_write_links(struct gs_pdf *pdf, const struct gs_doc_info *info,
        GHashTable *anchors);

/* Named destinations and the outline: object numbers, 0 where there is none. */
unsigned gs_pdf_write_destinations(struct gs_pdf *pdf,
        const struct gs_doc_info *info, GHashTable *anchors);
unsigned gs_pdf_write_outline(struct gs_pdf *pdf,
        const struct gs_doc_info *info, GHashTable *anchors);

/* pdf-catalog.c */

/* How the page that begins is called; NULL: not at all. */
void gs_pdf_note_label(struct gs_pdf *pdf, const char *label);

/* At the end. */
/* The node of the page tree over the page at hand. */
unsigned gs_pdf_page_parent(struct gs_pdf *pdf);
void gs_pdf_write_page_tree(struct gs_pdf *pdf);
void gs_pdf_write_resources(struct gs_pdf *pdf);
unsigned gs_pdf_write_catalog(struct gs_pdf *pdf,
        const struct gs_doc_info *info, GHashTable *anchors);

/* pdf-meta.c */

/* Object numbers of the XMP stream, the information dictionary, the profile. */
unsigned gs_pdf_write_xmp(struct gs_pdf *pdf, const struct gs_doc_info *info);
unsigned gs_pdf_write_info(struct gs_pdf *pdf, const struct gs_doc_info *info);
unsigned gs_pdf_write_profile(struct gs_pdf *pdf);

/* Of the file specification of the data file; 0: none goes into the file. */
unsigned gs_pdf_write_source(struct gs_pdf *pdf);

#endif
