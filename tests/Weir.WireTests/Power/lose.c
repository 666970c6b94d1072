// The second half of the power switch: takes back what the undo log of a killed server says was never synced.
//
//   lose DIRECTORY LOG SEED
//
// Names: a whole number of the latest changes is taken back, in reverse, as a journalling file system does. Contents:
// each sector (512 bytes or 4 KiB) of each unsynced write on its own. Prints what it found and what it took back.
#define _GNU_SOURCE
#include "power.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MAX 4096

struct entry {
    struct record record;
    const char *data;
    uint64_t place; // in the log
    int is_covered;
};

static struct { uint64_t inode; int fd; } files[FILES_MAX];
static int file_count;
static unsigned long long random_state;

static double next_random(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double)(random_state >> 11) / (double)(1ull << 53);
}

static void open_all(const char *directory, const char *prefix) {
    DIR *names = opendir(directory);
    for (struct dirent *name; names && (name = readdir(names));) {
        if (strncmp(name->d_name, prefix, strlen(prefix))) continue;
        char path[8192];
        struct stat stat;
        snprintf(path, sizeof path, "%s/%s", directory, name->d_name);
        int fd = open(path, O_RDWR);
        if (fd < 0) continue;
        if (fstat(fd, &stat) || !S_ISREG(stat.st_mode) || file_count == FILES_MAX) { close(fd); continue; }
        files[file_count].inode = stat.st_ino;
        files[file_count++].fd = fd;
    }
    if (names) closedir(names);
}

static int file_of(uint64_t inode) {
    for (int i = 0; i < file_count; i++)
        if (files[i].inode == inode) return i;
    return -1;
}

static void must(int succeeded, const char *what) {
    if (succeeded) return;
    perror(what);
    exit(1);
}

static void undo_names(const struct entry *entry) {
    const char *first = entry->data, *second = first + strlen(first) + 1, *third = second + strlen(second) + 1;
    switch (entry->record.kind) {
        case CREATED: unlink(first); break;
        case RENAMED:
            if (!access(second, F_OK)) must(!rename(second, first), "undoing a rename");
            if (*third && !access(third, F_OK)) must(!rename(third, second), "putting a replaced file back");
            break;
        case REMOVED:
            if (*second && !access(second, F_OK)) must(!rename(second, first), "putting a removed file back");
            break;
    }
}

// Sector by sector; what lay behind the file's end becomes zeros, which is what a file system shows there.
static long undo_write(const struct entry *entry, uint64_t written_to, double keep, unsigned sector) {
    int file = file_of(entry->record.file);
    if (file < 0) return 0;
    char zeros[4096] = {0};
    long undone = 0;
    for (uint64_t at = entry->record.offset; at < written_to;) {
        uint64_t end = (at / sector + 1) * sector;
        if (end > written_to) end = written_to;
        if (next_random() >= keep) {
            uint64_t old_end = entry->record.offset + entry->record.length;
            uint64_t old = at >= old_end ? 0 : (old_end < end ? old_end : end) - at;
            const char *bytes = entry->data + (at - entry->record.offset);
            if (old) must(pwrite(files[file].fd, bytes, old, at) == (ssize_t)old, "undoing a write");
            if (end - at > old)
                must(pwrite(files[file].fd, zeros, end - at - old, at + old) >= 0, "zeroing what was never written");
            undone++;
        }
        at = end;
    }
    return undone;
}

int main(int count, char **arguments) {
    if (count != 4) { fprintf(stderr, "lose DIRECTORY LOG SEED\n"); return 64; }
    const char *directory = arguments[1], *log = arguments[2];
    random_state = strtoull(arguments[3], NULL, 10) * 0x9E3779B97F4A7C15ull + 1;
    for (int i = 0; i < 8; i++) next_random();
    FILE *file = fopen(log, "rb");
    must(file != NULL, log);
    must(!fseek(file, 0, SEEK_END), "seek");
    long size = ftell(file);
    rewind(file);
    char *bytes = malloc(size + 1);
    must(fread(bytes, 1, size, file) == (size_t)size, "reading the log");

    size_t capacity = 1024, entries = 0;
    struct entry *all = malloc(capacity * sizeof *all);
    for (long at = 0; at + (long)sizeof(struct record) <= size;) {
        if (entries == capacity) all = realloc(all, (capacity *= 2) * sizeof *all);
        struct entry *entry = &all[entries];
        memcpy(&entry->record, bytes + at, sizeof entry->record);
        entry->place = at;
        at += sizeof entry->record;
        entry->data = bytes + at;
        entry->is_covered = 0;
        if (at + (long)entry->record.length > size) break; // The kill came while it was noted: its change did not happen.
        at += entry->record.length;
        entries++;
    }

    // A sync covers what was noted before it began.
    struct { uint64_t inode, until; } synced[FILES_MAX];
    int synced_count = 0;
    uint64_t names_until = 0;
    for (size_t i = 0; i < entries; i++) {
        const struct record *record = &all[i].record;
        if (record->kind == DIR_SYNCED && record->offset > names_until) names_until = record->offset;
        if (record->kind != FILE_SYNCED) continue;
        int s = 0;
        while (s < synced_count && synced[s].inode != record->file) s++;
        must(s < FILES_MAX, "more files than this keeps");
        if (s == synced_count) synced_count++;
        synced[s].inode = record->file;
        synced[s].until = record->offset;
    }
    for (size_t i = 0; i < entries; i++) {
        struct entry *entry = &all[i];
        if (entry->record.kind != WRITE_UNDO) entry->is_covered = entry->place < names_until;
        for (int s = 0; s < synced_count && entry->record.kind == WRITE_UNDO; s++)
            if (synced[s].inode == entry->record.file) entry->is_covered = entry->place < synced[s].until;
    }

    char parent[8192];
    snprintf(parent, sizeof parent, "%s", log);
    char *slash = strrchr(parent, '/');
    *slash = 0;
    open_all(directory, "");
    open_all(parent, slash + 1);

    const double shares[] = {0, 0.1, 0.5, 0.9, 1};
    double keep = shares[(int)(next_random() * 5)];
    unsigned sector = next_random() < 0.5 ? 512 : 4096;
    long writes = 0, sectors = 0, names = 0, names_undone = 0;
    for (size_t i = entries; i-- > 0;) {
        struct entry *entry = &all[i];
        if (entry->is_covered || entry->record.kind != WRITE_UNDO) continue;
        writes++;
        // What was cut off ends where its bytes do; a write ends where it was to end, if it got so far.
        struct stat stat;
        int found = file_of(entry->record.file);
        if (found < 0 || fstat(files[found].fd, &stat)) continue;
        uint64_t old_end = entry->record.offset + entry->record.length, end = stat.st_size;
        if (entry->record.count < end - entry->record.offset) end = entry->record.offset + entry->record.count;
        sectors += undo_write(entry, end > old_end ? end : old_end, keep, sector);
    }
    int stops = 0;
    for (size_t i = entries; i-- > 0 && !stops;) {
        struct entry *entry = &all[i];
        char kind = entry->record.kind;
        if (entry->is_covered || (kind != CREATED && kind != RENAMED && kind != REMOVED)) continue;
        names++;
        if (next_random() < keep) stops = 1;
        else { undo_names(entry); names_undone++; }
    }
    printf("%ld unsynced writes, %ld sectors lost, %ld names lost\n", writes, sectors, names_undone);
    return 0;
}
