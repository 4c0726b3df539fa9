#include "field/field.h"

/* The patterns are small enough to be read by hand-written loops; the wording
 * (which quotes the regular expressions) is what clients see. */
#define LABEL_RE     "[a-z0-9]([-a-z0-9]*[a-z0-9])?"
#define QUALIFIED_RE "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"
#define QUALIFIED_TEXT \
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " \
    "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '" QUALIFIED_RE "')"
#define SUBDOMAIN_TEXT \
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " \
    "and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '" LABEL_RE "(\\." LABEL_RE ")*')"
#define LABEL_TEXT \
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and " \
    "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '" LABEL_RE "')"

static bool is_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_lower_alnum(char c)
{
    return is_lower(c) || is_digit(c);
}

static bool is_alnum(char c)
{
    return is_lower_alnum(c) || (c >= 'A' && c <= 'Z');
}

static size_t note(const char *why[NAME_FAULTS_MAX], size_t n, const char *text)
{
    if (n < NAME_FAULTS_MAX)
        why[n++] = text;
    return n;
}

static bool is_dns_label(struct str s)
{
    if (s.n == 0 || !is_lower_alnum(s.p[0]) || !is_lower_alnum(s.p[s.n - 1]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_lower_alnum(s.p[i]) && s.p[i] != '-')
            return false;
    }
    return true;
}

static bool is_subdomain(struct str s)
{
    struct str piece;
    if (s.n == 0)
        return false;
    while (str_next(&s, '.', &piece)) {
        if (!is_dns_label(piece))
            return false;
    }
    return true;
}

static bool is_qualified(struct str s)
{
    if (s.n == 0 || !is_alnum(s.p[0]) || !is_alnum(s.p[s.n - 1]))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (!is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '_' && s.p[i] != '.')
            return false;
    }
    return true;
}

size_t name_dns_label(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    if (s.n > 63)
        n = note(why, n, "must be no more than 63 bytes");
    if (!is_dns_label(s))
        n = note(why, n, is_subdomain(s) ? "must not contain dots" : LABEL_TEXT);
    return n;
}

size_t name_dns_subdomain(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    if (s.n > 253)
        n = note(why, n, "must be no more than 253 bytes");
    if (!is_subdomain(s))
        n = note(why, n, SUBDOMAIN_TEXT);
    return n;
}

size_t name_dns_1035(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    if (s.n > 63)
        n = note(why, n, "must be no more than 63 bytes");
    if (!is_dns_label(s) || !is_lower(s.p[0]))
        n = note(why, n,
                 "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
                 "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
                 "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')");
    return n;
}

size_t name_wildcard_subdomain(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    if (s.n > 253)
        n = note(why, n, "must be no more than 253 bytes");
    if (!str_starts(s, STR("*.")) || !is_subdomain(str_from(s, 2)))
        n = note(why, n,
                 "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must "
                 "consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character "
                 "(e.g. '*.example.com', regex used for validation is '\\*\\." LABEL_RE "(\\." LABEL_RE ")*')");
    return n;
}

size_t name_label_key(struct str s, const char *why[NAME_FAULTS_MAX])
{
    struct str prefix, name = s, rest;
    size_t n = 0;
    if (str_cut(s, '/', &prefix, &name)) {
        if (str_cut(name, '/', &prefix, &rest))
            return note(why, 0, "a valid label key " QUALIFIED_TEXT " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        str_cut(s, '/', &prefix, &name);
        if (prefix.n == 0)
            n = note(why, n, "prefix part must be non-empty");
        else {
            if (prefix.n > 253)
                n = note(why, n, "prefix part must be no more than 253 bytes");
            if (!is_subdomain(prefix))
                n = note(why, n, "prefix part " SUBDOMAIN_TEXT);
        }
    } else {
        name = s;
    }
    if (name.n == 0)
        n = note(why, n, "name part must be non-empty");
    else if (name.n > 63)
        n = note(why, n, "name part must be no more than 63 bytes");
    if (!is_qualified(name))
        n = note(why, n, "name part " QUALIFIED_TEXT);
    return n;
}

size_t name_label_value(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    if (s.n > 63)
        n = note(why, n, "must be no more than 63 bytes");
    if (s.n && !is_qualified(s))
        n = note(why, n,
                 "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and "
                 "must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', "
                 "regex used for validation is '(" QUALIFIED_RE ")?')");
    return n;
}

static size_t dots(struct str s, const char *why[NAME_FAULTS_MAX], size_t n)
{
    if (str_is(s, "."))
        return note(why, n, "must not be '.'");
    if (str_is(s, ".."))
        return note(why, n, "must not be '..'");
    return str_starts(s, STR("..")) ? note(why, n, "must not start with '..'") : n;
}

size_t name_config_key(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    bool ok = s.n > 0;
    for (size_t i = 0; i < s.n; i++)
        ok &= is_alnum(s.p[i]) || s.p[i] == '-' || s.p[i] == '_' || s.p[i] == '.';
    if (s.n > 253)
        n = note(why, n, "must be no more than 253 characters");
    if (!ok)
        n = note(why, n,
                 "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
                 "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')");
    return dots(s, why, n);
}

size_t name_env_var(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    if (s.n == 0)
        n = note(why, n, "environment variable name must be non-empty");
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < ' ' || s.p[i] > '~' || s.p[i] == '=')
            return note(why, n, "a valid environment variable name must consist only of printable ASCII characters other than '='");
    }
    return n;
}

size_t name_c_identifier(struct str s, const char *why[NAME_FAULTS_MAX])
{
    bool ok = s.n > 0 && !is_digit(s.p[0]);
    for (size_t i = 0; i < s.n; i++)
        ok &= is_alnum(s.p[i]) || s.p[i] == '_';
    return ok ? 0
              : note(why, 0,
                     "a valid C identifier must start with alphabetic character or '_', followed by a string of "
                     "alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for "
                     "validation is '[A-Za-z_][A-Za-z0-9_]*')");
}

size_t name_port(struct str s, const char *why[NAME_FAULTS_MAX])
{
    size_t n = 0;
    bool letter = false, charset = s.n > 0;
    for (size_t i = 0; i < s.n; i++) {
        letter |= is_lower(s.p[i]);
        charset &= is_lower_alnum(s.p[i]) || s.p[i] == '-';
    }
    if (s.n > 15)
        n = note(why, n, "must be no more than 15 characters");
    if (!charset)
        n = note(why, n, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    if (!letter)
        n = note(why, n, "must contain at least one letter (a-z)");
    if (str_find(s, STR("--")) >= 0)
        n = note(why, n, "must not contain consecutive hyphens");
    if (s.n && (s.p[0] == '-' || s.p[s.n - 1] == '-'))
        n = note(why, n, "must not begin or end with a hyphen");
    return n;
}

size_t name_http_header(struct str s, const char *why[NAME_FAULTS_MAX])
{
    bool ok = s.n > 0;
    for (size_t i = 0; i < s.n; i++)
        ok &= is_alnum(s.p[i]) || s.p[i] == '-';
    return ok ? 0
              : note(why, 0,
                     "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex "
                     "used for validation is '[-A-Za-z0-9]+')");
}

size_t name_path_segment(struct str s, const char *why[NAME_FAULTS_MAX])
{
    if (str_is(s, "."))
        return note(why, 0, "may not be '.'");
    if (str_is(s, ".."))
        return note(why, 0, "may not be '..'");
    size_t n = 0;
    if (str_find(s, STR("/")) >= 0)
        n = note(why, n, "may not contain '/'");
    if (str_find(s, STR("%")) >= 0)
        n = note(why, n, "may not contain '%'");
    return n;
}
