/*
 * Records one by one: for data too long to be held as a whole.
 *
 * A skeleton is the tree of a file without the elements that some paths find; text
 * between those is left out too.  A reader then goes through the file again and
 * builds them in their places in the skeleton, one after the other, each for as long
 * as somebody needs it.  Names, places and paths of nodes are what they are in the
 * whole tree.
 */
#ifndef GS_XML_RECORDS_H
#define GS_XML_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "xml/xml.h"
#include "xml/xpath.h"

struct gs_records;

/*
 * The text of a file, not yet read as XML.  NULL, and nothing is reported, where it
 * is shorter than `least`, no regular file or not in UTF-8: it is then to be loaded
 * as a whole.
 */
struct gs_xml *gs_xml_open(
        struct gs_arena *arena, const char *path, size_t least);

/* As gs_xml_find_instruction(), of a text not yet read. */
const char *gs_xml_peek_instruction(struct gs_arena *arena,
        const struct gs_xml *xml, const char *target, struct gs_loc *loc);

/*
 * Reads its skeleton: without what the paths find, seen from the root.  They are
 * plain (gs_xpath_is_records()), and none within another; of more than 32 the rest
 * is read as a whole.  False after diagnostics.
 */
bool gs_xml_read_skeleton(struct gs_arena *arena, struct gs_xml *xml,
        const struct gs_xpath *const *paths, size_t count,
        struct gs_diag *diag);

/* Whether it is a skeleton without what the path finds. */
bool gs_xml_has_records(const struct gs_xml *xml, const struct gs_xpath *path);

/* From the first record on. */
struct gs_records *gs_records_new(const struct gs_xml *xml,
        const struct gs_xpath *path, struct gs_diag *diag);
void gs_records_free(struct gs_records *records); /* NULL is fine */

/*
 * The next record, the caller's to drop or to give to an arena, with which it goes.
 * NULL at the end, and after diagnostics.
 */
const struct gs_node *gs_records_next(struct gs_records *records);
void gs_records_drop(const struct gs_node *record); /* NULL is fine */
void gs_records_give(const struct gs_node *record, struct gs_arena *arena);

#endif
