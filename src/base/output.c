/*
 * Outputs: whole or not at all.
 *
 * A small output is collected in memory and becomes a file only on commit.  A
 * large one spills: what has been collected goes to a temporary file, without a
 * name where the system can make one, so that a process that is killed half-way
 * leaves nothing behind either.
 */
#define _GNU_SOURCE /* O_TMPFILE */
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
#include "base/descriptor.h"
#include "base/diag.h"

/*
 * Room for most documents, so that they are not moved as they grow.  Of what is
 * not written to, the system keeps no pages.
 */
#define FIRST_SIZE ((guint)256 << 10)

/* More than this is not held in memory. */
#define SPILL_SIZE ((guint)1 << 20)

struct gs_output {
    char *path; /* as the user gave it; NULL: it stays in memory */
    char *target; /* symbolic links followed; NULL: standard output */
    bool is_stream; /* a device or pipe: written through */
    int mode; /* of the file that is there already, or -1 */
    GByteArray *buffer; /* not yet spilled */
    int spill; /* what was too large for memory: a descriptor, or -1 */
    char *spill_name; /* NULL: it has none */
    int error; /* errno of the first failure */
};

static bool is_dash(const char *path)
{
    return strcmp(path, "-") == 0;
}

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

/* --- temporary files -------------------------------------------------------- */

/* A name in the target's folder that is not taken, as far as one can tell. */
static char *temporary_name(const char *target)
{
    static gint counter;
    char *folder = g_path_get_dirname(target);
    char *name = g_strdup_printf("%s/.gongshi-%ld-%d.tmp", folder,
            (long)getpid(), g_atomic_int_add(&counter, 1));
    g_free(folder);
    return name;
}

/*
 * A new file with a name.  Not mkstemp(): that makes files which only their
 * owner may read, and the umask cannot be asked for without changing it.
 */
static int open_named(const char *target, char **name)
{
    int fd = -1;
    do {
        g_free(*name);
        *name = temporary_name(target);
        fd = open(*name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (fd < 0 && errno == EEXIST);
    return fd;
}

/* A file without a name, in the target's folder; -1 where there is no such. */
static int open_nameless(const char *target)
{
#ifdef O_TMPFILE
    char *folder = g_path_get_dirname(target);
    int fd = open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0666);
    g_free(folder);
    return fd;
#else
    (void)target;
    return -1;
#endif
}

/* Gives the nameless spill a name.  Returns 0 or an errno. */
static int name_spill(struct gs_output *output)
{
    char from[64];
    g_snprintf(from, sizeof from, "/proc/self/fd/%d", output->spill);
    int failed;
    do {
        g_free(output->spill_name);
        output->spill_name = temporary_name(output->target);
        failed = linkat(AT_FDCWD, from, AT_FDCWD, output->spill_name,
                AT_SYMLINK_FOLLOW);
    } while (failed != 0 && errno == EEXIST);
    int error = failed != 0 ? errno : 0;
    if (error != 0) {
        g_clear_pointer(&output->spill_name, g_free);
    }
    return error;
}

/* Whether a nameless file could be given a name later. */
static bool can_name(void)
{
    return access("/proc/self/fd", X_OK) == 0;
}

static int open_spill(struct gs_output *output)
{
    if (output->target == NULL || output->is_stream) {
        FILE *file = tmpfile();
        if (file == NULL) {
            return errno;
        }
        output->spill = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
        int error = output->spill < 0 ? errno : 0;
        fclose(file);
        return error;
    }
    output->spill = can_name() ? open_nameless(output->target) : -1;
    if (output->spill < 0) {
        output->spill = open_named(output->target, &output->spill_name);
    }
    return output->spill < 0 ? errno : 0;
}

/* Moves what has been collected to the spill.  Returns 0 or an errno. */
static int spill(struct gs_output *output)
{
    int error = output->spill < 0 ? open_spill(output) : 0;
    if (error == 0) {
        error = gs_descriptor_write(
                output->spill, output->buffer->data, output->buffer->len);
        g_byte_array_set_size(output->buffer, 0);
    }
    return error;
}

/* --- committing ------------------------------------------------------------- */

static int write_file(struct gs_output *output)
{
    int error = spill(output);
    if (error == 0 && output->spill_name == NULL) {
        error = name_spill(output);
    }
    /* Keeping the mode of the old file is a courtesy, not a condition. */
    if (error == 0 && output->mode >= 0 &&
            fchmod(output->spill, (mode_t)output->mode) != 0) {
        error = errno == EPERM ? 0 : errno;
    }
    if (output->spill >= 0 && close(output->spill) != 0 && error == 0) {
        error = errno;
    }
    output->spill = -1;
    if (error == 0 && rename(output->spill_name, output->target) != 0) {
        error = errno;
    }
    if (error == 0) {
        g_clear_pointer(&output->spill_name, g_free);
    }
    return error;
}

static int copy_spill(int from, int to)
{
    size_t copied;

    return lseek(from, 0, SEEK_SET) < 0
            ? errno
            : gs_descriptor_copy(from, to, SIZE_MAX, &copied);
}

static int write_stream(const struct gs_output *output)
{
    int fd = STDOUT_FILENO;
    if (output->target != NULL) {
        fd = open(output->target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0) {
            return errno;
        }
    }
    int error = output->spill >= 0 ? copy_spill(output->spill, fd) : 0;
    if (error == 0) {
        error = gs_descriptor_write(
                fd, output->buffer->data, output->buffer->len);
    }
    if (output->target != NULL && close(fd) != 0 && error == 0) {
        error = errno;
    }
    return error;
}

/* --- public ----------------------------------------------------------------- */

static struct gs_output *make_output(guint room)
{
    struct gs_output *output = g_new0(struct gs_output, 1);
    output->mode = -1;
    output->spill = -1;
    output->buffer = g_byte_array_sized_new(room);
    return output;
}

struct gs_output *gs_output_open(const char *path, struct gs_diag *diag)
{
    struct gs_output *output = make_output(0);
    output->path = g_strdup(path);
    output->is_stream = is_dash(path);
    int error = is_dash(path) ? 0 : inspect_target(output);
    if (error != 0) {
        gs_file_report(diag, GS_DIAG_FILE_WRITE, GS_NO_LOC, path, error);
        gs_output_free(output);
        return NULL;
    }
    return output;
}

struct gs_output *gs_output_memory(void)
{
    return make_output(FIRST_SIZE);
}

bool gs_output_write(struct gs_output *output, const void *bytes, size_t size)
{
    if (output->error != 0 || size == 0) {
        return output->error == 0;
    }
    bool spills = output->path != NULL &&
            (size > SPILL_SIZE || output->buffer->len > SPILL_SIZE - size);
    if (spills) {
        output->error = spill(output);
        if (output->error == 0 && size > SPILL_SIZE) {
            output->error = gs_descriptor_write(output->spill, bytes, size);
            return output->error == 0;
        }
    } else if (size > G_MAXUINT / 2 - output->buffer->len) {
        output->error = ENOMEM; /* more than an array can hold */
    }
    if (output->error == 0) {
        g_byte_array_append(output->buffer, bytes, (guint)size);
    }
    return output->error == 0;
}

bool gs_output_commit(struct gs_output *output, struct gs_diag *diag)
{
    if (output->error == 0 && output->path != NULL) {
        output->error =
                output->is_stream ? write_stream(output) : write_file(output);
    }
    if (output->error != 0) {
        gs_file_report(diag, GS_DIAG_FILE_WRITE, GS_NO_LOC,
                output->path != NULL ? output->path : "-", output->error);
    }
    return output->error == 0;
}

void *gs_output_take(struct gs_output *output, size_t *size)
{
    /* A NUL after the end, not counted. */
    *size = output->buffer->len;
    g_byte_array_append(output->buffer, (const guint8 *)"", 1);
    void *bytes = g_byte_array_free(output->buffer, FALSE);
    output->buffer = g_byte_array_new();
    return g_realloc(bytes, *size + 1); /* gives back the room that is left */
}

void gs_output_free(struct gs_output *output)
{
    if (output == NULL) {
        return;
    }
    if (output->spill >= 0) {
        close(output->spill);
    }
    if (output->spill_name != NULL) {
        unlink(output->spill_name);
        g_free(output->spill_name);
    }
    g_byte_array_free(output->buffer, TRUE);
    g_free(output->target);
    g_free(output->path);
    g_free(output);
}
