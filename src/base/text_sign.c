/* What a character means in a number. */
#include "base/text.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* Look-alikes that Unicode counts neither as dashes nor as width variants. */
static int
likeness(uint32_t c)
{
	switch (c) {
	case 0x2212: /* minus */
	case 0x2043: /* hyphen bullet */
	case 0x30fc: /* Katakana's long vowel */
		return '-';
	case 0xb7:   /* middle dot */
	case 0x2022: /* bullet */
	case 0x2027: /* hyphenation point */
	case 0x30fb: /* Katakana's middle dot */
		return '.';
	case 0x2044: /* fraction slash */
	case 0x2215: /* division slash */
		return '/';
	default:
		return 0;
	}
}

/* The ASCII form of a full-width sign such as "（", "＋" and "．". */
static int
of_other_width(uint32_t c)
{
	UErrorCode bad = U_ZERO_ERROR;
	const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&bad);
	UChar out[2];
	int32_t n = 0;

	if (U_SUCCESS(bad))
		n = unorm2_getDecomposition(nfkc, (UChar32)c, out, 2, &bad);
	return U_SUCCESS(bad) && n == 1 && out[0] < 0x80 ? out[0] : 0;
}

int
text_sign(uint32_t c)
{
	int sign;

	if (c < 0x80)
		return c < ' ' || c == 0x7f ? 0 : (int)c;
	if (u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
		return TEXT_UNSEEN;
	switch (u_charType((UChar32)c)) {
	case U_FORMAT_CHAR:
		return TEXT_UNSEEN;
	case U_DECIMAL_DIGIT_NUMBER:
		return '0' + u_charDigitValue((UChar32)c);
	case U_SPACE_SEPARATOR:
		return ' ';
	case U_DASH_PUNCTUATION:
		return '-';
	case U_OTHER_NUMBER: /* a superscript is no digit */
		return 0;
	default:
		sign = likeness(c);
		return sign ? sign : of_other_width(c);
	}
}
