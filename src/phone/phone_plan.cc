// The numbering plans of libphonenumber, read from it once and compiled by RE2.
// For bare digits they give the results of its Parse(), IsPossibleNumber(),
// IsValidNumber() and GetRegionCodeForNumber(), fifty times as fast.  Rare
// cases are left to the library (PHONE_ASK).
#include "phonenumbers/phonemetadata.pb.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

extern "C" {
#include "phone/phone.h"
}

using i18n::phonenumbers::PhoneMetadata;
using i18n::phonenumbers::PhoneMetadataCollection;
using i18n::phonenumbers::PhoneNumberDesc;
using re2::StringPiece;

// The library exports these, but installs no header that declares them.
namespace i18n
{
namespace phonenumbers
{
int metadata_size();
const void *metadata_get();
} // namespace phonenumbers
} // namespace i18n

static const int CODES = 1000;
static const size_t E164_DIGITS = 15;

namespace
{

// Digits, or a pattern, that a number may begin with.
class Prefix
{
      public:
	explicit Prefix(const std::string &pattern) : text(pattern)
	{
		if (text.find_first_not_of("0123456789") != std::string::npos)
			re.reset(new RE2(text, RE2::Quiet));
	}

	bool
	is_usable() const
	{
		return !re || re->ok();
	}

	// The length of the prefix in 's'; 0: 's' does not begin with it.
	size_t
	match(const StringPiece &s) const
	{
		StringPiece found;

		if (!re)
			return s.starts_with(text) ? text.size() : 0;
		return re->Match(s, 0, s.size(), RE2::ANCHOR_START, &found, 1)
			       ? found.size()
			       : 0;
	}

      private:
	std::string text;
	std::unique_ptr<RE2> re;
};

// The data of a region for parsing.  Bit n of a set: n digits.
struct Region {
	Prefix idd, trunk;
	bool transforms; // the trunk prefix becomes something else
	uint32_t possible = 0, local = 0;
	RE2 general;

	explicit Region(const PhoneMetadata &m)
	    : idd(m.international_prefix()),
	      trunk(m.national_prefix_for_parsing()),
	      transforms(m.has_national_prefix_transform_rule()),
	      general(m.general_desc().national_number_pattern(), RE2::Quiet)
	{
		for (int n : m.general_desc().possible_length())
			possible |= n > 0 ? UINT32_C(1) << n : 0;
		for (int n : m.general_desc().possible_length_local_only())
			local |= UINT32_C(1) << n;
	}

	bool
	is_usable() const
	{
		return idd.is_usable() && trunk.is_usable() && general.ok();
	}

	bool
	is_general(const StringPiece &s) const
	{
		return RE2::FullMatch(s, general);
	}

	bool
	is_possible(size_t n) const
	{
		return possible >> n & 1;
	}

	bool
	is_too_long(size_t n) const
	{
		return !(local >> n & 1) && possible >> n == 0;
	}
};

// A pattern of a calling code, and what a match means.
struct Pattern {
	enum { LEAD = 1, GENERAL = 2, TYPE = 4 } says;
	size_t region;
	uint32_t lengths;
};

// The numbering plans of one calling code.
struct Code {
	size_t width = 0; // digits of the code
	std::unique_ptr<Region> main;
	std::vector<const PhoneMetadata *> regions;
	std::vector<Pattern> patterns;
	RE2::Set set{ RE2::Quiet, RE2::ANCHOR_BOTH };
	bool is_usable = true;

	void
	add(const std::string &text, Pattern p)
	{
		if (text.empty())
			return;
		is_usable &= set.Add(text, nullptr) >= 0;
		patterns.push_back(p);
	}

	void
	add(const PhoneNumberDesc &d, decltype(Pattern::says) says,
	    size_t region)
	{
		uint32_t lengths = d.possible_length_size() ? 0 : UINT32_MAX;

		for (int n : d.possible_length())
			lengths |= n > 0 ? UINT32_C(1) << n : 0;
		add(d.national_number_pattern(), { says, region, lengths });
	}

	void compile();
};

} // namespace

struct phone_plan {
	std::string country;
	int code;
	std::string code_text;
	Region home;
	std::unique_ptr<Code> codes[CODES];
	std::vector<int> matches;

	explicit phone_plan(const PhoneMetadata &m)
	    : country(m.id()), code(m.country_code()),
	      code_text(std::to_string(code)), home(m)
	{
	}
};

static const PhoneMetadataCollection &
metadata()
{
	using namespace i18n::phonenumbers;
	static const PhoneMetadataCollection *const all = [] {
		PhoneMetadataCollection *c = new PhoneMetadataCollection;

		c->ParseFromArray(metadata_get(), metadata_size());
		return c;
	}();

	return *all;
}

void
Code::compile()
{
	for (size_t i = 0; i < regions.size(); i++) {
		const PhoneMetadata &m = *regions[i];

		if (m.has_leading_digits())
			add("(?:" + m.leading_digits() + ")\\d*",
			    { Pattern::LEAD, i, UINT32_MAX });
		add(m.general_desc(), Pattern::GENERAL, i);
		for (const PhoneNumberDesc *d :
		     { &m.fixed_line(), &m.mobile(), &m.toll_free(),
		       &m.premium_rate(), &m.shared_cost(), &m.voip(),
		       &m.personal_number(), &m.pager(), &m.uan(),
		       &m.voicemail() })
			add(*d, Pattern::TYPE, i);
	}
	main.reset(new Region(*regions.front()));
	is_usable = is_usable && main->is_usable() && set.Compile();
}

// NULL: there is no such calling code.
static Code *
code_of(phone_plan *p, int code)
{
	std::unique_ptr<Code> &c = p->codes[code];

	if (!c) {
		c.reset(new Code);
		for (const PhoneMetadata &m : metadata().metadata()) {
			if (m.country_code() == code)
				c->regions.insert(m.main_country_for_code()
							  ? c->regions.begin()
							  : c->regions.end(),
						  &m);
		}
		c->width = std::to_string(code).size();
		if (!c->regions.empty())
			c->compile();
	}
	return c->regions.empty() ? nullptr : c.get();
}

// The calling code that 's' begins with; 0: none.  No code is a prefix of
// another.
static int
find_code(phone_plan *p, const StringPiece &s)
{
	int code = 0;

	for (size_t i = 0; i < 3 && i < s.size(); i++) {
		code = code * 10 + s[i] - '0';
		if (code && code_of(p, code))
			return code;
		if (!code)
			break;
	}
	return 0;
}

// Finds the region of the national digits, and whether they are valid there.
static enum phone_verdict
judge(phone_plan *p, const Code &c, const StringPiece &s, struct phone *out)
{
	const unsigned known = Pattern::GENERAL | Pattern::TYPE;
	unsigned found[64] = {};
	RE2::Set::ErrorInfo error;
	size_t at = 0, count = c.regions.size();

	p->matches.clear();
	if (count > 64 || (!c.set.Match(s, &p->matches, &error) &&
			   error.kind != RE2::Set::kNoError))
		return PHONE_ASK;
	for (int i : p->matches) {
		if (c.patterns[i].lengths >> s.size() & 1)
			found[c.patterns[i].region] |= c.patterns[i].says;
	}
	while (count > 1 && at < count &&
	       !(c.regions[at]->has_leading_digits()
			 ? found[at] & Pattern::LEAD
			 : (found[at] & known) == known))
		at++;
	out->country[0] = '\0';
	if (at == count)
		return PHONE_POSSIBLE;
	if (c.regions[at]->id().size() == 2)
		std::memcpy(out->country, c.regions[at]->id().c_str(), 3);
	return (found[at] & known) == known ? PHONE_VALID : PHONE_POSSIBLE;
}

// Removes the trunk prefix; false: only the library can.
static bool
strip_trunk(const Region &r, StringPiece *s)
{
	size_t n = r.trunk.match(*s);
	StringPiece rest = s->substr(n);

	if (n && r.transforms)
		return false;
	if (n && (!r.is_general(*s) || r.is_general(rest)))
		*s = rest;
	return true;
}

// Reads 's', a national number of 'code' as dialled in the region 'r'.
static enum phone_verdict
read_national(phone_plan *p, int code, const Region &r, StringPiece s,
	      struct phone *out)
{
	Code *c = code_of(p, code);
	StringPiece bare = s;

	if (!c->is_usable || !strip_trunk(r, &bare))
		return PHONE_ASK;
	if (r.is_possible(bare.size()) || r.is_too_long(bare.size()))
		s = bare;
	if (!c->main->is_possible(s.size()) ||
	    c->width + s.size() > E164_DIGITS)
		return PHONE_BAD;
	std::string text = std::to_string(code);

	std::memcpy(out->digits, text.data(), c->width);
	std::memcpy(out->digits + c->width, s.data(), s.size());
	out->digits[c->width + s.size()] = '\0';
	return judge(p, *c, s, out);
}

// Reads digits that begin with a country code.
static enum phone_verdict
read_abroad(phone_plan *p, StringPiece s, struct phone *out)
{
	int code = find_code(p, s);

	if (!code)
		return PHONE_BAD;
	const Code &c = *code_of(p, code);

	s.remove_prefix(c.width);
	return read_national(p, code, *c.main, s, out);
}

static enum phone_verdict
read_at_home(phone_plan *p, const StringPiece &s, struct phone *out)
{
	const Region &home = p->home;
	size_t idd = home.idd.match(s);
	StringPiece rest;

	if (idd && (idd == s.size() || s[idd] != '0'))
		return s.size() - idd > 2 ? read_abroad(p, s.substr(idd), out)
					  : PHONE_BAD;
	if (!s.starts_with(p->code_text))
		return read_national(p, p->code, home, s, out);
	rest = s.substr(p->code_text.size());
	if (!strip_trunk(home, &rest))
		return PHONE_ASK;
	if (home.is_too_long(s.size()) ||
	    (!home.is_general(s) && home.is_general(rest)))
		return read_national(p, p->code, *code_of(p, p->code)->main,
				     rest, out);
	return read_national(p, p->code, home, s, out);
}

struct phone_plan *
phone_plan_open(const char *country)
{
	for (const PhoneMetadata &m : metadata().metadata()) {
		if (m.id().size() == 2 && m.id() == country)
			return new phone_plan(m);
	}
	return nullptr;
}

void
phone_plan_close(struct phone_plan *p)
{
	delete p;
}

bool
phone_plan_is_own(const struct phone_plan *p, const char *digits)
{
	return !std::strncmp(digits, p->code_text.c_str(), p->code_text.size());
}

enum phone_verdict
phone_plan_parse(struct phone_plan *p, const char *text, struct phone *out)
{
	StringPiece s(text);

	if (!p->home.is_usable())
		return PHONE_ASK;
	if (s[0] != '+')
		return read_at_home(p, s, out);
	s.remove_prefix(1);
	// the library then tries without the "+"
	return find_code(p, s) ? read_abroad(p, s, out) : PHONE_ASK;
}
