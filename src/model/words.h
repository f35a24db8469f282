/*
 * words.h -- the words of the contract.
 *
 * One table an enum, in the order of the enum and ended by NULL: the reader
 * looks a word up in it, the writer prints from it, so that what goes out
 * can come back in.
 */
#ifndef TAPR_MODEL_WORDS_H
#define TAPR_MODEL_WORDS_H

extern const char *const zone_words[];		/* enum zone */
extern const char *const section_words[];	/* enum section */
extern const char *const regime_words[];	/* enum regime */
extern const char *const group_words[];		/* enum btp_group, from 1 */
extern const char *const mode_words[];		/* enum mode, from 1 */
extern const char *const kind_words[];		/* enum claim_kind */
extern const char *const charge_words[];	/* enum charge */
extern const char *const role_words[];		/* enum temp_role, from 1 */
extern const char *const category_words[];	/* enum cost_category */
extern const char *const majoration_words[];	/* M1 to M4 */
extern const char *const benefit_words[];	/* S1-61: without any act */

#endif
