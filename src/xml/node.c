/*
 * Nodes: walking the tree, names, values, paths.
 */
#include <assert.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/digits.h"
#include "xml/tree.h"

static const struct gs_node *wrap(const xmlNode *node)
{
    return gs_node_from_xml(node);
}

static bool is_element(const xmlNode *node)
{
    return node->type == XML_ELEMENT_NODE;
}

/* A value without entities is one text node, or none where it is empty. */
static const char *attribute_value(const xmlNode *attribute)
{
    const xmlNode *text = attribute->children;
    return text != NULL && text->content != NULL ? (const char *)text->content
                                                 : "";
}

enum gs_node_kind gs_node_kind(const struct gs_node *node)
{
    const xmlNode *raw = gs_node_xml(node);
    if (raw->type == XML_ATTRIBUTE_NODE) {
        return GS_NODE_ATTRIBUTE;
    }
    assert(is_element(raw) || raw->type == XML_TEXT_NODE);
    return is_element(raw) ? GS_NODE_ELEMENT : GS_NODE_TEXT;
}

const char *gs_node_name(const struct gs_node *node)
{
    const xmlNode *raw = gs_node_xml(node);
    return raw->type == XML_TEXT_NODE ? "" : (const char *)raw->name;
}

const char *gs_node_namespace(const struct gs_node *node)
{
    const xmlNode *raw = gs_node_xml(node);
    if (raw->type == XML_TEXT_NODE || raw->ns == NULL ||
            raw->ns->href == NULL) {
        return "";
    }
    return (const char *)raw->ns->href;
}

const struct gs_node *gs_node_first_child(const struct gs_node *node)
{
    const xmlNode *raw = gs_node_xml(node);
    return is_element(raw) ? wrap(raw->children) : NULL;
}

const struct gs_node *gs_node_next(const struct gs_node *node)
{
    return wrap(gs_node_xml(node)->next);
}

const struct gs_node *gs_node_parent(const struct gs_node *node)
{
    const xmlNode *parent = gs_node_xml(node)->parent;
    return is_element(parent) ? wrap(parent) : NULL;
}

const struct gs_node *gs_node_first_attribute(const struct gs_node *node)
{
    const xmlNode *raw = gs_node_xml(node);
    return is_element(raw)
            ? wrap((const xmlNode *)(const void *)raw->properties)
            : NULL;
}

const char *gs_node_find_attribute(const struct gs_node *node, const char *name)
{
    const struct gs_node *at = gs_node_first_attribute(node);
    for (; at != NULL; at = gs_node_next(at)) {
        if (gs_node_xml(at)->ns == NULL &&
                strcmp(gs_node_name(at), name) == 0) {
            return attribute_value(gs_node_xml(at));
        }
    }
    return NULL;
}

/* The node after `at` in document order inside `top`, or NULL. */
static const xmlNode *next_inside(const xmlNode *at, const xmlNode *top)
{
    if (is_element(at) && at->children != NULL) {
        return at->children;
    }
    while (at != top && at->next == NULL) {
        at = at->parent;
    }
    return at == top ? NULL : at->next;
}

const char *gs_node_text(struct gs_arena *arena, const struct gs_node *node)
{
    const xmlNode *raw = gs_node_xml(node);
    if (raw->type == XML_ATTRIBUTE_NODE) {
        return attribute_value(raw);
    }
    if (!is_element(raw)) {
        return (const char *)raw->content;
    }
    const xmlNode *only = raw->children;
    if (only == NULL) {
        return "";
    }
    if (only->next == NULL && !is_element(only)) {
        return (const char *)only->content;
    }
    GString *text = g_string_new(NULL);
    for (const xmlNode *at = raw; at != NULL; at = next_inside(at, raw)) {
        if (!is_element(at)) {
            g_string_append(text, (const char *)at->content);
        }
    }
    char *kept = gs_arena_strndup(arena, text->str, text->len);
    g_string_free(text, TRUE);
    return kept;
}

/*
 * A path, written from its end on: room for all but the longest, so that one goes up
 * the tree once.  Each value that is bound has a path.
 */
struct path_end {
    char *at; /* of what there is */
    char *begin; /* of the room */
    size_t size; /* with what did not fit: then one goes up again */
};

static void prepend(struct path_end *path, const char *bytes, size_t size)
{
    path->size += size;
    if ((size_t)(path->at - path->begin) >= size) {
        path->at -= size;
        memcpy(path->at, bytes, size);
    }
}

/* [12] */
static void prepend_index(struct path_end *path, uint64_t number)
{
    char digits[GS_DIGITS_MAX + 2], *end = digits + sizeof digits;
    end[-1] = ']';
    char *at = gs_digits_before(end - 1, number);
    *--at = '[';
    prepend(path, at, (size_t)(end - at));
}

static void prepend_path(struct path_end *path, const xmlNode *at)
{
    if (at->type == XML_ATTRIBUTE_NODE) {
        prepend(path, (const char *)at->name, strlen((const char *)at->name));
        prepend(path, "/@", 2);
        at = at->parent;
    } else if (!is_element(at)) {
        prepend(path, "/text()", 7);
        at = at->parent;
    }
    for (; is_element(at); at = at->parent) {
        const struct gs_place place = gs_place_of(at);
        if (place.number > 1 || place.has_next) {
            prepend_index(path, place.number);
        }
        prepend(path, (const char *)at->name, strlen((const char *)at->name));
        prepend(path, "/", 1);
    }
}

char *gs_node_path(struct gs_arena *arena, const struct gs_node *node)
{
    char room[256];
    struct path_end path = {room + sizeof room, room, 0};
    prepend_path(&path, gs_node_xml(node));
    if (path.size <= sizeof room) {
        return gs_arena_strndup(arena, path.at, path.size);
    }
    char *text = gs_arena_alloc(arena, path.size + 1);
    path = (struct path_end){text + path.size, text, 0};
    prepend_path(&path, gs_node_xml(node));
    return text;
}
