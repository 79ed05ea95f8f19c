/*
 * Files: bounded reading, resolving under a root.  Writing is in output.c.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"

#define CHUNK_SIZE ((size_t)64 << 10)

struct buffer {
    char *bytes;
    size_t size, room;
};

/* Our own words for the usual failures, since they can be translated. */
static const char *describe_error(struct gs_arena *arena, int error)
{
    switch (error) {
    case ENOENT:
        return GS_WORD(N_("there is no such file or folder"));
    case EACCES:
    case EPERM:
        return GS_WORD(N_("permission denied"));
    case EISDIR:
        return GS_WORD(N_("it is a folder"));
    case ENOTDIR:
        return GS_WORD(N_("a part of the path is not a folder"));
    case ENOSPC:
    case EDQUOT:
        return GS_WORD(N_("the disk is full"));
    case EROFS:
        return GS_WORD(N_("the disk is read-only"));
    case ENAMETOOLONG:
        return GS_WORD(N_("the name is too long"));
    case ENOMEM:
        return GS_WORD(N_("out of memory"));
    default:
        return gs_arena_strdup(arena, g_strerror(error));
    }
}

void gs_file_report(struct gs_diag *diag, enum gs_diag_id id, struct gs_loc loc,
        const char *path, int error)
{
    struct gs_arena *arena = gs_arena_new();
    gs_diag_add(diag, id, loc, GS_ARGS(path, describe_error(arena, error)));
    gs_arena_free(arena);
}

static bool is_dash(const char *path)
{
    return strcmp(path, "-") == 0;
}

/* Makes room for `more` bytes and a NUL. */
static bool grow(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 4 || buffer->size > SIZE_MAX / 4) {
        return false;
    }
    size_t need = buffer->size + more + 1;
    if (need <= buffer->room) {
        return true;
    }
    size_t room = MAX(need, buffer->room * 2);
    char *bytes = realloc(buffer->bytes, room);
    if (bytes == NULL) {
        return false;
    }
    buffer->bytes = bytes;
    buffer->room = room;
    return true;
}

/* --- reading --------------------------------------------------------------- */

/* Reads to the end, or one byte past `limit`.  Returns 0 or an errno. */
static int read_all(int fd, size_t limit, struct buffer *buffer)
{
    struct stat status;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
            status.st_size > 0) {
        size_t size = (size_t)status.st_size;
        if (!grow(buffer, MIN(size, limit) + 1)) {
            return ENOMEM;
        }
    }
    while (buffer->size <= limit) {
        if (buffer->size + 1 >= buffer->room && !grow(buffer, CHUNK_SIZE)) {
            return ENOMEM;
        }
        size_t room =
                MIN(buffer->room - buffer->size - 1, limit - buffer->size + 1);
        ssize_t got = read(fd, buffer->bytes + buffer->size, room);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return errno;
        }
        if (got == 0) {
            break;
        }
        buffer->size += (size_t)got;
    }
    buffer->bytes[buffer->size] = '\0';
    return 0;
}

bool gs_file_read(struct gs_arena *arena, const char *path, size_t limit,
        struct gs_loc loc, struct gs_diag *diag, const char **bytes,
        size_t *size)
{
    struct buffer buffer = {NULL, 0, 0};
    int fd = is_dash(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    int error = fd < 0 ? errno : read_all(fd, limit, &buffer);
    if (fd > STDIN_FILENO) {
        close(fd);
    }
    if (buffer.bytes != NULL) {
        gs_arena_on_free(arena, free, buffer.bytes);
    }
    if (error != 0) {
        gs_file_report(diag, GS_DIAG_FILE_READ, loc, path, error);
        return false;
    }
    if (buffer.size > limit) {
        gs_diag_add(diag, GS_DIAG_FILE_TOO_LARGE, loc,
                GS_ARGS(path, gs_arena_printf(arena, "%zu", limit)));
        return false;
    }
    *bytes = buffer.bytes;
    *size = buffer.size;
    return true;
}

/* --- resolving ------------------------------------------------------------- */

static bool is_under(const char *root, const char *path)
{
    size_t size = strlen(root);
    if (strcmp(root, "/") == 0) {
        return true;
    }
    return strncmp(path, root, size) == 0 && path[size] == '/';
}

enum gs_file_found gs_file_find(struct gs_arena *arena, const char *root,
        const char *base, const char *path, char **resolved)
{
    if (root == NULL) {
        return GS_FILE_OUTSIDE;
    }
    char *real_root = realpath(root, NULL);
    if (real_root == NULL) {
        return GS_FILE_OUTSIDE;
    }
    enum gs_file_found found = GS_FILE_MISSING;
    const char *full = path[0] == '/'
            ? path
            : gs_arena_printf(arena, "%s/%s", base != NULL ? base : root, path);
    char *real = realpath(full, NULL);
    struct stat status;
    if (real == NULL) {
        /* What is not there is outside too, if its name says so. */
        char *canonical_root = g_canonicalize_filename(root, NULL);
        char *canonical = g_canonicalize_filename(full, NULL);
        if (!is_under(canonical_root, canonical) &&
                !is_under(real_root, canonical)) {
            found = GS_FILE_OUTSIDE;
        }
        g_free(canonical);
        g_free(canonical_root);
    } else if (!is_under(real_root, real)) {
        found = GS_FILE_OUTSIDE;
    } else if (stat(real, &status) == 0 && S_ISREG(status.st_mode)) {
        *resolved = gs_arena_strdup(arena, real);
        found = GS_FILE_FOUND;
    }
    free(real);
    free(real_root);
    return found;
}

char *gs_file_resolve(struct gs_arena *arena, const char *root,
        const char *base, const char *path, struct gs_loc loc,
        struct gs_diag *diag)
{
    char *resolved = NULL;
    switch (gs_file_find(arena, root, base, path, &resolved)) {
    case GS_FILE_FOUND:
        break;
    case GS_FILE_MISSING:
        gs_file_report(diag, GS_DIAG_FILE_READ, loc, path, ENOENT);
        break;
    case GS_FILE_OUTSIDE:
        gs_diag_add(diag, GS_DIAG_PATH_OUTSIDE_ROOT, loc, GS_ARGS(path, root));
        break;
    }
    return resolved;
}
