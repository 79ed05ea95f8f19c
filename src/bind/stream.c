/*
 * Streams: tables whose rows are bound when they are asked for.
 *
 * Record after record is bound into a draft.  Rows are given away once no cell of
 * theirs can be continued by the next record.  What they are made of lives in the
 * memory of the pull in which they were bound: of the last one or, held back, of the
 * one before it, since rows are held back only as long as one cell goes on.
 */
#include "bind/table.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "xml/records.h"

/* Rows that are worth a piece. */
#define PIECE_ROWS 64

/* What has been made in one pull. */
struct memory {
    struct gs_arena *arena;
    unsigned users;
};

/* What a piece lives on. */
struct holding {
    struct memory *own, *before;
};

struct row_stream {
    struct gs_row_source base;
    struct gs_binder *binder;
    const struct gs_item *item; /* the table */
    struct gs_table *table;
    struct gs_arena *lasting; /* the document's */
    struct gs_scope scope;
    struct table_draft draft;
    struct gs_tally tally;
    size_t at; /* of the table's content: the item at hand */
    struct gs_turns *turns; /* of its records, when it is them */
    struct memory *latest; /* of the last pull */
    size_t look; /* how many rows are to be here before one looks again */
    bool begun, ended;
    bool measuring; /* in a round before, for the totals of pages */
    struct gs_bind_counts made; /* before the first row */
    struct gs_diag *quiet; /* for further rounds: all has been said */
};

static struct row_stream *stream_of(struct gs_row_source *source)
{
    return (struct row_stream *)(void *)source;
}

static struct memory *use(struct memory *memory)
{
    memory->users++;
    return memory;
}

static void leave(struct memory *memory)
{
    if (memory != NULL && --memory->users == 0) {
        gs_arena_free(memory->arena);
        g_free(memory);
    }
}

/* --- binding -------------------------------------------------------------------- */

/* What does not come and go with the rows: captions, and the rows of pages. */
static bool is_kept(const struct gs_item *item)
{
    return item->kind == GS_ITEM_CONTINUED
            || ((item->kind == GS_ITEM_HEAD || item->kind == GS_ITEM_FOOT)
                    && item->u.rows.page_rows);
}

static void bind_kept(struct row_stream *stream, struct gs_item *item)
{
    struct gs_binder *binder = stream->binder;
    struct gs_arena *arena = binder->arena, *scratch = binder->scratch;
    const struct gs_items one = {&item, 1};

    binder->arena = stream->lasting;
    binder->scratch = binder->lasting;
    binder->path_node = NULL; /* its path lives in the other arena */
    gs_bind_walk(
            binder, &one, &stream->scope, gs_draft_visit, &stream->draft);
    binder->path_node = NULL;
    binder->arena = arena;
    binder->scratch = scratch;
}

/* Binds an item, or a turn of the records, into the draft. */
static void bind_more(struct row_stream *stream)
{
    struct gs_binder *binder = stream->binder;
    const struct gs_items *content = &stream->item->content;

    if (stream->at == content->count || binder->stopped) {
        stream->ended = true;
        return;
    }
    struct gs_item *item = content->items[stream->at];
    if (item == stream->item->u.table.streamed) {
        if (stream->turns == NULL) {
            stream->turns = gs_turns_new(binder, item, &stream->scope);
        }
        if (gs_turns_next(
                    binder, stream->turns, gs_draft_visit, &stream->draft)) {
            return;
        }
    } else if (is_kept(item)) {
        if (stream->measuring) {
            bind_kept(stream, item);
        }
    } else {
        const struct gs_items one = {&item, 1};
        gs_bind_walk(
                binder, &one, &stream->scope, gs_draft_visit, &stream->draft);
    }
    stream->at++;
}

/* Heads are drawn again as they are: none is parted. */
static size_t keep_head_whole(const struct table_draft *draft, size_t end)
{
    for (guint i = 0; i < draft->groups->len; i++) {
        const struct gs_row_group *group =
                &g_array_index(draft->groups, struct gs_row_group, i);
        if (group->kind == GS_GROUP_HEAD && group->first < end
                && group->first + group->count > end) {
            return group->first;
        }
    }
    return end;
}

/* How many of the rows here no later record can change. */
static size_t count_settled(const struct row_stream *stream)
{
    const struct table_draft *draft = &stream->draft;
    size_t end = gs_draft_end(draft), settled = 0, reach = 0;

    if (stream->ended) {
        return draft->rows->len;
    }
    size_t limit = gs_merge_first_open(draft, end) - draft->rows_given;
    for (size_t i = 0; i < limit; i++) {
        const struct row_draft *row =
                &g_array_index(draft->rows, struct row_draft, i);
        for (const struct cell_draft *cell = row->cells.first; cell != NULL;
                cell = cell->next) {
            reach = MAX(reach, i + cell->cell.row_span);
        }
        if (reach <= i + 1) {
            settled = i + 1;
        }
    }
    return keep_head_whole(draft, draft->rows_given + settled)
            - draft->rows_given;
}

/* --- giving away ------------------------------------------------------------------- */

/* The groups of the rows before `end`; one that goes on stays with the rest. */
static void give_groups(
        struct table_draft *draft, size_t end, struct gs_table *piece)
{
    GArray *groups = draft->groups;
    guint gone = 0;

    piece->groups = GS_MAKE_ARRAY(
            draft->binder->arena, struct gs_row_group, groups->len + 1);
    for (guint i = 0; i < groups->len; i++) {
        struct gs_row_group *group =
                &g_array_index(groups, struct gs_row_group, i);
        size_t last = MIN(group->first + group->count, end);
        if (last > group->first) {
            struct gs_row_group part = *group;
            part.count = last - group->first;
            piece->groups[piece->group_count++] = part;
            group->first += part.count;
            group->count -= part.count;
        }
        gone += group->count == 0 && i + 1 < groups->len && gone == i;
    }
    if (gone > 0) {
        g_array_remove_range(groups, 0, gone);
        draft->groups_given += gone;
    }
}

static void give_rows(
        struct row_stream *stream, size_t count, struct gs_table *piece)
{
    struct table_draft *draft = &stream->draft;
    size_t end = draft->rows_given + count;

    *piece = *stream->table;
    piece->source = NULL;
    piece->first_row = draft->rows_given;
    piece->group_count = 0;
    gs_draft_finish_rows(draft, count, piece);
    give_groups(draft, end, piece);
    g_array_remove_range(draft->rows, 0, (guint)count);
    draft->rows_given = end;
    gs_merge_forget(draft, end);
    stream->look = draft->rows->len + PIECE_ROWS;
}

/* Binds until some rows are settled; false at the end. */
static bool pull(struct row_stream *stream, struct gs_table *piece)
{
    for (;;) {
        while (!stream->ended && stream->draft.rows->len < stream->look) {
            bind_more(stream);
        }
        size_t settled = count_settled(stream);
        if (settled > 0) {
            give_rows(stream, settled, piece);
            return true;
        }
        if (stream->ended) {
            return false;
        }
        stream->look *= 2; /* a long run: do not look at it over and over */
    }
}

static bool next_piece(struct gs_row_source *source, struct gs_table *piece)
{
    struct row_stream *stream = stream_of(source);
    struct gs_binder *binder = stream->binder;
    struct gs_arena *arena = binder->arena, *scratch = binder->scratch;
    struct gs_tally *tally = binder->tally;
    struct memory *memory = g_new0(struct memory, 1);

    stream->begun = true;
    memory->arena = gs_arena_new();
    memory->users = 1;
    binder->arena = binder->scratch = memory->arena;
    binder->tally = &stream->tally;
    binder->path_node = NULL;
    bool more = pull(stream, piece);
    binder->arena = arena;
    binder->scratch = scratch;
    binder->tally = tally;
    binder->path_node = NULL;
    if (more) {
        struct holding *holding = g_new0(struct holding, 1);
        holding->own = use(memory);
        holding->before = stream->latest; /* ours passes on to it */
        piece->memory = holding;
    } else {
        leave(stream->latest);
    }
    stream->latest = memory;
    return more;
}

static void release_piece(
        struct gs_row_source *source, const struct gs_table *piece)
{
    struct holding *holding = piece->memory;

    (void)source;
    leave(holding->before);
    leave(holding->own);
    g_free(holding);
}

/* --- rounds ------------------------------------------------------------------------ */

static void begin(struct row_stream *stream)
{
    struct gs_binder *binder = stream->binder;

    stream->made = binder->made;
    gs_tally_begin(binder, &stream->tally, stream->table->total_count);
    gs_draft_begin(&stream->draft, binder);
    stream->draft.table = stream->table;
    stream->at = 0;
    stream->look = PIECE_ROWS;
    stream->begun = stream->ended = false;
}

static void end(struct row_stream *stream)
{
    gs_turns_free(stream->turns);
    stream->turns = NULL;
    gs_draft_release(&stream->draft);
    g_array_free(stream->tally.open, TRUE);
    leave(stream->latest);
    stream->latest = NULL;
}

static bool rewind_rows(struct gs_row_source *source)
{
    struct row_stream *stream = stream_of(source);
    struct gs_binder *binder = stream->binder;

    if (!stream->begun) {
        return true;
    }
    if (binder->stopped) {
        return false;
    }
    end(stream);
    binder->made = stream->made;
    if (stream->quiet == NULL) {
        stream->quiet = gs_diag_new();
    }
    binder->diag = stream->quiet;
    begin(stream);
    return true;
}

static void release_stream(void *object)
{
    struct row_stream *stream = object;

    end(stream);
    gs_diag_free(stream->quiet);
}

/*
 * The widths of totals in rows of pages, and the numbers of these rows, hang on all
 * rows of the table: so these are bound once and let go again.
 */
static void measure(struct row_stream *stream)
{
    struct gs_binder *binder = stream->binder;
    struct gs_table *table = stream->table, piece;

    stream->measuring = true;
    while (next_piece(&stream->base, &piece)) {
        release_piece(&stream->base, &piece);
    }
    stream->measuring = false;
    stream->base.rows = gs_draft_end(&stream->draft);
    gs_draft_finish_pages(&stream->draft, table);
    gs_tally_settle(binder, &stream->tally);
}

static bool has_page_rows(const struct gs_item *item)
{
    bool has = false;

    for (size_t i = 0; i < item->content.count; i++) {
        const struct gs_item *part = item->content.items[i];
        has = has || (is_kept(part) && part->kind != GS_ITEM_CONTINUED);
    }
    return has;
}

static void bind_captions(struct row_stream *stream)
{
    for (size_t i = 0; i < stream->item->content.count; i++) {
        struct gs_item *part = stream->item->content.items[i];
        if (part->kind == GS_ITEM_CONTINUED) {
            bind_kept(stream, part);
        }
    }
    gs_draft_finish_pages(&stream->draft, stream->table);
}

void gs_bind_stream_rows(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct gs_table *table)
{
    struct row_stream *stream = GS_MAKE(binder->lasting, struct row_stream);

    *stream = (struct row_stream){
            .base = {.next = next_piece,
                    .release = release_piece,
                    .rewind = rewind_rows},
            .binder = binder,
            .item = item,
            .table = table,
            .lasting = binder->arena,
            .scope = *scope,
    };
    begin(stream);
    gs_arena_on_free(binder->lasting, release_stream, stream);
    if (has_page_rows(item)) {
        measure(stream);
    } else {
        bind_captions(stream);
    }
    table->source = &stream->base;
    binder->streams = true;
}
