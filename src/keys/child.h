/*
 * child.h -- the keys child: the only process that opens the key of an epoch.
 *
 * Started by keys_start() as this same program with KEYS_CHILD as its first
 * word; what it may do and where its files are is on its command line, so it is
 * settled before the first message.  Its standard input is a socket to who
 * started it; it answers until that is closed, then wipes its memory and ends.
 */
#ifndef TAPR_KEYS_CHILD_H
#define TAPR_KEYS_CHILD_H

#include "keys/month.h"
#include "keys/wire.h"

#define KEYS_CHILD "keys-child"

struct child {
	int		 rights;
	bool		 locked;
	struct ring	 ring;
};

/* keys_child(argc, argv): all of the process; its exit status. */
int keys_child(int argc, char **argv);

/* child_answer(c, request, reply): one message, for keys_child() and its tests. */
void child_answer(struct child *c, const unsigned char request[WIRE_BYTES],
    unsigned char reply[WIRE_BYTES]);

/* Words on the command line after KEYS_CHILD. */
enum { CHILD_RIGHTS = 2, CHILD_DIR, CHILD_ROOT, CHILD_ID, CHILD_SECRET,
	CHILD_NEW_SECRET, CHILD_MODULE, CHILD_TOKEN, CHILD_WORDS };

#endif
