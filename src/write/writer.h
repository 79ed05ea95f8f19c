/*
 * Writers: display lists -> a file.
 *
 * A writer is a table of operations (gs_writer_ops).  Drawing returns nothing:
 * the first failure sticks, later calls do nothing, gs_writer_end_page() and
 * gs_writer_end() report it.  The front (writer.c) plays display lists to the
 * table and checks the order of calls, so that writers need not.
 */
#ifndef GS_WRITE_WRITER_H
#define GS_WRITE_WRITER_H

#include <stdbool.h>
#include <stddef.h>

#include "page/display.h"
#include "text/fonts.h"

struct gs_diag;
struct gs_output;
struct gs_writer;

enum gs_file_format { GS_FORMAT_PDF, GS_FORMAT_PNG, GS_FORMAT_SVG };

/*
 * What a PDF file promises, by ISO 19005 (PDF/A): with structure
 * (a), with Unicode (u), or for the eye alone (b), A-1 for the eye alone.  With
 * structure it is PDF/UA-1 (ISO 14289-1) as well.
 */
enum gs_pdf_standard {
    GS_PDF_A_2A, /* the default */
    GS_PDF_A_2U,
    GS_PDF_A_2B,
    GS_PDF_A_1B,
    GS_PDF_A_3A, /* with the data file inside */
    GS_PDF_NONE,
};

/*
 * What a writer leaves for the next document: memory, compressors.  Zeroed at
 * first; for one document at a time.
 */
struct gs_writer_kept {
    const struct gs_writer_ops *owner;
    void *object;
    void (*free)(void *object);
    struct gs_arena *arena; /* of the front, for pages; or NULL */
};
void gs_writer_kept_release(struct gs_writer_kept *kept);

/* Characters of a password, at most (ISO 32000-1, 7.6.3.3). */
#define GS_PASSWORD_MAX 32

/* Who may do what with a file; strings of the caller. */
struct gs_protection {
    const char *password; /* opens the file, for reading and printing; or NULL */
    const char *owner; /* allows the rest; NULL: nobody is allowed it */
};

/*
 * Whether its passwords are each 1 to GS_PASSWORD_MAX printable characters of ASCII,
 * which is what all readers agree about, and differ.  True when there are none.
 */
bool gs_protection_is_sound(const struct gs_protection *protection);

struct gs_write_options {
    enum gs_file_format format;
    double dpi; /* PNG */
    enum gs_pdf_standard standard; /* for the writer that keeps to one */
    bool small; /* rather a small file than a quick one */
    /* The data file, for GS_PDF_A_3A: its name without folders, its bytes. */
    const char *source_name; /* NULL: there is none */
    const void *source;
    size_t source_size;
    struct gs_protection protection; /* for the writer that protects */
    struct gs_writer_kept *kept; /* or NULL */
};

/* By its name on the command line: "a-2a", "none"; false if there is no such. */
bool gs_pdf_standard_find(const char *name, enum gs_pdf_standard *out);
#define GS_PDF_STANDARDS "a-2a, a-2u, a-2b, a-1b, a-3a, none"

/*
 * What a writer is told of the document.  Pages come one by one and are gone when
 * they are drawn, so pages->pages is not for writers.  Of `pages` hold
 *
 *   from begin_doc on   doc->metadata
 *   at begin_page       the anchors up to that page, at least
 *   at end_doc          all anchors, the headings, the count of pages
 *
 * Links may lead to pages that are still to come: a writer resolves them, or
 * names them, when it ends.
 */
struct gs_doc_info {
    const struct gs_pages *pages;
    size_t first, last; /* pages to be drawn, indices; SIZE_MAX: to the end */
};

struct gs_writer_ops {
    const char *name; /* "cairo" */
    bool formats[3]; /* by enum gs_file_format */
    bool standards; /* it keeps to the standard of the options */
    bool protects; /* it does what the options say of passwords */
    enum gs_outlines outlines;
    struct gs_writer *(*open)(const struct gs_write_options *options,
            struct gs_output *output, struct gs_diag *diag);
    void (*begin_doc)(struct gs_writer *, const struct gs_doc_info *);
    void (*begin_page)(struct gs_writer *, const struct gs_page *);
    void (*push_clip)(struct gs_writer *, struct gs_rect);
    void (*pop_clip)(struct gs_writer *);
    void (*fill_rect)(struct gs_writer *, struct gs_rect, struct gs_color);
    void (*stroke_rule)(struct gs_writer *, const struct gs_rule *);
    void (*stroke_line)(struct gs_writer *, struct gs_point, struct gs_point,
            const struct gs_rule_style *);
    void (*show_glyphs)(
            struct gs_writer *, struct gs_point, const struct gs_glyph_run *);
    void (*show_path)(struct gs_writer *, const struct gs_path *);
    void (*show_image)(
            struct gs_writer *, struct gs_rect, const struct gs_image *);
    /*
     * To an id that is an anchor on one of the pages drawn; in a link tag, or in
     * an artifact, where tagged files can have no links.
     */
    void (*link)(struct gs_writer *, struct gs_rect, const char *target);
    /*
     * Between these, drawing is like ink on the page (blend mode multiply).  Both
     * NULL in a writer whose format cannot say that.
     */
    void (*begin_seal)(struct gs_writer *);
    void (*end_seal)(struct gs_writer *);
    /* All NULL in a writer whose format has no structure tree. */
    void (*begin_tag)(struct gs_writer *, const struct gs_tag *);
    void (*end_tag)(struct gs_writer *);
    void (*begin_artifact)(struct gs_writer *, enum gs_artifact);
    void (*end_artifact)(struct gs_writer *);
    void (*end_page)(struct gs_writer *);
    void (*end_doc)(struct gs_writer *);
    bool (*report)(
            struct gs_writer *); /* adds the sticky failure; true if none */
    void (*free)(struct gs_writer *);
};

/* By name, or the first that can make the format; NULL when there is none. */
const struct gs_writer_ops *gs_writer_find(
        const char *name, enum gs_file_format format);

/*
 * A document page by page: begun with what is known of it (gs_doc_info), each page
 * gone when it is drawn.  If the document is complete (it has pages), links that
 * lead to none of the pages drawn are left out.
 */
struct gs_writing;

/* NULL after a diagnostic. */
struct gs_writing *gs_writing_begin(const struct gs_writer_ops *ops,
        const struct gs_write_options *options, const struct gs_pages *pages,
        size_t first, size_t last, struct gs_output *output,
        struct gs_diag *diag);

/* False after a diagnostic, then and ever after. */
bool gs_writing_page(struct gs_writing *writing, const struct gs_page *page);

/* Ends and frees it; also after a failure, when nothing is ended; NULL: false. */
bool gs_writing_end(struct gs_writing *writing);

/*
 * Draws pages first to last (indices) into `output`.  PNG and SVG hold one page:
 * the caller passes first == last.  False after a diagnostic.
 */
bool gs_write(const struct gs_writer_ops *ops,
        const struct gs_write_options *options, const struct gs_pages *pages,
        size_t first, size_t last, struct gs_output *output,
        struct gs_diag *diag);

#endif
