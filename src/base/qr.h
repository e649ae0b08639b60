/*
 * qr.h - a text as a QR code (libqrencode).
 */
#ifndef BASE_QR_H
#define BASE_QR_H

struct arena;

/*
 * The dark modules as the path of an SVG whose side is *side units, with the
 * quiet zone that readers need; NULL: the text is too long.
 */
const char *qr_path(const char *text, int *side, struct arena *a);

#endif
