/*
 * Located XML: trees whose every element, attribute and text knows its line and
 * column.  The only room, with xpath.h, that knows libxml2.
 *
 * Input is hostile until checked: no network, no DTD subset, no external or
 * expanded entities, limits on size, depth and text.  Anything libxml2 supports
 * as encoding is accepted (GB18030 among them) and turned into UTF-8 first, so
 * that places are exact.
 *
 * Trees live in the arena they were loaded into.  Nodes are borrowed from them
 * and are never NULL unless said so.
 */
#ifndef GS_XML_XML_H
#define GS_XML_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct gs_arena;
struct gs_node; /* element, attribute or text */
struct gs_xml;

/* Bounds on what is read; every one of them is a diagnostic. */
#define GS_XML_SIZE_MAX ((size_t)512 << 20)
#define GS_XML_DEPTH_MAX 256
#define GS_XML_TEXT_MAX ((size_t)8 << 20) /* one text node or attribute */
#define GS_XML_NODES_MAX 8000000 /* about 1 GB of tree */

/* From a file ("-" is standard input), or from memory under a given name. */
const struct gs_xml *gs_xml_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag);
const struct gs_xml *gs_xml_parse(struct gs_arena *arena, const char *name,
        const char *bytes, size_t size, struct gs_diag *diag);

const struct gs_source *gs_xml_source(const struct gs_xml *xml);
const struct gs_node *gs_xml_root(const struct gs_xml *xml);

/*
 * The content of the first `<?target content?>` before the root, or NULL; *loc
 * is where the content begins.
 */
const char *gs_xml_find_instruction(
        const struct gs_xml *xml, const char *target, struct gs_loc *loc);

enum gs_node_kind { GS_NODE_ELEMENT, GS_NODE_TEXT, GS_NODE_ATTRIBUTE };
enum gs_node_kind gs_node_kind(const struct gs_node *node);

/* Local name of an element or attribute; "" for text. */
const char *gs_node_name(const struct gs_node *node);
const char *gs_node_namespace(const struct gs_node *node); /* "" for none */

/* Elements, attributes aside, in document order; comments are not there. */
const struct gs_node *gs_node_first_child(const struct gs_node *node);
const struct gs_node *gs_node_next(const struct gs_node *node);
const struct gs_node *gs_node_parent(const struct gs_node *node);
const struct gs_node *gs_node_first_attribute(const struct gs_node *node);

/* The value of an attribute without namespace, or NULL. */
const char *gs_node_find_attribute(
        const struct gs_node *node, const char *name);

/* Text and attribute values as they stand; string value of an element. */
const char *gs_node_text(struct gs_arena *arena, const struct gs_node *node);

/*
 * Where a node begins: an element at its '<', an attribute at its name, a text
 * at its first character.
 */
struct gs_loc gs_node_loc(const struct gs_node *node);

/*
 * The place of byte `offset` of the value of an attribute or of a text node.
 * Exact unless character references come before it; then the begin of the value.
 */
struct gs_loc gs_node_value_loc(const struct gs_node *node, size_t offset);

/* The place of an element's attribute value, as above. */
struct gs_loc gs_node_attribute_loc(
        const struct gs_node *node, const char *name, size_t offset);

/* /unit/key_tasks/task[2]/name: as a person would write it. */
char *gs_node_path(struct gs_arena *arena, const struct gs_node *node);

#endif
