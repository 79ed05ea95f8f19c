/*
 * Files: bounded reading, resolving under a root, whole-or-nothing writing.
 *
 * An output is collected in memory and becomes a file only on commit, so that a
 * process that is killed half-way leaves nothing behind either.
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

struct gs_output {
    char *path; /* as the user gave it; NULL: it stays in memory */
    char *target; /* symbolic links followed; NULL: standard output */
    bool is_stream; /* a device or pipe: written through */
    int mode; /* of the file that is there already, or -1 */
    struct buffer buffer;
    int error; /* errno of the first failure */
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

static void report(struct gs_diag *diag, enum gs_diag_id id, struct gs_loc loc,
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
        report(diag, GS_DIAG_FILE_READ, loc, path, error);
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
        report(diag, GS_DIAG_FILE_READ, loc, path, ENOENT);
        break;
    case GS_FILE_OUTSIDE:
        gs_diag_add(diag, GS_DIAG_PATH_OUTSIDE_ROOT, loc, GS_ARGS(path, root));
        break;
    }
    return resolved;
}

/* --- writing --------------------------------------------------------------- */

/* Whether a file can be made in the target's folder: 0 or an errno. */
static int check_folder(const char *target)
{
    char *folder = g_path_get_dirname(target);
    struct stat status;
    int error = 0;
    if (stat(folder, &status) == 0 && !S_ISDIR(status.st_mode)) {
        error = ENOTDIR;
    } else if (access(folder, W_OK | X_OK) != 0) {
        error = errno; /* of what is not there, too */
    }
    g_free(folder);
    return error;
}

/* Finds out what the path is.  Returns 0 or an errno. */
static int inspect_target(struct gs_output *output)
{
    struct stat status;
    size_t size = strlen(output->path);
    if (stat(output->path, &status) == 0) {
        if (S_ISDIR(status.st_mode)) {
            return EISDIR;
        }
        output->is_stream = !S_ISREG(status.st_mode);
        output->mode = (int)(status.st_mode & 0777);
        char *real = realpath(output->path, NULL);
        if (real == NULL && !output->is_stream) {
            return errno;
        }
        output->target = g_strdup(real != NULL ? real : output->path);
        free(real);
    } else if (errno != ENOENT) {
        return errno;
    } else if (size == 0) {
        return ENOENT;
    } else if (output->path[size - 1] == '/') {
        return EISDIR;
    } else {
        output->target = g_strdup(output->path);
    }
    return output->is_stream ? 0 : check_folder(output->target);
}

static int write_all(int fd, const struct buffer *buffer)
{
    size_t done = 0;
    while (done < buffer->size) {
        ssize_t put = write(fd, buffer->bytes + done, buffer->size - done);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            return errno;
        }
        done += (size_t)put;
    }
    return 0;
}

/*
 * A new file in the target's folder.  Not mkstemp(): that makes files which only
 * their owner may read, and the umask cannot be asked for without changing it.
 */
static int open_temporary(const char *target, char **path)
{
    static gint counter;
    char *folder = g_path_get_dirname(target);
    int fd = -1;
    do {
        g_free(*path);
        *path = g_strdup_printf("%s/.gongshi-%ld-%d.tmp", folder,
                (long)getpid(), g_atomic_int_add(&counter, 1));
        fd = open(*path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (fd < 0 && errno == EEXIST);
    g_free(folder);
    return fd;
}

static int write_file(const struct gs_output *output)
{
    char *temporary = NULL;
    int fd = open_temporary(output->target, &temporary);
    if (fd < 0) {
        int error = errno;
        g_free(temporary);
        return error;
    }
    int error = write_all(fd, &output->buffer);
    /* Keeping the mode of the old file is a courtesy, not a condition. */
    if (error == 0 && output->mode >= 0 &&
            fchmod(fd, (mode_t)output->mode) != 0) {
        error = errno == EPERM ? 0 : errno;
    }
    if (close(fd) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && rename(temporary, output->target) != 0) {
        error = errno;
    }
    if (error != 0) {
        unlink(temporary);
    }
    g_free(temporary);
    return error;
}

static int write_stream(const struct gs_output *output)
{
    if (output->target == NULL) {
        return write_all(STDOUT_FILENO, &output->buffer);
    }
    int fd = open(output->target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return errno;
    }
    int error = write_all(fd, &output->buffer);
    if (close(fd) != 0 && error == 0) {
        error = errno;
    }
    return error;
}

struct gs_output *gs_output_open(const char *path, struct gs_diag *diag)
{
    struct gs_output *output = g_new0(struct gs_output, 1);
    output->path = g_strdup(path);
    output->mode = -1;
    output->is_stream = is_dash(path);
    int error = is_dash(path) ? 0 : inspect_target(output);
    if (error != 0) {
        report(diag, GS_DIAG_FILE_WRITE, GS_NO_LOC, path, error);
        gs_output_free(output);
        return NULL;
    }
    return output;
}

struct gs_output *gs_output_memory(void)
{
    struct gs_output *output = g_new0(struct gs_output, 1);
    output->mode = -1;
    return output;
}

bool gs_output_write(struct gs_output *output, const void *bytes, size_t size)
{
    if (output->error != 0 || size == 0) {
        return output->error == 0;
    }
    if (!grow(&output->buffer, size)) {
        output->error = ENOMEM;
        return false;
    }
    memcpy(output->buffer.bytes + output->buffer.size, bytes, size);
    output->buffer.size += size;
    return true;
}

bool gs_output_commit(struct gs_output *output, struct gs_diag *diag)
{
    if (output->error == 0 && output->path != NULL) {
        output->error =
                output->is_stream ? write_stream(output) : write_file(output);
    }
    if (output->error != 0) {
        report(diag, GS_DIAG_FILE_WRITE, GS_NO_LOC,
                output->path != NULL ? output->path : "-", output->error);
    }
    return output->error == 0;
}

void *gs_output_take(struct gs_output *output, size_t *size)
{
    char *bytes = grow(&output->buffer, 0) ? output->buffer.bytes : NULL;
    *size = bytes != NULL ? output->buffer.size : 0;
    if (bytes != NULL) {
        output->buffer = (struct buffer){NULL, 0, 0};
    }
    return bytes;
}

void gs_output_free(struct gs_output *output)
{
    if (output == NULL) {
        return;
    }
    free(output->buffer.bytes);
    g_free(output->target);
    g_free(output->path);
    g_free(output);
}
