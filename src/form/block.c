/*
 * Blocks: what each element of the body becomes.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "xml/xml.h"

static gs_len length(const struct gs_node *node, const char *name,
        const struct gs_site *site, gs_len fallback)
{
    return gs_attr_length(node, name, site->look->size, fallback);
}

static enum gs_align align(const struct gs_node *node)
{
    return (enum gs_align)gs_attr_word(
            node, "align", gs_align_words, GS_ALIGN_LEFT);
}

/* --- sections -------------------------------------------------------------- */

static const struct gs_page_form *find_page(
        struct gs_compiler *compiler, const struct gs_node *node)
{
    const char *name = gs_node_find_attribute(node, "page");
    if (name == NULL) {
        return gs_page_default(compiler);
    }
    const struct gs_page_def *def = g_hash_table_lookup(compiler->pages, name);
    if (def == NULL) {
        gs_report_name(compiler, GS_DIAG_UNKNOWN_PAGE, node, "page",
                compiler->pages, NULL);
        return gs_page_default(compiler);
    }
    return def->form;
}

static void compile_section(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    struct gs_site inner = gs_site_inside(
            site, node, gs_grammar[GS_ELEMENT_SECTION].content);
    item->u.section.page = find_page(compiler, node);
    item->u.section.restart = gs_attr_is_yes(node, "restart", false);
    item->u.section.number = (enum gs_number_style)gs_attr_word(
            node, "number", gs_number_words, GS_NUMBER_ARABIC);
    item->u.section.header =
            gs_running_compile(compiler, node, "header", &inner);
    item->u.section.footer =
            gs_running_compile(compiler, node, "footer", &inner);
    item->content = gs_compile_content(compiler, node, &inner);
}

/* --- text ------------------------------------------------------------------ */

/* Amounts are aligned in a column: a paragraph of a cell, and all of it. */
static void check_align(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site, bool in_cell)
{
    if (site->style->para.align == GS_ALIGN_DECIMAL && !in_cell
            && !site->unused) {
        gs_report(compiler, GS_DIAG_DECIMAL_PLACE, gs_node_loc(node),
                GS_ARGS(gs_node_name(node)));
    }
}

static void compile_para(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_element element,
        const struct gs_site *site, struct gs_item *item)
{
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_INLINE);
    bool is_heading = element != GS_ELEMENT_P;
    check_align(compiler, node, site, site->totals != NULL);
    item->u.para.heading =
            is_heading ? (unsigned)(element - GS_ELEMENT_H1) + 1 : 0;
    item->u.para.in_outline =
            is_heading && gs_attr_is_yes(node, "in-outline", true);
    item->u.para.outline =
            gs_pattern_attribute(compiler, node, "outline", site);
    item->u.para.id = gs_pattern_attribute(compiler, node, "id", site);
    item->u.para.keep = (unsigned)gs_attr_word(node, "keep", gs_keep_words,
            is_heading ? GS_KEEP_NEXT : GS_KEEP_NONE);
    item->u.para.strength = gs_strength_read(node);
    item->content = gs_compile_content(compiler, node, &inner);
}

/* The part of a <line> that an element stands for; NULL for no part. */
static struct gs_items *line_part(struct gs_item *item,
        enum gs_element element, const struct gs_style ***style)
{
    if (element == GS_ELEMENT_LEFT) {
        *style = &item->u.line.left_style;
        return &item->u.line.left;
    }
    if (element == GS_ELEMENT_CENTER) {
        *style = &item->u.line.center_style;
        return &item->u.line.center;
    }
    if (element == GS_ELEMENT_RIGHT) {
        *style = &item->u.line.right_style;
        return &item->u.line.right;
    }
    return NULL;
}

static void compile_line_part(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_element_rule *rule,
        const struct gs_site *site, struct gs_item *item)
{
    const struct gs_style **style;
    struct gs_items *part = line_part(item, rule->element, &style);
    gs_attr_check(compiler, node, rule);
    if (part == NULL) {
        return;
    }
    if (*style != NULL) {
        gs_report(compiler, GS_DIAG_REPEATED_ELEMENT, gs_node_loc(node),
                GS_ARGS(rule->name, "line"));
    }
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_INLINE);
    gs_look_set(compiler, &inner, GS_LOOK_ALIGN, rule->name);
    gs_look_enter(compiler, &inner, node, rule);
    check_align(compiler, node, &inner, false);
    *style = inner.style;
    *part = gs_compile_content(compiler, node, &inner);
}

static void compile_line(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_LINE);
    const struct gs_node *child = gs_node_first_child(node);
    for (; child != NULL && gs_spend(compiler, 1, gs_node_loc(child));
            child = gs_node_next(child)) {
        if (gs_node_kind(child) == GS_NODE_TEXT) {
            gs_text_check(compiler, child, &inner);
            continue;
        }
        const struct gs_element_rule *rule =
                gs_element_check(compiler, child, &inner);
        if (rule != NULL) {
            compile_line_part(compiler, child, rule, &inner, item);
        }
    }
    const struct gs_style **styles[] = {&item->u.line.left_style,
            &item->u.line.center_style, &item->u.line.right_style};
    for (size_t i = 0; i < G_N_ELEMENTS(styles); i++) {
        *styles[i] = *styles[i] != NULL ? *styles[i] : site->style;
    }
    item->u.line.keep = (unsigned)gs_attr_word(
            node, "keep", gs_keep_words, GS_KEEP_NONE);
    item->u.line.strength = gs_strength_read(node);
}

/* --- others ---------------------------------------------------------------- */

void gs_picture_read(struct gs_compiler *compiler, const struct gs_node *node,
        const struct gs_site *site, struct gs_item *item)
{
    item->u.image.src = gs_pattern_attribute(compiler, node, "src", site);
    item->u.image.alt = gs_pattern_attribute(compiler, node, "alt", site);
    item->u.image.width = length(node, "width", site, 0);
    item->u.image.height = length(node, "height", site, 0);
    if (gs_node_find_attribute(node, "alt") == NULL) {
        gs_report(compiler, GS_DIAG_PICTURE_WITHOUT_ALT, gs_node_loc(node),
                GS_NO_ARGS);
    }
}

static void compile_image(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    gs_picture_read(compiler, node, site, item);
    item->u.image.align = align(node);
}

static void compile_rule(const struct gs_node *node,
        const struct gs_site *site, struct gs_item *item)
{
    const char *color = gs_node_find_attribute(node, "color");
    struct gs_rule_style style = {
            .kind = GS_RULE_SOLID,
            .width = length(node, "weight", site, GS_PT(1) / 2),
    };
    if (color != NULL) {
        gs_read_color(color, &style.color);
    }
    item->u.rule.style = style;
    item->u.rule.width = length(node, "width", site, 0);
    item->u.rule.align = align(node);
}

static void compile_toc(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    static const char *const names[] = {"style1", "style2", "style3"};
    unsigned levels = (unsigned)gs_attr_integer(node, "levels", 1, 3, 3);
    struct gs_style *styles =
            GS_MAKE_ARRAY(compiler->arena, struct gs_style, levels);
    for (unsigned i = 0; i < G_N_ELEMENTS(names); i++) {
        struct gs_site inner = *site;
        gs_look_name(compiler, &inner, node, names[i]);
        if (i < levels) {
            styles[i] = *inner.style;
        }
    }
    item->u.toc.levels = levels;
    item->u.toc.styles = styles;
}

/* One of top and bottom, one of left and right. */
static void check_placed(struct gs_compiler *compiler,
        const struct gs_node *node, const char *side, const char *opposite)
{
    if (gs_node_find_attribute(node, side) == NULL
            && gs_node_find_attribute(node, opposite) == NULL) {
        gs_report(compiler, GS_DIAG_MISSING_ATTRIBUTE, gs_node_loc(node),
                GS_ARGS("place", side));
    }
}

static void compile_place(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site,
        struct gs_item *item)
{
    struct gs_site inner = gs_site_inside(site, node, GS_PLACE_BLOCKS);
    check_placed(compiler, node, "top", "bottom");
    check_placed(compiler, node, "left", "right");
    item->u.place.at = (struct gs_edges){
            .top = length(node, "top", site, GS_PLACED_NONE),
            .right = length(node, "right", site, GS_PLACED_NONE),
            .bottom = length(node, "bottom", site, GS_PLACED_NONE),
            .left = length(node, "left", site, GS_PLACED_NONE),
    };
    item->u.place.width = length(node, "width", site, GS_PLACED_NONE);
    item->content = gs_compile_content(compiler, node, &inner);
}

static enum gs_item_kind kind_of(enum gs_element element)
{
    static const enum gs_item_kind kinds[GS_ELEMENT_COUNT] = {
            [GS_ELEMENT_SECTION] = GS_ITEM_SECTION,
            [GS_ELEMENT_H1] = GS_ITEM_PARA,
            [GS_ELEMENT_H2] = GS_ITEM_PARA,
            [GS_ELEMENT_H3] = GS_ITEM_PARA,
            [GS_ELEMENT_P] = GS_ITEM_PARA,
            [GS_ELEMENT_LINE] = GS_ITEM_LINE,
            [GS_ELEMENT_TABLE] = GS_ITEM_TABLE,
            [GS_ELEMENT_IMAGE] = GS_ITEM_IMAGE,
            [GS_ELEMENT_RULE] = GS_ITEM_RULE,
            [GS_ELEMENT_SPACE] = GS_ITEM_SPACE,
            [GS_ELEMENT_PAGE_BREAK] = GS_ITEM_PAGE_BREAK,
            [GS_ELEMENT_TOC] = GS_ITEM_TOC,
            [GS_ELEMENT_PLACE] = GS_ITEM_PLACE,
    };
    return kinds[element];
}

void gs_compile_block(struct gs_compiler *compiler, const struct gs_node *node,
        enum gs_element element, const struct gs_site *site, GPtrArray *out)
{
    if (element == GS_ELEMENT_TABLE) {
        gs_compile_table_part(compiler, node, element, site, out);
        return;
    }
    if (element == GS_ELEMENT_LEFT || element == GS_ELEMENT_CENTER
            || element == GS_ELEMENT_RIGHT) {
        return; /* misplaced: a <line> takes its own */
    }
    struct gs_item *item = gs_item_add(
            compiler, kind_of(element), gs_node_loc(node), site, out);
    switch (item->kind) {
    case GS_ITEM_SECTION:
        compile_section(compiler, node, site, item);
        break;
    case GS_ITEM_PARA:
        compile_para(compiler, node, element, site, item);
        break;
    case GS_ITEM_LINE:
        compile_line(compiler, node, site, item);
        break;
    case GS_ITEM_IMAGE:
        compile_image(compiler, node, site, item);
        break;
    case GS_ITEM_RULE:
        compile_rule(node, site, item);
        break;
    case GS_ITEM_SPACE:
        item->u.space = length(node, "height", site, 0);
        break;
    case GS_ITEM_TOC:
        compile_toc(compiler, node, site, item);
        break;
    case GS_ITEM_PLACE:
        compile_place(compiler, node, site, item);
        break;
    default: /* PAGE_BREAK has nothing to it */
        break;
    }
}
