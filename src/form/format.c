/*
 * Formats: those of the layout and those that are there without being defined.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "form/near.h"
#include "xml/xml.h"

/* What a format sets that says nothing; texts are never NULL. */
#define PLAIN                                                                  \
    .sign = true, .pattern = "yyyy年M月d日", .blank = "", .with = "*"

static const struct gs_format built_in[] = {
        {PLAIN, .name = "amount", .kind = GS_FORMAT_AMOUNT,
                .amount.decimals = -1, .before = "", .after = ""},
        {PLAIN, .name = "amount2", .kind = GS_FORMAT_AMOUNT,
                .amount.decimals = 2, .before = "", .after = ""},
        {PLAIN, .name = "money", .kind = GS_FORMAT_AMOUNT,
                .amount = {.decimals = 2, .thousands = true}, .before = "",
                .after = ""},
        {PLAIN, .name = "percent", .kind = GS_FORMAT_PERCENT,
                .amount = {.decimals = -1, .power = 2}, .before = "",
                .after = ""},
        {PLAIN, .name = "date", .kind = GS_FORMAT_DATE, .before = "",
                .after = ""},
        {PLAIN, .name = "capital", .kind = GS_FORMAT_CAPITAL, .before = "",
                .after = ""},
        {PLAIN, .name = "一", .kind = GS_FORMAT_NUMBER,
                .number = GS_NUMBER_CHINESE, .before = "", .after = ""},
        {PLAIN, .name = "一、", .kind = GS_FORMAT_NUMBER,
                .number = GS_NUMBER_CHINESE, .before = "", .after = "、"},
        {PLAIN, .name = "（一）", .kind = GS_FORMAT_NUMBER,
                .number = GS_NUMBER_CHINESE, .before = "（", .after = "）"},
        {PLAIN, .name = "1.", .kind = GS_FORMAT_NUMBER, .before = "",
                .after = "."},
        {PLAIN, .name = "1、", .kind = GS_FORMAT_NUMBER, .before = "",
                .after = "、"},
        {PLAIN, .name = "（1）", .kind = GS_FORMAT_NUMBER, .before = "（",
                .after = "）"},
        {PLAIN, .name = "01", .kind = GS_FORMAT_NUMBER,
                .number = GS_NUMBER_PADDED, .before = "", .after = ""},
        {PLAIN, .name = "①", .kind = GS_FORMAT_NUMBER,
                .number = GS_NUMBER_CIRCLED, .before = "", .after = ""},
};

/* --- attributes by kind ---------------------------------------------------- */

#define ON(kind) (1u << GS_FORMAT_##kind)

/* Which kinds an attribute has a meaning for. */
static const struct {
    const char *name;
    unsigned kinds;
} uses[] = {
        {"decimals", ON(AMOUNT) | ON(PERCENT)},
        {"thousands", ON(AMOUNT)},
        {"zero", ON(AMOUNT)},
        {"divide", ON(AMOUNT) | ON(CAPITAL)},
        {"multiply", ON(AMOUNT) | ON(CAPITAL)},
        {"negative", ON(AMOUNT)},
        {"sign", ON(PERCENT)},
        {"of", ON(PERCENT)},
        {"pattern", ON(DATE)},
        {"blank", ON(DATE) | ON(TEXT)},
        {"style", ON(NUMBER)},
        {"before", ON(NUMBER)},
        {"after", ON(NUMBER)},
        {"keep-first", ON(MASK)},
        {"keep-last", ON(MASK)},
        {"with", ON(MASK)},
};

static void check_uses(struct gs_compiler *compiler,
        const struct gs_node *node, enum gs_format_kind kind)
{
    const char *allowed[G_N_ELEMENTS(uses) + 2] = {"name", "kind"};
    size_t count = 2;
    for (size_t i = 0; i < G_N_ELEMENTS(uses); i++) {
        if ((uses[i].kinds & 1u << kind) != 0) {
            allowed[count++] = uses[i].name;
        }
    }
    const char *element = gs_arena_printf(
            compiler->arena, "format kind=\"%s\"", gs_format_words[kind]);
    const struct gs_node *attribute = gs_node_first_attribute(node);
    for (; attribute != NULL; attribute = gs_node_next(attribute)) {
        const char *name = gs_node_name(attribute);
        for (size_t i = 0; i < G_N_ELEMENTS(uses); i++) {
            if (strcmp(uses[i].name, name) == 0
                    && (uses[i].kinds & 1u << kind) == 0) {
                gs_report(compiler, GS_DIAG_UNKNOWN_ATTRIBUTE,
                        gs_node_loc(attribute),
                        GS_ARGS(element, name,
                                gs_join(compiler->arena, allowed, count,
                                        ", ")));
            }
        }
    }
}

/* --- one format ------------------------------------------------------------ */

static const char *text_of(
        const struct gs_node *node, const char *name, const char *fallback)
{
    const char *text = gs_node_find_attribute(node, name);
    return text != NULL ? text : fallback;
}

static int read_power(const struct gs_node *node, enum gs_format_kind kind)
{
    static const char *const of_words[] = {"ratio", "percent", NULL};
    int multiply = 0, divide = 0;

    if (kind == GS_FORMAT_PERCENT) {
        return gs_attr_word(node, "of", of_words, 0) == 0 ? 2 : 0;
    }
    gs_read_power(text_of(node, "multiply", "1"), &multiply);
    gs_read_power(text_of(node, "divide", "1"), &divide);
    return multiply - divide;
}

static const struct gs_format *compile_format(
        struct gs_compiler *compiler, const struct gs_format_def *def)
{
    static const char *const zero_words[] = {"show", "blank", "dash", NULL};
    static const char *const negative_words[] = {
            "minus", "parentheses", NULL};
    const struct gs_node *node = def->node;
    struct gs_format *format = GS_MAKE(compiler->arena, struct gs_format);

    format->name = def->name;
    format->kind = (enum gs_format_kind)gs_attr_word(
            node, "kind", gs_format_words, GS_FORMAT_TEXT);
    format->amount.decimals = -1;
    gs_read_decimals(text_of(node, "decimals", "as-entered"),
            &format->amount.decimals);
    format->amount.thousands = gs_attr_is_yes(node, "thousands", false);
    format->amount.zero =
            (enum gs_zero)gs_attr_word(node, "zero", zero_words, 0);
    format->amount.power = read_power(node, format->kind);
    format->amount.parentheses =
            gs_attr_word(node, "negative", negative_words, 0) == 1;
    format->sign = gs_attr_is_yes(node, "sign", true);
    format->pattern = text_of(node, "pattern", "yyyy年M月d日");
    format->blank = text_of(node, "blank", "");
    format->number = (enum gs_number_style)gs_attr_word(
            node, "style", gs_number_words, GS_NUMBER_ARABIC);
    format->before = text_of(node, "before", "");
    format->after = text_of(node, "after", "");
    format->keep_first =
            (unsigned)gs_attr_integer(node, "keep-first", 0, 1000, 0);
    format->keep_last =
            (unsigned)gs_attr_integer(node, "keep-last", 0, 1000, 0);
    format->with = text_of(node, "with", "*");
    return format;
}

void gs_formats_compile(struct gs_compiler *compiler)
{
    for (guint i = 0; i < compiler->format_list->len; i++) {
        struct gs_format_def *def =
                g_ptr_array_index(compiler->format_list, i);
        def->format = compile_format(compiler, def);
        if (gs_node_find_attribute(def->node, "kind") != NULL) {
            check_uses(compiler, def->node, def->format->kind);
        }
    }
}

const struct gs_format *gs_format_find(
        struct gs_compiler *compiler, const struct gs_node *node)
{
    const char *name = gs_node_find_attribute(node, "format");
    const char *names[G_N_ELEMENTS(built_in) + 1] = {NULL};

    if (name == NULL) {
        return NULL;
    }
    const struct gs_format_def *def =
            g_hash_table_lookup(compiler->formats, name);
    if (def != NULL) {
        return def->format;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(built_in); i++) {
        if (strcmp(built_in[i].name, name) == 0) {
            return &built_in[i];
        }
        names[i] = built_in[i].name;
    }
    gs_report_name(compiler, GS_DIAG_UNKNOWN_FORMAT, node, "format",
            compiler->formats, names);
    return NULL;
}
