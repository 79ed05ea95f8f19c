/*
 * What the files of this room share: the tree behind struct gs_xml.
 *
 * A struct gs_node is libxml2's xmlNode (or xmlAttr, which begins alike).  Its
 * _private says where it stands: for an element a struct gs_place, packed, for a text
 * its first byte in the source.  Attributes are found in their start tag when asked
 * for.  The document's _private is the struct gs_xml.
 */
#ifndef GS_XML_TREE_H
#define GS_XML_TREE_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>
#include <libxml/tree.h>

#include "xml/xml.h"

struct gs_place {
    uint64_t offset; /* of the '<' */
    uint64_t number; /* among the siblings of its name, from 1 */
    bool has_next; /* whether another of its name follows */
};

struct gs_marks; /* what is known of lines and columns (place.c) */

struct gs_instruction {
    const struct gs_instruction *next; /* in document order */
    const char *target, *content;
    size_t offset; /* of the content */
};

struct gs_map;
struct gs_xpath;

struct gs_xml {
    struct gs_source source; /* UTF-8, without byte order mark */
    struct gs_map *map; /* the text's; NULL: it is in memory */
    struct gs_marks *marks; /* grow as places are asked for */
    xmlDoc *doc;
    const struct gs_instruction *instructions; /* before the root */
    /* Of a skeleton (records.h): what is left out, and the elements it is in. */
    const struct gs_xpath *const *paths;
    size_t path_count;
    GArray **parents; /* struct gs_record_parent, by path */
};

/*
 * The offset of the first start tag with more attributes than `limit`, or `size`.
 * What is not well-formed may be miscounted; the parser stops at the same place.
 */
size_t gs_xml_find_crowded_tag(const struct gs_xml *xml, size_t limit);

/* What comes after the "<!" or "<?" markup at `at`, or `end`. */
const char *gs_xml_skip_markup(const char *at, const char *end);

/* Whether a text says, or does not deny, that it is in UTF-8. */
bool gs_xml_is_utf8(const char *bytes, size_t size);

/* Whether a byte of UTF-8 goes on with a character. */
static inline bool gs_is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The first character that is not UTF-8, or a NUL; `end` where there is none. */
const char *gs_xml_find_invalid(const char *at, const char *end);

/* libxml2, made ready for threads, once. */
void gs_xml_init(void);

/*
 * `bytes`, which live in the arena and have a NUL after the end, as UTF-8; the
 * same memory where they are UTF-8 already.
 */
bool gs_xml_decode(struct gs_arena *arena, const char *name, const char *bytes,
        size_t size, struct gs_diag *diag, const char **text,
        size_t *text_size);

/* Makes places known; source and map are set. */
void gs_xml_make_marks(struct gs_arena *arena, struct gs_xml *xml);
struct gs_loc gs_xml_loc_at(const struct gs_xml *xml, size_t offset);

/* For libxml2, whose interfaces know no const even where nothing is changed. */
static inline void *gs_xml_unconst(const void *pointer)
{
    union {
        const void *from;
        void *to;
    } cast = {pointer};
    return cast.to;
}

static inline const xmlNode *gs_node_xml(const struct gs_node *node)
{
    return (const xmlNode *)(const void *)node;
}

/* An element's place in its _private: offset, number and has_next in 64 bits. */
#define GS_PLACE_OFFSET_BITS 30
#define GS_PLACE_NUMBER_BITS 33
static_assert(GS_XML_SIZE_MAX <= (size_t)1 << GS_PLACE_OFFSET_BITS,
        "every offset has its bits");
static_assert(sizeof(uintptr_t) == sizeof(uint64_t), "a place fits a pointer");

static inline struct gs_place gs_place_of(const xmlNode *element)
{
    uint64_t bits = (uint64_t)(uintptr_t)element->_private;
    return (struct gs_place){
            .offset = bits & ((UINT64_C(1) << GS_PLACE_OFFSET_BITS) - 1),
            .number = bits >> GS_PLACE_OFFSET_BITS
                    & ((UINT64_C(1) << GS_PLACE_NUMBER_BITS) - 1),
            .has_next = bits >> 63 != 0,
    };
}

static inline void gs_place_set(xmlNode *element, struct gs_place place)
{
    uint64_t bits = place.offset | place.number << GS_PLACE_OFFSET_BITS
            | (uint64_t)place.has_next << 63;
    element->_private = (void *)(uintptr_t)bits;
}

static inline const struct gs_node *gs_node_from_xml(const xmlNode *node)
{
    return (const struct gs_node *)(const void *)node;
}

#endif
