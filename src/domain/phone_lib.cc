// The one file that knows libphonenumber.
#include "phonenumbers/logger.h"
#include "phonenumbers/phonenumberutil.h"

#include <cstring>
#include <string>

extern "C" {
#include "domain/phone.h"
}

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

static PhoneNumberUtil *
lib()
{
	static PhoneNumberUtil *const util = [] {
		PhoneNumberUtil *u = PhoneNumberUtil::GetInstance();

		u->SetLogger(new NullLogger()); // u owns it
		return u;
	}();

	return util;
}

// Without an area code it cannot be dialled from everywhere.
static bool
is_possible(const PhoneNumber &n)
{
	return lib()->IsPossibleNumberWithReason(n) ==
	       PhoneNumberUtil::IS_POSSIBLE;
}

int
phone_lib_code(const char *country)
{
	return lib()->GetCountryCodeForRegion(country);
}

uint32_t
phone_lib_lengths(int code)
{
	std::string region;
	uint32_t set = 0;

	lib()->GetRegionCodeForCountryCode(code, &region);
	if (region == "ZZ")
		return 0;
	for (int len = 1; len <= 15; len++) {
		PhoneNumber n;
		uint64_t digits = 1;

		for (int i = 1; i < len; i++)
			digits *= 10;
		n.set_country_code(code);
		n.set_national_number(digits);
		if (is_possible(n))
			set |= UINT32_C(1) << len;
	}
	return set;
}

enum phone_verdict
phone_lib_parse(const char *text, const char *country,
		char out[PHONE_TEXT])
{
	PhoneNumber n;
	std::string e164;

	if (lib()->Parse(text, country, &n) !=
		    PhoneNumberUtil::NO_PARSING_ERROR ||
	    !is_possible(n))
		return PHONE_BAD;
	lib()->Format(n, PhoneNumberUtil::E164, &e164);
	if (e164.size() < 2 || e164.size() > PHONE_TEXT)
		return PHONE_BAD;
	std::memcpy(out, e164.c_str() + 1, e164.size());
	return lib()->IsValidNumber(n) ? PHONE_VALID : PHONE_POSSIBLE;
}
