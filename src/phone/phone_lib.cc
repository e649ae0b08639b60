// Asks libphonenumber itself about a number.
#include "phonenumbers/logger.h"
#include "phonenumbers/phonenumberutil.h"

#include <cstring>
#include <set>
#include <string>

extern "C" {
#include "phone/phone.h"
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

// False for a local number too: without its area code it cannot be dialled from
// everywhere.
static bool
is_possible(const PhoneNumber &n)
{
	return lib()->IsPossibleNumberWithReason(n) ==
	       PhoneNumberUtil::IS_POSSIBLE;
}

enum phone_verdict
phone_lib_parse(const char *text, const char *country, struct phone *out)
{
	PhoneNumber n;
	std::string e164, region;

	if (lib()->Parse(text, country, &n) !=
		    PhoneNumberUtil::NO_PARSING_ERROR ||
	    !is_possible(n))
		return PHONE_BAD;
	lib()->Format(n, PhoneNumberUtil::E164, &e164);
	if (e164.size() < 2 || e164.size() > PHONE_TEXT)
		return PHONE_BAD;
	std::memcpy(out->digits, e164.c_str() + 1, e164.size());
	lib()->GetRegionCodeForNumber(n, &region);
	if (region == "ZZ" || region.size() != 2)
		region.clear(); // no country, or several ("001")
	std::memcpy(out->country, region.c_str(), region.size() + 1);
	return lib()->IsValidNumber(n) ? PHONE_VALID : PHONE_POSSIBLE;
}

bool
phone_has_country(const char *code)
{
	return lib()->GetCountryCodeForRegion(code) != 0;
}

size_t
phone_countries(char (*out)[3], size_t most)
{
	std::set<std::string> codes;
	size_t n = 0;

	lib()->GetSupportedRegions(&codes);
	for (const std::string &code : codes)
		if (code.size() == 2 && n < most)
			std::memcpy(out[n++], code.c_str(), 3);
	return n;
}
