/*
 * Grammar, as grammar.h describes it: the tables.
 */
#include "form/grammar.h"

#include <string.h>

#include <glib.h>

/* --- words ----------------------------------------------------------------- */

#define WORDS(name, ...) const char *const name[] = {__VA_ARGS__, NULL}

WORDS(gs_yes_no, "yes", "no");
WORDS(gs_align_words, "left", "center", "right", "justify", "distribute",
        "decimal");
WORDS(gs_number_words, "arabic", "padded", "chinese", "roman", "ROMAN",
        "circled", "letter");
WORDS(gs_keep_words, "none", "next", "together", "both");
WORDS(gs_strength_words, "weak", "normal", "strong");
WORDS(gs_format_words, "amount", "percent", "date", "capital", "number", "mask",
        "text");

static WORDS(place_align_words, "left", "center", "right");
static WORDS(anchor_words, "start", "center", "end");
static WORDS(valign_words, "top", "middle", "bottom");
static WORDS(diagonal_words, "none", "slash", "cross");
static WORDS(role_words, "song", "fang", "kai", "hei", "xiaobiaosong", "latin");
static WORDS(latin_words, "song", "fang", "kai", "hei", "xiaobiaosong", "latin",
        "none");
static WORDS(orientation_words, "portrait", "landscape");
static WORDS(repeat_words, "all", "last", "none", "later");
static WORDS(foot_words, "last", "pages", "all");
static WORDS(scope_words, "page", "so-far", "brought");
static WORDS(fit_words, "least", "fixed", "shrink", "clip");
static WORDS(overflow_words, "error", "continue");
static WORDS(group_keep_words, "none", "together");
static WORDS(break_words, "before");
static WORDS(marks_words, "normal", "tight");
static WORDS(rotate_words, "0", "90");
static WORDS(line_break_words, "gb", "loose", "strict");
static WORDS(label_words, "flow", "repeat", "repeat-mark");
static WORDS(merge_words, "none", "absent", "equal");
static WORDS(paper_words, "keep", "transparent");
static WORDS(empty_words, "none", "place");
static WORDS(zero_words, "show", "blank", "dash");
static WORDS(negative_words, "minus", "parentheses");
static WORDS(of_words, "ratio", "percent");

/* --- attributes ------------------------------------------------------------ */

/* Bounds of lengths in pt: a page of PDF has at most 14400. */
#define LENGTH_MOST 14400

#define TEXT(name) {name, GS_TYPE_TEXT, false, NULL, 0, 0}
#define NAME(name) {name, GS_TYPE_NAME, true, NULL, 0, 0}
#define VARIABLE(name) {name, GS_TYPE_VARIABLE, true, NULL, 0, 0}
#define REFERENCE(name) {name, GS_TYPE_REFERENCE, false, NULL, 0, 0}
#define XPATH(name, required) {name, GS_TYPE_XPATH, required, NULL, 0, 0}
#define PATTERN(name) {name, GS_TYPE_PATTERN, false, NULL, 0, 0}
#define REQUIRED(name, type) {name, type, true, NULL, 0, 0}
#define TYPED(name, type) {name, type, false, NULL, 0, 0}
#define WORD(name, words) {name, GS_TYPE_WORD, false, words, 0, 0}
#define INTEGER(name, least, most)                                             \
    {name, GS_TYPE_INTEGER, false, NULL, least, most}
#define LENGTH(name) {name, GS_TYPE_LENGTH, false, NULL, 0, LENGTH_MOST}
#define SHIFT(name)                                                            \
    {name, GS_TYPE_LENGTH, false, NULL, -LENGTH_MOST, LENGTH_MOST}
#define END {NULL, GS_TYPE_TEXT, false, NULL, 0, 0}

typedef struct gs_attribute_rule rules[];

const struct gs_attribute_rule gs_look_rules[GS_LOOK_COUNT + 1] = {
        [GS_LOOK_FONT] = WORD("font", role_words),
        [GS_LOOK_LATIN] = WORD("latin", latin_words),
        [GS_LOOK_SIZE] = {"size", GS_TYPE_LENGTH, false, NULL, 1, 1000},
        [GS_LOOK_BOLD] = WORD("bold", gs_yes_no),
        [GS_LOOK_UNDERLINE] = WORD("underline", gs_yes_no),
        [GS_LOOK_COLOR] = TYPED("color", GS_TYPE_COLOR),
        [GS_LOOK_LETTER_SPACING] = SHIFT("letter-spacing"),
        [GS_LOOK_LINE] = TYPED("line", GS_TYPE_LINE),
        [GS_LOOK_ALIGN] = WORD("align", gs_align_words),
        [GS_LOOK_FRACTION] = TYPED("fraction", GS_TYPE_DECIMALS),
        [GS_LOOK_INDENT] = SHIFT("indent"),
        [GS_LOOK_LEFT] = LENGTH("left"),
        [GS_LOOK_RIGHT] = LENGTH("right"),
        [GS_LOOK_SPACE_BEFORE] = LENGTH("space-before"),
        [GS_LOOK_SPACE_AFTER] = LENGTH("space-after"),
        [GS_LOOK_STACK] = WORD("stack", gs_yes_no),
        [GS_LOOK_ROTATE] = WORD("rotate", rotate_words),
        [GS_LOOK_SHRINK] = WORD("shrink", gs_yes_no),
        [GS_LOOK_GAP] = LENGTH("gap"),
        [GS_LOOK_HANGING] = WORD("hanging", gs_yes_no),
        [GS_LOOK_LINE_BREAK] = WORD("line-break", line_break_words),
        [GS_LOOK_MARKS] = WORD("marks", marks_words),
        [GS_LOOK_ORPHANS] = INTEGER("orphans", 1, 1000),
        [GS_LOOK_WIDOWS] = INTEGER("widows", 1, 1000),
        [GS_LOOK_PADDING] = TYPED("padding", GS_TYPE_EDGES),
        [GS_LOOK_VALIGN] = WORD("valign", valign_words),
        [GS_LOOK_BORDER] = TYPED("border", GS_TYPE_RULE),
        [GS_LOOK_BORDER_TOP] = TYPED("border-top", GS_TYPE_RULE),
        [GS_LOOK_BORDER_RIGHT] = TYPED("border-right", GS_TYPE_RULE),
        [GS_LOOK_BORDER_BOTTOM] = TYPED("border-bottom", GS_TYPE_RULE),
        [GS_LOOK_BORDER_LEFT] = TYPED("border-left", GS_TYPE_RULE),
        [GS_LOOK_BACKGROUND] = TYPED("background", GS_TYPE_BACKGROUND),
        [GS_LOOK_DIAGONAL] = WORD("diagonal", diagonal_words),
        [GS_LOOK_COUNT] = END,
};

const struct gs_attribute_rule gs_style_rules[] = {REFERENCE("style"), END};

const struct gs_attribute_rule gs_repeat_rules[] = {
        XPATH("each", false),
        XPATH("by", false),
        INTEGER("least", 0, 10000),
        XPATH("if", false),
        END,
};

static const rules no_attributes = {END};
static const rules root_attributes = {NAME("name"), TYPED("lang", GS_TYPE_LANGUAGE),
        TEXT("description"), END};
static const rules metadata_attributes = {PATTERN("title"), PATTERN("author"),
        PATTERN("subject"), PATTERN("keywords"), PATTERN("number"),
        PATTERN("date"), END};
static const rules import_attributes = {NAME("href"), END};
static const rules style_attributes = {NAME("name"), REFERENCE("like"), END};
static const rules format_attributes = {
        NAME("name"),
        {"kind", GS_TYPE_WORD, true, gs_format_words, 0, 0},
        TYPED("decimals", GS_TYPE_DECIMALS),
        WORD("thousands", gs_yes_no),
        WORD("zero", zero_words),
        TYPED("divide", GS_TYPE_POWER),
        TYPED("multiply", GS_TYPE_POWER),
        WORD("negative", negative_words),
        WORD("sign", gs_yes_no),
        WORD("of", of_words),
        TEXT("pattern"),
        TEXT("blank"),
        WORD("style", gs_number_words),
        TEXT("before"),
        TEXT("after"),
        INTEGER("keep-first", 0, 1000),
        INTEGER("keep-last", 0, 1000),
        TEXT("with"),
        END,
};
static const rules page_attributes = {
        NAME("name"),
        TYPED("size", GS_TYPE_PAGE_SIZE),
        WORD("orientation", orientation_words),
        TYPED("margin", GS_TYPE_EDGES),
        LENGTH("header-top"),
        LENGTH("footer-bottom"),
        END,
};
static const rules running_attributes = {WORD("skip-first", gs_yes_no), END};
static const rules name_attributes = {NAME("name"), END};
static const rules param_attributes = {
        VARIABLE("name"), XPATH("default", false), END};
static const rules section_attributes = {REFERENCE("page"),
        WORD("restart", gs_yes_no), WORD("number", gs_number_words), END};
static const rules heading_attributes = {PATTERN("outline"),
        WORD("in-outline", gs_yes_no), PATTERN("id"),
        WORD("keep", gs_keep_words), WORD("keep-strength", gs_strength_words),
        END};
static const rules para_attributes = {PATTERN("id"),
        WORD("keep", gs_keep_words), WORD("keep-strength", gs_strength_words),
        END};
static const rules line_attributes = {WORD("keep", gs_keep_words),
        WORD("keep-strength", gs_strength_words), END};
static const rules table_attributes = {
        REQUIRED("columns", GS_TYPE_COLUMNS),
        LENGTH("width"),
        WORD("overflow", overflow_words),
        INTEGER("repeat-columns", 0, 255),
        WORD("align", place_align_words),
        TYPED("frame", GS_TYPE_RULE),
        PATTERN("id"),
        {"fill", GS_TYPE_LENGTH, false, NULL, 1, LENGTH_MOST},
        LENGTH("space-before"),
        LENGTH("space-after"),
        END,
};
static const rules image_attributes = {
        REQUIRED("src", GS_TYPE_PATTERN),
        LENGTH("width"),
        LENGTH("height"),
        WORD("align", place_align_words),
        PATTERN("alt"),
        END,
};
static const rules picture_attributes = {
        REQUIRED("src", GS_TYPE_PATTERN),
        LENGTH("width"),
        LENGTH("height"),
        PATTERN("alt"),
        END,
};
static const rules rule_attributes = {
        LENGTH("width"),
        {"weight", GS_TYPE_LENGTH, false, NULL, 0, 100},
        TYPED("color", GS_TYPE_COLOR),
        WORD("align", place_align_words),
        END,
};
static const rules space_attributes = {
        {"height", GS_TYPE_LENGTH, true, NULL, 0, LENGTH_MOST}, END};
static const rules toc_attributes = {INTEGER("levels", 1, 3),
        REFERENCE("style1"), REFERENCE("style2"), REFERENCE("style3"), END};
static const rules place_attributes = {LENGTH("top"), LENGTH("bottom"),
        LENGTH("left"), LENGTH("right"), LENGTH("width"), END};
static const rules head_attributes = {WORD("repeat", repeat_words), END};
static const rules foot_attributes = {WORD("repeat", foot_words), END};
static const rules row_attributes = {
        LENGTH("height"),
        LENGTH("min-height"),
        WORD("fit", fit_words),
        WORD("keep", gs_keep_words),
        WORD("keep-strength", gs_strength_words),
        WORD("break", break_words),
        END,
};
static const rules group_attributes = {WORD("keep", group_keep_words),
        WORD("keep-strength", gs_strength_words), WORD("break", break_words),
        END};
static const rules cell_attributes = {
        PATTERN("colspan"),
        PATTERN("rowspan"),
        WORD("label", label_words),
        PATTERN("mark"),
        WORD("merge", merge_words),
        REFERENCE("format"),
        {"sum", GS_TYPE_NAME, false, NULL, 0, 0},
        END,
};
static const rules span_attributes = {REFERENCE("format"), END};
static const rules value_attributes = {
        XPATH("select", true), REFERENCE("format"), END};
static const rules page_of_attributes = {REQUIRED("id", GS_TYPE_PATTERN), END};
static const rules blank_attributes = {
        {"width", GS_TYPE_LENGTH, true, NULL, 0, LENGTH_MOST},
        WORD("underline", gs_yes_no),
        END,
};
static const rules link_attributes = {REQUIRED("to", GS_TYPE_PATTERN), END};
static const rules seal_attributes = {
        PATTERN("organ"),
        PATTERN("picture"),
        PATTERN("specimen"),
        {"diameter", GS_TYPE_LENGTH, false, NULL, 1, 1000},
        WORD("at", anchor_words),
        SHIFT("dx"),
        SHIFT("dy"),
        WORD("paper", paper_words),
        WORD("empty", empty_words),
        END,
};
static const rules total_attributes = {NAME("of"), WORD("scope", scope_words),
        REFERENCE("format"), END};
static const rules each_attributes = {XPATH("select", true),
        XPATH("by", false), INTEGER("least", 0, 10000), END};
static const rules test_attributes = {XPATH("test", true), END};
static const rules let_attributes = {
        VARIABLE("name"), XPATH("select", true), END};
static const rules include_attributes = {REQUIRED("fragment", GS_TYPE_REFERENCE),
        XPATH("select", false), WORD("optional", gs_yes_no), END};

/* --- elements -------------------------------------------------------------- */

enum {
    TOP = GS_PLACE_LAYOUT | GS_PLACE_FRAGMENTS,
    FLOW = GS_PLACE_BODY | GS_PLACE_SECTION,
    CELLS = GS_PLACE_GROUP | GS_PLACE_ROW,
    CONTROL = FLOW | GS_PLACE_BLOCKS | GS_PLACE_RUNNING | GS_PLACE_TABLE
            | GS_PLACE_ROWS | CELLS | GS_PLACE_INLINE,
    STYLED = GS_SET_STYLE | GS_SET_LOOK,
    BLOCK = STYLED | GS_SET_REPEAT,
};

#define ELEMENT(id, name, places, content, sets, attributes)                   \
    [GS_ELEMENT_##id] = {                                                      \
            name, GS_ELEMENT_##id, places, content, sets, attributes}

const struct gs_element_rule gs_grammar[GS_ELEMENT_COUNT] = {
        /* the file */
        ELEMENT(LAYOUT, "layout", GS_PLACE_ROOT, GS_PLACE_LAYOUT, 0,
                root_attributes),
        ELEMENT(FRAGMENTS, "fragments", GS_PLACE_ROOT, GS_PLACE_FRAGMENTS, 0,
                no_attributes),
        ELEMENT(METADATA, "metadata", GS_PLACE_LAYOUT, 0, 0,
                metadata_attributes),
        ELEMENT(IMPORT, "import", TOP, 0, 0, import_attributes),
        ELEMENT(STYLE, "style", TOP, 0, GS_SET_LOOK, style_attributes),
        ELEMENT(FORMAT, "format", TOP, 0, 0, format_attributes),
        ELEMENT(PAGE, "page", TOP, GS_PLACE_PAGE, 0, page_attributes),
        ELEMENT(HEADER, "header", GS_PLACE_PAGE | GS_PLACE_OWN_PAGE,
                GS_PLACE_RUNNING, STYLED, running_attributes),
        ELEMENT(FOOTER, "footer", GS_PLACE_PAGE | GS_PLACE_OWN_PAGE,
                GS_PLACE_RUNNING, STYLED, running_attributes),
        ELEMENT(FRAGMENT, "fragment", TOP, GS_PLACE_SAME, 0, name_attributes),
        ELEMENT(PARAM, "param", GS_PLACE_FRAGMENT, 0, 0, param_attributes),
        ELEMENT(BODY, "body", GS_PLACE_LAYOUT, GS_PLACE_BODY, STYLED,
                no_attributes),

        /* blocks */
        ELEMENT(SECTION, "section", GS_PLACE_BODY,
                GS_PLACE_SECTION | GS_PLACE_OWN_PAGE, BLOCK,
                section_attributes),
        ELEMENT(H1, "h1", FLOW, GS_PLACE_INLINE, BLOCK, heading_attributes),
        ELEMENT(H2, "h2", FLOW, GS_PLACE_INLINE, BLOCK, heading_attributes),
        ELEMENT(H3, "h3", FLOW, GS_PLACE_INLINE, BLOCK, heading_attributes),
        ELEMENT(P, "p", FLOW | GS_PLACE_BLOCKS | GS_PLACE_RUNNING,
                GS_PLACE_INLINE, BLOCK, para_attributes),
        ELEMENT(LINE, "line", FLOW | GS_PLACE_BLOCKS | GS_PLACE_RUNNING,
                GS_PLACE_LINE, BLOCK, line_attributes),
        ELEMENT(LEFT, "left", GS_PLACE_LINE, GS_PLACE_INLINE, STYLED,
                no_attributes),
        ELEMENT(CENTER, "center", GS_PLACE_LINE, GS_PLACE_INLINE, STYLED,
                no_attributes),
        ELEMENT(RIGHT, "right", GS_PLACE_LINE, GS_PLACE_INLINE, STYLED,
                no_attributes),
        ELEMENT(TABLE, "table", FLOW, GS_PLACE_TABLE, BLOCK, table_attributes),
        ELEMENT(IMAGE, "image", FLOW | GS_PLACE_BLOCKS | GS_PLACE_RUNNING, 0,
                GS_SET_REPEAT, image_attributes),
        ELEMENT(RULE, "rule", FLOW | GS_PLACE_BLOCKS | GS_PLACE_RUNNING, 0,
                GS_SET_REPEAT, rule_attributes),
        ELEMENT(SPACE, "space", FLOW | GS_PLACE_BLOCKS | GS_PLACE_RUNNING, 0,
                GS_SET_REPEAT, space_attributes),
        ELEMENT(PAGE_BREAK, "page-break", FLOW, 0, GS_SET_REPEAT,
                no_attributes),
        ELEMENT(TOC, "toc", FLOW, 0, BLOCK, toc_attributes),
        ELEMENT(PLACE, "place", FLOW | GS_PLACE_RUNNING, GS_PLACE_BLOCKS,
                GS_SET_STYLE | GS_SET_REPEAT, place_attributes),

        /* tables */
        ELEMENT(CONTINUED, "continued", GS_PLACE_TABLE, GS_PLACE_BLOCKS, BLOCK,
                no_attributes),
        ELEMENT(HEAD, "head", GS_PLACE_TABLE, GS_PLACE_ROWS, STYLED,
                head_attributes),
        ELEMENT(FOOT, "foot", GS_PLACE_TABLE, GS_PLACE_ROWS, STYLED,
                foot_attributes),
        ELEMENT(ROW, "row", GS_PLACE_TABLE | GS_PLACE_ROWS | GS_PLACE_GROUP,
                GS_PLACE_ROW, BLOCK, row_attributes),
        ELEMENT(GROUP, "group", GS_PLACE_TABLE | GS_PLACE_GROUP,
                GS_PLACE_GROUP, BLOCK, group_attributes),
        ELEMENT(TH, "th", CELLS, GS_PLACE_INLINE | GS_PLACE_BLOCKS, BLOCK,
                cell_attributes),
        ELEMENT(TD, "td", CELLS, GS_PLACE_INLINE | GS_PLACE_BLOCKS, BLOCK,
                cell_attributes),

        /* inline */
        ELEMENT(SPAN, "span", GS_PLACE_INLINE, GS_PLACE_INLINE, STYLED,
                span_attributes),
        ELEMENT(B, "b", GS_PLACE_INLINE, GS_PLACE_INLINE, 0, no_attributes),
        ELEMENT(BR, "br", GS_PLACE_INLINE, 0, 0, no_attributes),
        ELEMENT(VALUE, "value", GS_PLACE_INLINE, 0, 0, value_attributes),
        ELEMENT(PAGE_NUMBER, "page-number", GS_PLACE_INLINE, 0, 0,
                no_attributes),
        ELEMENT(PAGE_COUNT, "page-count", GS_PLACE_INLINE, 0, 0, no_attributes),
        ELEMENT(PAGE_OF, "page-of", GS_PLACE_INLINE, 0, 0, page_of_attributes),
        ELEMENT(BLANK, "blank", GS_PLACE_INLINE, 0, 0, blank_attributes),
        ELEMENT(LEADER, "leader", GS_PLACE_INLINE, 0, 0, no_attributes),
        ELEMENT(LINK, "link", GS_PLACE_INLINE, GS_PLACE_INLINE, 0,
                link_attributes),
        ELEMENT(PICTURE, "picture", GS_PLACE_INLINE, 0, 0, picture_attributes),
        ELEMENT(SEAL, "seal", GS_PLACE_INLINE, GS_PLACE_INLINE, 0,
                seal_attributes),
        ELEMENT(TOTAL, "total", GS_PLACE_INLINE, 0, 0, total_attributes),

        /* control */
        ELEMENT(EACH, "each", CONTROL, GS_PLACE_SAME, 0, each_attributes),
        ELEMENT(IF, "if", CONTROL, GS_PLACE_SAME, 0, test_attributes),
        ELEMENT(CHOOSE, "choose", CONTROL, GS_PLACE_CHOOSE, 0, no_attributes),
        ELEMENT(WHEN, "when", GS_PLACE_CHOOSE, GS_PLACE_SAME, 0,
                test_attributes),
        ELEMENT(OTHERWISE, "otherwise", GS_PLACE_CHOOSE, GS_PLACE_SAME, 0,
                no_attributes),
        ELEMENT(LET, "let", CONTROL, 0, 0, let_attributes),
        ELEMENT(INCLUDE, "include", CONTROL, GS_PLACE_INCLUDE, 0,
                include_attributes),
        ELEMENT(WITH, "with", GS_PLACE_INCLUDE, 0, 0, let_attributes),
};

/* --- looking up ------------------------------------------------------------ */

const struct gs_element_rule *gs_grammar_find(const char *name)
{
    for (size_t i = 0; i < GS_ELEMENT_COUNT; i++) {
        if (strcmp(gs_grammar[i].name, name) == 0) {
            return &gs_grammar[i];
        }
    }
    return NULL;
}

static const struct gs_attribute_rule *find_in(
        const struct gs_attribute_rule *list, const char *name)
{
    for (; list->name != NULL; list++) {
        if (strcmp(list->name, name) == 0) {
            return list;
        }
    }
    return NULL;
}

static const struct gs_attribute_rule *const set_rules[] = {
        gs_style_rules, gs_look_rules, gs_repeat_rules};

const struct gs_attribute_rule *gs_grammar_attribute(
        const struct gs_element_rule *rule, const char *name)
{
    const struct gs_attribute_rule *found = find_in(rule->attributes, name);
    for (size_t i = 0; found == NULL && i < G_N_ELEMENTS(set_rules); i++) {
        if ((rule->sets & (1u << i)) != 0) {
            found = find_in(set_rules[i], name);
        }
    }
    return found;
}

void gs_grammar_attributes(const struct gs_element_rule *rule,
        void (*visit)(void *user, const struct gs_attribute_rule *attribute),
        void *user)
{
    const struct gs_attribute_rule *attribute = rule->attributes;
    for (; attribute->name != NULL; attribute++) {
        visit(user, attribute);
    }
    for (size_t i = 0; i < G_N_ELEMENTS(set_rules); i++) {
        if ((rule->sets & (1u << i)) == 0) {
            continue;
        }
        for (attribute = set_rules[i]; attribute->name != NULL; attribute++) {
            if (find_in(rule->attributes, attribute->name) == NULL) {
                visit(user, attribute);
            }
        }
    }
}
