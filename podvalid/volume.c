#include "podvalid/podvalid.h"

/* ── sources ── */
struct source {
    const char *name;
    const char *needed[4]; /* texts that may not be empty */
    void (*more)(struct judge *j, const struct at *at, const struct value *v);
};

static void mode(struct judge *j, const struct at *at, const struct value *v)
{
    int64_t n = value_int(v, 0);
    if (judge_present(v) && (n < 0 || n > 0777))
        judge_invalid(j, at, v, "must be a number between 0 and 0777 (octal), both inclusive");
}

/* A path in a volume that is made by the system: local, and not one of its own names. */
static void reserved_path(struct judge *j, const struct at *at, struct str path)
{
    judge_local_path(j, at, path);
    if (str_starts(path, STR("..")) && !str_starts(path, STR("../")))
        judge_invalid_text(j, at, path, "must not start with '..'");
}

static void items(struct judge *j, const struct at *at, const struct value *v)
{
    const struct value *list = value_at(v, "items");
    mode(j, AT(at, "defaultMode"), value_at(v, "defaultMode"));
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *item = value_item(list, i);
        const struct at *here = AT_ITEM(AT(at, "items"), i);
        judge_has(j, here, item, "key");
        judge_has(j, here, item, "path");
        reserved_path(j, AT(here, "path"), value_text_at(item, "path"));
        mode(j, AT(here, "mode"), value_at(item, "mode"));
    }
}

static void downward_file(struct judge *j, const struct at *at, const struct value *f)
{
    static const char *const fields[] = {"metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", NULL};
    const struct value *field = value_at(f, "fieldRef"), *resource = value_at(f, "resourceFieldRef");
    struct str path = value_text_at(field, "fieldPath");
    judge_has(j, at, f, "path");
    reserved_path(j, AT(at, "path"), value_text_at(f, "path"));
    if (judge_present(field)) {
        if (judge_has(j, AT(at, "fieldRef"), field, "fieldPath") && str_find(path, STR("[")) < 0)
            judge_one_of(j, AT(AT(at, "fieldRef"), "fieldPath"), value_at(field, "fieldPath"), true, fields);
        if (judge_present(resource))
            judge_invalid_text(j, at, STR("resource"), "fieldRef and resourceFieldRef can not be specified simultaneously");
    } else if (judge_present(resource)) {
        judge_has(j, AT(at, "resourceFieldRef"), resource, "containerName");
        judge_has(j, AT(at, "resourceFieldRef"), resource, "resource");
    } else {
        judge_required(j, at, "one of fieldRef and resourceFieldRef is required");
    }
    mode(j, AT(at, "mode"), value_at(f, "mode"));
}

static void downward(struct judge *j, const struct at *at, const struct value *v)
{
    const struct value *list = value_at(v, "items");
    mode(j, AT(at, "defaultMode"), value_at(v, "defaultMode"));
    VALUE_EACH_ITEM (f, list)
        downward_file(j, at, f);
}

static void token(struct judge *j, const struct at *at, const struct value *v)
{
    int64_t seconds = value_int_at(v, "expirationSeconds", 0);
    if (judge_has(j, at, v, "path"))
        reserved_path(j, AT(at, "path"), value_text_at(v, "path"));
    if (seconds < 600)
        judge_invalid_int(j, AT(at, "expirationSeconds"), seconds, "may not specify a duration less than 10 minutes");
    if (seconds > (int64_t)1 << 32)
        judge_invalid_int(j, AT(at, "expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds");
}

static void projected(struct judge *j, const struct at *at, const struct value *v)
{
    static const char *const kinds[] = {"secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate"};
    const struct value *list = value_at(v, "sources");
    mode(j, AT(at, "defaultMode"), value_at(v, "defaultMode"));
    for (size_t i = 0; i < value_count(list); i++) {
        const struct value *s = value_item(list, i);
        const struct at *here = AT_ITEM(AT(at, "sources"), i);
        size_t n = 0;
        for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
            const struct value *one = value_at(s, kinds[k]);
            const struct at *one_at = AT(here, kinds[k]);
            if (!judge_present(one))
                continue;
            n++;
            if (k < 2)
                judge_has(j, one_at, one, "name");
            if (k < 2)
                items(j, one_at, one);
            else if (k == 2)
                downward(j, one_at, one);
            else if (k == 3)
                token(j, one_at, one);
            else if (k == 4)
                judge_bundle_source(j, one_at, one);
            else
                judge_certificate_source(j, one_at, one);
        }
        if (n > 1)
            judge_forbidden(j, here, "may not specify more than 1 volume type per source");
        if (n == 0)
            judge_required(j, here, "must specify a source type");
    }
}

static void host_path(struct judge *j, const struct at *at, const struct value *v)
{
    static const char *const types[] = {"", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket", NULL};
    struct str path = value_text_at(v, "path");
    if (path.n == 0)
        return;
    judge_no_backsteps(j, AT(at, "path"), path);
    judge_one_of(j, AT(at, "type"), value_at(v, "type"), false, types);
}

static void empty_dir(struct judge *j, const struct at *at, const struct value *v)
{
    if (quantity_of(value_at(v, "sizeLimit")).nano < 0)
        judge_forbidden(j, AT(at, "sizeLimit"), "SizeLimit field must be a valid resource quantity");
}

static void nfs(struct judge *j, const struct at *at, const struct value *v)
{
    struct str path = value_text_at(v, "path");
    if (path.n == 0 || path.p[0] != '/')
        judge_invalid_text(j, AT(at, "path"), path, "must be an absolute path");
}

static void driver_name(struct judge *j, const struct at *at, const struct value *v)
{
    struct str name = value_text_at(v, "driver");
    if (name.n > 63)
        judge_too_long(j, AT(at, "driver"), 63);
    if (name.n)
        judge_name(j, AT(at, "driver"), name, name_dns_subdomain);
}

static void csi(struct judge *j, const struct at *at, const struct value *v)
{
    const struct value *secret = value_at(v, "nodePublishSecretRef");
    driver_name(j, at, v);
    if (judge_present(secret))
        judge_has(j, AT(at, "nodePublishSecretRef"), secret, "name");
}

static void ephemeral(struct judge *j, const struct at *at, const struct value *v)
{
    const struct value *template = value_at(v, "volumeClaimTemplate"), *meta = value_at(template, "metadata");
    const struct at *here = AT(at, "volumeClaimTemplate");
    if (!judge_present(template)) {
        judge_required(j, here, "");
        return;
    }
    judge_annotations(j, AT(AT(here, "metadata"), "annotations"), value_at(meta, "annotations"));
    judge_labels(j, AT(AT(here, "metadata"), "labels"), value_at(meta, "labels"));
    judge_claim_spec(j, AT(here, "spec"), value_at(template, "spec"));
}

static void git(struct judge *j, const struct at *at, const struct value *v)
{
    judge_local_path(j, AT(at, "directory"), value_text_at(v, "directory"));
}

static const struct source sources[] = {
    {"emptyDir", {NULL}, empty_dir},
    {"hostPath", {"path"}, host_path},
    {"gitRepo", {"repository"}, git},
    {"gcePersistentDisk", {"pdName"}, NULL},
    {"awsElasticBlockStore", {"volumeID"}, NULL},
    {"secret", {"secretName"}, items},
    {"nfs", {"server", "path"}, nfs},
    {"iscsi", {"targetPortal", "iqn"}, NULL},
    {"glusterfs", {"endpoints", "path"}, NULL},
    {"flocker", {NULL}, NULL},
    {"persistentVolumeClaim", {"claimName"}, NULL},
    {"rbd", {"image"}, NULL},
    {"cinder", {"volumeID"}, NULL},
    {"cephfs", {NULL}, NULL},
    {"quobyte", {"registry", "volume"}, NULL},
    {"downwardAPI", {NULL}, downward},
    {"fc", {NULL}, NULL},
    {"flexVolume", {"driver"}, NULL},
    {"configMap", {"name"}, items},
    {"azureFile", {"secretName", "shareName"}, NULL},
    {"vsphereVolume", {"volumePath"}, NULL},
    {"photonPersistentDisk", {"pdID"}, NULL},
    {"portworxVolume", {"volumeID"}, NULL},
    {"azureDisk", {"diskName", "diskURI"}, NULL},
    {"storageos", {NULL}, NULL},
    {"projected", {NULL}, projected},
    {"scaleIO", {"gateway", "system"}, NULL},
    {"csi", {"driver"}, csi},
    {"ephemeral", {NULL}, ephemeral},
    {"image", {NULL}, NULL},
    {"local", {"path"}, NULL},
};

static size_t volume_source(struct judge *j, const struct at *at, const struct value *v)
{
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
        const struct value *s = value_at(v, sources[i].name);
        const struct at *here = AT(at, sources[i].name);
        if (!judge_present(s))
            continue;
        if (n++) {
            judge_forbidden(j, here, "may not specify more than 1 volume type");
            continue;
        }
        for (size_t k = 0; k < ARRAY_LEN(sources[i].needed) && sources[i].needed[k]; k++)
            judge_has(j, here, s, sources[i].needed[k]);
        if (sources[i].more)
            sources[i].more(j, here, s);
    }
    return n;
}

static void made_claim(struct judge *j, const struct at *at, const struct value *volumes, size_t i, const struct value *meta)
{
    struct str pod = value_text_at(meta, "name"), claim = value_text_at(value_item(volumes, i), "persistentVolumeClaim.claimName");
    VALUE_EACH_ITEM (v, volumes) {
        struct str name = value_text_at(v, "name");
        if (pod.n && claim.n == pod.n + 1 + name.n && judge_present(value_at(v, "ephemeral")) && str_starts(claim, pod) && claim.p[pod.n] == '-' &&
            str_ends(claim, name))
            judge_invalid_text(j, AT(AT(at, "persistentVolumeClaim"), "claimName"), claim,
                               "must not reference a PVC that gets created for an ephemeral volume");
    }
}

void judge_volumes(struct judge *j, const struct at *at, const struct value *volumes, const struct value *meta)
{
    for (size_t i = 0; i < value_count(volumes); i++) {
        const struct value *v = value_item(volumes, i);
        const struct at *here = AT_ITEM(at, i);
        if (volume_source(j, here, v) == 0)
            judge_required(j, here, "must specify a volume type");
        judge_name_field(j, here, v, "name", true, name_dns_label);
        for (size_t k = 0; k < i; k++) {
            if (str_eq(value_text_at(value_item(volumes, k), "name"), value_text_at(v, "name"))) {
                judge_duplicate_text(j, AT(here, "name"), value_text_at(v, "name"));
                break;
            }
        }
        made_claim(j, here, volumes, i, meta);
    }
}

/* ── claims and volumes ── */
static const char *const access_modes[] = {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod", NULL};
static const char *const volume_modes[] = {"Block", "Filesystem", NULL};

static void modes(struct judge *j, const struct at *at, const struct value *spec, const char *none)
{
    const struct value *list = value_at(spec, "accessModes");
    bool single = false, other = false;
    if (value_count(list) == 0)
        judge_required(j, AT(at, "accessModes"), none);
    VALUE_EACH_ITEM (m, list) {
        judge_one_of(j, AT(at, "accessModes"), m, false, access_modes);
        single |= str_is(value_text(m), "ReadWriteOncePod");
        other |= !str_is(value_text(m), "ReadWriteOncePod");
    }
    if (single && other)
        judge_forbidden(j, AT(at, "accessModes"), "may not use ReadWriteOncePod with other access modes");
}

static void data_source(struct judge *j, const struct at *at, const struct value *v)
{
    struct str group = value_text_at(v, "apiGroup");
    if (!judge_present(v))
        return;
    judge_has(j, at, v, "name");
    judge_has(j, at, v, "kind");
    if (group.n == 0 && !str_is(value_text_at(v, "kind"), "PersistentVolumeClaim"))
        judge_invalid_text(j, at, value_text_at(v, "kind"), "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
    if (group.n)
        judge_name(j, AT(at, "apiGroup"), group, name_dns_subdomain);
}

void judge_claim_spec(struct judge *j, const struct at *at, const struct value *spec)
{
    const struct value *storage = value_at(spec, "resources.requests.storage");
    const struct at *storage_at = AT_KEY(AT(at, "resources"), STR("storage"));
    modes(j, at, spec, "at least 1 access mode is required");
    judge_label_selector(j, AT(at, "selector"), value_at(spec, "selector"));
    if (!judge_present(storage))
        judge_required(j, storage_at, "");
    else if (quantity_of(storage).nano <= 0)
        judge_invalid(j, storage_at, storage, "must be greater than zero");
    judge_name_field(j, at, spec, "storageClassName", false, name_dns_subdomain);
    judge_one_of(j, AT(at, "volumeMode"), value_at(spec, "volumeMode"), false, volume_modes);
    data_source(j, AT(at, "dataSource"), value_at(spec, "dataSource"));
    data_source(j, AT(at, "dataSourceRef"), value_at(spec, "dataSourceRef"));
    judge_name_field(j, at, spec, "volumeAttributesClassName", false, name_dns_subdomain);
}

static bool changed_beside(const struct value *now, const struct value *old, const char *const *free_ones)
{
    VALUE_EACH_MEMBER (m, now) {
        bool skip = false;
        for (size_t i = 0; free_ones[i]; i++)
            skip |= str_is(m->key, free_ones[i]);
        if (!skip && !judge_same(&m->value, value_get(old, m->key)))
            return true;
    }
    VALUE_EACH_MEMBER (m, old) {
        bool skip = value_get(now, m->key) != NULL;
        for (size_t i = 0; free_ones[i]; i++)
            skip |= str_is(m->key, free_ones[i]);
        if (!skip && !judge_same(NULL, &m->value))
            return true;
    }
    return false;
}

static void claim_update(const struct judging *w)
{
    static const char *const beside[] = {"volumeName", "resources", "volumeAttributesClassName", "storageClassName", NULL};
    struct judge *j = w->j;
    const struct value *now = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    const struct at *at = AT(NULL, "spec");
    bool bound = str_is(value_text_at(w->now, "status.phase"), "Bound");
    struct quantity size = quantity_of(value_at(now, "resources.requests.storage"));
    struct quantity before = quantity_of(value_at(old, "resources.requests.storage"));
    struct quantity have = quantity_of(value_at(w->old, "status.capacity.storage"));
    bool changed = changed_beside(now, old, beside);
    changed |= value_text_at(old, "volumeName").n && !judge_same(value_at(now, "volumeName"), value_at(old, "volumeName"));
    changed |= judge_present(value_at(old, "storageClassName")) && !judge_same(value_at(now, "storageClassName"), value_at(old, "storageClassName"));
    changed |= !bound && quantity_cmp(size, before) != 0;
    if (changed)
        judge_forbidden(j, at,
                        "spec is immutable after creation except resources.requests and volumeAttributesClassName for "
                        "bound claims");
    if (quantity_cmp(size, before) < 0 && quantity_cmp(size, have) <= 0)
        judge_forbidden(j, AT(AT(AT(at, "resources"), "requests"), "storage"), "field can not be less than status.capacity");
    judge_immutable(j, AT(NULL, "volumeMode"), value_at(now, "volumeMode"), value_at(old, "volumeMode"));
}

void judge_claim(const struct judging *w)
{
    if (!w->old) {
        judge_meta(w->j, value_at(w->now, "metadata"), true, name_dns_subdomain);
        judge_claim_spec(w->j, AT(NULL, "spec"), value_at(w->now, "spec"));
        return;
    }
    judge_meta_update(w->j, value_at(w->now, "metadata"), value_at(w->old, "metadata"));
    if (w->sub.n)
        return;
    judge_claim_spec(w->j, AT(NULL, "spec"), value_at(w->now, "spec"));
    claim_update(w);
}

static void volume_spec(struct judge *j, const struct value *spec)
{
    static const char *const policies[] = {"Delete", "Recycle", "Retain", NULL};
    const struct at *at = AT(NULL, "spec");
    const struct value *capacity = value_at(spec, "capacity"), *affinity = value_at(spec, "nodeAffinity");
    modes(j, at, spec, "");
    if (value_count(capacity) == 0)
        judge_required(j, AT(at, "capacity"), "");
    if (!judge_present(value_at(capacity, "storage")) || value_count(capacity) > 1)
        judge_fault(j, AT(at, "capacity"), FAULT_NOT_SUPPORTED, capacity ? capacity : &(struct value){.type = VALUE_MAP},
                    "supported values: \"storage\"");
    VALUE_EACH_MEMBER (m, capacity) {
        if (quantity_of(&m->value).nano <= 0)
            judge_invalid(j, AT_KEY(AT(at, "capacity"), m->key), &m->value, "must be greater than zero");
    }
    judge_one_of(j, AT(at, "persistentVolumeReclaimPolicy"), value_at(spec, "persistentVolumeReclaimPolicy"), false, policies);
    if (judge_present(affinity) && !judge_present(value_at(affinity, "required")))
        judge_required(j, AT(AT(at, "nodeAffinity"), "required"), "must specify required node constraints");
    else if (judge_present(affinity))
        judge_node_selector(j, AT(AT(at, "nodeAffinity"), "required"), value_at(affinity, "required"));
    if (volume_source(j, at, spec) == 0)
        judge_required(j, at, "must specify a volume type");
    if (judge_present(value_at(spec, "local")) && !judge_present(affinity))
        judge_required(j, AT(at, "nodeAffinity"), "Local volume requires node affinity");
    if (judge_present(value_at(spec, "csi")))
        judge_has(j, AT(at, "csi"), value_at(spec, "csi"), "volumeHandle");
    judge_name_field(j, at, spec, "storageClassName", false, name_dns_subdomain);
    judge_one_of(j, AT(at, "volumeMode"), value_at(spec, "volumeMode"), false, volume_modes);
}

void judge_volume(const struct judging *w)
{
    struct judge *j = w->j;
    const struct value *spec = value_at(w->now, "spec"), *old = value_at(w->old, "spec");
    if (!w->old) {
        judge_meta(j, value_at(w->now, "metadata"), false, name_dns_subdomain);
        volume_spec(j, spec);
        return;
    }
    judge_meta_update(j, value_at(w->now, "metadata"), value_at(w->old, "metadata"));
    if (w->sub.n)
        return;
    volume_spec(j, spec);
    for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
        if (!judge_same(value_at(spec, sources[i].name), value_at(old, sources[i].name))) {
            judge_forbidden(j, AT(AT(NULL, "spec"), "persistentvolumesource"), "spec.persistentvolumesource is immutable after creation");
            break;
        }
    }
    judge_immutable(j, AT(NULL, "volumeMode"), value_at(spec, "volumeMode"), value_at(old, "volumeMode"));
    if (judge_present(value_at(old, "nodeAffinity")))
        judge_immutable(j, AT(NULL, "nodeAffinity"), value_at(spec, "nodeAffinity"), value_at(old, "nodeAffinity"));
}
