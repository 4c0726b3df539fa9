/* Settings that take one value of each address family, "10.96.0.0/16,fd00:96::/112": the first one's family is the cluster's own. */
#include "settings/settings.h"

#include "plan/plan.h"

int ranges_split(struct arena *a, const char *text, struct ranges *out)
{
    struct str rest = str_of(text ? text : ""), one;
    *out = (struct ranges){.n = 0};
    while (str_next(&rest, ',', &one)) {
        one = str_trim(one);
        if (!one.n)
            continue;
        if (out->n == ARRAY_LEN(out->list) - 1)
            return -E2BIG;
        out->list[out->n] = arena_fmt(a, "%.*s", STR_FMT(one)).p;
        if (!out->list[out->n++])
            return -ENOMEM;
    }
    return 0;
}

static bool six(const char *text)
{
    return strchr(text, ':') != NULL;
}

static int wrong(struct err *err, const char *flag, const char *text, const char *what)
{
    return err_raise(err, -EINVAL, "%s: \"%s\" must be %s, or two of different families with a comma between them", flag, text, what);
}

static int split(struct settings *c, const char *flag, const char *text, bool cidr, struct ranges *out, struct err *err)
{
    const char *what = cidr ? "a CIDR" : "an address";
    int r = ranges_split(c->mem, text, out);
    if (r == -ENOMEM)
        return err_raise(err, r, "no memory for the settings");
    if (r < 0 || !out->n || (out->n == 2 && six(out->list[0]) == six(out->list[1])))
        return wrong(err, flag, text, what);
    for (size_t i = 0; i < out->n; i++) {
        struct plan_ip ip;
        if ((strchr(out->list[i], '/') != NULL) != cidr || plan_ip_parse(&ip, str_of(out->list[i])) < 0)
            return wrong(err, flag, text, what);
    }
    return 0;
}

/* The n-th address of a range. */
static const char *nth(struct settings *c, const char *cidr, unsigned n)
{
    struct plan_ip ip;
    char text[64];
    if (plan_ip_parse(&ip, str_of(cidr)) < 0)
        return NULL;
    for (unsigned bit = ip.bits; bit < ip.bytes * 8u; bit++)
        ip.at[bit / 8] &= (uint8_t) ~(0x80u >> bit % 8);
    for (int i = ip.bytes - 1; i >= 0 && n; i--, n >>= 8) {
        n += ip.at[i];
        ip.at[i] = (uint8_t)n;
    }
    plan_ip_print(&ip, text);
    return arena_fmt(c->mem, "%s", text).p;
}

const char *ranges_nth(struct settings *c, const char *cidrs, unsigned n)
{
    struct ranges r;
    if (ranges_split(c->mem, cidrs, &r) < 0 || !r.n)
        return NULL;
    const char *first = nth(c, r.list[0], n), *second = r.n == 2 ? nth(c, r.list[1], n) : NULL;
    return first && second ? arena_fmt(c->mem, "%s,%s", first, second).p : first;
}

/* Of each pod range the part that the first node gets. */
const char *ranges_first_node(struct settings *c)
{
    struct ranges r;
    const char *parts[2] = {NULL, NULL};
    if (ranges_split(c->mem, c->pod_cidr, &r) < 0)
        return NULL;
    for (size_t i = 0; i < r.n; i++)
        parts[i] = arena_fmt(c->mem, "%s/%d", nth(c, r.list[i], 0), six(r.list[i]) ? 64 : 24).p;
    return parts[0] && parts[1] ? arena_fmt(c->mem, "%s,%s", parts[0], parts[1]).p : parts[0];
}

bool ranges_six(const struct settings *c)
{
    return strchr(c->service_cidr, ':') || strchr(c->pod_cidr, ':');
}

bool ranges_first_six(const char *text)
{
    return six(text) && strcspn(text, ":") < strcspn(text, ",");
}

const char *ranges_address(char found[][64], size_t n, bool of_six)
{
    for (size_t i = 0; i < n; i++)
        if (six(found[i]) == of_six)
            return found[i];
    return NULL;
}

static int bits_of(const char *cidr)
{
    return atoi(strchr(cidr, '/') + 1);
}

int ranges_check(struct settings *c, struct err *err)
{
    struct ranges pods, services, other;
    int r = split(c, "pod-cidr", c->pod_cidr, true, &pods, err);
    if (r == 0)
        r = split(c, "service-cidr", c->service_cidr, true, &services, err);
    for (size_t i = 0; r == 0 && i < pods.n; i++) {
        int most = six(pods.list[i]) ? 64 : 24;
        if (bits_of(pods.list[i]) < 8 || bits_of(pods.list[i]) > most)
            r = err_raise(err, -EINVAL, "pod-cidr: \"%s\" must be a /8 to a /%d: each node gets a /%d of it", pods.list[i], most, most);
    }
    for (size_t i = 0; r == 0 && i < services.n; i++) {
        bool there = six(pods.list[0]) == six(services.list[i]) || (pods.n == 2 && six(pods.list[1]) == six(services.list[i]));
        if (!there)
            r = err_raise(err, -EINVAL, "service-cidr: \"%s\" is of a family that pod-cidr (%s) lacks", services.list[i], c->pod_cidr);
    }
    if (r == 0 && !c->cluster_dns)
        c->cluster_dns = ranges_nth(c, c->service_cidr, 10);
    if (r == 0 && !c->cluster_dns)
        r = err_raise(err, -ENOMEM, "no memory for the settings");
    if (r == 0)
        r = split(c, "cluster-dns", c->cluster_dns, false, &other, err);
    if (r == 0 && c->node_pod_cidr)
        r = split(c, "node-pod-cidr", c->node_pod_cidr, true, &other, err);
    if (r == 0 && c->node_ip)
        r = split(c, "node-ip", c->node_ip, false, &other, err);
    if (r == 0 && c->advertise_address && six(c->advertise_address) != ranges_first_six(c->service_cidr))
        r = err_raise(err, -EINVAL, "advertise-address: \"%s\" must be of the family of service-cidr's first range, %s", c->advertise_address,
                      services.list[0]);
    return r;
}
