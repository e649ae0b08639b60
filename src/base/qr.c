#include "base/qr.h"

#include <stddef.h>

#include <qrencode.h>

#include "base/arena.h"
#include "base/buf.h"

#define QUIET 4 /* modules around the code */

/* Each run of dark modules of a row is a rectangle. */
static void
add_row(struct buf *out, const unsigned char *row, int width, int y)
{
	for (int x = 0; x < width; x++) {
		int from = x;

		while (x < width && row[x] & 1)
			x++;
		if (x > from)
			buf_printf(out, "M%d %dh%dv1h-%dz", from + QUIET,
				   y + QUIET, x - from, x - from);
	}
}

const char *
qr_path(const char *text, int *side, struct arena *a)
{
	QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	struct buf out = BUF_INIT;
	const char *path;

	if (!code)
		return NULL;
	for (int y = 0; y < code->width; y++)
		add_row(&out, code->data + (ptrdiff_t)y * code->width,
			code->width, y);
	*side = code->width + 2 * QUIET;
	QRcode_free(code);
	path = arena_strdup(a, out.data);
	buf_free(&out);
	return path;
}
