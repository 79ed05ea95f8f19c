/*
 * Streams: tables whose records may come one by one.
 *
 * A table of 100 000 records needs not hold them all, if nothing needs them all:
 * the table stands in the body or a section, its widths do not hang on its content,
 * and its records are found by a plain path from the root
 * that no other expression can see into.  What is bound of a record looks at that
 * record, or its group, alone.  docs/layout.md tells authors so.
 */
#include "form/compile.h"

#include "base/arena.h"
#include "xml/xpath.h"

/* --- patterns and items ------------------------------------------------------------ */

/* Called with every expression of an item's own; false ends the visit. */
typedef bool gs_expression_visit(const struct gs_xpath *xpath, void *user);

static bool visit_pattern(const struct gs_pattern *pattern,
        gs_expression_visit *visit, void *user)
{
    bool ok = true;
    for (size_t i = 0; pattern != NULL && i < pattern->count && ok; i++) {
        const struct gs_xpath *xpath = pattern->pieces[i].xpath;
        ok = xpath == NULL || visit(xpath, user);
    }
    return ok;
}

/* Values of an item, apart from those of control, which have a place each. */
static bool visit_values(const struct gs_item *item,
        gs_expression_visit *visit, void *user)
{
    switch (item->kind) {
    case GS_ITEM_PARA:
        return visit_pattern(item->u.para.outline, visit, user)
                && visit_pattern(item->u.para.id, visit, user);
    case GS_ITEM_TABLE:
        return visit_pattern(item->u.table.id, visit, user);
    case GS_ITEM_IMAGE:
    case GS_ITEM_PICTURE:
        return visit_pattern(item->u.image.src, visit, user)
                && visit_pattern(item->u.image.alt, visit, user);
    case GS_ITEM_CELL:
        return visit_pattern(item->u.cell.column_span, visit, user)
                && visit_pattern(item->u.cell.row_span, visit, user)
                && visit_pattern(item->u.cell.mark, visit, user);
    case GS_ITEM_TEXT:
        return visit_pattern(&item->u.text, visit, user);
    case GS_ITEM_PAGE_OF:
    case GS_ITEM_LINK:
        return visit_pattern(item->u.target, visit, user);
    case GS_ITEM_SEAL:
        return visit_pattern(item->u.seal.organ, visit, user)
                && visit_pattern(item->u.seal.picture, visit, user)
                && visit_pattern(item->u.seal.specimen, visit, user);
    case GS_ITEM_EACH:
    case GS_ITEM_IF:
    case GS_ITEM_CHOOSE:
    case GS_ITEM_LET:
    case GS_ITEM_SCOPE:
    case GS_ITEM_SECTION:
    case GS_ITEM_LINE:
    case GS_ITEM_RULE:
    case GS_ITEM_SPACE:
    case GS_ITEM_PAGE_BREAK:
    case GS_ITEM_TOC:
    case GS_ITEM_PLACE:
    case GS_ITEM_CONTINUED:
    case GS_ITEM_HEAD:
    case GS_ITEM_FOOT:
    case GS_ITEM_ROW:
    case GS_ITEM_GROUP:
    case GS_ITEM_BREAK:
    case GS_ITEM_PAGE_NUMBER:
    case GS_ITEM_PAGE_COUNT:
    case GS_ITEM_BLANK:
    case GS_ITEM_LEADER:
    case GS_ITEM_TOTAL:
        break;
    }
    return true;
}

/* --- the table ----------------------------------------------------------------------- */

/* What may be made from a record and forgotten when it is on its page. */
static bool is_light(const struct gs_item *item)
{
    switch (item->kind) {
    case GS_ITEM_PARA:
        return item->u.para.heading == 0 && item->u.para.id == NULL;
    case GS_ITEM_HEAD:
    case GS_ITEM_FOOT:
        return !item->u.rows.page_rows;
    case GS_ITEM_EACH:
    case GS_ITEM_IF:
    case GS_ITEM_CHOOSE:
    case GS_ITEM_LET:
    case GS_ITEM_SCOPE:
    case GS_ITEM_LINE:
    case GS_ITEM_RULE:
    case GS_ITEM_SPACE:
    case GS_ITEM_ROW:
    case GS_ITEM_GROUP:
    case GS_ITEM_CELL:
    case GS_ITEM_TEXT:
    case GS_ITEM_BREAK:
    case GS_ITEM_BLANK:
    case GS_ITEM_LEADER:
    case GS_ITEM_TOTAL:
        return true;
    case GS_ITEM_SECTION:
    case GS_ITEM_TABLE:
    case GS_ITEM_IMAGE:
    case GS_ITEM_PAGE_BREAK:
    case GS_ITEM_TOC:
    case GS_ITEM_PLACE:
    case GS_ITEM_CONTINUED:
    case GS_ITEM_PAGE_NUMBER:
    case GS_ITEM_PAGE_COUNT:
    case GS_ITEM_PAGE_OF:
    case GS_ITEM_PICTURE:
    case GS_ITEM_LINK:
    case GS_ITEM_SEAL:
        break;
    }
    return false;
}

static bool stays_below(const struct gs_xpath *xpath, void *user)
{
    (void)user;
    return gs_xpath_stays_below(xpath);
}

static bool is_below(const struct gs_xpath *xpath)
{
    return xpath == NULL || gs_xpath_stays_below(xpath);
}

typedef bool gs_items_test(const struct gs_items *items, bool of_record);

/* All that an item holds. */
static bool test_content(
        const struct gs_item *item, bool of_record, gs_items_test *test)
{
    bool ok = test(&item->content, of_record);
    if (item->kind == GS_ITEM_CHOOSE) {
        for (size_t i = 0; i < item->u.choose.count && ok; i++) {
            const struct gs_branch *branch = &item->u.choose.branches[i];
            ok = (!of_record || is_below(branch->test))
                    && test(&branch->content, of_record);
        }
    } else if (item->kind == GS_ITEM_LINE) {
        ok = ok && test(&item->u.line.left, of_record)
                && test(&item->u.line.center, of_record)
                && test(&item->u.line.right, of_record);
    }
    return ok;
}

/* Whether control looks at nothing but its record. */
static bool is_control_below(const struct gs_item *item)
{
    bool ok = true;
    if (item->kind == GS_ITEM_EACH) {
        return is_below(item->u.each.select) && is_below(item->u.each.by);
    }
    if (item->kind == GS_ITEM_IF) {
        return is_below(item->u.condition.test);
    }
    if (item->kind == GS_ITEM_LET) {
        return is_below(item->u.let.select);
    }
    if (item->kind == GS_ITEM_SCOPE) {
        for (size_t i = 0; i < item->u.scope.count && ok; i++) {
            ok = is_below(item->u.scope.params[i].select);
        }
        return ok && is_below(item->u.scope.select);
    }
    return true;
}

static bool are_light(const struct gs_items *items, bool of_record)
{
    bool ok = true;
    for (size_t i = 0; i < items->count && ok; i++) {
        const struct gs_item *item = items->items[i];
        ok = is_light(item)
                && (!of_record
                        || (is_control_below(item)
                                && visit_values(item, stays_below, NULL)))
                && test_content(item, of_record, are_light);
    }
    return ok;
}

static bool has_fixed_columns(const struct gs_item *table)
{
    bool fixed = table->u.table.overflow == GS_OVERFLOW_ERROR;
    for (size_t i = 0; i < table->u.table.column_count && fixed; i++) {
        enum gs_column_kind kind = table->u.table.columns[i].kind;
        fixed = kind == GS_COLUMN_FIXED || kind == GS_COLUMN_SHARE;
    }
    return fixed;
}

/* The EACH of a table's content whose records could come one by one. */
static const struct gs_item *find_each(const struct gs_item *table)
{
    const struct gs_item *found = NULL;
    for (size_t i = 0; i < table->content.count; i++) {
        const struct gs_item *item = table->content.items[i];
        bool of_pages =
                (item->kind == GS_ITEM_HEAD || item->kind == GS_ITEM_FOOT)
                && item->u.rows.page_rows;
        if (item->kind == GS_ITEM_CONTINUED || of_pages) {
            continue; /* made once, and kept */
        }
        if (item->kind == GS_ITEM_LET || !is_light(item)) {
            return NULL;
        }
        bool records = found == NULL && item->kind == GS_ITEM_EACH
                && item->u.each.select != NULL
                && gs_xpath_is_records(item->u.each.select);
        if (records) {
            found = item;
        }
        if (!test_content(item, records, are_light)
                || (records && !is_below(item->u.each.by))) {
            return NULL;
        }
    }
    return found;
}

/* --- the rest of the layout ---------------------------------------------------------- */

struct sight {
    const struct gs_item *each; /* the one in question */
    const struct gs_xpath *records; /* its */
    int depth; /* of the node at hand: gs_xpath_follow() */
};

static bool is_blind(const struct gs_xpath *xpath, void *user)
{
    const struct sight *sight = user;
    return xpath == NULL
            || !gs_xpath_may_see(xpath, sight->records, sight->depth);
}

static bool are_blind(const struct gs_items *items, const struct sight *sight);

/* … on the nodes that `select` leads to. */
static bool are_blind_at(const struct gs_items *items,
        const struct gs_xpath *select, const struct sight *sight)
{
    struct sight inner = *sight;
    if (select != NULL) {
        inner.depth = gs_xpath_follow(select, sight->records, sight->depth);
    }
    return inner.depth != GS_REACH_RECORDS && are_blind(items, &inner);
}

static bool is_blind_control(
        const struct gs_item *item, const struct sight *sight)
{
    struct sight here = *sight;
    bool ok = true;
    if (item->kind == GS_ITEM_EACH) {
        struct sight inner = *sight;
        if (item->u.each.select != NULL) {
            inner.depth = gs_xpath_follow(
                    item->u.each.select, sight->records, sight->depth);
        }
        return inner.depth != GS_REACH_RECORDS
                && is_blind(item->u.each.by, &inner)
                && are_blind(&item->content, &inner);
    }
    if (item->kind == GS_ITEM_SCOPE) {
        for (size_t i = 0; i < item->u.scope.count && ok; i++) {
            ok = is_blind(item->u.scope.params[i].select, &here);
        }
        return ok && are_blind_at(&item->content, item->u.scope.select, sight);
    }
    if (item->kind == GS_ITEM_CHOOSE) {
        for (size_t i = 0; i < item->u.choose.count && ok; i++) {
            ok = is_blind(item->u.choose.branches[i].test, &here)
                    && are_blind(&item->u.choose.branches[i].content, sight);
        }
        return ok;
    }
    if (item->kind == GS_ITEM_IF) {
        ok = is_blind(item->u.condition.test, &here);
    } else if (item->kind == GS_ITEM_LET) {
        ok = is_blind(item->u.let.select, &here);
    }
    return ok && are_blind(&item->content, sight);
}

static bool is_blind_running(
        const struct gs_running_form *running, const struct sight *sight)
{
    return running == NULL || are_blind(&running->content, sight);
}

static bool is_blind_item(const struct gs_item *item, const struct sight *sight)
{
    struct sight here = *sight;
    bool ok = visit_values(item, is_blind, &here);
    if (item->kind == GS_ITEM_SECTION) {
        ok = ok && is_blind_running(item->u.section.header, sight)
                && is_blind_running(item->u.section.footer, sight);
        if (item->u.section.page != NULL) {
            ok = ok && is_blind_running(item->u.section.page->header, sight)
                    && is_blind_running(item->u.section.page->footer, sight);
        }
    } else if (item->kind == GS_ITEM_LINE) {
        ok = ok && are_blind(&item->u.line.left, sight)
                && are_blind(&item->u.line.center, sight)
                && are_blind(&item->u.line.right, sight);
    }
    return ok && is_blind_control(item, sight);
}

/* Whether no expression of the items can see a record of the table. */
static bool are_blind(const struct gs_items *items, const struct sight *sight)
{
    bool ok = true;
    for (size_t i = 0; i < items->count && ok; i++) {
        ok = items->items[i] == sight->each
                || is_blind_item(items->items[i], sight);
    }
    return ok;
}

static bool is_blind_form(
        const struct gs_form *form, const struct gs_item *each)
{
    struct sight sight = {.each = each, .records = each->u.each.select};
    return visit_pattern(form->title, is_blind, &sight)
            && visit_pattern(form->author, is_blind, &sight)
            && visit_pattern(form->subject, is_blind, &sight)
            && visit_pattern(form->keywords, is_blind, &sight)
            && visit_pattern(form->number, is_blind, &sight)
            && visit_pattern(form->date, is_blind, &sight)
            && is_blind_running(form->page->header, &sight)
            && is_blind_running(form->page->footer, &sight)
            && are_blind(&form->body, &sight);
}

/* --- the form -------------------------------------------------------------------------- */

static void find_tables(
        const struct gs_form *form, const struct gs_items *items, GPtrArray *out)
{
    for (size_t i = 0; i < items->count; i++) {
        struct gs_item *item = items->items[i];
        if (item->kind == GS_ITEM_SECTION) {
            find_tables(form, &item->content, out);
        } else if (item->kind == GS_ITEM_TABLE && has_fixed_columns(item)) {
            const struct gs_item *each = find_each(item);
            if (each != NULL && is_blind_form(form, each)) {
                item->u.table.streamed = each;
                g_ptr_array_add(
                        out, (gpointer)(uintptr_t)each->u.each.select);
            }
        }
    }
}

void gs_form_find_streams(struct gs_arena *arena, struct gs_form *form)
{
    GPtrArray *found = g_ptr_array_new();
    find_tables(form, &form->body, found);
    const struct gs_xpath **streams = GS_MAKE_ARRAY(
            arena, const struct gs_xpath *, found->len + 1);
    for (guint i = 0; i < found->len; i++) {
        streams[i] = g_ptr_array_index(found, i);
    }
    form->streams = streams;
    form->stream_count = found->len;
    g_ptr_array_free(found, TRUE);
}
