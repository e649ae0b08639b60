/*
 * answer_codec.h - values of answers that no field type has; nothing is read by
 * them.
 */
#ifndef WEB_API_ANSWER_CODEC_H
#define WEB_API_ANSWER_CODEC_H

struct codec;

/* An int64_t that is a number; -1: not known, null. */
extern const struct codec known_codec;
/* An int64_t in tenths, as a number with one decimal; -1: null. */
extern const struct codec tenths_codec;

#define KNOWN .type = FIELD_CODED, .codec = &known_codec
#define TENTHS .type = FIELD_CODED, .codec = &tenths_codec

#endif
