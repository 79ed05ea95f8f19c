/*
 * What an element or fragment holds, looked at before it is compiled: a cell has
 * to know whether it holds blocks, and a fragment that nothing includes has to
 * be checked as something.
 *
 * Looks through control elements and into included fragments, each once.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "xml/xml.h"

struct survey {
    unsigned places; /* in all of which the content may stand */
    bool has_blocks;
};

static void survey_children(struct gs_compiler *compiler,
        const struct gs_node *node, struct survey *out);

static void survey_fragment(
        struct gs_compiler *compiler, struct gs_fragment_def *fragment)
{
    if (fragment->surveyed != GS_SURVEY_NEW) {
        return;
    }
    struct survey survey = {~0u, false};
    fragment->surveyed = GS_SURVEY_OPEN;
    fragment->places = survey.places; /* seen by a fragment of a cycle */
    if (++compiler->includes < GS_FORM_INCLUDES_MAX) {
        survey_children(compiler, fragment->node, &survey);
    }
    compiler->includes--;
    fragment->places = survey.places;
    fragment->has_blocks = survey.has_blocks;
    fragment->surveyed = GS_SURVEY_DONE;
}

static void survey_element(struct gs_compiler *compiler,
        const struct gs_node *node, struct survey *out)
{
    const struct gs_element_rule *rule = gs_grammar_find(gs_node_name(node));
    if (rule == NULL) {
        return;
    }
    if (rule->element == GS_ELEMENT_INCLUDE) {
        const char *name = gs_node_find_attribute(node, "fragment");
        struct gs_fragment_def *fragment = name != NULL
                ? g_hash_table_lookup(compiler->fragments, name)
                : NULL;
        if (fragment != NULL) {
            survey_fragment(compiler, fragment);
            out->places &= fragment->places;
            out->has_blocks |= fragment->has_blocks;
        }
    } else if (rule->content == GS_PLACE_SAME
            || rule->element == GS_ELEMENT_CHOOSE) {
        survey_children(compiler, node, out);
    } else if (rule->element != GS_ELEMENT_LET
            && rule->element != GS_ELEMENT_PARAM) {
        out->places &= rule->places;
        out->has_blocks |= (rule->places & GS_PLACE_BLOCKS) != 0;
    }
}

static void survey_children(struct gs_compiler *compiler,
        const struct gs_node *node, struct survey *out)
{
    const struct gs_node *child = gs_node_first_child(node);
    for (; child != NULL; child = gs_node_next(child)) {
        if (gs_node_kind(child) == GS_NODE_ELEMENT) {
            survey_element(compiler, child, out);
        } else if (!gs_is_blank(gs_node_text(compiler->arena, child))) {
            out->places &= GS_PLACE_INLINE;
        }
    }
}

bool gs_has_blocks(struct gs_compiler *compiler, const struct gs_node *node)
{
    struct survey survey = {~0u, false};
    survey_children(compiler, node, &survey);
    return survey.has_blocks;
}

unsigned gs_fragment_place(
        struct gs_compiler *compiler, struct gs_fragment_def *fragment)
{
    /* The most open ones first: what is in <body> may hold a section. */
    static const unsigned places[] = {GS_PLACE_BODY, GS_PLACE_TABLE,
            GS_PLACE_GROUP, GS_PLACE_INLINE, GS_PLACE_BLOCKS,
            GS_PLACE_RUNNING};
    survey_fragment(compiler, fragment);
    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        if ((fragment->places & places[i]) != 0) {
            return places[i];
        }
    }
    return 0;
}
