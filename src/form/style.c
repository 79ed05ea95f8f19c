/*
 * Looks: the cascade of style attributes.
 *
 * An element's look is its parent's, overridden by what its kind brings along
 * (h1 to h3, th, td), by the style it names with all that one is like, by its
 * own attributes.  Values are kept as texts until the size is known.
 */
#include "form/compile.h"

#include "base/arena.h"
#include "form/attr.h"
#include "xml/xml.h"

#define DEFAULT_SIZE GS_PT(12)

static const struct gs_look base_look = {
        .values = {
                [GS_LOOK_FONT] = "song",
                [GS_LOOK_LATIN] = "none",
                [GS_LOOK_SIZE] = "小四",
                [GS_LOOK_BOLD] = "no",
                [GS_LOOK_UNDERLINE] = "no",
                [GS_LOOK_COLOR] = "black",
                [GS_LOOK_LETTER_SPACING] = "0",
                [GS_LOOK_LINE] = "1.3",
                [GS_LOOK_ALIGN] = "left",
                [GS_LOOK_FRACTION] = "as-entered",
                [GS_LOOK_INDENT] = "0",
                [GS_LOOK_LEFT] = "0",
                [GS_LOOK_RIGHT] = "0",
                [GS_LOOK_SPACE_BEFORE] = "0",
                [GS_LOOK_SPACE_AFTER] = "0",
                [GS_LOOK_STACK] = "no",
                [GS_LOOK_ROTATE] = "0",
                [GS_LOOK_SHRINK] = "no",
                [GS_LOOK_GAP] = NULL, /* as the text asks for it */
                [GS_LOOK_HANGING] = "no",
                [GS_LOOK_LINE_BREAK] = "gb",
                [GS_LOOK_MARKS] = "normal",
                [GS_LOOK_ORPHANS] = "1",
                [GS_LOOK_WIDOWS] = "1",
                [GS_LOOK_PADDING] = "1mm 1.5mm",
                [GS_LOOK_VALIGN] = "middle",
                [GS_LOOK_BORDER_TOP] = "0.5pt",
                [GS_LOOK_BORDER_RIGHT] = "0.5pt",
                [GS_LOOK_BORDER_BOTTOM] = "0.5pt",
                [GS_LOOK_BORDER_LEFT] = "0.5pt",
                [GS_LOOK_BACKGROUND] = "none",
                [GS_LOOK_DIAGONAL] = "none",
        },
        .size = DEFAULT_SIZE,
};

/* What an element's kind brings along, before the style of its name. */
static const struct {
    enum gs_element element;
    struct gs_look look;
} kinds[] = {
        {GS_ELEMENT_H1, {.values = {
                [GS_LOOK_FONT] = "hei",
                [GS_LOOK_SIZE] = "小二",
                [GS_LOOK_ALIGN] = "center",
                [GS_LOOK_LINE] = "1.4",
                [GS_LOOK_SPACE_AFTER] = "6pt",
        }}},
        {GS_ELEMENT_H2, {.values = {
                [GS_LOOK_FONT] = "hei",
                [GS_LOOK_SIZE] = "四号",
                [GS_LOOK_ALIGN] = "center",
        }}},
        {GS_ELEMENT_H3, {.values = {
                [GS_LOOK_FONT] = "hei",
                [GS_LOOK_SIZE] = "小四",
                [GS_LOOK_ALIGN] = "left",
                [GS_LOOK_FRACTION] = "as-entered",
        }}},
        {GS_ELEMENT_TH, {.values = {
                [GS_LOOK_ALIGN] = "center",
                [GS_LOOK_VALIGN] = "middle",
        }}},
        {GS_ELEMENT_TD, {.values = {NULL}}},
};

/* --- the cascade ----------------------------------------------------------- */

static void set_value(
        struct gs_look *look, enum gs_style_attribute attribute, const char *text)
{
    if (attribute == GS_LOOK_BORDER) {
        for (int edge = GS_LOOK_BORDER_TOP; edge <= GS_LOOK_BORDER_LEFT;
                edge++) {
            look->values[edge] = text;
        }
        return;
    }
    look->values[attribute] = text;
}

static void overlay(struct gs_look *look, const struct gs_look *over)
{
    for (int i = 0; i < GS_LOOK_COUNT; i++) {
        if (over->values[i] != NULL) {
            set_value(look, (enum gs_style_attribute)i, over->values[i]);
        }
    }
    if (over->values[GS_LOOK_SIZE] != NULL) { /* em: of the size around it */
        gs_len size;
        if (gs_len_parse(over->values[GS_LOOK_SIZE], look->size, &size)
                && size >= GS_PT(1) && size <= GS_PT(1000)) {
            look->size = size;
        }
    }
}

/* The style attributes of an element that its rule leaves to its look. */
static bool read_attributes(const struct gs_node *node,
        const struct gs_element_rule *rule, struct gs_look *out)
{
    bool any = false;
    if ((rule->sets & GS_SET_LOOK) == 0) {
        return false;
    }
    for (int i = 0; i < GS_LOOK_COUNT; i++) {
        const struct gs_attribute_rule *look = &gs_look_rules[i];
        const char *text = gs_node_find_attribute(node, look->name);
        if (text != NULL && gs_grammar_attribute(rule, look->name) == look
                && gs_value_is_good(look, text)) {
            set_value(out, (enum gs_style_attribute)i, text);
            any = true;
        }
    }
    return any;
}

/* --- definitions ----------------------------------------------------------- */

/* The style that this one is like, or NULL. */
static struct gs_style_def *find_like(
        struct gs_compiler *compiler, const struct gs_style_def *style)
{
    const char *like = gs_node_find_attribute(style->node, "like");
    if (like == NULL) {
        return NULL;
    }
    struct gs_style_def *other = g_hash_table_lookup(compiler->styles, like);
    if (other == NULL) {
        gs_report_name(compiler, GS_DIAG_UNKNOWN_STYLE, style->node, "like",
                compiler->styles, NULL);
    } else if (other->state == GS_STYLE_OPEN) {
        gs_report_value(compiler, GS_DIAG_CYCLE, style->node, "like",
                GS_ARGS("style", like));
        other = NULL;
    }
    return other;
}

/* Not by recursion: a file may hold a long chain of styles. */
static void resolve(struct gs_compiler *compiler, struct gs_style_def *style)
{
    GPtrArray *chain = g_ptr_array_new();
    while (style != NULL && style->state == GS_STYLE_NEW) {
        style->state = GS_STYLE_OPEN;
        g_ptr_array_add(chain, style);
        style = find_like(compiler, style);
    }
    for (guint i = chain->len; i > 0; i--) {
        struct gs_style_def *def = g_ptr_array_index(chain, i - 1);
        if (style != NULL) {
            def->look = style->look;
        }
        read_attributes(def->node, &gs_grammar[GS_ELEMENT_STYLE], &def->look);
        def->state = GS_STYLE_DONE;
        style = def;
    }
    g_ptr_array_free(chain, TRUE);
}

void gs_styles_resolve(struct gs_compiler *compiler)
{
    for (guint i = 0; i < compiler->style_list->len; i++) {
        resolve(compiler, g_ptr_array_index(compiler->style_list, i));
    }
}

/* --- working out ----------------------------------------------------------- */

static const char *value_of(
        const struct gs_look *look, enum gs_style_attribute attribute)
{
    return look->values[attribute];
}

static gs_len length_of(
        const struct gs_look *look, enum gs_style_attribute attribute)
{
    gs_len value = 0;
    gs_len_parse(value_of(look, attribute), look->size, &value);
    return value;
}

static int word_of(
        const struct gs_look *look, enum gs_style_attribute attribute)
{
    int word = 0;
    gs_read_word(
            value_of(look, attribute), gs_look_rules[attribute].words, &word);
    return word;
}

static bool is_yes(
        const struct gs_look *look, enum gs_style_attribute attribute)
{
    return word_of(look, attribute) == 0;
}

static unsigned count_of(
        const struct gs_look *look, enum gs_style_attribute attribute)
{
    const struct gs_attribute_rule *rule = &gs_look_rules[attribute];
    long value = rule->least;
    gs_read_integer(
            value_of(look, attribute), rule->least, rule->most, &value);
    return (unsigned)value;
}

/* A role, as the word of the grammar: it outlives the file it came from. */
static const char *role_of(
        const struct gs_look *look, enum gs_style_attribute attribute)
{
    return gs_look_rules[attribute].words[word_of(look, attribute)];
}

static void work_out_text(const struct gs_look *look, struct gs_text_style *out)
{
    out->font = role_of(look, GS_LOOK_FONT);
    if (g_strcmp0(value_of(look, GS_LOOK_LATIN), "none") != 0) {
        out->latin = role_of(look, GS_LOOK_LATIN);
    }
    out->size = look->size;
    out->bold = is_yes(look, GS_LOOK_BOLD);
    out->underline = is_yes(look, GS_LOOK_UNDERLINE);
    gs_read_color(value_of(look, GS_LOOK_COLOR), &out->color);
    out->letter_spacing = length_of(look, GS_LOOK_LETTER_SPACING);
}

static void work_out_para(const struct gs_look *look, struct gs_para_style *out)
{
    out->line_height = look->size;
    gs_read_line_height(
            value_of(look, GS_LOOK_LINE), look->size, &out->line_height);
    out->align = (enum gs_align)word_of(look, GS_LOOK_ALIGN);
    gs_read_decimals(value_of(look, GS_LOOK_FRACTION), &out->fraction);
    out->indent = length_of(look, GS_LOOK_INDENT);
    out->left = length_of(look, GS_LOOK_LEFT);
    out->right = length_of(look, GS_LOOK_RIGHT);
    out->space_before = length_of(look, GS_LOOK_SPACE_BEFORE);
    out->space_after = length_of(look, GS_LOOK_SPACE_AFTER);
    out->stacked = is_yes(look, GS_LOOK_STACK);
    out->rotated = word_of(look, GS_LOOK_ROTATE) != 0;
    out->shrink = is_yes(look, GS_LOOK_SHRINK);
    out->gap = value_of(look, GS_LOOK_GAP) != NULL
            ? length_of(look, GS_LOOK_GAP)
            : GS_GAP_AUTO;
    out->hanging = is_yes(look, GS_LOOK_HANGING);
    out->line_break = (enum gs_line_break)word_of(look, GS_LOOK_LINE_BREAK);
    out->tight_marks = word_of(look, GS_LOOK_MARKS) != 0;
    out->orphans = count_of(look, GS_LOOK_ORPHANS);
    out->widows = count_of(look, GS_LOOK_WIDOWS);
}

static void work_out_cell(const struct gs_look *look, struct gs_cell_style *out)
{
    static const enum gs_style_attribute edges[GS_EDGE_COUNT] = {
            [GS_TOP] = GS_LOOK_BORDER_TOP,
            [GS_RIGHT] = GS_LOOK_BORDER_RIGHT,
            [GS_BOTTOM] = GS_LOOK_BORDER_BOTTOM,
            [GS_LEFT] = GS_LOOK_BORDER_LEFT,
    };
    gs_read_edges(value_of(look, GS_LOOK_PADDING), look->size, &out->padding);
    out->valign = (enum gs_valign)word_of(look, GS_LOOK_VALIGN);
    for (int edge = 0; edge < GS_EDGE_COUNT; edge++) {
        gs_read_rule(
                value_of(look, edges[edge]), look->size, &out->rules[edge]);
    }
    gs_read_background(value_of(look, GS_LOOK_BACKGROUND),
            &out->has_background, &out->background);
    out->diagonal = (enum gs_diagonal)word_of(look, GS_LOOK_DIAGONAL);
}

const struct gs_style *gs_look_work_out(
        struct gs_compiler *compiler, const struct gs_look *look)
{
    struct gs_style *style = GS_MAKE(compiler->arena, struct gs_style);
    work_out_text(look, &style->text);
    work_out_para(look, &style->para);
    work_out_cell(look, &style->cell);
    return style;
}

const struct gs_look *gs_look_base(void)
{
    return &base_look;
}

/* --- sites ----------------------------------------------------------------- */

/* The site's look with another laid over it. */
static void apply(struct gs_compiler *compiler, struct gs_site *site,
        const struct gs_look *over)
{
    struct gs_look *look = GS_MAKE(compiler->arena, struct gs_look);
    *look = *site->look;
    overlay(look, over);
    site->look = look;
}

static bool apply_kind(struct gs_compiler *compiler, struct gs_site *site,
        const struct gs_element_rule *rule)
{
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (kinds[i].element != rule->element) {
            continue;
        }
        const struct gs_style_def *named =
                g_hash_table_lookup(compiler->styles, rule->name);
        apply(compiler, site, &kinds[i].look);
        if (named != NULL) {
            apply(compiler, site, &named->look);
        }
        return true;
    }
    return false;
}

static bool apply_name(struct gs_compiler *compiler, struct gs_site *site,
        const struct gs_node *node, const char *attribute)
{
    const char *name = gs_node_find_attribute(node, attribute);
    if (name == NULL) {
        return false;
    }
    const struct gs_style_def *def =
            g_hash_table_lookup(compiler->styles, name);
    if (def == NULL) {
        gs_report_name(compiler, GS_DIAG_UNKNOWN_STYLE, node, attribute,
                compiler->styles, NULL);
        return false;
    }
    apply(compiler, site, &def->look);
    return true;
}

void gs_look_enter(struct gs_compiler *compiler, struct gs_site *site,
        const struct gs_node *node, const struct gs_element_rule *rule)
{
    struct gs_look own = {0};
    bool changed = apply_kind(compiler, site, rule);

    if ((rule->sets & GS_SET_STYLE) != 0) {
        changed |= apply_name(compiler, site, node, "style");
    }
    if (read_attributes(node, rule, &own)) {
        apply(compiler, site, &own);
        changed = true;
    }
    if (changed) {
        site->style = gs_look_work_out(compiler, site->look);
    }
}

void gs_look_set(struct gs_compiler *compiler, struct gs_site *site,
        enum gs_style_attribute attribute, const char *value)
{
    struct gs_look own = {0};
    set_value(&own, attribute, value);
    apply(compiler, site, &own);
    site->style = gs_look_work_out(compiler, site->look);
}

void gs_look_name(struct gs_compiler *compiler, struct gs_site *site,
        const struct gs_node *node, const char *attribute)
{
    if (apply_name(compiler, site, node, attribute)) {
        site->style = gs_look_work_out(compiler, site->look);
    }
}
