/*
 * Parsing: what builds the tree, shared by xml.c and records.c.
 *
 * The tree is built by libxml2's own SAX2 functions; ours stand before them,
 * note where the parser is, and stop it at the first error or bound.  The
 * parser reads a text that has been turned into UTF-8, so its position is an
 * offset into it.
 *
 * Not all has to be built: elements on the paths of `records` can be left out, or be
 * all that is built (struct gs_selection).
 */
#ifndef GS_XML_PARSE_H
#define GS_XML_PARSE_H

#include <glib.h>
#include <libxml/parser.h>

#include "xml/tree.h"

struct gs_xpath;

/* libxml2 compares every attribute of a tag with every other, every prefix with
 * every namespace in scope: what is more than this is an attack. */
#define GS_XML_ATTRIBUTES_MAX 256

#define GS_XML_PARSE_OPTIONS \
    (XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOCDATA | \
            XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)

/* So many paths to records at most. */
#define GS_XML_PATHS_MAX 32

struct gs_parse;

/* What becomes of an element. */
enum gs_selected {
    GS_BUILT,
    GS_PASSED, /* not built; what is in it may be */
    GS_LEFT_OUT, /* with all that is in it */
};

/* Which elements are built; NULL members: all. */
struct gs_selection {
    const struct gs_xpath *const *paths;
    size_t count;
    bool records; /* build what the paths find; else all but that */
    uint32_t open[GS_XML_DEPTH_MAX + 1]; /* paths that lead here, by depth */
    enum gs_selected state[GS_XML_DEPTH_MAX + 1];
    /* Of what is left out or built, before it begins and after it ends. */
    void (*begin)(struct gs_parse *parse, size_t path, size_t offset);
    void (*end)(struct gs_parse *parse);
    void *user;
};

struct gs_parse {
    struct gs_arena *arena;
    struct gs_diag *diag;
    struct gs_xml *xml;
    xmlParserCtxt *context;
    size_t markup_end; /* offset after the last tag, comment or instruction */
    size_t depth, node_count;
    size_t text_size; /* of the text node being added to */
    GHashTable *names[GS_XML_DEPTH_MAX + 1]; /* name -> last node, by depth */
    const struct gs_instruction **last_instruction;
    struct gs_selection *selection; /* NULL: everything is built */
    bool failed;
};

/* A text that comes piece by piece, as libxml2 asks for it. */
struct gs_feed {
    int (*read)(void *user, char *buffer, int size);
    int (*close)(void *user);
    void *user;
};

/*
 * Parses the text of parse->xml, whose tree it becomes, from memory if `feed` is
 * NULL.  Frees all but the tree, which goes with the arena.  (xml.c)
 */
bool gs_xml_build(struct gs_parse *parse, const struct gs_feed *feed);

/* For a context that is there already; `parse` is all zero but for its first four. */
void gs_parse_begin(struct gs_parse *parse);
void gs_parse_end(struct gs_parse *parse); /* frees the context as well */

void gs_parse_fail(struct gs_parse *parse, enum gs_diag_id id, size_t offset,
        const char *const *args);
void gs_parse_fail_limit(struct gs_parse *parse, size_t offset,
        const char *what, size_t limit);

#endif
