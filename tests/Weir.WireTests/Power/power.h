// What both halves of the power switch agree on: the undo log.
//
// Every change of the watched directory that is not yet synced stands in the log with what undoes it, written before the
// change itself. A kill -9 keeps the log, as it keeps the page cache; then the second half takes back what no sync has
// covered, all of it or some sectors of it.
#pragma once

#include <stdint.h>

enum kind {
    WRITE_UNDO = 'W',  // file, offset, count, and the bytes that were there: fewer at the file's end
    FILE_SYNCED = 'S', // file, offset: its writes before that place of the log are on the platter
    CREATED = 'C',     // from: a name that was not there
    RENAMED = 'R',     // from, to, saved: a link to what the new name meant before, or empty
    REMOVED = 'U',     // from, saved: a link to what it meant
    DIR_SYNCED = 'D',  // offset: the names before that place of the log are on the platter
};

struct record {
    uint8_t kind;
    uint8_t unused[7];
    uint64_t file; // its inode
    uint64_t offset;
    uint64_t count; // bytes written, or cut off
    uint64_t length; // of what follows: bytes, or names that end in zero
};
