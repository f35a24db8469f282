/*
 * A checkpoint comes from a witness: bytes from outside.  Whatever they are, the
 * reader says yes or no, and yes only within them.
 */
#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "guard/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const unsigned char seed[32] = { 7 };
	char text[NOTE_KEY_TEXT_MAX], *copy = malloc(n + 1);
	struct err err = { .code = TAPR_OK };
	struct note_key key;
	struct note note;
	size_t used;

	if (copy == NULL || sodium_init() < 0)
		return 0;
	memcpy(copy, data, n);
	copy[n] = '\0';
	note_key_text("tapr.audit/test", seed, text);
	if (note_key_read(text, &key, &err) != TAPR_OK)
		abort();
	if (note_read(copy, n, &key, &note, &used, &err) == TAPR_OK)
		assert(used <= n && note.size >= 0);
	(void)note_key_read(copy, &key, &err);
	free(copy);
	return 0;
}
