/*
 * The compiler of layouts: what its files share.
 *
 * One compiler turns one layout into one form.  Errors go to its diagnostics and
 * compiling goes on, so that all of them are found in one run; whether there
 * were any is asked at the end.  An error in a fragment is told once, however
 * often the fragment is included.
 *
 *   report.c   diagnostics about elements, attributes, names
 *   import.c   files, and the definitions in them (styles, formats, …)
 *   style.c    looks: the cascade of style attributes
 *   format.c   formats           page.c     pages, heads and feet
 *   pattern.c  XPath, patterns, white space of text
 *   columns.c  column lists
 *   survey.c   what a fragment holds, before it is compiled
 *   compile.c  elements: checks, repeats, what each of them becomes:
 *   control.c block.c table.c inline.c total.c
 */
#ifndef GS_FORM_COMPILE_H
#define GS_FORM_COMPILE_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/diag.h"
#include "form/form.h"
#include "form/grammar.h"

struct gs_arena;
struct gs_node;
struct gs_xml;

/* Bounds on what a layout can make; beyond them layout-too-large. */
#define GS_FORM_SIZE_MAX 1048576 /* bytes of one file */
#define GS_FORM_ITEMS_MAX 100000 /* elements, texts, pieces of patterns */
#define GS_FORM_EXPANDED_MAX ((size_t)256 << 20) /* sizes of included files */
#define GS_FORM_DEPTH_MAX 400 /* of nested items, includes expanded */
#define GS_FORM_INCLUDES_MAX 64
#define GS_FORM_FILES_MAX 64
#define GS_FORM_COLUMNS_MAX 256
#define GS_FORM_PARAMS_MAX 64
#define GS_FORM_NAMES_MAX 1000 /* in scope */
#define GS_FORM_PATTERN_MAX 65536 /* bytes of one pattern */
#define GS_FORM_ERRORS_MAX 200 /* no trouble is taken over more */

/* --- definitions ----------------------------------------------------------- */

/*
 * Style attributes as their texts, NULL where not set: lengths in em and line
 * heights by factor can be worked out only when the final size is known.
 */
struct gs_look {
    const char *values[GS_LOOK_COUNT];
    gs_len size; /* worked out; not used in a definition */
};

struct gs_style_def {
    const char *name;
    const struct gs_node *node;
    struct gs_look look; /* with all it is like, from gs_styles_resolve() on */
    enum { GS_STYLE_NEW, GS_STYLE_OPEN, GS_STYLE_DONE } state;
};

struct gs_fragment_def {
    const char *name;
    const struct gs_node *node;
    bool imported;
    bool open; /* being expanded: an include of it is a cycle */
    bool used;
    enum { GS_SURVEY_NEW, GS_SURVEY_OPEN, GS_SURVEY_DONE } surveyed;
    unsigned places;  /* in all of which its content may stand */
    bool has_blocks;  /* blocks of a cell are among it */
};

struct gs_page_def {
    const char *name;
    const struct gs_node *node;
    struct gs_page_form *form;
};

struct gs_format_def {
    const char *name;
    const struct gs_node *node;
    const struct gs_format *format;
};

/* --- compiler -------------------------------------------------------------- */

struct gs_compiler {
    struct gs_arena *arena;
    struct gs_diag *diag;
    size_t errors_before; /* that it held when this began */
    const char *const *path; /* folders of layouts */
    GHashTable *files;       /* canonical path -> itself, once read */
    GPtrArray *reading;      /* canonical paths, outermost first */
    /* name -> struct gs_…_def */
    GHashTable *styles, *formats, *fragments, *pages;
    GPtrArray *style_list, *format_list, *fragment_list, *page_list;
    const struct gs_page_def *first_page; /* of the layout's own, or NULL */
    GHashTable *reported;                 /* "id source line column" */
    GHashTable *xpaths;                   /* text -> what it was compiled to */
    size_t items, expanded;
    unsigned depth, includes;
    bool stopped;       /* a bound was met */
    bool import_failed; /* names it should have brought are not missed */
};

/* A name in scope. */
struct gs_name {
    const char *name;
    const struct gs_name *outer;
    unsigned count; /* of names, this and those outside of it */
};

/*
 * The totals of the table at hand: what its cells add to, and where they are
 * asked for.  Which there are is known only at the table's end.
 */
struct gs_totals {
    GPtrArray *names; /* const char * */
    GArray *wanted; /* the <total>s among its rows (total.c) */
};

/* Where something is compiled. */
struct gs_site {
    unsigned place;               /* open places */
    const struct gs_node *parent; /* the element that opened them */
    const struct gs_look *look;
    const struct gs_style *style; /* the look, worked out */
    const struct gs_format *format; /* of the bindings here, or NULL */
    const struct gs_name *names;
    struct gs_totals *totals; /* of the table it is in, or NULL */
    const struct gs_node *page_rows; /* the <head> or <foot>, if they are */
    bool unused; /* a fragment that is only checked: its place is not known */
};

/* --- report.c -------------------------------------------------------------- */

/* Adds a diagnostic, unless the same one was added for this place before. */
void gs_report(struct gs_compiler *compiler, enum gs_diag_id id,
        struct gs_loc loc, const char *const *args);

/* … at the value of an attribute. */
void gs_report_value(struct gs_compiler *compiler, enum gs_diag_id id,
        const struct gs_node *node, const char *attribute,
        const char *const *args);

/* Whether so much was reported that nothing more is shown. */
bool gs_report_is_full(const struct gs_compiler *compiler);

/*
 * An unknown name, with what there is: %1 name, %2 list, %3 the nearest; `more`
 * are built-in names, NULL-terminated, or NULL.
 */
void gs_report_name(struct gs_compiler *compiler, enum gs_diag_id id,
        const struct gs_node *node, const char *attribute, GHashTable *names,
        const char *const *more);

/*
 * Checks the attributes of an element by its rule: unknown ones, missing ones,
 * bad values of the types that need nothing but their text.
 */
void gs_attr_check(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_element_rule *rule);

/*
 * Whether an element may stand here.  Its rule; NULL for an element that there
 * is not.  One that is only misplaced is reported and still has its rule, so
 * that checking goes on inside of it.
 */
const struct gs_element_rule *gs_element_check(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site);

/* Whether a text is content here: else, unless blank, it is reported. */
bool gs_text_check(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site);

/* --- import.c -------------------------------------------------------------- */

/*
 * Takes in the definitions below a <layout> or <fragments> and, through its
 * imports, those of other files.
 */
void gs_import_root(struct gs_compiler *compiler, const struct gs_node *root,
        const char *folder, bool imported);

/* Whether a file is a layout or fragments file of a size that is compiled. */
bool gs_root_check(struct gs_compiler *compiler, const struct gs_xml *xml,
        const char *name);

/* The folder of a file's name, for what is found beside it; NULL for none. */
const char *gs_folder_of(struct gs_arena *arena, const char *file);

/* --- style.c --------------------------------------------------------------- */

void gs_styles_resolve(struct gs_compiler *compiler);

/* The look where nothing is set. */
const struct gs_look *gs_look_base(void);
const struct gs_style *gs_look_work_out(
        struct gs_compiler *compiler, const struct gs_look *look);

/* Turns the look of a site into that of an element there. */
void gs_look_enter(struct gs_compiler *compiler, struct gs_site *site,
        const struct gs_node *node, const struct gs_element_rule *rule);

/* … with one attribute set, or a named style (the value of `attribute`). */
void gs_look_set(struct gs_compiler *compiler, struct gs_site *site,
        enum gs_style_attribute attribute, const char *value);
void gs_look_name(struct gs_compiler *compiler, struct gs_site *site,
        const struct gs_node *node, const char *attribute);

/* --- format.c, page.c ------------------------------------------------------ */

void gs_formats_compile(struct gs_compiler *compiler);

/* The format that an attribute names, or NULL: absent or unknown. */
const struct gs_format *gs_format_find(
        struct gs_compiler *compiler, const struct gs_node *node);

void gs_pages_compile(struct gs_compiler *compiler);
const struct gs_page_form *gs_page_default(struct gs_compiler *compiler);

/* A <header> or <footer> of `node`, or NULL. */
const struct gs_running_form *gs_running_compile(struct gs_compiler *compiler,
        const struct gs_node *node, const char *name,
        const struct gs_site *site);

/* --- pattern.c ------------------------------------------------------------- */

/* An attribute that is an expression; NULL where absent or wrong. */
const struct gs_xpath *gs_xpath_attribute(struct gs_compiler *compiler,
        const struct gs_node *node, const char *name,
        const struct gs_site *site);

/* An attribute that is a pattern; NULL where absent. */
const struct gs_pattern *gs_pattern_attribute(struct gs_compiler *compiler,
        const struct gs_node *node, const char *name,
        const struct gs_site *site);

/* A text node; false when its white space leaves nothing of it. */
bool gs_pattern_text(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_pattern *out);

/* Whether XML calls all of it white space. */
bool gs_is_blank(const char *text);

/* --- columns.c ------------------------------------------------------------- */

const struct gs_column *gs_columns_compile(struct gs_compiler *compiler,
        const struct gs_node *node, gs_len em, size_t *count);

/* --- compile.c ------------------------------------------------------------- */

/* Reports a bound that was met, and stops compiling. */
void gs_stop(struct gs_compiler *compiler, struct gs_loc loc,
        const char *bound, const char *what);

/* Counts towards GS_FORM_ITEMS_MAX; false once compiling has stopped. */
bool gs_spend(struct gs_compiler *compiler, size_t count, struct gs_loc loc);

/* A new item, added to `out`. */
struct gs_item *gs_item_add(struct gs_compiler *compiler,
        enum gs_item_kind kind, struct gs_loc loc, const struct gs_site *site,
        GPtrArray *out);

/* What its keep-strength says. */
enum gs_strength gs_strength_read(const struct gs_node *node);

/* The rule is that the element stays empty: reports what it holds. */
void gs_check_empty(struct gs_compiler *compiler, const struct gs_node *node);

/* The children of an element, compiled. */
void gs_compile_children(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        GPtrArray *out);
struct gs_items gs_compile_content(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site);
struct gs_items gs_items_take(struct gs_compiler *compiler, GPtrArray *items);

/* The site as it is inside an element: its places open, the names kept. */
struct gs_site gs_site_inside(const struct gs_site *site,
        const struct gs_node *node, unsigned places);
const struct gs_name *gs_name_add(struct gs_compiler *compiler,
        const struct gs_name *outer, const char *name);

/* --- block.c --------------------------------------------------------------- */

/* An <image> or <picture>. */
void gs_picture_read(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_item *item);

/* --- control.c ------------------------------------------------------------- */

/* A repeat by the attributes of a node; `select` is what it calls its path. */
struct gs_each gs_each_read(struct gs_compiler *compiler,
        const struct gs_node *node, const char *select,
        const struct gs_site *site);
const struct gs_name *gs_each_names(
        struct gs_compiler *compiler, const struct gs_name *outer);

/* An IF by the attribute of a node, still without content. */
struct gs_item *gs_condition_add(struct gs_compiler *compiler,
        const struct gs_node *node, const char *attribute,
        const struct gs_site *site, GPtrArray *out);

/* The names in scope after an element: a <let> adds one. */
const struct gs_name *gs_let_names(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_name *names);

/* --- survey.c -------------------------------------------------------------- */

/* Whether the blocks of a cell are among the content of an element. */
bool gs_has_blocks(
        struct gs_compiler *compiler, const struct gs_node *node);

/* A place where all of a fragment's content may stand; 0: none is. */
unsigned gs_fragment_place(
        struct gs_compiler *compiler, struct gs_fragment_def *fragment);

/* --- what elements become -------------------------------------------------- */

/*
 * Each gets an element whose attributes have been checked and whose look the
 * site has already.
 */
void gs_compile_control(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, GPtrArray *out);
void gs_compile_block(struct gs_compiler *compiler, const struct gs_node *node,
        enum gs_element element, const struct gs_site *site, GPtrArray *out);
void gs_compile_table_part(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, GPtrArray *out);
void gs_compile_inline(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, GPtrArray *out);

/* --- total.c --------------------------------------------------------------- */

/* The totals of a table, begun and, when it is compiled, settled. */
void gs_totals_begin(struct gs_totals *totals);
void gs_totals_end(struct gs_compiler *compiler, struct gs_totals *totals,
        struct gs_item *table);

/* sum="" of a cell. */
void gs_sum_compile(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_item *item);

/* <total> */
void gs_total_compile(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_item *item);

/* Fragments of the layout itself that nothing includes, checked all the same. */
void gs_check_unused(
        struct gs_compiler *compiler, const struct gs_site *site);

/* --- streams (stream.c) ------------------------------------------------------ */

/* Marks the tables of a form whose records may come one by one. */
void gs_form_find_streams(struct gs_arena *arena, struct gs_form *form);

#endif
