/*
 * Maps, as map.h describes them.
 */
#define _DEFAULT_SOURCE /* madvise */
#include "base/map.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib.h>

#include "base/arena.h"
#include "base/descriptor.h"

/* What lies so far back is forgotten, in steps of as much. */
#define STEP_SIZE ((size_t)256 << 10)

struct gs_map {
    char *bytes;
    size_t size, mapped;
    size_t forgotten; /* a multiple of STEP_SIZE */
};

static void release(void *object)
{
    struct gs_map *map = object;
    munmap(map->bytes, map->mapped);
}

/* With a page of zeros after it, or the zeros that fill its last page. */
static char *map_file(int fd, size_t size, size_t *mapped)
{
    *mapped = size + (size_t)sysconf(_SC_PAGESIZE);
    char *bytes = mmap(
            NULL, *mapped, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) {
        return NULL;
    }
    if (mmap(bytes, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0)
            == MAP_FAILED) {
        munmap(bytes, *mapped);
        return NULL;
    }
    return bytes;
}

static struct gs_map *open_copy(struct gs_arena *arena, int fd, size_t limit)
{
    struct gs_map *map = NULL;
    FILE *file = tmpfile();
    size_t size = 0, mapped;
    bool copied = file != NULL &&
            gs_descriptor_copy(fd, fileno(file), limit, &size) == 0;
    char *bytes = copied && size > 0 ? map_file(fileno(file), size, &mapped)
                                     : NULL;
    if (bytes != NULL) {
        map = GS_MAKE(arena, struct gs_map);
        *map = (struct gs_map){.bytes = bytes, .size = size, .mapped = mapped};
        gs_arena_on_free(arena, release, map);
    }
    if (file != NULL) {
        fclose(file);
    }
    return map;
}

struct gs_map *gs_map_open(
        struct gs_arena *arena, const char *path, size_t least, size_t limit)
{
    struct gs_map *map = NULL;
    struct stat status;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode)
            && (size_t)status.st_size >= least
            && (size_t)status.st_size <= limit) {
        map = open_copy(arena, fd, limit);
    }
    if (fd >= 0) {
        close(fd);
    }
    return map;
}

const char *gs_map_bytes(const struct gs_map *map, size_t *size)
{
    *size = map->size;
    return map->bytes;
}

/* It stays on disk: refusal costs memory only. */
static void forget(struct gs_map *map, size_t end)
{
    (void)madvise(map->bytes + map->forgotten, end - map->forgotten,
            MADV_DONTNEED);
    map->forgotten = end;
}

void gs_map_pass(struct gs_map *map, size_t offset)
{
    if (map == NULL) {
        return;
    }
    if (offset < map->forgotten) { /* the end of the walk before is left */
        forget(map, map->size);
        map->forgotten = 0;
    }
    if (offset >= map->forgotten + 2 * STEP_SIZE) {
        forget(map, offset / STEP_SIZE * STEP_SIZE - STEP_SIZE);
    }
}
