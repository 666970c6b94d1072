// The first half of the power switch: preloaded into the server, it notes how to undo each change of a directory that
// is not synced. What the server sees is the directory as it is.
//
//   WEIR_POWER_DIR    the directory
//   WEIR_POWER_LOG    the undo log; links to replaced files lie beside it, so it is on the same file system
//                     a file of that name with ".fail" behind it, holding "sync N" or "write N": the Nth of those
//                     calls from then on reports EIO, and every later one
//   WEIR_POWER_FORGET if set, a sync covers nothing: a disk that lies
#define _GNU_SOURCE
#include "power.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FDS_MAX 65536
#define SYNC_MICROSECONDS 700 // As long as one takes on a disk, so that the power has a moment to fail in.
#define REAL(name) ((__typeof__(&name))real(#name))

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static const char *directory, *log_path;
static int log_fd = -1, forgets;
static long until_sync = -1, until_write = -1, saved_count;
static unsigned char watched[FDS_MAX];

static void *real_dlsym(void *handle, const char *name) {
    static void *(*found)(void *, const char *);
    static const char *versions[] = {"GLIBC_2.34", "GLIBC_2.2.5", "GLIBC_2.17"};
    for (int i = 0; !found && i < 3; i++) found = dlvsym(RTLD_NEXT, "dlsym", versions[i]);
    return found(handle, name);
}

static void *real(const char *name) { return real_dlsym(RTLD_NEXT, name); }

static int real_open(const char *path, int flags, mode_t mode) { return REAL(open)(path, flags, mode); }

static void die(const char *what) {
    fprintf(stderr, "power: %s: %s\n", what, strerror(errno));
    _exit(99);
}

static void start(void) {
    if (log_fd != -1) return;
    directory = getenv("WEIR_POWER_DIR");
    log_path = getenv("WEIR_POWER_LOG");
    forgets = getenv("WEIR_POWER_FORGET") != NULL;
    if (!directory || !log_path) { log_fd = -2; return; }
    log_fd = real_open(log_path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd < 0) die(log_path);
    saved_count = (long)getpid() << 20;
}

static int is_inside(const char *path) {
    start();
    if (log_fd < 0) return 0;
    size_t length = strlen(directory);
    return !strncmp(path, directory, length) && path[length] == '/';
}

static int is_watched(int fd) { return log_fd >= 0 && fd >= 0 && fd < FDS_MAX && watched[fd]; }

// Whether this call of its kind is to fail; the file that says so is read once.
static int fails(long *until) {
    if (until_sync < 0 && until_write < 0) {
        char path[4096], said[16];
        snprintf(path, sizeof path, "%s.fail", log_path);
        FILE *file = access(path, F_OK) ? NULL : fopen(path, "r");
        if (!file) return 0;
        long count;
        if (fscanf(file, "%15s %ld", said, &count) == 2) *(strcmp(said, "sync") ? &until_write : &until_sync) = count;
        fclose(file);
    }
    if (*until < 0) return 0;
    if (*until > 1) { --*until; return 0; }
    errno = EIO;
    return 1;
}

static void note(struct record *record, const void *bytes, size_t length) {
    char small[4096];
    record->length = length;
    size_t total = sizeof *record + length;
    char *whole = total <= sizeof small ? small : malloc(total);
    memcpy(whole, record, sizeof *record);
    if (length) memcpy(whole + sizeof *record, bytes, length);
    if (REAL(write)(log_fd, whole, total) != (ssize_t)total) die("the undo log");
    if (whole != small) free(whole);
}

static void note_names(char kind, const char *a, const char *b, const char *c) {
    char names[3 * 4096];
    size_t at = 0;
    const char *all[] = {a, b, c};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(all[i]) + 1;
        memcpy(names + at, all[i], length);
        at += length;
    }
    struct record record = {.kind = kind};
    note(&record, names, at);
}

// The bytes of a file that are about to be overwritten, cut off, or come to lie behind its end.
static void note_write(int fd, uint64_t offset, uint64_t count) {
    struct stat stat;
    if (fstat(fd, &stat)) die("fstat");
    uint64_t length = stat.st_size;
    uint64_t old = offset >= length ? 0 : length - offset < count ? length - offset : count;
    char *bytes = malloc(old + 1);
    for (uint64_t read = 0; read < old;) {
        ssize_t one = pread(fd, bytes + read, old - read, offset + read);
        if (one <= 0) die("reading what is overwritten");
        read += one;
    }
    struct record record = {.kind = WRITE_UNDO, .file = stat.st_ino, .offset = offset, .count = count};
    note(&record, bytes, old);
    free(bytes);
}

// A second name for what a name means, so that it is not gone when the name is.
static void save(const char *path, char *saved, size_t size) {
    snprintf(saved, size, "%s.saved-%ld", log_path, ++saved_count);
    if (link(path, saved)) saved[0] = 0;
}

static int opened(const char *path, int flags, mode_t mode) {
    if (!is_inside(path)) return real_open(path, flags, mode);
    pthread_mutex_lock(&gate);
    int is_new = (flags & O_CREAT) && access(path, F_OK);
    if (is_new) note_names(CREATED, path, "", "");
    if (!is_new && (flags & O_TRUNC)) {
        int fd = real_open(path, O_RDONLY | O_CLOEXEC, 0);
        if (fd >= 0) { note_write(fd, 0, UINT64_MAX); REAL(close)(fd); }
    }
    int fd = real_open(path, flags, mode);
    if (fd >= 0 && fd < FDS_MAX) watched[fd] = 1;
    pthread_mutex_unlock(&gate);
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    // A directory is opened to be synced.
    if (log_fd >= 0 && directory && !strcmp(path, directory)) {
        int fd = real_open(path, flags, mode);
        if (fd >= 0 && fd < FDS_MAX) watched[fd] = 2;
        return fd;
    }
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return open(path, flags, mode);
}

int close(int fd) {
    if (fd >= 0 && fd < FDS_MAX) watched[fd] = 0;
    return REAL(close)(fd);
}

static ssize_t written(int fd, const void *bytes, size_t count, off_t offset) {
    if (!is_watched(fd)) return REAL(pwrite)(fd, bytes, count, offset);
    pthread_mutex_lock(&gate);
    ssize_t result = -1;
    if (!fails(&until_write)) {
        note_write(fd, offset, count);
        result = REAL(pwrite)(fd, bytes, count, offset);
    }
    pthread_mutex_unlock(&gate);
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return written(fd, bytes, count, offset); }

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) { return written(fd, bytes, count, offset); }

int ftruncate(int fd, off_t length) {
    if (is_watched(fd)) {
        pthread_mutex_lock(&gate);
        note_write(fd, length, UINT64_MAX);
        pthread_mutex_unlock(&gate);
    }
    return REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

static int synced(int fd) {
    int result = 0;
    struct stat stat, log;
    // What is written from now on is not covered.
    if (fstat(log_fd, &log)) die("fstat");
    usleep(SYNC_MICROSECONDS);
    pthread_mutex_lock(&gate);
    if (fails(&until_sync)) {
        result = -1;
    } else if (!forgets) {
        if (fstat(fd, &stat)) die("fstat");
        struct record record = {.kind = watched[fd] == 2 ? DIR_SYNCED : FILE_SYNCED, .file = stat.st_ino};
        record.offset = log.st_size;
        note(&record, NULL, 0);
    }
    pthread_mutex_unlock(&gate);
    return result;
}

// The kernel is not asked: the log stands for the platter, and the test is faster for it.
int fsync(int fd) { return is_watched(fd) ? synced(fd) : REAL(fsync)(fd); }

int fdatasync(int fd) { return is_watched(fd) ? synced(fd) : REAL(fdatasync)(fd); }

int rename(const char *from, const char *to) {
    if (!is_inside(to)) return REAL(rename)(from, to);
    pthread_mutex_lock(&gate);
    char saved[4096] = "";
    save(to, saved, sizeof saved);
    note_names(RENAMED, from, to, saved);
    int result = REAL(rename)(from, to);
    pthread_mutex_unlock(&gate);
    return result;
}

int unlink(const char *path) {
    if (!is_inside(path)) return REAL(unlink)(path);
    pthread_mutex_lock(&gate);
    char saved[4096] = "";
    save(path, saved, sizeof saved);
    note_names(REMOVED, path, saved, "");
    int result = REAL(unlink)(path);
    pthread_mutex_unlock(&gate);
    return result;
}

// The runtime looks up what it calls by P/Invoke in libc itself, past every preloaded library.
void *dlsym(void *handle, const char *name) {
    if (!strcmp(name, "fdatasync")) return (void *)fdatasync;
    if (!strcmp(name, "fsync")) return (void *)fsync;
    if (!strcmp(name, "open")) return (void *)open;
    if (!strcmp(name, "close")) return (void *)close;
    return real_dlsym(handle, name);
}
