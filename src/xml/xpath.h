/*
 * XPath 1.0 expressions, compiled with the layout and evaluated on the data.
 *
 * A path of plain child steps and attributes (`unit/budget/total`, `@name`, `.`)
 * is walked directly, a variable, a number or a text is there already; everything
 * else goes to libxml2.  Beyond XPath 1.0 there is one function, current-group():
 * the records of the group at hand.
 */
#ifndef GS_XML_XPATH_H
#define GS_XML_XPATH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct gs_arena;
struct gs_node;
struct gs_query;
struct gs_xml;
struct gs_xpath;

/*
 * Compiles `text`.  On failure returns NULL, sets *error_offset to the byte of
 * the expression where the parser gave up and *error to its words, fit to be an
 * argument of gs_diag_add() (see GS_WORD); adds no diagnostic.  Found here are
 * also functions that do not exist, namespace prefixes and, where they do not
 * hang on the data, wrong numbers and types of arguments.  Immutable afterwards,
 * shared between threads.
 */
const struct gs_xpath *gs_xpath_compile(struct gs_arena *arena,
        const char *text, size_t *error_offset, const char **error);

const char *gs_xpath_text(const struct gs_xpath *xpath);

/* Names of the `$variables` it uses, NULL-terminated, for checks at compile
 * time. */
const char *const *gs_xpath_variables(const struct gs_xpath *xpath);

/* --- reach (reach.c) --------------------------------------------------------
 *
 * Records that come one by one are not there when another expression asks for
 * them.  So it is told beforehand what an expression may look at, cautiously.
 */

/* Whether it looks at nothing but what is in the node it is evaluated on. */
bool gs_xpath_stays_below(const struct gs_xpath *xpath);

/* Whether it is a plain path of one step or more: fit to find records. */
bool gs_xpath_is_records(const struct gs_xpath *xpath);

/* Whether what a path finds are records, or lies in them; from one node both. */
bool gs_xpath_is_within(
        const struct gs_xpath *xpath, const struct gs_xpath *records);

/*
 * Where an expression leads, that is evaluated `depth` steps down on the way from
 * the root to the records: how deep on that way, or off it, or to records.
 */
#define GS_REACH_ASIDE (-1)
#define GS_REACH_RECORDS (-2)
int gs_xpath_follow(const struct gs_xpath *xpath,
        const struct gs_xpath *records, int depth);

/* Whether a value that is bound so might hold of a record. */
bool gs_xpath_may_see(const struct gs_xpath *xpath,
        const struct gs_xpath *records, int depth);

enum gs_value_kind {
    GS_VALUE_NODES,
    GS_VALUE_STRING,
    GS_VALUE_NUMBER,
    GS_VALUE_BOOLEAN,
};

struct gs_value {
    enum gs_value_kind kind;
    const struct gs_node *const *nodes; /* document order */
    size_t count;
    const char *string;
    double number;
    bool boolean;
};

/* A variable and those outside it. */
struct gs_variable {
    const char *name;
    struct gs_value value;
    const struct gs_variable *outer;
};

/* What an expression is evaluated in. */
struct gs_scope {
    const struct gs_node *node; /* NULL: a blank record, paths find nothing */
    size_t position, size; /* position() from 1, last() */
    const struct gs_variable *variables;
    const struct gs_node *const *group; /* current-group() */
    size_t group_count;
};

/* An evaluator over one tree, for one thread.  Lives in the arena. */
struct gs_query *gs_query_make(
        struct gs_arena *arena, const struct gs_xml *xml);

/* False after a diagnostic at `loc` (unknown variable, limit, type error). */
bool gs_query_eval(struct gs_query *query, struct gs_arena *arena,
        const struct gs_xpath *xpath, const struct gs_scope *scope,
        struct gs_loc loc, struct gs_diag *diag, struct gs_value *out);

/*
 * Where a plain path that finds nothing from `node` gives up: the element it
 * comes to by first children, with the name that it misses there in *step, an
 * attribute's with "@".  NULL for other expressions, and where it finds.
 */
const struct gs_node *gs_xpath_find_stop(const struct gs_xpath *xpath,
        const struct gs_node *node, const char **step);

bool gs_value_is_true(const struct gs_value *value);

/* XPath's string(): the first node's string value; "" for no node. */
const char *gs_value_string(
        struct gs_arena *arena, const struct gs_value *value);

#endif
