/*
 * dice.h -- chance that is the same everywhere.
 *
 * One seed, and a counter: what is drawn for a thing depends on the seed, on
 * what is drawn (the stream) and on the number of the thing, never on what
 * was drawn before for another.  So the same seed gives the same country on
 * every machine.  One draw to an expression: the order of two would be the
 * compiler's choice.
 *
 * The mixing is splitmix64 (Steele, Lea, Flood 2014).  Nothing here is fit
 * for a secret.
 */
#ifndef TAPR_SYNTH_DICE_H
#define TAPR_SYNTH_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice { uint64_t state; };

/* dice(seed, stream, index): the dice of thing ${index} in ${stream}. */
struct dice dice(uint64_t seed, uint64_t stream, uint64_t index);

/* 64 even bits. */
uint64_t dice_bits(struct dice *d);
/* dice_below(d, n): 0 to n - 1, evenly (${n} > 0). */
uint32_t dice_below(struct dice *d, uint32_t n);
/* dice_between(d, from, to): ${from} to ${to}, both included. */
int32_t dice_between(struct dice *d, int32_t from, int32_t to);
/* dice_hit(d, n, of): true ${n} times out of ${of}. */
bool dice_hit(struct dice *d, uint32_t n, uint32_t of);

#endif
