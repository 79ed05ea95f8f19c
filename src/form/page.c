/*
 * Pages: sizes, margins, heads and feet.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "xml/xml.h"

/* The page where a layout says nothing: A4, upright. */
static struct gs_page_style plain_page(const char *name)
{
    gs_len side = gs_len_from_mm(20), top = gs_len_from_mm(25);
    return (struct gs_page_style){
            .name = name,
            .size = {gs_len_from_mm(210), gs_len_from_mm(297)},
            .margin = {top, side, top, side},
            .header_top = gs_len_from_mm(12),
            .footer_bottom = gs_len_from_mm(12),
    };
}

static struct gs_size turn(struct gs_size size, const struct gs_node *node)
{
    static const char *const words[] = {"portrait", "landscape", NULL};
    int way = gs_attr_word(node, "orientation", words, -1);
    bool is_wide = size.width > size.height;
    return way < 0 || is_wide == (way == 1)
            ? size
            : (struct gs_size){size.height, size.width};
}

const struct gs_running_form *gs_running_compile(struct gs_compiler *compiler,
        const struct gs_node *node, const char *name,
        const struct gs_site *site)
{
    struct gs_running_form *running = NULL;
    const struct gs_node *child = gs_node_first_child(node);
    for (; child != NULL; child = gs_node_next(child)) {
        if (gs_node_kind(child) != GS_NODE_ELEMENT
                || strcmp(gs_node_name(child), name) != 0
                || strcmp(gs_node_namespace(child), GS_LAYOUT_NAMESPACE) != 0) {
            continue;
        }
        if (running != NULL) {
            gs_report(compiler, GS_DIAG_REPEATED_ELEMENT, gs_node_loc(child),
                    GS_ARGS(name, gs_node_name(node)));
            continue;
        }
        const struct gs_element_rule *rule = gs_grammar_find(name);
        struct gs_site inner = *site;
        gs_attr_check(compiler, child, rule);
        gs_look_enter(compiler, &inner, child, rule);
        inner.place = rule->content;
        inner.parent = child;
        inner.format = NULL;
        running = GS_MAKE(compiler->arena, struct gs_running_form);
        running->skip_first = gs_attr_is_yes(child, "skip-first", false);
        running->content = gs_compile_content(compiler, child, &inner);
    }
    return running;
}

/* Nothing but heads and feet stands in a <page>. */
static void check_children(struct gs_compiler *compiler,
        const struct gs_node *node, const struct gs_site *site)
{
    GPtrArray *nothing = g_ptr_array_new();
    struct gs_site inner = *site;
    inner.place = GS_PLACE_PAGE;
    inner.parent = node;
    gs_compile_children(compiler, node, &inner, nothing);
    g_ptr_array_free(nothing, TRUE);
}

static struct gs_page_form *compile_page(
        struct gs_compiler *compiler, const struct gs_page_def *def)
{
    const struct gs_node *node = def->node;
    struct gs_page_form *page = GS_MAKE(compiler->arena, struct gs_page_form);
    struct gs_site site = {
            .parent = node,
            .look = gs_look_base(),
            .style = gs_look_work_out(compiler, gs_look_base()),
    };
    const char *size = gs_node_find_attribute(node, "size");
    const char *margin = gs_node_find_attribute(node, "margin");

    page->name = def->name;
    page->style = plain_page(def->name);
    if (size != NULL) {
        gs_read_page_size(size, &page->style.size);
    }
    page->style.size = turn(page->style.size, node);
    if (margin != NULL) {
        gs_read_edges(margin, site.look->size, &page->style.margin);
    }
    page->style.header_top = gs_attr_length(
            node, "header-top", site.look->size, page->style.header_top);
    page->style.footer_bottom = gs_attr_length(
            node, "footer-bottom", site.look->size, page->style.footer_bottom);
    check_children(compiler, node, &site);
    page->header = gs_running_compile(compiler, node, "header", &site);
    page->footer = gs_running_compile(compiler, node, "footer", &site);
    return page;
}

void gs_pages_compile(struct gs_compiler *compiler)
{
    for (guint i = 0; i < compiler->page_list->len; i++) {
        struct gs_page_def *def = g_ptr_array_index(compiler->page_list, i);
        def->form = compile_page(compiler, def);
    }
}

const struct gs_page_form *gs_page_default(struct gs_compiler *compiler)
{
    if (compiler->first_page != NULL) {
        return compiler->first_page->form;
    }
    if (compiler->page_list->len > 0) {
        const struct gs_page_def *def =
                g_ptr_array_index(compiler->page_list, 0);
        return def->form;
    }
    struct gs_page_form *page = GS_MAKE(compiler->arena, struct gs_page_form);
    page->name = "A4";
    page->style = plain_page(page->name);
    return page;
}
